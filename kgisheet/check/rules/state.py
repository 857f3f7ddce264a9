"""C01–C06 and S12: whether it is recalculated, how it is calculated, and by which template."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from ...filled.lost_record import KEY, PUBLISHED
from ...formula.grid import CircleError, Where, held
from ...formula.nodes import ErrorValue
from ...formula.values import NotEvaluatedError, Value
from ...language.catalogue import Phrase
from ...language.text import NOTHING, Text, Wording
from ...template import locate, tables
from ...values.a1 import address, cell_of
from ...values.tolerance import same_typed
from ...values.units import COUNT, CURRENCY, DATE, MONTH
from ...version import __version__
from ...worksheet import provenance
from ...worksheet.shown import same, same_stored, shown, shown_plain
from ...xlsx.read.reader import as_date
from ..finding import NOTE, WARNING, Finding, finding
from ..subject import Subject


def stale(subject: Subject, not_evaluated: dict[Where, str], suspect: set[Where], altered: set[Where]) -> Iterator[Finding]:
    """C01, C02: report cached values that differ from what the formulas give now, or missing ones.

    If all the changed inputs are ``suspect``, their faults are reported already.
    """
    wrong: list[Where] = []
    broken = {subject.where[where][0].name for where in altered if where in subject.where} | set(subject.book.restored)
    broken |= {name.rpartition("!")[2] for name in subject.book.anchors.then if name not in subject.book.names}
    if subject.book.broken.torn is not None:
        broken |= {name for name, cell in subject.template.cells.items() if cell.table in tables.OF_MONTHS}
    cached = False
    largest: dict[str, Fraction] = {}
    ours = {where[0] for where in subject.where} | set(subject.book.anchors.titles.values())
    for where in subject.formulas:
        if where[0] == provenance.SHEET:
            continue
        if subject.book.read.facts.full_calc and where[0] not in ours:
            continue  # a colleague's sheet, whose values wait for the program that opens it next
        stored = subject.book.read.cells[where].value
        found = held(stored)
        cached = cached or found is not None
        if where in not_evaluated:
            continue
        try:
            now = subject.recalculated.value(where)
        except (NotEvaluatedError, CircleError):
            continue
        if (
            same_stored(found, now)
            or same_stored(found, now, _among(subject, where, largest))
            or (isinstance(found, ErrorValue) and isinstance(now, ErrorValue))
            or _same_moment(stored, found, now)
        ):
            continue  # programs differ in what they call an error
        if broken and (where not in subject.where or broken & subject.sources_of(subject.where[where][0].name)):
            continue  # it hangs on a figure that is wrong anyway
        wrong.append(where)
    if subject.formulas and not cached:
        yield finding("C02.not_stored")
        return
    changed = _changed_inputs(subject) if wrong else []
    if wrong and not (changed and suspect.issuperset(changed)):
        yield _stale(subject, wrong, changed)


def _same_moment(stored: object, found: Value, now: Value) -> bool:
    """Return whether a figure that is shown as a date is the same moment: it was read to the second."""
    both = isinstance(found, Fraction) and isinstance(now, Fraction)
    return both and isinstance(stored, datetime.datetime) and abs(found - now) * 86_400 <= 1  # type: ignore[operator]


def _among(subject: Subject, where: Where, known: dict[str, Fraction]) -> Fraction:
    """Return the largest figure that a result of ours depends on; ``known`` by its name, for all rows have the same."""
    if where not in subject.where:
        return Fraction(0)
    name = subject.where[where][0].name
    if name not in known:
        beside = (subject.book.solution.values.get(each) for each in subject.sources_beside(name))
        figures = [each for values in beside for each in (values if isinstance(values, list) else [values])]
        known[name] = max((abs(each) for each in figures if isinstance(each, Fraction)), default=Fraction(0))
    return known[name]


def _stale(subject: Subject, wrong: list[Where], changed: list[Where]) -> Finding:
    """Return one finding for the whole stale sheet: the changed input, if one is known, and one figure that didn't follow."""
    cells = tuple(cell_of(sheet, row, col) for sheet, row, col in wrong)
    at = _telling(subject, wrong)
    figure, found, right = _figure(subject, at)
    more = Phrase("C01.stale.more", many=len(wrong) - 1) if len(wrong) > 1 else NOTHING
    shows = Phrase("C01.stale.shows", figure=figure, now=found, right=right, more=more)
    if not changed:
        sheet, row_at, col = at
        affected = tuple(each for each in cells if each != cell_of(*at))
        return finding("C01.stale", shows=shows, sheet=sheet, cell=address(row_at, col), affected=affected)
    cell, row = subject.where[changed[0]]
    others = len(changed) - 1
    return subject.finding(
        "C01.stale_after_change",
        cell,
        row,
        others=Phrase("C01.stale_after_change.others", many=others) if others else NOTHING,
        change=_change(subject, changed[0]),
        many=len(changed),
        shows=shows,
        fix=Phrase("C01.stale.fix"),
        affected=cells,
    )


