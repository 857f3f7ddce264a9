"""JSON written piece by piece, in the layout of `json.dumps` with an indent of 2."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

_SHORT = json.JSONEncoder(ensure_ascii=False).encode
_LONG = json.JSONEncoder(ensure_ascii=False, indent=2).encode
"""Made once: to make an encoder, as `json.dumps` does for each piece, takes longer than to use it; without an indent it is C."""


def json_pieces(members: Iterable[tuple[str, Any]]) -> Iterator[str]:
    """Yield an object by its members, each asked for when those before it are written; iterators become lists of what they give."""
    yield from _object(members, "\n")


def _object(members: Iterable[tuple[str, Any]], line: str) -> Iterator[str]:
    inner = f"{line}  "
    begin = "{"
    for name, value in members:
        yield f"{begin}{inner}{_SHORT(name)}: "
        yield from _value(value, inner)
        begin = ","
    yield "{}" if begin == "{" else f"{line}}}"


def _value(value: Any, line: str) -> Iterator[str]:
    if isinstance(value, Iterator) or (isinstance(value, list) and any(isinstance(each, dict) for each in value)):
        begin = "["
        for each in value:  # each in one piece: whoever prints them does so one by one
            yield "".join((f"{begin}{line}  ", *_value(each, f"{line}  ")))
            begin = ","
        yield "[]" if begin == "[" else f"{line}]"
    elif isinstance(value, dict) and any(isinstance(each, Iterator | dict | list) for each in value.values()):
        yield from _object(value.items(), line)
    else:
        text = _SHORT(value) if value is None or isinstance(value, (str, int, float)) or not value else _LONG(value)
        yield text.replace("\n", line)
