"""``--set KEY=VALUE`` and roster columns: the plan's keys by path."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

from ..errors import PlanError, Problem, Text
from ..tomlsource import Path, Source

_KEY_FIX = Text(
    "web_revenue=1200万円 や channel.広告.share=25% のように書いてください",
    "write it like web_revenue=12000000 or channel.Ads.share=25%",
)


def apply(table: dict[str, Any], source: Source, settings: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """A copy of the plan's table with the settings made; an empty value takes a key away.

    Raises PlanError for a path that leads nowhere. Whether the key and the value
    are right is asked later, as for a plan that was written that way; ``source``
    is told which of them to call by the setting.
    """
    made = copy.deepcopy(table)
    problems: list[Problem] = []
    for path, value in settings:
        try:
            source.elsewhere[_set(made, path.strip(), value)] = f"--set {path.strip()}"
        except LookupError as bad:
            what = bad.args[0]
            problems.append(Problem("setting", what, _KEY_FIX, None, None, f"--set {path}"))
    if problems:
        raise PlanError(*problems)
    return made


def split(setting: str) -> tuple[str, str]:
    """``KEY=VALUE`` in two; raises PlanError."""
    key, equals, value = setting.partition("=")
    if not equals or not key.strip():
        raise PlanError(
            Problem(
                "setting",
                Text(f"「{setting}」に = がありません", f"there is no = in “{setting}”"),
                _KEY_FIX,
                None,
                None,
                "--set",
            )
        )
    return key.strip(), value


def _set(table: dict[str, Any], path: str, value: str) -> Path:
    if path.startswith("channel."):
        return _set_channel(table, path.removeprefix("channel."), value)
    here = table
    *parents, last = path.split(".")
    for parent in parents:
        inner = here.setdefault(parent, {})
        if not isinstance(inner, dict):
            raise LookupError(Text(f"{parent} は表ではありません", f"{parent} is no table"))
        here = inner
    _put(here, last, value)
    return (*parents, last)


def _set_channel(table: dict[str, Any], path: str, value: str) -> Path:
    # A channel's name may hold a dot; the key after it never does.
    name, dot, key = path.rpartition(".")
    channels = table.get("channel")
    rows = [row for row in channels if isinstance(row, dict)] if isinstance(channels, list) else []
    found = [row for row in rows if row.get("name") == name]
    if not dot or not found:
        known = ", ".join(str(row.get("name")) for row in rows)
        raise LookupError(
            Text(
                f"「{name or path}」というチャネルはありません(あるのは {known})",
                f"there is no channel “{name or path}” (there are {known})",
            )
        )
    _put(found[0], key, value)
    return ("channel", rows.index(found[0]), key)


def _put(table: dict[str, Any], key: str, value: str) -> None:
    if value.strip():
        table[key] = [item.strip() for item in value.split(",")] if key == "sheets" else value
    else:
        table.pop(key, None)
