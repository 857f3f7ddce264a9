"""The stages of a template, and its macros → cells, checks, flows and lines.

The chain is declared once (``[[stage]]``, the one nearest to the goal first). Entries of sections that have ``each``,
``when`` or ``macro`` are repeated for stages, or for the items of any other list, and their places filled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..errors import Problem, TemplateError
from ..language.text import Text
from ..language.words import LANGUAGES
from ..values.regex import regex
from . import shapes
from .macros import PLACE, Bound, EndlessError, Expander, Item, MacroError, Said
from .model import Origin
from .raw import Declaration, Layer, Raw, RawSection

STAGES = "stages"
SAID = ("list", "text", "derived")
_WHOLE = regex(r"\{([a-z_][a-z_0-9]*(?:\.[a-z_0-9]+)*)\}$")
_KEY = regex(r"\b[a-z]+(?:\.[a-z_0-9]+)+")
_REPEATS = ("each", "when", "macro")
_MAX_ENTRIES = 5_000
_MAX_WITHIN = 5


def expanded(layers: Sequence[Layer]) -> list[Declaration]:
    """Return what a template's texts declare, its own first, with what stages and macros come to in their places."""
    for layer in layers:
        shapes.check(layer)
    stages = _stages(layers)
    _known_keys(layers)
    own = layers[0].declared
    said = Said(*({key: spec for layer in reversed(layers) for key, spec in layer.said[kind].items()} for kind in SAID))
    macros = {str(raw.keys.keys.get("name")): raw for layer in reversed(layers) for raw in layer.macros}
    try:
        expander = StageExpander(stages, macros, said, own.problems)
    except MacroError as bad:  # in a list
        problem = own.sources[0].problem("macro", ("list",), bad.what, bad.fix)
        if isinstance(bad, EndlessError):
            raise TemplateError(problem) from None
        own.problems.append(problem)
        expander = StageExpander(stages, macros, Said(), own.problems)
    made = []
    for layer in layers:
        spoken = expander.words(layer.spoken)
        sections = [expander.section(section) for section in layer.declared.sections]
        made.append(layer.declared._replace(words={**spoken, **layer.declared.words}, sections=sections))
    if stages and not any("funnel" in each.head for each in made):
        made[-1].head["funnel"] = [expander.count(stage) for stage in reversed(expander.lists[STAGES])]
    return made


def _stages(layers: Sequence[Layer]) -> list[Raw]:
    """Return the stages, the one nearest to the goal first: those of the base, with a template's own put in, changed, dropped."""
    stages: list[Raw] = []
    for layer in reversed(layers):
        dropped = layer.declared.head.get("drop", [])
        stages = [raw for raw in stages if not (isinstance(dropped, list) and raw.keys["name"] in dropped)]
        for raw in layer.stages:
            found = next((each for each in stages if each.keys["name"] == raw.keys["name"]), None)
            if found is not None:
                found.override(raw)
                continue
            names = [each.keys["name"] for each in stages]
            after = raw.keys.get("after", names[-1] if names else None)
            if after not in names and stages:
                what = Text(f"段階「{after}」はありません", f"there is no stage {after}")
                listed = ", ".join(map(str, names))
                fix = Text(f"{listed} のどれか", f"one of {listed}")
                source, path = raw.origin.of("after")
                layers[0].declared.problems.append(source.problem("unknown-stage", path, what, fix))
            stages.insert(names.index(after) + 1 if after in names else len(stages), raw)
    return stages


