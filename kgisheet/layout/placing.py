"""Placement of declared cells on a sheet: value, formula, style, validation and name."""

from __future__ import annotations

from collections.abc import Iterable

from ..expr.render import excel
from ..template.model import INPUT, Cell
from ..values.a1 import Place, address
from ..values.units import COUNT
from ..worksheet.labels import Labels
from ..worksheet.places import NamedPlaces, Places
from ..worksheet.solve import Solution
from . import looks
from .model import Conditional, Look, Sheet, Validation
from .rules import rule

_MOST_DEALS = 10_000


class Placer(Labels):
    """The placer of one solution's cells on one sheet; it records their places."""

    def __init__(self, solution: Solution, sheet: Sheet, lang: str, known: Places | None = None) -> None:
        super().__init__(solution.template, lang)
        self.solution, self.roles = solution, solution.roles
        self.sheet = sheet
        self.places: dict[str, Place] = {}
        """Where this placer has put cells, or is about to."""
        self.known = Places(self.places) if known is None else known
        """Where the cells are that its formulas refer to: of a workbook of several sheets, on all of them."""
        self._forms: dict[str, str] = {}

    def _put(self, cell: Cell, index: int | None, row: int, col: int, look: Look | None, last_col: int | None) -> None:
        look = looks.value_look(cell, self.lang) if look is None else look
        if self.shows_fractions(cell):
            self._forms[cell.name] = str(dict(look).get("num_format", "#,##0"))
        if self.shows_fractions(cell) and self.is_unrounded:
            look = looks.over(look, num_format=looks.with_decimals(str(dict(look).get("num_format", "#,##0"))))
        value = self.solution.at(cell.name, index)
        if cell.formula is None:
            self.sheet.put(row, col, value, look, last_col)
            return
        text = self.seen_from(cell, index or 0).formula(cell.formula)
        self.sheet.formula(row, col, text, value, look, last_col)

    def seen_from(self, cell: Cell | None, index: int) -> NamedPlaces:
        """Return the view of a formula in one row of a cell's table on this sheet."""
        table = None if cell is None else cell.table
        return NamedPlaces(self.template, self.known, self.lang, self.sheet.title, table, index, self.solution.rows)

    @property
    def is_unrounded(self) -> bool:
        """Whether the workbook starts with counts that are not made whole."""
        return self.solution.values.get("rounding") == self.word("none")

    def shows_fractions(self, cell: Cell) -> bool:
        """Return whether a cell's figure has decimals while rounding is off: computed counts."""
        is_count = cell.unit == COUNT and cell.counter != "months"
        return is_count and cell.formula is not None and cell.companion is None and not cell.decimals

    def follow_rounding(self) -> None:
        """Show decimals for counts while rounding is off, whichever way the workbook starts.

        Excel changes a number format by a condition; LibreOffice and Google Sheets
        do not, so the workbook starts with the right one.
        """
        test = f"rounding{'<>' if self.is_unrounded else '='}{excel.quoted(self.word('none'))}"
        for name, place in self.placed():
            cell = self.template.cells.get(name)
            if cell is not None and cell.counter and self.shows_fractions(cell):
                form = self._forms.get(name, looks.number_format(cell, self.lang))
                look = (("num_format", form if self.is_unrounded else looks.with_decimals(form)),)
                area = place.row, place.col, place.row + place.rows - 1, place.col + place.cols - 1
                self.sheet.conditionals.append(Conditional(*area, test, look))

    def placed(self) -> Iterable[tuple[str, Place]]:
        """Return the places of this sheet's cells, by name."""
        return self.places.items()

    def ask_of_small(self, name: str, readback: str) -> None:
        """Put a question mark behind an amount under 10,000 yen: most often a slip, 1,200 typed for 1,200万円.

        A price may be as small as that, unless the goal then takes more deals than anyone wins: the checker's own measure.
        """
        place = self.places[readback]
        is_price = name == self.roles.deal_size and self.roles.web_revenue_used in self.template.cells
        of_price = f",web_revenue_used/{name}>{_MOST_DEALS}" if is_price else ""
        test = f"AND(ISNUMBER({name}),{name}>0,{name}<10000{of_price})"
        self.sheet.conditionals.append(Conditional(place.row, place.col, place.row, place.col, test, looks.ASKED))

    def _validate(self, cell: Cell, row: int, col: int, last_row: int) -> None:
        if cell.role == INPUT and not cell.recorded:
            self.sheet.validations.append(Validation(row, col, last_row, rule(cell, self, self.is_unrounded)))

    def state_colours(self, row: int, col: int, last_row: int, last_col: int | None = None) -> None:
        """Colour states green, red and grey, in addition to the mark and the word; ``last_col`` is that of a block."""
        ref = address(row, col)
        for starts, look in (
            (self.word("ok")[0], looks.GOOD),
            (self.word("bad")[0], looks.BAD),
            (self.word("open")[0], looks.OPEN),
        ):
            test = f"LEFT({ref},1)={excel.quoted(starts)}"
            self.sheet.conditionals.append(Conditional(row, col, last_row, col if last_col is None else last_col, test, look))

    def usual_colours(self, row: int, col: int, last_row: int) -> None:
        ref = address(row, col)
        test = f"OR({ref}={excel.quoted(self.word('below'))},{ref}={excel.quoted(self.word('above'))})"
        self.sheet.conditionals.append(Conditional(row, col, last_row, col, test, looks.OUTSIDE))
