"""The kind of edit behind a formula that no longer gives the right result: which of the F codes it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from ...formula.evaluate import evaluate
from ...formula.grid import CircleError, View, Where
from ...formula.nodes import Area, Binary, Call, ErrorValue, Literal, Name, Tree, Unary, Unknown, children, mapped, walk
from ...formula.nodes import Cell as CellRef
from ...formula.values import NotEvaluatedError, Value
from ...language.catalogue import Phrase
from ...language.text import Wording
from ...template.model import Cell
from ..finding import ERROR, WARNING
from ..subject import Subject


class Kinds:
    """The kinds of edits, recognised by the trees of the present formula and of the right one."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject

    def of(self, is_now: Tree, wanted: Tree, pairs: list[tuple[Value, Value]], where: Where) -> tuple[str, Phrase, str]:
        """Return code, words and severity for an edited formula; ``pairs`` are (found, expected) where the two differ."""
        current, _ = pairs[0]
        if not isinstance(current, ErrorValue) and self.hides(is_now, where):
            return "F07", HIDES, ERROR
        if any(isinstance(each, ErrorValue) for each in walk(is_now)) or all(isinstance(a, ErrorValue) for a, _ in pairs):
            error = current if isinstance(current, ErrorValue) else ErrorValue("#REF!")
            return "F06", Phrase("F06.makes", error=error.text), ERROR
        missing, spare, twice = self._coverage(is_now, wanted)
        if missing:
            return "F03", Phrase("F03.leaves_out", many=missing), ERROR
        if twice:
            return "F04", Phrase("F04.counts_twice", many=twice), ERROR
        if spare:
            return "F03", Phrase("F03.leaves_out_spare", many=spare), WARNING
        plug = _plug(is_now, wanted) or _plug(is_now, _inside(wanted))
        if plug is not None:
            return "F05", Phrase("F05.written_in", plug=plug), ERROR
        other = self._neighbour(is_now, wanted)
        if other is not None:
            return "F09", Phrase("F09.refers", other=other), ERROR
        return "F02", EDITED, ERROR

    def hides(self, node: Tree, where: Where) -> bool:
        """Return an IFERROR or ISERROR that hides an error in the workbook as it is."""
        view = View(self.subject.recalculated, where[0])
        for each in walk(node):
            if isinstance(each, Call) and each.function in _HIDING and each.args and each.args[0] is not None:
                try:
                    if isinstance(evaluate(_plain(each.args[0], self.subject), view), ErrorValue):
                        return True
                except (NotEvaluatedError, CircleError):
                    continue
        return False

    def _coverage(self, is_now: Tree, wanted: Tree) -> tuple[int, int, int]:
        """Return how many rows in use, and how many spare ones, a sum leaves out, and how many it takes twice."""
        missing = spare = twice = 0
        before, after = self._counts(wanted), self._counts(is_now)
        summed = {
            name
            for each in _summed(wanted)
            if not isinstance(each, Name) or "[" not in each.name
            for name, _ in self._rows(each)
        }
        for name in sorted(summed):
            if not any(key[0] == name for key in after):
                continue  # another block altogether: no gap in this one
            cell = self.subject.template.cells[name]
            for key, count in before.items():
                if key[0] == name:
                    left_out, unused = not after[key], self.subject.book.is_spare(cell, key[1])
                    missing += left_out and not unused
                    spare += left_out and unused
                    twice += count < after[key]
        return missing, spare, twice

    def _counts(self, node: Tree) -> Counter[tuple[str, int]]:
        """Return how often each cell of the tables contributes to a formula's value."""
        return Counter(key for each in _summed(node) for key in self._rows(each))

    def _rows(self, node: Tree) -> Iterator[tuple[str, int]]:
        """Yield the cells of tables that a name or an area covers: column and row (from 0)."""
        if isinstance(node, Name):
            name, bracket, row = node.name.partition("[")
            if bracket:
                yield name, int(row[:-1])
                return
            place = self.subject.book.names.get(node.name)
            if place is None or place.size == 1:
                return
            area = Area(place.sheet, place.row, place.col, place.row + place.rows - 1, place.col + place.cols - 1)
        elif isinstance(node, Area):
            area = node
        else:
            return
        for named in self._inside(area):
            cell, at = self.subject.where[named]
            if at is not None:
                yield cell.name, at

    def _inside(self, area: Area) -> list[Where]:
        """Return the named cells of an area, in their order."""
        size = (area.last_row - area.row + 1) * (area.last_col - area.col + 1)
        if size > len(self.subject.where):
            return [
                (sheet, row, col)
                for sheet, row, col in self.subject.where
                if sheet == area.sheet and area.row <= row <= area.last_row and area.col <= col <= area.last_col
            ]
        cells = [
            (str(area.sheet), row, col)
            for row in range(area.row, area.last_row + 1)
            for col in range(area.col, area.last_col + 1)
        ]
        return [each for each in cells if each in self.subject.where]

    def _neighbour(self, is_now: Tree, wanted: Tree) -> Wording | None:
        """Return what is referred to instead, if the two differ only in references of one unit."""
        swapped: list[tuple[Tree, Tree]] = []
        if not _aligned(is_now, wanted, swapped):
            return None
        if sorted(map(str, (a for a, _ in swapped))) == sorted(map(str, (b for _, b in swapped))):
            return None  # the same cells in another order
        told: Wording | None = None
        for found, right in swapped:
            cells = self._referred(found), self._referred(right)
            if cells[0] is None or cells[1] is None or cells[0][0].unit != cells[1][0].unit:
                return None  # another kind of figure: no slip of the mouse
            told = self.subject.label(*cells[0])
        return told

    def _referred(self, node: Tree) -> tuple[Cell, int | None] | None:
        if not isinstance(node, Name):
            return None
        name, _, row = node.name.partition("[")
        cell = self.subject.template.cells.get(name)
        return None if cell is None else (cell, int(row[:-1]) if row else None)


