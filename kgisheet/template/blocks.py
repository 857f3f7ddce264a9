"""The macros that a template's flows and checks are expanded into: blocks of cells, in templates/macros for every template.

A block is repeated over the flows or the checks, or is about all flows together.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from ..language.text import Text
from ..values.regex import regex
from . import locate
from .macros import Bound, Expander, Item, Said
from .roles import SHIPPED, Roles


class Block(NamedTuple):
    """A block whose conditions hold, in one of its repetitions: its keys for the cells, and its flow."""

    cells: list[dict[str, Any]]
    words: dict[str, Text]
    section: str
    about: str | None


@cache
def shipped() -> dict[str, Any]:
    """Return what the files of templates/macros declare, joined in their order."""
    joined: dict[str, Any] = {
        "otherwise": {},
        "flow": {},
        "list": {},
        "text": {},
        "words": {},
        "each_flow": [],
        "all_flows": [],
        "check": {},
        "each_check": [],
    }
    for text in locate.macros():
        for key, value in tomllib.loads(text).items():
            if isinstance(value, list):
                joined[key] += value
            else:
                joined[key] |= value
    return joined


class BlockExpander(Expander):
    """Expands blocks, with a variable bound or repeating themselves.

    Cells with a role are called as the template has them.
    """

    _called: Mapping[str, str] = {}

    def _blocks(self, blocks: list[dict[str, Any]], kinds: frozenset[str]) -> Iterator[Block]:
        for block in blocks:
            if block.get("with_kind") not in (None, *kinds):
                continue
            about = "x" if "x" in self.bound else None
            for first in self.repeated(block.get("each", [])):
                if not self.holds(block.get("when", [])):
                    continue
                cells = [cell for raw in block.get("cell", []) if (cell := self._cell(raw, block)) is not None]
                words = {self.fill(each["name"]): self.text(each["text"]) for each in block.get("word", [])}
                of = about or first
                yield Block(cells, words, block.get("section", ""), None if of is None else self.bound[of].item.name)

    def _cell(self, raw: dict[str, Any], block: dict[str, Any]) -> dict[str, Any] | None:
        """Return a cell's keys with their places filled; None where its conditions do not hold."""
        keys = {"unit": block.get("unit", "{x.unit}"), "counter": block.get("counter", ""), **raw}
        if not self.holds(keys.pop("when", [])):
            return None
        made = {
            key: self.text(value) if isinstance(value, dict) else self.fill(value) if isinstance(value, str) else value
            for key, value in keys.items()
        }
        if self._called and "formula" in made:
            made["formula"] = _NAME.sub(lambda each: self._called.get(each[0], each[0]), str(made["formula"]))
        return made


_NAME = regex(r"'[^']*'|\b[a-z_][a-z_0-9]*\b")
"""A word in quotes, or a name of an expression."""


class FlowExpander(BlockExpander):
    """Expands the macros for the flows of one section."""

    def __init__(self, flows: Sequence[Item], roles: Roles) -> None:
        self.macros = shipped()
        self._called = {ours: theirs for ours, theirs in zip(SHIPPED, roles, strict=True) if ours != theirs}
        said = Said(self.macros["list"], self.macros["text"], self.macros["flow"], self.macros["otherwise"])
        super().__init__({"flows": flows}, said)

    def flow(self, item: Item, kinds: frozenset[str]) -> Iterator[Block]:
        """Expand the blocks that each flow has."""
        with self.bind("x", Bound(item, self.lists["flows"])):
            yield from self._blocks(self.macros["each_flow"], kinds)

    def together(self, kinds: frozenset[str]) -> Iterator[Block]:
        """Expand the blocks that are about all flows."""
        yield from self._blocks(self.macros["all_flows"], kinds)


class CheckExpander(BlockExpander):
    """Expands the macros for one check."""

    def __init__(self, check: Item) -> None:
        super().__init__({"checks": [check]}, Said(derived=shipped()["check"]))

    def blocks(self) -> Iterator[Block]:
        """Expand the blocks that a check has."""
        (check,) = self.lists["checks"]
        with self.bind("x", Bound(check, (check,))):
            yield from self._blocks(shipped()["each_check"], frozenset())
