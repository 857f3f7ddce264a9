"""The tables of a worksheet, and how their rows correspond.

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
TAB_MONTH = "tab_month"
"""The month of a tab: a workbook's tabs are known by it before its template is."""
OVER_THE_YEAR = {MONTH: MONTHS, QUARTER: 4, HALF: 2}
"""How many rows the tables over the year have."""

OF_MONTHS = (*OVER_THE_YEAR, MONTH_CHANNEL)
"""The tables whose rows are months, or belong to them: a row more or less, and the rows can't be identified."""

ABM = "abm"
RANK = "abm_rank"
STAGE = "abm_stage"
MOVES = "abm_moves"
"""The matrix of accounts: a row per rank and stage, rank by rank; the sections of those keys say how many there are, and how many moves."""

COUNTED = (CHANNEL, RANK, STAGE, ABM)
"""The tables that are beside others by the order of their rows; of the page's channels formulas follow a row that is put in."""

AROUND = {MONTH_CHANNEL: (MONTH, CHANNEL), ABM: (RANK, STAGE)}
"""Tables over two others, the second one side by side: a row of theirs knows its row of each as well."""


def rows(channels: int, monthly: bool) -> dict[str, int]:
    """Return how many rows each table has, for so many channel rows."""
    over = {**OVER_THE_YEAR, MONTH_CHANNEL: MONTHS * channels} if monthly else {}
    return {CHANNEL: channels, **over} if channels else over


def own(sizes: Mapping[str, int]) -> dict[str, int]:
    """Return the tables that sections declare themselves, and the matrix over two of them."""
    matrix = {ABM: sizes[RANK] * sizes[STAGE]} if RANK in sizes and STAGE in sizes else {}
    return {**sizes, **matrix}


def across(rows: Mapping[str, int], table: str | None = MONTH_CHANNEL) -> int:
    """Return how many cells are side by side in a table over two others, of these sizes: a month's channels, a rank's stages."""
    return rows.get(STAGE, 1) if table == ABM else rows.get(MONTH_CHANNEL, MONTHS) // MONTHS


def aligned(own: str | None, index: int, other: str, across: int) -> int:
    """Return the row of ``other`` beside which the row ``index`` (from 0) of the table ``own`` appears."""
    around = AROUND.get(own or "")
    if around is not None and other in around:
        down, right = divmod(index, across)
        return down if other == around[0] else right
    assert own == other, (own, other)
    return index


def part(own: str | None, index: int, own_rows: int, other_rows: int, channels: int) -> range:
    """Return the rows of another table that belong to the row ``index`` of ``own``: a quarter's months, a month's channels."""
    if own == MONTH_CHANNEL:
        index, own_rows = index // channels, MONTHS
    each = other_rows // own_rows
    return range(index * each, (index + 1) * each)


def numbers(table: str) -> str:
    """Return the name of the column that numbers a table's rows."""
    return f"{table}_number"


def number(own: str | None, index: int, channels: int) -> int:
    """Return the number of a row, from 1; for a month's channel, the channel's."""
    return (index % channels if own == MONTH_CHANNEL else index) + 1
