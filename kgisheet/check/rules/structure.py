"""S01–S08, S11, F10: whether everything is still there, and in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from ...filled.breaks import Break
from ...filled.relocation import Anchors
from ...formula.grid import Where, held
from ...language.catalogue import Phrase
from ...language.text import NOTHING, Wording
from ...template.model import Cell
from ...template.sheets import WORK
from ...template.tables import CHANNEL
from ...values.a1 import Place, address, cell_of, column
from ...values.regex import regex
from ...values.units import COUNT, CURRENCY, DATE, MONTH, RATE
from ...worksheet.shown import is_blank, shown
from ...xlsx.read.formats import GENERAL
from ...xlsx.read.sheetpart import Bounds, inside
from ..finding import Finding, finding
from ..subject import Subject
from .shadowed import cells_of


def surroundings(subject: Subject) -> Iterator[Finding]:
    """S05–S08: report what is hidden, merged, unprotected; missing validation and formats."""
    book = subject.book
    used = {where[0] for where in subject.where}
    for sheet in book.read.sheets:
        if sheet.title not in used:
            continue
        if sheet.hidden and _counts(subject, sheet.title) and not _is_for_working(subject, sheet.title):
            yield finding("S05.sheet_hidden", title=sheet.title, sheet=sheet.title)
        yield from _hidden_cells(subject, sheet.title, sheet.hidden_rows, sheet.hidden_cols)
        yield from _merges(subject, sheet.title)
        if not sheet.protected and not sheet.has_folds and book.target is None:  # Excel opens no fold on a protected sheet
            yield finding("S07.unprotected", title=sheet.title, sheet=sheet.title)
        inputs = [where for cell, _, where in subject.inputs() if where[0] == sheet.title and not cell.recorded]
        areas = [area for rule in sheet.rules for area in rule.areas]
        if inputs and not any(inside(area, *where[1:]) for where in inputs for area in areas):
            yield finding("S08.no_validation", title=sheet.title, sheet=sheet.title)
    yield from _formats(subject)


def _counts(subject: Subject, title: str) -> bool:
    """Return whether a sheet has results, or figures that results depend on; a journey's texts are neither."""
    here = {cell.name for (sheet, _, _), (cell, _) in subject.where.items() if sheet == title}
    return any(
        (where[0] == title and cell.unit in (COUNT, CURRENCY, RATE)) or here & subject.sources_beside(cell.name)
        for cell, _, where in subject.results()
    )


def _is_for_working(subject: Subject, title: str) -> bool:
    """Return whether this is the sheet that we hide ourselves: it has what is only worked with, and nothing to type."""
    template = subject.book.template
    # A template that declares no such sheet has one of what its page leaves out.
    declared = template.sheets.of_kind(WORK) is not None
    working = {section.key for section in template.on_kind(WORK)} if declared else template.page_keys()
    here = [cell for (sheet, _, _), (cell, _) in subject.where.items() if sheet == title]
    return any(cell.section in working for cell in here) and all(cell.formula is not None or cell.recorded for cell in here)


def program(subject: Subject) -> Iterator[Finding]:
    """S11: report the program that saved it, and what that program has no place for."""
    # LibreOffice/7.4.7.2$Linux_X86_64 LibreOffice_project/…: the first word says enough.
    name = subject.book.read.facts.program.partition("$")[0].replace("/", " ")
    if name and name != "Microsoft Excel":
        yield finding("S11.program", program=name)
    of_tabs = _of_tabs(subject)
    if of_tabs and subject.book.target is None:
        yield finding("S11.tab_names_gone", called=of_tabs[0], many=len(of_tabs))


_ALIKE = 20  # texts at the same place: two sheets that share so many are one and its copy
_FEW_ALIKE, _MOST = 8, 0.8  # or so many, where they are nearly all texts that the sheet has
_MONTH = regex(r"(\d{4})[-/.年](\d{1,2})月?")


def copies(subject: Subject) -> Iterator[Finding]:
    """S03: report a second sheet like ours: it isn't clear which one is maintained."""
    used = {where[0] for where in subject.where}
    # The tabs of a year that is closed are like those of the next one, and are meant to be.
    closed = subject.book.read.carried.get("closed")
    kept = set(closed) if isinstance(closed, list) else set()
    texts: dict[str, dict[tuple[int, int], str]] = {}
    for (sheet, row, col), value in subject.constants.items():
        if isinstance(value, str):
            texts.setdefault(sheet, {})[row, col] = value
    for title in sorted(texts.keys() - used - kept):
        original = next((sheet for sheet in sorted(used) if _is_copy(texts, title, sheet)), None)
        if original is not None:
            yield finding("S03.copy", title=title, original=original, sheet=title)


