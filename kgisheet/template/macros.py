"""Macros: blocks of cells that a template's flows are expanded into, declared in templates/macros.

A block is repeated over lists of flows; its texts have places, ``{x.of}``, for a flow's own keys or those
shared by all flows. It isn't a programming language: parameters, repetition, the neighbours above and below, conditions.
docs/macros.md describes it.
"""

from __future__ import annotations

import contextlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from ..language.text import Text
from ..language.words import LANGUAGES
from . import locate

_PLACE = re.compile(r"\{([a-z_]+(?:\.[a-z_0-9]+)*)\}")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_EACH = re.compile(r"(\w+) in (\w+)((?: (?:above|below|from|before) \w+| first| last)*)$")
_SLICE = re.compile(r"(above|below|from|before) (\w+)|(first|last)")
_WHEN = re.compile(r"(not )?([a-z_.0-9]+)(?: (=|in) (\S+))?$")


class Item:
    """A flow as macros see it: its name and its keys."""

    def __init__(self, name: str, keys: Mapping[str, Any]) -> None:
        self.name = name
        self.keys = keys


class Bound(NamedTuple):
    """A flow in the list that a repetition goes through: the neighbours are those of the list."""

    item: Item
    among: tuple[Item, ...]

    def beside(self, step: int) -> Bound | None:
        at = self.among.index(self.item) + step
        return Bound(self.among[at], self.among) if 0 <= at < len(self.among) else None


class Block(NamedTuple):
    """A block whose conditions hold, in one of its repetitions: its keys for the cells, and its flow."""

    cells: list[dict[str, Any]]
    words: dict[str, Text]
    section: str
    about: str | None


class MacroError(ValueError):
    """A macro that can't be expanded: an unknown place, list or condition."""


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
    }
    for text in locate.macros():
        for key, value in tomllib.loads(text).items():
            if isinstance(value, list):
                joined[key] += value
            else:
                joined[key] |= value
    return joined


