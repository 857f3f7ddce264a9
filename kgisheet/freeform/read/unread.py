"""Figures among those that were read which were not read themselves: silence about them must not pass for OK."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

from ...formula.grid import Where
from ...values.regex import regex
from ...values.units import RATE
from .amounts import Amount
from .figures import plain
from .lexicon import CHANNEL, CHANNEL_HEADING, FIELD, OTHER, TEXT, TOTAL, Word, key
from .page import Page
from .plane import Spot

_NEAR = 4  # lines before and after those that were read
_USERS = regex(r"^(?:サイト)?(?:uu|ユーザー|ユニークユーザー|users?|unique(?:users?|visitors?))(?:数)?$")


class Unread(NamedTuple):
    """A cell with a figure, the text that serves as its label, and how the cell reads; ``wanted``: a text where a goal's figure belongs."""

    where: Where
    label: str
    text: str
    wanted: bool = False

    @property
    def users(self) -> bool:
        """Whether these are users: people, not visits."""
        return _USERS.match(key(self.label)) is not None


def unread(page: Page) -> list[Unread]:
    """Return the cells in the rows and columns of the read figures that were not read, each label once."""
    found: dict[str, Unread] = {}
    done = {each.where for each in page.figures}
    lines: dict[tuple[str, int, int], set[int]] = {}
    for each in page.figures:
        axis, head, _ = each.table
        lines.setdefault((axis, head, each.where[2] if axis == "row" else each.where[1]), set()).add(
            each.where[1] if axis == "row" else each.where[2]
        )
    for (axis, head, line), places in lines.items():
        if axis == "own" or len(places) < 2:
            continue
        for word, spot in _line(page, axis, head, line, places):
            where, label = (page.title, spot.row, spot.col), word.text
            if where not in done and label not in found and label:
                wanted = word.kind == FIELD and bool(spot.text) and not (word.field in _SHARES and _is_share(spot))
                found[label] = Unread(where, label, spot.text or plain_of(spot), wanted)
    return sorted(found.values(), key=lambda each: each.where[1:])


def passed_over(page: Page) -> list[str]:
    """Return the headings of columns that hold no goals: 前年, 実績. Their figures are skipped."""
    heads = {each.table[1] for each in page.figures if each.table[0] == "row"}
    columns = {each.where[2] for each in page.figures}
    rows = {each.where[1] for each in page.figures}
    found: dict[str, None] = {}
    if not heads:
        return []
    first, least = min(rows), min(heads)
    for col, spots in sorted(page.plane.cols.items()):
        if col > least and col not in columns:
            top = [each.word for each in takewhile(lambda spot: spot.row <= first, spots)]
            over = next((each for each in reversed(top) if each is not None and each.kind == OTHER), None)
            if over is not None and sum(each.row in rows and each.number for each in spots) >= len(rows) / 2:
                found.setdefault(over.text)
    return list(found)


_SHARES = ("web_revenue", "other_revenue")


def _is_share(spot: Spot) -> bool:
    """Return whether a text is a rate that may take the place of an amount: Web売上 24%."""
    return spot.amount is not None and spot.amount.unit is not None and spot.amount.unit.kind == RATE


def _line(page: Page, axis: str, head: int, line: int, places: set[int]) -> Iterator[tuple[Word, Spot]]:
    """Yield the numbers of one column of a table, or of one row, each with its label."""
    spots = page.plane.cols.get(line, []) if axis == "row" else page.plane.rows.get(line, [])
    for spot in spots:
        at = spot.row if axis == "row" else spot.col
        if not min(places) - _NEAR <= at <= max(places) + _NEAR:
            continue
        label = _label(page, axis, head, spot)
        if label is None or (not spot.number and (label.kind != FIELD or not _figure_like(spot))):
            continue
        yield label, spot


def _label(page: Page, axis: str, head: int, spot: Spot) -> Word | None:
    """Return the text that names a number's line: in the labels' own column or row, else the nearest before the number."""
    if axis == "row":
        before = [each for each in page.plane.rows.get(spot.row, []) if each.last_col < spot.col]
        own = [each for each in before if each.col == head]
    else:
        before = [each for each in page.plane.cols.get(spot.col, []) if each.last_row < spot.row]
        own = [each for each in before if each.row == head]
        before = []
    for each in [*own, *reversed(before)]:
        if each.word is not None and each.word.kind in (TEXT, FIELD, CHANNEL, TOTAL, OTHER, CHANNEL_HEADING):
            return each.word if each.word.kind in (TEXT, FIELD) else None
    return None


def _figure_like(spot: Spot) -> bool:
    """Return whether a text is a figure in words: 30〜35%, 目安30%."""
    text = spot.text
    return (
        len(text) <= 20
        and re.search(r"[\d０-９]+(?:\.\d+)?\s*(?:[%％件回社名割]|万|千|億|[〜~～-]\s*[\d０-９])", text) is not None
    )


def plain_of(spot: Spot) -> str:
    """Return a number roughly as its cell shows it."""
    found: Amount | None = spot.amount
    return "" if found is None else plain(found.number) + (found.unit.text if found.unit is not None else "")
