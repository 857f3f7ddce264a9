"""Links that people put on cells of the old sheets: they go with the cell, or are listed."""

from __future__ import annotations

from typing import Any

from ..formula.grid import Where
from ..language.text import Text
from ..values.a1 import address
from ..xlsx.patch.links import Target
from ..xlsx.read.areas import cell_at
from .dress import Dress
from .forms import BLANK
from .moves import Moves
from .outcome import Left

_FIX = Text("新しいブックで設定し直してください", "set it again in the new workbook")


class Linked:
    """The links of people's; ``moved`` are those with their new cells, ``left`` the others."""

    def __init__(self, dress: Dress, moves: Moves) -> None:
        self.moved: dict[Where, Target] = {}
        self.left: list[Left] = []
        for title, drawn in dress.drawn.items():
            part, tab = drawn.part("hyperlinks"), dress.tabs[title].part
            if part is None or tab is None:
                continue
            targets = {each.id: each.target for each in dress.package.relations(tab)}
            for _, said, _ in part.within:
                cell = cell_at(said.get("ref", ""))
                url, location = targets.get(said.get("id", ""), ""), said.get("location", "")
                if cell is not None and (url or self._is_theirs(dress, (title, *cell))):
                    self._place((title, *cell), Target(url, location, said.get("tooltip", "")), moves, said)

    def _is_theirs(self, dress: Dress, where: Where) -> bool:
        """Return whether a link within the workbook is none of ours: those are on words that we wrote."""
        stored = dress.sheets.book.read.cells.get(where)
        if where in dress.sheets.subject.where or stored is None:
            return True
        return stored.value not in dress.sheets.said and dress.key(where)[0] == BLANK

    def _place(self, where: Where, target: Target, moves: Moves, said: dict[str, Any]) -> None:
        new = moves.cell(*where)
        if new is not None:
            self.moved[new] = target._replace(
                location=(moves.location(target.location) or target.location) if not target.url else target.location
            )
            return
        why = Text("リンクを付けたセルが新しい形にありません", "the cell with this link isn't in the new form")
        value = "#".join(filter(None, [target.url, target.location])) or said.get("ref")
        self.left.append(Left(where[0], address(*where[1:]), None, value, why, _FIX))