def _known_keys(layers: Sequence[Layer]) -> None:
    """Check that every key of a stage is one that some macro asks for."""
    if not any(layer.stages for layer in layers):
        return
    asked = [path.split(".") for layer in layers for path in _KEY.findall(layer.declared.sources[0].text)]
    known = {"name", "after"} | {key for path in asked for key in path[1:]}
    stages = [raw for layer in layers for raw in layer.stages]
    for inside in ("", "rate"):
        tables = [(raw.keys if not inside else raw.keys.get(inside, {}), raw) for raw in stages]
        told = ", ".join(sorted({*(key for keys, _ in tables for key in keys), *(() if inside else ("after",))} & known))
        fix = Text(f"段階のキーは {told}", f"a stage's keys are {told}")
        if inside:
            fix = Text(f"{inside} のキーは {told}", f"the keys of {inside} are {told}")
        for keys, raw in tables:
            for key in keys:
                if key not in known:
                    source, path = raw.origin.of(inside or key)
                    path = (*path, key) if inside else path
                    what = Text("この項目はありません", "there is no such key")
                    layers[0].declared.problems.append(source.problem("unknown-key", path, what, fix))


class StageExpander(Expander):
    """Expands the entries of sections; problems are collected in ``problems``."""

    def __init__(self, stages: Sequence[Raw], macros: Mapping[str, RawSection], said: Said, problems: list[Problem]) -> None:
        self._origins = {str(raw.keys["name"]): raw.origin for raw in stages}
        self.macros = macros
        self.problems = problems
        self._made_so_far = 0
        self._within: list[str] = []
        super().__init__({STAGES: [Item(str(raw.keys["name"]), raw.keys) for raw in stages]}, said)

    def _beside(self, item: Item, whole: tuple[Item, ...]) -> tuple[Item, ...]:
        """Return the chain for a stage: its neighbours are those there, whichever list is gone through."""
        chain = self.lists[STAGES]
        return chain if item in chain else whole

    def count(self, stage: Item) -> str:
        """Return the cell with a stage's count."""
        return self._as_text(self.value_of(stage, STAGES, "count"))

    def section(self, raw: RawSection) -> RawSection:
        """Return the section with its entries repeated."""
        keys = dict(raw.keys.keys)
        lines = keys.get("line")
        if isinstance(lines, list) and all(isinstance(line, dict) for line in lines):
            origin = raw.keys.origin
            entries = [Raw(line, Origin(origin.source, (*origin.path, "line", at), {})) for at, line in enumerate(lines)]
            keys["line"] = [each.keys for each in self._entries("line", entries)]
        cells, checks, flows = ([*self._entries(kind, group)] for kind, group in raw.groups())
        return RawSection(Raw(keys, _copy(raw.keys.origin)), cells, checks, flows)

    def words(self, spoken: Sequence[Raw]) -> dict[str, Any]:
        """Return the words that are repeated."""
        return {str(raw.keys.get("name")): raw.keys.get("text") for raw in self._entries("word", spoken)}

    def _entries(self, kind: str, entries: Sequence[Raw], repeated: bool = False) -> Iterator[Raw]:
        for raw in entries:
            if any(key in raw.keys for key in _REPEATS):
                yield from self._repeated(kind, raw)
            else:
                yield self._filled_in(raw, repeated)

    def _repeated(self, kind: str, raw: Raw) -> Iterator[Raw]:
        bodies = self._bodies(kind, raw)
        try:
            for _ in self.repeated(raw.keys.get("each", [])):
                if not self.holds(raw.keys.get("when", [])):
                    continue
                if bodies is None:
                    yield self._filled_in(raw, repeated=True)
                else:
                    self._within.append(str(raw.keys["macro"]))
                    yield from self._entries(kind, bodies, repeated=True)
                    self._within.pop()
        except MacroError as bad:
            self._refuse(raw, "each" if "each" in raw.keys else "when", bad)

    def _bodies(self, kind: str, raw: Raw) -> list[Raw] | None:
        """Return the entries of the macro that an entry uses; None if it uses none."""
        if "macro" not in raw.keys:
            return None
        if len(self._within) > _MAX_WITHIN:
            what = Text("マクロが自分自身を使っています", "a macro uses itself")
            if len(set(self._within)) == len(self._within):
                what = Text(
                    f"マクロの中のマクロは{_MAX_WITHIN}段までです",
                    f"macros are used within macros more than {_MAX_WITHIN} deep",
                )
            self._refuse(raw, "macro", MacroError(what))
            return []
        macro = self.macros.get(str(raw.keys["macro"]))
        if macro is None:
            listed = ", ".join(sorted(self.macros))
            what = Text(f"マクロ「{raw.keys['macro']}」はありません", f"there is no macro {raw.keys['macro']}")
            self._refuse(raw, "macro", MacroError(what, Text(f"{listed} のどれか", f"one of {listed}") if listed else None))
            return []
        for key in raw.keys:
            if key not in (*_REPEATS, "after"):
                what = Text(f"macro を使う行に {key} は書けません", f"an entry that uses a macro can't have {key}")
                self._refuse(raw, key, MacroError(what, Text("each, when だけです", "it may have each and when")))
        found = dict(macro.groups()).get(kind, [])
        return [Raw(each, macro.keys.origin) for each in macro.keys.keys.get("line", [])] if kind == "line" else found

    def _filled_in(self, raw: Raw, repeated: bool) -> Raw:
        """Return an entry with its places filled; a value that is one place takes on what is there, and is left out if nothing is."""
        self._made_so_far += 1
        if self._made_so_far > _MAX_ENTRIES:
            self._refuse(raw, "each", EndlessError())
        keys: dict[str, Any] = {}
        for key, value in raw.keys.items():
            if repeated and key in _REPEATS:
                continue
            try:
                made = self._in(value, repeated)
            except MacroError as bad:
                self._refuse(raw, key, bad)
                continue
            if made is not None:
                keys[key] = made
        origin = self._origin(raw) if repeated else _copy(raw.origin)
        return Raw(keys, origin)

    def _origin(self, raw: Raw) -> Origin:
        """Return where an entry comes from: the stage, if that is of another text than the macro."""
        for bound in self.bound.values():
            stage = self._origins.get(bound.item.name)
            if stage is not None and stage.source is not raw.origin.source:
                return Origin(stage.source, stage.path, {})
        return _copy(raw.origin)

    def _in(self, value: Any, all_places: bool) -> Any:
        """Return a value with the places in its texts filled; None if it is a place for nothing."""
        if isinstance(value, list):
            return [each for one in value if (each := self._in(one, all_places)) is not None]
        if isinstance(value, dict):
            if set(value) == set(LANGUAGES) and all(isinstance(each, str) for each in value.values()):
                return {lang: self._text_in(value[lang], all_places, lang) for lang in LANGUAGES}
            return {key: made for key, each in value.items() if (made := self._in(each, all_places)) is not None}
        if not isinstance(value, str) or "{" not in value:
            return value
        whole = _WHOLE.match(value)
        if whole is None:
            return self._text_in(value, all_places, None)
        if not (all_places or self._is_known(whole[1])):
            return value
        made = self._value(whole[1])
        if isinstance(made, str):  # a derived text may be another one in each language
            texts = {lang: self.fill(value, lang) for lang in LANGUAGES}
            made = texts if len(set(texts.values())) > 1 else made
        return self._as_text(made) if isinstance(made, Bound) else None if made == "" else made

    def _text_in(self, text: str, all_places: bool, lang: str | None) -> str:
        if all_places:
            return self.fill(text, lang)
        # Beside repetition a text may have braces of its own.
        return PLACE.sub(lambda place: self.fill(place[0], lang) if self._is_known(place[1]) else place[0], text)

    def _is_known(self, path: str) -> bool:
        head = path.partition(".")[0]
        return head in self.bound or head in self.said.texts or head in self.lists

    def _refuse(self, raw: Raw, key: str, bad: MacroError) -> None:
        source, path = raw.origin.of(key)
        if key in raw.keys and path == raw.origin.path:
            path = (*path, key)
        problem = source.problem("macro", path, bad.what, bad.fix)
        if isinstance(bad, EndlessError):
            raise TemplateError(problem)
        if problem not in self.problems:
            self.problems.append(problem)


def _copy(origin: Origin) -> Origin:
    return origin._replace(keys=dict(origin.keys))
