"""The title of the whole: what the managers' titles share, without their own names."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence

_OPEN, _CLOSE = "([\uff08\u3010\u3014", ")]\uff09\u3011\u3015"
_BETWEEN = " \u3000-_/:\uff1a\u30fb\u2013\u2014\u3001,"
_SEPARATE = re.escape(_OPEN + _BETWEEN)


def title_of_all(titled: Sequence[tuple[str, Iterable[str]]]) -> str:
    """Return the title that most have, or what all begin with; each comes with the names of its manager."""
    bare = [said for title, names in titled if (said := _without(title, names))]
    if not bare:
        return ""
    (whole, count), *_ = Counter(bare).most_common(1)
    if count > 1 or len(bare) == 1:
        return whole
    pairs = zip(min(bare), max(bare), strict=False)
    shared = "".join(one for one, _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))
    if any(each[len(shared) : len(shared) + 1] not in ("", *_OPEN, *_BETWEEN) for each in bare):
        shared = shared[: max(shared.rfind(each) for each in _OPEN + _BETWEEN) + 1]  # no word is cut in two
    return shared.strip(_OPEN + _BETWEEN)


def _without(title: str, names: Iterable[str]) -> str:
    """Return a title without a manager's name, in brackets or behind a sign that sets it apart."""
    parts = {part for name in names for part in (name, *name.split()) if part}
    if not parts:
        return title
    said = "|".join(re.escape(each) for each in sorted(parts, key=len, reverse=True))
    inside = rf"\s*[{re.escape(_OPEN)}]\s*(?:{said})\s*[{re.escape(_CLOSE)}]"
    return re.sub(rf"{inside}|[{_SEPARATE}]+(?:{said})$|^(?:{said})[{_SEPARATE}]+", "", title).strip()
