"""The columns of the page, so that it fits one screen of a small laptop and one A4 in type that can be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .lines import LABEL
from .model import LYING, pixels

TOTAL = LABEL + 1
FIRST = TOTAL + 1
"""The column of the first channel."""
LEAST = 8
"""How many columns there are for channels at least."""
_FEW = 3
"""So many channels have columns as wide as a name of six Japanese letters, and the spare ones less."""
_NARROWEST, _SPARE_OF_MANY = 7.0, 5.2
"""The least width of a column where there are more than eight, and that of their spare one."""


class _Wide(NamedTuple):
    """The widths of the columns, in characters; those of the labels also where there are more than eight channels' columns."""

    label: float
    total: float
    channel: float
    monthly: float
    aside: float
    few: float
    spare: float
    label_of_many: float


_WIDTHS = {"ja": _Wide(22.0, 14.5, 9.2, 12.0, 28.0, 11.3, 8.6, 22.0), "en": _Wide(29.5, 14.1, 9.4, 13.3, 24.0, 10.6, 8.7, 24.5)}


def beside(across: int) -> tuple[int, int]:
    """Return the columns on the right of so many channels': a month's figures, and the words beside."""
    return FIRST + across + 1, FIRST + across + 2


def widths(lang: str, across: int, named: Sequence[int]) -> dict[int, float]:
    """Return the width of each column; ``named`` are the places of the channels that have a name, from 0."""
    wide = _WIDTHS[lang]
    monthly, aside = beside(across)
    columns = range(FIRST, FIRST + across)
    made = {0: 1.0, LABEL: wide.label, TOTAL: wide.total, **dict.fromkeys(columns, wide.channel)}
    made |= {monthly - 1: 1.0, monthly: wide.monthly, aside: wide.aside}
    spare = [col for col in columns if col - FIRST not in named]
    if across <= LEAST:
        few = {col: wide.spare if col in spare else wide.few for col in columns}
        return made | few if len(named) <= _FEW else made
    made[LABEL] = wide.label_of_many
    others = sum(pixels(has) for col, has in made.items() if col not in columns)
    left = (LYING - others - len(spare) * pixels(_SPARE_OF_MANY)) / max(1, len(named))
    channel = min(wide.channel, max(_NARROWEST, int(left - 5.5) / 7))
    return made | dict.fromkeys(columns, channel) | dict.fromkeys(spare, _SPARE_OF_MANY)
