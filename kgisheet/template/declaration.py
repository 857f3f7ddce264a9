"""A template as its author wrote it: its TOML, merged with that of its base.

A template may extend a shipped one (``base = "standard"``): its sections are
matched by key and its cells by name, its own keys replace those of the
base, ``drop`` removes cells, checks and sections.
"""

from __future__ import annotations

import pickle
from typing import Any

from ..errors import Problem, TemplateError
from ..language.text import Text
from ..values.recent import Recent
from ..values.toml import Path, Source, read
from . import locate, precompiled, stages
from .model import Origin
from .raw import Declaration, Layer, Raw, RawSection
from .sheets import BEFORE, before

_MAX_BASES = 4


def example(declaration: Declaration, lang: str) -> dict[str, Any]:
    """Return the worked example as a plan's table, its texts in ``lang``; empty if the template has none."""

    def localised(value: Any) -> Any:
        if isinstance(value, dict):
            if set(value) == {"ja", "en"}:
                return value[lang]
            return {key: localised(each) for key, each in value.items()}
        return [localised(each) for each in value] if isinstance(value, list) else value

    return {key: localised(each) for key, each in declaration.example.items()}


def open_shipped(name: str) -> Declaration:
    """Return the shipped template ``name``; raise TemplateError listing the available names."""
    text = locate.read(name)
    if text is None:
        raise TemplateError(unknown(name))
    return parse(text, f"{name}.toml")


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def unknown(name: str, source: str | None = None, line: int | None = None) -> Problem:
    names = ", ".join(locate.shipped())
    return Problem(
        "unknown-template",
        Text(f"テンプレート「{_cut(name)}」はありません", f"there is no template “{_cut(name)}”"),
        Text(f"{names} のどれか、またはテンプレートのファイル(.toml)", f"one of {names}, or a template file (.toml)"),
        source,
        line,
        "template",
    )


def parse(data: bytes | str, name: str, bases: dict[str, str] | None = None) -> Declaration:
    """Return the template in ``data``. ``bases`` are texts to use instead of the shipped ones (a workbook carries them).

    The same texts give the same declaration: it is shared and must not be modified.
    """
    key = (data, name, tuple(sorted((bases or {}).items())))
    return _RECENT.get(key, lambda: _parse(data, name, bases or {}, 0))


_RECENT: Recent[Declaration] = Recent(8)


def _parse(data: bytes | str, name: str, bases: dict[str, str], depth: int) -> Declaration:
    ready = precompiled.declaration(Source(name, data)) if isinstance(data, str) else None
    if ready is not None and all(each.text == _base(each.name.removesuffix(".toml"), bases) for each in ready.sources[1:]):
        return ready
    layers = _layers(data, name, bases, depth)
    chain = {str(raw.keys.get("name")) for layer in layers for raw in layer.stages}
    *above, joined = stages.expanded(layers)
    for each in reversed(above):
        known = _names(joined) | chain
        if not _dropped(each) <= known:  # cells of a stage that is dropped with it
            base = str(each.head["base"])
            known |= _names(_parse(_base(base, bases) or "", f"{base}.toml", bases, depth + 1))
        joined = _join(joined, each, known)
    return joined


def _layers(data: bytes | str, name: str, bases: dict[str, str], depth: int) -> list[Layer]:
    """Return the texts of a template, its own first, then its base's, and what that is based on."""
    table, source = _read(data, name) if depth else read(data, name, TemplateError)
    own = _own(table, source)
    head = own.declared.head
    if "base" not in head:
        if not own.declared.sheets:  # as workbooks carry it that were made before
            own.declared.sheets.extend(_own(*read(before(), BEFORE, TemplateError)).declared.sheets)
        return [own]
    text = _base(str(head["base"]), bases)
    if text is None or depth >= _MAX_BASES:
        missing = unknown(str(head["base"]), source.name, source.line(("template", "base")))
        shipped = ", ".join(locate.shipped())
        only = Text(f"base にできるのは {shipped} だけです", f"a base is one of {shipped}")
        raise TemplateError(missing._replace(fix=only, key="template.base"))
    return [own, *_layers(text, f"{head['base']}.toml", bases, depth + 1)]


def _read(text: bytes | str, name: str) -> tuple[dict[str, Any], Source]:
    """Return a base's TOML: each template that extends it changes a copy of its own, which costs a twentieth of reading it."""
    packed, source = _BASES.get((text, name), lambda: _packed(text, name))
    return pickle.loads(packed), source  # noqa: S301  (packed by this process)


def _packed(text: bytes | str, name: str) -> tuple[bytes, Source]:
    table, source = read(text, name, TemplateError)
    return pickle.dumps(table, pickle.HIGHEST_PROTOCOL), source


_BASES: Recent[tuple[bytes, Source]] = Recent(4)


def _base(name: str, bases: dict[str, str]) -> str | None:
    return bases.get(name) or locate.read(name)


_LISTS = ("cell", "check", "flow")
_TABLES = ("template", "words", "source", "example", "roles")
_TOP = (*_TABLES, "sheet", "section", "stage", "macro", "word", *stages.SAID)


