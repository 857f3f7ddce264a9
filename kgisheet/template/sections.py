"""The raw tables of a declaration → its sections, with their cells, checks and flows."""

from __future__ import annotations

from typing import Any

from ..expr.nodes import AMOUNT_UNITS
from ..language.text import Text
from ..values.toml import Path, Source
from .cells import CellReader
from .drawn import DRAWN_KINDS
from .model import SPARE_ROWS, Check, Flow, Section
from .raw import Declaration, RawSection
from .sheets import DRAWN, OF_PAGE

MAX_EQUATION = 6  # what fits side by side on the page
KINDS = (
    "header",
    "equation",
    "list",
    "table",
    "checks",
    "notes",
    "rates",
    "unrounded",
    "months",
    "tab",
    "summary",
    *DRAWN_KINDS,
)

_HEAD_KEYS = {"schema", "name", "base", "drop", "title", "about", "without", "either", "funnel"}
_SECTION_KEYS = {
    "key",
    "kind",
    "title",
    "equation",
    "notes",
    "rows",
    "spare",
    "after",
    "sheet",
    "over",
    "heads",
    "line",
    "height",
    "named",
    "unprinted",
    "folded",
    "continues",
    "across",
    "reasons",
    "prefill",
}
_MAX_NAME = 60


class SectionReader(CellReader):
    """The reader of a declaration; problems are collected in ``problems``."""

    def __init__(self, declaration: Declaration) -> None:
        super().__init__(declaration)
        self.blocks: dict[str, tuple[str, ...]] = {}
        self.flows: list[Flow] = []
        self._section_keys: set[str] = set()
        self._tables: list[str] = []
        self._reserved: set[str] = set()
        self.own_tables: dict[str, int] = {}
        self.drawn_keys: set[str] = set()
        self._head(declaration.head, declaration.sources[0])
        for key, value in declaration.words.items():
            source = declaration.sources[0]
            text = self._text(value, source, ("words", key))
            if text is not None:
                self.words[key] = text
                self._fits_formula(text, source, ("words", key))

    def _head(self, head: dict[str, Any], source: Source) -> None:
        """Read the table [template]."""
        self._unknown(head, _HEAD_KEYS, source, ("template",))
        self.template_name = self._string(head.get("name"), source, ("template", "name"))
        if len(self.template_name) > _MAX_NAME:
            self._say(source, ("template", "name"), "long", Text(f"{_MAX_NAME}文字までです", f"at most {_MAX_NAME} characters"))
        self.title = self._text(head.get("title"), source, ("template", "title")) or Text("", "")
        self.about = self._text(head.get("about"), source, ("template", "about")) or Text("", "")
        self.funnel = tuple(self._strings(head.get("funnel", []), source, ("template", "funnel")))
        groups = head.get("either", [])
        if not isinstance(groups, list):
            groups = [groups]
        self.either = tuple(tuple(self._strings(group, source, ("template", "either"))) for group in groups)
        if type(head.get("schema")) is not int or head.get("schema") != 1:
            self._say(source, ("template", "schema"), "schema", Text("schema = 1 が要ります", "schema = 1 is needed"))

    def sections(self, typed: frozenset[str], sheets: frozenset[str]) -> tuple[Section, ...]:
        """Return the sections on these sheets, creating their cells on the way."""
        for section in self.declaration.sections:
            self._reserved.add(f"{section.keys.keys.get('key')}_state")
        self.wanted = sheets.union(self.listed.ids_of(*OF_PAGE))
        self._sheets_right()
        declared = {cell.keys.get("name") for section in self.declaration.sections for cell in section.cells}
        self.says_amounts = declared.issuperset(AMOUNT_UNITS)
        wanted = [raw for raw in self.declaration.sections if self._is_wanted(raw.keys.keys.get("sheet"), raw.keys, "sheet")]
        made = tuple(self._section(raw, typed, sheets) for raw in wanted)
        return tuple(section._replace(checks=tuple(map(self._labelled, section.checks))) for section in made)

    # -- sections ---------------------------------------------------------

    def _one_table(self, key: str, has_columns: bool, source: Source, path: Path) -> None:
        """Check that the page is built on the columns of a single table."""
        if self._tables:
            what = Text(
                f'表(kind = "table")が2つあります({self._tables[0]} と {key})',
                f"there are two tables, {self._tables[0]} and {key}",
            )
            self._say(
                source, (*path, "kind"), "two-tables", what, Text("1つのシートに表は1つです", "a sheet can have only one table")
            )
        elif key != "channel":
            what = Text(f"表の key「{key}」は使えません", f"a table can't have the key {key}")
            self._say(source, (*path, "key"), "table-key", what, Text("表の key は channel です", "a table's key is channel"))
        elif not has_columns:
            self._say(source, path, "no-columns", Text("表に列(セル)がありません", "the table has no columns (cells)"))
        self._tables.append(key)

    def _section(self, raw: RawSection, typed: frozenset[str], sheets: frozenset[str]) -> Section:
        keys, origin = raw.keys.keys, raw.keys.origin
        source, path = origin.source, origin.path
        self._unknown(keys, _SECTION_KEYS, source, path)
        key, kind = self._key_and_kind(raw)
        sheet = self._sheet_of(keys.get("sheet"))
        table = key if kind == "table" else self._table_of(raw, kind, key)
        if self.listed.kind_of(sheet) == DRAWN:
            self.drawn_keys.add(key)
        before = len(self.cells)
        for cell in raw.cells:
            self._cell(cell, key, table, typed)
        if raw.flows:
            self._flows(raw.flows, key, self.listed.kinds(sheets))
        checks = self._checks(raw, key, kind)
        own = [name for name in list(self.cells)[before:] if self.cells[name].of is None]
        return Section(
            key=key,
            kind=kind,
            title=self._text(keys.get("title"), source, (*path, "title")) or Text("", ""),
            cells=tuple(name for name in own if self.cells[name].table is None and self.cells[name].total_of is None),
            equation=self._equation(keys, source, path),
            notes=self._texts(raw, "notes"),
            checks=checks,
            rows=self._row_count(raw, "rows", 8, 1) if kind in ("table", "rows", "axis") else 0,
            spare=self._row_count(raw, "spare", SPARE_ROWS, 0),
            columns=tuple(name for name in own if self.cells[name].table is not None),
            totals=tuple(name for name in own if self.cells[name].total_of is not None),
            sheet=sheet,
            table=table,
            **self._drawn(raw, sheet, kind),
        )

    def _key_and_kind(self, raw: RawSection) -> tuple[str, str]:
        """Return a section's key, which no other has, and how it is drawn."""
        keys, source, path = raw.keys.keys, raw.keys.origin.source, raw.keys.origin.path
        key = self._string(keys.get("key"), source, (*path, "key"))
        kind = self._string(keys.get("kind"), source, (*path, "kind"))
        if kind:
            self._one_of(kind, KINDS, (source, (*path, "kind")), "kind", Text("kind", "kind"))
        if key in self._section_keys:
            self._say(source, (*path, "key"), "twice", Text(f"{key} が2回あります", f"{key} appears twice"))
        self._section_keys.add(key)
        if kind == "table":
            self._one_table(key, bool(raw.cells), source, path)
        return key, kind

    def _checks(self, raw: RawSection, key: str, kind: str) -> tuple[Check, ...]:
        """Return the checks of a section, their states being a block."""
        checks = tuple(check for each in raw.checks if (check := self._check(each, key)) is not None)
        if kind == "checks" and not raw.checks:
            what = Text("検算の行([[section.check]])がありません", "there are no lines ([[section.check]]) to check")
            self._say(raw.keys.origin.source, raw.keys.origin.path, "no-checks", what)
        if checks:
            self.blocks[f"{key}_state"] = tuple(check.state for check in checks)
        return checks

    def _equation(self, keys: dict[str, Any], source: Source, path: Path) -> tuple[str, ...]:
        equation = tuple(self._strings(keys.get("equation", []), source, (*path, "equation")))
        if len(equation) > 2 * MAX_EQUATION - 1:
            what = Text(
                f"equation が長すぎます(値は{MAX_EQUATION}個まで)", f"the equation is too long (at most {MAX_EQUATION} values)"
            )
            self._say(source, (*path, "equation"), "too-long", what)
        return equation
