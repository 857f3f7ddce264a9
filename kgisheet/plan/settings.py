"""``--set KEY=VALUE`` and roster columns: the plan's keys by path."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from typing import Any

from ..errors import Problem
from ..language.text import Text
from ..values.toml import Path, Place, Source

_KEY_FIX = Text(
    "web_revenue=1200万円 や channel.広告.share=25% のように書いてください",
    "write it like web_revenue=12000000 or channel.Ads.share=25%",
)


def apply(
    table: dict[str, Any], source: Source, settings: Iterable[str], line: tuple[str, int] | None = None
) -> tuple[dict[str, Any], list[Problem]]:
    """Return a copy of the plan's table with settings (``KEY=VALUE``) applied, and the problems of their paths.

    An empty value removes a key. Whether key and value are valid is
    checked later, as for a plan written that way; ``source`` is told which
    keys to attribute to the setting: to ``line`` of a roster (its file, the line), else to the option.
    """

    def place(path: str) -> Place:
        return (*line, path) if line is not None else (None, None, f"--set {path}".strip())

    made = copy.deepcopy(table)
    problems: list[Problem] = []
    for setting in settings:
        path, equals, value = (part.strip() for part in setting.partition("="))
        try:
            if not equals:
                raise LookupError(Text(f"「{setting}」に = がありません", f"there is no = in “{setting}”"))
            if not path:
                raise LookupError(Text("= の前にキーがありません", "there is no key before the ="))
            source.elsewhere[_set(made, path, value)] = place(path)
        except LookupError as bad:
            problems.append(Problem("setting", bad.args[0], _KEY_FIX, *place(path)))
    return made, problems


def _set(table: dict[str, Any], path: str, value: str) -> Path:
    numbered = re.fullmatch(r"channel\[(\d{1,3})\]\.(\w+)", path)
    channels = table.get("channel")
    if numbered and isinstance(channels, list) and 0 < int(numbered[1]) <= len(channels):
        index = int(numbered[1]) - 1
        _put(channels[index], numbered[2], value)
        return ("channel", index, numbered[2])
    if path.startswith("channel."):
        return _set_channel(table, path.removeprefix("channel."), value)
    here = table
    *parents, last = path.split(".")
    for parent in parents:
        inner = here.setdefault(parent, {})
        if not isinstance(inner, dict):
            raise LookupError(Text(f"{parent} は表ではありません", f"{parent} is not a table"))
        here = inner
    _put(here, last, value)
    return (*parents, last)


def _set_channel(table: dict[str, Any], path: str, value: str) -> Path:
    # A channel's name may hold a dot; the key after it never does.
    name, dot, key = path.rpartition(".")
    channels = table.get("channel")
    rows = [row for row in channels if isinstance(row, dict)] if isinstance(channels, list) else []
    found = [row for row in rows if row.get("name") == name]
    if rows and not dot:
        raise LookupError(Text("channel.名前.キー の形で書いてください", "write it as channel.NAME.KEY"))
    if not rows:
        raise LookupError(Text("計画にチャネルがありません", "the plan has no channel"))
    if not found:
        known = ", ".join(str(row.get("name")) for row in rows)
        raise LookupError(
            Text(
                f"「{name or path}」というチャネルはありません(あるのは {known})",
                f"there is no channel “{name or path}” (available: {known})",
            )
        )
    _put(found[0], key, value)
    return ("channel", rows.index(found[0]), key)


def _put(table: dict[str, Any], key: str, value: str) -> None:
    if value.strip():
        table[key] = [item.strip() for item in value.split(",")] if key == "sheets" else value
    else:
        table.pop(key, None)
