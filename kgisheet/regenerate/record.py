"""The provenance record of this regeneration: the next one compares with it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from ..formula.grid import Where
from ..layout.build import generated as of_sheet
from ..layout.model import Sheet
from ..values.a1 import Place, address
from ..values.rounding import number
from ..worksheet import provenance
from ..worksheet.solve import Held
from .inputs import Merged
from .results import ResultCells


def content(
    plan_text: str,
    names: Mapping[str, Place],
    merged: Merged,
    result_cells: ResultCells,
    made: Mapping[str, Sheet],
    dropped: frozenset[str],
) -> dict[str, Any]:
    """Return the input of ``provenance.encode``.

    ``names`` are all resulting names, a tab's as ``2026-04!goal_leads``; ``made`` new sheets;
    ``dropped`` written titles that are no longer ours.
    """
    book = merged.book
    said = {key: value for key, value in book.read.carried.items() if key != "typed_over"}
    generated: dict[str, dict[str, Any]] = {}
    anchors = book.anchors
    for title, items in anchors.unnamed.items():
        now = anchors.titles.get(title)
        if now is None or title in dropped:
            continue
        into = generated.setdefault(now, {})
        if anchors.is_still:
            into |= {address(row, col): value for (_, row, col), value in items.items() if value is not None}
            continue
        for where, value in items.items():
            moved = anchors.cell(*where)
            is_formula = isinstance(value, str) and value.startswith("=")
            held = anchors.formula(title, value) if is_formula else value
            if moved is not None and held is not None:
                into[address(moved[1], moved[2])] = held
    for (title, row, col), value in _wrote(merged, result_cells, made):
        if value is not None:
            generated.setdefault(title, {})[address(row, col)] = value
    for title, sheet in made.items():
        generated[title] = of_sheet(sheet)
    typed_over: dict[str, dict[str, Any]] = {}
    for (name, at), value in merged.theirs():
        place = result_cells.places.spot(name, at or 0)
        if place is not None and place.sheet not in made:
            typed_over.setdefault(place.sheet, {})[address(place.row, place.col)] = constant(value)
    return said | {
        "schema": provenance.SCHEMA,
        "plan": plan_text,
        "names": {name: provenance.written_place(place) for name, place in names.items()},
        "generated": generated,
        **({"typed_over": typed_over} if typed_over else {}),
    }


def _wrote(merged: Merged, result_cells: ResultCells, made: Mapping[str, Sheet]) -> Iterator[tuple[Where, Any]]:
    """Return what we wrote last into each named cell, this time or before; people's own values are another record."""
    for cell, row, where in result_cells.placed:
        if where[0] in made:
            continue
        belongs = result_cells.belongs(cell, row, where) if cell.formula is not None else constant(merged.ours(cell, row))
        yield where, belongs


def order_of_tabs(content: dict[str, Any], tabs: Sequence[Place | None]) -> None:
    """Record the order of the months' tabs, if their titles no longer give it."""
    titles = [place.sheet for place in tabs if place is not None]
    content.pop("tabs", None)
    if titles != sorted(titles):
        content["tabs"] = titles


def constant(value: Held) -> Any:
    """Return a constant in its stored form."""
    if isinstance(value, Fraction):
        return number(value)
    return value.isoformat() if isinstance(value, datetime.date) else value
