"""The places of cells as formulas need them: addresses, columns, parts, words."""

from __future__ import annotations

from typing import Protocol


class Places(Protocol):
    """Locations of cells, as a formula in one particular cell sees them."""

    def cell(self, name: str) -> str:
        """Return a defined name, or an address in the same row of the same table."""
        ...

    def shown(self, name: str) -> str:
        """Return the cell as a stand-alone value: blank if the cell is empty."""
        ...

    def column(self, name: str) -> str:
        """Return the defined name of a whole table column."""
        ...

    def down_to_here(self, name: str) -> str:
        """Return a table column from its first row to this one, as the arguments of a sum."""
        ...

    def part(self, name: str) -> str:
        """Return the range of a table column's rows that belong to this row."""
        ...

    def recent(self, name: str, rows: int) -> str:
        """Return the latest rows of a table column, ending with this one, as the arguments of a sum."""
        ...

    def over(self, function: str, where: str, name: str) -> str:
        """Return ``SUM`` or ``COUNT`` over some rows of a table column, 0 if there are none.

        ``where`` is one of down_to_here and part; earlier and before (of a column over months and channels: the months
        before, same channel; the channels before, same month); stages (of one over ranks and stages: all ranks of this stage).
        """
        ...

    def row(self, less: int = 0) -> str:
        """Return the number of the row, from 1, minus the given offset, as text."""
        ...

    def rows(self, name: str) -> int:
        """Return the number of rows of a table column."""
        ...

    def numbers(self, name: str) -> str:
        """Return the defined name of the column that numbers the rows of ``name``'s table."""
        ...

    def word(self, key: str) -> str:
        """Return a word's text in the workbook's language."""
        ...

    def is_single(self, name: str) -> bool:
        """Return whether the cell is outside all tables: every formula then refers to it by name."""
        ...

    def is_result(self, name: str) -> bool:
        """Return whether the cell holds a formula: it is then a number or blank, never typed text."""
        ...
