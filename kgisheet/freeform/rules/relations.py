"""Relations that must hold between the figures of one sheet, and whether they do. Reports nothing; `blame` finds the cell.

A count may be exact, or rounded in any way (`rounding`). What follows a
count may have been calculated from the count as written or from the quotient before
it was rounded; both are tried. A sum may be off by as many things as it has rounded terms.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from ...formula.grid import Where
from ...values.units import COUNT
from ..read import words
from ..read.figures import OF_CHANNEL, OF_MONTH, OF_PART, OF_PLAN, OF_YEAR, WHOLE, Figure, Scope
from ..read.page import Page
from ..read.stages import COSTS, OPEN, VARIANT
from . import working
from .relation import BUFFERED, BY_OTHER, FAILS, HOLDS, MONTHS, NEED, QUOTIENT, REVENUE, SHARES, SPLIT, SUM, Relation
from .rounding import FINE, ONE, as_written, fits, measured, over, rounded_off, within, written

_DOUBTFUL = "closing_rate"
"""成約率, close rate: of the opportunities, of the meetings, who knows: of what fits."""

_MOST_AHEAD = 3
"""Months or quarters that a stage may come before the one that is made of it."""

BACKWARD, NEAREST, ONWARD, WRITTEN = "backward", "nearest", "onward", "written"
"""How a page is taken: worked back from its goal; or forward too, rounded to the nearest; forward and rounded in any
way; its rates written down, rounded, after its counts."""

_MARGIN = re.compile(r"余裕|バッファ|上乗せ|予備|buffer|margin")
"""More than is needed, and meant: 15件（余裕をみて）."""

_SURE = 10
"""From so many on, a count times its rate, rounded to the nearest, is assumed to be how the next one was calculated."""

_SPLIT = ("leads", "visits")
"""Where a sheet goes on by channel, if it has any."""


class Relations:
    """All the relations of a page, derived from the revenue down."""

    def __init__(self, page: Page, reading: str = BACKWARD) -> None:
        self.page = page
        self.reading = reading
        self.others: dict[Where, list[Fraction]] = {}
        self.rounded: set[Where] = set()
        self.found: list[Relation] = []
        self.stages = page.stages
        at = next((at for at, stage in enumerate(self.stages) if stage in _SPLIT), len(self.stages))
        self.whole, self.parted = self.stages[:at], self.stages[at:]
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

    # -- what a cell may be taken for -------------------------------------

    def _values(self, figure: Figure) -> list[Fraction]:
        """Return the value as written first, then its other possible values."""
        assert figure.value is not None
        return [figure.value, *figure.also, *self.others.get(figure.where, [])]

    def _near(self, field: str, scope: Scope, to: Figure) -> list[Figure]:
        """Return the figures of a field, those of the same table first, then the nearest."""
        found = [each for each in self._of(field, scope) if each.value is not None and each.where != to.where]
        return sorted(
            found,
            key=lambda each: (
                each.table != to.table,
                abs(each.where[1] - to.where[1]) + abs(each.where[2] - to.where[2]),
            ),
        )

    def _of(self, field: str, scope: Scope) -> list[Figure]:
        """Return the figures of a field, those with a buffer or less what is carried over last."""
        others = [
            each
            for each in self.page.figures
            if each.scope == scope and each.field.startswith(f"{OPEN}{field}{VARIANT}") and not each.field.endswith("carried")
        ]
        return self.page.of(field, scope) + others

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
        way, _ = working.quotient([needed], [needed.value or Fraction(0)])
        self.found.append(Relation(BUFFERED, result, (needed,), exact, state, way, f"={needed.cell}*{float(times):g}"))

    # -- quotients --------------------------------------------------------

    def _deals(self, scope: Scope) -> None:
        for result in self._results("won_deals", scope):
            revenue = self._near("web_revenue", scope, result)
            if not revenue and not self.page.of("other_revenue", scope):
                revenue = self._near("total_revenue", scope, result)  # of which the deals are a part, if others are
            size = self._near("deal_size", scope, result)
            if not size and scope.kind in (OF_CHANNEL, OF_MONTH):
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

    def _stage(self, stage: str, scope: Scope) -> None:
        if scope == WHOLE and self._by_channel(stage):
            return
        for result in self._needed(stage) if scope == WHOLE else self._results(stage, scope):
            for source, rates, is_weak in self._ways(stage, scope, result):
                if source and all(rates):
                    before = len(self.found)
                    self._quotient(result, source, rates)
                    if is_weak and any(each.state == FAILS for each in self.found[before:]):
                        del self.found[before:]  # only its place said so
                        self.others.pop(result.where, None)
                    break

    def _needed(self, stage: str) -> list[Figure]:
        """Return the cells that say how many are needed; the total under the channels only if it is the only one."""
        tables = {each.table for each in self.page.figures if each.field == stage and each.scope.kind == OF_CHANNEL}
        found = self._results(stage, WHOLE)
        return [each for each in found if each.table not in tables] or found

    def _by_channel(self, stage: str) -> bool:
        """Return whether the stage is split: then its whole is a sum, and a rate beside it a mixed one."""
        rates = {tie.rate for tie in self.page.ties if tie.earlier == stage}
        figures = [each for each in self.page.figures if each.scope.kind == OF_CHANNEL]
        return stage in self.parted and any(each.field in rates or each.field == stage for each in figures)

    def _ways(self, stage: str, scope: Scope, to: Figure) -> Iterator[tuple[list[Figure], list[list[Figure]], bool]]:
        """Return the earlier stages, and the rates, from which a stage may follow."""
        channels = any(each.scope.kind == OF_CHANNEL for each in self.page.figures)

        def near(field: str) -> list[Figure]:
            found = self._near(field, scope, to)
            inherited = scope.kind == OF_CHANNEL or (scope.kind == OF_MONTH and not channels and len(self.page.of(field)) == 1)
            return found or (self._near(field, WHOLE, to) if inherited and field not in self.stages else [])

        ties = [tie for tie in self.page.ties if tie.earlier == stage]
        if stage == "meetings" and scope.kind == OF_CHANNEL and not any(self._near(tie.rate, scope, to) for tie in ties):
            return  # a split of the whole, not worked out from it
        for tie in ties:
            if tie.rate == _DOUBTFUL:
                continue
            yield near(tie.later), [near(tie.rate)], tie.weak
            for before in self.page.ties:
                if before.earlier == tie.later and before.rate != _DOUBTFUL:
                    yield near(before.later), [near(before.rate), near(tie.rate)], tie.weak or before.weak
        for tie in self.page.ties:
            if tie.rate != _DOUBTFUL or stage not in self.stages or stage == tie.later:
                continue
            source, rate = near(tie.later), near(tie.rate)
            nearest = tie.earlier == stage and not any(
                self._closes(source, rate, other)
                for another in self.stages
                if another not in (stage, tie.later)
                for other in self._results(another, scope)
            )
            if nearest or self._closes(source, rate, to):
                yield source, [rate], tie.weak

    def _closes(self, source: list[Figure], rate: list[Figure], result: Figure) -> bool:
        """Take a 成約率, whose denominator isn't given, as the one for which it is right."""
        return bool(source and rate) and any(
            fits(value, a / b)
            for value in self._values(result)
            for a in self._values(source[0])
            for b in self._values(rate[0])
            if b > 0
        )

    def _ahead(self, stage: str, kind: str) -> None:
        """Relate a stage to a later month's, where its own month's doesn't explain it and most of the later ones do."""
        direct = [
            each
            for each in self.found
            if each.kind == QUOTIENT
            and (each.result.field, each.result.scope.kind) == (stage, kind)
            and each.operands[0].kind == COUNT
        ]
        held = sum(each.state == HOLDS for each in direct)
        if len(direct) < 3 or held * 2 > len(direct):
            return
        for shift in range(1, _MOST_AHEAD + 1):
            moved: list[tuple[Figure, tuple[Figure, ...]]] = []
            for each in direct:
                source, *rates = each.operands
                later = self._near(source.field, Scope(kind, each.result.scope.at + shift), each.result)
                if later and source.scope.kind == kind:
                    moved.append((each.result, (later[0], *rates)))
            fitting = [(result, choice) for result, choice in moved if self._try(result, choice) == HOLDS]
            if len(fitting) >= 2 and len(fitting) * 5 >= len(moved) * 3 and len(fitting) > held:
                self.found = [each for each in self.found if each not in direct]
                for each in direct:
                    self.others.pop(each.result.where, None)
                for result, choice in moved:
                    self._quotient(result, [choice[0]], [[rate] for rate in choice[1:]])
                return

    def _lagging(self) -> None:
        """Drop a stage's months that the year's rate or price doesn't explain; if they all tell of one other, it is wrong."""
        for stage in self.stages:
            inherited = [
                each
                for each in self.found
                if each.kind == QUOTIENT
                and each.result.field == stage
                and each.result.scope.kind == OF_MONTH
                and any(cell.scope == WHOLE for cell in each.operands)
            ]
            failing = [each for each in inherited if each.state == FAILS]
            if stage == "visits" or len(failing) <= max(1, len(inherited) // 4):
                continue
            # A month that holds by its rounding alone is no sign for the old value.
            kept = failing if _tell_of_one(failing, inherited) else []
            self.found = [each for each in self.found if each not in inherited or each in kept]

    def _results(self, field: str, scope: Scope) -> list[Figure]:
        return [each for each in self.page.of(field, scope) if each.value is not None]

    def _quotient(self, result: Figure, sources: list[Figure], divisors: list[list[Figure]]) -> None:
        """Add the relation result = source ÷ divisors, of the nearest cells; of others where only those hold."""
        if not sources or not all(divisors):
            return
        choices = list(product(sources[:3], *(each[:3] for each in divisors)))
        tried = [(choice, self._try(result, choice)) for choice in choices]
        tried = [(choice, state) for choice, state in tried if state is not None]
        if not tried:
            return
        best = next((each for wanted in (HOLDS, BY_OTHER) for each in tried if each[1] == wanted), tried[0])
        choice, state = best
        assert state is not None
        assert result.value is not None
        source, *rates = choice
        exact = over(self._first(source), [self._first(each) for each in rates])
        unsure = len({tuple(each.value for each in choice) for choice in choices}) > 1
        way, formula = working.quotient(choice, [self._first(each) for each in choice])
        self.found.append(Relation(QUOTIENT, result, choice, exact, state, way, formula, unsure))
        if state == HOLDS:
            self._unrounded(result, choice, exact)
        elif state == FAILS:
            self.others.setdefault(result.where, []).extend(
                {exact, Fraction(math.ceil(exact - FINE)), Fraction(math.floor(exact + FINE))}
            )

    def _unrounded(self, result: Figure, choice: tuple[Figure, ...], exact: Fraction) -> None:
        """Keep a count's possible values before rounding: what follows it may be derived from them."""
        assert result.value is not None
        if exact.denominator != 1:
            self.rounded.add(result.where)
        kept = self.others.setdefault(result.where, [])
        for source, *rates in product(*(self._values(each) for each in choice)):
            if all(rate > 0 for rate in rates) and len(kept) < 4:
                each = over(source, list(rates))
                if each != result.value and each not in kept and fits(result.value, each):
                    kept.append(each)

    def _first(self, figure: Figure) -> Fraction:
        """Return a figure's preferred value: 30 without % is 30 %."""
        assert figure.value is not None
        return figure.also[0] if figure.also and figure.value > 1 else figure.value

    def _try(self, result: Figure, choice: tuple[Figure, ...]) -> str | None:
        """Return whether the quotient of a choice of cells gives the result; None if a divisor is invalid."""
        assert result.value is not None
        if any(self._first(each) <= 0 for each in choice[1:]):
            return None
        month = result.scope.kind == OF_MONTH
        # A sheet that works forward (商談数 = リード数 × 率) rounds the other way round.
        onward = _refers(choice[0], result)

        def right(exact: Fraction, source: Fraction, rates: list[Fraction]) -> bool:
            assert result.value is not None
            if fits(result.value, exact):
                return True
            if result.typed is not None and _MARGIN.search(result.typed) and result.value >= exact:
                return True
            if self._onward(result.value, source, rates, onward):
                return True
            # A month's share of a year's whole number: itself rounded, so its source is off by less than one.
            inherited = month and any(each.scope != result.scope for each in choice)
            return inherited and abs(result.value * math.prod(rates) - source) < 1

        candidates = [[each.value, *each.also] for each in choice if each.value is not None]
        for source, *rates in product(*candidates):
            if all(rate > 0 for rate in rates) and right(over(source, rates), source, list(rates)):
                return HOLDS
        wrong = {each.result.where for each in self.found if each.state == FAILS}
        for source, *rates in product(*(self._values(each) for each in choice)):
            if all(rate > 0 for rate in rates) and right(over(source, rates), source, list(rates)):
                return BY_OTHER if any(each.where in wrong for each in choice) else HOLDS
        for source, *rates in product(*candidates):
            if all(rate > 0 for rate in rates) and (
                measured(result.value, source, list(rates)) or rounded_off(result.value, over(source, rates))
            ):
                return HOLDS
        return HOLDS if within(result, choice) else FAILS

    def _onward(self, result: Fraction, source: Fraction, rates: list[Fraction], refers: bool) -> bool:
        """Return whether the source follows from the result: 29 meetings × 40 % = 11.6, written as 12."""
        made = result * math.prod(rates)
        if refers or self.reading in (ONWARD, WRITTEN):
            return fits(source, made) or (self.reading == WRITTEN and as_written(result, source, rates))
        # 100 ÷ 50 % is 200: 201 would do onward too, and is a slip.
        exact = over(source, rates)
        if self.reading == BACKWARD or source < _SURE or (exact.denominator == 1 and abs(exact - result) <= 1):
            return False
        return source.denominator == result.denominator == 1 and abs(made - source) <= Fraction(1, 2)

    # -- sums -------------------------------------------------------------

    def _revenue(self, scope: Scope) -> None:
        """Relate total = web + other."""
        for other in self._results("other_revenue", scope):
            total, web = self._near("total_revenue", scope, other), self._near("web_revenue", scope, other)
            if total and web and total[0].value is not None and web[0].value is not None and other.value is not None:
                self._sum(REVENUE, total[0], (web[0], other), Fraction(0))
        for share in self._results("web_share", scope)[:1]:
            for total_, web_ in zip(
                self._results("total_revenue", scope)[:1], self._results("web_revenue", scope)[:1], strict=False
            ):
                self._split(web_, share, total_)

    def _splits(self, channels: list[Scope]) -> None:
        """Relate shares to 100 %; a channel's meetings to its share of the whole."""
        shares = [each for scope in channels for each in self._results("share", scope)]
        wholes = self._results("meetings", WHOLE)
        for all_ in self._results("share", WHOLE)[:1]:
            if all_.formula is not None or abs((all_.value or Fraction(0)) - 1) > FINE or len(shares) < 2:
                self._sum(SHARES, all_, tuple(shares), written(shares))  # else 100 % below, once
        if len(shares) > 1:
            total = sum((each.value for each in shares if each.value is not None), Fraction(0))
            state = HOLDS if abs(total - 1) <= written(shares) else FAILS
            way, _ = working.added(shares)
            self.found.append(Relation(SHARES, shares[-1], tuple(shares[:-1]), total, state, way, ""))
        tables = {each.table for each in shares}
        for stage in self.stages:
            whole: Figure | None = next((each for each in self._results(stage, WHOLE) if each.table in tables), None)
            if stage == "meetings" and wholes:
                whole = wholes[0]  # the need, wherever it is
            for scope in channels if whole is not None else ():
                for share in self._results("share", scope)[:1]:
                    for result in self._results(stage, scope)[:1]:
                        if stage == "meetings" or result.table == share.table:
                            assert whole is not None
                            self._split(result, share, whole)

    def _split(self, result: Figure, share: Figure, whole: Figure) -> None:
        assert result.value is not None
        assert share.value is not None
        slack = 1 + written([share]) * (whole.value or 0)
        exact, state = (whole.value or Fraction(0)) * share.value, FAILS
        if exact.denominator != 1:
            self.rounded.add(result.where)  # apportioned: all of them may miss the whole by one
        for index, each in enumerate(self._values(whole)):
            if abs(result.value - each * share.value) < slack:
                state = HOLDS if index == 0 else BY_OTHER
                break
        way, formula = working.part(whole, share)
        self.found.append(Relation(SPLIT, result, (share, whole), exact, state, way, formula))

    def _sums(self) -> None:
        """Relate the channels of each count to its whole."""
        for field in ("web_revenue", *self.stages):
            scopes = [Scope(OF_CHANNEL, at) for at in self.page.indices(OF_CHANNEL)]
            parts = [found[0] for scope in scopes if (found := self._results(field, scope))]
            if len(parts) < 2:
                continue
            for whole in self._results(field, WHOLE):
                if field in self.stages or whole.table == parts[0].table:
                    slack = sum(each.where in self.rounded for each in parts)
                    apart = field == "meetings" and whole.table != parts[0].table
                    self._sum(NEED if apart else SUM, whole, tuple(parts), Fraction(slack))

    def _sum(self, kind: str, whole: Figure, parts: tuple[Figure, ...], slack: Fraction) -> None:
        values = [each.value for each in parts]
        if whole.value is None or None in values or not parts:
            return
        exact = sum((each for each in values if each is not None), Fraction(0))
        state = HOLDS if abs(whole.value - exact) <= slack + FINE * max(ONE, abs(exact)) else FAILS
        if state == FAILS:
            # What other relations say these cells should hold.
            rectified = [self._rectified(each) for each in parts]
            for total in self._values(whole):
                by_other = abs(total - sum(rectified, Fraction(0))) <= slack + FINE * max(ONE, abs(exact))
                if by_other or abs(total - exact) <= slack:
                    state = BY_OTHER
        way, formula = working.added(parts)
        if len(parts) > 4:
            way = working.sum_of_cells(parts)
        self.found.append(Relation(kind, whole, parts, exact, state, way, formula))

    def _rectified(self, figure: Figure) -> Fraction:
        wrong = {each.result.where for each in self.found if each.state == FAILS}
        values = self.others.get(figure.where, [])
        assert figure.value is not None
        return values[0] if figure.where in wrong and values else figure.value

    def _years(self) -> None:
        """Relate twelve months to the year: in their own table, and on the page."""
        tables = {line.table: line for line in self.page.months}
        for field in ("web_revenue", "revenue", *self.stages):
            for table, line in tables.items():
                parts = [
                    each
                    for each in self.page.figures
                    if each.field == field and each.table == table and each.scope.kind == OF_MONTH and each.value is not None
                ]
                if len(parts) < 2:
                    continue
                slack = Fraction(sum(each.where in self.rounded for each in parts))
                for year in self.page.of(field, Scope(OF_YEAR)):
                    if year.table == table:
                        self._sum(MONTHS, year, tuple(parts), slack)
                self._parts(field, table, parts)
                if len(line.months) == 12 == len(parts) and not self._year_agrees(field, parts, slack):
                    for whole in self._results(field, WHOLE)[:1]:
                        self._sum(MONTHS, whole, tuple(parts), slack)

    def _periods(self) -> None:
        """Relate quarters or halves, which have columns of their own, to the year beside them."""
        for field in ("web_revenue", "total_revenue", "revenue", *self.stages):
            parts: dict[tuple[str, int, int], list[Figure]] = {}
            for each in self.page.figures:
                if each.field == field and each.scope.kind == OF_PLAN and words.part_of_year(words.key(each.who)) is not None:
                    parts.setdefault(each.table, []).append(each)
            for table, own in parts.items():
                for year in self._results(field, WHOLE):
                    if year.table == table and len(own) in (2, 4) and all(each.value is not None for each in own):
                        self._sum(MONTHS, year, tuple(own), Fraction(sum(each.where in self.rounded for each in own)))

    def _parts(self, field: str, table: tuple[str, int, int], months: list[Figure]) -> None:
        """Relate 上期計, 1Q計: each to the months between it and the total before it, or to all of them so far."""

        def place(figure: Figure) -> int:
            return figure.where[2] if table[0] == "row" else figure.where[1]

        before = -1
        for each in sorted(
            (each for each in self.page.figures if (each.field, each.table, each.scope.kind) == (field, table, OF_PART)),
            key=place,
        ):
            own = tuple(month for month in months if before < place(month) < place(each))
            before = place(each)
            if each.scope.at < 2 and len(own) == 3:  # 1Q計, 上期計: the half has the quarter's months too
                own = tuple(month for month in months if place(month) < place(each))[-6:]
            if len(own) > 1 and each.value is not None:
                self._sum(MONTHS, each, own, Fraction(sum(month.where in self.rounded for month in own)))

    def _year_agrees(self, field: str, parts: list[Figure], slack: Fraction) -> bool:
        """Return whether the page, a year's or a month's, or its channels with visits, has what the months make."""
        total = sum((each.value for each in parts if each.value is not None), Fraction(0))
        wholes = [each.value for each in self._results(field, WHOLE) if each.value is not None]
        web = [
            each
            for each in self.page.figures
            if each.scope.kind == OF_CHANNEL and each.field == field and each.value is not None
        ]
        visited = {
            each.scope for each in self.page.figures if each.field in ("visits", "cvr") and each.scope.kind == OF_CHANNEL
        }
        wholes.append(sum((each.value for each in web if each.scope in visited and each.value is not None), Fraction(0)))
        return any(abs(total - each * times) <= slack + 1 * (field == "visits") for each in wholes for times in (1, 12))


def _refers(figure: Figure, other: Figure) -> bool:
    """Return whether a figure's formula refers to another figure of the same sheet."""
    return (
        figure.formula is not None and re.search(rf"(?<![A-Z]){other.cell}(?!\d)", figure.formula.replace("$", "")) is not None
    )


def _tell_of_one(failing: list[Relation], of: list[Relation]) -> bool:
    """Return whether all months would hold with another value of the one rate or price that they share."""
    shared = {cell.where: cell for each in of for cell in each.operands if cell.scope == WHOLE}
    if len(failing) * 2 < len(of) or len(failing) < 2 or len(of) < 3 or len(shared) != 1:
        return False
    (cell,) = shared.values()
    implied: list[Fraction] = []
    for each in of:
        rest = math.prod((other.value or ONE for other in each.operands[1:] if other is not cell), start=ONE)
        if not each.result.value or not each.operands[0].value or each.operands[0] is cell:
            return False
        implied.append(each.operands[0].value / (each.result.value * rest))
    return all(abs(one - implied[0]) <= implied[0] / 200 for one in implied)
