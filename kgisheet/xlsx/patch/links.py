"""Links of a sheet: those to places in the workbook read and redirected, and others added."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ...formula.retitle import retitled
from ...values.a1 import address
from ..read.areas import Cell, cell_at
from .markup import Edits, Node, outline, quoted
from .package import Package, relation_attribute
from .sheetpatch import ORDER


class Link(NamedTuple):
    """The cell that is clicked (row and column from 0), and its target: ``'2026-04'!B1``."""

    row: int
    col: int
    location: str


def links(package: Package, part: str) -> list[Link]:
    """Return the links of a worksheet that lead to a place in the workbook."""
    found = []
    for node in _nodes(_outline(package, part)):
        at = cell_at(node.get("ref").partition(":")[0])
        if at is not None:
            found.append(Link(*at, node.get("location")))
    return found


def retitle(package: Package, part: str, titles: Mapping[str, str]) -> None:
    """Redirect links to the sheets of ``titles`` (old → new) to their new titles."""
    data, edits = package.parts[part], Edits(package.parts[part])
    for node in _nodes(_outline(package, part)):
        location = retitled(node.get("location"), titles)
        if location != node.get("location"):
            edits.set(node, "location", location)
            if node.get("display") in titles:
                edits.set(node, "display", titles[node.get("display")])
    made = edits.result()
    if made != data:
        package.put(part, made)


class Target(NamedTuple):
    """Where a link leads: an address of the web or of a file, or a place in the workbook; and the words that it shows."""

    url: str
    location: str
    tooltip: str


def add(package: Package, part: str, new: Mapping[Cell, Target]) -> None:
    """Add links to cells of a worksheet, in place of those that they have."""
    relations = {cell: package.relate(part, "hyperlink", each.url, external=True) for cell, each in new.items() if each.url}
    root = _outline(package, part)
    with package.in_words(part):
        edits = Edits(package.parts[part])
        prefix, declared = relation_attribute(root, package.namespace)
        for list_ in root.all("hyperlinks"):
            for node in list_.children:
                if cell_at(node.get("ref")) in new:
                    edits.replace(node.start, node.end, "")
        xml = ""
        for cell, each in new.items():
            said = f"{declared} {prefix}id={quoted(relations[cell])}" if cell in relations else ""
            said += f" location={quoted(each.location)}" if each.location else ""
            said += f" tooltip={quoted(each.tooltip)}" if each.tooltip else ""
            xml += f"<{root.prefix}hyperlink ref={quoted(address(*cell))}{said}/>"
        there = root.first("hyperlinks")
        if there is not None:
            edits.append(there, xml)
        else:
            edits.place(root, ORDER, "hyperlinks", f"<{root.prefix}hyperlinks>{xml}</{root.prefix}hyperlinks>")
        package.put(part, edits.result())


def _outline(package: Package, part: str) -> Node:
    with package.in_words(part):
        return outline(package.parts[part], 2, ("sheetData",))


def _nodes(root: Node) -> list[Node]:
    return [node for list_ in root.all("hyperlinks") for node in list_.all("hyperlink") if node.get("location")]
