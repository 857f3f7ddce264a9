"""Sums: totals of what is beside them, what is there at the end, differences, means."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from itertools import permutations, product

from ...values.regex import regex
from ..read import terms
from ..read.periods import month_of
from ..rules.relation import APART, is_weighed
from ..rules.subtotals import CURRENCIES
from .judge import FITTING, LEAST, Law, judged
from .law import EXACT, MEAN, OFF, ROUNDED, SUM, Case
from .said import RATE
from .tables import COUNT, MONEY, PERCENT, Value, Variable, complete

_ENDS = terms.of("closing", "balance")
_PERIOD = terms.of("total", "per_year", "per_half", "per_quarter", "per_month", "per_week", "per_day")
_BEGINS = terms.of("opening")
_SIGNED = 6
_RUN = 40
_MANY = 4
_SPREAD = terms.of("mean")
_SHARE = regex(r"[\s\d.,%]+$")


def _ratios(case: Case) -> tuple[float, ...]:
    whole = case.result.number or 1.0
    return tuple(round(each.number / whole, 6) for each in case.operands)


def runs(variables: Sequence[Variable]) -> Iterator[Law]:
    """Yield totals of the variables before them, or after them, in a row."""
    for at, whole in enumerate(variables):
        for run in (list(reversed(variables[max(0, at - _RUN) : at])), variables[at + 1 : at + 1 + _RUN]):
            yield from (law for law in _run(whole, run) if not _is_part_of_a_total(whole, law, variables))


def _is_part_of_a_total(whole: Variable, law: Law, variables: Sequence[Variable]) -> bool:
    """Return whether what is the sum of some others is a part like these of what is called their total: half of it by chance."""
    if is_said_total(whole) or _OF_PARTS.search(whole.label):
        return False
    added = {case.result.at: float(sum(each.number for each in case.cells)) for case in law.held}
    lines = {value.at: line for line, value in enumerate(whole.values) if value is not None and value.at in added}
    return any(
        (_TOTAL.search(label := _SHARE.sub("", total.label)) or _SUBTOTAL.search(label))
        and any(
            (value := total.values[line]) is not None and abs(value.number - added[at]) <= 1e-6 * added[at]
            for at, line in lines.items()
        )
        for total in variables
        if total is not whole
    )


def _run(whole: Variable, run: Sequence[Variable]) -> Iterator[Law]:
    sums = [0.0 for _ in whole.values]
    for count, variable in enumerate(run, start=1):
        # 100 %, 100 %, 25 % of three people are 2.25: all of them are rates, or none.
        of_rates = run[0].kind == PERCENT and whole.kind == COUNT
        if variable.kind != (PERCENT if of_rates else whole.kind) and (of_rates or not _are_line_by_line(whole, variable)):
            return
        for line, value in enumerate(variable.values):
            sums[line] += value.number if value is not None else 0.0
        if count < LEAST:
            continue
        holding = sum(
            p is not None and p.number != 0 and abs(made - p.number) <= 1e-6 * abs(p.number)
            for p, made in zip(whole.values, sums, strict=True)
        )
        said = is_said_total(whole)
        if holding < LEAST:
            continue
        cases = added_up(whole, run[:count], said=said)
        weak = count == LEAST and not said and not _OF_PARTS.search(whole.label)
        law = judged(SUM, cases, _ratios, FITTING + said, len(run) * 2)
        # Of three figures in a row one is often the sum of the other two.
        enough = (
            _MANY - (whole.place > max(each.place for each in run[:count]) and len(law.failed) < LEAST)
            if law is not None
            else 0
        )
        if law is not None and not (weak and len({_ratios(each) for each in law.held}) < enough):
            yield law


def _are_line_by_line(whole: Variable, variable: Variable) -> bool:
    """Return whether two variables have amounts, counts and rates on the same lines: quotas, sales and win rates of reps, and the team's."""
    pairs = [(a.kind, b.kind) for a, b in zip(whole.values, variable.values, strict=True) if a is not None and b is not None]
    kinds = {whole.kind, variable.kind, *(each.kind for each in variable.values if each is not None)}
    return PERCENT not in kinds and len(pairs) > LEAST and all(one == other for one, other in pairs)


def is_said_total(whole: Variable) -> bool:
    """Return whether a label says that a variable is a total, or a subtotal."""
    return _SUBTOTAL.search(whole.label) or _TOTAL.search(whole.label)


