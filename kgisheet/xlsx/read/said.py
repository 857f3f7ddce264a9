"""Values in the attributes and texts of a worksheet part: areas, counts, numbers, sizes; one without sense is nothing."""

from __future__ import annotations

from ...values.a1 import column_number
from ...values.budget import LONGEST_TEXT
from ...values.regex import regex
from .xml import Attributes, whole

Bounds = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0."""

_AREA = regex(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})(?::\$?([A-Za-z]{1,3})\$?(\d{1,7}))?$")


def areas(text: str) -> list[Bounds]:
    """Return the areas that a list names: ``B2:C9 E4``."""
    found = []
    for each in text.split():
        match = _AREA.match(each)
        if match is not None:
            row, col = int(match[2]) - 1, column_number(match[1])
            found.append((row, col, int(match[4]) - 1 if match[4] else row, column_number(match[3]) if match[3] else col))
    return found


def count(text: str) -> int:
    """Return a count in an attribute; 0 if it isn't a number."""
    return max(whole(text), 0)


LEAST_WIDTH, LEAST_HEIGHT = 0.6, 2  # half a letter, two points: nothing is seen in less


def is_hidden(attributes: Attributes) -> bool:
    """Return whether a row or column says that it is hidden."""
    return attributes.get("hidden") in ("1", "true")


def each_once(ranges: set[tuple[int, int]]) -> frozenset[int]:
    """Return the lines of ranges, each once, however often the part says it."""
    found: set[int] = set()
    end = 0
    for first, last in sorted(ranges):
        found.update(range(max(first, end), last))
        end = max(end, last)
    return frozenset(found)


def is_below(text: str | None, least: float) -> bool:
    """Return whether a size is given, and below the least one."""
    number = None if text is None else figure(text)
    return isinstance(number, float | int) and number < least


def figure(text: str) -> int | float | str:
    """Return a stored number, whole ones as int; other content stays a text."""
    text = text.strip()
    if text.removeprefix("-").isdigit() and text.isascii() and len(text) <= 15:
        return int(text)
    if "_" in text or len(text) > LONGEST_TEXT:  # Python would take 1_000
        return text[:LONGEST_TEXT]
    try:
        return float(text) if text.isascii() else text  # Python would take full-width digits
    except ValueError:
        return text
