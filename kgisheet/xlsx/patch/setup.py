"""The settings of a worksheet as a whole: its view, the colour of its tab, headers and footers, whether it is hidden."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ..read.drawnas import Part
from ..read.xml import Attributes
from .markup import Edits, outline, quoted, text
from .package import Package
from .sheetpatch import ORDER

_OF_SHEET = ("tabColor", "outlinePr", "pageSetUpPr")


class Setup(NamedTuple):
    """The settings to make: attributes of the view, the tab's colour, the element of headers and footers, the sheet's state."""

    views: Mapping[str, str]
    tab: Attributes | None = None
    header: Part | None = None
    state: str | None = None


def put(package: Package, title: str, part: str, setup: Setup) -> None:
    """Set it on a worksheet; a sheet that the workbook opens on is not hidden."""
    with package.in_words(part):
        root, edits = outline(package.parts[part], 2, skip=("sheetData",)), Edits(package.parts[part])
        prefix = root.prefix
        for view in [each for list_ in root.all("sheetViews") for each in list_.children][:1]:
            for name, value in setup.views.items():
                edits.set(view, name, value)
                if name == "zoomScale":
                    edits.set(view, "zoomScaleNormal", value)
        if setup.tab is not None:
            said = " ".join(f"{key}={quoted(value)}" for key, value in setup.tab.items())
            colour, there = f"<{prefix}tabColor {said}/>", root.first("sheetPr")
            old = None if there is None else there.first("tabColor")
            if old is not None:
                edits.replace(old.start, old.end, colour)
            elif there is not None:
                edits.place(there, _OF_SHEET, "tabColor", colour)
            else:
                edits.place(root, ORDER, "sheetPr", f"<{prefix}sheetPr>{colour}</{prefix}sheetPr>")
        if setup.header is not None:
            header = _header(setup.header, prefix)
            old = root.first("headerFooter")
            edits.replace(old.start, old.end, header) if old is not None else edits.place(root, ORDER, "headerFooter", header)
        package.put(part, edits.result())
    if setup.state is not None:
        _hide(package, title, setup.state)


def _header(part: Part, prefix: str) -> str:
    said = "".join(f" {key}={quoted(value)}" for key, value in part.attributes.items())
    within = "".join(f"<{prefix}{name}>{text(words)}</{prefix}{name}>" for name, _, words in part.within)
    return f"<{prefix}headerFooter{said}>{within}</{prefix}headerFooter>"


def _hide(package: Package, title: str, state: str) -> None:
    with package.in_words(package.workbook):
        root, edits = package.outline(package.workbook, 2), Edits(package.parts[package.workbook])
        nodes = [node for list_ in root.all("sheets") for node in list_.children]
        views = [node for list_ in root.all("bookViews") for node in list_.children]
        shown = views[0].get("activeTab", "0") if views else "0"
        for at, node in enumerate(nodes):
            if node.attributes.get("name") == title and str(at) != shown:
                edits.set(node, "state", state)
        package.put(package.workbook, edits.result())
