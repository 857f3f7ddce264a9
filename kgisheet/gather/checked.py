"""The check of a summary: what was collected and what its formulas are, against the record that it carries.

The tables are declared once (`tables`): from the record they are made again, found in the workbook, and compared cell by
cell. A summary is right when every collected figure is the one that was read, and every other one is its formula's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from ..check.finding import ERROR, WARNING, Finding, Report, finding, place
from ..formula.grid import held
from ..formula.nodes import Area, Tree, mapped
from ..formula.nodes import Cell as CellRef
from ..formula.parser import FormulaError, parse
from ..formula.values import Value
from ..language.catalogue import Phrase
from ..values.a1 import address, cell_of
from ..worksheet import provenance
from ..worksheet.shown import is_blank, json_value, same_stored
from ..xlsx.read.reader import Read
from .build import drafted
from .found import NOTHING, Found, find
from .listed import as_read, lost, said
from .overview import ABSENT, BEHIND, TODO
from .record import WrongRecordError, from_json
from .sums import forget
from .tables import Content, Formula, Link, Spots, Table, exact

NAME = "summary"
_EACH = 12
"""Cells of a table that are reported one by one; beyond, they are one finding: a table was sorted apart, or pasted over."""


def report_of_summary(read: Read, source: str) -> Report:
    """Return the report of a summary."""
    lang = "en" if read.carried.get("lang") == "en" else "ja"
    try:
        gathered = from_json(read.carried.get(provenance.SUMMARY), lang, len(read.cells))
    except WrongRecordError:
        lost = finding("gathered.S12.no_record", title=provenance.SHEET)
        return Report(source, "incomplete", NAME, len(read.cells), _formulas(read), _formulas(read), (lost,))
    plan = drafted(gathered)
    forget()
    looked = _Looked(read, [each for each in plan.all if each.lines], dict(zip(plan.lists, gathered.lists, strict=True)))
    found = sorted(looked.findings(), key=place)
    problems = any(each.severity in (ERROR, WARNING) for each in found)
    cells = sum(sheet != provenance.SHEET for sheet, _, _ in read.cells)
    return Report(source, "findings" if problems else "ok", NAME, cells, _formulas(read), 0, tuple(found))


def _formulas(read: Read) -> int:
    return sum(each.formula is not None for each in read.cells.values())


class _Odd(NamedTuple):
    """A cell that isn't as it was written: what there is to say of it."""

    key: str
    sheet: str
    row: int
    col: int
    label: str
    found: Value
    expected: Value
    formula: str = ""


