"""The sheets beyond the months of one subject: where their cells are, their figures, and a matrix that is filled in."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from kgisheet.filled.records import Record

from .case import Case, Cells, Place
from .standing import Standing

DATES = ("openpyxl", "office")
LANDMARKS = {"ways": "forecast_leads", "abm": "abm_conserved", "content": "content_monthly_visits", "journey": "journey_phase[1]",
             "definition": "definition_name[1]", "approval": "approval_goal"}  # fmt: skip
COUNTING = ("ways", "abm", "content")
"""The sheets on which figures are worked out."""


class Beyond:
    """Those sheets of a subject."""

    def __init__(self, sheet: Standing) -> None:
        self.sheet, self.subject, self.of = sheet, sheet.subject, sheet.months
        self.titles = {key: str(self.of[name].sheet) for key, name in LANDMARKS.items()}
        self.channels = len(sheet.used)

    def area(self, record: Record) -> str:
        return next((key for key, title in self.titles.items() if title == record.sheet), "")

    def place(self, name: str) -> Place:
        record = self.of.get(name) or self.sheet.records[name]
        return str(record.sheet), str(record.cell)

    def below(self, name: str, row: int) -> Place:
        """A row (from 1) of a column, in use or not."""
        title, cell = self.place(f"{name}[1]")
        column, first = re.match(r"([A-Z]+)(\d+)", cell).groups()  # type: ignore[union-attr]
        return title, f"{column}{int(first) + row - 1}"

    def formula(self, name: str) -> str:
        return str(self.of[name].formula)

    def case(self, kind: str, codes: str, values: dict[Any, Any], *savers: str, at: Any = None, base: bool = False,
             note: bool = False) -> Case:  # fmt: skip
        """Values typed into cells, by name or place; the finding hangs on them, or on ``at``. ``base``: into a filled matrix."""
        changes = {each if isinstance(each, tuple) else self.place(each): value for each, value in values.items()}
        hangs = [at] if isinstance(at, (str, tuple)) else at or list(values)
        cells = tuple((each if isinstance(each, tuple) else self.place(each))[1] for each in hangs) if codes else ()
        made = Cells({**(self.filled() if base else {}), **changes})
        return Case(self.subject, kind, tuple(codes.split()), cells, made, savers, note=note)

    def results(self, *units: str) -> list[tuple[str, Record]]:
        """The results with something in them, mixed so that a few from the front are a fair sample."""
        found = [(name, each) for name, each in self.of.items()
                 if self.area(each) and each.formula and each.unit in units and each.value not in (None, "")]  # fmt: skip
        return sorted(found, key=lambda each: zlib.crc32(f"{self.subject}{each[0]}".encode()))

    def figures(self) -> list[tuple[str, Record]]:
        return [each for each in self.results("count", "currency", "rate") if self.area(each[1]) in COUNTING]

    @property
    def goals(self) -> dict[str, int]:
        """The stages that the page has a count for, and their counts, made whole."""
        pairs = re.findall(r'"([^"]+)",(required_meetings|opportunities|won_deals)', self.formula("abm_goal[1]"))
        return {said: int(-(-Fraction(str(self.sheet.records[name].value or 0)) // 1)) for said, name in pairs}

    def filled(self) -> dict[Place, Any]:
        """Two ranks, as many stages as are needed, opening accounts, and moves that bring what the page asks for."""
        stages = ["一覧", "接触", *self.goals]
        found = {self.below("abm_rank_name", row): name for row, name in enumerate(("A", "B"), 1)}
        found |= {self.below("abm_rank_name", row): None for row in (3, 4)}
        for at in range(8):
            found[self.place(f"abm_stage_name[{at + 1}]")] = stages[at] if at < len(stages) else None
        for at in range(1, len(stages)):
            found[self.place(f"abm_opening[{at + 1}]")] = max([*self.goals.values(), 1]) + 20
            found[self.place(f"abm_opening[{at + 9}]")] = 7 + at
        for row, (start, (end, count)) in enumerate(zip(stages[1:], self.goals.items(), strict=False), 1):
            found |= self.move(row, "A", start, end, count)
        return found

    def move(self, row: int, rank: Any, start: Any, end: Any, count: Any) -> dict[Place, Any]:
        names = ("abm_moves_rank", "abm_moves_from", "abm_moves_to", "abm_moves")
        return {self.below(name, row): value for name, value in zip(names, (rank, start, end, count), strict=True)}

    def swap(
        self, kind: str, codes: str, names: str | list[str], *pairs: tuple[str, Any], base: bool = False
    ) -> Iterator[Case]:
        """One case for each cell whose formula the replacement changes."""
        for name in [names] if isinstance(names, str) else names:
            if name in self.of and self.of[name].formula:
                made = formula = self.formula(name)
                for old, new in pairs:
                    made = re.sub(old, new, made, count=1)
                if made != formula:
                    yield self.case(f"{codes[:3]} beyond: {kind}", codes, {name: made}, base=base)
