r"""Records of a styles part (a font, a border, a cell format), compared by meaning and rewritten.

Programs write the same record in their own ways: attributes in another order,
defaults spelled out, ``true`` for 1, ``\件`` for ``"件"``.
"""

from __future__ import annotations

import re
from collections.abc import Hashable

from ...values.regex import regex
from ..read.xml import Element
from .markup import quoted

_DEFAULTS = {
    "alignment": {
        "horizontal": "general",
        "vertical": "bottom",
        "textRotation": "0",
        "wrapText": "0",
        "indent": "0",
        "relativeIndent": "0",
        "justifyLastLine": "0",
        "shrinkToFit": "0",
        "readingOrder": "0",
    },
    "protection": {"locked": "1", "hidden": "0"},
    "xf": {"numFmtId": "0", "fontId": "0", "fillId": "0", "borderId": "0", "xfId": "0", "quotePrefix": "0", "pivotButton": "0"},
    "border": {"diagonalUp": "0", "diagonalDown": "0", "outline": "1"},
    **{flag: {"val": "1"} for flag in ("b", "i", "strike", "outline", "shadow", "condense", "extend")},
    "u": {"val": "single"},
    "patternFill": {"patternType": "none"},
    **{side: {"style": "none"} for side in ("left", "right", "top", "bottom", "diagonal")},
}
_BOOLEANS = {"true": "1", "false": "0"}
_EMPTY = ("alignment", "protection")  # say nothing where all is the default


def form(element: Element) -> Hashable:
    """Return the meaning of a record, equal for equivalent records."""
    if element.name == "fill":
        # Under a solid fill the second colour is not seen; in conditional formats it is the one that is.
        return element.name, tuple(
            _form(each, ("bgColor",) if each.get("patternType") == "solid" else ()) for each in element.children
        )
    return _form(element)


def _form(element: Element, but: tuple[str, ...] = ()) -> Hashable:
    defaults = _DEFAULTS.get(element.name, {})
    said = {key: _BOOLEANS.get(value, value) for key, value in element.attributes.items() if not _declares(key, value)}
    if element.name == "xf":
        # Whether a part of a style is applied follows from its being another one than the base's.
        said = {key: value for key, value in said.items() if not key.startswith("apply")}
    if "formatCode" in said:
        said["formatCode"] = code_form(said["formatCode"])
    attributes = frozenset((key, value) for key, value in said.items() if defaults.get(key) != value)
    children = [_form(each) for each in element.children if each.name not in but]
    if element.name in ("font", "xf"):  # an order that says nothing
        children = sorted((each for each in children if each not in _SILENT), key=repr)
    return element.name, attributes, tuple(children), element.text.strip()


_CODE = regex(r"""\[[^\]]*(?:\]|\Z)|[eE][+-]|"(?P<text>[^"]*)"|\\(?P<escaped>.)|(?P<bare>[+\-() ])|[_*].|.""", re.DOTALL)


def code_form(code: str) -> str:
    """Return a number format code with its literal letters written in a uniform way."""

    def one(match: re.Match[str]) -> str:
        literal = match["text"] if match["text"] is not None else match["escaped"] or match["bare"]
        return match[0] if literal is None else "".join(f"\\{letter}" for letter in literal)

    return _CODE.sub(one, code)


def template(element: Element) -> str:
    """Return the record as XML, with ``{0}`` as a placeholder for the part's prefix."""
    attributes = "".join(
        f" {key}={_plain(quoted(value))}" for key, value in element.attributes.items() if not _declares(key, value)
    )
    start = f"<{{0}}{element.name}{attributes}"
    if not element.children:
        return f"{start}/>"
    return f"{start}>{''.join(map(template, element.children))}</{{0}}{element.name}>"


def _declares(key: str, value: str) -> bool:
    """Return a namespace's declaration."""
    return key == "xmlns" or value.startswith(("http://", "https://"))


def _plain(xml: str) -> str:
    return xml.replace("{", "{{").replace("}", "}}")


_SILENT: set[Hashable] = {*((name, frozenset(), (), "") for name in _EMPTY), ("charset", frozenset({("val", "1")}), (), "")}