class _Looked:
    """A summary's tables, as they are found in the workbook."""

    def __init__(self, read: Read, tables: list[Table], lists: Mapping[Table, Sequence[str]]) -> None:
        self.read, self.tables, self.lists = read, tables, lists
        self.places: dict[str, Found] = {}
        for each in tables:
            self.places[each.id] = find(read, each, self.places.get(each.under))
        there = {name: found.spread for name, found in self.places.items() if found.spread is not None}
        self.spots = Spots(there)
        self.stale: list[_Odd] = []
        self.unstored = 0

    def findings(self) -> Iterator[Finding]:
        """Yield what is wrong, of each table at most a few cells one by one."""
        changed = False
        gone = dict.fromkeys(table.sheet for table in self.tables if self.places[table.id].spread is None)
        for title in gone:
            yield finding("gathered.S04.table_gone", title=title, sheet=title)
            changed = True
        yield from self._lists(set(gone))
        for table in self.tables:
            found = self.places[table.id]
            if found.spread is None:
                continue
            if found.gone:
                title, rows, count = found.spread.sheet, list(found.gone[:_EACH]), len(found.gone)
                if table.id in (TODO, ABSENT, BEHIND):
                    yield finding("gathered.S01.lines_gone", title=title, rows=rows, many=count, sheet=title)
                else:
                    yield finding("gathered.S01.rows_gone", title=title, rows=rows, many=count, sheet=title)
                changed = True
            if found.lost:
                yield finding("gathered.S01.columns_gone", title=found.spread.sheet, heads=list(found.lost[:_EACH]), many=len(found.lost), sheet=found.spread.sheet)  # fmt: skip
                changed = True
            odd = list(self._table(table, found))
            changed = changed or bool(odd)
            yield from _told(odd)
        if changed:
            return  # what is stored then follows from what was changed
        if self.stale:
            yield _together(self.stale)
        elif self.unstored:
            yield finding("C02.not_stored")

    def _lists(self, gone: set[str]) -> Iterator[Finding]:
        """Yield what is gone from the lists of files and findings, of which only digests are known."""
        for table, wanted in self.lists.items():
            if not wanted or table.sheet in gone:
                continue
            count = lost(self.read, table, wanted)
            if count is None:
                yield finding("gathered.S04.table_gone", title=table.sheet, sheet=table.sheet)
            elif count:
                yield finding("gathered.S01.list_changed", title=table.sheet, many=count, sheet=table.sheet)

    def _table(self, table: Table, found: Found) -> Iterator[_Odd]:
        spread = found.spread
        assert spread is not None
        for line in table.lines:
            row = spread.rows.get(line.key)
            if row is None:
                continue
            for head, (col, content) in enumerate(zip(spread.cols, line.cells, strict=True)):
                if head < table.keyed or col < 0:
                    continue
                label = ": ".join(filter(None, (line.said, table.heads[head].replace("\n", " "))))
                yield from self._cell(content, (spread.sheet, row, col), label)

    def _cell(self, content: Content, where: tuple[str, int, int], label: str) -> Iterator[_Odd]:
        stored = self.read.cells.get(where, NOTHING)
        now = held(stored.value)
        if isinstance(content, (str, Link)):
            if stored.formula is not None or said(now) != as_read(content):
                yield _Odd("gathered.F01.text", *where, label, now, content.text if isinstance(content, Link) else content)
            return
        if not isinstance(content, Formula):
            wanted = exact(content)
            if stored.formula is None and same_stored(now, wanted):
                return
            yield _Odd("gathered.F01.figure", *where, label, now, wanted)
            return
        try:
            formula = content.written(self.spots.seen_from(where[0]))
        except (KeyError, ValueError):
            return  # of a row or a table that is gone, which is reported
        value = content.value if isinstance(content.value, (str, Fraction)) else None
        if stored.formula is None:
            yield _Odd("gathered.F01.formula", *where, label, now, value, formula)
        elif not _alike(stored.formula, formula, where[0]):
            yield _Odd("gathered.F02.formula", *where, label, now, value, formula)
        elif stored.value is None and value is not None:
            self.unstored += 1
        elif not same_stored(now, value):
            self.stale.append(_Odd("gathered.C01.stale", *where, label, now, value, formula))


_BLANK = Phrase("gathered.said.blank")


def _alike(stored: str, formula: str, sheet: str) -> bool:
    """Return whether two formulas are the same but for spaces, ``$`` and how a program writes them."""
    if stored.lstrip("=") == formula.lstrip("="):
        return True
    try:
        return _normal(parse(stored), sheet) == _normal(parse(formula), sheet)
    except (FormulaError, RecursionError):
        return False


def _normal(node: Tree, sheet: str) -> Tree:
    if isinstance(node, CellRef):
        return CellRef(node.sheet or sheet, node.row, node.col)
    if isinstance(node, Area):
        return Area(node.sheet or sheet, *node[1:])
    return mapped(node, lambda each: _normal(each, sheet))


def _told(odd: list[_Odd]) -> Iterator[Finding]:
    """Yield the findings of one table: each cell, or all of a kind together where there are many."""
    kinds: dict[str, list[_Odd]] = {}
    for each in odd:
        kinds.setdefault(each.key, []).append(each)
    for cells in kinds.values():
        if len(cells) > _EACH:
            yield _together(cells)
        else:
            yield from (_one(each) for each in cells)


def _one(odd: _Odd, **more: object) -> Finding:
    difference = None
    if isinstance(odd.found, Fraction) and isinstance(odd.expected, Fraction):
        difference = float(odd.found - odd.expected)
    places: Mapping[str, object] = {"now": _said(odd.found), "was": _said(odd.expected)}
    if odd.formula:
        places = {**places, "formula": odd.formula}
    return finding(
        odd.key,
        **places,
        what=odd.label,
        sheet=odd.sheet,
        cell=address(odd.row, odd.col),
        label=odd.label,
        found=json_value(odd.found),
        expected=json_value(odd.expected),
        difference=difference,
        **more,
    )


def _together(cells: list[_Odd]) -> Finding:
    """Return one finding of cells of a kind, at the first of them."""
    affected = tuple(cell_of(each.sheet, each.row, each.col) for each in cells[1:])
    return _one(cells[0], affected=affected)


def _said(value: Value) -> object:
    """Return a value as a sentence has it: a place of the catalogue takes it in the sentence's language."""
    if is_blank(value):
        return _BLANK
    if isinstance(value, Fraction):
        return f"{value.numerator:,}" if value.denominator == 1 else f"{float(value):,.6g}"
    return str(json_value(value))
