"""Byte positions of the elements in a part's XML, and changes to them that leave all other bytes alone.

Positions come from expat, so that prefixes, quotes, comments and CDATA are what
the standard says they are; what is inserted takes the prefix of the element that
contains it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple
from xml.parsers import expat

from ...values.budget import LONGEST_TEXT
from ...values.regex import regex
from ..read.xml import MAX_DEPTH, Attributes, Branch, XmlError, run, tree, well_formed

_TAG = re.compile(rb"""<(?:[^>"']++|"[^"]*"|'[^']*')*+>""")
_ATTRIBUTE = re.compile(rb"""\s([^\s=/<>"']+)\s*=\s*("[^"]*"|'[^']*')""")
_PLAIN_TAG = re.compile(rb'<[^ \s<>"]+(?: [^\s=<>"]+="[^"]*")*/?>')
"""A tag with one blank before each attribute and none around its sign."""
_PREFIX = rb"(?:[^\s<>/:]+:)?"


class Node(Branch):
    """One element: where its start tag begins and ends, where its content and the whole element end."""

    __slots__ = ("attributes", "end", "inner", "inner_end", "start", "tag")

    def __init__(self, tag: str, attributes: Attributes, start: int, inner: int) -> None:
        self.tag = tag
        self.attributes = attributes
        self.start = start
        self.inner = inner
        self.inner_end = self.end = inner
        self.children = []

    @property
    def name(self) -> str:
        """The tag without its prefix."""
        return local(self.tag)

    @property
    def prefix(self) -> str:
        """``x:`` of ``x:row``; empty if there is none."""
        return self.tag[: -len(self.name)]

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute by its local name."""
        found = self.attributes.get(name)
        if found is not None:
            return found
        return next((value for key, value in self.attributes.items() if local(key) == name), default)

    def prefix_of(self, *namespaces: str) -> str | None:
        """Return the prefix, with its colon, that this element binds to one of the namespaces."""
        return next(
            (f"{key[6:]}:" for key, value in self.attributes.items() if key.startswith("xmlns:") and value in namespaces), None
        )


def local(tag: str) -> str:
    return tag.rpartition(":")[2]


def scan(data: bytes, start: Callable[[str, Attributes, int], None], end: Callable[[str, int], None]) -> None:
    """Call back with the byte offset of each tag; an empty element's end is just after it.

    Raise XmlError, for an encoding other than UTF-8 as well: insertions are UTF-8.
    """
    parser = expat.ParserCreate()
    depth = 0

    def on_start(tag: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise XmlError("入れ子が深すぎます", "nested too deeply")
        start(tag, attributes, parser.CurrentByteIndex)

    def on_end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        end(tag, parser.CurrentByteIndex)

    def on_declaration(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in ("utf-8", "utf8"):
            raise XmlError(f"文字コードがUTF-8ではなく {encoding} です", f"not UTF-8 but {encoding}")

    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:4]:
        raise XmlError("文字コードがUTF-8ではなくUTF-16です", "not UTF-8 but UTF-16")
    parser.StartElementHandler = on_start
    parser.EndElementHandler = on_end
    parser.XmlDeclHandler = on_declaration
    run(parser, data)


def outline(data: bytes, depth: int = 1, skip: Collection[str] = ()) -> Node:
    """Return the root with its descendants down to ``depth`` below it, omitting those inside ``skip``; raise XmlError."""
    cut = _cut(data, skip)
    roots: list[Node] = []
    open_: list[Node | None] = []
    skipped = 0

    def start(tag: str, attributes: Attributes, at: int) -> None:
        nonlocal skipped
        if skipped or len(open_) > depth:
            open_.append(None)
            skipped += skipped > 0
            return
        at += cut.size if at >= cut.start else 0
        node = Node(tag, attributes, at, tag_end(data, at))
        parent = open_[-1] if open_ else None
        (roots if parent is None else parent.children).append(node)
        open_.append(node)
        if skip and node.name in skip:
            skipped = 1

    def end(_tag: str, at: int) -> None:
        nonlocal skipped
        skipped -= skipped > 0
        node = open_.pop()
        if node is None:
            return
        if not is_empty(data, node):
            at += cut.size if at >= cut.start else 0
            node.inner_end, node.end = at, data.index(b">", at) + 1

    if cut.size:
        well_formed(data)
    scan(data[: cut.start] + data[cut.end :], start, end)
    return roots[0]


class Inside(NamedTuple):
    """The content of an element, and the prefix of its tag, with the colon."""

    start: int
    end: int
    prefix: bytes

    @property
    def size(self) -> int:
        return self.end - self.start


def inside(data: bytes, name: bytes) -> Inside | None:
    """Return the content of the part's only element of that name; None where comments, CDATA and the like could hide one."""
    if b"<!" in data or data.find(b"<?", 1) >= 0:
        return None
    tags = list(_starts(data, name))
    if len(tags) != 1:
        return None
    start, prefix = tag_end(data, tags[0].start()), tags[0][1]
    end = data.find(b"</" + prefix + name, start)
    return None if end < 0 else Inside(start, end, prefix)


def _starts(data: bytes, name: bytes) -> Iterator[re.Match[bytes]]:
    """Yield the beginnings of an element's start tags; looked for by its name, since every other tag begins alike."""
    tag = re.compile(b"<(" + _PREFIX + b")" + name + rb"(?=[\s/>])")
    at = data.find(name)
    while at >= 0:
        found = tag.match(data, data.rfind(b"<", 0, at)) if data.rfind(b"<", 0, at) >= 0 else None
        if found is not None and found.end() == at + len(name):
            yield found
        at = data.find(name, at + 1)


def _cut(data: bytes, skip: Collection[str]) -> Inside:
    """Return what an outline need not go through, tag by tag: the content of the one element that it skips."""
    found = inside(data, next(iter(skip)).encode()) if len(skip) == 1 else None
    return found if found is not None else Inside(len(data), len(data), b"")


def tag_end(data: bytes, at: int) -> int:
    """Return the position after the ``>`` of the tag that begins at ``at``."""
    match = _TAG.match(data, at)
    assert match is not None  # expat has read a tag here
    return match.end()


def is_empty(data: bytes, node: Node) -> bool:
    """Return whether the element is written ``<tag/>``."""
    return data[node.inner - 2 : node.inner] == b"/>"


class Edits:
    """Changes to one part, collected and then made at once; all else stays to the byte."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._cuts: list[tuple[int, int, int, str | bytes]] = []  # from, to, order among those at one place, text
        self._set: dict[int, tuple[Node, dict[str, str]]] = {}
        self._appended: dict[int, tuple[Node, list[str | bytes]]] = {}

    def insert(self, at: int, text: str | bytes, rank: int = 0) -> None:
        """Insert text; at one position the lower rank comes first, then the earlier call."""
        self._cuts.append((at, at, rank, text))

    def replace(self, start: int, end: int, text: str | bytes) -> None:
        self._cuts.append((start, end, 0, text))

    def set(self, node: Node, name: str, value: object) -> None:
        """Set an attribute, by its name as written."""
        self._set.setdefault(node.start, (node, {}))[1][name] = str(value)

    def append(self, node: Node, text: str | bytes) -> None:
        """Insert text after the last child of an element, even if it is written ``<tag/>``."""
        self._appended.setdefault(node.start, (node, []))[1].append(text)

    def place(self, parent: Node, order: Sequence[str], name: str, text: str | bytes) -> None:
        """Insert a child where the schema's sequence wants it; unknown children stay where they are."""
        rank = order.index(name)
        ranks = [(child, _rank(child, order)) for child in parent.children]
        before = [child for child, each in ranks if each is not None and each <= rank]
        after = [child for child, each in ranks if each is not None and each > rank]
        if before:
            self.insert(before[-1].end, text, rank)
        elif after:
            self.insert(after[0].start, text, rank)
        else:
            self.append(parent, text)

    def result(self) -> bytes:
        """Return the part with all the changes made."""
        cuts = list(self._cuts)
        for at in self._set.keys() | self._appended.keys():
            node = (self._set.get(at) or self._appended[at])[0]
            tag = self.data[node.start : node.inner]
            for name, value in self._set[at][1].items() if at in self._set else ():
                tag = with_attribute(tag, name, value)
            content = b"".join(map(_bytes, self._appended[at][1])) if at in self._appended else b""
            if content and is_empty(self.data, node):
                tag = tag[:-2].rstrip() + b">" + content + f"</{node.tag}>".encode()
            elif content:
                cuts.append((node.inner_end, node.inner_end, 1 << 30, content))
            cuts.append((node.start, node.inner, 0, tag))
        pieces, done = [], 0
        # At one place what is put in stands before what replaces the tag that begins there.
        for start, end, _, text in sorted(cuts, key=lambda cut: (cut[0], cut[1] != cut[0], cut[2])):
            pieces += [self.data[done:start], _bytes(text)]
            done = end
        return b"".join([*pieces, self.data[done:]])


def _rank(child: Node, order: Sequence[str]) -> int | None:
    """Return the rank of a child in the sequence; for ``mc:AlternateContent``, that of its content."""
    if child.name in order:
        return order.index(child.name)
    if child.name == "AlternateContent":
        return next((order.index(each.name) for each in child.walk() if each.name in order), None)
    return None


def with_attribute(tag: bytes, name: str, value: str) -> bytes:
    """Return a start tag with one attribute set, the others as written."""
    for match in _ATTRIBUTE.finditer(tag):
        if match[1] == name.encode():
            return tag[: match.start(2)] + quoted(value).encode() + tag[match.end(2) :]
    at = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:at].rstrip() + f" {name}={quoted(value)}".encode() + tag[at:]


def without_attributes(tag: bytes, names: Collection[str]) -> bytes:
    """Return a start tag without some of its attributes, the others as written."""
    if not any(name.encode() + b"=" in tag for name in names) and _PLAIN_TAG.fullmatch(tag):
        return tag
    for match in reversed(list(_ATTRIBUTE.finditer(tag))):
        if match[1].decode() in names:
            tag = tag[: match.start()] + tag[match.end() :]
    return tag


def escape(value: str) -> str:
    """Return text as XML; the standard library's own would load half of its network with it."""
    return value.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")


def unescaped(content: bytes) -> str:
    """Return the text that is the content of an element."""
    if not any(mark in content for mark in (b"&", b"<", b"\r")):
        return content.decode()
    return tree(b"<t>" + content + b"</t>").text


def quoted(value: str) -> str:
    """Return an attribute's value in double quotes."""
    return '"' + escape(value).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;") + '"'


_HEXED = regex(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORBIDDEN = regex("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def text(value: str, limit: int = LONGEST_TEXT) -> str:
    """Return text for an element: without what XML and Excel can't hold, cut to what a cell holds.

    ``_x000D_`` would be read as a character; escaped, it stays as it is.
    """
    is_plain = value.isascii() and value.isprintable()
    if not is_plain:
        value = _FORBIDDEN.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    # Excel counts UTF-16 units.
    if (len(value) if is_plain else len(value.encode("utf-16-le")) // 2) > limit:
        value = value.encode("utf-16-le")[: 2 * (limit - 1)].decode("utf-16-le", "ignore") + "…"
    return escape(_HEXED.sub("_x005F_", value) if "_x" in value else value)


def _bytes(piece: str | bytes) -> bytes:
    return piece.encode() if isinstance(piece, str) else piece
