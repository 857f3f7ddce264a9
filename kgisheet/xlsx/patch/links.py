"""Links from a sheet to other sheets of the workbook: read, and redirected to sheets with other titles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ...formula.retitle import retitled
from ..read.areas import cell_at
from .markup import Edits, Node, outline
from .package import Package


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


def _outline(package: Package, part: str) -> Node:
    with package.in_words(part):
        return outline(package.parts[part], 2, ("sheetData",))


def _nodes(root: Node) -> list[Node]:
    return [node for list_ in root.all("hyperlinks") for node in list_.all("hyperlink") if node.get("location")]