def _is_copy(texts: Mapping[str, Mapping[tuple[int, int], str]], title: str, original: str) -> bool:
    there, here = texts.get(original, {}), texts[title]
    alike = sum(here.get(at) == value for at, value in there.items())
    return alike >= _ALIKE or (alike >= _FEW_ALIKE and alike >= len(there) * _MOST)


def _formats(subject: Subject) -> Iterator[Finding]:
    """S08: report amounts, rates and dates that no longer look like any."""
    lost = [
        where
        for cell, _, where in (*subject.inputs(), *subject.results())
        if cell.unit in (CURRENCY, RATE, DATE, MONTH)
        and (stored := subject.book.read.cells.get(where)) is not None
        and stored.format == GENERAL
        and isinstance(stored.value, (int, float))
    ]
    if lost:
        sheet, row, col = lost[0]
        yield finding(
            "S08.no_format",
            many=len(lost),
            sheet=sheet,
            cell=address(row, col),
            affected=tuple(cell_of(s, r, c) for s, r, c in lost[1:]),
        )
    yield from _decimals(subject)


_SHOWN_OFF = Fraction(1, 100)
"""A rate that is shown more than a hundredth of itself off, 1.5 % as 2 %, is read as another one."""


def _decimals(subject: Subject) -> Iterator[Finding]:
    """S08: report rates that were typed with decimals which their format leaves out."""
    hidden: list[tuple[Cell, int | None, Where, str]] = []
    for cell, row, where in subject.inputs():
        stored = subject.book.read.cells.get(where)
        value = None if stored is None or stored.formula is not None else held(stored.value)
        match = _PERCENT.fullmatch(stored.format) if stored is not None and cell.unit == RATE else None
        if isinstance(value, Fraction) and value and match is not None:
            places = len(match[1] or "")
            seen = round(value * 100, places) / 100
            if abs(seen - value) > abs(value) * _SHOWN_OFF:
                hidden.append((cell, row, where, f"{float(seen * 100):.{places}f}%"))
    if hidden:
        (cell, row, where, seen_as), *others = hidden
        value = held(subject.book.read.cells[where].value)
        yield subject.finding(
            "S08.decimals_hidden",
            cell,
            row,
            now=shown(value, cell),
            seen=seen_as,
            affected=tuple(cell_of(*each) for _, _, each, _ in others),
        )


_PERCENT = regex(r"[#,0]*0(?:\.([0#?]+))?%")


def moved(subject: Subject) -> Iterator[Finding]:
    anchors = subject.book.anchors
    renamed = {old: title for old, title in anchors.titles.items() if old != title}
    elsewhere = [
        name
        for name, place in subject.book.read.names.items()
        # The sheet may have been renamed; what has moved is in another row or column.
        if name in anchors.then and name not in subject.book.restored and place[1:] != anchors.then[name][1:]
    ]
    if elsewhere and not subject.book.values_only:
        yield finding("S01.lines_moved", many=len(elsewhere))
    exchanged = {old: title for old, title in renamed.items() if title in anchors.titles}
    if exchanged:
        pairs = [Phrase("S09.tabs_exchanged.pair", title=title, holds=old) for old, title in exchanged.items()]
        first, *others = exchanged.values()
        yield finding("S09.tabs_exchanged", pairs=pairs, sheet=first, affected=tuple(others))
    for old_title, title in renamed.items() if not exchanged else ():
        named = _MONTH.fullmatch(title) if old_title in anchors.tabs else None
        if named is not None and f"{named[1]}-{int(named[2]):02}" != old_title:
            yield finding("S09.tab_renamed", title=title, holds=old_title, sheet=title)
            continue
        yield finding("S02.sheet_renamed", old=old_title, title=title, sheet=title)
    yield from sheets_gone(anchors)
    yield from _torn(subject)
    yield from _parted(subject)
    yield from _channels_gone(subject)
    yield from _names(subject)


