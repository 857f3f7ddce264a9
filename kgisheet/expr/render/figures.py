"""The values of cells as expressions ask for them: of the row, of columns, of the rows that belong to this one."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction
from typing import Protocol

Value = Fraction | str | None

EPOCH = datetime.date(1899, 12, 30)
"""The day from which spreadsheets count days (from March 1900 on)."""


def day_of(serial: Fraction) -> datetime.date | None:
    """Return the day of a serial number; None beyond the years that there are days of."""
    try:
        return EPOCH + datetime.timedelta(days=int(serial))
    except OverflowError:
        return None


class Figures(Protocol):
    """The values of cells, seen from one particular cell."""

    def cell(self, name: str) -> Value: ...
    def column(self, name: str) -> Sequence[Value]: ...
    def down_to_here(self, name: str) -> Sequence[Value]: ...

    def part(self, name: str) -> Sequence[Value]:
        """Return the rows of a column that belong to this row: a quarter's months, a month's channels."""
        ...

    def earlier(self, name: str) -> Sequence[Value]:
        """Return, of a column over months and channels, the earlier months of the same channel."""
        ...

    def before(self, name: str) -> Sequence[Value]:
        """Return, of a column over months and channels, the preceding channels of the same month."""
        ...

    def stages(self, name: str) -> Sequence[Value]:
        """Return, of a column over ranks and stages, all ranks of this stage."""
        ...

    def row(self) -> int:
        """Return the number of the row, from 1."""
        ...

    def word(self, key: str) -> str: ...
