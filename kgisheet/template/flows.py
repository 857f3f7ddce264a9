"""A flow → the cells it consists of: the macros of templates/macros, expanded for the flows of a section.

A flow is declared once (``[[section.flow]]``): the figure spread over the months, goal against actual, where it leads by
the year's end. Its cells are expressions like any others.
"""

from __future__ import annotations

from typing import Any

from ..expr.nodes import Node
from ..expr.parser import ExpressionError
from ..language.text import Text
from ..values.toml import Path, Source
from ..values.units import COUNT
from .blocks import Block, FlowExpander, shipped
from .checks import CheckReader
from .keys import NAME
from .macros import Item
from .model import INPUT, RESULT, Cell, Flow, Origin
from .raw import Raw
from .roles import read_roles
from .sheets import TAB

_KEYS = {
    "name", "of", "unit", "counter", "label", "lead", "weight", "before", "next_weight", "next_whole", "instead",
    "tabs", "rate", "rate_label", "pipeline", "after", "passed_on",
}  # fmt: skip
_EXPRESSIONS = ("of", "lead", "weight", "before", "next_weight", "next_whole", "instead", "rate", "passed_on")


def _written(raw: Raw, formula: str) -> tuple[Source, Path]:
    """Return where a formula was written: in the key of the user's own template, if it has one, or else in the flow."""
    for key in _EXPRESSIONS:
        source, path = raw.origin.of(key)
        value = raw.keys.get(key)
        if source is not raw.origin.source and isinstance(value, str) and value in formula:
            return source, path
    return raw.origin.source, raw.origin.path


class FlowReader(CheckReader):
    """Makes the cells of flows; those of the tabs and the summary only where these sheets are wanted."""

    flows: list[Flow]

    def _flows(self, raws: list[Raw], section: str, kinds: frozenset[str]) -> None:
        said = {name: Text(text["ja"], text["en"]) for name, text in shipped()["words"].items()}
        found: dict[str, Raw] = {}
        items: list[Item] = []
        for raw in raws:
            item = self._item(raw)
            if item is not None:
                items.append(item)
                found[item.name] = raw
        expander = FlowExpander(items, read_roles(self.declaration.roles))
        for item in items:
            self.flows.append(self._flow_of(item, expander))
            for block in expander.flow(item, kinds):
                self._block(block, found[item.name], section)
        for block in expander.together(kinds) if items else ():
            self._block(block, found[block.about or items[0].name], section)
        if TAB in kinds:
            self.words = said | self.words

    def _item(self, raw: Raw) -> Item | None:
        """Return the flow as macros see it; None if a key that they need is missing, or an expression is invalid."""
        keys, origin = raw.keys, raw.origin
        self._known_keys(raw, _KEYS)
        name = self._string(keys.get("name"), *origin.of("name"))
        of = self._string(keys.get("of"), *origin.of("of"))
        unit = self._string(keys.get("unit"), *origin.of("unit"))
        if not name or not of or not unit:
            return None
        if not NAME.match(name):
            self._say(*origin.of("name"), "name", Text(f"名前「{name}」は使えません", f"the name “{name}” can't be used"))
            return None
        label = self._text(keys.get("label"), *origin.of("label")) or Text(name, name)
        called: Text | None = None
        if "rate" in keys:
            of_cell = self.cells.get(str(keys["rate"]).partition(" * ")[0])  # times what the scenario makes of it
            called = self._optional_text(keys, "rate_label", origin) or (of_cell.label if of_cell else None)
        made = {**keys, "label": label, "rate_label": called or label}
        return Item(name, made) if self._written_right(raw) else None

    def _written_right(self, raw: Raw) -> bool:
        """Return whether the expressions among a flow's keys are valid."""
        right = True
        for key in _EXPRESSIONS:
            value = raw.keys.get(key)
            if key == "instead":
                ways: list[Any] = value if isinstance(value, list) else [] if value is None else [value, None]
                if len(ways) not in (0, 2) or not all(isinstance(each, str) for each in ways):
                    what = Text('["条件", "式"] の形で書いてください', 'write it as ["a condition", "an expression"]')
                    self._say(*raw.origin.of(key), "type", what)
                    right = False
                    continue
            else:
                ways = [] if value is None else [self._string(value, *raw.origin.of(key))]
            right &= all(bool(way) and self._formula({key: way}, key, raw.origin) is not None for way in ways)
        return right

    def _flow_of(self, item: Item, expander: FlowExpander) -> Flow:
        keys = item.keys
        return Flow(
            item.name,
            keys["of"],
            keys["label"],
            keys.get("lead"),
            keys.get("tabs") is not False,
            keys["rate_label"] if "rate" in keys else None,
            rated="instead" in keys,
            due=expander.value_of(item, "flows", "due"),
            left_over=expander.value_of(item, "flows", "left_over"),
        )

    def _block(self, block: Block, raw: Raw, section: str) -> None:
        self.words |= block.words
        for keys in block.cells:
            self._expanded(keys, raw, block.section or section)

    def _expanded(self, keys: dict[str, Any], raw: Raw, section: str) -> None:
        name, unit, formula, origin = keys["name"], keys["unit"], keys.get("formula"), raw.origin
        where = _written(raw, formula or "")
        node: Node | None = None
        if formula is not None:
            try:
                node = self._made(formula)
            except ExpressionError as bad:
                self.problems.append(where[0].problem("expression", where[1], bad.what, key=name))
        if name in self.cells:
            self._say(*origin.of("name"), "twice", Text(f"{name} が2回あります", f"{name} appears twice"))
        self.cells[name] = Cell(
            name=name,
            label=keys["label"],
            unit=unit,
            section=section,
            role=INPUT if keys.get("input") else RESULT,
            origin=Origin(origin.source, origin.path, {"formula": where}),
            formula=node,
            table=keys.get("per"),
            counter=(keys["counter"] or None) if unit == COUNT else None,
            signed=keys.get("signed", False),
            recorded=keys.get("recorded", False),
            on_tab=keys.get("on_tab", False),
            hint=keys.get("hint"),
        )
