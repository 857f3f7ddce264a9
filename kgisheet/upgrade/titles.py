"""The titles of the new sheets: as people gave them to the old ones, and free among other people's."""

from __future__ import annotations

from collections.abc import Collection

from ..filled.workbook import FilledBook
from ..layout.build import Built
from ..template.raw import Declaration
from ..template.sheets import GRID, GROUNDS, GUIDE, PAGE, SUMMARY, TAB, WORK, SheetOf
from ..template.tables import TAB_MONTH
from ..xlsx.patch.tabs import MAX_TITLE
from .others import others

_ONE = (PAGE, GRID, GUIDE, SUMMARY, GROUNDS, WORK, TAB)
"""The kinds of which a workbook has one sheet, or one set of tabs."""


def titles_of(old: FilledBook, to: Declaration, built: Built) -> tuple[dict[str, str], dict[str, str]]:
    """Return other titles for the new sheets where they need one; and each old sheet's title with its successor's."""
    new = {sheet.title for sheet in built.book.sheets}
    pairs = [
        (each.title.to(old.lang), heir.title.to(old.lang))
        for each in old.declaration.listed.all
        if (heir := _heir(each, to)) is not None
    ]
    months = [place.sheet for place in built.places.tabs.get(TAB_MONTH, ()) if place is not None]
    pairs += zip(old.anchors.tabs, months, strict=False)
    now = old.anchors.titles
    rename = {heir: now[was] for was, heir in pairs if heir in new and now.get(was, was) != was}
    taken = {each.casefold() for each in others(old)}
    for title in (sheet.title for sheet in built.book.sheets):
        wanted = rename.get(title, title)
        if wanted.casefold() in taken:
            rename[title] = wanted = free(wanted, taken | {each.casefold() for each in new})
        taken.add(wanted.casefold())
    return rename, {now[was]: rename.get(heir, heir) for was, heir in pairs if was in now and heir in new}


def _heir(old: SheetOf, to: Declaration) -> SheetOf | None:
    """Return the sheet that has taken a sheet's part: of the same id, else the only one of its kind."""
    same = next((each for each in to.listed.all if each.id == old.id), None)
    return to.listed.of_kind(old.kind) if same is None and old.kind in _ONE else same


def free(title: str, taken: Collection[str]) -> str:
    """Return a title that is free among those ``taken`` (casefolded): 根拠, 根拠 (2) and so on."""
    number, candidate = 1, title
    while candidate.casefold() in taken:
        number += 1
        suffix = f" ({number})"
        candidate = title[: MAX_TITLE - len(suffix)] + suffix
    return candidate
