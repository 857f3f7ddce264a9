"""X09, last of all: every × that the sheet itself shows and no finding covers, at its cell or at its cause."""

from __future__ import annotations

from collections.abc import Iterator

from ...language.catalogue import Phrase
from ...language.text import NOTHING
from ...template import tables
from ...template.model import Cell
from ...values.a1 import cell_of
from ...worksheet.shown import json_value, quoted
from ...worksheet.solve import Solution, solve
from ..finding import NOTE, WARNING, Finding
from ..subject import Subject

MARKS = ("×", "✗")
_JUDGED = ("behind", "lever_impossible")
"""Words that judge how the year goes, or what one rate alone could do, and no mistake of the sheet: a note is enough."""

_SHORT = ("down", "nearest")
"""Roundings by which counts may fall short of the goal."""

"""Limits that a line of the checks holds as well, and is found by (X04)."""

Mark = tuple[Cell, int | None, str]


def unsaid(subject: Subject, found: list[Finding]) -> Iterator[Finding]:
    """Report one finding per section, at its first such mark."""
    told = {f"{each.sheet}!{each.cell}" for each in found} | {cell for each in found for cell in each.affected}
    causes = {(each.name or "").partition("[")[0] for each in found if each.severity != NOTE or each.code[0] == "X"}
    roles = subject.roles
    twins = {roles.check_target_accounts: roles.limit_accounts_state, roles.check_contacts: roles.limit_contacts_state}
    causes |= {twin for cause, twin in twins.items() if cause in causes}
    sections: dict[str, list[Mark]] = {}
    unread = _unread(subject)
    for cell, row, where in subject.results():
        value = subject.expected(cell, row)
        if not isinstance(value, str) or not _is_mark(value) or cell_of(*where) in told:
            continue
        if (unread | subject.of_example) & subject.sources_of(cell.name):
            continue
        if not any(_is_about(subject, cell.name, cause) for cause in causes):
            sections.setdefault(cell.section, []).append((cell, row, value))
    for marks in sections.values():
        marks.sort(key=lambda each: _is_folded(subject, each))  # first what people see without unfolding anything
    up = _rounded_up(subject) if sections else None
    for marks in sections.values():
        yield _finding(subject, marks, up is not None and not any(_is_mark(up.at(cell.name, row)) for cell, row, _ in marks))


def _rounded_up(subject: Subject) -> Solution | None:
    """Return all figures with counts rounded up, if a rounding was chosen by which they may fall short; else None."""
    book = subject.book
    if book.inputs.get("rounding") not in _SHORT:
        return None
    return solve(book.template, {**book.inputs, "rounding": "up"}, book.sizes, book.lang, at_once=False)


def _is_folded(subject: Subject, mark: Mark) -> bool:
    cell, row, _ = mark
    place = subject.book.place(cell.name, row)
    facts = next((each for each in subject.book.read.sheets if place is not None and each.title == place.sheet), None)
    return facts is not None and place is not None and (place.row in facts.folded_rows or place.col in facts.folded_cols)


def _is_mark(value: object) -> bool:
    return isinstance(value, str) and value.startswith(MARKS)


def _unread(subject: Subject) -> frozenset[str]:
    """Return cells whose sheets are gone (S04), or whose lines were inserted or deleted (S01): their dependents are unknown."""
    cells = subject.template.cells
    return subject.gone.union(name for name in cells if subject.book.broken.torn and cells[name].table in tables.OF_MONTHS)


def _is_about(subject: Subject, mark: str, cause: str) -> bool:
    """Return whether one of the two depends on the other."""
    if cause not in subject.template.cells:
        return False
    return cause in subject.sources_of(mark) or mark in subject.sources_of(cause)


def _finding(subject: Subject, marks: list[Mark], by_rounding: bool) -> Finding:
    (cell, row, value), *others = marks
    words = subject.template.words
    judged = any(value in words[word] for word in _JUDGED if word in words)
    labels = list(dict.fromkeys(subject.label(each, at) for each, at, _ in marks))
    section = next(each for each in subject.template.sections if each.key == cell.section)
    if len(labels) == 1 and section.kind == "grid":
        # Cells beside one another that are all called 判定: what they are about is said above them.
        title, many = section.title, len(marks)
        labels = [Phrase("X09.unsaid.in_section", title=title, many=many)]
    few = labels[:4]
    more = Phrase("X09.unsaid.more", many=len(labels) - len(few)) if len(labels) > len(few) else NOTHING
    said = quoted(value)
    fix = Phrase("X09.unsaid.fix")
    advice = subject.template.cells.get(f"{cell.name}_advice")
    if advice is not None and isinstance(text := subject.expected(advice, None), str) and text:
        fix = Phrase("part.as_it_is", text=text)
    if judged:
        fix = Phrase("X09.unsaid.fix_judged")
    if by_rounding:
        fix = Phrase("X09.unsaid.fix_rounding")
    places = [subject.book.place(each.name, at) for each, at, _ in others]
    return subject.finding(
        "X09.unsaid",
        cell,
        row,
        said=said,
        few=few,
        more=more,
        severity=NOTE if judged or by_rounding else WARNING,
        fix=fix,
        found=json_value(value),
        affected=tuple(cell_of(*place[:3]) for place in places if place is not None),
    )
