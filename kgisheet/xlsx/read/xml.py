"""XML of a package's parts, read by expat: local names only, and nothing that a workbook has no use for.

Prefixes differ between programs and namespaces between the two editions of the
standard; the local names are the same in all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Self
from xml.parsers import expat

MAX_DEPTH = 250
MAX_ELEMENTS = 300_000  # of a small part: styles, names, relations

Attributes = dict[str, str]


class XmlError(Exception):
    """A part that isn't well-formed XML, or has what no workbook has (a DOCTYPE)."""


class Branch:
    """An element with the elements in it, found by local name; what else is known of one, its kind adds."""

    __slots__ = ("children",)

    children: list[Self]

    @property
    def name(self) -> str:
        raise NotImplementedError

    def all(self, name: str) -> Iterator[Self]:
        """Return the children with that name."""
        return (each for each in self.children if each.name == name)

    def first(self, name: str) -> Self | None:
        return next(self.all(name), None)

    def walk(self) -> Iterator[Self]:
        """Yield the element and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


class Element(Branch):
    """One element of a small part: its local name, attributes (local names), children, and the text in it."""

    __slots__ = ("attributes", "name", "text")

    name: str

    def __init__(self, name: str, attributes: Attributes) -> None:
        self.name = name
        self.attributes = attributes
        self.children = []
        self.text = ""

    def get(self, key: str, default: str = "") -> str:
        return self.attributes.get(key, default)

    def flag(self, key: str, default: bool = False) -> bool:
        """Return a boolean attribute, as the standard writes it: 1, true, on."""
        value = self.attributes.get(key)
        return default if value is None else value.strip().lower() in ("1", "true", "on")


def scan(
    data: bytes,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Call back for each element, prefixes removed; raise XmlError."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = 0

    def on_start(tag: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise XmlError("nested too deeply")
        if ":" in tag:
            tag = tag[tag.index(":") + 1 :]
        start(tag, attributes)

    def on_end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        if ":" in tag:
            tag = tag[tag.index(":") + 1 :]
        end(tag)

    parser.StartElementHandler = on_start
    parser.EndElementHandler = on_end
    parser.CharacterDataHandler = text
    run(parser, data)


def run(parser: expat.XMLParserType, data: bytes) -> None:
    """Parse a part with the handlers that are set; raise XmlError for anything wrong with it, a DOCTYPE too."""

    def on_doctype(*_: object) -> None:
        raise XmlError("a DOCTYPE")

    parser.StartDoctypeDeclHandler = on_doctype
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as bad:  # the last two: an encoding that nobody knows
        raise XmlError(str(bad)) from None
    finally:
        # A handler that looks at its parser makes a circle of both, and of all that they have read.
        parser.StartElementHandler = parser.EndElementHandler = parser.XmlDeclHandler = None


def well_formed(data: bytes) -> None:
    """Raise XmlError for anything that a parser finds wrong with a part, whoever goes through it by other means."""
    run(expat.ParserCreate(), data)


def tree(data: bytes) -> Element:
    """Return the root of a small part; raise XmlError."""
    roots: list[Element] = []
    open_: list[Element] = []
    count = 0

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal count
        count += 1
        if count > MAX_ELEMENTS:
            raise XmlError("a part with too many elements")
        element = Element(tag, {key.rpartition(":")[2]: value for key, value in attributes.items()})
        (open_[-1].children if open_ else roots).append(element)
        open_.append(element)

    def end(_tag: str) -> None:
        open_.pop()

    def text(piece: str) -> None:
        if open_:
            open_[-1].text += piece

    scan(data, start, end, text)
    return roots[0]