def added_up(whole: Variable, run: Sequence[Variable], *, said: bool) -> list[Case]:
    """Return the sums of a run on each line, without those that may be something else: a mean, what there is at the end."""
    cases: list[Case] = []
    others: list[tuple[frozenset[int], Case]] = []
    shapes: set[frozenset[int]] = set()
    of_time = not said or not all(each.label for each in run) or any(_is_period(each.label) for each in run)
    for line, p in enumerate(whole.values):
        there = frozenset(index for index, each in enumerate(run) if each.values[line] is not None)
        parts = tuple(value for each in run if (value := each.values[line]) is not None)
        if p is None or not p.number or len(parts) < LEAST or not _are_alike(p, parts, whole.kind):
            continue
        case = Case(SUM, p, tuple(reversed(parts)) if run[0].place < whole.place else parts, signs=(1,) * len(parts))
        if case.follows() == OFF and (
            p.divided
            or _is_mean(case)
            or (of_time and _is_an_end(case))
            or APART.search(whole.label)
            or _are_of_several_currencies(run)
        ):
            continue
        if case.follows() == OFF and (len(parts) < len(run) or _is_weighed(case)):
            others.append((there, case))
            continue
        if len(run) == LEAST and _is_beyond(case):
            continue
        cases.append(case)
        if case.follows() == EXACT:
            shapes.add(there)
    cases = _of_what_is_there(cases)
    return [*cases, *_surely(others, cases, shapes)]


def _surely(
    others: Sequence[tuple[frozenset[int], Case]], cases: Sequence[Case], shapes: Collection[frozenset[int]]
) -> Iterator[Case]:
    """Yield the one sum that fails, though it may be meant otherwise, where nothing on the others is.

    It has as many parts as all others, fewer than there is room for: two webinars are still to come. Or its total is among its
    parts, as a mean is, and would be their sum without a zero too many, or with two digits of one the other way round.
    """
    held = [each for each in cases if each.follows() == EXACT]
    if len(others) != 1 or len(held) < len(cases) or len(shapes) != 1:
        return
    ((there, case),) = others
    if there not in shapes:
        return
    if not _is_weighed(case):
        if len(held) > LEAST:
            yield case
    elif len({_ratios(each) for each in held}) >= _MANY or len({each.result.exact for each in held}) >= _MANY:
        slips = [each for each in case.operands if _is_slip(each, case.solved(each))]
        if len(slips) == 1:
            yield case._replace(only=slips[0].where)


def _is_slip(value: Value, meant: Fraction | None) -> bool:
    """Return whether a figure is another one of two digits at least with zeros too many, or with its digits changed round."""
    if not meant or meant < 0 or meant.denominator != 1 or value.exact.denominator != 1 or len(str(meant).rstrip("0")) < LEAST:
        return False
    times = value.exact / meant
    return times in (10, 100, 1000) or (times != 1 and sorted(str(meant)) == sorted(str(value.exact)))


def _are_of_several_currencies(run: Sequence[Variable]) -> bool:
    return len({match for each in run for match in CURRENCIES.findall(each.label)}) > 1


def _are_alike(whole: Value, parts: Sequence[Value], kind: str) -> bool:
    """Return whether figures of one line are of its rows' kind, or all amounts among counts: 件数, 受注高."""
    return whole.kind == kind or (whole.kind != PERCENT and all(each.kind == whole.kind for each in parts))


def _is_beyond(case: Case) -> bool:
    """Return whether nothing is short where more was done than needed: 41 needed, 42 done, 0 short."""
    low, high = sorted(each.number for each in case.operands)
    return low == 0 and high > case.result.number > 0


def _of_what_is_there(cases: list[Case]) -> list[Case]:
    """Return the sums without those of more parts than the others have: goals of a year, summed for the months so far."""
    held = [each for each in cases if each.follows() != OFF]
    most = max((len(each.operands) for each in held), default=0)
    return [
        each
        for each in cases
        if each.follows() != OFF
        or len(each.operands) <= most
        or each._replace(operands=each.operands[:most], signs=each.signs[:most]).follows() == OFF
    ]


def _is_weighed(case: Case) -> bool:
    """Return whether a total is among its parts, as a weighed mean is; a count of a stage, or what is a sum elsewhere, isn't."""
    if case.result.uses and case.result.uses == {each.where for each in case.operands}:
        return False
    return is_weighed([each.number for each in case.operands], case.result.number, case.result.counted)


