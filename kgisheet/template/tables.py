"""The tables of a worksheet, and how the rows of one belong to those of another.

``channel`` is the page's table, a row per channel; ``month`` has twelve rows,
``quarter`` and ``half`` their sums; ``month_channel`` a row per month and
channel, month by month.
"""

from __future__ import annotations

from collections.abc import Mapping

CHANNEL = "channel"
MONTH = "month"
QUARTER = "quarter"
HALF = "half"
MONTH_CHANNEL = "month_channel"

MONTHS = 12
OVER_THE_YEAR = {MONTH: MONTHS, QUARTER: 4, HALF: 2}
"""How many rows the tables over the year have."""

OF_MONTHS = (*OVER_THE_YEAR, MONTH_CHANNEL)
"""The tables whose rows are months, or belong to them: a row more or less, and nobody can tell which is which."""

AROUND = {MONTH_CHANNEL: (MONTH, CHANNEL)}
"""Tables of which a row knows its own row as well."""


def rows(channels: int, monthly: bool) -> dict[str, int]:
    """How many rows each table has, for so many rows of channels."""
    over = {**OVER_THE_YEAR, MONTH_CHANNEL: MONTHS * channels} if monthly else {}
    return {CHANNEL: channels, **over} if channels else over


def across(rows: Mapping[str, int]) -> int:
    """How many channels a month has, in tables of these sizes."""
    return rows.get(MONTH_CHANNEL, MONTHS) // MONTHS


def aligned(own: str | None, index: int, other: str, channels: int) -> int:
    """Which row of ``other`` the row ``index`` (from 0) of the table ``own`` stands beside."""
    if own == MONTH_CHANNEL and other in (MONTH, CHANNEL):
        month, channel = divmod(index, channels)
        return month if other == MONTH else channel
    assert own == other, (own, other)
    return index


def part(own: str | None, index: int, own_rows: int, other_rows: int, channels: int) -> range:
    """The rows of another table that belong to the row ``index`` of ``own``: a quarter's months, a month's channels."""
    if own == MONTH_CHANNEL:
        index, own_rows = index // channels, MONTHS
    each = other_rows // own_rows
    return range(index * each, (index + 1) * each)


def number(own: str | None, index: int, channels: int) -> int:
    """The number of a row, from 1; of a month's channel, the channel's."""
    return (index % channels if own == MONTH_CHANNEL else index) + 1
