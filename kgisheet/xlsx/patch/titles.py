"""The list of sheet titles in ``docProps/app.xml``, if a program has written one: for tools that list a file's contents."""

from __future__ import annotations

from collections.abc import Sequence

from .insertion import Insertion
from .markup import Edits, Node, text
from .package import Package

_KIND = "extended-properties"
_STRICT_KIND = "extendedProperties"


def insert(package: Package, titles: Sequence[str], positions: Sequence[int]) -> None:
    """Insert titles at their positions (from 0, each counted once the earlier ones are in).

    A list that doesn't match this workbook's sheets stays as it is.
    """
    part = package.related("", _KIND) or package.related("", _STRICT_KIND)
    if part is None:
        return
    with package.in_words(part):
        data = package.parts[part]
        root, edits = package.outline(part, 5), Edits(data)
        parts, pairs = _vector(root, "TitlesOfParts"), _vector(root, "HeadingPairs")
        if parts is None or pairs is None or len(pairs.children) < 2:
            return
        # Pairs of a heading and how many parts it has; the worksheets come first.
        count = next((each for each in pairs.children[1].walk() if each.name == "i4"), None)
        said = "" if count is None else data[count.inner : count.inner_end].decode()
        if count is None or not said.isdigit() or int(said) > len(parts.children):
            return
        if any(position > int(said) + earlier for earlier, position in enumerate(positions)):
            return
        tag = parts.children[0].tag if parts.children else f"{parts.prefix}lpstr"
        Insertion(int(said), positions).write(edits, parts, [f"<{tag}>{text(title)}</{tag}>" for title in titles])
        edits.replace(count.inner, count.inner_end, str(int(said) + len(titles)))
        if parts.get("size").isdigit():
            edits.set(parts, "size", int(parts.get("size")) + len(titles))
        package.put(part, edits.result())


def _vector(root: Node, name: str) -> Node | None:
    list_ = root.first(name)
    return None if list_ is None else list_.first("vector")
