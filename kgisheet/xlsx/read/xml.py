"""XML of a package's parts, read by expat: local names only, and nothing that a workbook has no use for.

Prefixes differ between programs and namespaces between the two editions of the
standard; the local names are the same in all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Self
from xml.parsers import expat

from ...language.text import Text

MAX_DEPTH = 250
MAX_ELEMENTS = 300_000  # of a small part: styles, names, relations
MAX_GAP = 2**19
"""Bytes without the end of a tag, beyond which no part is parsed: a cell holds 32,767 characters, a formula 8,192."""

Attributes = dict[str, str]


class XmlError(Exception):
    """A part that isn't well-formed XML, or has what no workbook has (a DOCTYPE): what is wrong, in both languages, and where."""

    def __init__(self, ja: str, en: str, line: int | None = None) -> None:
        super().__init__(en)
        self.what = Text(ja, en)
        self.part = ""
        self.line = line

    @property
    def said(self) -> Text:
        """The fault, with the part and the line: ``xl/workbook.xml, line 2: nested too deeply``."""
        if not self.part:
            return self.what
        line = Text(f"{self.part}、{self.line}行目", f"{self.part}, line {self.line}")
        place = Text(self.part, self.part) if self.line is None else line
        return Text(f"{place.ja}: {self.what.ja}", f"{place.en}: {self.what.en}")


@contextmanager
def of_part(name: str) -> Iterator[None]:
    """Let an XmlError say in which part it is."""
    try:
        yield
    except XmlError as bad:
        bad.part = bad.part or name
        raise


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


def tags(data: bytes) -> int:
    """Return how many tags a part has, an empty element being two: what a parser calls back for, but counted at once."""
    return data.count(b"<") + data.count(b"/>")


def whole(text: str) -> int:
    """Return a whole number from an attribute; -1 for anything that is none, or is longer than any count."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    return tag[tag.index(":") + 1 :]


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
            raise XmlError("入れ子が深すぎます", "nested too deeply")
        start(_local(tag) if ":" in tag else tag, attributes)

    def on_end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        end(_local(tag) if ":" in tag else tag)

    parser.StartElementHandler = on_start
    parser.EndElementHandler = on_end
    parser.CharacterDataHandler = text
    run(parser, data)


def run(parser: expat.XMLParserType, data: bytes) -> None:
    """Parse a part with the handlers that are set; raise XmlError for anything wrong with it, a DOCTYPE too."""

    def on_doctype(*_: object) -> None:
        raise XmlError("ブックにあるはずのない DOCTYPE 宣言があります", "a DOCTYPE, which no workbook has")

    parser.StartDoctypeDeclHandler = on_doctype
    _refuse_gaps(data)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as bad:
        raise _in_words(bad, data) from None
    except LookupError:
        raise XmlError(*_ENCODING) from None
    except ValueError:
        raise XmlError(*_BROKEN) from None
    finally:
        # A handler that looks at its parser makes a circle of both, and of all that they have read.
        parser.StartElementHandler = parser.EndElementHandler = parser.XmlDeclHandler = None


def _refuse_gaps(data: bytes) -> None:
    """Refuse a tag, or a text, that is as long as a whole workbook: a parser takes it in one piece."""
    for at in range(0, len(data) - MAX_GAP, MAX_GAP):
        if data.find(b">", at, at + MAX_GAP) < 0:
            raise XmlError("1つのタグか文字列が長すぎます", "a tag or a text that is too long")


_ENCODING = "文字コードの指定が誤っているか、対応していません", "its encoding is unknown, or isn't the one that it names"
_BROKEN = "XMLとして正しくありません", "it isn't well-formed XML"
_CUT = "途中で終わっています", "it ends in the middle"
_KINDS = {
    "XML_ERROR_NO_ELEMENTS": _CUT,
    "XML_ERROR_UNCLOSED_TOKEN": _CUT,
    "XML_ERROR_UNCLOSED_CDATA_SECTION": _CUT,
    "XML_ERROR_PARTIAL_CHAR": _CUT,
    "XML_ERROR_TAG_MISMATCH": ("開始タグと終了タグが合っていません", "its tags don't match"),
    "XML_ERROR_DUPLICATE_ATTRIBUTE": ("同じ属性が2つあります", "an attribute is there twice"),
    "XML_ERROR_JUNK_AFTER_DOC_ELEMENT": ("終わりの後に余分な内容があります", "there is something behind its end"),
    "XML_ERROR_UNDEFINED_ENTITY": ("定義されていない実体参照があります", "it refers to an entity that isn't defined"),
    "XML_ERROR_UNKNOWN_ENCODING": _ENCODING,
    "XML_ERROR_INCORRECT_ENCODING": _ENCODING,
}
_WORDS = {expat.errors.codes[getattr(expat.errors, name)]: words for name, words in _KINDS.items()}


def _in_words(bad: expat.ExpatError, data: bytes) -> XmlError:
    """Return what a parser finds wrong, in the reader's words instead of its own."""
    if b"\x00" in data:
        line = data.count(b"\n", 0, data.index(b"\x00")) + 1
        return XmlError("NUL文字(値0のバイト)が混ざっています", "it has NUL bytes in it", line)
    return XmlError(*_WORDS.get(bad.code, _BROKEN), bad.lineno)


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
            raise XmlError("要素が多すぎます", "a part with too many elements")
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
