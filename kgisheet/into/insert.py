"""The sheets of a plan behind those of a workbook; every part of the workbook's own stays to the byte.

What changes are the list of sheets, of names and of content types, the styles,
to which ours are appended, and that programs work the workbook out on opening it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ..errors import BookError
from ..layout.model import Book
from ..values.a1 import reference
from ..xlsx.patch import definednames, properties, recalculation, refusals, tabs
from ..xlsx.patch.graft import graft
from ..xlsx.patch.package import Package
from ..xlsx.patch.styles import Styles
from ..xlsx.patch.workbookpart import from_1904
from ..xlsx.read.xml import tree
from ..xlsx.writer import to_parts
from .collisions import Taken, collisions

_TABLE = "table"


def insert(data: bytes, source: str, book: Book, created: datetime.datetime) -> bytes:
    """Return the workbook ``data`` with the sheets of ``book`` after its own.

    Raises BookError with all that is in the way, or where the workbook must not, or can't, be changed.
    """
    package = Package(data, source)
    locked = [refusals.meant_to_stay(package), refusals.structure_locked(package)]
    problems = [each for each in locked if each is not None] + collisions(book, taken(package), source)
    if problems:
        raise BookError(*problems)
    styles = Styles(package)
    graft(package, styles, Package.of(to_parts(book, created), package.source), [sheet.title for sheet in book.sheets])
    styles.save()
    definednames.put(package, [definednames.Name(name, reference(place)) for name, place in book.names.items()])
    properties.set_properties(package, book.custom)
    recalculation.recalculate(package)
    return package.to_bytes()


def taken(package: Package) -> Taken:
    """Return the unique things of a workbook."""
    names = tuple(each.name for each in definednames.names(package) if each.sheet is None)
    return Taken(tuple(tab.title for tab in tabs.tabs(package)), names, tuple(_tables(package)), from_1904(package))


def _tables(package: Package) -> Iterator[str]:
    """Return the names of all tables."""
    for tab in tabs.tabs(package):
        for each in package.relations(tab.part) if tab.part is not None else ():
            if each.kind == _TABLE and each.target in package.parts:
                with package.in_words(each.target):
                    root = tree(package.parts[each.target])
                    yield root.get("displayName", root.get("name"))
