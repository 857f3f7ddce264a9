r"""The provenance that a workbook carries: template, digest, version, plan, and what was generated.

What we wrote into each cell (``generated``) and what people had typed over it when the workbook was last
written (``typed_over``) are two records: a plan is compared with the first, a check of later changes
with both.

It is stored as text in a hidden sheet, with a key and a number in front of each piece,
and in brief in custom document properties. Both survive a save by LibreOffice
and by openpyxl. Each piece is enclosed in bars, so that no program takes it for a
formula or trims it; ``_x`` is written ``\u005fx``, because ``_x000D_`` means a
character in these files.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from ..values.a1 import Place, address
from . import shape

SHEET = "_kgisheet"
SCHEMA = 1
FORM = "kgisheet_form"
"""The name of the cell by which an input form is known, which carries none of this."""

VALUES_ONLY = "values_only"
"""What a record says that was reconstructed: whether no formula is left, as in an export, or a copy into another office."""

TARGET = "target"
"""What a record says of a workbook that was made for another program than Excel: which one."""

SUMMARY, SUMMARY_PROPERTY = "summary", "kgisheet summary"
"""The key under which a summary of many workbooks carries what was collected, and the property by which it is known without."""

BAR = "|"
"""What encloses a piece."""

_PIECE = 30_000  # a cell holds 32,767 characters
_MOST = 10_000  # pieces of one key

Row = tuple[str, int, str]


def written_place(place: Place) -> list[Any]:
    """Return a place as the workbook carries it."""
    where = [place.sheet, address(place.row, place.col), place.rows]
    return where if place.cols == 1 else [*where, place.cols]


def encode(content: dict[str, Any]) -> list[Row]:
    """Return rows of (key, number of the piece, piece), for the hidden sheet."""
    rows: list[Row] = []
    for key, value in content.items():
        text = json.dumps(value, ensure_ascii=True, separators=(",", ":")).replace("_x", "\\u005fx")
        pieces = [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)]
        rows += [(key, number, f"{BAR}{piece}{BAR}") for number, piece in enumerate(pieces, 1)]
    return rows


def decode(rows: Iterable[tuple[Any, Any, Any]]) -> dict[str, Any]:
    """Return the content of the hidden sheet's rows; raise ValueError if it is damaged."""
    pieces: dict[str, dict[int, str]] = {}
    for key, number, piece in rows:
        if key is None and number is None and piece is None:
            continue
        if (
            not isinstance(key, str)
            or not isinstance(number, (int, float))
            or not isinstance(piece, str)
            or not 0 < number < _MOST
        ):
            raise ValueError("a row of the hidden sheet is not key, number, text")
        if len(piece) < 2 or piece[0] != BAR or piece[-1] != BAR:
            raise ValueError(f"a piece of {key} is cut off")
        pieces.setdefault(key, {})[int(number)] = piece[1:-1]
    content: dict[str, Any] = {}
    for key, found in pieces.items():
        if sorted(found) != list(range(1, len(found) + 1)):
            raise ValueError(f"a piece of {key} is missing")
        try:
            content[key] = json.loads("".join(found[number] for number in sorted(found)))
        except RecursionError:
            raise ValueError(f"{key} is nested too deeply") from None
    shape.check(content)
    return content
