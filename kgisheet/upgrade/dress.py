"""How the sheets of the old workbook look: each of their cells with what it is, and what somebody has made of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from ..filled.workbook import FilledBook
from ..formula.grid import Where
from ..layout.build import Built, generated
from ..layout.model import LINK
from ..template.model import Template
from ..template.sheets import TAB
from ..values.a1 import row_and_column
from ..worksheet import provenance
from ..xlsx.patch.package import Package
from ..xlsx.patch.tabs import Tab, tabs
from ..xlsx.read.drawnas import DrawnAs, partly_formatted
from ..xlsx.read.relations import SHARED_STRINGS, STYLES
from ..xlsx.read.worn import Look, looks
from .forms import BLANK, FORMULA, NAMED, TEXT, Form, Key
from .typed import Sheets


class Dress:
    """The sheets of ours in the old workbook, as they look now."""

    def __init__(self, package: Package, sheets: Sheets) -> None:
        self.package, self.sheets = package, sheets
        self.ids = ids_of(sheets.book)
        self.tabs: dict[str, Tab] = {}
        self.drawn: dict[str, DrawnAs] = {}
        self.positions: dict[str, int] = {}
        texts = package.related(package.workbook, SHARED_STRINGS)
        partly: list[int] = []
        if texts is not None:
            with package.in_words(texts):
                partly = partly_formatted(package.parts[texts])
        for position, tab in enumerate(tabs(package)):
            if tab.part is not None and tab.title in self.ids:
                with package.in_words(tab.part):
                    self.drawn[tab.title] = DrawnAs(package.parts[tab.part], partly)
                self.tabs[tab.title], self.positions[tab.title] = tab, position

    @cached_property
    def looks(self) -> list[Look]:
        """The look of each cell format of the workbook."""
        part = self.package.related(self.package.workbook, STYLES)
        if part is None:
            return []
        with self.package.in_words(part):
            return looks(self.package.parts[part])

    def key(self, where: Where) -> Key:
        """Return what a cell is."""
        named = self.sheets.subject.where.get(where)
        if named is not None:
            return NAMED, named[0].name
        was = self.sheets.ours.get(where)
        if was not in (None, ""):
            return (FORMULA, "") if isinstance(was, str) and was[:1] == "=" != was else (TEXT, str(was))
        stored = self.sheets.book.read.cells.get(where)
        if stored is not None and where in self.sheets.links and isinstance(stored.value, str):
            return TEXT, stored.value
        return BLANK, ""

    def form(self) -> Form:
        """Return the workbook as a form, which it is if nobody has touched it."""
        form = Form()
        keys = {(title, *cell): self.key((title, *cell)) for title, drawn in self.drawn.items() for cell in drawn.styles}
        form.add(self.package, self.ids, keys)
        return form


def ids_of(book: FilledBook) -> dict[str, str]:
    """Return the ids of the sheets of ours by their current titles."""
    listed = book.declaration.listed
    found = {}
    for was, title in book.anchors.titles.items():
        if was != provenance.SHEET:
            each = listed.called(was)
            tab = listed.of_kind(TAB)
            found[title] = tab.id if was in book.anchors.tabs and tab is not None else was if each is None else each.id
    return found


def form_of(data: bytes, built: Built, template: Template, source: str) -> Form:
    """Return the form of a workbook that was just made."""
    listed, package, form = template.sheets, Package(data, source), Form()
    months = {place.sheet for places in built.places.tabs.values() for place in places if place is not None}
    ids: dict[str, str] = {}
    keys: dict[tuple[str, int, int], Key] = {}
    for sheet in built.book.sheets:
        if sheet.title == provenance.SHEET:
            continue
        each, tab = listed.called(sheet.title), listed.of_kind(TAB)
        ids[sheet.title] = tab.id if sheet.title in months and tab is not None else sheet.title if each is None else each.id
        keys |= _written(generated(sheet), sheet.title)
        keys |= {(sheet.title, item.row, item.col): (TEXT, str(item.value)) for item in sheet.items if item.kind == LINK}
    for name, place in (*built.book.names.items(), *built.book.local_names):
        keys |= {spot[:3]: (NAMED, name) for spot in place.spots()}
    form.add(package, ids, keys)
    return form


def _written(cells: Mapping[str, object], title: str) -> dict[tuple[str, int, int], Key]:
    return {
        (title, *row_and_column(at)): (FORMULA, "")
        if isinstance(value, str) and value[:1] == "=" != value
        else (TEXT, str(value))
        for at, value in cells.items()
        if value not in (None, "")
    }
