"""Relations between a package's parts: ``_rels/*.rels`` → targets as part names."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import unquote

from .xml import Element, of_part, tree

WORKBOOK = "officeDocument"
WORKSHEET = "worksheet"
CHARTSHEET = "chartsheet"
SHARED_STRINGS = "sharedStrings"
STYLES = "styles"
COMMENTS = "comments"
DRAWING_OF_COMMENTS = "vmlDrawing"
CUSTOM_PROPERTIES = "custom-properties"
PROGRAM_PROPERTIES = "extended-properties"


class Relation(NamedTuple):
    """One relation. ``kind`` is the last word of its type; ``target`` a part's name, or an external target."""

    id: str
    kind: str
    target: str
    external: bool


def rels_part(part: str) -> str:
    """Return the part with a part's relations: ``xl/workbook.xml`` → ``xl/_rels/workbook.xml.rels``; for the package itself (``""``) ``_rels/.rels``."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def relations(parts: Mapping[str, bytes], part: str) -> list[Relation]:
    """Return the relations of a part; none if it has no rels. Raise XmlError."""
    name = rels_part(part)
    data = parts.get(name)
    if data is None:
        return []
    with of_part(name):
        return resolved(tree(data), parts, part)


def resolved(root: Element, parts: Mapping[str, bytes], part: str) -> list[Relation]:
    """Return the relations that ``root``, the parsed rels of ``part``, lists, with targets as the names that ``parts`` have."""
    folder = part.rpartition("/")[0]
    # Part names are equal but for case; that of the relation and that of the entry may differ.
    names = {name.lower(): name for name in parts}
    found = []
    for each in root.all("Relationship"):
        target, external = each.get("Target"), each.get("TargetMode") == "External"
        if not external:
            # Written from the package's root, from the part's own folder, or with backslashes.
            target = unquote(target.replace("\\", "/"))
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            target = names.get(target.lower(), target)
        found.append(Relation(each.get("Id"), each.get("Type").rpartition("/")[2], target, external))
    return found


def one(parts: Mapping[str, bytes], part: str, kind: str) -> str | None:
    """Return the part that ``part`` names as its ``kind``, if it is there."""
    return next((each.target for each in relations(parts, part) if each.kind == kind and each.target in parts), None)
