"""The raw tables of a declaration → cells, checks and sections, with their companions."""

from __future__ import annotations

from typing import Any

from ..expr.nodes import Node
from ..language import words as shared_words
from ..language.text import Text
from ..values.toml import Path, Source
from ..values.units import COUNT, CURRENCY, DECLARABLE, TEXT
from . import tables
from .drawn import DRAWN_KINDS, DrawnReader
from .flows import FlowReader
from .keys import NAME
from .model import EXACT, INPUT, READBACK, RESULT, USUAL, WORKING, Cell, Flow, Origin, Section
from .raw import Declaration, Raw, RawSection
from .sheets import DRAWN, PAGE

MAX_EQUATION = 6  # what fits side by side on the page
KINDS = ("header", "equation", "list", "table", "checks", "notes", "months", "tab", "summary", *DRAWN_KINDS)

_HEAD_KEYS = {"schema", "name", "base", "drop", "title", "about", "without", "either", "funnel"}
_SECTION_KEYS = {
    "key",
    "kind",
    "title",
    "equation",
    "notes",
    "rows",
    "after",
    "sheet",
    "over",
    "heads",
    "line",
    "height",
    "named",
    "unprinted",
}
_MAX_NAME = 60
_FLAGS = ("input", "round", "signed", "required", "positive", "on_tab", "recorded", "unbounded")
_CELL_KEYS = {
    "name",
    "label",
    "unit",
    "formula",
    "input",
    "round",
    "step",
    "arrow",
    "counter",
    "hint",
    "source",
    "usual",
    "signed",
    "exact",
    "total_of",
    "operator",
    "plan",
    "required",
    "positive",
    "default",
    "decimals",
    "when_typed",
    "after",
    "per",
    "on_tab",
    "recorded",
    "unbounded",
    "width",
    "among",
    "alias",
    "with_sheet",
    "otherwise",
}


