"""One figure that was read by its label: where it is, what it is of, what it may mean."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from ...formula.grid import Where
from ...formula.nodes import ErrorValue
from ...formula.values import Value
from ...language.words import UNITS
from ...values.a1 import address
from ...values.units import CURRENCY, RATE
from . import lexicon, stages
from .units import Unit

ALL, OF_CHANNEL, OF_MONTH, OF_YEAR, OF_PLAN, OF_PART = "all", "channel", "month", "year", "plan", "part"


class Scope(NamedTuple):
    """The scope of a figure: the whole, the channel or month with that number, the months' total, a plan of several.

    For a part of the year the number is that of the half, 0 and 1, or of the quarter, 2 to 5.
    """

    kind: str
    at: int = 0


WHOLE = Scope(ALL)


class Figure(NamedTuple):
    """One figure that was read. ``value`` is in yen, things, or a fraction; None if the cell is an error.

    ``unit`` is None if none is given; ``typed`` is the text, if it is one. ``also`` are other possible
    values (30 as 30 %); ``upto`` is the other end of a range (30〜35%).
    """

    where: Where
    field: str
    scope: Scope
    value: Fraction | None
    unit: Unit | None
    typed: str | None
    raw: Value
    formula: str | None
    label: str
    who: str
    table: tuple[str, int, int]
    also: tuple[Fraction, ...] = ()
    code: str = "General"
    upto: Fraction | None = None
    abroad: str | None = None
    """The sign of another currency in which the sheet's amounts are; empty where they are in thousands of it, or more; None for yen."""

    @property
    def kind(self) -> str:
        return lexicon.unit_of_field(self.field)

    @property
    def at(self) -> tuple[int, int]:
        """Its row and column."""
        return self.where[1], self.where[2]

    @property
    def line(self) -> int:
        """The row in which its list goes on, or the column: months beside each other, channels below each other."""
        return self.where[2] if self.table[0] == "col" else self.where[1]

    @property
    def place(self) -> int:
        """Its place in that line."""
        return self.where[1] if self.table[0] == "col" else self.where[2]

    @property
    def cell(self) -> str:
        return address(self.where[1], self.where[2])

    @property
    def name(self) -> str:
        """The name that our own sheets would use: ``channel_leads[2]``."""
        own = {stages.OPEN: "stage", stages.RATE_OF: "rate", stages.AMOUNT_OF: "amount"}.get(self.field[:1])
        if own is not None:
            return f"{own}:{self.field[1:]}"
        field = {"closing_rate": "win_rate", "close_rate": "win_rate", "revenue": "web_revenue"}.get(self.field, self.field)
        if self.scope.kind == OF_CHANNEL:
            return f"channel_{field}[{self.scope.at + 1}]"
        if self.scope.kind == OF_MONTH:
            return f"month_{field}[{self.scope.at + 1}]"
        field = {"share": "share_total", "cvr": "channel_cvr", "meeting_rate": "channel_meeting_rate"}.get(field, field)
        return f"year_{field}" if self.scope.kind == OF_YEAR else field


def shown(figure: Figure) -> str:
    """Return the content of the cell and its meaning: 1,200万円 → 12,000,000円."""
    if figure.value is None:
        return str(figure.raw.text) if isinstance(figure.raw, ErrorValue) else "?"
    meant = said(figure.value, figure.kind)
    if figure.kind == CURRENCY and (figure.abroad is not None or figure.label.isascii()):
        meant = f"{'¥' if figure.abroad is None else figure.abroad}{plain(figure.value)}"
    if figure.also and figure.unit is None:
        return f"{plain(figure.value)} → {said(figure.also[0], RATE)} / {meant}"
    if figure.typed is not None:
        return figure.typed if figure.typed == meant else f"{figure.typed} → {meant}"
    if figure.kind == CURRENCY and figure.unit is not None and figure.unit.factor > 1:
        unit = f" {UNITS[figure.unit.text].en}" if figure.label.isascii() else figure.unit.text
        return f"{plain(figure.value / figure.unit.factor)}{unit} → {meant}"
    if figure.kind == RATE and figure.unit is None and isinstance(figure.raw, Fraction):
        return f"{plain(figure.raw)} → {meant}"
    return meant


def said(value: Fraction, kind: str) -> str:
    if kind == RATE:
        return f"{plain(value * 100)}%"
    return f"{plain(value)}円" if kind == CURRENCY else plain(value)


def plain(value: Fraction) -> str:
    """Return a number with at most four decimals and thousands separators."""
    text = f"{float(value):,.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
