"""The new form of a workbook: its template of today, its sheets, and the plan that lays it out."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Collection, Sequence
from typing import Any

from ..check.subject import Subject
from ..errors import BookError, KgisheetError, Problem, RequestError, TemplateError
from ..extract.plan import extract
from ..filled.workbook import FilledBook
from ..language.text import Text
from ..plan.examples import beginning
from ..plan.inputs import Input, value_of
from ..plan.load import Plan, load
from ..regenerate.inputs import alike
from ..template.declaration import example, open_shipped, parse
from ..template.locate import shipped
from ..template.raw import Declaration
from ..template.sheets import DRAWN, OF_PAGE, WORK, SheetList
from ..template.tables import CHANNEL, TAB_MONTH
from ..values.toml import Source, write

_BEYOND = ("figures of one's own=",)
"""As a setting: what the example has on sheets beyond the page is left out."""


def template_of_today(old: FilledBook) -> Declaration:
    """Return the shipped template as it is now; somebody's own one, upon the shipped one as it is now."""
    own = old.declaration.sources[0]
    name = own.name.removesuffix(".toml")
    if name in shipped():
        return open_shipped(name)
    return parse(own.text, own.name)


def does_not_fit(old: FilledBook, bad: TemplateError) -> BookError:
    """Return the error of somebody's own template that can't be used upon the base of today."""
    name = old.declaration.sources[0].name
    what = Text(
        f"このブックのテンプレート「{name}」は、このバージョンの元のテンプレートに合いません",
        f"the workbook's own template “{name}” doesn't fit today's base template",
    )
    fix = Text(
        "テンプレートを直し、--template で指定してください",
        "correct the template, and name it with --template",
    )
    return BookError(Problem("own-template", what, fix, old.source), *bad.problems)


def refuse_unknown(to: Declaration, asked: Sequence[str]) -> None:
    """Raise RequestError for sheets that the template doesn't have."""
    listed = to.listed
    unknown = [each for each in asked if each != "all" and listed.called(each) is None]
    if unknown:
        seen = [each for each in listed.all if each.kind != WORK]
        what = Text(
            f"シート「{'」「'.join(unknown)}」はありません",
            f"there is no sheet {', '.join(f'“{each}”' for each in unknown)}",
        )
        fix = Text(
            f"{'、'.join(each.title.ja for each in seen)} から選んでください",
            f"choose from {', '.join(each.title.en for each in seen)}",
        )
        raise RequestError(Problem("sheets", what, fix))


def is_current(old: FilledBook, to: Declaration, asked: Sequence[str]) -> bool:
    """Return whether a workbook was made by this very template, with the sheets that are asked for."""
    there = old.read.carried.get("sheets", [])
    wanted = (
        to.listed.whole if list(asked) == ["all"] else [each.id for each in map(to.listed.called, asked) if each is not None]
    )
    return to.digest == old.read.carried.get("digest") and set(wanted) <= set(there if isinstance(there, list) else ())


def plan_of(old: FilledBook, subject: Subject, to: Declaration, asked: Sequence[str], used: Collection[str]) -> Plan:
    """Return a plan that lays out the new workbook; ``used`` are the names that other people's sheets use.

    It is that of the workbook's inputs; if they make none (a workbook half filled in), the one that it carries,
    else the worked example: what people typed is typed into it all the same.
    """
    sheets = ["all"] if list(asked) == ["all"] else _sheets(old, subject, to, asked, used)
    first: Exception | None = None
    for text in (extract(old, _as_tabs_say(old))[0], str(old.read.carried.get("plan", "")), write(example(to, old.lang))):
        try:
            return _loaded(text, old, to, sheets)
        except (KgisheetError, tomllib.TOMLDecodeError) as bad:
            if isinstance(bad, TemplateError):
                raise
            first = first or bad
    assert first is not None
    raise first


def _as_tabs_say(old: FilledBook) -> dict[str, Input | list[Input]]:
    """Return the inputs with the year that the tabs are of: another first month that somebody typed is typed again."""
    months = old.inputs.get(TAB_MONTH)
    first = months[0] if isinstance(months, list) and months else None
    return old.inputs if not isinstance(first, datetime.date) else {**old.inputs, old.roles.start_month: first}