def is_spread(case: Case) -> bool:
    """Return whether a figure is the mean of the others, or what there is at the end, or was at the beginning."""
    return _is_an_end(case) or _is_mean(case)


def is_excused(case: Case) -> bool:
    """Return whether a figure that isn't the sum of some others may be something else of them: their mean, the last of them."""
    return is_spread(case) or _is_weighed(case)


def _is_an_end(case: Case) -> bool:
    return case.result.exact in (case.operands[0].exact, case.operands[-1].exact)


def _is_mean(case: Case) -> bool:
    return Case(MEAN, case.result, case.operands).follows() <= ROUNDED


def _is_period(label: str) -> bool:
    """Return whether a label may be that of a period: Wk 14, 2年目, 上期."""
    return any(map(str.isdigit, label)) or any(_PERIOD.search(word) or month_of(word) is not None for word in label.split())


def signed(variables: Sequence[Variable]) -> Iterator[Law]:
    """Yield what is there at the end: what was there, and came, less what went, whichever these are; or the rest of two."""
    for whole in variables:
        # The rate of those who leave, and a price, are between them; a unit on the first line alone, 月初MRR（千円）, is that of all.
        before = [each for each in variables if each.place < whole.place and not each.aside and each.kind != PERCENT]
        if _BEGINS.search(before[0].label if before else "") is None:
            before = [each for each in before if each.kind == whole.kind]
        for count in range(2, _SIGNED):
            run = before[-count:]
            if not _ENDS.search(whole.label) and not (run and _BEGINS.search(run[0].label)):
                continue
            if len(run) < count:
                continue
            is_signed = any(value is not None and value.number < 0 for each in run for value in each.values)
            for signs in product((1, -1), repeat=count - 1):
                if -1 not in signs and not is_signed:
                    continue  # what is typed below zero is added
                weights = tuple(sign * _in_unit_of(whole, each) for sign, each in zip((1, *signs), run, strict=True))
                law = judged(
                    SUM,
                    (Case(SUM, p, tuple(parts), signs=weights) for p, *parts in complete(whole, *run) if p.number),
                    _ratios,
                    FITTING,
                    2 ** (count - 1) * len(variables),
                )
                if law is not None and all(each.follows() == EXACT for each in law.held):
                    yield law


def _in_unit_of(whole: Variable, part: Variable) -> int | Fraction:
    """Return how much of a part's figures counts where one of the two says its unit, and the other is meant in it."""
    if whole.kind == part.kind:
        return 1
    return Fraction(whole.factor) if whole.kind == MONEY else 1 / Fraction(part.factor)


def means(variables: Sequence[Variable]) -> Iterator[Law]:
    """Yield the means of the variables before them in a row, a total between them or not."""
    for at, whole in enumerate(variables):
        if not _SPREAD.search(whole.label):
            continue
        for end in (at, at - 1):
            for start in range(max(0, end - _RUN), end - 1):
                run = variables[start:end]
                cases = []
                for line, p in enumerate(whole.values):
                    parts = tuple(value for each in run if (value := each.values[line]) is not None)
                    if p is None or len(parts) != len(run):
                        continue
                    case = Case(MEAN, p, parts)
                    # A mean price is that of all that was sold.
                    if (
                        case.follows() != OFF
                        or p.kind == COUNT
                        or not is_weighed([each.number for each in parts], p.number, False)
                    ):
                        cases.append(case)
                law = judged(MEAN, cases, _ratios, FITTING, at * 2)
                if law is not None:
                    yield law


_DIFFERS = terms.of("difference")


def differences(variables: Sequence[Variable]) -> Iterator[Law]:
    """Yield what is left of one when another is taken off: a gap to the goal, a change on last year."""
    yield from _points(variables)
    others = [each for each in variables if each.kind != PERCENT]
    for whole in others:
        if not _DIFFERS.search(whole.label):
            continue
        for one, two in permutations([each for each in others if each is not whole], 2):
            # Of amounts and counts below one another, each line by itself.
            lines = [
                (p, a, b)
                for p, *own in complete(whole, one, two)
                for a, b in [[_as_of(p, each, whole, its) for each, its in zip(own, (one, two), strict=True)]]
                if a.number and b.number and p.kind == a.kind == b.kind
            ]
            if sum(abs(a.number - b.number - p.number) < p.step for p, a, b in lines) < LEAST:
                continue
            law = judged(SUM, (Case(SUM, p, (a, b), signs=(1, -1)) for p, a, b in lines), _ratios, FITTING, len(others) ** 2)
            if law is not None:
                yield law