def _torn(subject: Subject) -> Iterator[Finding]:
    """S01: report a line inserted or deleted among the months, so that months can't be identified."""
    torn = subject.book.broken.torn
    if torn is None:
        return
    name = torn.name.rpartition("!")[2]
    yield finding(
        "S01.months_torn",
        said=subject.book.broken.said(torn),
        axis=torn.axis,
        fix=_undo(torn, Phrase("S01.months_torn.room")),
        sheet=torn.place.sheet,
        cell=address(*torn.cell),
        name=name,
        label=subject.named(name).to(subject.book.lang),
        affected=_along(subject, torn),
    )


def _undo(broken: Break, more: Wording) -> Phrase:
    return Phrase("S01.bring_back" if broken.gone else "S01.delete_again", axis=broken.axis, more=more)


def _parted(subject: Subject) -> Iterator[Finding]:
    """S01, once per line: report one inserted or deleted in a counted table of another sheet than the page."""
    seen: set[tuple[str, int, int]] = set()
    for name, broken in sorted(subject.book.broken.parted.items(), key=lambda each: each[1].place):
        place = broken.place
        line = (place.sheet, broken.axis, broken.cell[broken.axis])
        if line in seen:
            continue
        seen.add(line)
        is_channels = subject.template.cells[name].table == CHANNEL
        yield finding(
            "S01.table_torn",
            said=subject.book.broken.said(broken),
            by="channels" if is_channels else "stages",
            fix=_undo(broken, Phrase("S01.table_torn.room") if is_channels else NOTHING),
            sheet=place.sheet,
            cell=address(*broken.cell),
            name=name,
            label=subject.named(name).to(subject.book.lang),
            affected=_along(subject, broken),
        )


def _channels_gone(subject: Subject) -> Iterator[Finding]:
    """S01: report a line deleted among the page's channels, which other sheets refer to by number."""
    broken = subject.book.broken.channels_gone
    if broken is not None:
        yield finding(
            "S01.channels_gone",
            said=subject.book.broken.said(broken),
            axis=broken.axis,
            sheet=broken.place.sheet,
            cell=address(*broken.cell),
            name=broken.name,
            label=subject.named(broken.name).to(subject.book.lang),
            affected=_along(subject, broken),
        )


def _along(subject: Subject, broken: Break) -> tuple[str, ...]:
    """Return the names of the cells that went with a deleted line of a table."""
    gone = subject.book.broken
    return tuple(name for name in gone.cells_gone if gone.went_along(name, broken))


def sheets_gone(anchors: Anchors) -> tuple[Finding, ...]:
    """S04: report written sheets that are no longer there, under any name; the months' tabs together."""
    gone = [title for title in anchors.generated if title not in anchors.titles]
    tabs = [title for title in gone if title in anchors.tabs]
    groups = [*([title] for title in gone if title not in tabs), *([tabs] if tabs else [])]
    missing = tuple(
        finding(
            "S04.sheet_gone",
            titles=titles,
            many=len(titles),
            fix=Phrase("S04.sheet_gone.fix_tabs" if titles is tabs else "S04.sheet_gone.fix"),
            sheet=titles[0],
        )
        for titles in groups
    )
    filled = {title for title, _, _ in anchors.read.cells}
    written = [title for title, cells in anchors.generated.items() if cells]
    empty = [title for title in written if title in anchors.titles and anchors.titles[title] not in filled]
    return (*missing, *(finding("S04.sheet_emptied", title=title, sheet=anchors.titles[title]) for title in empty))


_FEW = 3  # lost names that are said one by one; more have one cause


