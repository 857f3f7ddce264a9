"""The marks of a list's lines, by which formulas in words refer to them: ① and ②, then ①÷②; リード数(A) and 商談率(B), then A×B."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ...values.regex import regex
from ..read.plane import Spot
from .cells import Cells

_CIRCLED = "\u2460-\u2473"
_FIRST = regex(rf"\s*(?P<circled>[{_CIRCLED}])|(?P<letter>[A-Z])(?:[.:)]\s*|$)|[(\[](?P<inside>[A-Z])[)\]]")
_LAST = regex(rf"(?:[(\[]\s*)?(?P<circled>[{_CIRCLED}])(?:\s*[)\]])?$|[(\[](?P<letter>[A-Z])[)\]]$")
_ONE = regex(rf"[{_CIRCLED}]|[A-Za-z]")
_FORMULA = regex(
    rf"(?:^|[\s(=:])(?P<formula>[{_CIRCLED}A-Z](?:\s*[×✕*÷/+−-]\s*(?:[{_CIRCLED}A-Z]|\d+(?:\.\d+)?[^\s\d()+×÷]{{0,2}}))+)\s*[)]?\s*$"
)


def flat(text: str) -> str:
    """Return a text in the usual width, circled numbers as they are."""
    return re.sub(rf"[^{_CIRCLED}]+", lambda match: unicodedata.normalize("NFKC", match[0]), text).replace("－", "−").strip()


def formula_in(text: str) -> str:
    """Return the formula of marks that a text ends in; empty without one."""
    found = _FORMULA.search(flat(text))
    return found["formula"] if found is not None else ""


def is_mark(name: str) -> bool:
    return _ONE.fullmatch(name) is not None


class Marks:
    """The lines of a sheet by their marks; one that several lines have is none."""

    def __init__(self, cells: Cells) -> None:
        rows: dict[str, set[int]] = {}
        for row, texts in cells.rows.items():
            for mark in {mark for spot in texts.texts for mark in _marks(spot)}:
                rows.setdefault(mark, set()).add(row)
        self._rows = {mark: min(its) for mark, its in rows.items() if len(its) == 1}
        self._cells = cells

    def __len__(self) -> int:
        return len(self._rows)

    def figure(self, mark: str, col: int) -> Spot | None:
        """Return the figure on the line of a mark: the one in a column, or the only one."""
        row = self._rows.get(mark, self._rows.get(mark.upper()))
        if row is None:
            return None
        if (row, col) in self._cells.amounts:
            return self._cells.amounts[row, col][0]
        own = [spot for spot in self._cells.page.plane.rows[row] if (row, spot.col) in self._cells.amounts]
        return own[0] if len(own) == 1 else None


def _marks(spot: Spot) -> Iterator[str]:
    """Yield the mark that a text begins with, or ends in."""
    text = flat(spot.text)
    for found in (_FIRST.match(text), _LAST.search(text) if not formula_in(text) else None):
        if found is not None:
            yield next(each for each in found.groups() if each)
