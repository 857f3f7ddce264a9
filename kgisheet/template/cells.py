"""The raw tables of cells → cells, with their companions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from ..expr.nodes import Node
from ..language import words as shared_words
from ..language.text import Text
from ..values.units import COUNT, CURRENCY, DECLARABLE, TEXT
from . import tables
from .drawn import DrawnReader
from .flows import FlowReader
from .keys import NAME
from .model import EXACT, INPUT, PER_MONTH, READBACK, RESULT, USUAL, WORKING, Cell, Origin
from .raw import Raw
from .switches import condition, renamed_of, switch_of

_S = TypeVar("_S")
_INSTEAD = {"sheet", "formula", "exact", "round"}
_FLAGS = ("input", "round", "signed", "required", "positive", "on_tab", "recorded", "unbounded", "monthly", "beside")
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
    "beside",
    "width",
    "among",
    "alias",
    "aside",
    "monthly",
    "with_sheet",
    "otherwise",
    "instead",
    "read_when",
    "renamed",
    "in_force",
}


class CellReader(FlowReader, DrawnReader):
    """The maker of cells."""

    either: tuple[tuple[str, ...], ...]
    says_amounts: bool
    """Whether the template declares the units that people say amounts in; one that doesn't reads them back in the display unit."""
    _reserved: set[str]

    def _cell(self, raw: Raw, section: str, table: str | None, typed: frozenset[str]) -> None:
        keys, origin = raw.keys, raw.origin
        self._known_keys(raw, _CELL_KEYS)
        for flag in _FLAGS:
            if not isinstance(keys.get(flag, False), bool):
                self._say(*origin.of(flag), "type", Text(f"{flag} は true か false です", f"{flag} is true or false"))
        name = self._new_name(keys, origin)
        if name is None:
            return
        unit = self._string(keys.get("unit"), *origin.of("unit"))
        if unit and not self._one_of(unit, DECLARABLE, origin.of("unit"), "unit", Text("単位", "unit")):
            unit = COUNT
        if not self._is_wanted(keys.get("with_sheet"), raw, "with_sheet"):
            if "otherwise" not in keys:
                return
            keys = {**keys, "formula": keys["otherwise"]}
        keys = self._instead(keys, raw)
        formula = self._formula(self._as_typed(keys, typed, origin), "formula", origin)
        is_input = self._is_input(name, keys, typed, origin)
        total_of = keys.get("total_of")
        if total_of is not None and not isinstance(total_of, str):
            total_of = self._string(total_of, *origin.of("total_of"))
        cell = Cell(
            name=name,
            label=self._text(keys.get("label"), *origin.of("label")) or Text(name, name),
            unit=unit,
            section=section,
            role=INPUT if is_input else RESULT,
            origin=origin,
            formula=None if is_input else formula,
            table=self._per(keys, table, origin) if total_of is None else None,
            step=str(keys.get("step", "")),
            arrow=self._optional_text(keys, "arrow", origin),
            counter=self._counter(keys, origin),
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
            aside=self._optional_text(keys, "aside", origin),
            among=self._string(keys["among"], *origin.of("among")) if "among" in keys else None,
            required=keys.get("required") is True,
            positive=keys.get("positive") is True,
            default=keys.get("default"),
            decimals=self._decimals(keys, origin),
            on_tab=keys.get("on_tab") is True,
            recorded=keys.get("recorded") is True,
            unbounded=keys.get("unbounded") is True,
            beside=keys.get("beside") is True,
            read_when=self._switched(keys, "read_when", switch_of, origin),
            renamed=self._switched(keys, "renamed", renamed_of, origin),
            in_force=str(keys.get("in_force", "")),
        )
        if cell.rounded and unit != COUNT:
            self._say(*origin.of("round"), "unit", Text("round は件数(count)だけに使えます", "only a count can be rounded"))
        self._add(cell, None if is_input else self._formula(keys, "exact", origin))
        if keys.get("monthly") is True:
            label = Text(f"{cell.label.ja}(1か月あたり)", f"{cell.label.en} per month")
            of = cell.in_force or cell.name
            text = f"if(period = 'month', {of} * 12, {of} / 12)"
            self._companion(cell, PER_MONTH, label, unit, self._made(text), 1 if unit == COUNT else 0)

    def _new_name(self, keys: dict[str, Any], origin: Origin) -> str | None:
        """Return a cell's name; None if it can't be used, or is taken."""
        name = self._string(keys.get("name"), *origin.of("name"))
        if not name:
            return None
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
            return None
        if name in self._reserved:
            what = Text(f"{name} は検算の判定をまとめた名前です", f"{name} is the name of the states of the checks")
            self._say(*origin.of("name"), "reserved", what, Text("別の名前にしてください", "choose another name"))
            return None
        if name in self.cells:
            self._say(*origin.of("name"), "twice", Text(f"{name} が2回あります", f"{name} appears twice"))
            return None
        return name

    def _is_input(self, name: str, keys: dict[str, Any], typed: frozenset[str], origin: Origin) -> bool:
        """Return whether a cell is typed: as it says, or, in a group of ``either``, as is chosen."""
        group = next((group for group in self.either if name in group), None)
        if group is not None:
            return name in typed or (name == group[0] and not typed & set(group))
        is_input = keys.get("input") is True
        if is_input == ("formula" in keys):
            what = Text(
                "input = true か formula のどちらか一方が要ります", "either input = true or a formula is needed, not both"
            )
            self._say(*origin.of("name"), "role", what)
        return is_input

    def _instead(self, keys: dict[str, Any], raw: Raw) -> dict[str, Any]:
        """Return the keys as they are beside another sheet, where that is wanted: what the cell is worked out from there."""
        others = keys.get("instead")
        if others is None:
            return keys
        if not isinstance(others, dict) or not isinstance(others.get("sheet"), str) or set(others) - _INSTEAD:
            fix = Text('{ sheet = "シートのid", formula = "式" } の形で書いてください', 'write it as { sheet = "its id", formula = "…" }')  # fmt: skip
            self._say(*raw.origin.of("instead"), "type", Text("instead の書き方が違います", "instead isn't in its form"), fix)
            return keys
        if not self._is_wanted(others["sheet"], raw, "instead"):
            return keys
        return {**keys, **{key: value for key, value in others.items() if key != "sheet"}}

    def _counter(self, keys: dict[str, Any], origin: Origin) -> str | None:
        counter = keys.get("counter")
        known = counter is not None and self._one_of(
            counter, shared_words.COUNTERS, origin.of("counter"), "counter", Text("counter", "counter")
        )
        return str(counter) if known else None

    def _switched(self, keys: dict[str, Any], key: str, read: Callable[[Any], _S | None], origin: Origin) -> _S | None:
        """Return what a key says of a switch; None, with a problem recorded, if it isn't in its form."""
        if key not in keys:
            return None
        found = read(keys[key])
        if found is None:
            what = Text(f"{key} の書き方が違います", f"{key} isn't in its form")
            fix = Text('{ start_from = "deals" } のように、切り替えのセルと選択肢を書いてください', 'write a switch and a choice: { start_from = "deals" }')  # fmt: skip
            self._say(*origin.of(key), "type", what, fix)
        return found

    def _per(self, keys: dict[str, Any], table: str | None, origin: Origin) -> str | None:
        """Return the table that a cell is a column of."""
        per = keys.get("per", table)
        known = (*tables.rows(1, True), *tables.own(self.own_tables))
        is_known = per is None or per == table or self._one_of(per, known, origin.of("per"), "per", Text("per", "per"))
        return per if is_known else None

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
            read = cell.in_force or cell.name
            write = "spoken" if self.says_amounts else "money"
            self._companion(cell, READBACK, label, TEXT, self._made(f"'readback_mark' & {write}({read})"))
        if cell.usual is not None and cell.usual.low < cell.usual.high:
            low, high = (f"{100 * float(bound):g}%" for bound in (cell.usual.low, cell.usual.high))
            label = Text(f"{cell.label.ja}と目安", f"{cell.label.en} vs benchmark")
            text = f"if({cell.name} > 0, if({cell.name} < {low}, 'below', if({cell.name} > {high}, 'above', 'within')), blank)"
            if cell.read_when is not None:
                text = f"if({condition(cell.read_when)}, {text}, blank)"
            if cell.renamed is not None:
                text = f"if({condition(cell.renamed.when)}, '{cell.renamed.note}', {text})"
            self._companion(cell, USUAL, label, TEXT, self._made(text))

    def _companion(self, of: Cell, kind: str, label: Text, unit: str, formula: Node | None, decimals: int = 0) -> None:
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
            decimals=decimals,
        )
