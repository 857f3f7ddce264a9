"""Locations of named cells, for the formula of one cell: in a workbook being written and in a filled one alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count

from ..expr.nodes import Node
from ..expr.render.excel import copied
from ..expr.render.forms import Form, form
from ..template import tables
from ..template.model import Cell, Template
from ..values.a1 import Place, address, column, quoted_sheet


class Places:
    """The names of a workbook; ``tabs`` are the places of a column on the months' tabs, a block per tab.

    A tab that is gone, or a missing cell on it, is None.
    """

    def __init__(self, names: Mapping[str, Place], tabs: Mapping[str, Sequence[Place | None]] | None = None) -> None:
        self.names = names
        self.tabs: Mapping[str, Sequence[Place | None]] = {} if tabs is None else tabs
        self.forms: dict[Node, Form] = {}
        """The formulas of columns, with gaps (`NamedPlaces.formula`)."""
        self._sheets_of_page: frozenset[str] | None = None
        self.followed: Mapping[str, Sequence[int | None]] = {}
        """Of a column on another sheet of the page than the channels: its row for each channel, where somebody put channels in."""

    def sheets_of_page(self, template: Template) -> frozenset[str]:
        """Return the titles of the sheets with the page's cells."""
        if self._sheets_of_page is None:
            keys = template.page_keys()
            found = (self.names.get(cell.name) for cell in template.cells.values() if cell.section in keys)
            self._sheets_of_page = frozenset(place.sheet for place in found if place is not None)
        return self._sheets_of_page

    def spot(self, name: str, index: int = 0) -> Place | None:
        """Return the cell of a name, or of a column's row (from 0); None if it is unknown."""
        place = self.names.get(name)
        if place is not None:
            if name in self.followed:
                at = self.followed[name][index] if index < len(self.followed[name]) else None
                return None if at is None else place.spot(at)
            return place.spot(index)
        blocks = self.tabs.get(name, ())
        size = next((block.rows for block in blocks if block is not None), 0)
        tab, row = divmod(index, size) if size else (0, 0)
        block = blocks[tab] if tab < len(blocks) else None
        return None if block is None else block.spot(row)

    def spots(self, name: str) -> list[tuple[str, int, int] | None]:
        """Return sheet, row and column of each cell of a name, as ``spot`` does: thousands of them are asked for at once."""
        whole = self.names.get(name)
        if name in self.followed:
            return [None if place is None else place[:3] for place in map(self.spot, [name] * self.rows(name), count())]
        if whole is not None:
            return _spots(whole, whole.size)
        blocks = self.tabs.get(name, ())
        size = next((block.rows for block in blocks if block is not None), 0)
        return [spot for block in blocks for spot in ([None] * size if block is None else _spots(block, size))]

    def rows(self, name: str) -> int:
        """Return how many cells a name has, on all the tabs together."""
        place = self.names.get(name)
        if place is not None:
            return len(self.followed[name]) if name in self.followed else place.size
        blocks = self.tabs.get(name, ())
        return len(blocks) * next((block.rows for block in blocks if block is not None), 0)


