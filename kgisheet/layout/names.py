"""Names over columns: how wide each column is, so that a name is broken where a word ends, if at all."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from ..values.regex import regex
from .measure import PIECES, wide
from .model import pixels

_LESS, _MORE = 0.2, 1.6
"""How much less than its width a column holds, and how much more: Excel and LibreOffice differ by most of a letter."""
_NARROWER = 1.0
"""How much narrower than usual a column may be instead of wider."""
_STEP = 0.1
_MOST_LINES = 3
_ENDLESS = 25.0
"""What no column of a name is as wide as."""
_WORD = regex(
    r"[\u30a1-\u30fa\u30fc]+"  # katakana
    r"|[\u3005\u4e00-\u9fff]+[\u3041-\u309f]*"  # kanji with what is inflected
    r"|[\u3041-\u309f]+"
    r"|[^\s\u2000-\uffff]+"  # Latin letters and figures
    r"|."
)

_HALVES = regex(
    "(ホワイト|メール|ランディング|オウンド|ソーシャル|コンテンツ|インサイド|フィールド|オンライン|プレス|ダイレクト|カスタマー|デジタル|テレ)"
    "(ペーパー|マガジン|ページ|メディア|マーケティング|セールス|セミナー|リリース|メール|サクセス|アポ)"
)
"""Long words of the field between whose halves a line may end."""


def is_whole(name: str, room: float, most: int = _MOST_LINES) -> bool:
    """Return whether a name in a column of so many characters is broken between words alone, on so many lines at most."""
    breaks = _breaks(name, room)
    return breaks is not None and len(breaks) < most and breaks <= _ends(name)


def is_readable(name: str, room: float) -> bool:
    """Return whether a name of which a word is broken leaves no single letter of it on a line."""
    breaks, ends = _breaks(name, room), sorted({0, *_ends(name)})
    words = list(itertools.pairwise(ends))
    return breaks is not None and all(
        at - start > 1 and end - at > 1 for start, end in words for at in breaks if start < at < end
    )


def _breaks(name: str, room: float) -> set[int] | None:
    """Return where a name is broken over the lines of a column; None where a Latin word is wider.

    Excel breaks a line of Japanese wherever it is full; only Latin words stay whole of themselves.
    """
    used, at, found = 0.0, 0, set()
    for end, taken, is_blank in _pieces(name):
        if taken > room:
            return None
        if used and used + taken > room and not is_blank:
            found.add(at)
            used = 0.0
        used, at = used + taken, end
    return found


@lru_cache(maxsize=256)  # a name is tried in many widths
def _pieces(name: str) -> tuple[tuple[int, float, bool], ...]:
    """Return the pieces of a name that stay whole: where each ends, how wide it is, and whether it is a blank."""
    return tuple((each.end(), wide(each[0]), each[0].isspace()) for each in PIECES.finditer(name))


@lru_cache(maxsize=256)
def _ends(name: str) -> frozenset[int]:
    """Return where the words of a name end, also those within a long one that people know the halves of."""
    joints = frozenset(found.start(2) for found in _HALVES.finditer(name))
    return joints.union(found.end() for found in _WORD.finditer(name))


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


def shared(names: Sequence[str], least: Sequence[float], usual: float, room: int, most: int) -> tuple[list[float], bool]:
    """Return the widths of columns of which each has its ``least``, and whether all names are then whole on ``most`` lines.

    What is left of ``room`` pixels goes to the names that take least of it to be whole, then to the others, up to the usual width.
    """
    made = list(least)
    wanted = {at: _whole_from(name, made[at], most) for at, name in enumerate(names) if name}
    whole: set[int] = set()

    def is_room(columns: Iterable[int], width: float) -> bool:
        return sum(map(pixels, (width if at in columns else has for at, has in enumerate(made)))) <= room

    def grow(columns: list[int]) -> None:
        while columns:
            at = min(columns, key=lambda each: made[each])
            more = round(made[at] + _STEP, 1)
            if more > usual or not is_room({at}, more) or (at in whole and not _fits(names[at], more, most)):
                columns.remove(at)
            else:
                made[at] = more

    asking: dict[tuple[float, str], set[int]] = {}
    for at, asks in wanted.items():
        if asks is not None:
            asking.setdefault((asks, re.sub(r"[0-9]+", "", names[at])), set()).add(at)
    for (asks, _), alike in sorted(asking.items()):  # all that are alike but for their numbers, or none
        if is_room(alike, asks):
            made = [asks if at in alike else has for at, has in enumerate(made)]
            whole |= alike
    broken = [at for at in wanted if at not in whole]
    grow(list(broken))
    for at in broken:
        made[at] = next(_readable(names[at], least[at], made[at]), made[at])
    grow(list(whole))
    grow([at for at, name in enumerate(names) if not name])
    return made, not broken


def _readable(name: str, least: float, width: float) -> Iterator[float]:
    """Yield the widths, the widest first, at which no line has a single letter of a broken word."""
    for each in range(round((width - least) / _STEP) + 1):
        narrower = round(width - _STEP * each, 1)
        if is_readable(name, narrower - _LESS) and is_readable(name, narrower + _MORE / 2):
            yield narrower


@lru_cache(maxsize=256)  # asked again with narrower labels, and by the next workbook
def _whole_from(name: str, least: float, most: int) -> float | None:
    """Return the least width that keeps a name's words whole; None if there is none."""
    steps = (round(least + _STEP * each, 1) for each in range(round(_ENDLESS / _STEP)))
    return next((each for each in steps if _fits(name, each, most)), None)


def _asked(name: str, usual: float, room: int) -> float | None:
    """Return the width nearest to the usual one that keeps a name's words whole; None if there is none."""
    steps = round(_NARROWER / _STEP)
    narrower = [round(usual - _STEP * each, 1) for each in range(steps + 1)]
    wider = [round(usual + _STEP * each, 1) for each in range(1, 10 * steps)]
    return next((each for each in (*narrower, *wider) if pixels(each) <= room and _fits(name, each)), None)


def _fits(name: str, width: float, most: int = _MOST_LINES) -> bool:
    return is_whole(name, width - _LESS, most) and is_whole(name, width + _MORE, most)
