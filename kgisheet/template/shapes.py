"""The shapes of stages, macros, lists and texts: what isn't written as it should be is told with its line, and left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..language.text import Text
from ..language.words import LANGUAGES
from .keys import NAME
from .raw import Layer, Raw

Refuse = Callable[[tuple[str | int, ...], Text, Text], bool]

_ENTRY = {"each": "x in stages", "when": "x.key", "macro": "name"}


def check(layer: Layer) -> None:
    """Check the shapes in one text of a template; what is wrong is left out of it."""
    problems, source = layer.declared.problems, layer.declared.sources[0]

    def refuse(path: tuple[str | int, ...], what: Text, fix: Text) -> bool:
        problems.append(source.problem("macro", path, what, fix))
        return False

    def is_right(raw: Raw) -> bool:
        """Return whether the keys of an entry that repeat it are texts, or lists of texts."""
        for key, form in _ENTRY.items():
            if (key in raw.keys and not _texts(raw.keys[key])) or (key == "macro" and isinstance(raw.keys.get(key), list)):
                said = f'{key} = "{form}"'
                return refuse(
                    raw.origin.of(key)[1], Text(f"{key} は文字です", f"{key} is a text"), Text(f"{said} のように", said)
                )
        return True

    def is_named(raw: Raw) -> bool:
        name = raw.keys.get("name")
        if isinstance(name, str) and NAME.match(name):
            return True
        what = Text("name に半角小文字の名前が要ります", "name needs a name in lower case letters")
        return refuse(raw.origin.of("name")[1], what, Text('name = "trials" のように', 'as in name = "trials"'))

    layer.stages[:] = [raw for raw in layer.stages if is_named(raw) and _stage_is_right(raw, refuse)]
    layer.macros[:] = [each for each in layer.macros if is_named(each.keys)]
    for section in (*layer.declared.sections, *layer.macros):
        for _, group in section.groups():
            group[:] = [raw for raw in group if is_right(raw)]
        lines = section.keys.keys.get("line")
        if isinstance(lines, list):
            origin = section.keys.origin
            made = [line for line in lines if not isinstance(line, dict) or is_right(Raw(line, origin))]
            section.keys.keys["line"] = made
    layer.spoken[:] = [raw for raw in layer.spoken if is_right(raw)]
    for kind, right, form in (
        ("list", _is_list, '[{ each = "x in stages", when = "x.key" }] / [{ name = "east" }]'),
        ("text", _is_made, '"…", [{ when = "…", text = "…" }], { each = "x in stages", text = "…", join = " or " }'),
        ("derived", _is_made, '"…", [{ when = "…", text = "…" }]'),
    ):
        said = layer.said[kind]
        for key in [key for key, value in said.items() if not right(value)]:
            refuse(
                (kind, key),
                Text("書き方が違います", "this is written in the wrong form"),
                Text(f"{form} の形で", f"write it as {form}"),
            )
            del said[key]


def _stage_is_right(raw: Raw, refuse: Refuse) -> bool:
    """Return whether a stage's label and rate have their shapes."""
    label, rate = raw.keys.get("label"), raw.keys.get("rate")
    if label is not None and not _in_languages(label):
        what = Text("日本語と英語の文字が要ります", "a text in Japanese and English is needed")
        return refuse(raw.origin.of("label")[1], what, Text('{ ja = "…", en = "…" } の形で', 'as { ja = "…", en = "…" }'))
    name = rate.get("name") if isinstance(rate, dict) else None
    if rate is None or (isinstance(name, str) and NAME.match(name)):
        return True
    what = Text("rate は、率のセルの name を持つ表です", "rate is a table with the name of the cell of the rate")
    form = '[stage.rate] name = "call_rate"'
    return refuse(raw.origin.of("rate")[1], what, Text(f"{form} のように", f"write {form}"))


def _texts(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(each, str) for each in value))


def _in_languages(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == set(LANGUAGES) and all(isinstance(each, str) for each in value.values())


def _is_list(value: Any) -> bool:
    """Return whether this is a list of items, or of choices among those of another list."""
    return isinstance(value, list) and all(
        isinstance(each, dict)
        and (isinstance(each.get("each"), str) or isinstance(each.get("name"), str))
        and _texts(each.get("when", []))
        for each in value
    )


def _is_made(value: Any) -> bool:
    """Return whether this is a text, alternatives, or a repetition."""
    if isinstance(value, str) or _in_languages(value):
        return True
    if isinstance(value, list):
        return all(
            isinstance(each, dict) and _texts(each.get("when", [])) and ("value" in each or _is_made(each.get("text")))
            for each in value
        )
    if not isinstance(value, dict) or not isinstance(value.get("each"), str) or not _is_made(value.get("text")):
        return False
    plain = all(isinstance(value[key], str) for key in ("start", "first", "none") if key in value)
    folds = (
        _is_made(value["join"])
        if "join" in value
        else isinstance(value["text"], str) and ("first" in value or "start" in value)
    )
    return plain and folds and _texts(value.get("among", []))
