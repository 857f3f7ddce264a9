"""Random right sheets of every kind that people make of a funnel, each with what ties its figures: material of the sweep of every cell."""

from __future__ import annotations

from collections.abc import Callable

from .chains import arrows, digits, listed, own_stages, side_by_side, stacked, to_next
from .page import Page
from .tables import buffer, coverage, cpl, funnel, lead_time, matrix, of_which, opening, quarters

KINDS: dict[str, Callable[[Page], None]] = {
    "listed": listed, "own stages": own_stages, "side by side": side_by_side, "stacked": stacked, "digits": digits, "to next": to_next,
    "arrows": arrows, "lead time": lead_time, "quarters": quarters, "matrix, title": lambda page: matrix(page, False),
    "matrix, corner": lambda page: matrix(page, True), "of which": of_which, "opening": opening, "cost": cpl, "coverage": coverage,
    "buffer": buffer, "months, funnel": lambda page: funnel(page, True), "channels, funnel": lambda page: funnel(page, False),
}  # fmt: skip


def drawn(kind: str, seed: int) -> Page:
    page = Page(seed)
    KINDS[kind](page)
    return page