def _loaded(text: str, old: FilledBook, to: Declaration, sheets: list[str]) -> Plan:
    table = tomllib.loads(text)
    table = {"template": None, **_without(table, to, sheets), "sheets": sheets}
    table["template"] = str(to.head.get("name"))
    return load(table, Source(old.source, write(table)), old.lang, declaration=to)


def _without(table: dict[str, Any], to: Declaration, sheets: list[str]) -> dict[str, Any]:
    """Return the plan without the parts of sheets that aren't made: an example's figures are nobody's."""
    listed = to.listed
    made = set(
        listed.whole if sheets == ["all"] else listed.with_needed(each.id for each in map(listed.called, sheets) if each)
    )
    gone: set[str] = set()
    of_channels: set[str] = set()
    for section in to.sections:
        own = listed.called(section.keys.keys.get("sheet"))
        if own is not None and own.kind == DRAWN and own.id not in made:
            gone.add(str(section.keys.keys.get("key")))
            for cell in (raw.keys for raw in section.cells):
                if cell.get("per") == CHANNEL and cell.get("input") is True:
                    of_channels.add(str(cell.get("plan", str(cell.get("name")).removeprefix(f"{CHANNEL}_"))))
        for cell in (raw.keys for raw in section.cells):
            beside = listed.called(cell.get("with_sheet"))
            if beside is not None and beside.id not in made:
                gone.add(str(cell.get("plan", cell.get("name"))))
    kept = {key: value for key, value in table.items() if key not in gone}
    if of_channels and isinstance(kept.get(CHANNEL), list):
        kept[CHANNEL] = [{key: value for key, value in row.items() if key not in of_channels} for row in kept[CHANNEL]]
    return kept


def _sheets(old: FilledBook, subject: Subject, to: Declaration, asked: Sequence[str], used: Collection[str]) -> list[str]:
    """Return the ids of the sheets to be made: those of every day that the workbook has, and those that hold something."""
    listed = to.listed
    there = set(_ids(old))
    wanted = {each.id for each in listed.all if not each.full and (each.id in there or each.kind in OF_PAGE)}
    held = {*used, *_typed(old, subject)}
    wanted |= {id_ for id_, cells in _cells_by_sheet(to).items() if cells & held}
    return [*listed.with_needed([*wanted, *(each.id for each in map(listed.called, asked) if each is not None)])]


def _ids(old: FilledBook) -> tuple[str, ...]:
    """Return the ids of the sheets that the workbook was made with."""
    carried, listed = old.read.carried.get("sheets"), old.declaration.listed
    known = [listed.called(each) for each in carried] if isinstance(carried, list) else list(listed.all)
    return tuple(each.id for each in known if each is not None)


def _cells_by_sheet(to: Declaration) -> dict[str, set[str]]:
    """Return the names on each sheet that is only made on request."""
    listed: SheetList = to.listed
    full = {each.id for each in listed.all if each.full}
    found: dict[str, set[str]] = {}
    for section in to.sections:
        own = listed.called(section.keys.keys.get("sheet"))
        for cell in (raw.keys for raw in section.cells):
            beside = listed.called(cell.get("with_sheet"))
            for sheet in (own, beside):
                if sheet is not None and sheet.id in full:
                    found.setdefault(sheet.id, set()).add(str(cell.get("name")))
    return found


def _typed(old: FilledBook, subject: Subject) -> set[str]:
    """Return the inputs with something in them that is neither the template's own beginning nor its worked example."""
    shown = [_inputs(old, beyond=False), _inputs(old, beyond=True)]
    found: set[str] = set()
    for cell, row, where in subject.inputs():
        stored = old.read.cells.get(where)
        if stored is None or (stored.value in (None, "") and stored.formula is None):
            continue
        held = old.value(cell.name, row) if cell.choices is None else value_of(old.inputs, cell.name, row)
        if not any(alike(held, value_of(each, cell.name, row)) for each in shown):
            found.add(cell.name)
    return found


def _inputs(old: FilledBook, beyond: bool) -> dict[str, Input | list[Input]]:
    """Return the inputs of the worked example, with the figures of the sheets beyond the page or without."""
    whole = example(old.declaration, old.lang)
    table = {**(whole if beyond else beginning(old.declaration, whole, _BEYOND)), "sheets": ["all"]}
    try:
        return load(table, Source("", ""), old.lang, declaration=old.declaration).inputs
    except KgisheetError:
        return {}
