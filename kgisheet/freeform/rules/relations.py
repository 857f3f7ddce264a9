"""Relations that must hold between the figures of one sheet, and whether they do. Reports nothing; `blame` finds the cell.

A count may be exact, or rounded in any way (`rounding`). What follows a
count may have been calculated from the count as written or from the quotient before
it was rounded; both are tried. A sum may be off by as many things as it has rounded terms.
"""

from __future__ import annotations

from fractions import Fraction

from ...values.units import RATE
from ..read import terms
from ..read.figures import OF_CHANNEL, OF_MONTH, OF_PLAN, WHOLE, Figure, Scope
from ..read.page import Page
from ..read.stages import COSTS, OPEN, PARTED, VARIANT
from . import working
from .chain import Chain
from .quotients import BACKWARD, NEAREST, ONWARD, UNREAD, WRITTEN
from .relation import BUFFERED, FAILS, HOLDS, SUM, Relation
from .rounding import fits, rounded_off
from .sums import Sums

__all__ = ["BACKWARD", "NEAREST", "ONWARD", "UNREAD", "WRITTEN", "Relations"]


class Relations(Chain, Sums):
    """All the relations of a page, derived from the revenue down."""

    def __init__(self, page: Page, reading: str = BACKWARD) -> None:
        super().__init__(page, reading)
        at = next((at for at, stage in enumerate(self.stages) if stage in PARTED), len(self.stages))
        self.whole, self.parted = self.stages[:at], self.stages[at:]
        if reading != UNREAD:
            self._find()

    def _find(self) -> None:
        page = self.page
        for scope in [WHOLE, *(Scope(OF_PLAN, at) for at in page.indices(OF_PLAN))]:
            self._revenue(scope)
            self._deals(scope)
            for stage in self.whole:
                self._stage(stage, scope)
        channels = [Scope(OF_CHANNEL, at) for at in page.indices(OF_CHANNEL)]
        self._splits(channels)
        for scope in channels:
            self._deals(scope)
            for stage in self.stages:
                self._stage(stage, scope)
        self._sums()
        self._blocks()
        for scope in [WHOLE, *(Scope(OF_PLAN, at) for at in page.indices(OF_PLAN))]:
            for stage in self.parted:
                self._stage(stage, scope)
        for at in page.indices(OF_MONTH):
            self._deals(Scope(OF_MONTH, at))
            for stage in self.stages:
                self._stage(stage, Scope(OF_MONTH, at))
        for scope in dict.fromkeys(each.scope for each in page.figures):
            self._money(scope)
            self._variants(scope)
        for kind in (OF_MONTH, OF_PLAN):
            for stage in self.stages:
                self._ahead(stage, kind)
        self._lagging()
        self._years()
        self._periods()

    def _variants(self, scope: Scope) -> None:
        """Relate a stage's other figures to it: 20 % more, or what is needed less what is carried over."""
        for stage in self.stages:
            needed = self._results(stage, scope)
            carried, new = (self._results(f"{OPEN}{stage}{VARIANT}{kind}", scope) for kind in ("carried", "new"))
            if needed and carried and new:
                self._sum(SUM, needed[0], (carried[0], new[0]), Fraction(0))
            for each in self.page.figures:
                kind = each.field.removeprefix(f"{OPEN}{stage}{VARIANT}+")
                if each.scope == scope and kind != each.field and kind.endswith("%") and needed and each.value is not None:
                    self._buffered(each, needed[0], 1 + Fraction(kind[:-1]) / 100)

    def _buffered(self, result: Figure, needed: Figure, times: Fraction) -> None:
        exact = (needed.value or Fraction(0)) * times
        state = HOLDS if fits(result.value or Fraction(0), exact) or rounded_off(result.value or Fraction(0), exact) else FAILS
        low, high = sorted((needed.at, result.at))
        if state == FAILS and any(each.kind == RATE and low < each.at < high for each in self.page.figures):
            return  # 商談（10%上乗せ）, 商談化率, アポ数: a rate leads from one to the other
        way, _ = working.quotient([needed], [needed.value or Fraction(0)])
        self.found.append(Relation(BUFFERED, result, (needed,), exact, state, way, f"={needed.cell}*{working.typed(times)}"))

    # -- quotients --------------------------------------------------------

    def _deals(self, scope: Scope) -> None:
        for result in self._results("won_deals", scope):
            revenue = self._near("web_revenue", scope, result)
            if not revenue and not self.page.of("other_revenue", scope):
                revenue = self._near("total_revenue", scope, result)  # of which the deals are a part, if others are
            revenue = [each for each in revenue if not _are_of_other_periods(result, each)]
            size = self._near("deal_size", scope, result)
            if not size and (scope.kind in (OF_CHANNEL, OF_MONTH) or self._is_quarter(scope)):
                size = self._near("deal_size", WHOLE, result)
            self._quotient(result, revenue, [size])

    def _money(self, scope: Scope) -> None:
        """Relate what is spent to what one costs, and the pipeline to the goal, its coverage and its deals."""
        for one, stage in COSTS.items():
            for result in self._results(one, scope):
                self._quotient(result, self._near("cost", scope, result), [self._near(stage, scope, result)])
        for pipeline in self._results("pipeline", scope):
            revenue = self._near("web_revenue", scope, pipeline) or self._near("total_revenue", scope, pipeline)
            coverage = self._results("coverage", scope)
            if coverage:
                self._quotient(coverage[0], [pipeline], [revenue])
            elif revenue:
                self._quotient(pipeline, revenue, [self._near("win_rate", scope, pipeline)])
            for result in self._results("opportunities", scope):
                self._quotient(result, [pipeline], [self._near("deal_size", scope, result)])


def _are_of_other_periods(one: Figure, other: Figure) -> bool:
    """Return whether labels say that one figure is a month's and another one the year's: 月間成約数, 年間売上."""
    said = [(_A_MONTH.search(each.label), _A_YEAR.search(each.label)) for each in (one, other)]
    return any(month and not year and its_year and not its_month for (month, year), (its_month, its_year) in (said, said[::-1]))


_A_MONTH, _A_YEAR = terms.of("per_month"), terms.of("per_year")
