"""The contents on the guide: the year's tabs, and sheets by their current titles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ..filled.workbook import FilledBook
from ..formula.grid import Where
from ..formula.retitle import retitled
from ..template.sheets import GUIDE
from ..xlsx.patch import links, tabs
from ..xlsx.patch.package import Package


class Contents(NamedTuple):
    """The part that has the list, old titles → new ones, and the lines whose text changes."""

    part: str
    titles: dict[str, str]
    lines: dict[Where, str]


def contents(package: Package, book: FilledBook, made: Iterable[str], rolls: bool) -> Contents | None:
    """Return the changes of the list; None if there are none. ``made`` are the new tabs, in the order of the months."""
    guide = book.anchors.titles.get(book.template.title_of(GUIDE).to(book.lang))
    part = next((tab.part for tab in tabs.tabs(package) if tab.title == guide), None)
    titles = dict(_titles(book, made, rolls))
    if guide is None or part is None or not titles:
        return None
    lines: dict[Where, str] = {}
    is_other = False
    for row, col, location in links.links(package, part):
        new = retitled(location, titles)
        is_other = is_other or new != location
        stored = book.read.cells.get((guide, row, col))
        if new != location and stored is not None and stored.formula is None and stored.value in titles:
            lines[guide, row, col] = titles[str(stored.value)]
    return Contents(part, titles, lines) if is_other else None


def _titles(book: FilledBook, made: Iterable[str], rolls: bool) -> Iterator[tuple[str, str]]:
    now = book.anchors.titles
    if rolls:
        for old, new in zip(book.anchors.tabs, made, strict=False):
            yield old, new
            yield now.get(old, old), new
        made = ()
    gone = [tab for tab in book.anchors.tabs if tab not in now]
    again: Mapping[str, str] = dict(zip(gone, made, strict=False))
    yield from ((old, new) for old, new in {**now, **again}.items() if old != new and not (rolls and old in book.anchors.tabs))
