"""The sheet that a workbook opens on."""

from __future__ import annotations

from .markup import Edits
from .package import Package
from .tabs import tabs


def show(package: Package, position: int) -> None:
    """Let the workbook open on the sheet at a position, that one alone selected."""
    with package.in_words(package.workbook):
        root, edits = package.outline(package.workbook, 2), Edits(package.parts[package.workbook])
        for list_ in root.all("bookViews"):
            for node in list_.children:
                edits.set(node, "activeTab", position)
                if "firstSheet" in node.attributes:
                    edits.set(node, "firstSheet", 0)
        package.put(package.workbook, edits.result())
    for at, tab in enumerate(tabs(package)):
        if tab.part is None:
            continue
        with package.in_words(tab.part):
            root, edits = package.outline(tab.part, 2, ("sheetData",)), Edits(package.parts[tab.part])
            views = [node for list_ in root.all("sheetViews") for node in list_.children]
            for node in views:
                is_selected = node.get("tabSelected").lower() in ("1", "true")
                if is_selected != (at == position):
                    edits.set(node, "tabSelected", int(at == position))
            if views:
                made = edits.result()
                if made != package.parts[tab.part]:
                    package.put(tab.part, made)
