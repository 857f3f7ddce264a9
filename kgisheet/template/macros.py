"""Macros: texts with places, ``{x.of}``, filled for each item of a list; conditions, neighbours, repetition.

An item is a stage or a flow: a name, and keys. What can be said of any item is derived from its keys once, for all.
It isn't a programming language. docs/macros.md describes it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ..language.text import Text, lowered
from ..language.words import LANGUAGES
from ..values.regex import regex

PLACE = regex(r"\{([a-z_][a-z_0-9]*(?:\.[a-z_0-9]+)*)\}")
_NAME = regex(r"[a-z][a-z0-9_]*")
_EACH = regex(r"(\w+) in (\w+)((?: (?:above|below|from|before) \w+| first| last| upward)*)$")
_SLICE = regex(r"(above|below|from|before) (\w+)|(first|last|upward)")
_WHEN = regex(r"(not )?([a-z_.0-9]+)(?: (=|in) (\S+))?$")
_MAX_TEXT = 20_000
_MAX_DEPTH = 60
_MOST = 200_000
"""Places that are filled, and items of lists that are gone through."""


class Item:
    """A stage or flow as macros see it: its name and its keys."""

    def __init__(self, name: str, keys: Mapping[str, Any]) -> None:
        self.name = name
        self.keys = keys


class Bound(NamedTuple):
    """An item, and the list in which it has its neighbours."""

    item: Item
    among: tuple[Item, ...]

    def beside(self, step: int) -> Bound | None:
        at = self.among.index(self.item) + step
        return Bound(self.among[at], self.among) if 0 <= at < len(self.among) else None


class MacroError(ValueError):
    """A macro that can't be expanded: an unknown place, list or condition; with what would be right."""

    def __init__(self, what: Text, fix: Text | None = None) -> None:
        super().__init__(what.en)
        self.what = what
        self.fix = fix


class EndlessError(MacroError):
    """Macros that come to too much to go on with."""

    def __init__(self) -> None:
        super().__init__(Text("繰り返しが多すぎます", "too many repetitions"))


class Said(NamedTuple):
    """The material of macros: lists of items, texts, and what can be said of any item x, or is said of it otherwise."""

    lists: Mapping[str, Any] = {}
    texts: Mapping[str, Any] = {}
    derived: Mapping[str, Any] = {}
    otherwise: Mapping[str, Any] = {}


