"""What became of a workbook: nothing that people did is lost, nothing else changes unsaid, and the figures are right."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import referee
from package_audit import audit

from kgisheet import api

from .look import Look, Where, plain

RESET = re.compile(
    r"month_\w+_(override|initial|reported)|before_\w+_reported|last_\w+|opening_\w+|closed_through|as_of_month|next_year_revenue|start_month|title|approval_(deadline|date|ask)"
)
"""Inputs that a new year begins without, or with other values."""
GUIDES = ("使い方", "Guide")


class Case(NamedTuple):
    """A workbook before and after: where people typed, which sheets are ours, which of them became values."""

    before: Look
    after: Look
    outcome: api.Outcome
    typed: frozenset[Where]
    ours: frozenset[str]
    takes: frozenset[str]
    kinds: frozenset[str]
    rounding: str
    guides: frozenset[str]
    """The sheets that list the others, by the titles that they have now."""

    @property
    def rolled(self) -> frozenset[str]:
        return frozenset(self.outcome.closed)


class Loss(NamedTuple):
    kind: str
    what: str


def losses(case: Case) -> Iterator[Loss]:
    for look in LOOKS:
        yield from look(case)


def sound(case: Case) -> Iterator[Loss]:
    """The package is one that Excel opens without repairing it, if it was one before."""
    try:
        audit(case.before.data)
    except AssertionError:
        return
    try:
        audit(case.after.data)
    except AssertionError as error:
        yield Loss("package", str(error)[:300])


def without_records(texts: bytes) -> bytes:
    """A list of shared texts whose pieces of an old record are emptied: all else in it stays to the byte."""
    return re.sub(rb"(<si>)<t(?: xml:space=\"preserve\")?>\|[^<]*\|</t>(</si>)", rb"\1<t></t>\2", texts)


def foreign_parts(case: Case) -> Iterator[Loss]:
    before, after = case.before, case.after
    allowed = {"[Content_Types].xml", before.workbook, f"xl/_rels/{before.workbook.rpartition('/')[2]}.rels", "docProps/custom.xml", "docProps/app.xml", "docProps/core.xml"}  # fmt: skip
    allowed |= {before.sheets[title] for title in {*case.ours, "_kgisheet"} if title in before.sheets}
    added = set(case.outcome.added)
    if added:
        allowed |= {each for each in before.parts if each.endswith("styles.xml")}
    for name, content in before.parts.items():
        if name not in after.parts:
            if "calcChain" not in name:
                yield Loss("part gone", name)
        elif after.parts[name] != content and name not in allowed and without_records(content) != after.parts[name]:
            yield Loss("part changed", name)
    expected = {each for title in added for each in _with_relations(after, after.sheets.get(title, ""))}
    for name in after.parts.keys() - before.parts.keys() - expected:
        yield Loss("part added", name)
    if case.outcome.data != before.data and any("calcChain" in name for name in after.parts):
        yield Loss("calcChain stays", "")
    if before.styles() != after.styles()[: len(before.styles())]:
        yield Loss("styles renumbered", "")
    titles = list(before.sheets)
    if [title for title in after.sheets if title not in added] != titles or not added <= set(after.sheets):
        yield Loss("sheets", str(list(after.sheets)))
    for key, text in before.names.items():
        if after.names.get(key) != text and not (text.startswith("#REF!") or "#REF!" in text):
            yield Loss("name changed", f"{key} {text} {after.names.get(key)}")


def _with_relations(look: Look, part: str) -> set[str]:
    found = look.related(part)
    return found | {f"{each.rpartition('/')[0]}/_rels/{each.rpartition('/')[2]}.rels" for each in found}


def cells(case: Case) -> Iterator[Loss]:
    """Every cell holds what it held, but for those that the outcome names."""
    before, after = case.before.contents, case.after.contents
    said = {(each.sheet, each.cell): each.name or "" for each in case.outcome.changes}
    for where in before.keys() | after.keys():
        sheet = where[0]
        if sheet in case.outcome.added or sheet == "_kgisheet":
            continue
        was, now = before.get(where), after.get(where)
        if was == now:
            continue
        is_formula = where in case.before.formulas
        if sheet in case.rolled:
            if not is_formula:
                yield Loss("typed in a closed tab", f"{where} {was!r} {now!r}")
            continue
        if sheet not in case.ours:
            yield Loss("foreign cell", f"{where} {was!r} {now!r}")
        elif where in case.typed:
            name = said.get(where, "")
            reset = case.rolled and RESET.match(name.rpartition("!")[2])
            if not ({"ours", f"{sheet}!{where[1]}", name} & case.takes or reset):
                yield Loss("typed", f"{where} {name} {was!r} {now!r}")
        elif (
            where not in said and not (is_formula and "#REF!" in str(was)) and not (is_formula and where in case.after.formulas)
        ):
            yield Loss("unsaid", f"{where} {was!r} {now!r}")
        elif where not in said and is_formula and "#REF!" not in str(was) and sheet in case.ours and not case.rolled:
            yield Loss("formula rewritten", f"{where} {was!r} {now!r}")


def values_in_closed_tabs(case: Case) -> Iterator[Loss]:
    """What a closed tab shows is what it showed."""
    if not case.rolled:
        return
    was, now = case.before.shown, case.after.contents
    for where in case.before.formulas:
        if where[0] in case.rolled and not referee.same(plain(was.get(where)), plain(now.get(where))):
            if str(now.get(where)).startswith(("確定", "Final")):
                continue
            if "name gone" in case.kinds:
                continue  # what is shown is #NAME?, what is kept is what it should be
            yield Loss("closed value", f"{where} {was.get(where)!r} {now.get(where)!r}")


def surroundings(case: Case) -> Iterator[Loss]:
    for title in case.before.sheets:
        if title not in case.ours or title not in case.after.sheets:
            continue
        before, after = case.before.pages[title], case.after.pages[title]
        # The contents on 使い方 lead to the new year's tabs, and to tabs under the titles that they have now.
        is_list = title in case.guides and (case.rolled or "rename" in case.kinds)
        was, now = ([each for each in page.rest if not (is_list and "hyperlink" in each)] for page in (before, after))
        if was != now:
            yield Loss("surroundings", title)
        for row, attributes in before.rows.items():
            if attributes != after.rows.get(row):
                yield Loss("row", f"{title} {row}")
        for cell, stored in before.cells.items():
            style = after.cells[cell].style if cell in after.cells else None
            if stored.style != style:
                yield Loss("format", f"{title} {cell} {stored.style} {style}")


def findings(case: Case) -> Iterator[Loss]:
    """`check` finds no error, and no warning, that was not there before."""
    before = api.check(case.before.data, "b.xlsx").findings
    known = {(each.code, each.sheet, each.cell) for each in before}
    codes = {each.code for each in before}
    for each in api.check(case.after.data, "b.xlsx").findings:
        if each.code == "X05" and case.rounding != "up":
            continue  # rounding down misses the goal, and says so
        if (each.sheet, each.cell) in case.typed:
            continue  # theirs to answer for
        if each.code == "X01" and "spare channel" in case.kinds:
            continue  # a channel of theirs beside the plan's new shares: in conflict, and said to be
        if each.code == "S05" and "hidden" in case.kinds:
            continue
        if each.severity != "note" and (each.code, each.sheet, each.cell) not in known:
            kind = f"new {each.severity}" + (" of a known code" if each.code in codes else "")
            yield Loss(f"{kind} {each.code}", f"{each.sheet}!{each.cell} {each.name} {each.message.en}")


def figures(case: Case) -> Iterator[Loss]:
    """The cached values are those of a foreign engine."""
    theirs = case.after.recalculated
    ours = case.after.cached
    for where in sorted(case.after.formulas):
        if where[0] not in case.ours and where[0] not in case.outcome.added:
            continue
        if not referee.same(plain(ours.get(where)), plain(theirs.get(where))):
            yield Loss("figure", f"{where} {ours.get(where)!r} {theirs.get(where)!r} {case.after.contents[where][:80]}")


def said(case: Case) -> Iterator[Loss]:
    """Of each change that is listed, both values stand in the files; and each figure that changed is listed."""
    answer = case.outcome.to_dict()
    if set(answer) - {"changes", "kept", "conflicts", "depending", "added", "closed"}:
        yield Loss("json", str(list(answer)))
    for key in ("changes", "kept", "conflicts"):
        for each in answer[key]:
            if list(each) != ["sheet", "cell", "name", "before", "after"]:
                yield Loss("json", str(each))
    if case.outcome.data == case.before.data:
        return
    was, now = case.before.shown, case.after.cached
    listed = {(each.sheet, each.cell) for each in case.outcome.changes}
    if len(listed) != len(case.outcome.changes):
        yield Loss("listed twice", "")
    for each in case.outcome.changes:
        where = (each.sheet, each.cell)
        for kind, value, there in (("before", each.before, was.get(where)), ("after", each.after, now.get(where))):
            if kind == "before" and {"name gone", "tab gone"} & case.kinds:
                continue  # then #NAME? or #REF! is shown, and what it should be is told
            if not _says(value, there):
                yield Loss(f"{kind} is not what is there", f"{where} {each.name} {value!r} {there!r}")
    for each in (*case.outcome.kept, *case.outcome.conflicts):
        where = (each.sheet, each.cell)
        if not _says(each.before, now.get(where)) and where in case.typed:
            yield Loss("kept is not what is there", f"{where} {each.name} {each.before!r} {now.get(where)!r}")
    # Of a tab that was gone the whole is listed as new, not each cell that got its figures back.
    if {"name gone", "tab gone"} & case.kinds:
        return
    named = {(each.sheet, each.cell) for each in api.records_of_book(case.after.data, "b.xlsx")[1]}
    for where in named & case.before.formulas & case.after.formulas:
        if (
            where[0] not in case.outcome.added
            and not referee.same(plain(was.get(where)), plain(now.get(where)))
            and where not in listed
        ):
            yield Loss("change not listed", f"{where} {was.get(where)!r} {now.get(where)!r}")


def _says(value: Any, there: Any) -> bool:
    """Whether a value of the JSON is what a cell shows."""
    if value == there:
        return True  # the title of a tab in the contents is a text
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d(-\d\d)?", value):
        shown = there if isinstance(there, datetime.datetime) else _day(there)
        return shown is not None and f"{shown:%Y-%m-%d}".startswith(value)
    return referee.same(plain(value), plain(there))


def _day(value: Any) -> datetime.datetime | None:
    return datetime.datetime(1899, 12, 30) + datetime.timedelta(days=value) if isinstance(value, (int, float)) else None


LOOKS: tuple[Callable[[Case], Iterator[Loss]], ...] = (
    sound, foreign_parts, cells, values_in_closed_tabs, surroundings, findings, figures, said,
)  # fmt: skip