def _as_of(whole: Value, part: Value, of: Variable, its: Variable) -> Value:
    """Return an amount in 万円 as a figure beside it is that has no unit: 過不足 of 売上見込（万円） and 売上目標（万円）."""
    if of.kind != COUNT or whole.kind != COUNT or its.kind != MONEY or part.kind != MONEY or its.factor == 1:
        return part._replace(kind=COUNT) if whole.kind == of.kind == COUNT and part.kind == MONEY == its.kind else part
    by = its.factor
    return part._replace(kind=COUNT, exact=part.exact / by, number=part.number / by, step=part.step / by)


def _points(variables: Sequence[Variable]) -> Iterator[Law]:
    """Yield by how many points a rate is above another one: 43.9 % − 45.0 % is −1.1, as a number or in per cent."""
    rates = [each for each in variables if each.kind == PERCENT and not each.aside]
    for whole in variables:
        if whole.aside or whole.kind == MONEY or not _DIFFERS.search(whole.label):
            continue
        by = 1 if whole.kind == PERCENT else 100
        for one, two in permutations([each for each in rates if each is not whole], 2):
            cases = [Case(SUM, p, (a, b), signs=(by, -by)) for p, a, b in complete(whole, one, two)]
            law = judged(SUM, cases, _ratios, FITTING, len(rates) ** 2)
            if law is not None:
                yield law


_OF_PARTS = terms.of("of_parts")
_SUBTOTAL = terms.of("subtotal")


def subtotals(variables: Sequence[Variable]) -> Iterator[Law]:
    """Yield a total of the subtotals before it."""
    for at, whole in enumerate(variables):
        parts = [each for each in variables[:at] if _SUBTOTAL.search(each.label) and each.kind == whole.kind]
        if len(parts) >= LEAST and _TOTAL.search(whole.label):
            yield from _of(whole, parts, (1,) * len(parts), len(variables))


_TOTAL = terms.of("grand_total")


def weighted(variables: Sequence[Variable]) -> Iterator[Law]:
    """Yield a sum of which each part counts at the rate over its column: a forecast by certainty."""
    weights = [(each, weight) for each in variables if (weight := _weight(each)) is not None]
    if len(weights) < LEAST:
        return
    parts, signs = [each for each, _ in weights], tuple(weight for _, weight in weights)
    for whole in variables:
        # 着地見込 without a unit beside A（万円）, B（万円） is in theirs.
        by = {1} if whole.kind == parts[0].kind else {each.factor for each in parts} if whole.kind == COUNT else set()
        if whole in parts or len(by) != 1:
            continue
        (unit,) = by
        own = tuple(each / unit for each in signs)
        yield from _of(whole, parts, own, len(variables))
        # What is won already counts in full: 確定 beside A案件, B案件.
        for sure in variables:
            if sure not in (whole, *parts) and sure.kind == whole.kind and not sure.aside and _SURE.search(sure.label):
                yield from _of(whole, [sure, *parts], (Fraction(1, unit), *own), len(variables))


_SURE = terms.of("won")


def _weight(variable: Variable) -> Fraction | None:
    """Return the rate over a column of figures, or the only one that its heading says: Aヨミ 80%."""
    if variable.weight is not None:
        return variable.weight.exact
    rates = [each.value for each in variable.said if each.kind == RATE]
    return rates[0] if len(rates) == 1 and variable.kind != PERCENT and not variable.aside else None


def _of(whole: Variable, parts: Sequence[Variable], signs: tuple[int | Fraction, ...], tried: int) -> Iterator[Law]:
    """Yield the law that a variable is the sum of some others, each taken for so much."""
    every = (Case(SUM, p, tuple(own), signs=signs) for p, *own in complete(whole, *parts) if p.number)
    plain = all(each == 1 for each in signs)
    cases = [
        each
        for each in every
        if not (plain and each.follows() == OFF and (each.result.divided or is_spread(each) or _is_weighed(each)))
    ]
    law = judged(SUM, cases, _ratios, FITTING, tried)
    if law is not None:
        yield law