HIDES = Phrase("F07.hides")
EDITED = Phrase("F02.edited")


_HIDING = ("IFERROR", "IFNA", "ISERROR", "ISERR", "ISNA")
_ASKING = ("COUNT", "COUNTA", "COUNTIF", "ISNUMBER", "ISBLANK", "ISERROR", "ISERR", "ISNA", "ROWS")


def _summed(node: Tree) -> list[Tree]:
    """Return the parts of a formula that contribute to its value, without those that only test for presence."""
    if isinstance(node, Call) and node.function in _ASKING:
        return []
    return [node, *(part for child in children(node) for part in _summed(child))]


def _plain(node: Tree, subject: Subject) -> Tree:
    """Return a normalised tree with its ``name[row]`` turned back into cells, for evaluation."""
    if isinstance(node, Name) and "[" in node.name:
        name, _, row = node.name.partition("[")
        place = subject.book.place(name, int(row[:-1]))
        return ErrorValue("#REF!") if place is None else CellRef(*place[:3])
    return mapped(node, lambda each: _plain(each, subject))


def _aligned(left: Tree, right: Tree, swapped: list[tuple[Tree, Tree]]) -> bool:
    """Return whether two trees are equal except for references; collect the pairs that differ."""
    if left == right:
        return True
    if isinstance(left, (Name, CellRef)) and isinstance(right, (Name, CellRef)):
        swapped.append((left, right))
        return True
    if type(left) is not type(right):
        return False
    if isinstance(left, (Literal, ErrorValue, Area, Unknown)) or _head(left) != _head(right):
        return False
    return all(_aligned(a, b, swapped) for a, b in zip(children(left), children(right), strict=True))


def _head(node: Tree) -> tuple[str, int]:
    """Return the kind of a node, without its operands."""
    if isinstance(node, (Binary, Unary)):
        return node.op, 0
    return (node.function, len(node.args)) if isinstance(node, Call) else ("", 0)


def _inside(wanted: Tree) -> Tree:
    """Return what a formula evaluates once its guard passes: people who add a number often drop the guard."""
    if isinstance(wanted, Call) and wanted.function == "IF" and len(wanted.args) == 3 and wanted.args[2] == Literal(""):
        return wanted.args[1] or wanted
    return wanted


def _plug(is_now: Tree, wanted: Tree) -> str | None:
    """Return a number that was added to the right formula, or multiplied into it: ``+1000``."""
    if isinstance(is_now, Binary) and is_now.op in "+-*/" and isinstance(is_now.right, Literal):
        if is_now.left == wanted or _plug(is_now.left, wanted):
            return f"{is_now.op}{_written(is_now.right)}"
    elif isinstance(is_now, Binary) and is_now.op in "+*" and isinstance(is_now.left, Literal):
        if is_now.right == wanted:
            return f"{_written(is_now.left)}{is_now.op}"
    elif isinstance(is_now, Call) and isinstance(wanted, Call) and is_now.function == wanted.function:
        pairs = [(a, b) for a, b in zip(is_now.args, wanted.args, strict=False) if a != b]
        if len(is_now.args) == len(wanted.args) and len(pairs) == 1 and None not in pairs[0]:
            return _plug(*pairs[0])  # type: ignore[arg-type]  # None is ruled out above
    elif isinstance(is_now, Binary) and isinstance(wanted, Binary) and is_now.op == wanted.op:
        if is_now.left == wanted.left:
            return _plug(is_now.right, wanted.right)
        if is_now.right == wanted.right:
            return _plug(is_now.left, wanted.left)
    return None


def _written(node: Literal) -> str:
    return f"{float(node.value):g}" if isinstance(node.value, Fraction) else str(node.value)
