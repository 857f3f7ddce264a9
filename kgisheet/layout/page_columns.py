"""The columns of the page, so that it fits one screen of a small laptop and one A4 in type that can be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from . import names
from .lines import LABEL
from .model import LYING, pixels

TOTAL = LABEL + 1
FIRST = TOTAL + 1
"""The column of the first channel."""
LEAST = 8
_LEFT = 6
"""Pixels that figures which just fit their column are left at: a sheet as wide as a page is printed in a little less than nine points."""
"""How many columns there are for channels at least."""
_FEW = 3
"""So many channels have columns as wide as a name of six Japanese letters, and the spare ones less."""
_NARROWEST, _SPARE_OF_MANY, _SPARE_OF_FEW = 7.0, 5.2, 7.0
"""The least width of a column where there are more than eight, that of their spare one, and the least of one of eight."""


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


_WIDTHS = {"ja": _Wide(22.0, 14.5, 9.2, 12.0, 28.4, 11.3, 8.6, 22.0), "en": _Wide(29.5, 14.1, 9.4, 13.3, 24.0, 10.6, 8.7, 24.5)}


def beside(across: int) -> tuple[int, int]:
    """Return the columns on the right of so many channels': a month's figures, and the words beside."""
    return FIRST + across + 1, FIRST + across + 2


def widths(lang: str, across: int, channels: Sequence[str]) -> dict[int, float]:
    """Return the width of each column; ``channels`` are the names of the channels, "" where there is none yet."""
    wide = _WIDTHS[lang]
    monthly, aside = beside(across)
    columns = range(FIRST, FIRST + across)
    made = {0: 1.0, LABEL: wide.label, TOTAL: wide.total, **dict.fromkeys(columns, wide.channel)}
    made |= {monthly - 1: 1.0, monthly: wide.monthly, aside: wide.aside}
    named = [name for name in channels if name]
    others = sum(pixels(has) for col, has in made.items() if col not in columns)
    if across <= LEAST:
        usual, spare = (wide.few, wide.spare) if len(named) <= _FEW else (wide.channel, wide.channel)
        places = [*channels, *[""] * (across - len(channels))]
        return made | dict(zip(columns, names.widths(places, usual, spare, _SPARE_OF_FEW, LYING - others - _LEFT), strict=True))
    others += pixels(wide.label_of_many) - pixels(made[LABEL])
    made[LABEL] = wide.label_of_many
    spares = [col for col in columns if not channels[col - FIRST]]
    left = (LYING - others - len(spares) * pixels(_SPARE_OF_MANY)) / max(1, len(named))
    channel = min(wide.channel, max(_NARROWEST, int(left - 5.5) / 7))
    return made | dict.fromkeys(columns, channel) | dict.fromkeys(spares, _SPARE_OF_MANY)