class Expander:
    """Fills the places of texts, for the items of its lists."""

    def __init__(self, given: Mapping[str, Sequence[Item]], said: Said) -> None:
        self.said = said
        self.lists: dict[str, tuple[Item, ...]] = {name: tuple(items) for name, items in given.items()}
        self.bound: dict[str, Bound] = {}
        self._lang: str | None = None
        self._so_far = ""
        self._depth = self._spent = 0
        for name, spec in said.lists.items():
            items = (Item(str(each["name"]), each) for each in spec if "each" not in each)
            found = (here.item for alone in spec if "each" in alone for here in self._listed(alone))
            self.lists[name] = (*items, *found)

    def value_of(self, item: Item, among: str, key: str) -> Any:
        """Return an item's value for a key: its own, or the one derived for all."""
        return self._key(Bound(item, self.lists[among]), key)

    # -- lists and conditions ---------------------------------------------

    def repeated(self, each: str | list[str]) -> Iterator[str | None]:
        """Bind the variables of ``each`` in every way; what it yields is the name of the outermost one."""
        loops = [each] if isinstance(each, str) else each
        if not loops:
            yield None
            return
        variable, found = self._loop(loops[0])
        for here in found:
            with self.bind(variable, here):
                for _ in self.repeated(loops[1:]):
                    yield variable

    @contextlib.contextmanager
    def bind(self, variable: str, bound: Bound) -> Iterator[None]:
        """Let a variable mean an item until the block ends."""
        outer = self.bound
        self.bound = {**outer, variable: bound}
        try:
            yield
        finally:
            self.bound = outer

    def _loop(self, each: str) -> tuple[str, list[Bound]]:
        match = _EACH.match(each)
        if match is None:
            what = Text(f"each「{each}」は読めません", f"each = “{each}” can't be read")
            raise MacroError(what, Text('each = "x in stages" のように', 'write it as each = "x in stages"'))
        if match[2] not in self.lists:
            what = Text(f"一覧「{match[2]}」はありません", f"there is no list {match[2]}")
            raise MacroError(what, _among(self.lists))
        whole = self.lists[match[2]]
        self._spend(len(whole))
        found = [Bound(item, self._beside(item, whole)) for item in whole]
        for way, of, end in _SLICE.findall(match[3]):
            if end:
                found = {"first": found[:1], "last": found[-1:], "upward": found[::-1]}[end]
                continue
            stop = self._variable(of).item
            at = [here.item for here in found].index(stop) if stop in [here.item for here in found] else None
            if at is None:
                found = []
            else:
                found = {"above": found[:at], "below": found[at + 1 :], "from": found[at:], "before": found[:at]}[way]
        return match[1], found

    def _spend(self, amount: int) -> None:
        """Count places that are filled, and items that are gone through: what lists of lists double with each line."""
        self._spent += amount
        if self._spent > _MOST:
            raise EndlessError

    def _beside(self, item: Item, whole: tuple[Item, ...]) -> tuple[Item, ...]:  # noqa: ARG002
        """Return the list in which an item has its neighbours: the one that is gone through."""
        return whole

    def _variable(self, name: str) -> Bound:
        if name in self.bound:
            return self.bound[name]
        what = Text(f"「{name}」が何を指すか分かりません", f"{name} is not defined here")
        raise MacroError(
            what, Text(f'each = "{name} in stages" のように繰り返してください', f'repeat it: each = "{name} in stages"')
        )

    def _listed(self, spec: dict[str, Any]) -> list[Bound]:
        """Return those of a list that its conditions hold for."""
        variable, found = self._loop(spec["each"])
        listed = []
        for here in found:
            with self.bind(variable, here):
                if self.holds(spec.get("when", [])):
                    listed.append(here)
        return listed

    def holds(self, when: str | list[str]) -> bool:
        return all(self._one_holds(each) for each in ([when] if isinstance(when, str) else when))

    def _one_holds(self, condition: str) -> bool:
        match = _WHEN.match(condition)
        if match is None:
            what = Text(f"条件「{condition}」は読めません", f"the condition “{condition}” can't be read")
            forms = "x.key, x.key = value, x in list"
            raise MacroError(
                what, Text(f"{forms} の形で(前に not を付けられます)", f"write it as {forms}, with or without not before it")
            )
        if match[3] == "in":
            if match[4] not in self.lists:
                raise MacroError(Text(f"一覧「{match[4]}」はありません", f"there is no list {match[4]}"), _among(self.lists))
            here = self._value(match[2])
            held = isinstance(here, Bound) and here.item in self.lists[match[4]]
        elif match[3] == "=":
            held = self._as_text(self._value(match[2])) == self.fill(match[4])
        else:
            held = self._value(match[2]) not in (None, False, "", ())
        return held != bool(match[1])

    # -- texts ------------------------------------------------------------

    def text(self, value: Mapping[str, str]) -> Text:
        """Return a text in all languages with its places filled."""
        return Text(*(self.fill(value[lang], lang) for lang in LANGUAGES))

    def fill(self, text: str, lang: str | None = None) -> str:
        """Return the text with its places filled, in a language where it is given."""
        if lang is None or lang == self._lang:
            return self._filled(text)
        outer, self._lang = self._lang, lang
        try:
            return self._filled(text)
        finally:
            self._lang = outer

    def _filled(self, text: str) -> str:
        made = PLACE.sub(lambda place: self._as_text(self._value(place[1])), text)
        if len(made) > _MAX_TEXT:
            raise MacroError(Text(f"{_MAX_TEXT:,}文字を超えます", f"this comes to more than {_MAX_TEXT:,} characters"))
        return made

    def _as_text(self, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, Bound):
            return value.item.name
        if isinstance(value, Text):
            return value.to(self._lang or LANGUAGES[0])
        if isinstance(value, dict) and set(value) == set(LANGUAGES):
            return str(value[self._lang or LANGUAGES[0]])
        return value if isinstance(value, str) else str(value).lower()

    def _value(self, path: str) -> Any:
        self._spend(1)
        head, *rest = path.split(".")
        value: Any
        if head in self.bound:
            value = self.bound[head]
        elif head in self.lists:
            value = self.lists[head]
        elif head in self.said.texts:
            value = self._made(self.said.texts[head])
        elif head == "so_far":
            value = self._so_far
        else:
            known = (*self.bound, *self.said.texts, *self.lists)
            raise MacroError(Text(f"{{{path}}} が何を指すか分かりません", f"{{{path}}} is unknown here"), _among(known))
        for key in rest:
            value = self._key(value, key)
        return value

    def _key(self, value: Any, key: str) -> Any:
        if value is None:
            return None
        if isinstance(value, tuple) and not isinstance(value, (Bound, Text)):
            if not value:
                return None
            chosen = value[0 if key == "first" else -1]
            return Bound(chosen, self._beside(chosen, value))
        if isinstance(value, dict) and key != "lower":
            return value.get(key)
        if isinstance(value, list) and key.isdigit():
            return value[int(key)] if int(key) < len(value) else None
        if key == "lower":
            return lowered(self._as_text(value))
        if isinstance(value, str) and key == "name":
            found = _NAME.search(value)
            return found[0] if found else ""
        if not isinstance(value, Bound):
            raise MacroError(Text(f"「.{key}」は使えません", f"“.{key}” can't be asked for here"))
        if key in ("above", "below"):
            return value.beside(-1 if key == "above" else 1)
        if key in value.item.keys:
            return value.item.keys[key]
        if key in self.said.derived:
            with self.bind("x", value):
                return self._made(self.said.derived[key])
        return self.said.otherwise.get(key)

    def _made(self, spec: Any) -> Any:
        """Return a text: one that is written out, the first alternative whose conditions hold, or one repeated over a list."""
        self._depth += 1
        try:
            if self._depth > _MAX_DEPTH:
                raise MacroError(Text("文が自分自身を含んでいます", "a text contains itself"))
            return self._made_of(spec)
        finally:
            self._depth -= 1

    def _made_of(self, spec: Any) -> Any:
        if isinstance(spec, str):
            return self.fill(spec)
        if isinstance(spec, list):
            chosen = next((each for each in spec if self.holds(each.get("when", []))), {"text": ""})
            return chosen["value"] if "value" in chosen else self._made(chosen.get("text", ""))
        if set(spec) == set(LANGUAGES):
            return self.fill(self._as_text(spec))
        if "each" not in spec:
            return self._made(spec["text"])
        variable, _ = self._loop(spec["each"])
        found = self._listed({"each": spec["each"], "when": spec.get("among", [])})
        outer = self._so_far
        made: str | None = self.fill(spec["start"]) if "start" in spec else None
        for here in reversed(found) if spec.get("upward") else found:
            with self.bind(variable, here):
                if "join" in spec:
                    said = self._made(spec["text"])
                    made = said if made is None else f"{made}{self._as_text(spec['join'])}{said}"
                elif made is None:
                    made = self.fill(spec["first"])
                else:
                    self._so_far = made
                    made = self.fill(spec["text"])
        self._so_far = outer
        return self.fill(spec.get("none", "")) if made is None else made


def _among(names: Any) -> Text:
    listed = ", ".join(names)
    return Text(f"{listed} のどれか", f"one of {listed}")
