"""Sections of one sheet: tables and lists that blank rows or columns part, each with figures and words of its own.

新規 above 既存, a plan beside last year's, assumptions in a box: what a section's own figures make of one of them is nearer
than what those of another section would.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

At = tuple[int, int]
Part = tuple[list[At], list[At]]
"""Places that hold numbers, and those that hold words."""

_DEPTH = 12


def sections(numbers: Sequence[At], words: Sequence[At]) -> Mapping[At, int]:
    """Return the section of each place, of those that hold numbers and those that hold words, by a number of its own."""
    found: dict[At, int] = {}
    left: list[tuple[Part, int]] = [((list(numbers), list(words)), 0)]
    many = 0
    while left:
        part, depth = left.pop()
        parts = (_parted(part, 0) or _parted(part, 1)) if depth < _DEPTH else []
        if parts:
            left += [(each, depth + 1) for each in parts]
            continue
        found |= dict.fromkeys((*part[0], *part[1]), many)
        many += 1
    return found


def _parted(part: Part, axis: int) -> list[Part]:
    """Return places parted at blank lines, so that each part holds numbers and words; one without is of the next, or the last."""
    lines: dict[int, Part] = {}
    for kind, places in enumerate(part):
        for each in places:
            lines.setdefault(each[axis], ([], []))[kind].append(each)
    at = sorted(lines)
    # Where each line is followed by a blank one, those part nothing.
    usual = min((other - one for one, other in itertools.pairwise(at)), default=1)
    parts: list[Part] = []
    own: Part = ([], [])
    for line, following in zip(at, (*at[1:], None), strict=True):
        for kind in (0, 1):
            own[kind].extend(lines[line][kind])
        if following is None or (following - line > usual and own[0] and own[1]):
            parts.append(own)
            own = ([], [])
    if len(parts) > 1 and not (parts[-1][0] and parts[-1][1]):
        rest = parts.pop()
        for kind in (0, 1):
            parts[-1][kind].extend(rest[kind])
    return parts if len(parts) > 1 else []
