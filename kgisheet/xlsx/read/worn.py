"""Looks of cells as plain properties: those of each cell format in a workbook's styles, however a program has written them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .formats import GENERAL, codes
from .xml import Element, tree, whole

Look = Mapping[str, str]
"""A look by its properties, those left out that have their default: ``font.sz``, ``fill``, ``border.left``, ``align.horizontal``,
``protect.locked``, ``format``."""

PLAIN: Look = MappingProxyType({})

_FLAGS = ("b", "i", "strike", "outline", "shadow")
_FONT = {"name": "", "sz": "", "u": "single", "vertAlign": "baseline", **dict.fromkeys(_FLAGS, "1")}
"""The elements of a font, each with its meaning without a value."""
_SIDES = ("left", "right", "top", "bottom", "diagonal")
_ALIGN = {"horizontal": "general", "vertical": "bottom", "textRotation": "0", "wrapText": "0", "indent": "0", "shrinkToFit": "0", "readingOrder": "0"}  # fmt: skip
_PROTECT = {"locked": "1", "hidden": "0"}
_BLACK = "000000"
_BOOLEANS = {"true": "1", "false": "0"}


def looks(styles: bytes | None) -> list[Look]:
    """Return the look of each cell format, in order; raise XmlError."""
    if styles is None:
        return []
    root = tree(styles)
    lists = {name: [each for found in root.all(name) for each in found.children] for name in ("fonts", "fills", "borders")}
    styled = root.first("cellXfs")
    found: list[Look] = []
    for xf, code in zip([] if styled is None else styled.all("xf"), codes(root), strict=True):
        look: dict[str, str] = {} if code == GENERAL else {"format": code}
        for key, name, read in (("fontId", "fonts", _font), ("fillId", "fills", _fill), ("borderId", "borders", _border)):
            number = whole(xf.get(key, "0"))
            if 0 <= number < len(lists[name]):
                look |= read(lists[name][number])
        look |= _said("align", xf.first("alignment"), _ALIGN)
        look |= _said("protect", xf.first("protection"), _PROTECT)
        found.append(MappingProxyType(look))
    return found


def _font(font: Element) -> dict[str, str]:
    said: dict[str, str] = {}
    for each in font.children:
        if each.name == "color":
            said["font.color"] = colour(each)
        elif each.name in _FONT:
            said[f"font.{each.name}"] = _BOOLEANS.get(value := each.get("val") or _FONT[each.name], value)
    if said.get("font.color") == _BLACK:
        del said["font.color"]
    return {key: value for key, value in said.items() if value not in ("0", "none", "baseline")}


def _fill(fill: Element) -> dict[str, str]:
    pattern = fill.first("patternFill")
    if pattern is None:
        return {"fill": "gradient"} if fill.children else {}
    kind = pattern.get("patternType", "none")
    if kind == "none":
        return {}
    first = pattern.first("fgColor")
    shown = _BLACK if first is None else colour(first)
    return {"fill": shown if kind == "solid" else f"{kind} {shown}"}


def _border(border: Element) -> dict[str, str]:
    found = {}
    for side in border.children:
        # In a language that is written from the right, Excel calls the sides start and end.
        name = {"start": "left", "end": "right"}.get(side.name, side.name)
        style = side.get("style", "none")
        if name in _SIDES and style != "none":
            said = side.first("color")
            found[f"border.{name}"] = f"{style} {_BLACK if said is None else colour(said)}"
    return found


def _said(group: str, element: Element | None, defaults: Mapping[str, str]) -> dict[str, str]:
    found = {} if element is None else {key: _BOOLEANS.get(value, value) for key, value in element.attributes.items()}
    return {f"{group}.{key}": value for key, value in found.items() if key in defaults and value not in ("", defaults[key])}


def colour(element: Element) -> str:
    """Return a colour: ``FF0000``, or ``theme 4 +0.6`` of the workbook's own; black for what a program chooses."""
    if rgb := element.get("rgb"):
        return rgb.upper()[-6:]
    if theme := element.get("theme"):
        tint = element.get("tint", "0")
        try:
            shade = f" {float(tint):+.2f}" if abs(float(tint)) >= 0.005 else ""
        except ValueError:
            shade = ""
        return _BLACK if theme == "1" and not shade else f"theme {theme}{shade}"
    indexed = element.get("indexed")
    return _BLACK if indexed in ("", "8", "64", "81") else f"indexed {indexed}"
