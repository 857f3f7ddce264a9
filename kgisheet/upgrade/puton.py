"""The things that people hung on the old sheets, hung on the new ones: looks, comments, links, settings."""

from __future__ import annotations

from collections.abc import Sequence

from ..formula.grid import Where
from ..xlsx.patch import links, notes, setup
from ..xlsx.patch.dressing import Dressing
from ..xlsx.patch.package import Package
from ..xlsx.patch.sheetpatch import SheetPatch
from ..xlsx.patch.styles import Styles
from ..xlsx.patch.tabs import tabs
from .attached import Comment
from .linked import Linked
from .looks import Looks
from .sheetwide import SheetWide


def put_on(
    package: Package, looks: Looks, linked: Linked, sheetwide: SheetWide, remarks: Sequence[tuple[Where, Comment]]
) -> None:
    parts = {tab.title: tab.part for tab in tabs(package) if tab.part is not None}
    _looks(package, parts, looks)
    by_sheet: dict[str, dict[str, list[tuple[tuple[int, int], Comment]]]] = {}
    for (sheet, row, col), each in remarks:
        by_sheet.setdefault(sheet, {}).setdefault(each.author, []).append(((row, col), each))
    for sheet, by_author in by_sheet.items():
        for author, said in by_author.items():
            of_sheet = SheetPatch(package, parts[sheet], [cell for cell, _ in said])
            notes.add(of_sheet, {cell: each.note for cell, each in said}, author)
            of_sheet.save()
    for sheet in dict.fromkeys(where[0] for where in linked.moved):
        links.add(package, parts[sheet], {where[1:]: each for where, each in linked.moved.items() if where[0] == sheet})
    for title, wanted in sheetwide.moved.items():
        setup.put(package, title, parts[title], wanted)


def _looks(package: Package, parts: dict[str, str], looks: Looks) -> None:
    styles = Styles(package)
    dressing = Dressing(styles)
    for title in dict.fromkeys(where[0] for where in looks.moved):
        sheet = SheetPatch(package, parts[title], [where[1:] for where in looks.moved if where[0] == title])
        looks.put(sheet, title, dressing)
        sheet.save()
    styles.save()
