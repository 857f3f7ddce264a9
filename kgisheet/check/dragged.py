"""S01: cells that were moved, by dragging, by cut and paste, or by inserting cells: a spreadsheet program lets each formula follow them.

Every formula that read a cell reads another one now, each by as many rows and columns: one cause, and nobody edited a formula.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..formula.grid import Where
from ..formula.nodes import Area, Call, Cell, ErrorValue, Literal, Name, Tree, children, mapped, walk
from ..formula.parser import FormulaError, parse
from ..language.catalogue import Phrase
from ..values.a1 import address, cell_of, row_and_column
from .finding import Finding
from .rules.sums import state_of
from .subject import Subject

_FORMULA = "part.put_back"
_GONE: Where = ("", 0, 0)
_REF = ErrorValue("#REF!")


class _Moved(NamedTuple):
    """The cells of one finding, and where its formula (or its name) has them now."""

    finding: Finding
    cells: dict[Where, Where]


class _Touched(NamedTuple):
    """The places that a move emptied, overwrote or parted: its cells, the names of ours among them, and their lines of tables."""

    cells: set[Where]
    names: set[str]
    lines: set[tuple[str | None, int | None]]


def folded(subject: Subject, found: list[Finding]) -> list[Finding]:
    """Return the findings with those that follow from a move of cells as one, at the first of them."""
    shown = [each for each in (_shown(subject, finding) for finding in found) if each is not None]
    step = _step(shown)
    if step is None:
        return found
    follow = [each for each in shown if all(_step_of(*pair) in (step, None) for pair in each.cells.items())]
    moved = {cell: now for each in follow for cell, now in each.cells.items()}
    went = sorted(cell for cell, now in moved.items() if now != _GONE)
    first = next((each for each in went if each in subject.where), None)
    if first is None or not _is_move(subject, moved, follow):
        return found
    ids = {id(each.finding) for each in follow}
    touched = _touched(subject, moved)
    ids |= {id(each) for each in found if _comes_of(subject, each, touched)}
    gone = [each for each in found if id(each) in ids]
    cause = _cause(subject, first, went, moved, [f"{each.sheet}!{each.cell}" for each in gone if each.cell is not None])
    return [*(each for each in found if id(each) not in ids), cause]


def _shown(subject: Subject, finding: Finding) -> _Moved | None:
    if finding.sheet is None or finding.cell is None:
        return None
    where = (finding.sheet, *row_and_column(finding.cell))
    if finding.code == "F10" and finding.name in subject.book.restored:
        then, now = subject.book.restored[finding.name], subject.book.anchors.named.get(finding.name)
        cells = {} if now is None else {one[:3]: other[:3] for one, other in zip(then.spots(), now.spots(), strict=False)}
        return _Moved(finding, {cell: spot for cell, spot in cells.items() if cell != spot}) if cells else None
    if finding.code[0] != "F" or not isinstance(finding.fix, Phrase) or finding.fix.key != _FORMULA:
        return None
    wanted, now_reads = str(finding.fix.values["formula"]), subject.formulas.get(where)
    pairs = None if now_reads is None else _pairs(subject, wanted, now_reads, where[0])
    return _Moved(finding, pairs) if pairs else None


def _pairs(subject: Subject, wanted: str, now: str, sheet: str) -> dict[Where, Where] | None:
    """Return the cells that a formula reads elsewhere than it should, if it differs in nothing else."""
    try:
        pairs = list(_leaves(subject, parse(wanted), parse(now), sheet))
    except (FormulaError, _OtherwiseError):
        return None
    found: dict[Where, Where] = {}
    for cell, there in pairs:
        if found.setdefault(cell, there) != there:
            return None
    return {cell: there for cell, there in found.items() if cell != there}


class _OtherwiseError(Exception):
    """Two formulas that differ in more than the cells that they read."""


def _leaves(subject: Subject, one: Tree, other: Tree, sheet: str) -> Iterator[tuple[Where, Where]]:
    """Yield each cell of one formula with the other's at the same place; raise _OtherwiseError where they aren't of one shape."""
    one, other = _plain(one), _plain(other)
    if isinstance(one, Cell) and isinstance(other, Cell):
        yield _where(one, sheet), _where(other, sheet)
    elif isinstance(one, Cell) and other == _REF:
        yield _where(one, sheet), _GONE
    elif isinstance(one, Area) and isinstance(other, Area):
        yield from zip(_ends(one, sheet), _ends(other, sheet), strict=True)
    elif isinstance(one, Name) and isinstance(other, Cell):
        place = subject.book.names.get(one.name)
        if place is None or _where(other, sheet) not in {each[:3] for each in place.spots()}:
            raise _OtherwiseError
    else:
        below = children(one), children(other)
        if len(below[0]) != len(below[1]) or _without(one) != _without(other):
            raise _OtherwiseError
        for pair in zip(*below, strict=True):
            yield from _leaves(subject, *pair, sheet)


def _plain(node: Tree) -> Tree:
    """Return TRUE() as TRUE: LibreOffice writes it so."""
    return Literal(node.function == "TRUE") if isinstance(node, Call) and node.function in ("TRUE", "FALSE") else node


def _without(node: Tree) -> Tree:
    """Return a node without what is below it, which is compared by itself."""
    return mapped(node, lambda _: _REF)


def _where(cell: Cell, sheet: str) -> Where:
    return cell.sheet or sheet, cell.row, cell.col


def _ends(area: Area, sheet: str) -> tuple[Where, Where]:
    title = area.sheet or sheet
    return (title, area.row, area.col), (title, area.last_row, area.last_col)


def _read(text: str, sheet: str) -> set[Where]:
    """Return the cells that a formula reads one by one: of an area only a part of which was moved, the ends stay."""
    try:
        return {_where(each, sheet) for each in walk(parse(text)) if isinstance(each, Cell)}
    except FormulaError:
        return set()


def _step_of(cell: Where, now: Where) -> tuple[str, int, int] | None:
    """Return the sheet, and by how many rows and columns; nothing for what is gone."""
    return (
        None if now == _GONE else (cell[0] if cell[0] == now[0] else f"{cell[0]}!{now[0]}", now[1] - cell[1], now[2] - cell[2])
    )


def _step(shown: list[_Moved]) -> tuple[str, int, int] | None:
    """Return the step that most of the cells were moved by."""
    steps = [step for each in shown for step in {_step_of(*pair) for pair in each.cells.items()} if step is not None]
    return max(steps, key=steps.count) if steps else None


def _is_move(subject: Subject, moved: dict[Where, Where], follow: list[_Moved]) -> bool:
    """Return whether what the cells held is no longer there, and whatever read one of them reads it where it is now.

    Of an edited formula neither is so: the cell that it should read stays, and others read it.
    """
    now = set(moved.values())
    if not any(subject.constants.get(each) not in (None, "") or each in subject.formulas for each in now):
        return False  # nothing is where it would have been moved to: a name was pointed elsewhere
    left = [cell for cell in moved if cell not in now]
    if not left or not any(cell in subject.where for cell in left):
        return False
    if any(subject.constants.get(cell) not in (None, "") or cell in subject.formulas for cell in left if moved[cell] != _GONE):
        return False
    explained = {(each.finding.sheet, each.finding.cell) for each in follow}
    for cell, _, where in subject.results():
        if where not in subject.formulas or (where[0], address(*where[1:])) in explained:
            continue
        if set(left) & _read(subject.formulas[where], where[0]) & _read(subject.expected_formula(cell, where), where[0]):
            return False
    return True


def _touched(subject: Subject, moved: dict[Where, Where]) -> _Touched:
    cells = {*moved, *moved.values()}
    ours = [subject.where[each] for each in cells if each in subject.where]
    return _Touched(cells, {cell.name for cell, _ in ours}, {(cell.table, row) for cell, row in ours})


def _comes_of(subject: Subject, finding: Finding, touched: _Touched) -> bool:
    """Return whether an input's or a check's finding is about what the move emptied, overwrote or parted."""
    if finding.code == "C01":
        return True
    where = (finding.sheet or "", *row_and_column(finding.cell)) if finding.cell is not None else None
    cell, row = subject.where.get(where, (None, None)) if where is not None else (None, None)
    if finding.code[0] == "I" or finding.code == "F01":
        return where in touched.cells or (cell is not None and cell.table is not None and (cell.table, row) in touched.lines)
    of = state_of(subject, finding) or (finding.name or "").partition("[")[0]
    return finding.code[0] == "X" and of in subject.template.cells and bool(subject.sources_of(of) & touched.names)


def _cause(subject: Subject, first: Where, went: list[Where], moved: dict[Where, Where], affected: list[str]) -> Finding:
    """Return the move as a finding at the first of its cells that is ours."""
    over = sorted(now for cell, now in moved.items() if now not in moved and now in subject.where)
    lost = [cell for cell, now in moved.items() if now == _GONE]
    fix = Phrase(
        "S01.cells_moved.fix_gone" if lost else "S01.cells_moved.fix",
        area=_area(went),
        now=_area([moved[each] for each in went]),
    )
    if over and not lost:
        fix = Phrase("S01.cells_moved.fix_over", fix=fix, over=_area(over))
    cell, row = subject.where[first]
    at = cell_of(*first)
    return subject.finding(
        "S01.cells_moved",
        cell,
        row,
        area=_area(went),
        now=_area([moved[each] for each in went]),
        many=len(went),
        fix=fix,
        affected=tuple(dict.fromkeys(each for each in affected if each != at)),
    )


def _area(cells: list[Where]) -> str:
    rows, cols = [each[1] for each in cells], [each[2] for each in cells]
    first, last = address(min(rows), min(cols)), address(max(rows), max(cols))
    return first if first == last else f"{first}:{last}"
