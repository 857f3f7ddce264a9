"""Reader: bytes of an .xlsx → its cells, names and settings. Each part is inflated and read once."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any, NamedTuple

from ...language.text import Text
from ...values import budget
from ...values.a1 import Place, matched
from ...values.recent import Recent
from ...values.regex import regex
from ...worksheet import provenance
from . import formats, relations, texts
from .contrast import painted, unread
from .damaged import told
from .formats import codes
from .intake import inspect
from .odd import Odd, OddCell, OddSheet, Titles
from .sheetpart import Bounds, Cover, Filled, Rule, SheetPart, Styles
from .xml import Element, XmlError, of_part, tags, tree, whole

__all__ = ["BookFacts", "Filled", "Read", "SheetFacts", "as_date", "day", "read"]


class SheetFacts(NamedTuple):
    """The properties of a sheet beyond its cells. Rows and columns from 0; areas as (row, col, last row, last col)."""

    title: str
    hidden: bool
    hidden_rows: frozenset[int]
    hidden_cols: frozenset[int]
    merged: tuple[Bounds, ...]
    protected: bool
    rules: tuple[Rule, ...]
    covers: tuple[Cover, ...] = ()
    has_folds: bool = False
    folded_rows: frozenset[int] = frozenset()
    folded_cols: frozenset[int] = frozenset()


class BookFacts(NamedTuple):
    """The workbook's calculation settings, and the program that saved it.

    ``full_calc``: programs recalculate everything on opening.
    """

    manual: bool
    iterative: bool
    as_displayed: bool
    from_1904: bool
    program: str
    full_calc: bool = False


class Read(NamedTuple):
    """A workbook as read. ``cells`` by (sheet, row, col) from 0; ``carried`` is {} if nothing is carried.

    ``local_names`` by (sheet, name in lower case) are those that a copied sheet brings along; ``loose`` are names, by the
    same key ("" for the workbook's own), that refer to no fixed cells, such as ``目標設定!D7`` without its ``$``, with their text;
    ``links`` are the files of other workbooks, the first being [1] in formulas;
    ``properties`` are the custom document properties. ``odd`` is what means nothing in it.
    """

    cells: dict[tuple[str, int, int], Filled]
    names: dict[str, Place]
    carried: dict[str, Any]
    properties: dict[str, Any]
    sheets: tuple[SheetFacts, ...]
    facts: BookFacts
    local_names: Mapping[tuple[str, str], Place] = MappingProxyType({})
    links: tuple[str, ...] = ()
    loose: Mapping[tuple[str, str], str] = MappingProxyType({})
    odd: Odd = Odd()


_LARGE = 500_000
"""Bytes of a sheet that is not kept; ours have a fifth of it."""
_SHEETS: Recent[SheetPart] = Recent(64)
_Looks = tuple[list[str], list[bool], frozenset[int]]
_LOOKS: Recent[_Looks] = Recent(8)
_REFERENCE = regex(r"^(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$")
_FIXED = regex(r"!\$[A-Z]{1,3}\$\d{1,7}(?::\$[A-Z]{1,3}\$\d{1,7})?$")


def read(data: bytes, source: str) -> Read:
    """Return the cells and names of a workbook; raise BookError in words if it can't be read."""
    return read_parts(inspect(data, source), source)


def read_parts(parts: Mapping[str, bytes], source: str) -> Read:
    """Return the cells and names of a workbook whose parts have been inspected, and inflated, already."""
    again = Text("Excelで開いて保存し直してください", "open it in Excel and save it again")
    with budget.of_file(source), told(source, again):
        return _read(parts)


def _read(parts: Mapping[str, bytes]) -> Read:
    main = relations.one(parts, "", relations.WORKBOOK) or "xl/workbook.xml"
    if main not in parts:
        raise XmlError("ブックの部品がありません", "no workbook part")
    with of_part(main):
        workbook = tree(parts[main])
    if (rels := relations.rels_part(main)) not in parts:
        raise XmlError(f"{rels} がありません", f"{rels} is missing")
    linked = {each.id: each for each in relations.relations(parts, main)}
    by_kind = {each.kind: parts.get(each.target) for each in linked.values()}
    facts = _book_facts(workbook, parts)
    said = by_kind.get(relations.STYLES)
    made_of = said, by_kind.get(relations.SHARED_STRINGS), facts.from_1904
    _count_tags(parts, linked)
    with of_part("sharedStrings.xml"):
        shared = texts.shared(made_of[1])
    with of_part("styles.xml"):
        formats, lost, covering = _looks(said)
    styles = Styles(formats, lost, shared, facts.from_1904, covering)
    if any(each.kind == relations.SHARED_STRINGS and each.target not in parts for each in linked.values()):
        raise XmlError("文字列の部品がありません", "the part with the texts is missing")
    cells: dict[tuple[str, int, int], Filled] = {}
    sheets: list[SheetFacts] = []
    taken: set[str] = set()
    letters = 0
    odd_cells: list[OddCell] = []
    odd_sheets: list[OddSheet] = []
    titles_of, order = Titles(), list[str]()
    for each in _children(workbook, "sheets", "sheet"):
        relation, called = linked.get(each.get("id")), each.get("name")
        if not called:
            raise XmlError("名前のないシートがあります", "a sheet has no name")
        title = titles_of.own(called)
        order.append(title)
        if relation is None or relation.kind != relations.WORKSHEET:
            if relation is None or relation.kind != relations.CHARTSHEET:  # which has no cells
                odd_sheets.append(OddSheet(called, "lost"))
            continue
        if relation.target not in parts:
            raise XmlError(f"{relation.target} がありません", f"{relation.target} is missing")
        if relation.target in taken:
            raise XmlError("2つのシートが同じ部品を指しています", f"two sheets are said to be in {relation.target}")
        taken.add(relation.target)
        with of_part(relation.target):
            part = _sheet(parts[relation.target], styles, made_of)
        if title != called:
            odd_sheets.append(OddSheet(called, "same_title", title))
        odd_cells += [OddCell(title, *where, kind) for where, kind in part.odd.items()]
        for (row, col), filled in part.cells.items():
            cells[title, row, col] = filled
        budget.current().within("cells", len(cells))
        letters += part.letters
        budget.current().within("characters", letters)
        sheets.append(_sheet_facts(title, each.get("state", "visible") != "visible", part))
    titles = {sheet.title for sheet in sheets}
    names: dict[str, Place] = {}
    local_names: dict[tuple[str, str], Place] = {}
    loose: dict[tuple[str, str], str] = {}
    for each in _children(workbook, "definedNames", "definedName"):
        text, name = each.text.strip(), each.get("name")
        place = _place(text) if len(text) < budget.LONGEST_FORMULA else None
        of = each.attributes.get("localSheetId")
        if of is not None and not 0 <= whole(of) < len(order):
            continue
        sheet = "" if of is None else order[whole(of)]
        if place is None or place.sheet not in titles or not _FIXED.search(text):
            loose[sheet, name.lower()] = text
        if place is None or place.sheet not in titles:
            continue
        if of is None:
            names[name] = place
        else:
            local_names[sheet, name.lower()] = place
    return Read(
        cells,
        names,
        carried(cells),
        _properties(parts),
        tuple(sheets),
        facts,
        local_names,
        _links(parts, workbook, linked),
        loose,
        Odd(tuple(odd_cells), tuple(odd_sheets)),
    )


def _count_tags(parts: Mapping[str, bytes], linked: Mapping[str, relations.Relation]) -> None:
    """Refuse a workbook with more tags, in what will be read of it, than anybody waits for."""
    read = {each.target for each in linked.values() if each.kind in _READ}
    budget.current().within("elements", sum(tags(parts[each]) for each in read if each in parts))


_READ = (relations.WORKSHEET, relations.STYLES, relations.SHARED_STRINGS)


def _looks(said: bytes | None) -> _Looks:
    """Return what a part says of styles: their formats, which of them can't be read, and which conditional formats hide."""

    def made() -> _Looks:
        root = None if said is None else tree(said)
        return codes(root), unread(root), painted(root)

    return made() if said is None or len(said) > _LARGE else _LOOKS.get(said, made)


def _sheet(data: bytes, styles: Styles, made_of: tuple[bytes | None, bytes | None, bool]) -> SheetPart:
    """Return a sheet as it is scanned; once where the same is read again, as in a workbook with changes to other sheets."""
    if len(data) > _LARGE:
        return SheetPart(data, styles)
    return _SHEETS.get((data, *made_of), lambda: SheetPart(data, styles))


def _links(parts: Mapping[str, bytes], workbook: Element, linked: Mapping[str, relations.Relation]) -> tuple[str, ...]:
    """Return the names of the other workbooks that formulas refer to by number; never opened."""
    found = []
    for each in _children(workbook, "externalReferences", "externalReference"):
        relation = linked.get(each.get("id"))
        targets = (
            [] if relation is None else [far.target for far in relations.relations(parts, relation.target) if far.external]
        )
        found.append(re.split(r"[/\\\\]", targets[0])[-1] if targets else "")
    return tuple(found)


def _children(root: Element, group: str, name: str) -> list[Element]:
    found = root.first(group)
    return [] if found is None else list(found.all(name))


def _sheet_facts(title: str, hidden: bool, part: SheetPart) -> SheetFacts:
    return SheetFacts(
        title=title,
        hidden=hidden,
        hidden_rows=frozenset(part.hidden_rows),
        hidden_cols=part.hidden_cols,
        merged=tuple(part.merged),
        protected=part.protected,
        rules=tuple(part.rules),
        covers=tuple(part.covers),
        has_folds=part.has_folds,
        folded_rows=frozenset(part.folded_rows),
        folded_cols=part.folded_cols,
    )


def _book_facts(workbook: Element, parts: Mapping[str, bytes]) -> BookFacts:
    calculation = workbook.first("calcPr") or Element("calcPr", {})
    settings = workbook.first("workbookPr") or Element("workbookPr", {})
    program = ""
    app = relations.one(parts, "", relations.PROGRAM_PROPERTIES)
    if app is not None:
        with of_part(app):
            named = tree(parts[app]).first("Application")
        program = named.text if named is not None else ""
    return BookFacts(
        manual=calculation.get("calcMode") == "manual",
        iterative=calculation.flag("iterate"),
        as_displayed=not calculation.flag("fullPrecision", True),
        from_1904=settings.flag("date1904"),
        program=program,
        full_calc=calculation.flag("fullCalcOnLoad"),
    )


def _properties(parts: Mapping[str, bytes]) -> dict[str, Any]:
    part = relations.one(parts, "", relations.CUSTOM_PROPERTIES)
    if part is None:
        return {}
    with of_part(part):
        root = tree(parts[part])
    return {each.get("name"): "".join(child.text for child in each.children) for each in root.all("property")}


def _place(reference: str) -> Place | None:
    """Return a name's place; None if it isn't an area of a sheet."""
    return matched(_REFERENCE.match(reference))


def carried(cells: Mapping[tuple[str, int, int], Filled]) -> dict[str, Any]:
    """Return the record that a workbook of ours carries on its hidden sheet; {} if there is none."""
    rows = sorted({row for sheet, row, _ in cells if sheet == provenance.SHEET})

    def at(row: int, col: int) -> Any:
        filled = cells.get((provenance.SHEET, row, col))
        return None if filled is None else filled.value

    try:
        return provenance.decode((at(row, 0), at(row, 1), at(row, 2)) for row in rows)
    except ValueError:
        return {}


def as_date(value: Any) -> datetime.date | None:
    return value.date() if isinstance(value, datetime.datetime) else value if isinstance(value, datetime.date) else None


def day(serial: object, from_1904: bool) -> datetime.date | None:
    """Return the day of a serial number; None if there is none."""
    if not isinstance(serial, Fraction):
        return None
    return as_date(formats.as_date(float(serial), from_1904))
