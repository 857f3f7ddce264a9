"""The settings of a sheet as plain words, however a program has written them: its tab, its view, protection, printing, and what is put on it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping

from ..values.regex import regex
from ..xlsx.patch import definednames
from ..xlsx.patch.package import Package
from ..xlsx.read.drawnas import DrawnAs, Part
from ..xlsx.read.worn import colour
from ..xlsx.read.xml import Attributes, Element

TAB, STATE, HEADER, FREEZE, PROTECTION, PRINT, MARGINS, PAGE, BREAKS, AREA, TITLES = (
    "tab", "state", "header", "freeze", "protection", "print", "margins", "page", "breaks", "area", "titles",
)  # fmt: skip
VIEW, PUT = "view.", "put."
"""The beginnings of names: of a view's settings, and of elements that nothing of ours has."""

VIEWS = {
    "showFormulas": "0",
    "showGridLines": "0",
    "showRowColHeaders": "1",
    "showZeros": "1",
    "rightToLeft": "0",
    "view": "normal",
    "zoomScale": "100",
}
"""The attributes of a view, with what they are unless somebody sets them; lines between the cells no form of ours has."""

_OF_CELLS = frozenset(
    ("dimension", "sheetFormatPr", "cols", "sheetData", "mergeCells", "conditionalFormatting", "dataValidations", "hyperlinks",
     "ignoredErrors", "drawing", "legacyDrawing", "phoneticPr", "sheetCalcPr", "AlternateContent", "extLst")
)  # fmt: skip
"""Settings that are looked at elsewhere, or that programs write by themselves."""
_READ = frozenset(
    ("sheetPr", "sheetViews", "sheetProtection", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks")
)  # fmt: skip
_EXTENDED = frozenset(("conditionalFormattings", "dataValidations", "ignoredErrors"))
"""Of a newer form, and looked at elsewhere."""
_OFTEN = {
    "paperSize": "1", "scale": "100", "fitToWidth": "1", "fitToHeight": "1", "orientation": "default", "blackAndWhite": "0",
    "draft": "0", "pageOrder": "downThenOver", "cellComments": "none", "useFirstPageNumber": "0",
}  # fmt: skip
_ALLOWED = ("formatCells", "formatColumns", "formatRows", "insertColumns", "insertRows", "insertHyperlinks", "deleteColumns",
            "deleteRows", "selectLockedCells", "selectUnlockedCells", "sort", "autoFilter", "pivotTables")  # fmt: skip
_CODES = regex(r'&"[^"]*"|&K[0-9A-Fa-f]{6}|&K\d\d[+-]\d{3}|&\d+|&[BIUESXY]')
"""Codes that give the text of a header a font, and are not its words."""


def settings(drawn: DrawnAs, state: str, printed: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return what is set, by name, but for what is as it is anyway; ``printed`` are the areas that names give the printer."""
    found: dict[str, list[str]] = {}
    last = max((row for row, _ in drawn.styles), default=0)
    for key, value in printed.items():
        found[key] = [_whole(value, last) if key == AREA else value]
    for key, value in _all(drawn, state):
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}


def _whole(area: str, last: int) -> str:
    """Return an area without its last row, where it has most of the sheet: how far down ours goes hangs on what is in it."""
    bottom = re.fullmatch(r"(.*:[A-Z]+)(\d+)", area)
    return area if bottom is None or int(bottom[2]) * 2 < last else bottom[1]


_PRINTED = {"_xlnm.print_area": AREA, "_xlnm.print_titles": TITLES}


def printed(package: Package) -> dict[int, dict[str, str]]:
    """Return the areas that names give the printer, by the sheet's position."""
    found: dict[int, dict[str, str]] = {}
    for each in definednames.names(package):
        key = _PRINTED.get(each.name.casefold())
        if key is not None and each.sheet is not None:
            found.setdefault(each.sheet, {})[key] = re.sub(r"('(?:[^']|'')+'|[^'!,]+)!|\$", "", each.text)
    return found


def _all(drawn: DrawnAs, state: str) -> Iterator[tuple[str, str]]:
    if state != "visible":
        yield STATE, state
    is_fitted = False
    for part in drawn.parts:
        if part.name == "sheetPr":
            for name, attributes, _ in part.within:
                if name == "tabColor":
                    yield TAB, colour(Element(name, attributes))
                is_fitted = is_fitted or (name == "pageSetUpPr" and _flag(attributes, "fitToPage"))
        elif part.name == "sheetViews":
            yield from _views(part)
        elif part.name == "sheetProtection":
            yield from _protection(part.attributes)
        elif part.name == "printOptions":
            on = sorted(key for key in part.attributes if _flag(part.attributes, key) and key != "gridLinesSet")
            yield from [(PRINT, " ".join(on))] if on else []
        elif part.name == "pageMargins":
            # How far the header is from the edge, programs choose themselves.
            sides = [(key, part.attributes[key]) for key in ("top", "left", "right", "bottom") if key in part.attributes]
            yield MARGINS, " ".join(f"{key} {_rounded(value)}" for key, value in sides)
        elif part.name == "pageSetup":
            yield PAGE, _page(part.attributes, is_fitted)
        elif part.name == "headerFooter":
            yield from _header(part)
        elif part.name in ("rowBreaks", "colBreaks"):
            axis = part.name[:3]
            yield from ((BREAKS, f"{axis} {each.get('id', '')}") for name, each, _ in part.within if name == "brk")
        elif part.name == "extLst":
            yield from _extended(part)
        elif part.name not in _OF_CELLS and part.name not in _READ:
            yield f"{PUT}{part.name}", _named(part)


def _views(part: Part) -> Iterator[tuple[str, str]]:
    first = next((attributes for name, attributes, _ in part.within if name == "sheetView"), {})
    for key, usual in VIEWS.items():
        value = _plain(first.get(key, "1" if key == "showGridLines" else usual))
        if value != usual:
            yield f"{VIEW}{key}", value
    pane = next((attributes for name, attributes, _ in part.within if name == "pane"), None)
    if pane is not None:
        yield FREEZE, f"{_rounded(pane.get('xSplit', '0'))} {_rounded(pane.get('ySplit', '0'))} {pane.get('state', 'split')}"


def _protection(attributes: Attributes) -> Iterator[tuple[str, str]]:
    if not _flag(attributes, "sheet"):
        return
    allowed = [key for key in _ALLOWED if key in attributes and not _flag(attributes, key)]
    locked = [key for key in ("selectLockedCells", "selectUnlockedCells") if _flag(attributes, key)]
    password = ["password"] if attributes.get("password") or attributes.get("hashValue") else []
    said = [*password, *(f"no {key}" for key in locked), *(key for key in allowed if not key.startswith("select"))]
    yield PROTECTION, " ".join(said)


def _page(attributes: Attributes, is_fitted: bool) -> str:
    said = {key: _plain(attributes.get(key, usual)) for key, usual in _OFTEN.items()}
    said["orientation"] = said["orientation"].replace("default", "portrait")
    for key in ("scale",) if is_fitted else ("fitToWidth", "fitToHeight"):
        said[key] = _OFTEN[key]
    return " ".join(f"{key} {value}" for key, value in said.items() if value != _OFTEN[key] and value != "portrait")


def _header(part: Part) -> Iterator[tuple[str, str]]:
    for name, _, text in part.within:
        words = _CODES.sub("", text)
        if re.sub(r"&[LCR]", "", words).strip():
            yield HEADER, f"{name} {''.join(words.split())}"


def _extended(part: Part) -> Iterator[tuple[str, str]]:
    names = [name for name, _, _ in part.within]
    for before, name in itertools.pairwise(names):
        if before == "ext" and name != "ext" and name not in _EXTENDED:
            yield f"{PUT}{name}", ""


def _named(part: Part) -> str:
    """Return what an element is called, or where it is."""
    every: list[Mapping[str, str]] = [part.attributes, *(attributes for _, attributes, _ in part.within)]
    return ", ".join(
        said for each in every if (said := each.get("name") or each.get("ref") or each.get("sqref") or each.get("r"))
    )


def _plain(value: str) -> str:
    return {"true": "1", "false": "0"}.get(value, value)


def _flag(attributes: Mapping[str, str], key: str) -> bool:
    return attributes.get(key, "").strip().lower() in ("1", "true", "on")


def _rounded(value: str) -> str:
    try:
        return f"{float(value):.2g}" if float(value) < 10 else f"{float(value):.0f}"
    except ValueError:
        return value
