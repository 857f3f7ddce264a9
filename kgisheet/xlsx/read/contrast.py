"""Cell styles and conditional formats whose text has the colour of its background, so that the cell can't be read."""

from __future__ import annotations

from .formats import NOTHING, misleads
from .xml import Element, whole

_LEAST = 1.25
"""The contrast below which nobody reads a figure; white on the palest yellow has 1.1, the palest grey of a remark 1.6."""

_THEME = {"0": "FFFFFF", "1": "000000", "2": "E7E6E6"}
_INDEXED = {"0": "000000", "1": "FFFFFF", "8": "000000", "9": "FFFFFF", "64": "000000", "65": "FFFFFF"}
_WHITE = "FFFFFF"


def unread(root: Element | None) -> list[bool]:
    """Return, for each cell style in order, whether its text has the colour of its fill.

    An unknown colour (a theme's own, a tint) counts as readable.
    """
    if root is None:
        return []
    fonts = [_colour(each.first("color"), "000000") for each in _list(root, "fonts", "font")]
    fills = [_fill(each) for each in _list(root, "fills", "fill")]
    return [
        _is_lost(_at(fonts, each.get("fontId", "0")), _at(fills, each.get("fillId", "0")))
        for each in _list(root, "cellXfs", "xf")
    ]


def painted(root: Element | None) -> frozenset[int]:
    """Return the conditional formats, by number, that make text unreadable: text like the fill, or a format that hides.

    Without a fill of its own, a format is taken to be on white, or on the pale yellow of an input.
    """
    if root is None:
        return frozenset()
    found = set()
    for number, look in enumerate(_list(root, "dxfs", "dxf")):
        font, fill, form = look.first("font"), look.first("fill"), look.first("numFmt")
        text = None if font is None else _colour(font.first("color"), None)
        behind = _WHITE if fill is None else _ground(fill)
        if _is_lost(text, behind) or (form is not None and misleads(form.get("formatCode"), text=False) == NOTHING):
            found.add(number)
    return frozenset(found)


def _ground(fill: Element) -> str | None:
    """Return the colour that a rule's fill paints: for a solid one the second, as programs write it."""
    pattern = fill.first("patternFill")
    if pattern is None or pattern.get("patternType", "solid") != "solid":
        return None
    return _colour(pattern.first("bgColor") or pattern.first("fgColor"), None)


def _list(root: Element, group: str, name: str) -> list[Element]:
    found = root.first(group)
    return [] if found is None else list(found.all(name))


def _at(colours: list[str | None], position: str) -> str | None:
    return colours[whole(position)] if 0 <= whole(position) < len(colours) else None


def _fill(fill: Element) -> str | None:
    pattern = fill.first("patternFill")
    kind = "none" if pattern is None else pattern.get("patternType", "none")
    if pattern is None or fill.first("gradientFill") is not None:
        return None
    if kind == "none":
        return _WHITE
    return _colour(pattern.first("fgColor"), None) if kind == "solid" else None


def _colour(colour: Element | None, default: str | None) -> str | None:
    """Return six hexadecimal digits; None if the colour isn't known."""
    if colour is None:
        return default
    if colour.get("tint", "0").strip("0.-") or colour.flag("auto"):
        return default if colour.flag("auto") else None
    rgb = colour.get("rgb")
    if rgb:
        return rgb[-6:].upper() if len(rgb) in (6, 8) and all(each in "0123456789abcdefABCDEF" for each in rgb) else None
    if "theme" in colour.attributes:
        return _THEME.get(colour.get("theme"))
    return _INDEXED.get(colour.get("indexed"))


def _is_lost(text: str | None, behind: str | None) -> bool:
    if text is None or behind is None:
        return False
    dark, light = sorted(map(_luminance, (text, behind)))
    return (light + 0.05) / (dark + 0.05) < _LEAST


def _luminance(rgb: str) -> float:
    """Return the luminance as WCAG defines it, from 0 (black) to 1 (white)."""
    parts = [int(rgb[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
