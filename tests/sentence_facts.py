"""What the sentences are about: a state's inputs and page counts, and what follows from them, in plain arithmetic."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

from kgisheet.worksheet.solve import Solution

Claims = list[tuple[Any, ...]]


class Facts:
    """A state's inputs and page counts, and what follows from them."""

    def __init__(self, solution: Solution) -> None:
        self.solution = solution
        self.is_short = "opportunities" not in solution.template.cells

    @property
    def is_example(self) -> bool:
        """Whether the figures about today, the costs and the limits are the worked example's."""
        return self.solution.values["both_ways_basis"] in self.solution.template.words["example_basis"]

    def one(self, name: str) -> Fraction | None:
        """A single number; None where it is blank, or where the worksheet has no such cell."""
        if name not in self.solution.template.cells:
            return None
        value = self.solution.values[name]
        return value if isinstance(value, Fraction) else None

    def word(self, name: str) -> str:
        """Which choice a cell holds: year, up, optimistic; "" for none."""
        cell = self.solution.template.cells[name]
        held = self.solution.values[name]
        return next((key for key, text in (cell.choices or {}).items() if held in text), "")

    def rows(self, name: str) -> list[Any]:
        values = self.solution.values[name]
        assert isinstance(values, list)
        return values

    def numbers(self, name: str) -> list[Fraction | None]:
        return [value if isinstance(value, Fraction) else None for value in self.rows(name)]

    @property
    def named(self) -> list[int]:
        """The channels that have a name."""
        return [row for row, name in enumerate(self.rows("channel_name")) if name]

    def multiplier(self, rate: str) -> Fraction:
        """What the scenario makes of a rate: what is typed beside it, held so that none passes 100 %."""
        scenario = self.word("scenario")
        if scenario not in ("optimistic", "pessimistic"):
            return Fraction(1)
        typed = self.one(f"{scenario}_{rate}")
        if typed is None or typed <= 0:
            return Fraction(1)
        rates = [self.one(rate)] if rate in ("win_rate", "opportunity_rate") else self.numbers(f"channel_{rate}")
        largest = max((each for each in rates if each is not None), default=Fraction(0))
        return min(typed, 1 / largest) if largest > 0 else typed

    def rate(self, name: str) -> Fraction | None:
        typed = self.one(name)
        return None if typed is None else typed * self.multiplier(name)

    # -- what each channel brings today, and costs ---------------------------

    def today(self, row: int) -> Fraction | None:
        """Meetings that a channel brings today; None where that is not known."""
        visits, leads = self.numbers("channel_current_visits")[row], self.numbers("channel_current_leads")[row]
        cvr, rate = self.numbers("channel_cvr")[row], self.numbers("channel_meeting_rate")[row]
        if visits is not None and cvr:
            leads = visits * cvr * self.multiplier("cvr")
        return None if leads is None or rate is None else leads * rate * self.multiplier("meeting_rate")

    @property
    def meeting_worth(self) -> Fraction | None:
        parts = [self.one("deal_size"), self.rate("win_rate"), *([] if self.is_short else [self.rate("opportunity_rate")])]
        return None if None in parts else math.prod(parts)  # type: ignore[arg-type]

    @property
    def known_today(self) -> list[int]:
        return [row for row in self.named if self.today(row) is not None]

    @property
    def revenue_today(self) -> Fraction | None:
        worth = self.meeting_worth
        if worth is None or not self.known_today:
            return None
        return sum((self.today(row) or Fraction(0) for row in self.known_today), Fraction(0)) * worth

    def part_of_goal(self, rows: list[int]) -> Fraction | None:
        """The part of all meetings that these channels have to bring."""
        meetings = self.numbers("channel_meetings")
        total = sum((each for each in meetings if each is not None), Fraction(0))
        wanted = [meetings[row] for row in rows if meetings[row] is not None]
        return sum(wanted, Fraction(0)) / total if total > 0 and wanted else None  # type: ignore[arg-type]

    def cost(self, row: int) -> Fraction | None:
        leads, each = self.numbers("channel_leads")[row], self.numbers("channel_cost_per_lead")[row]
        return None if leads is None or each is None else leads * each

    @property
    def costed(self) -> list[int]:
        return [row for row in self.named if self.cost(row) is not None]

    @property
    def cost_total(self) -> Fraction | None:
        return sum((self.cost(row) or Fraction(0) for row in self.costed), Fraction(0)) if self.costed else None

    # -- what is missing -------------------------------------------------------

    def lacking(self, head: str) -> Claims:
        wanted = ["web_revenue", "deal_size", "win_rate", *([] if self.is_short else ["opportunity_rate"])]
        missing = [name for name in wanted if self.one(name) is None]
        if self.one("leads") is None and self.one("required_meetings") is not None:
            missing.append("channels")
        missing = [f"{name} short" if name == "win_rate" and self.is_short else name for name in missing]
        return [(head, missing)] if missing else [("unworked",)]
