"""The workbook's defined names, global and local to a sheet: set and removed; the others stay to the byte."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from ...errors import BookError, Problem
from ...language.text import Text
from ...values.regex import regex
from .markup import Edits, Node, inside, quoted, text
from .package import Package
from .workbookpart import NAMES, ORDER

_HIDDEN = ("_xlnm._filterdatabase",)
_LEGAL = regex(r"[^\W\d\\][\w.\\?]{0,254}|\\[\w.\\?]{0,254}")
_POSITION = re.compile(rb'<(?:[^\s<>/:"]+:)?definedName(?: [^\s=<>"]+="[^"<>]*")*? localSheetId="([0-9]{1,5})"')
_NO_NAME = regex(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*|[RrCc]\d*")  # a cell's address, in either notation


class Name(NamedTuple):
    """A defined name and its reference, as the file has it (``'目標設定'!$D$7``, no ``=``).

    ``sheet`` is the position of the sheet that it belongs to, None for the workbook's own, −1 for an invalid position.
    """

    name: str
    text: str
    sheet: int | None = None
    hidden: bool = False


def names(package: Package) -> list[Name]:
    """Return all of them, in their order."""
    with package.in_words(package.workbook):
        root = package.tree(package.workbook)
    return [
        Name(each.get("name"), each.text, _position(each.attributes.get("localSheetId")), each.flag("hidden"))
        for list_ in root.all("definedNames")
        for each in list_.all("definedName")
    ]


def positions(data: bytes) -> list[re.Match[bytes]] | None:
    """Return where a workbook's part says which sheets names belong to, by position; None where that is unclear.

    Many times as fast as the outline of a thousand names.
    """
    content = inside(data, NAMES[0].encode())
    if content is None:
        return None
    found = list(_POSITION.finditer(data, content.start, content.end))
    if len(found) != data.count(b"localSheetId", content.start, content.end):
        return None
    return found


def put(package: Package, new: Iterable[Name]) -> None:
    """Add names, or replace the text of existing ones; raise BookError for an invalid name.

    A name that is there keeps its other attributes (comment, hidden).
    """
    wanted = {(each.name.casefold(), each.sheet): each for each in new}
    for each in wanted.values():
        if _LEGAL.fullmatch(each.name) is None or _NO_NAME.fullmatch(each.name) is not None:
            what = Text("名前として使えません", "it can't be a defined name")
            raise BookError(Problem("bad-name", what, None, package.source, key=each.name))
    if not wanted:
        return
    with package.in_words(package.workbook):
        data = package.parts[package.workbook]
        # Names of sheets that had none before are not there yet: those that are need not be gone through, one by one.
        owners = positions(data)
        is_new = owners is not None and {each.sheet for each in wanted.values()}.isdisjoint(
            {int(each[1]) for each in owners} | {None}
        )
        root, edits = package.outline(package.workbook, 2, NAMES if is_new else ()), Edits(data)
        there = root.first("definedNames")
        seen: set[tuple[str, int | None]] = set()
        for node in there.all("definedName") if there is not None else ():
            key = _key(node)
            if key not in wanted:
                continue
            if key in seen:
                raise _twice(package, wanted[key].name)
            seen.add(key)
            written = text(wanted[key].text)
            if data[node.inner : node.inner_end].decode() == written:
                continue
            edits.replace(node.inner, node.inner_end, written) if node.inner_end > node.inner else edits.append(node, written)
        xml = "".join(_xml(root.prefix, each) for key, each in wanted.items() if key not in seen)
        if xml and there is not None:
            edits.append(there, xml)
        elif xml:
            edits.place(root, ORDER, "definedNames", f"<{root.prefix}definedNames>{xml}</{root.prefix}definedNames>")
        package.put(package.workbook, edits.result())


def drop_local(package: Package, sheet: int) -> None:
    """Remove the names that belong to the sheet at a position."""
    _drop(package, lambda _, of: of == sheet)


def drop(package: Package, gone: Collection[str]) -> None:
    """Remove names of the workbook's own."""
    keys = {name.casefold() for name in gone}
    _drop(package, lambda name, of: of is None and name in keys)


def _drop(package: Package, is_gone: Callable[[str, int | None], bool]) -> None:
    with package.in_words(package.workbook):
        data = package.parts[package.workbook]
        root, edits = package.outline(package.workbook, 2), Edits(data)
        for there in root.all("definedNames"):
            gone = [node for node in there.children if is_gone(*_key(node))]
            if gone and len(gone) == len(there.children):  # the schema wants one name at least
                edits.replace(there.start, there.end, "")
                continue
            for node in gone:
                edits.replace(node.start, node.end, "")
        package.put(package.workbook, edits.result())


def _xml(prefix: str, name: Name) -> str:
    of = "" if name.sheet is None else f' localSheetId="{name.sheet}"'
    hidden = ' hidden="1"' if name.hidden or name.name.casefold() in _HIDDEN else ""
    tag = f"{prefix}definedName"
    return f"<{tag} name={quoted(name.name)}{of}{hidden}>{text(name.text)}</{tag}>"


def _key(node: Node) -> tuple[str, int | None]:
    """Return the name as Excel compares it, ignoring case."""
    return node.get("name").casefold(), _position(node.attributes.get("localSheetId"))


def _position(number: str | None) -> int | None:
    if number is None:
        return None
    return int(number) if number.isascii() and number.isdigit() and len(number) < 6 else -1


def _twice(package: Package, name: str) -> BookError:
    return BookError(
        Problem(
            "duplicate-name",
            Text("同じ名前が2回定義されています", "the name is defined twice"),
            Text("Excelで開いて保存し直してください", "open it in Excel and save it again"),
            package.source,
            key=name,
        )
    )
