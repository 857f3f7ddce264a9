"""The parts under a sheet (drawings, charts, pictures): copied to another workbook, or removed once nothing uses them."""

from __future__ import annotations

import re

from ..read.relations import rels_part
from ..read.xml import XmlError
from .madesheet import MadeSheets
from .markup import outline, quoted
from .package import CONTENT_TYPES, HEAD, TRANSITIONAL, Package, reference

_KINDS = ("drawing", "chart", "image", "chartStyle", "chartColorStyle", "hyperlink", "comments", "vmlDrawing")
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


class Carrier:
    """The copying of parts of ``sheets.made`` into ``target``, under names that are free there, each once."""

    def __init__(self, sheets: MadeSheets, target: Package) -> None:
        self.made, self.sheets, self.target = sheets.made, sheets, target
        self._done: dict[str, str] = {}
        with self.made.in_words(CONTENT_TYPES):
            types = outline(self.made.parts[CONTENT_TYPES])
        self._overrides = {each.get("PartName").lower(): each.get("ContentType") for each in types.all("Override")}
        self._defaults = {each.get("Extension").lower(): each.get("ContentType") for each in types.all("Default")}

    def relations(self, of: str, to: str) -> None:
        """Give the part ``to`` of the target the relations of ``of``, with their ids and their targets."""
        data = self.made.parts.get(rels_part(of))
        if data is None:
            return
        found = []
        with self.made.in_words(rels_part(of)):
            nodes = list(outline(data).all("Relationship"))
        for each, node in zip(self.made.relations(of), nodes, strict=True):
            if each.kind not in _KINDS:
                with self.made.in_words(rels_part(of)):
                    raise XmlError(f"引き継げない関連があります: {each.kind}", f"a relation that can't be carried: {each.kind}")
            where = each.target if each.external else reference(to, self._copy(each.target))
            mode = ' TargetMode="External"' if each.external else ""
            kind = node.get("Type").replace(f"{TRANSITIONAL}/", f"{self.target.namespace}/")
            found.append(f"<Relationship Id={quoted(each.id)} Type={quoted(kind)} Target={quoted(where)}{mode}/>")
        xml = f'{HEAD}<Relationships xmlns="{_RELATIONS}">{"".join(found)}</Relationships>'
        self.target.put(rels_part(to), xml.encode())

    def _copy(self, part: str) -> str:
        if part not in self._done:
            with self.made.in_words(part):
                data = self.made.parts[part]
                if part.endswith(".xml"):
                    data = self.sheets.renamed(data)
            stem, dot, extension = part.rpartition(".")
            new = self.target.fresh(re.sub(r"\d*$", "{}", stem, count=1) + dot + extension)
            self._done[part] = new
            type_ = self._overrides.get(f"/{part}".lower()) or self._defaults.get(extension.lower())
            self.target.put(new, data, type_)
            self.relations(part, new)
        return self._done[part]


def without_relations(package: Package, part: str) -> tuple[str, ...]:
    """Remove all relations of a part, and the parts that only they led to; return the names of those parts."""
    under = reached(package, part)
    package.parts.pop(rels_part(part), None)
    left = reached(package, "")
    gone = tuple(name for name in package.parts if name in under and name not in left)
    for name in gone:
        package.remove(name)
    return gone


def reached(package: Package, start: str) -> set[str]:
    """Return the parts that relations lead to from a part, one after the other; from the package itself, all of its parts."""
    found: set[str] = set()
    open_ = [start]
    while open_:
        for each in package.relations(open_.pop()):
            if not each.external and each.target in package.parts and each.target not in found:
                found.add(each.target)
                open_.append(each.target)
    return found
