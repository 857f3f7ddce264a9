"""Names over columns: how wide each column is, so that a name is broken where a word ends, if at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .measure import wide
from .model import pixels

_LESS, _MORE = 0.2, 1.6
"""How much less than its width a column holds, and how much more: Excel and LibreOffice differ by most of a letter."""
_NARROWER = 1.0
"""How much narrower than usual a column may be instead of wider."""
_STEP = 0.1
_MOST_LINES = 3
_WORD = re.compile(
    r"[\u30a1-\u30fa\u30fc]+"  # katakana
    r"|[\u3005\u4e00-\u9fff]+[\u3041-\u309f]*"  # kanji with what is inflected
    r"|[\u3041-\u309f]+"
    r"|[^\s\u2000-\uffff]+"  # Latin letters and figures
    r"|."
)


def is_whole(name: str, room: float, most: int = _MOST_LINES) -> bool:
    """Return whether a name in a column of so many characters is broken between words alone, on so many lines at most.

    Excel breaks a line of Japanese wherever it is full; only Latin words stay whole of themselves.
    """
    lines, used, at = 1, 0.0, 0
    ends = {found.end() for found in _WORD.finditer(name)}
    for found in re.finditer(r"[^\s\u2000-\uffff]+|[\u2000-\uffff]|\s", name):
        taken = wide(found[0])
        if taken > room:
            return False
        if used and used + taken > room and not found[0].isspace():
            if at not in ends:
                return False
            lines, used = lines + 1, 0.0
        used, at = used + taken, found.end()
    return lines <= most


def widths(names: Sequence[str], usual: float, spare: float, least: float, room: int) -> list[float]:
    """Return the widths of columns with these names, "" for a spare one, in ``room`` pixels.

    Each name has the ``usual`` width, or what keeps its words whole, as long as there is room; for that the spare ones give
    way down to ``least``.
    """
    made = [usual if name else least for name in names]
    asked = {at: asks for at, name in enumerate(names) if name and (asks := _asked(name, usual, room)) is not None}
    for at, asks in sorted(asked.items(), key=lambda each: each[1]):
        if sum(map(pixels, (*made[:at], asks, *made[at + 1 :]))) <= room:
            made[at] = asks
    spares = [at for at, name in enumerate(names) if not name]
    if spares:
        left = room - sum(pixels(has) for at, has in enumerate(made) if at not in spares)
        for at in spares:
            made[at] = max(least, min(spare, (left // len(spares) - 5) / 7))
    return made


def _asked(name: str, usual: float, room: int) -> float | None:
    """Return the width nearest to the usual one that keeps a name's words whole; None if there is none."""
    steps = round(_NARROWER / _STEP)
    narrower = [round(usual - _STEP * each, 1) for each in range(steps + 1)]
    wider = [round(usual + _STEP * each, 1) for each in range(1, 10 * steps)]
    return next((each for each in (*narrower, *wider) if pixels(each) <= room and _fits(name, each)), None)


def _fits(name: str, width: float) -> bool:
    return is_whole(name, width - _LESS) and is_whole(name, width + _MORE)
