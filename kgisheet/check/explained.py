"""How a sheet that was never ours was read: which figures were compared by which relation and why, and which with nothing."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..language.text import Wording


class Related(NamedTuple):
    """One relation: the cell that follows (``Sheet!C5``), those that it follows from, and what says that it does.

    ``exact`` is the result as people read it; ``kind`` is quotient, sum, months, shares, split, need or buffered; ``state``
    is holds, fails, or by_other: it would hold if the cell that is wrong were right.
    """

    kind: str
    cell: str
    uses: tuple[str, ...]
    state: str
    way: Wording
    exact: str
    why: Wording

    def to_dict(self, lang: str) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "cell": self.cell,
            "uses": list(self.uses),
            "state": self.state,
            "worked_out": f"{self.way.to(lang)} = {self.exact}",
            "why": self.why.to(lang),
        }


class Explained(NamedTuple):
    """The figures compared; ``alone`` are goals (counts, revenue) compared with nothing, ``unused`` rates and prices."""

    compared: int
    related: tuple[Related, ...]
    alone: tuple[str, ...]
    unused: tuple[str, ...]

    def to_dict(self, lang: str) -> dict[str, Any]:
        """Return the relations as ``check --explain-reading --format json`` has them."""
        return {"relations": [each.to_dict(lang) for each in self.related], "unused": list(self.unused)}