def _names(subject: Subject) -> Iterator[Finding]:
    """Report F10, and S01 if a deleted row or column took cells of ours along."""
    book = subject.book
    then, lost = book.anchors.then, book.broken
    tables = (lost.torn, lost.channels_gone, *lost.parted.values())
    gone = [name for name in lost.cells_gone if not any(each is not None and lost.went_along(name, each) for each in tables)]
    if gone:
        yield finding(
            "S01.cells_gone",
            said=lost.cells_gone_said(),
            sheet=then[gone[0]].sheet,
            name=gone[0],
            affected=tuple(gone[1:]),
        )
    torn = {each.name for each in tables if each is not None}  # reported as torn
    restored = [name for name in book.restored if name not in torn]
    of_tabs = set(_of_tabs(subject))
    restored = [name for name in restored if name not in of_tabs]
    for name in restored[:1] if len(restored) > _FEW else restored:
        place, label = book.restored[name], subject.named(name)
        now = book.anchors.named.get(name)
        also = Phrase("F10.name_gone.also", many=len(restored), more=len(restored) - 1) if len(restored) > _FEW else NOTHING
        tab, _, own = name.rpartition("!")
        what = Phrase("F10.name_gone.gone")
        if now is not None:
            what = Phrase("F10.name_gone.elsewhere", cells=cells_of(now, place.sheet))
        elif _RELATIVE.search(text := book.read.loose.get((tab and place.sheet, own.lower()), "")):
            what = Phrase("F10.name_gone.relative", text=text)
        fix = Phrase("F10.name_gone.fix", own=own, dollars=_dollars(place), label=label)
        if len(restored) > _FEW:
            fix = Phrase("F10.name_gone.fix_many")
        yield finding(
            "F10.name_gone",
            called=name,
            of=label,
            also=also,
            what=what,
            many=len(restored) if len(restored) > _FEW else 1,
            fix=fix,
            sheet=place.sheet,
            cell=address(place.row, place.col),
            name=name,
            label=label.to(book.lang),
            affected=tuple(_at(book.restored[each]) for each in restored[1:]) if len(restored) > _FEW else (),
        )


def _of_tabs(subject: Subject) -> list[str]:
    """Return the names of single sheets, if all are gone at once: not every program has such names, and no formula of ours uses any."""
    book = subject.book
    written = [name for name in book.anchors.then if "!" in name]
    there = {name for _, name in book.read.local_names}
    if any(name.rpartition("!")[2].lower() in there for name in written):
        return []
    return [name for name in written if name in book.restored]


_RELATIVE = regex(r"![$]?[A-Z]{1,3}[$]?\d+(:[$]?[A-Z]{1,3}[$]?\d+)?$")


def _dollars(place: Place) -> str:
    """Return a reference as the Name Manager wants it: $D$21:$D$28."""
    return re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", cells_of(place, place.sheet))


def _at(place: Place) -> str:
    return cell_of(*place[:3])


def _hidden_cells(subject: Subject, title: str, rows: frozenset[int], cols: frozenset[int]) -> Iterator[Finding]:
    hidden = [where for where in subject.where if where[0] == title and (where[1] in rows or where[2] in cols)]
    if not hidden:
        return
    named = {name for name in {cell.name for cell, _, _ in subject.results()} for name in subject.sources_beside(name)}
    counting = [where for where in hidden if not is_blank(held(_value(subject, where))) and _is_figured(subject, where, named)]
    if counting:
        sheet, row, col = counting[0]
        lines = sorted({at for _, at, _ in counting if at in rows}), sorted({at for _, _, at in counting if at in cols})
        rows_said, cols_said = [str(at + 1) for at in lines[0]][:8], [column(at) for at in lines[1]][:8]
        where = [Phrase("S05.cells_hidden.rows", lines=rows_said, many=len(rows_said))] if rows_said else []
        where += [Phrase("S05.cells_hidden.columns", lines=cols_said, many=len(cols_said))] if cols_said else []
        yield finding(
            "S05.cells_hidden",
            where=where,
            many=len(counting),
            sheet=sheet,
            cell=address(row, col),
            affected=tuple(cell_of(s, r, c) for s, r, c in counting[1:]),
        )


def _is_figured(subject: Subject, where: Where, named: set[str]) -> bool:
    """Return whether a cell is a result, or an input that one depends on."""
    cell, _ = subject.where[where]
    return cell.formula is not None or cell.name in named


def _value(subject: Subject, where: Where) -> object:
    found = subject.book.read.cells.get(where)
    return None if found is None else found.value


def _merges(subject: Subject, title: str) -> Iterator[Finding]:
    """S06, once per merge: report all the inputs that it took."""
    swallowed: dict[Bounds, list[tuple[Cell, int | None, Where]]] = {}
    for each in subject.inputs():
        area = subject.merged(each[2]) if each[2][0] == title else None
        if area is not None and each[2][1:] != area[:2]:
            swallowed.setdefault(area, []).append(each)
    for taken in swallowed.values():
        cell, row, _ = taken[0]
        yield subject.finding(
            "S06.swallowed", cell, row, affected=tuple(cell_of(sheet, r, c) for _, _, (sheet, r, c) in taken[1:])
        )
