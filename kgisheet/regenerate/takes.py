"""``--take``: the conflicts in which the plan wins, by cell, by name, or all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..errors import Problem, RequestError
from ..filled.records import name_of
from ..filled.workbook import FilledBook
from ..formula.grid import Where
from ..language.text import Text
from ..template.model import Cell
from ..values.a1 import address
from .outcome import Change

ALL = "ours"


class Takes:
    """The requested conflicts, and which of them were met."""

    def __init__(self, book: FilledBook, wanted: Iterable[str]) -> None:
        self._book = book
        self._wanted = list(wanted)
        self._met: set[str] = set()

    def wins(self, cell: Cell, row: int | None, where: Where) -> bool:
        """Return whether the plan is to win at a cell."""
        called = {ALL, *self._called(cell, row, where)}
        found = {_bare(each) for each in called} & {_bare(each) for each in self._wanted}
        self._met |= found
        return bool(found)

    def idle(self, conflicts: Iterable[Change]) -> Problem | None:
        """Return a note for a requested cell that has the plan's value already; raise RequestError if it isn't ours."""
        idle = [each for each in self._wanted if each != ALL and _bare(each) not in self._met]
        if not idle:
            return None
        ours = {_bare(each) for each in self._all()}
        unknown = [each for each in idle if _bare(each) not in ours]
        if not unknown:
            return Problem(
                "take",
                Text(f"{', '.join(idle)} に競合はありません", f"{', '.join(idle)}: no conflict there"),
                None,
                self._book.source,
            )
        listed = [f"{each.sheet}!{each.cell}" for each in conflicts][:8]
        raise RequestError(
            Problem(
                "take",
                Text(
                    f"--take {', '.join(unknown)} に当たる競合はありません", f"--take {', '.join(unknown)} matches no conflict"
                ),
                Text(f"競合しているセル: {', '.join(listed) or 'なし'}", f"cells in conflict: {', '.join(listed) or 'none'}"),
                self._book.source,
            )
        )

    def _all(self) -> Iterator[str]:
        for cell in self._book.template.cells.values():
            for row in self._book.rows(cell):
                place = self._book.place(cell.name, row)
                if place is not None:
                    yield from self._called(cell, row, place[:3])

    def _called(self, cell: Cell, row: int | None, where: Where) -> tuple[str, str]:
        """Return a cell's place and its name."""
        sheet, at_row, col = where
        return f"{sheet}!{address(at_row, col)}", name_of(cell, row or 0, self._book.places)


def _bare(cell: str) -> str:
    """Return a cell address in plain form: ``'目標設定'!$D$7`` without quotes and ``$``."""
    return cell.replace("'", "").replace("$", "").casefold()
