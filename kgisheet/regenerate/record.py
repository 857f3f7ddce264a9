"""What the workbook is to carry of this regeneration: the next one compares with it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from .. import carried
from ..filled import FilledBook
from ..sheets.build import generated as of_sheet
from ..sheets.build import written_place
from ..sheets.model import Place, Sheet, address, column_number
from ..sheets.placing import number
from ..solve import Held


def content(
    book: FilledBook,
    plan_text: str,
    names: Mapping[str, Place],
    cells: Mapping[tuple[str, int, int], Any],
    made: Mapping[str, Sheet],
    dropped: frozenset[str],
) -> dict[str, Any]:
    """What ``carried.encode`` takes.

    ``names`` are all names as they will be, a tab's as ``2026-04!goal_leads``; ``cells`` what we hold each
    named cell to be; ``made`` sheets that are new; ``dropped`` written titles that are no longer ours.
    """
    said = dict(book.read.carried)
    generated: dict[str, dict[str, Any]] = {}
    named = {
        (place.sheet, address(spot.row, spot.col))
        for place in book.anchors.then.values()
        for spot in map(place.spot, range(place.rows * place.cols))
    }
    for title, items in book.anchors.generated.items():
        now = book.anchors.titles.get(title)
        if now is None or title in dropped or not isinstance(items, dict):
            continue
        into = generated.setdefault(now, {})
        for where, value in items.items():
            if (title, where) in named:
                continue
            letters = where.rstrip("0123456789")
            moved = book.anchors.cell(title, int(where[len(letters) :]) - 1, column_number(letters))
            is_formula = isinstance(value, str) and value.startswith("=")
            held = book.anchors.formula(title, value) if is_formula else value
            if moved is not None and held is not None:
                into[address(moved[1], moved[2])] = held
    for (title, row, col), value in cells.items():
        if value is not None:
            generated.setdefault(title, {})[address(row, col)] = value
    for title, sheet in made.items():
        generated[title] = of_sheet(sheet)
    return said | {
        "schema": carried.SCHEMA,
        "plan": plan_text,
        "names": {name: written_place(place) for name, place in names.items()},
        "generated": generated,
    }


def order_of_tabs(content: dict[str, Any], tabs: Sequence[Place | None]) -> None:
    """Says in which order the months' tabs come, where their titles no longer do."""
    titles = [place.sheet for place in tabs if place is not None]
    content.pop("tabs", None)
    if titles != sorted(titles):
        content["tabs"] = titles


def constant(value: Held) -> Any:
    """A constant as it is carried."""
    if isinstance(value, Fraction):
        return number(value)
    return value.isoformat() if isinstance(value, datetime.date) else value