class CellReader(FlowReader, DrawnReader):
    """The reader of a declaration; problems are collected in ``problems``."""

    def __init__(self, declaration: Declaration) -> None:
        super().__init__(declaration)
        self.blocks: dict[str, tuple[str, ...]] = {}
        head, source = declaration.head, declaration.sources[0]
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
        for key, value in declaration.words.items():
            text = self._text(value, source, ("words", key))
            if text is None:
                continue
            self.words[key] = text
            self._fits_formula(text, source, ("words", key))
        self.flows: list[Flow] = []
        self._section_keys: set[str] = set()
        self._tables: list[str] = []
        self._reserved: set[str] = set()
        self.own_tables: dict[str, int] = {}
        self.drawn_keys: set[str] = set()

    def sections(self, typed: frozenset[str], sheets: frozenset[str]) -> tuple[Section, ...]:
        """Return the sections on these sheets, creating their cells on the way."""
        for section in self.declaration.sections:
            self._reserved.add(f"{section.keys.keys.get('key')}_state")
        self.wanted = sheets.union(self.listed.ids_of(PAGE))
        self._sheets_right()
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
            self._say(source, (*path, "kind"), "two-tables", what, Text("1つのシートに表は1つです", "a sheet has one table"))
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
        key = self._string(keys.get("key"), source, (*path, "key"))
        kind = self._string(keys.get("kind"), source, (*path, "kind"))
        if kind and kind not in KINDS:
            self._say(
                source,
                (*path, "kind"),
                "kind",
                Text(f"kind「{kind}」はありません", f"there is no kind “{kind}”"),
                Text(f"{', '.join(KINDS)} のどれか", f"one of {', '.join(KINDS)}"),
            )
        if key in self._section_keys:
            self._say(source, (*path, "key"), "twice", Text(f"{key} が2回あります", f"{key} appears twice"))
        self._section_keys.add(key)
        if kind == "table":
            self._one_table(key, bool(raw.cells), source, path)
        sheet = self._sheet_of(keys.get("sheet"))
        table = key if kind == "table" else self._table_of(raw, kind, key)
        if self.listed.kind_of(sheet) == DRAWN:
            self.drawn_keys.add(key)
        before = len(self.cells)
        for cell in raw.cells:
            self._cell(cell, key, table, typed)
        if raw.flows:
            self._flows(raw.flows, key, self.listed.kinds(sheets))
        checks = tuple(check for each in raw.checks if (check := self._check(each, key)) is not None)
        if kind == "checks" and not raw.checks:
            self._say(
                source,
                path,
                "no-checks",
                Text("検算の行([[section.check]])がありません", "there are no lines ([[section.check]]) to check"),
            )
        if checks:
            self.blocks[f"{key}_state"] = tuple(check.state for check in checks)
        if len(keys.get("equation", ())) > 2 * MAX_EQUATION - 1:
            what = Text(
                f"equation が長すぎます(値は{MAX_EQUATION}個まで)", f"the equation is too long (at most {MAX_EQUATION} values)"
            )
            self._say(source, (*path, "equation"), "too-long", what)
        made = list(self.cells)[before:]
        own = [name for name in made if self.cells[name].of is None]
        columns = tuple(name for name in own if self.cells[name].table is not None)
        drawn = self._drawn(raw, sheet, kind)
        return Section(
            key=key,
            kind=kind,
            title=self._text(keys.get("title"), source, (*path, "title")) or Text("", ""),
            cells=tuple(name for name in own if self.cells[name].table is None and self.cells[name].total_of is None),
            equation=tuple(self._strings(keys.get("equation", []), source, (*path, "equation"))),
            notes=self._texts(raw, "notes"),
            checks=checks,
            rows=self._row_count(raw) if kind in ("table", "rows", "axis") else 0,
            columns=columns,
            totals=tuple(name for name in own if self.cells[name].total_of is not None),
            sheet=sheet,
            table=table,
            **drawn,
        )

    # -- cells ------------------------------------------------------------

    def _cell(self, raw: Raw, section: str, table: str | None, typed: frozenset[str]) -> None:
        keys, origin = raw.keys, raw.origin
        self._known_keys(raw, _CELL_KEYS)
        for flag in _FLAGS:
            if not isinstance(keys.get(flag, False), bool):
                self._say(*origin.of(flag), "type", Text(f"{flag} は true か false です", f"{flag} is true or false"))
        name = self._string(keys.get("name"), *origin.of("name"))
        if not name:
            return
        if not NAME.match(name):
            self._say(
                *origin.of("name"),
                "name",
                Text(f"名前「{name}」は使えません", f"the name “{name}” can't be used"),
                Text(
                    "半角小文字・数字・_ で、A1 や R1C1 のような番地に見えないもの",
                    "lower case letters, digits and _, and not what looks like an address (a1, r1c1)",
                ),
            )
            return
        if name in self._reserved:
            what = Text(f"{name} は検算の判定をまとめた名前です", f"{name} is the name of the states of the checks")
            self._say(*origin.of("name"), "reserved", what, Text("別の名前にしてください", "choose another name"))
            return
        if name in self.cells:
            self._say(*origin.of("name"), "twice", Text(f"{name} が2回あります", f"{name} appears twice"))
            return
        unit = self._string(keys.get("unit"), *origin.of("unit"))
        if unit and unit not in DECLARABLE:
            self._say(
                *origin.of("unit"),
                "unit",
                Text(f"単位「{unit}」はありません", f"there is no unit “{unit}”"),
                Text(f"{', '.join(DECLARABLE)} のどれか", f"one of {', '.join(DECLARABLE)}"),
            )
            unit = "count"
        if not self._is_wanted(keys.get("with_sheet"), raw, "with_sheet"):
            if "otherwise" not in keys:
                return
            keys = {**keys, "formula": keys["otherwise"]}
        formula = self._formula(self._as_typed(keys, typed, origin), "formula", origin)
        group = next((group for group in self.either if name in group), None)
        if group is not None:
            is_input = name in typed or (name == group[0] and not typed & set(group))
        else:
            is_input = keys.get("input") is True
            if is_input == ("formula" in keys):
                self._say(
                    *origin.of("name"),
                    "role",
                    Text(
                        "input = true か formula のどちらか一方が要ります",
                        "either input = true or a formula is needed, not both",
                    ),
                )
        total_of = keys.get("total_of")
        if total_of is not None and not isinstance(total_of, str):
            total_of = self._string(total_of, *origin.of("total_of"))
        counter = keys.get("counter")
        if counter is not None and (not isinstance(counter, str) or counter not in shared_words.COUNTERS):
            self._say(
                *origin.of("counter"),
                "counter",
                Text(f"counter「{counter}」はありません", f"there is no counter “{counter}”"),
                Text(f"{', '.join(shared_words.COUNTERS)} のどれか", f"one of {', '.join(shared_words.COUNTERS)}"),
            )
            counter = None
        per = keys.get("per", table)
        known = (*tables.rows(1, True), *tables.own(self.own_tables))
        if per is not None and per != table and per not in known:
            listed = ", ".join(known)
            self._say(*origin.of("per"), "per", Text(f"per「{per}」はありません", f"there is no per “{per}”"),
                      Text(f"{listed} のどれか", f"one of {listed}"))  # fmt: skip
            per = None
        cell = Cell(
            name=name,
            label=self._text(keys.get("label"), *origin.of("label")) or Text(name, name),
            unit=unit,
            section=section,
            role=INPUT if is_input else RESULT,
            origin=origin,
            formula=None if is_input else formula,
            table=per if total_of is None else None,
            step=str(keys.get("step", "")),
            arrow=self._optional_text(keys, "arrow", origin),
            counter=counter,
            hint=self._optional_text(keys, "hint", origin),
            source=self._optional_text(keys, "source", origin),
            usual=self._usual(keys, origin),
            rounded=keys.get("round") is True and not is_input,
            signed=keys.get("signed") is True,
            total_of=total_of,
            operator=str(keys.get("operator", "")),
            plan_key=str(keys.get("plan", self._plan_key(name, section, table))),
            width=self._width(raw),
            alias=self._optional_text(keys, "alias", origin),
            among=self._string(keys["among"], *origin.of("among")) if "among" in keys else None,
            required=keys.get("required") is True,
            positive=keys.get("positive") is True,
            default=keys.get("default"),
            decimals=self._decimals(keys, origin),
            on_tab=keys.get("on_tab") is True,
            recorded=keys.get("recorded") is True,
            unbounded=keys.get("unbounded") is True,
        )
        if cell.rounded and unit != COUNT:
            self._say(*origin.of("round"), "unit", Text("round は件数(count)だけに使えます", "only a count can be rounded"))
        self._add(cell, None if is_input else self._formula(keys, "exact", origin))

    def _as_typed(self, keys: dict[str, Any], typed: frozenset[str], origin: Origin) -> dict[str, Any]:
        """Return the keys with the formula that applies when certain cells of ``either`` are typed."""
        others = keys.get("when_typed", {})
        if not isinstance(others, dict) or not all(isinstance(each, str) for each in others.values()):
            self._say(
                *origin.of("when_typed"),
                "type",
                Text('{ セル名 = "式" } の形で書いてください', "write it as { a cell's name = an expression }"),
            )
            return keys
        chosen = next((others[name] for name in others if name in typed), None)
        return keys if chosen is None else {**keys, "formula": chosen}

    def _add(self, cell: Cell, unrounded: Node | None) -> None:
        """Add the cell with its companions, the figure before rounding first: the cell is made from it."""
        if cell.rounded or unrounded is not None:
            label = Text(f"{cell.label.ja}(端数処理前)", f"{cell.label.en} (before rounding)")
            self._companion(cell, EXACT, label, COUNT, unrounded or cell.formula)
        if cell.rounded:
            cell = cell._replace(formula=self._made(f"rounded({cell.name}_{EXACT})"))
        self.cells[cell.name] = cell
        if cell.unit == CURRENCY and cell.table is None and cell.section not in (*self.drawn_keys, WORKING):
            label = Text(f"{cell.label.ja}(表示単位)", f"{cell.label.en} (display unit)")
            lead = "'readback_mark' & "
            self._companion(cell, READBACK, label, TEXT, self._made(f"{lead}money({cell.name})"))
        if cell.usual is not None and cell.usual.low < cell.usual.high:
            low, high = (f"{100 * float(bound):g}%" for bound in (cell.usual.low, cell.usual.high))
            label = Text(f"{cell.label.ja}と目安", f"{cell.label.en} against the usual range")
            text = f"if({cell.name} > 0, if({cell.name} < {low}, 'below', if({cell.name} > {high}, 'above', 'within')), blank)"
            self._companion(cell, USUAL, label, TEXT, self._made(text))

    def _companion(self, of: Cell, kind: str, label: Text, unit: str, formula: Node | None) -> None:
        name = f"{of.name}_{kind}"
        if name in self.cells:
            self._say(*of.origin.of("name"), "twice", Text(f"{name} が2回あります", f"{name} appears twice"))
        self.cells[name] = Cell(
            name=name,
            label=label,
            unit=unit,
            section=of.section,
            role=RESULT,
            origin=of.origin,
            formula=formula,
            table=of.table,
            counter=of.counter,
            of=of.name,
            companion=kind,
        )
