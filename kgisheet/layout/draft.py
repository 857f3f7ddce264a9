"""Sheets that refer to one another: all places are reserved first, then filled."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..expr.render import excel
from ..language.words import CHOICES
from ..template import tables
from ..template.model import INPUT, Cell, Switch
from ..template.switches import blank_says, others, says
from ..values.a1 import Place, address
from ..values.units import CURRENCY
from ..worksheet.places import Places
from ..worksheet.solve import Solution
from . import looks
from .amounts import in_display_unit
from .model import Look, Sheet
from .placing import Placer


class Shared:
    """The places of cells on all sheets."""

    def __init__(self) -> None:
        self.names: dict[str, Place] = {}
        self.tabs: dict[str, list[Place | None]] = {}
        self.places = Places(self.names, self.tabs)
        self.looks: dict[tuple[str, bool], Look] = {}
        """The styles of cells on the tabs, which all months share."""
        self._by_sheet: tuple[int, dict[str, list[tuple[str, Place]]]] = (0, {})

    def on_sheet(self, title: str) -> list[tuple[str, Place]]:
        """Return the places on a sheet, by name; once for all sheets, until a place is added."""
        size = len(self.names) + sum(map(len, self.tabs.values()))
        if self._by_sheet[0] != size:
            found: dict[str, list[tuple[str, Place]]] = {}
            for name, place in self.names.items():
                found.setdefault(place.sheet, []).append((name, place))
            for name, blocks in self.tabs.items():
                for block in blocks:
                    if block is not None:
                        found.setdefault(block.sheet, []).append((name, block))
            self._by_sheet = size, found
        return self._by_sheet[1].get(title, [])


class Draft(Placer):
    """One sheet: cells are reserved first; ``fill`` writes them, once those of all sheets are reserved."""

    def __init__(self, solution: Solution, title: str, widths: dict[int, float], lang: str, shared: Shared) -> None:
        super().__init__(solution, Sheet(title, widths), lang, shared.places)
        self.shared = shared
        self.places = shared.names
        self._waiting: list[Callable[[], None]] = []
        self._quiet_to = (0, 0)
        self.in_yen = False
        """Whether amounts are shown in yen whatever the display unit: where they are typed and read back beside."""
        self._amounts: list[tuple[Cell, tuple[int, int, int, int]]] = []

    def single(self, name: str, row: int, col: int, look: Look | None = None, last_col: int | None = None) -> None:
        """Reserve a single cell."""
        self._reserve(name, Place(self.sheet.title, row, col))
        self._block(name, [(0, row, col)], look, last_col)

    def down(self, name: str, row: int, col: int, look: Look | None = None, last_col: int | None = None) -> None:
        """Reserve a column of a table, its rows one below another."""
        count = self._rows(name)
        self._reserve(name, Place(self.sheet.title, row, col, count))
        self._block(name, [(index, row + index, col) for index in range(count)], look, last_col)

    def matrix(self, name: str, row: int, col: int, look: Look | None = None) -> None:
        """Reserve a column over two tables: a row per month or rank, the channels or stages side by side."""
        across = self._across(name)
        count = self._rows(name)
        self._reserve(name, Place(self.sheet.title, row, col, count // across, across))
        self._block(name, [(index, row + index // across, col + index % across) for index in range(count)], look)

    def side_by_side(self, name: str, row: int, col: int, look: Look | None = None) -> None:
        """Reserve a column of a table, its rows side by side: the stages over a matrix."""
        count = self._rows(name)
        self._reserve(name, Place(self.sheet.title, row, col, 1, count))
        self._block(name, [(index, row, col + index) for index in range(count)], look)

    def _across(self, name: str) -> int:
        rows, table = self.solution.rows, self.template.cells[name].table
        return tables.across(rows, table) if table == tables.ABM else rows[tables.CHANNEL]

    def on_tab(self, name: str, month: int, row: int, col: int, look: Look | None = None, last_col: int | None = None) -> None:
        """Reserve the cells of a column that belong to one month's tab (from 0), one below another."""
        count = self._rows(name) // tables.MONTHS
        blocks = self.shared.tabs.setdefault(name, [])
        place = Place(self.sheet.title, row, col, count)
        if month < len(blocks):
            blocks[month] = place  # a tab that was gone is made again
        else:
            blocks.append(place)
        self._block(name, [(month * count + index, row + index, col) for index in range(count)], look, last_col)

    def text(self, row: int, col: int, said: str, look: Look, last_col: int | None = None) -> None:
        self.sheet.put(row, col, said, look, last_col)

    def either(
        self, row: int, col: int, switch: Switch, other: str, said: str, look: Look, last_col: int | None = None
    ) -> None:
        """Draw a text, and another one while a switch on the page says so."""
        is_other = says(switch, self.solution.at)
        formula = f"=IF({self.test(switch)},{excel.quoted(other)},{excel.quoted(said)})"
        self.sheet.formula(row, col, formula, other if is_other else said, look, last_col)

    def test(self, switch: Switch) -> str:
        """Return the test, as a formula, that a switch says so."""
        return f"{switch.cell}={excel.quoted(CHOICES[switch.cell][switch.choice].to(self.lang))}"

    def unread(self, switch: Switch) -> str:
        """Return the test that a switch says something else."""
        return f"OR({','.join(map(self.test, others(switch)))})" if blank_says(switch) else f"NOT({self.test(switch)})"

    def row_of(self, row: int, col: int, last_col: int, look: Look) -> None:
        """Reserve an empty row of one style."""
        for each in range(col, last_col + 1):
            self.sheet.put(row, each, None, look)

    def fill(self) -> None:
        """Write all that was reserved, and the settings of the whole sheet."""
        waiting, self._waiting = self._waiting, []  # each looks at its sheet: a circle, if they stayed
        for put in waiting:
            put()
        self.follow_rounding()
        self._follow_unit()
        rows, cols = self._quiet_to
        area = f"A1:{address(rows + 10, cols + 4)}"
        self.sheet.quiet = {key: [area] for key in ("empty_cell_reference", "formula_differs", "formula_range")}

    def _follow_unit(self) -> None:
        """Show amounts in the display unit, except for those that only support other calculations."""
        rules = [rule for cell, area in self._amounts for rule in in_display_unit(area, cell.signed, self.lang)]
        # First: LibreOffice takes the first rule that holds alone, and a wrong unit is worse than a colour that is lacking.
        self.sheet.conditionals[:0] = rules

    def placed(self) -> Iterable[tuple[str, Place]]:
        """Return the places on this sheet, a tab's included."""
        return self.shared.on_sheet(self.sheet.title)

    def _rows(self, name: str) -> int:
        table = self.template.cells[name].table
        assert table is not None, name
        return self.solution.rows[table]

    def _reserve(self, name: str, place: Place) -> None:
        assert name not in self.shared.names, name
        self.shared.names[name] = place

    def _block(
        self, name: str, spots: list[tuple[int, int, int]], look: Look | None = None, last_col: int | None = None
    ) -> None:
        cell = self.template.cells[name]
        given = looks.value_look(cell, self.lang) if look is None else look

        def put() -> None:
            for index, row, col in spots:
                self._put(cell, None if cell.table is None else index, row, col, given, last_col)
            for column in sorted({col for _, _, col in spots}):
                self._validate(cell, spots[0][1], column, spots[-1][1])

        self._waiting.append(put)
        last = max(row for _, row, _ in spots), max(col for _, _, col in spots)
        if (
            cell.unit == CURRENCY
            and not self.in_yen
            and (cell.role != INPUT or cell.on_tab)
            and any(mark in dict(given).get("num_format", "") for mark in "円¥")
        ):
            self._amounts.append((cell, (spots[0][1], spots[0][2], *last)))
        self._quiet_to = max(self._quiet_to[0], last[0]), max(self._quiet_to[1], last[1])