def _spots(place: Place, size: int) -> list[tuple[str, int, int] | None]:
    sheet, row, col, _, cols = place
    return [(sheet, row + index // cols, col + index % cols) for index in range(size)]


def name_of(cell: Cell, row: int, places: Places) -> str:
    """Return the name of a cell: ``won_deals``, ``channel_leads[1]``, ``2026-04!goal_leads``."""
    if not cell.table:
        return cell.name
    tabs = places.tabs.get(cell.name)
    if not cell.on_tab or not tabs:
        return f"{cell.name}[{row + 1}]"
    size = places.rows(cell.name) // len(tabs)
    tab = tabs[row // size]
    local = cell.name if size == 1 else f"{cell.name}[{row % size + 1}]"
    return local if tab is None else f"{tab.sheet}!{local}"


class NamedPlaces:
    """Names of single cells, and addresses of cells in rows (`expr.excel.Places`), as one cell sees them.

    The cell is on ``sheet`` in the row ``index`` (from 0) of ``table``.
    """

    def __init__(
        self, template: Template, places: Places, lang: str, sheet: str, table: str | None, index: int, rows: Mapping[str, int]
    ) -> None:
        self.template = template
        self.places = places
        self.lang = lang
        self.sheet = sheet
        self.table = table
        self.index = index
        self.sizes = rows
        self.channels = tables.across(rows, table)

    def formula(self, node: Node) -> str:
        """Return the cell's formula for ``node``, an expression of its template."""
        known = self.places.forms.get(node)
        if known is None:
            known = self.places.forms[node] = form(node, self)
        return known.filled(self)

    def cell(self, name: str) -> str:
        table = self.template.cells[name].table
        if table is None:
            return name
        index = self._beside(name)
        if table == tables.CHANNEL and self._is_numbered(name):
            return self._numbered(name, index)
        whole = self.places.names.get(name)
        if whole is None or name in self.places.followed:
            place = self.places.spot(name, index)
            return name if place is None else self._on(place) + address(place.row, place.col)
        down, across = divmod(
            index, whole.cols
        )  # without a place of its own for each cell: this is asked for thousands of them
        where = address(whole.row + down, whole.col + across)
        return where if whole.sheet == self.sheet else f"{quoted_sheet(whole.sheet)}!{where}"

    def shown(self, name: str) -> str:
        # A result is blank as a text, but in a row that somebody inserts there is nothing.
        ref = self.cell(name)
        return ref if self.is_result(name) and not self._is_numbered(name) else copied(ref)

    def column(self, name: str) -> str:
        return name

    def down_to_here(self, name: str) -> str:
        return self._down(name, 0)

    def recent(self, name: str, rows: int) -> str:
        return self._down(name, max(0, self._beside(name) - rows + 1))

    def part(self, name: str) -> str:
        other = self._table(name)
        own_rows = self.sizes[self.table] if self.table else 1
        of = tables.part(self.table, self.index, own_rows, self.sizes[other], self.channels)
        first, last = self._spot(name, of.start), self._spot(name, of.stop - 1)
        return f"{self._on(first)}{address(first.row, first.col)}:{address(last.row, last.col)}"

    def over(self, function: str, where: str, name: str) -> str:
        area: str | None = getattr(self, where)(name)
        return "0" if area is None else f"{function}({area})"

    def earlier(self, name: str) -> str | None:
        """Return, of a column over months and channels, the earlier months of the same channel; None in the first month."""
        month, channel = divmod(self.index, self.channels)
        if month == 0:
            return None
        return self._range(name, channel, self.index - self.channels)

    def before(self, name: str) -> str | None:
        """Return, of a column over months and channels, the preceding channels of the same month; None at the first channel."""
        month, channel = divmod(self.index, self.channels)
        if channel == 0:
            return None
        first, last = self._spot(name, month * self.channels), self._spot(name, self.index - 1)
        return f"{self._on(first)}${column(first.col)}{first.row + 1}:{address(last.row, last.col)}"

    def stages(self, name: str) -> str:
        """Return, of a column over ranks and stages, all ranks of this stage."""
        top, bottom = (
            self._spot(name, self.index),
            self._spot(name, self.sizes[self._table(name)] - self.sizes[tables.STAGE] + self.index),
        )
        return f"{self._on(top)}{address(top.row, top.col)}:{address(bottom.row, bottom.col)}"

    def row(self, less: int = 0) -> str:
        return str(tables.number(self.table, self.index, self.channels) - less)

    def rows(self, name: str) -> int:
        return self.sizes[self._table(name)]

    def numbers(self, name: str) -> str:
        return tables.numbers(self._table(name))

    def word(self, key: str) -> str:
        return self.template.words[key].to(self.lang)

    def is_single(self, name: str) -> bool:
        return self.template.cells[name].table is None

    def is_result(self, name: str) -> bool:
        return self.template.cells[name].formula is not None

    def _table(self, name: str) -> str:
        table = self.template.cells[name].table
        assert table is not None, name
        return table

    def _beside(self, name: str) -> int:
        other = self._table(name)
        return self.index if other == self.table else tables.aligned(self.table, self.index, other, self.channels)

    def _spot(self, name: str, index: int) -> Place:
        place = self.places.spot(name, index)
        if place is None:
            raise KeyError(name)
        return place

    def _on(self, place: Place) -> str:
        return "" if place.sheet == self.sheet else f"{quoted_sheet(place.sheet)}!"

    def _is_numbered(self, name: str) -> bool:
        """Return whether the rows of a column are matched by number: a row inserted among the channels must not separate two sheets.

        Each row is then addressed alone, never as part of a range: an address follows its cell, and a number doesn't.
        The sheets of the page follow each other's cells: sorted or moved on, a channel keeps its own figures.
        """
        cell = self.template.cells[name]
        if cell.table != tables.CHANNEL or self.table is None:
            return False
        if self.table == tables.MONTH_CHANNEL:
            return True
        place = self.places.spot(name, self._beside(name))
        if self.table != tables.CHANNEL or place is None or place.sheet == self.sheet:
            return False
        return self.sheet not in self.places.sheets_of_page(self.template) or cell.section not in self.template.page_keys()

    def _numbered(self, name: str, index: int) -> str:
        return f"INDEX({name},{index + 1})"

    def _down(self, name: str, first: int) -> str:
        """Return one row of a column down to this one, as the arguments of a sum."""
        last = self._beside(name)
        if self._is_numbered(name):
            return ",".join(self._numbered(name, index) for index in range(first, last + 1))
        return self._range(name, first, last)

    def _range(self, name: str, first: int, last: int) -> str:
        """Return one row of a column down to another, or across where it runs so; the first one fixed."""
        top, bottom = self._spot(name, first), self._spot(name, last)
        whole = self.places.names.get(name)
        if whole is not None and whole.is_across:
            return f"{self._on(top)}${column(top.col)}{top.row + 1}:{address(bottom.row, bottom.col)}"
        return f"{self._on(top)}{column(top.col)}${top.row + 1}:{address(bottom.row, bottom.col)}"
