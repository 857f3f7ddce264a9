"""The sums of what was gathered, exact: what the summary's formulas come to, and by what managers are ordered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from ..template.tables import MONTHS
from .model import Gathered, Manager, Number, Row
from .tables import Figure, exact

Sum = Fraction | None


class Total(NamedTuple):
    """Of one stage: the year's goal, the goals of those months that have an actual, the actuals, and those that have a goal. None is blank.

    A rate is the quotient of two sums, and never the mean of rates.
    """

    year: Sum
    due: Sum
    actual: Sum
    met: Sum

    @property
    def achievement(self) -> Sum:
        """Actual over goal, both of the same people and months; None where there is none."""
        return quotient(self.met, self.due)

    @property
    def shown(self) -> tuple[Sum, Sum, Sum, Sum]:
        """The figures as every table has them: the year's goal, that to date, the actual, the achievement."""
        return self.year, self.due, self.actual, self.achievement


NOTHING = Total(None, None, None, None)


def quotient(upper: Sum, lower: Sum) -> Sum:
    """Return a quotient; None without either, or where the lower is 0."""
    return None if upper is None or not lower else upper / lower


def added(figures: Iterable[Figure | Fraction]) -> Sum:
    """Return the sum of what is there; None where nothing is."""
    whole, rest, is_any = 0, Fraction(0), False
    for each in figures:
        if isinstance(each, int):  # nearly all are
            whole += each
        elif each is None:
            continue
        else:
            rest += each if isinstance(each, Fraction) else exact(each) or 0
        is_any = True
    return whole + rest if is_any else None


def of_row(row: Row) -> Total:
    """Return one manager's sums of a stage."""
    months = added(row.goals)
    both = [pair for pair in zip(row.goals, row.actuals, strict=True) if None not in pair]
    actual = added(row.actuals)
    if actual is None:
        return Total(months if months is not None else exact(row.year), None, None, None)
    due, met = (added(pair[part] for pair in both) or Fraction(0) for part in (0, 1))
    return Total(months if months is not None else exact(row.year), due, actual, met)


def ungoaled(row: Row) -> list[int]:
    """Return the months, from 0, that have an actual and no goal: an achievement leaves such an actual out."""
    return [at for at, pair in enumerate(zip(row.goals, row.actuals, strict=True)) if pair[0] is None and pair[1] is not None]


def without_goals(managers: Iterable[Manager]) -> list[Manager]:
    """Return those with actuals in months that have no goal."""
    return [each for each in managers if any(map(ungoaled, each.rows))]


def between(upper: Sequence[Sum], lower: Sequence[Sum]) -> Sum:
    """Return the rate between two stages, over those managers who have a figure for both."""
    both = [pair for pair in zip(upper, lower, strict=True) if None not in pair]
    return quotient(added(one for one, _ in both), added(other for _, other in both))


def of_all(rows: Sequence[Total]) -> Total:
    """Return the sums of many."""
    year, due, actual, met = (added(each[part] for each in rows) for part in range(4))
    return Total(year, due, actual, met)


class Sums:
    """The sums of what was gathered, each worked out once: of every manager and stage, and of the whole, by month too.

    ``decimals`` are those that each stage's figures show: one, where any isn't whole.
    """

    def __init__(self, gathered: Gathered) -> None:
        stages = [[manager.rows[at] for manager in gathered.managers if manager.rows] for at in range(len(gathered.columns))]
        self.of = [[of_row(row) for row in manager.rows] for manager in gathered.managers]
        self.whole = [of_all([rows[at] for rows in self.of if rows]) for at in range(len(gathered.columns))]
        self.goals = [_by_month([row.goals for row in rows]) for rows in stages]
        self.actuals = [_by_month([row.actuals for row in rows]) for rows in stages]
        self.decimals = [int(any(map(_has_fraction, rows))) for rows in stages]


def _by_month(figures: Sequence[Sequence[Number | None]]) -> list[Sum]:
    return [added(each[month] for each in figures) for month in range(MONTHS)]


def _has_fraction(row: Row) -> bool:
    return any(isinstance(each, float) and each != int(each) for each in (row.year, *row.goals, *row.actuals))


_LATEST: list[tuple[Gathered, Sums]] = []


def sums_of(gathered: Gathered) -> Sums:
    """Return the sums; those of the last one that was asked for are kept, for all its sheets ask for them."""
    if not _LATEST or _LATEST[0][0] is not gathered:
        _LATEST[:] = [(gathered, Sums(gathered))]
    return _LATEST[0][1]


def forget() -> None:
    """Let go of the sums that were kept."""
    _LATEST.clear()


def achievements(gathered: Gathered, stage: int) -> list[Sum]:
    """Return every manager's achievement of a stage, in their order."""
    return [rows[stage].achievement if rows else None for rows in sums_of(gathered).of]


def achieved(manager: Manager, headline: int) -> Sum:
    """Return a manager's achievement of the stage that the summary is headed by."""
    return of_row(manager.rows[headline]).achievement if manager.rows else None


def last_month(manager: Manager) -> int | None:
    """Return the last month, from 0, in which any stage has an actual; None without any."""
    found = [at for row in manager.rows for at, each in enumerate(row.actuals) if each is not None]
    return max(found, default=None)
