"""The shape of the record that a workbook carries: which types, how deep, how much. What comes with a file is as foreign as the file.

A value of another shape makes the record unreadable as a whole: the workbook is then read as one without, and that is said (S12).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from ..values import budget
from ..values.a1 import COLUMNS, ROWS, column_number
from ..values.budget import LONGEST_TEXT
from ..values.regex import regex

_TITLE, _NAME, _TEXTS = 255, 255, 20
_TOML = 1_000_000
"""Characters of a plan, or of a template."""
_ADDRESS = regex(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_LARGEST = 10**300
_MOST_DEPTH, _MOST_VALUES = 12, 2_000_000


def check(content: Mapping[str, Any]) -> None:
    """Raise ValueError, with the key, for a record that isn't of the shape in which this program, of whatever version, writes it."""
    for key, value in content.items():
        is_right = _SHAPES.get(key, _is_data)
        if not is_right(value):
            raise ValueError(f"{key} of the hidden sheet is not of its shape")


def _is_text(most: int) -> Callable[[Any], bool]:
    return lambda value: _is_long(value, most)


def _is_long(value: Any, most: int) -> bool:
    return isinstance(value, str) and len(value) <= most and _is_unicode(value)


def _is_unicode(text: str) -> bool:
    """Return whether it can be written to a file: half of a pair of surrogates can't."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_list(of: Callable[[Any], bool], most: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and len(value) <= most and all(map(of, value))


def _is_source(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and _is_long(value[0], _NAME) and _is_long(value[1], _TOML)


def _is_place(value: Any) -> bool:
    if (
        not isinstance(value, list)
        or not 3 <= len(value) <= 4
        or not _is_long(value[0], _TITLE)
        or not isinstance(value[1], str)
    ):
        return False
    match = _ADDRESS.fullmatch(value[1])
    if match is None or not all(type(each) is int and each > 0 for each in value[2:]):
        return False
    rows, cols = value[2], value[3] if len(value) == 4 else 1
    return int(match[2]) - 1 + rows <= ROWS and column_number(match[1]) + cols <= COLUMNS


def _are_names(value: Any) -> bool:
    if not isinstance(value, dict) or not all(_is_long(name, 2 * _NAME) and _is_place(place) for name, place in value.items()):
        return False
    cells: int = sum(place[2] * (place[3] if len(place) == 4 else 1) for place in value.values())
    return cells <= budget.current().limits.cells


def _are_cells(value: Any) -> bool:
    """Return whether it is the content of cells, by title and address."""
    if not isinstance(value, dict) or len(value) > budget.current().limits.entries:
        return False  # more sheets than a workbook has parts
    if sum(len(each) if isinstance(each, dict) else 0 for each in value.values()) > _MOST_VALUES:
        return False
    return all(
        _is_long(title, _TITLE)
        and isinstance(cells, dict)
        and all(_ADDRESS.fullmatch(at) is not None and _is_content(held) for at, held in cells.items())
        for title, cells in value.items()
    )


def _is_content(value: Any) -> bool:
    if isinstance(value, str):
        return _is_long(value, LONGEST_TEXT)
    return value is None or isinstance(value, bool) or _is_number(value)


def _is_number(value: Any) -> bool:
    if isinstance(value, int):
        return abs(value) < _LARGEST
    return isinstance(value, float) and math.isfinite(value)


def _is_data(value: Any) -> bool:
    """Return whether the value of a key that this version doesn't know is data as JSON may well hold it."""
    waiting, seen = [(value, 1)], 0
    while waiting:
        each, depth = waiting.pop()
        seen += 1
        if depth > _MOST_DEPTH or seen > _MOST_VALUES:
            return False
        if isinstance(each, dict):
            waiting += [(held, depth + 1) for pair in each.items() for held in pair]
        elif isinstance(each, list):
            waiting += [(held, depth + 1) for held in each]
        elif not (
            each is None or isinstance(each, bool) or (_is_long(each, _TOML) if isinstance(each, str) else _is_number(each))
        ):
            return False
    return True


_IS_WORD, _IS_NAMES, _IS_TITLES = _is_text(_NAME), _is_list(_is_text(_NAME), 1000), _is_list(_is_text(_TITLE), 1000)
_SHAPES: dict[str, Callable[[Any], bool]] = {
    "schema": lambda value: type(value) is int and 0 <= value < 1000,
    "version": _IS_WORD,
    "lang": lambda value: value in ("ja", "en"),
    "template": _IS_WORD,
    "digest": _IS_WORD,
    "sources": _is_list(_is_source, _TEXTS),
    "typed": _IS_NAMES,
    "plan": _is_text(_TOML),
    "sheets": _IS_TITLES,
    "names": _are_names,
    "generated": _are_cells,
    "typed_over": _are_cells,
    "tabs": _IS_TITLES,
    "closed": _IS_TITLES,
}
"""By key; of keys of later versions, that they are data."""
