"""The list of sheet titles in ``docProps/app.xml``, if a program has written one: for tools that list a file's contents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .insertion import Insertion
from .literal import opened
from .markup import Edits, Node, text
from .package import Package

_KIND = "extended-properties"
_STRICT_KIND = "extendedProperties"
_LIST = "TitlesOfParts"
_VECTOR = re.compile(rb'<((?:[^\s<>/:]+:)?vector)(?: [^\s=<>"]+="[^"<>&\s]*")*>')
_TITLE = re.compile(rb"<((?:[^\s<>/:]+:)?lpstr)>([^<]*)</\1>")


def insert(package: Package, titles: Sequence[str], positions: Sequence[int]) -> None:
    """Insert titles at their positions (from 0, each counted once the earlier ones are in).

    A list that doesn't match this workbook's sheets stays as it is.
    """
    found = _found(package)
    if found is None or any(position > found.said + earlier for earlier, position in enumerate(positions)):
        return
    parts, edits = found.parts, found.edits
    with package.in_words(found.part):
        tag = parts.children[0].tag if parts.children else f"{parts.prefix}lpstr"
        Insertion(found.said, positions).write(edits, parts, [f"<{tag}>{text(title)}</{tag}>" for title in titles])
        found.put(package, len(titles))


def arrange(package: Package, sheets: int, order: Sequence[int]) -> None:
    """Put the titles of so many sheets into an order, given as their positions; those that it leaves out are removed.

    A list that doesn't match this workbook's sheets stays as it is.
    """
    found = _found(package)
    if found is None or found.said != sheets:
        return
    with package.in_words(found.part):
        data, nodes = package.parts[found.part], found.parts.children[: found.said]
        written = [data[nodes[at].start : nodes[at].end].decode() for at in order]
        for node in nodes:
            found.edits.replace(node.start, node.end, "")
        found.edits.insert(nodes[0].start, "".join(written))
        found.put(package, len(order) - sheets)


class _List(NamedTuple):
    """The list as it is: its part, its element, and how many of it are worksheets' titles."""

    part: str
    edits: Edits
    parts: Node
    number: Node
    said: int

    def put(self, package: Package, more: int) -> None:
        """Put the changed list, of so many titles more, into the package."""
        self.edits.replace(self.number.inner, self.number.inner_end, str(self.said + more))
        if self.parts.get("size").isdigit():
            self.edits.set(self.parts, "size", int(self.parts.get("size")) + more)
        package.put(self.part, self.edits.result())


def _found(package: Package) -> _List | None:
    part = package.related("", _KIND) or package.related("", _STRICT_KIND)
    if part is None:
        return None
    with package.in_words(part):
        data = package.parts[part]
        root = package.outline(part, 5, (_LIST,))
        list_, pairs = root.first(_LIST), _vector(root, "HeadingPairs")
        if list_ is None or pairs is None or len(pairs.children) < 2:
            return None
        # Pairs of a heading and how many parts it has; the worksheets come first.
        count = next((each for each in pairs.children[1].walk() if each.name == "i4"), None)
        said = "" if count is None else data[count.inner : count.inner_end].decode()
        if count is None or not said.isdigit():
            return None
        parts = _beginning(data, list_, int(said) + 1) or _vector(package.outline(part, 5), _LIST)
        if parts is None or int(said) > len(parts.children):
            return None
        return _List(part, Edits(data), parts, count, int(said))


def _beginning(data: bytes, list_: Node, wanted: int) -> Node | None:
    """Return the vector of a list with so many of its children; None where it is written in another way than usual.

    Behind the worksheets' titles are the names of the workbook: thousands, that nobody here asks for.
    """
    tag = _VECTOR.match(data, list_.inner)
    if tag is None:
        return None
    vector, at = opened(tag, tag[1]), tag.end()
    while len(vector.children) < wanted and (found := _TITLE.match(data, at)) is not None:
        title = Node(found[1].decode(), {}, at, found.start(2))
        title.inner_end, title.end = found.end(2), found.end()
        vector.children.append(title)
        at = found.end()
    ends = b"</" + tag[1] + b">"
    vector.inner_end = list_.inner_end - len(ends)
    vector.end = list_.inner_end
    is_whole = len(vector.children) == wanted or at == vector.inner_end
    return vector if is_whole and data.startswith(ends, vector.inner_end) else None


def _vector(root: Node, name: str) -> Node | None:
    list_ = root.first(name)
    return None if list_ is None else list_.first("vector")
