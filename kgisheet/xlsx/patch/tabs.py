"""The workbook's list of sheets: which part is which sheet, and insertion of a new one at the end or in between."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from ...errors import BookError, Problem
from ...language.text import Text
from ...values.a1 import quoted_sheet
from ...values.regex import regex
from ..read.relations import WORKSHEET
from ..read.xml import XmlError
from . import definednames, titles
from .definednames import Name
from .insertion import Insertion
from .markup import Edits, quoted
from .package import Package, relation_attribute, relation_id
from .workbookpart import NAMES

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
        root = package.outline(package.workbook, 2, NAMES)
    found = []
    for list_ in root.all("sheets"):
        for node in list_.children:
            part = sheets.get(relation_id(node))
            state = node.get("state", "visible")
            found.append(
                Tab(node.attributes.get("name", ""), part if part in package.parts else None, state == "visible", state)
            )
    return found


def show(package: Package, titles: Collection[str]) -> None:
    """Make hidden sheets visible."""
    with package.in_words(package.workbook):
        root, edits = package.outline(package.workbook, 2), Edits(package.parts[package.workbook])
        hidden = [node for list_ in root.all("sheets") for node in list_.children if "state" in node.attributes]
        wanted = [node for node in hidden if node.attributes.get("name") in titles]
        for node in wanted:
            edits.set(node, "state", "visible")
        if wanted:
            package.put(package.workbook, edits.result())


_NO_TITLE = regex(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]|^'|'$")


def refuse_title(package: Package, title: str, taken: Collection[str]) -> None:
    """Raise BookError for a title that is invalid, or among the ``taken`` ones (casefolded)."""
    if not title or len(title) > MAX_TITLE or _NO_TITLE.search(title) or title.casefold() == "history":
        what = Text("シート名として使えません", "no sheet can have this title")
        fix = Text(f"{MAX_TITLE}文字まで、[ ] : * ? / \\ を除く", f"up to {MAX_TITLE} letters, none of [ ] : * ? / \\")
        raise BookError(Problem("bad-title", what, fix, package.source, key=title))
    if title.casefold() in taken:
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


class New(NamedTuple):
    """A worksheet to be inserted at a position (from 0, as the list is once those before it are in)."""

    title: str
    sheet: bytes
    position: int
    state: str = "visible"


def append(package: Package, title: str, sheet: bytes, names: Mapping[str, str], state: str = "visible") -> str:
    """Add a worksheet after the others, so that every ``localSheetId`` stays right; return its part.

    ``names`` are the sheet's own defined names: name → area, without the sheet (``$1:$3``);
    ``state`` is ``hidden`` or ``veryHidden`` for an invisible sheet.
    """
    position, where = len(tabs(package)), quoted_sheet(title)
    (part,) = _add(package, [New(title, sheet, position, state)], Insertion(position, [position]))
    definednames.put(package, [Name(name, f"{where}!{area}", position) for name, area in names.items()])
    return part


def insert(package: Package, new: Sequence[New]) -> tuple[Insertion, list[str]]:
    """Insert worksheets, moving those behind them; return where all are now, and the new parts.

    Whatever refers to sheets by position is adjusted: local names, the tab that is shown first, the list of titles.
    """
    insertion = Insertion(len(tabs(package)), [each.position for each in new])
    parts = _add(package, new, insertion)
    if not insertion.is_append:
        titles.insert(package, [each.title for each in new], [each.position for each in new])
    return insertion, parts


def _add(package: Package, new: Sequence[New], insertion: Insertion) -> list[str]:
    parts = package.fresh_ones("xl/worksheets/sheet{}.xml", len(new))
    package.put_all({part: each.sheet for part, each in zip(parts, new, strict=True)}, _TYPE)
    relations = package.relate_all(package.workbook, WORKSHEET, parts)
    with package.in_words(package.workbook):
        root, edits = package.outline(package.workbook, 2, NAMES), Edits(package.parts[package.workbook])
        sheets = root.first("sheets")
        if sheets is None:
            raise XmlError("シートの一覧がありません", "no sheets")
        last = max((int(each.get("sheetId", "0")) for each in sheets.children), default=0)
        prefix, declared = relation_attribute(root, package.namespace)
        xml = []
        for number, (each, relation) in enumerate(zip(new, relations, strict=True), last + 1):
            shown = f' state="{each.state}"' if each.state in ("hidden", "veryHidden") else ""
            xml.append(
                f'<{sheets.prefix}sheet{declared} name={quoted(each.title)} sheetId="{number}"{shown} {prefix}id="{relation}"/>'
            )
        insertion.write(edits, sheets, xml)
        if not insertion.is_append:
            _moved(package, edits, insertion)
        package.put(package.workbook, edits.result())
    return parts


def _moved(package: Package, edits: Edits, insertion: Insertion) -> None:
    """Adjust the positions of sheets: local names, and the tabs that views begin with."""
    owners = definednames.positions(package.parts[package.workbook])
    root = package.outline(package.workbook, 2, () if owners is None else NAMES)
    counted = [(node, "localSheetId") for list_ in root.all("definedNames") for node in list_.children]
    counted += [
        (node, name) for list_ in root.all("bookViews") for node in list_.children for name in ("activeTab", "firstSheet")
    ]
    for each in owners or ():
        if (now := insertion.moved(int(each[1]))) != int(each[1]):
            edits.replace(*each.span(1), str(now))
    for node, name in counted:
        number = node.attributes.get(name)
        if number is None and name == "activeTab":
            number = "0"  # left out, it is the first one
        if (
            number is not None
            and number.isascii()
            and number.isdigit()
            and (now := insertion.moved(int(number))) != int(number)
        ):
            edits.set(node, name, now)
