"""The channels of a plan: a row each, split in one way, under different names."""

from __future__ import annotations

import unicodedata
from fractions import Fraction
from typing import Any

from ..language.text import Text
from ..template.model import Cell, Template
from ..template.roles import Roles
from ..values.toml import Path
from . import wording
from .inputs import Input
from .naming import name_key

WAS = "was"
"""The key of a channel with the name that it had before: `monthly` leaves its figures in their row."""

MAX_CHANNELS = 50


class ChannelReader:
    """The reader of ``[[channel]]``, for the reader of the whole plan."""

    table: dict[str, Any]
    roles: Roles

    def _read(self, cell: Cell, value: Any, path: Path) -> Input:
        raise NotImplementedError

    def _say(self, path: Path, code: str, what: Text, fix: Text | None) -> None:
        raise NotImplementedError

    def _rows(self) -> list[dict[str, Any]]:
        rows = self.table.get("channel")
        return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []

    def _channels(self, template: Template, inputs: dict[str, Input | list[Input]], elsewhere: frozenset[str]) -> int:
        """Fill in the channels' inputs; ``elsewhere`` are keys of sheets that may not be requested."""
        columns = [cell for cell in template.inputs() if cell.table == "channel"]
        if not columns:
            if "channel" in self.table:
                self._say(("channel",), "unknown-key", *wording.unknown("channel", set(), template))
            return 0
        rows = self._rows()
        given = self.table.get("channel")
        if given not in (None, []) and (not isinstance(given, list) or len(rows) != len(given)):
            what = Text("channel の書き方が違います", "channel is written in the wrong form")
            self._say(
                ("channel",),
                "type",
                what,
                Text("[[channel]] のように括弧を二重にしてください", "write [[channel]], with two brackets"),
            )
            return 0
        split = [name for group in template.either for name in group if template.cells[name].table == "channel"]
        if not rows:
            needed = [cell.name for cell in columns if cell.required]
            asked = [template.cells[name].plan_key for name in dict.fromkeys([self.roles.channel_name, *split[:1], *needed])]
            self._say(
                ("channel",),
                "no-channel",
                Text("チャネルが指定されていません", "there is no channel"),
                Text(
                    f"[[channel]] に {'、'.join(asked)} を書いて1つ以上加えてください",
                    f"add one or more [[channel]] with {', '.join(asked[:-1])} and {asked[-1]}",
                ),
            )
            return 0
        if len(rows) > MAX_CHANNELS:
            self._say(
                ("channel", MAX_CHANNELS),
                "channels",
                Text(f"チャネルが{len(rows)}個あります", f"there are {len(rows)} channels"),
                Text(f"{MAX_CHANNELS}個までにまとめてください", f"at most {MAX_CHANNELS} fit on a page"),
            )
            return 0
        keys = {cell.plan_key for cell in columns} | {template.cells[name].plan_key for name in split} | elsewhere
        for cell in columns:
            inputs[cell.name] = [self._in_row(template, cell, row, index) for index, row in enumerate(rows)]
        for index, row in enumerate(rows):
            if WAS in row and not (isinstance(row[WAS], str) and _visible(row[WAS])):
                what = Text("was には前のチャネル名を書きます", "was is the channel's previous name")
                self._say(("channel", index, WAS), "type", what, Text('was = "メルマガ"', 'was = "Newsletter"'))
            for key in row:
                if key != WAS and key not in keys:
                    self._say(("channel", index, key), "unknown-key", *wording.unknown(key, keys, template))
            self._split(template, split, row, index)
        self._names(inputs)
        return len(rows)

    def _in_row(self, template: Template, cell: Cell, row: dict[str, Any], index: int) -> Input:
        value = row.get(cell.plan_key)
        path: Path = ("channel", index, cell.plan_key)
        if value is not None:
            if cell.name == self.roles.channel_name and isinstance(value, str) and not _visible(value):
                self._say(path, "name", Text("チャネル名が空です", "the channel has no name"), _NAME_FIX)
                return None
            return self._read(cell, value, path)
        if cell.name in (group[0] for group in template.either):
            # The only channel takes all of it; of several, _split says what is missing.
            return Fraction(1) if len(self._rows()) == 1 else None
        if cell.required or cell.name == self.roles.channel_name:
            self._say(path, "missing", *wording.missing(cell))
        return None

    def _split(self, template: Template, split: list[str], row: dict[str, Any], index: int) -> None:
        """Check that all channels are split in one way: shares, or numbers of meetings."""
        keys = [template.cells[name].plan_key for name in split]
        given = [key for key in keys if key in row]
        fix = Text(
            f"どのチャネルも {' か '.join(keys)} のどちらか一方で書いてください",
            f"give every channel {' or '.join(keys)}, the same one for all",
        )
        if len(given) > 1:
            self._say(
                ("channel", index, given[1]),
                "split",
                Text(f"{' と '.join(given)} の両方があります", f"both {' and '.join(given)} are given"),
                fix,
            )
        elif split and not given and len(self._rows()) > 1:
            self._say(
                ("channel", index),
                "split",
                Text(f"{' も '.join(keys)} もありません", f"neither {' nor '.join(keys)} is given"),
                fix,
            )
        elif given and template.cells[split[keys.index(given[0])]].role != "input":
            self._say(
                ("channel", index, given[0]),
                "split",
                Text(
                    "ほかのチャネルは件数で、このチャネルは割合で書かれています",
                    "other channels give meetings, this one a share",
                ),
                fix,
            )

    def _names(self, inputs: dict[str, Input | list[Input]]) -> None:
        names = inputs.get(self.roles.channel_name)
        seen: dict[str, int] = {}
        for index, name in enumerate(names if isinstance(names, list) else []):
            if not isinstance(name, str):
                continue
            same = name_key(name)
            if same in seen:
                self._say(
                    ("channel", index, "name"),
                    "twice",
                    Text(f"「{name}」が2回あります", f"“{name}” appears twice"),
                    Text("別の名前にするか、1つにまとめてください", "give them different names, or merge them"),
                )
            seen.setdefault(same, index)


def _visible(text: str) -> bool:
    """Return whether a text has any visible character: zero-width marks and spaces don't count."""
    return any(unicodedata.category(letter)[0] not in "ZC" for letter in text)


_NAME_FIX = Text("広告、オーガニックなどの名前を書いてください", "write a name, such as Ads or Organic")
