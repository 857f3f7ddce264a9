"""The workbook part: the sequence of its children, and its date system."""

from __future__ import annotations

from .markup import Node
from .package import Package

ORDER = (
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
    "calcPr",
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
)
"""The sequence of its children (ECMA-376, CT_Workbook); Excel repairs a file that breaks it."""


NAMES = ("definedNames",)
"""The element that most of the part lies in, and few look at."""


def root(package: Package) -> Node:
    """Return the workbook's element with its children and theirs, but the names; raises BookError."""
    with package.in_words(package.workbook):
        return package.outline(package.workbook, 2, NAMES)


def flag(node: Node | None, name: str) -> bool:
    """Return a boolean attribute, as the standard writes it, of an element that may be missing."""
    return node is not None and node.get(name).strip().lower() in ("1", "true", "on")


def from_1904(package: Package) -> bool:
    """Return whether the workbook's dates count from 1904."""
    return flag(root(package).first("workbookPr"), "date1904")
