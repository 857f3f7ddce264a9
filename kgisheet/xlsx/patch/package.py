"""The parts of an .xlsx as bytes: added, removed, related to one another; what isn't touched stays to the byte.

Neither openpyxl nor LibreOffice could do it: both write only what they
understand, and lose the rest (cached values, text boxes, sparklines, …).
"""

from __future__ import annotations

import contextlib
import itertools
import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote

from ...errors import BookError, Problem
from ...language.text import Text
from ..read.intake import inspect
from ..read.relations import Relation, relations, rels_part, resolved
from ..read.xml import Element, XmlError, tree
from . import archive
from .markup import Edits, Node, local, outline, quoted

CONTENT_TYPES = "[Content_Types].xml"
TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_MAIN_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


_UNEXPECTED = Text("想定外の内容があります", "there is something unexpected in it")


class Package:
    """A workbook's parts by name, in their order. ``source`` is the name of the file in messages.

    Changing it raises BookError if the file must not, or can't, be changed.
    """

    def __init__(self, data: bytes, source: str) -> None:
        inflated = inspect(data, source)
        entries = archive.entries(data, inflated)
        self._begin({name: inflated.get(name, b"") for name in entries}, entries, source)  # a folder has no bytes

    @classmethod
    def of(cls, parts: Mapping[str, bytes], source: str) -> Package:
        """Return a package of parts that were made in this process, in their order."""
        package = cls.__new__(cls)
        package._begin(dict(parts), {}, source)
        package.parsed = package.parts.copy()
        return package

    def _begin(self, parts: dict[str, bytes], entries: dict[str, archive.Entry], source: str) -> None:
        self.source = source
        self._entries = entries
        self.parts = parts
        self.parsed: dict[str, bytes] = {}
        """Parts that a parser has gone through without a complaint, or that were made here, as they were then."""
        self._outlines: dict[tuple[str, int, tuple[str, ...]], tuple[bytes, Node]] = {}
        self._trees: dict[str, tuple[bytes, Element]] = {}
        self._refuse_signed()
        with self.in_words(CONTENT_TYPES):
            root = [each for each in relations(self.parts, "") if each.kind == "officeDocument"]
            if CONTENT_TYPES not in self.parts or not root or root[0].target not in self.parts:
                raise XmlError("ブックの部品がありません", "no workbook")
        self.workbook = root[0].target
        """The workbook's part."""
        strict = STRICT.encode() in self.parts[rels_part("")]
        self.main = _MAIN_STRICT if strict else _MAIN
        """The namespace of this file's worksheets, styles and comments."""
        self.namespace = STRICT if strict else TRANSITIONAL
        """The beginning of relations' types and of ``r:id`` attributes in this file."""

    def _refuse_signed(self) -> None:
        if any(name.lower().startswith("_xmlsignatures/") for name in self.parts):
            raise BookError(
                Problem(
                    "signed",
                    Text(
                        "電子署名があり、変更すると署名が無効になります",
                        "it is digitally signed, and a change would break that",
                    ),
                    Text("署名のないブックに対して実行してください", "run this on a workbook without the signature"),
                    self.source,
                )
            )

    @contextlib.contextmanager
    def in_words(self, part: str) -> Iterator[None]:
        """Turn any failure with the XML of a part into a BookError that names the part."""
        try:
            yield
        except (XmlError, KeyError, IndexError, ValueError, OverflowError) as bad:
            why = bad.what if isinstance(bad, XmlError) else _UNEXPECTED
            raise BookError(
                Problem(
                    "unpatchable",
                    Text(f"{part} を書き換えられません({why.ja})", f"{part} can't be changed ({why.en})"),
                    Text("Excelで開いて保存し直してください", "open it in Excel and save it again"),
                    self.source,
                )
            ) from None

    def relations(self, part: str) -> list[Relation]:
        """Return the relations of a part, their targets as part names."""
        name = rels_part(part)
        if name not in self.parts:
            return []
        with self.in_words(name):
            return resolved(self.tree(name), self.parts, part)

    def related(self, part: str, kind: str) -> str | None:
        """Return the part that ``part`` names as its ``kind``, if it is there."""
        return next((each.target for each in self.relations(part) if each.kind == kind and each.target in self.parts), None)

    def outline(self, part: str, depth: int = 1, skip: tuple[str, ...] = ()) -> Node:
        """Return the outline of a part as it is now, made once until the part is changed; raises XmlError."""
        data, known = self.parts[part], self._outlines.get((part, depth, skip))
        if known is None or known[0] is not data:
            known = self._outlines[part, depth, skip] = data, outline(data, depth, skip)
        return known[1]

    def tree(self, part: str) -> Element:
        """Return the parsed XML of a part as it is now, made once until the part is changed; raises XmlError."""
        data, known = self.parts[part], self._trees.get(part)
        if known is None or known[0] is not data:
            known = self._trees[part] = data, tree(data)
        return known[1]

    def put(self, part: str, data: bytes, content_type: str | None = None) -> None:
        """Replace a part, or add it with its content type."""
        self.put_all({part: data}, content_type)

    def put_all(self, parts: Mapping[str, bytes], content_type: str | None = None) -> None:
        """Replace parts, or add them with their common content type."""
        new = [part for part in parts if part not in self.parts]
        for part in new:
            self._entries.pop(part, None)  # of one that was removed
        if new and content_type is not None:
            self._declare(new, content_type)
        self.parts.update(parts)

    def fresh(self, pattern: str) -> str:
        """Return a part name that is free: ``xl/comments{}.xml`` → ``xl/comments3.xml``."""
        return self.fresh_ones(pattern, 1)[0]

    def fresh_ones(self, pattern: str, wanted: int) -> list[str]:
        """Return so many part names that are free."""
        taken = {name.lower() for name in self.parts}
        free = (name for number in itertools.count(1) if (name := pattern.format(number)).lower() not in taken)
        return list(itertools.islice(free, wanted))

    def remove(self, part: str) -> None:
        """Remove a part, with its own relations, its content type and every relation that leads to it."""
        del self.parts[part]
        self.parts.pop(rels_part(part), None)
        with self.in_words(CONTENT_TYPES):
            edits = Edits(self.parts[CONTENT_TYPES])
            for each in self.outline(CONTENT_TYPES).all("Override"):
                if each.get("PartName").lower() == f"/{part}".lower():
                    edits.replace(each.start, each.end, "")
            self.parts[CONTENT_TYPES] = edits.result()
        for owner in ["", *self.parts]:
            rels = self.parts.get(rels_part(owner))
            if rels is None:
                continue
            gone = {each.id for each in self.relations(owner) if not each.external and each.target.lower() == part.lower()}
            if gone:
                edits = Edits(rels)
                for node in outline(rels).all("Relationship"):
                    if node.get("Id") in gone:
                        edits.replace(node.start, node.end, "")
                self.parts[rels_part(owner)] = edits.result()

    def relate(self, part: str, kind: str, target: str, external: bool = False) -> str:
        """Add a relation from a part to another one, or to an address outside of the package; return its id."""
        return self.relate_all(part, kind, [target], external)[0]

    def relate_all(self, part: str, kind: str, targets: Sequence[str], external: bool = False) -> list[str]:
        """Add relations of one kind from a part to others; return their ids."""
        name = rels_part(part)
        taken = {each.id for each in self.relations(part)}
        ids, relations = [], []
        for target in targets:
            number = len(taken) + 1
            while f"rId{number}" in taken:
                number += 1
            ids.append(f"rId{number}")
            taken.add(ids[-1])
            where = f'{quoted(target)} TargetMode="External"' if external else quoted(reference(part, target))
            relations.append(f'Relationship Id="{ids[-1]}" Type="{self.namespace}/{kind}" Target={where}/>')
        if name not in self.parts:
            self.put(name, f'{HEAD}<Relationships xmlns="{_RELATIONS}"></Relationships>'.encode())
        with self.in_words(name):
            root, edits = self.outline(name, 0), Edits(self.parts[name])
            edits.append(root, "".join(f"<{root.prefix}{each}" for each in relations))
            self.parts[name] = edits.result()
        return ids

    def _declare(self, parts: Iterable[str], content_type: str) -> None:
        """Declare the content type of parts; by extension if all parts of the kind share one."""
        with self.in_words(CONTENT_TYPES):
            root, edits = self.outline(CONTENT_TYPES), Edits(self.parts[CONTENT_TYPES])
            defaults = {each.get("Extension").lower(): each.get("ContentType") for each in root.all("Default")}
            overridden = {each.get("PartName").lower() for each in root.all("Override")}
            for part in parts:
                extension = part.rpartition(".")[2]
                if f"/{part}".lower() in overridden or defaults.get(extension.lower()) == content_type:
                    continue
                if extension == "xml" or extension.lower() in defaults:
                    edits.append(root, f'<{root.prefix}Override PartName={quoted(f"/{part}")} ContentType="{content_type}"/>')
                else:
                    default = f'<{root.prefix}Default Extension="{extension}" ContentType="{content_type}"/>'
                    edits.insert(root.children[0].start if root.children else root.inner, default)
                    defaults[extension.lower()] = content_type
            self.parts[CONTENT_TYPES] = edits.result()

    def to_bytes(self) -> bytes:
        """Return the package; the same bytes for the same parts. New parts come last."""
        # Content types stand first in the files of Excel; some readers of streams want them there.
        names = [CONTENT_TYPES, *(name for name in self.parts if name != CONTENT_TYPES)]
        return archive.written({name: self.parts[name] for name in names}, self._entries)


def reference(part: str, target: str) -> str:
    """Return a part's name as the relations of ``part`` write it: relative to that part's folder."""
    return quote(posixpath.relpath(f"/{target}", posixpath.join("/", posixpath.dirname(part))))


def relation_attribute(node: Node, namespace: str) -> tuple[str, str]:
    """Return the prefix for ``id`` in a child of ``node``, and the namespace declaration that the child needs with it."""
    prefix = node.prefix_of(TRANSITIONAL, STRICT)
    return (prefix, "") if prefix else ("r:", f' xmlns:r="{namespace}"')


def relation_id(node: Node) -> str:
    """Return an element's ``r:id``, whatever the prefix; not its plain ``id``."""
    return next((value for key, value in node.attributes.items() if ":" in key and local(key) == "id"), "")
