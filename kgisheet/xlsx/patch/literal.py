"""Elements found by their bytes alone, where no comment, CDATA or processing instruction can be in the way.

What `markup.scan` finds with a parser, by a call for each tag, is found here by a call for each tag that is asked for. That
the part is well-formed is for a parser to say first. Whoever finds None or an Unclear asks the parser instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..read.xml import Attributes
from .markup import Node

_REST = rb"""(?=[\s/>])(?:[^>"']+|"[^"]*"|'[^']*')*>"""
_CHILD = re.compile(rb"<([^\s<>/]+)" + _REST)
_ATTRIBUTE = re.compile(rb"""\s([^\s=/<>"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_READ_OTHERWISE = re.compile(rb"[&\n\r\t]")
"""What a parser changes in the value of an attribute."""


class UnclearError(Exception):
    """A parser would read it otherwise than it is written."""


def tags(data: bytes, name: bytes, start: int, end: int) -> Iterator[re.Match[bytes]]:
    """Yield the start tags of a name, as it is written with its prefix."""
    return re.compile(b"<" + re.escape(name) + _REST).finditer(data, start, end)


def attributes(tag: bytes) -> Attributes:
    """Return the attributes of a start tag; raise UnclearError."""
    if _READ_OTHERWISE.search(tag):
        raise UnclearError
    return {key.decode(): (one or other).decode() for key, one, other in _ATTRIBUTE.findall(tag)}


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
