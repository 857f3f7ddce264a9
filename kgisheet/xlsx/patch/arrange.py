"""The workbook's list of sheets, in another order or without some of them; whatever counts sheets by position follows."""

from __future__ import annotations

from collections.abc import Sequence

from . import titles
from .carry import without_relations
from .markup import Edits, Node
from .package import Package
from .tabs import tabs

_BY_POSITION = ("activeTab", "firstSheet")


def arrange(package: Package, order: Sequence[int]) -> None:
    """Put the sheets into an order, given as their positions; those that it leaves out are removed.

    A removed sheet takes along its own names, and the parts that only it used (drawings, comments, …).
    A view that began with one begins with the first sheet.
    """
    there = tabs(package)
    if list(order) == list(range(len(there))):
        return
    now = {old: new for new, old in enumerate(order)}
    gone = [each.part for at, each in enumerate(there) if at not in now and each.part is not None]
    with package.in_words(package.workbook):
        data = package.parts[package.workbook]
        root, edits = package.outline(package.workbook, 2), Edits(data)
        for list_ in root.all("sheets"):
            nodes = list_.children
            written = [data[nodes[at].start : nodes[at].end].decode() for at in order]
            for node in nodes:
                edits.replace(node.start, node.end, "")
            edits.insert(nodes[0].start, "".join(written))
        for list_ in root.all("definedNames"):
            _names(edits, list_, now)
        for list_ in root.all("bookViews"):
            for node in list_.children:
                for name in _BY_POSITION:
                    if name in node.attributes or name == "activeTab":
                        edits.set(node, name, now.get(_number(node.get(name, "0")), 0))
        package.put(package.workbook, edits.result())
    titles.arrange(package, len(there), order)
    for part in gone:
        without_relations(package, part)
        package.remove(part)


def _names(edits: Edits, list_: Node, now: dict[int, int]) -> None:
    local = [(node, _number(node.get("localSheetId"))) for node in list_.children if node.get("localSheetId")]
    gone = [node for node, at in local if at not in now]
    if gone and len(gone) == len(list_.children):  # the schema wants one name at least
        edits.replace(list_.start, list_.end, "")
        return
    for node, at in local:
        if at not in now:
            edits.replace(node.start, node.end, "")
        elif now[at] != at:
            edits.set(node, "localSheetId", now[at])


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else -1
