"""The chain: each stage of the one after it by its rate, months and quarters ahead of others included."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from itertools import product

from ...values.units import COUNT
from ..read import lexicon, periods
from ..read.figures import OF_CHANNEL, OF_MONTH, OF_PLAN, WHOLE, Figure, Scope
from ..read.stages import SHARED
from .quotients import Quotients
from .relation import FAILS, HOLDS, QUOTIENT, Relation
from .rounding import ONE, fits

_DOUBTFUL = "closing_rate"
"""成約率, close rate: of the opportunities, of the meetings, who knows: of what fits."""

_MOST_AHEAD = 3
"""Months or quarters that a stage may come before the one that is made of it."""


class Chain(Quotients):
    """The stages of a page, each related to the next."""

    whole: tuple[str, ...]
    parted: tuple[str, ...]

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
                    self._over_all(stage, scope, result, rates)
                    break

    def _over_all(self, stage: str, scope: Scope, result: Figure, rates: list[list[Figure]]) -> None:
        """Relate a stage by each other rate whose label names both ends, too: that of the whole funnel beside those of its steps."""
        used = {each.where for own in rates for each in own}
        for tie in self.page.ties:
            if tie.earlier != stage or not tie.named or tie.rate == _DOUBTFUL:
                continue
            source, rate = self._near(tie.later, scope, result), self._near(tie.rate, scope, result)
            if source and rate and not any(each.where in used for each in rate):
                self._quotient(result, source, [rate])

    def _needed(self, stage: str) -> list[Figure]:
        """Return the cells that say how many are needed; the total under the channels only if it is the only one."""
        tables = {each.table for each in self._of_channels if each.field == stage}
        found = self._results(stage, WHOLE)
        return [each for each in found if each.table not in tables] or found

    def _by_channel(self, stage: str) -> bool:
        """Return whether the stage is split: then its whole is a sum, and a rate beside it a mixed one."""
        rates = {tie.rate for tie in self.page.ties if tie.earlier == stage}
        return stage in self.parted and any(each.field in rates or each.field == stage for each in self._of_channels)

    @cached_property
    def _of_channels(self) -> list[Figure]:
        return [each for each in self.page.figures if each.scope.kind == OF_CHANNEL]

    def _ways(self, stage: str, scope: Scope, to: Figure) -> Iterator[tuple[list[Figure], list[list[Figure]], bool]]:
        """Return the earlier stages, and the rates, from which a stage may follow."""
        channels = bool(self._of_channels)

        def near(field: str) -> list[Figure]:
            found = self._near(field, scope, to)
            is_period = scope.kind == OF_MONTH or self._is_quarter(scope)
            inherited = scope.kind == OF_CHANNEL or (is_period and not channels and len(self.page.of(field)) == 1)
            return found or (self._near(field, WHOLE, to) if inherited and field not in self.stages else [])

        ties = [tie for tie in self.page.ties if tie.earlier == stage]
        if stage == SHARED and scope.kind == OF_CHANNEL and not any(self._near(tie.rate, scope, to) for tie in ties):
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

    def _is_quarter(self, scope: Scope) -> bool:
        """Return whether a scope is a column of a part of the year: a price above the table is its, too."""
        if scope.kind != OF_PLAN or scope.at >= len(self.page.plans):
            return False
        return periods.part_of_year(lexicon.key(self.page.plans[scope.at])) is not None

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
        if len(direct) < 3 or held * 2 > len(direct) or _tell_of_another(direct):
            return  # each month follows from its own by one other rate: that of the assumptions is another now
        for shift in range(1, _MOST_AHEAD + 1):
            moved: list[tuple[Figure, tuple[Figure, ...]]] = []
            for each in direct:
                source, *rates = each.operands
                later = self._near(source.field, Scope(kind, each.result.scope.at + shift), each.result)
                if later and source.scope.kind == kind:
                    moved.append((each.result, (later[0], *rates)))
            fitting = [(result, choice) for result, choice in moved if self._try(result, choice) == HOLDS]
            if len(fitting) >= 2 and len(fitting) * 5 >= len(moved) * 3 and len(fitting) > held:
                lines = {each.at[0] for each, _ in moved}, {each.at[1] for each, _ in moved}
                self.found = [
                    each for each in self.found if each not in direct and not _is_of_the_line(each, stage, kind, lines)
                ]
                for each in direct:
                    self.others.pop(each.result.where, None)
                for result, choice in moved:
                    self._quotient(result, [choice[0]], [[rate] for rate in choice[1:]])
                return

    def _lagging(self) -> None:
        """Drop a stage's months, or channels, that the whole's rate or price doesn't explain; if they all tell of one other, it is wrong."""
        for stage, kind in product(self.stages, (OF_MONTH, OF_CHANNEL, OF_PLAN)):
            inherited = [
                each
                for each in self.found
                if each.kind == QUOTIENT
                and each.result.field == stage
                and each.result.scope.kind == kind
                and any(cell.scope == WHOLE for cell in each.operands)
            ]
            failing = [each for each in inherited if each.state == FAILS]
            if failing and _tell_of_another(inherited):
                # The months that hold hold by their rounding alone: the one assumption above them is another now.
                self.found = [each._replace(state=FAILS) if each in inherited else each for each in self.found]
                continue
            if stage == "visits" or len(failing) <= max(1, len(inherited) // 4):
                continue
            # A month that holds by its rounding alone is no sign for the old value.
            kept = failing if _tell_of_one(failing, inherited) else []
            self.found = [each for each in self.found if each not in inherited or each in kept]


def _is_of_the_line(relation: Relation, stage: str, kind: str, lines: tuple[set[int], set[int]]) -> bool:
    """Return whether a stage fails in a column beside those that are ahead of theirs, too: last December's, before January's."""
    if relation.state != FAILS or relation.kind != QUOTIENT or relation.result.field != stage:
        return False
    row, col = relation.result.at
    return relation.result.scope.kind != kind and any(
        len(line) == 1 and at in line for line, at in zip(lines, (row, col), strict=True)
    )


def _tell_of_another(of: list[Relation]) -> bool:
    """Return whether the months' figures give, all of them and exactly, one other value of the rate or price that they share."""
    shared = {cell.where: cell for each in of for cell in each.operands if cell.scope == WHOLE}
    if len(of) < 3 or len(shared) != 1:
        return False
    (cell,) = shared.values()
    implied = {_implied(cell, each) for each in of}
    return len(implied) == 1 and None not in implied


def _implied(cell: Figure, relation: Relation) -> Fraction | None:
    """Return the value of a rate or price with which a relation would be exact."""
    rest = math.prod((other.value or ONE for other in relation.operands[1:] if other is not cell), start=ONE)
    if not relation.result.value or not relation.operands[0].value or relation.operands[0] is cell:
        return None
    return relation.operands[0].value / (relation.result.value * rest)


def _tell_of_one(failing: list[Relation], of: list[Relation]) -> bool:
    """Return whether all months would hold with another value of the one rate or price that they share."""
    shared = {cell.where: cell for each in of for cell in each.operands if cell.scope == WHOLE}
    if len(failing) * 2 < len(of) or len(failing) < 2 or len(of) < 3 or len(shared) != 1:
        return False
    (cell,) = shared.values()
    implied = [_implied(cell, each) for each in of]
    first = implied[0]
    return first is not None and all(one is not None and abs(one - first) <= first / 200 for one in implied)
