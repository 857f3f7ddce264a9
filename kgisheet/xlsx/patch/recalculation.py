"""The request to programs to recalculate everything on opening, after cells have changed."""

from __future__ import annotations

from .markup import Edits, outline
from .package import Package
from .workbookpart import NAMES, ORDER, flag

_CHAIN = "calcChain"


def recalculate(package: Package) -> None:
    """Ask for a full calculation on opening, and remove the order of the last one.

    That order names every cell with a formula; one that is no longer there makes Excel repair the file.
    """
    while (chain := package.related(package.workbook, _CHAIN)) is not None:
        package.remove(chain)
    if "xl/calcChain.xml" in package.parts:  # named by no relation
        package.remove("xl/calcChain.xml")
    with package.in_words(package.workbook):
        data = package.parts[package.workbook]
        root, edits = outline(data, 1, NAMES), Edits(data)
        there = root.first("calcPr")
        if flag(there, "fullCalcOnLoad"):
            return
        if there is not None:
            edits.set(there, "fullCalcOnLoad", 1)
        else:
            edits.place(root, ORDER, "calcPr", f'<{root.prefix}calcPr fullCalcOnLoad="1"/>')
        package.put(package.workbook, edits.result())