def _change(subject: Subject, where: Where) -> Wording:
    """Return an input's change since the workbook was written: (4,000,000円→3,000,000円)."""
    cell, row = subject.where[where]
    then, now = held(subject.book.anchors.left(cell.name, row or 0)), subject.book.value(cell.name, row)
    if not isinstance(then, (Fraction, str)) or type(then) is not type(now) or cell.unit in (DATE, MONTH):
        return NOTHING
    before, after = shown(then, cell), shown(held(now), cell)
    return Phrase("C01.stale_after_change.from_to", before=before, after=after)


def _telling(subject: Subject, wrong: list[Where]) -> Where:
    """Return the most telling figure: a count or an amount of the page, of those that didn't follow."""
    named = [(subject.where[where][0], where) for where in wrong if where in subject.where]
    counts = [where for cell, where in named if cell.rounded]
    figures = [where for cell, where in named if cell.unit in (COUNT, CURRENCY)]
    return next(iter(counts or figures or [where for _, where in named] or wrong))


def _figure(subject: Subject, where: Where) -> tuple[Wording | str, Wording, Text]:
    """Return a cell's name, its value, and the right one."""
    found, right = held(subject.book.read.cells[where].value), subject.recalculated.value(where)
    if where not in subject.where:
        return address(*where[1:]), _stored(found, right, shown_plain(found)), shown_plain(right)
    cell, row = subject.where[where]
    return subject.label(cell, row), _stored(found, right, shown(found, cell)), shown(right, cell)


def _stored(found: Value, right: Value, said: Text) -> Wording:
    """Return a stored value in words: that it is a text, where a number should be."""
    is_text = isinstance(found, str) and found and isinstance(right, Fraction)
    return Phrase("C01.stale.text", said=said) if is_text else said


def _changed_inputs(subject: Subject) -> list[Where]:
    """Return the inputs that changed since the workbook was last written and recalculated."""
    found: list[Where] = []
    for cell, row, where in subject.inputs():
        now = subject.book.read.cells.get(where)
        then = subject.book.anchors.left(cell.name, row or 0)
        value = now.value if now is not None else None
        date = as_date(value)
        if date is not None:
            value = date.isoformat()
        if value != then and not _same_typed(held(value), held(then)):
            found.append(where)
    return found


def _same_typed(now: Value, then: Value) -> bool:
    if isinstance(now, Fraction) and isinstance(then, Fraction):
        return same_typed(now, then)
    return same(now, then)


def calculation(subject: Subject) -> Iterator[Finding]:
    """C03–C06: report settings under which the same formulas give other numbers."""
    facts = subject.book.read.facts
    dated = any(subject.book.inputs.get(name) is not None for name in (subject.roles.entry_date, subject.roles.start_month))
    if facts.manual:
        yield finding("C03.manual")
    if facts.iterative:
        yield finding("C04.iterative")
    if facts.as_displayed:
        yield finding("C05.as_displayed")
    if facts.from_1904 and dated:
        yield finding("C06.from_1904")


def template(subject: Subject) -> Iterator[Finding]:
    """S12: report an unknown template, another version, or one that differs from the published one."""
    book = subject.book
    if book.values_only:
        yield _values_only(subject)
        return
    if KEY in book.read.carried:
        yield _without_record(book.read.carried[KEY] == PUBLISHED)
        return
    if book.by_record and not book.carries_template:
        yield _older(book.read.carried)
        return
    if not book.carries_template and book.read.carried.get("sources"):
        yield finding("S12.template_altered")
        return
    if not book.carries_template:
        yield finding("S12.no_template")
        return
    said, version = book.read.carried.get("digest"), str(book.read.carried.get("version"))
    if book.given is not None:
        if said is None:
            yield finding("S12.template_given_alone", template=book.template.name)
        elif book.given.digest != said:
            yield finding("S12.template_given", template=book.template.name)
        return
    actual = book.declaration.digest
    published = locate.published(version).get(book.template.name)
    if actual != said or (published is not None and published != said):
        yield finding("S12.template_unpublished", template=book.template.name, version=version)
    elif version != __version__:
        yield finding("S12.other_version", version=version, now=__version__)


def _without_record(is_published: bool) -> Finding:
    """S12: report a workbook whose record had to be reconstructed."""
    by = Phrase("S12.no_record.by_same")
    if not is_published:
        by = Phrase("S12.no_record.by_likest")
    return finding("S12.no_record", title=provenance.SHEET, by=by)


def _values_only(subject: Subject) -> Finding:
    """S12: report an export as values, and what its figures were compared with."""
    name, figures = subject.template.name, len(subject.results())
    of_another = subject.book.read.carried[KEY] != PUBLISHED
    kind = "likest" if of_another else "same"
    return finding("S12.values_only", called=name, kind=kind, figures=figures)


def _older(carries: Mapping[str, Any]) -> Finding:
    """S12: report a workbook whose template this version can't read, though nobody altered it."""
    version, name = str(carries.get("version")), str(carries.get("template"))
    is_published = locate.published(version).get(name) == carries.get("digest")
    return finding("S12.older_template", called=name, version=__version__, severity=NOTE if is_published else WARNING)
