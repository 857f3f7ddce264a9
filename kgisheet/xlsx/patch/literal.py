"""Elements found by their bytes alone, where no comment, CDATA or processing instruction can be in the way.

What `markup.scan` finds with a parser, by a call for each tag, is found here by a call for each tag that is asked for. That
the part is well-formed is for a parser to say first. Whoever finds None or an Unclear asks the parser instead.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from ..read.xml import Attributes, well_formed
from .markup import Inside, Node, inside, outline

_REST = rb"""(?=[\s/>])(?:[^>"']+|"[^"]*"|'[^']*')*>"""
_CHILD = re.compile(rb"<([^\s<>/?]+)" + _REST)
_HEAD = re.compile(
    rb"""(?:<\?xml version=["']1.0["'](?: encoding=["'](?i:utf-8)["'])?(?: standalone=["'](?:yes|no)["'])?\?>\s*)?"""
)
_ATTRIBUTE = re.compile(rb"""\s([^\s=/<>"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


_PLAIN_CELL = re.compile(
    rb"""(?P<head><c r="(?P<r>[A-Z]+[0-9]+)"(?: s="(?P<s>[0-9]+)")?)(?: t="(?P<t>[a-zA-Z]+)")?>"""
    rb"(?P<formula>(?:<f>[^<]*</f>)?)(?P<value>(?:<v>[^<]*</v>)?)</c>"
)


class UnclearError(Exception):
    """A parser would read it otherwise than it is written."""


def tags(data: bytes, name: bytes, start: int, end: int) -> Iterator[re.Match[bytes]]:
    """Yield the start tags of a name, as it is written with its prefix."""
    return re.compile(b"<" + re.escape(name) + _REST).finditer(data, start, end)


def attributes(tag: bytes) -> Attributes:
    """Return the attributes of a start tag; raise UnclearError."""
    if b"&" in tag or b"\n" in tag or b"\r" in tag or b"\t" in tag:
        raise UnclearError  # a parser changes these in a value
    return {key.decode(): (one or other).decode() for key, one, other in _ATTRIBUTE.findall(tag)}


def attribute(tag: bytes, name: bytes) -> str | None:
    """Return one attribute of a start tag, which is found without the others; raise UnclearError."""
    begins = b" " + name + b'="'
    at = tag.find(begins)
    if at < 0 or b"'" in tag or b"&" in tag:
        return attributes(tag).get(name.decode())
    at += len(begins)
    return tag[at : tag.index(b'"', at)].decode()


def opened(tag: re.Match[bytes], name: bytes) -> Node:
    """Return the element of a start tag, without its content; raise UnclearError."""
    return Node(name.decode(), attributes(tag[0]), tag.start(), tag.end())


def element(data: bytes, tag: re.Match[bytes], name: bytes) -> Node:
    """Return the element of a start tag, with its children but not what is in them; raise UnclearError."""
    found, at = opened(tag, name), tag.end()
    if tag[0].endswith(b"/>"):
        return found
    while (start := _CHILD.match(data, at)) is not None:
        child, at = opened(start, start[1]), start.end()
        if not start[0].endswith(b"/>"):
            child.inner_end = data.index(b"</" + start[1], at)
            child.end = at = data.index(b">", child.inner_end) + 1
        found.children.append(child)
    if not data.startswith(b"</" + name, at):
        raise UnclearError  # text between the elements
    found.inner_end, found.end = at, data.index(b">", at) + 1
    return found


def plain_cell(data: bytes, at: int) -> re.Match[bytes] | None:
    """Return a cell as nearly all are written: with a formula, a value, or both, and no attributes but the usual ones."""
    return _PLAIN_CELL.match(data, at)


def node(cell: re.Match[bytes]) -> Node:
    """Return the element of a plain cell."""
    said = {key: cell[key].decode() for key in ("r", "s", "t") if cell[key] is not None}
    found = Node("c", said, cell.start(), cell.start("formula"))
    for group, name in (("formula", "f"), ("value", "v")):
        if cell[group]:
            child = Node(name, {}, cell.start(group), cell.start(group) + 3)
            child.inner_end, child.end = cell.end(group) - 4, cell.end(group)
            found.children.append(child)
    found.inner_end, found.end = cell.end("value"), cell.end()
    return found


def outlined(data: bytes, skip: str, shallow: Collection[bytes], is_sound: bool) -> Node:
    """Return the outline that `markup.outline` makes, two levels deep; of the ``shallow`` elements only the places.

    ``is_sound``: a parser has gone through these bytes before. Raise XmlError.
    """
    content = inside(data, skip.encode())
    if content is not None:
        if not is_sound:
            well_formed(data)
        try:
            return _children(data, content, shallow)
        except UnclearError:
            pass
    return outline(data, 2, (skip,))


def _children(data: bytes, skip: Inside, shallow: Collection[bytes]) -> Node:
    """Return a part's root with its children, and theirs, but nothing of what is in ``skip``. Raise UnclearError."""
    head = _HEAD.match(data)
    first = None if head is None else _CHILD.match(data, head.end())
    if first is None:
        raise UnclearError
    root = opened(first, first[1])
    root.children, root.inner_end = _within(data, first, skip, shallow, 2)
    root.end = data.index(b">", root.inner_end) + 1
    return root


def _within(data: bytes, tag: re.Match[bytes], skip: Inside, shallow: Collection[bytes], depth: int) -> tuple[list[Node], int]:
    """Return the children of an element, down to ``depth``, and where its end tag begins."""
    found: list[Node] = []
    at = tag.end()
    while (start := _CHILD.match(data, at)) is not None:
        name, at = start[1], start.end()
        if name in shallow:
            child = Node(name.decode(), {}, start.start(), at)
        else:
            child = opened(start, name)
        found.append(child)
        if start[0].endswith(b"/>"):
            continue
        if at == skip.start:
            child.inner_end = skip.end
        elif depth > 1 and name not in shallow:
            child.children, child.inner_end = _within(data, start, skip, shallow, depth - 1)
        else:
            child.inner_end = data.find(b"</" + name, at)
            if child.inner_end < 0 or data.find(b"<" + name, at, child.inner_end) >= 0:
                raise UnclearError  # one of its own kind is in it
        child.end = at = data.index(b">", child.inner_end) + 1
    if not data.startswith(b"</" + tag[1], at):
        raise UnclearError  # text between the elements
    return found, at