class Expander:
    """Expands the macros for the flows of one section."""

    def __init__(self, flows: Sequence[Item]) -> None:
        self.macros = shipped()
        self.lists: dict[str, tuple[Item, ...]] = {"flows": tuple(flows)}
        self.bound: dict[str, Bound] = {}
        for name, spec in self.macros["list"].items():
            self.lists[name] = tuple(here.item for alone in spec for here in self._listed(alone))

    def flow(self, item: Item, sheets: frozenset[str]) -> Iterator[Block]:
        """Expand the blocks that each flow has."""
        with self._bind("x", Bound(item, self.lists["flows"])):
            yield from self._blocks(self.macros["each_flow"], sheets)

    def together(self, sheets: frozenset[str]) -> Iterator[Block]:
        """Expand the blocks that are about all flows."""
        yield from self._blocks(self.macros["all_flows"], sheets)

    def said_of(self, item: Item, key: str) -> Any:
        """Return the flow's value for a key, or the value shared by all flows."""
        return self._key(Bound(item, self.lists["flows"]), key)

    # -- blocks and lists -------------------------------------------------

    def _blocks(self, blocks: list[dict[str, Any]], sheets: frozenset[str]) -> Iterator[Block]:
        for block in blocks:
            if block.get("with_sheet") not in (None, *sheets):
                continue
            about = "x" if "x" in self.bound else None
            for first in self._repeated(block.get("each", [])):
                if not self._holds(block.get("when", [])):
                    continue
                cells = [cell for raw in block.get("cell", []) if (cell := self._cell(raw, block)) is not None]
                words = {self.fill(each["name"]): self._text(each["text"]) for each in block.get("word", [])}
                of = about or first
                yield Block(cells, words, block.get("section", ""), None if of is None else self.bound[of].item.name)

    def _repeated(self, each: str | list[str]) -> Iterator[str | None]:
        """Bind the variables of ``each`` in every way; what it yields is the name of the outermost one."""
        loops = [each] if isinstance(each, str) else each
        if not loops:
            yield None
            return
        variable, found = self._loop(loops[0])
        for here in found:
            with self._bind(variable, here):
                for _ in self._repeated(loops[1:]):
                    yield variable

    @contextlib.contextmanager
    def _bind(self, variable: str, bound: Bound) -> Iterator[None]:
        """Let a variable mean a flow until the block ends."""
        outer = self.bound
        self.bound = {**outer, variable: bound}
        try:
            yield
        finally:
            self.bound = outer

    def _loop(self, each: str) -> tuple[str, list[Bound]]:
        match = _EACH.match(each)
        if match is None or match[2] not in self.lists:
            raise MacroError(f"each = {each!r}")
        whole = self.lists[match[2]]
        found = [Bound(item, whole) for item in whole]
        for way, of, end in _SLICE.findall(match[3]):
            if end:
                found = found[:1] if end == "first" else found[-1:]
                continue
            stop = self.bound[of].item
            at = [here.item for here in found].index(stop) if stop in [here.item for here in found] else None
            if at is None:
                found = []
            else:
                found = {"above": found[:at], "below": found[at + 1 :], "from": found[at:], "before": found[:at]}[way]
        return match[1], found

    def _listed(self, spec: dict[str, Any]) -> list[Bound]:
        """Return those of a list that its conditions hold for."""
        variable, found = self._loop(spec["each"])
        listed = []
        for here in found:
            with self._bind(variable, here):
                if self._holds(spec.get("when", [])):
                    listed.append(here)
        return listed

    def _holds(self, when: str | list[str]) -> bool:
        return all(self._one_holds(each) for each in ([when] if isinstance(when, str) else when))

    def _one_holds(self, condition: str) -> bool:
        match = _WHEN.match(condition)
        if match is None:
            raise MacroError(f"when = {condition!r}")
        if match[3] == "in":
            held = self.bound[match[2]].item in self.lists[match[4]]
        elif match[3] == "=":
            held = self._said(self._value(match[2]), None) == self.fill(match[4])
        else:
            held = self._value(match[2]) not in (None, False, "", ())
        return held != bool(match[1])

    # -- texts ------------------------------------------------------------

    def _cell(self, raw: dict[str, Any], block: dict[str, Any]) -> dict[str, Any] | None:
        """Return a cell's keys with their places filled; None where its conditions do not hold."""
        keys = {"unit": block.get("unit", "{x.unit}"), "counter": block.get("counter", ""), **raw}
        if not self._holds(keys.pop("when", [])):
            return None
        return {
            key: self._text(value) if isinstance(value, dict) else self.fill(value) if isinstance(value, str) else value
            for key, value in keys.items()
        }

    def _text(self, value: dict[str, str]) -> Text:
        return Text(*(self.fill(value[lang], lang) for lang in LANGUAGES))

    def fill(self, text: str, lang: str | None = None) -> str:
        """Return the text with its places filled."""
        return _PLACE.sub(lambda place: self._said(self._value(place[1]), lang), text)

    def _said(self, value: Any, lang: str | None) -> str:
        if value is None:
            return ""
        if isinstance(value, Bound):
            return value.item.name
        if isinstance(value, Text):
            return value.to(lang or LANGUAGES[0])
        return value if isinstance(value, str) else str(value).lower()

    def _value(self, path: str) -> Any:
        head, *rest = path.split(".")
        value: Any
        if head in self.bound:
            value = self.bound[head]
        elif head in self.lists:
            value = self.lists[head]
        elif head in self.macros["text"]:
            value = self._made(self.macros["text"][head])
        elif head == "so_far":
            value = self._so_far
        else:
            raise MacroError(f"{{{path}}}")
        for key in rest:
            value = self._key(value, key)
        return value

    def _key(self, value: Any, key: str) -> Any:
        if value is None:
            return None
        if isinstance(value, tuple) and not isinstance(value, (Bound, Text)):
            if not value:
                return None
            return Bound(value[0 if key == "first" else -1], value)
        if isinstance(value, list) and key.isdigit():
            return value[int(key)] if int(key) < len(value) else None
        if isinstance(value, str) and key == "name":
            found = _NAME.search(value)
            return found[0] if found else ""
        if not isinstance(value, Bound):
            raise MacroError(f".{key}")
        if key in ("above", "below"):
            return value.beside(-1 if key == "above" else 1)
        if key in value.item.keys:
            return value.item.keys[key]
        if key in self.macros["flow"]:
            with self._bind("x", value):
                return self._made(self.macros["flow"][key])
        return self.macros["otherwise"].get(key)

    _so_far = ""

    def _made(self, spec: Any) -> str:
        """Return a text: one that is written out, the first alternative whose conditions hold, or one repeated over a list."""
        if isinstance(spec, str):
            return self.fill(spec)
        if isinstance(spec, list):
            return next((self._made(each) for each in spec if self._holds(each.get("when", []))), "")
        if "each" not in spec:
            return self.fill(spec["text"])
        variable, _ = self._loop(spec["each"])
        found = self._listed({"each": spec["each"], "when": spec.get("among", [])})
        outer = self._so_far
        made: str | None = self.fill(spec["start"]) if "start" in spec else None
        for here in reversed(found) if spec.get("upward") else found:
            with self._bind(variable, here):
                if "join" in spec:
                    said = self.fill(spec["text"])
                    made = said if made is None else f"{made}{spec['join']}{said}"
                elif made is None:
                    made = self.fill(spec["first"])
                else:
                    self._so_far = made
                    made = self.fill(spec["text"])
        self._so_far = outer
        return self.fill(spec.get("none", "")) if made is None else made