def _own(table: dict[str, Any], source: Source) -> Layer:
    problems: list[Problem] = []
    for key in table:
        if key not in _TOP:
            problems.append(
                source.problem(
                    "unknown-key",
                    (key,),
                    Text("この項目はありません", "there is no such key"),
                    Text(f"使えるのは {', '.join(_TOP)}", f"available: {', '.join(_TOP)}"),
                )
            )
    tables: dict[str, dict[str, Any]] = {}
    for key in (*_TABLES, *stages.SAID):
        value = table.get(key, {})
        if not isinstance(value, dict):
            problems.append(source.problem("type", (key,), Text("表 [ ] が要ります", "this should be a table")))
            value = {}
        tables[key] = value

    def listed(key: str) -> list[RawSection]:
        """Return an array of tables, each with the entries that it has of every kind."""
        found = []
        for index, keys in enumerate(_dicts(table.get(key, []), source, (key,), problems)):
            path: Path = (key, index)
            own = {k: v for k, v in keys.items() if k not in _LISTS}
            raw = RawSection(Raw(own, Origin(source, path, {k: (source, (*path, k)) for k in own})), [], [], [])
            for kind, into in raw.groups():
                for number, entry in enumerate(_dicts(keys.get(kind, []), source, (*path, kind), problems)):
                    here = (*path, kind, number)
                    into.append(Raw(dict(entry), Origin(source, here, {k: (source, (*here, k)) for k in entry})))
            found.append(raw)
        return found

    def plain(key: str) -> list[Raw]:
        return [each.keys for each in listed(key)]

    head, words, references, example, roles = (tables[key] for key in _TABLES)
    declared = Declaration(head, words, references, example, listed("section"), [source], problems, plain("sheet"), roles=roles)
    return Layer(declared, plain("stage"), listed("macro"), {key: tables[key] for key in stages.SAID}, plain("word"))


def _dicts(value: Any, source: Source, path: Path, problems: list[Problem]) -> list[dict[str, Any]]:
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        return value
    problems.append(source.problem("type", path, Text("[[ ]] の並びが要ります", "this should be an array of tables, [[ ]]")))
    return []


def _cells_of(line: Any) -> set[str]:
    """Return the cells that a line of a grid names."""
    cells = line.get("cells") if isinstance(line, dict) else None
    return {each for each in cells if isinstance(each, str)} if isinstance(cells, list) else set()


def _names(declaration: Declaration) -> set[str]:
    """Return the names of a template's sections, cells, checks and flows."""
    keys = {str(section.keys.keys.get("key")) for section in declaration.sections}
    return keys | {
        str(raw.keys.get("name")) for section in declaration.sections for _, group in section.groups() for raw in group
    }


def _dropped(declaration: Declaration) -> set[Any]:
    dropped = declaration.head.get("drop", [])
    return set(map(str, dropped)) if isinstance(dropped, list) else set()


def _join(base: Declaration, own: Declaration, known: set[str]) -> Declaration:
    drop = _dropped(own)
    for section in base.sections:
        for _, group in section.groups():
            group[:] = [raw for raw in group if raw.keys.get("name") not in drop]
        # What is spread over the months goes with the stage that it is of.
        section.flows[:] = [raw for raw in section.flows if raw.keys.get("of") not in drop]
        lines = section.keys.keys.get("line")
        if isinstance(lines, list):
            section.keys.keys["line"] = [line for line in lines if not drop & _cells_of(line)]
    base.sections[:] = [section for section in base.sections if section.keys.keys.get("key") not in drop]
    for key, kind in (("drop", list), ("without", dict)):
        if not isinstance(own.head.get(key, kind()), kind):
            what = Text("名前の並び [ … ] が要ります", "a list of names is needed")
            if kind is dict:
                what = Text('{ キー = "テンプレート" } が要ります', "{ a key = a template } is needed")
            own.problems.append(own.sources[0].problem("type", ("template", key), what))
    own.problems.extend(
        own.sources[0].problem(
            "unknown-name",
            ("template", "drop"),
            Text(f"土台に {name} はありません", f"the base has no {name} to drop"),
        )
        for name in sorted(map(str, drop - known))
    )
    for section in own.sections:
        _join_section(base, section)
    for sheet in own.sheets:
        _join_sheet(base.sheets, sheet)
    # "without" leads to another shipped template, which a template of its own must not slip into.
    inherited = {key: value for key, value in base.head.items() if key not in ("without", "base", "drop")}
    # What the file says itself comes first in every message and in the digest.
    return Declaration(
        {**inherited, **own.head},
        {**base.words, **own.words},
        {**base.references, **own.references},
        own.example or base.example,
        base.sections,
        own.sources + base.sources,
        own.problems + base.problems,
        base.sheets,
        {**base.roles, **own.roles},
        inherits_example=not own.example,
    )


def _position(own: Raw, there: list[Any]) -> int:
    """Return where a new entry comes among those there: behind the one that its ``after`` names, which is taken out, or last."""
    after = own.keys.pop("after", None)
    return there.index(after) + 1 if after in there else len(there)


def _join_sheet(base: list[Raw], own: Raw) -> None:
    found = next((each for each in base if each.keys.get("id") == own.keys.get("id")), None)
    if found is not None:
        found.override(own)
        return
    base.insert(_position(own, [each.keys.get("id") for each in base]), own)


def _join_section(base: Declaration, own: RawSection) -> None:
    key = own.keys.keys.get("key")
    target = next((section for section in base.sections if section.keys.keys.get("key") == key), None)
    if target is None:
        base.sections.insert(_position(own.keys, [section.keys.keys.get("key") for section in base.sections]), own)
        return
    target.keys.override(own.keys)
    for mine, theirs, every in (
        (own.cells, target.cells, [section.cells for section in base.sections]),
        (own.checks, target.checks, [section.checks for section in base.sections]),
        (own.flows, target.flows, [section.flows for section in base.sections]),
    ):
        for raw in mine:
            name = raw.keys.get("name")
            found = next((other for group in every for other in group if other.keys.get("name") == name), None)
            if found is not None:
                found.override(raw)
                continue
            theirs.insert(_position(raw, [other.keys.get("name") for other in theirs]), raw)
