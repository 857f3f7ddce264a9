"""The shape of a section on a drawn sheet: its table, headings, lines and sizes."""

from __future__ import annotations

from typing import Any

from ..language.text import Text
from . import tables
from .model import Line
from .raw import Raw, RawSection
from .sheets import DRAWN
from .sheetsread import SheetReader

DRAWN_KINDS = ("lines", "form", "rows", "grid", "axis", "matrix", "stamps")
MAX_ROWS = 50
_FLAGS = ("unprinted", "folded", "continues", "across", "reasons")
_MAX_WIDTH = 80


class DrawnReader(SheetReader):
    """The reader of those keys; tables that sections declare themselves are collected in ``own_tables``."""

    blocks: dict[str, tuple[str, ...]]
    own_tables: dict[str, int]
    drawn_keys: set[str]

    def _table_of(self, raw: RawSection, kind: str, key: str) -> str | None:
        """Return the table of a section of kind rows: an existing one (``over``), or its own."""
        if kind == "matrix":
            return tables.ABM
        if kind not in ("rows", "axis"):
            return None
        over = raw.keys.keys.get("over")
        if over is None:
            self.own_tables[key] = self._row_count(raw, "rows", 8, 1)
            return key
        if over not in tables.rows(1, True):
            listed = ", ".join(tables.rows(1, True))
            what = Text(f"表「{over}」はありません", f"there is no table {over}")
            self._say(*raw.keys.origin.of("over"), "over", what, Text(f"{listed} のどれか", f"one of {listed}"))
            return None
        return str(over)

    def _row_count(self, raw: RawSection, key: str, usual: int, least: int) -> int:
        """Return a number of rows: ``usual`` where the section doesn't say it."""
        rows = raw.keys.keys.get(key, usual)
        if isinstance(rows, int) and not isinstance(rows, bool) and least <= rows <= MAX_ROWS:
            return rows
        source, path = raw.keys.origin.source, raw.keys.origin.path
        what = Text(f"{key} は{least}から{MAX_ROWS}の整数です", f"{key} is a whole number from {least} to {MAX_ROWS}")
        self._say(source, (*path, key), "type", what)
        return usual

    def _texts(self, raw: RawSection, key: str) -> tuple[Text, ...]:
        """Return a list of texts in two languages."""
        source, path = raw.keys.origin.source, raw.keys.origin.path
        given = raw.keys.keys.get(key, [])
        if not isinstance(given, list):
            self._say(source, (*path, key), "type", Text("文の並び [ … ] が要ります", "a list of texts is needed"))
            return ()
        read = (self._text(each, source, (*path, key, index)) for index, each in enumerate(given))
        return tuple(each for each in read if each is not None)

    def _drawn(self, raw: RawSection, sheet: str, kind: str) -> dict[str, Any]:
        """Return the keys that only such a section has; {} for others."""
        source, path = raw.keys.origin.source, raw.keys.origin.path
        on_drawn = self.listed.kind_of(sheet) == DRAWN
        if on_drawn != (kind in DRAWN_KINDS):
            what = Text(f"シート「{sheet}」に kind「{kind}」は置けません", f"a section of kind “{kind}” can't be on “{sheet}”")
            listed, sheets = ", ".join(DRAWN_KINDS), ", ".join(self.listed.ids_of(DRAWN))
            self._say(source, (*path, "kind"), "kind", what, Text(f"{listed} は {sheets} に置きます", f"{listed} belong on {sheets}"))  # fmt: skip
            return {}
        if kind not in DRAWN_KINDS:
            return {}
        height = raw.keys.keys.get("height", 0)
        if not isinstance(height, (int, float)) or isinstance(height, bool) or not 0 <= height <= 400:
            self._say(source, (*path, "height"), "type", Text("height は0から400の数です", "height is a number from 0 to 400"))
            height = 0
        lines = raw.keys.keys.get("line", [])
        made: list[Line] = []
        for index, line in enumerate(lines if isinstance(lines, list) else []):
            at = (*path, "line", index)
            if not isinstance(line, dict):
                self._say(source, at, "type", Text("[[section.line]] は表です", "[[section.line]] is a table"))
                continue
            title = self._text(line.get("title"), source, (*at, "title")) or Text("", "")
            cells = self._strings(line.get("cells", []), source, (*at, "cells"))
            made.append(Line(title, tuple(each or None for each in cells)))
        named = self._strings(raw.keys.keys.get("named", []), source, (*path, "named"))
        for col, name in enumerate(named):
            if name:
                members = [line.cells[col] if col < len(line.cells) else None for line in made]
                if None in members or not members:
                    what = Text(f"列 {name} に空いた場所があります", f"the column {name} has an empty place")
                    self._say(source, (*path, "named"), "block", what)
                self.blocks[name] = tuple(each for each in members if each is not None)
        for flag in _FLAGS:
            if not isinstance(raw.keys.keys.get(flag, False), bool):
                self._say(source, (*path, flag), "type", Text(f"{flag} は true か false です", f"{flag} is true or false"))
        return {
            **{flag: raw.keys.keys.get(flag) is True for flag in _FLAGS},
            "prefill": self._prefill(raw),
            "named": tuple(named),
            "heads": self._texts(raw, "heads"),
            "lines": tuple(made),
            "height": float(height),
        }

    def _prefill(self, raw: RawSection) -> tuple[tuple[tuple[str, Text], ...], ...]:
        """Return the rows that a table begins with: texts by the plan's keys."""
        source, path = raw.keys.origin.of("prefill")
        rows = raw.keys.keys.get("prefill", [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            what = Text('prefill は [{ name = "…" }, …] の形です', 'prefill is written as [{ name = "…" }, …]')
            self._say(source, path, "type", what)
            return ()
        return tuple(
            tuple(
                (key, text) for key, value in row.items() if (text := self._text(value, source, (*path, at, key))) is not None
            )
            for at, row in enumerate(rows)
        )

    def _width(self, raw: Raw) -> float:
        width = raw.keys.get("width", 0)
        if isinstance(width, (int, float)) and not isinstance(width, bool) and 0 <= width <= _MAX_WIDTH:
            return float(width)
        what = Text(f"width は0から{_MAX_WIDTH}の数です", f"width is a number from 0 to {_MAX_WIDTH}")
        self._say(*raw.origin.of("width"), "type", what)
        return 0.0

    def _plan_key(self, name: str, section: str, table: str | None) -> str:
        """Return the plan's key for a cell: its name without that of its table, or of its section on another sheet."""
        prefix = table or (section if section in self.drawn_keys else "")
        return name.removeprefix(f"{prefix}_") if prefix else name
