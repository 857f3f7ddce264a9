"""The workbook's list of sheets: which part is which sheet, and insertion of a new one at the end or in between."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from ...errors import BookError, Problem
from ...language.text import Text
from ...values.a1 import quoted_sheet
from ..read.relations import WORKSHEET
from ..read.xml import XmlError
from . import definednames, titles
from .definednames import Name
from .markup import Edits, Node, quoted
from .package import Package, relation_attribute, relation_id

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
MAX_TITLE = 31


class Tab(NamedTuple):
    """One sheet: its title, its part (None if it isn't a worksheet), whether it is visible, and its state in words."""

    title: str
    part: str | None
    visible: bool
    state: str = "visible"


def tabs(package: Package) -> list[Tab]:
    """Return the sheets in their order."""
    sheets = {each.id: each.target for each in package.relations(package.workbook) if each.kind == WORKSHEET}
    with package.in_words(package.workbook):
        root = package.outline(package.workbook, 2)
    found = []
    for list_ in root.all("sheets"):
        for node in list_.children:
            part = sheets.get(relation_id(node))
            state = node.get("state", "visible")
            found.append(
                Tab(node.attributes.get("name", ""), part if part in package.parts else None, state == "visible", state)
            )
    return found


_NO_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]|^'|'$")


def refuse_title(package: Package, title: str) -> None:
    """Raise BookError for a title that is invalid, or taken in this workbook."""
    if not title or len(title) > MAX_TITLE or _NO_TITLE.search(title) or title.casefold() == "history":
        what = Text("シート名として使えません", "no sheet can have this title")
        fix = Text(f"{MAX_TITLE}文字まで、[ ] : * ? / \\ を除く", f"up to {MAX_TITLE} letters, none of [ ] : * ? / \\")
        raise BookError(Problem("bad-title", what, fix, package.source, key=title))
    if title.casefold() in {each.title.casefold() for each in tabs(package)}:
        what = Text("同じ名前のシートがあります", "there is a sheet with this title")
        fix = Text("そのシートの名前を変えるか、削除してください", "rename that sheet, or delete it")
        raise BookError(Problem("title-taken", what, fix, package.source, key=title))


def free_title(package: Package, title: str) -> str:
    """Return a free title: ``検査結果``, ``検査結果 (2)``, …; case is ignored, as in Excel."""
    taken = {each.title.casefold() for each in tabs(package)}
    number, candidate = 1, title[:MAX_TITLE]
    while candidate.casefold() in taken:
        number += 1
        suffix = f" ({number})"
        candidate = title[: MAX_TITLE - len(suffix)] + suffix
    return candidate


def append(package: Package, title: str, sheet: bytes, names: Mapping[str, str], state: str = "visible") -> str:
    """Add a worksheet after the others, so that every ``localSheetId`` stays right; return its part.

    ``names`` are the sheet's own defined names: name → area, without the sheet (``$1:$3``);
    ``state`` is ``hidden`` or ``veryHidden`` for an invisible sheet.
    """
    position, where = len(tabs(package)), quoted_sheet(title)
    part = _add(package, title, sheet, position, state)
    definednames.put(package, [Name(name, f"{where}!{area}", position) for name, area in names.items()])
    return part


def insert(package: Package, title: str, sheet: bytes, position: int, state: str = "visible") -> str:
    """Insert a worksheet at a position (from 0), moving the following ones by one; return its part.

    Whatever refers to sheets by position is adjusted: local names, the tab that is shown first, the list of titles.
    """
    is_among = position < len(tabs(package))
    part = _add(package, title, sheet, position, state)
    if is_among:
        titles.insert(package, title, position)
    return part


def _add(package: Package, title: str, sheet: bytes, position: int, state: str) -> str:
    part = package.fresh("xl/worksheets/sheet{}.xml")
    package.put(part, sheet, _TYPE)
    relation = package.relate(package.workbook, WORKSHEET, part)
    with package.in_words(package.workbook):
        data = package.parts[package.workbook]
        root, edits = package.outline(package.workbook, 2), Edits(data)
        sheets = root.first("sheets")
        if sheets is None:
            raise XmlError("no sheets")
        number = max((int(each.get("sheetId", "0")) for each in sheets.children), default=0) + 1
        prefix, declared = relation_attribute(root, package.namespace)
        shown = f' state="{state}"' if state in ("hidden", "veryHidden") else ""
        xml = f'<{sheets.prefix}sheet{declared} name={quoted(title)} sheetId="{number}"{shown} {prefix}id="{relation}"/>'
        if position < len(sheets.children):
            edits.insert(sheets.children[position].start, xml)
            _one_further(root, edits, position)
        else:
            edits.append(sheets, xml)
        package.put(package.workbook, edits.result())
    return part


def _one_further(root: Node, edits: Edits, position: int) -> None:
    """Shift positions from here on by one: local names, and the tabs that views begin with."""
    counted = [(node, "localSheetId") for list_ in root.all("definedNames") for node in list_.children]
    counted += [
        (node, name) for list_ in root.all("bookViews") for node in list_.children for name in ("activeTab", "firstSheet")
    ]
    for node, name in counted:
        number = node.attributes.get(name)
        if number is None and name == "activeTab" and position == 0:
            number = "0"  # left out, it is the first one
        if number is not None and number.isascii() and number.isdigit() and int(number) >= position:
            edits.set(node, name, int(number) + 1)
