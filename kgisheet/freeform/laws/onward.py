"""Laws from line to line: what begins as the line before ended, what is added up so far, shares of the line of totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from ..read import terms
from .cumulative import is_share_of
from .judge import FITTING, LEAST, Law, judged
from .law import CARRIED, EXACT, GROWN, OFF, PRODUCT, SAME, SUM, WRITTEN, Case
from .tables import PERCENT, Variable

_BEGINS = terms.of("opening", "previous")
_CLOSES = terms.of("closing")
_ENDS = terms.of("opening", "closing", "previous", "balance")


def carried(variables: Sequence[Variable], whole: Sequence[bool]) -> Iterator[Law]:
    """Yield what begins a line as another variable ended the line before: opening and closing."""
    ends = [each for each in variables if each.kind != PERCENT and _ENDS.search(each.label)]
    tried = len(ends) * (len(ends) - 1)
    for one, other in product(ends, repeat=2):
        if one is other or one.kind != other.kind:
            continue
        cases = [
            Case(SAME, later, (before,))
            for later, before, total in zip(one.values[1:], other.values, whole[1:], strict=False)
            if later is not None and before is not None and not total
        ]
        if cases and cases[-1].result is one.values[-1] and cases[-1].follows() == OFF and _adds_up(variables):
            del cases[-1]  # Quarter, after its months: it opens as the first of them
        if not cases or len({each.result.exact for each in cases}) < len(cases) - 1:
            continue
        begins = _BEGINS.search(one.label) and _CLOSES.search(other.label)
        law = judged(SAME, cases, lambda case: case.result.exact, 2.0 if begins else 0.0, tried, 1 if begins else LEAST)
        if law is not None:
            yield law


def _adds_up(variables: Sequence[Variable]) -> bool:
    """Return whether the last line is all others added up, of several variables, whatever it is called."""
    summed = 0
    for each in variables:
        *parts, last = each.values
        own = [part.exact for part in parts if part is not None]
        if each.kind != PERCENT and last is not None and last.number and len(own) == len(parts) > 1 and sum(own) == last.exact:
            summed += 1
    return summed > 1


_SO_FAR = terms.of("so_far")


def _are_the_same(one: Variable, other: Variable) -> bool:
    """Return whether two variables have the same figure on each line."""
    return all(
        a is not None and b is not None and a.exact == b.exact for a, b in zip(one.values, other.values, strict=True) if a or b
    )


def so_far(variables: Sequence[Variable], whole: Sequence[bool]) -> Iterator[Law]:
    """Yield what is added up so far: each line's is the one before and what came."""
    for summed in variables:
        if summed.kind == PERCENT:
            continue
        said = _SO_FAR.search(summed.label)
        for one in variables:
            if one is summed or one.kind != summed.kind or _are_the_same(one, summed):
                continue  # the first month's is all there is so far, of each stage
            if not said and not (_may_add_up(one, summed) and _are_of_one_kind(one) and _are_of_one_kind(summed)):
                continue
            # What there is at the end is said once more beside it: that is no line of its own.
            cases = [
                Case(SUM, now, (before, came), signs=(1, 1))
                for before, now, came, total in zip(summed.values, summed.values[1:], one.values[1:], whole[1:], strict=False)
                if before is not None and now is not None and came is not None and now.number and not total
            ]
            if cases and cases[-1].result.exact == cases[-1].operands[0].exact:
                del cases[-1]
            first, begun = summed.values[0], one.values[0]
            if cases and first is not None and begun is not None and first.exact == begun.exact:
                cases.insert(0, Case(SUM, first, (begun,), signs=(1,)))
            law = judged(SUM, cases, lambda case: case.result.exact, FITTING, len(variables))
            # So many lines add up by themselves, whatever they are called: MRR of each month, and what is new in it.
            if law is not None and (said or (len(law.held) >= _MANY and all(each.follows() == EXACT for each in law.held))):
                yield law


_MANY = 5


def _are_of_one_kind(variable: Variable) -> bool:
    """Return whether all figures of a variable are of its kind: below another table one is taken for an amount by its heading there."""
    return all(each is None or each.kind == variable.kind for each in variable.values)


def _may_add_up(one: Variable, summed: Variable) -> bool:
    """Return whether the first lines of a variable are the line before and what came: told at once, as each two of a table are tried."""
    if len(summed.values) <= _MANY:
        return False
    missed = 0
    for at in range(1, _MANY + 1):
        before, now, came = summed.values[at - 1], summed.values[at], one.values[at]
        if before is None or now is None or came is None or not came.number or before.number + came.number != now.number:
            missed += 1
            if missed > _SOME:
                return False
    return True


_SOME = 2
_GROWS = terms.of("growth", "grows")


def grows(variables: Sequence[Variable], whole: Sequence[bool]) -> Iterator[Law]:
    """Yield by how much each line's figure is more than that of the line before, or which part of it."""
    others = [each for each in variables if each.kind != PERCENT and not each.aside]
    for rate in variables:
        if rate.kind != PERCENT or rate.aside:
            continue
        named = [each for each in others if each.label == rate.label]
        for one in named or (others if _GROWS.search(rate.label) else ()):
            if not _may_be_of(rate, one):
                continue
            lines = [
                (now, before, by)
                for now, before, by, total in zip(one.values[1:], one.values, rate.values[1:], whole[1:], strict=False)
                if now is not None and before is not None and by is not None and now.number and before.number and not total
            ]
            for kind in (GROWN, PRODUCT):
                cases = [Case(kind, now, (before, by)) for now, before, by in lines]
                law = judged(kind, cases, lambda case: case.operands[1].exact, FITTING, len(others))
                if law is not None:
                    yield law


def _may_be_of(rate: Variable, one: Variable) -> bool:
    """Return whether the formulas of a rate, where it has some, refer to the figures that it is meant to be of."""
    made = [
        (by, its) for by, its in zip(rate.values, one.values, strict=True) if by is not None and its is not None and by.uses
    ]
    used = frozenset().union(*(by.uses for by, _ in made))
    return not made or any(its.where in used for _, its in made)


_CARRIED = terms.of("carried")


def carried_over(variables: Sequence[Variable]) -> Iterator[Law]:
    """Yield what a line begins with because the one before fell short by so much."""
    for one in variables:
        for other in variables if _CARRIED.search(one.label) else ():
            cases = [
                Case(CARRIED, later, (before,))
                for later, before in zip(one.values[1:], other.values, strict=False)
                if later is not None and before is not None and one is not other
            ]
            below = any(each.operands[0].number < 0 for each in cases)
            if not below:
                # What is short is written as such: 4 below, and 4 on the next line.
                cases = [Case(SAME, each.result, each.operands) for each in cases if each.result.kind == each.operands[0].kind]
            if below or len({each.result.exact for each in cases}) > LEAST:
                law = judged(cases[0].kind, cases, lambda case: case.result.exact, FITTING, len(variables))
                if law is not None:
                    yield law


_SHARE, _PROGRESS = terms.of("part_of_whole"), terms.of("attained")


def shares(variables: Sequence[Variable], total: Sequence[bool]) -> Iterator[Law]:
    """Yield each line's share of the one line that has all of it."""
    for share in variables:
        if share.kind != PERCENT or share.aside:
            continue
        whole = [at for at, each in enumerate(share.values) if each is not None and each.exact == 1]
        of_all = len(whole) == 1 and (_SHARE.search(share.label) or total[whole[0]])
        # 100 % of a goal is no whole, but where all so far is that.
        ends = len(whole) == 1 and all(each is None for each in share.values[whole[0] + 1 :])
        so_far = ends and _PROGRESS.search(share.label)
        every = [one for one in variables if not any(is_share_of(other, share, one) for other in variables)]
        parts = every if of_all else [each for each in variables if _SO_FAR.search(each.label)] if so_far else []
        laws = [law for one in parts if (law := _share(share, one, whole[0], len(variables))) is not None]
        # Other columns may be parted nearly so: the shares are of the one that they fit.
        fits = max(laws, key=lambda law: (not law.failed, len(law.held), -_off(law)), default=None)
        if fits is None or fits.failed:
            others = [law for one in parts if (law := _of_another_whole(_shared(share, one, whole[0]))) is not None]
            fits = others[0] if len(others) == 1 else fits
        if fits is not None:
            yield fits


def _off(law: Law) -> float:
    """Return by how much the shares of a law are off, of each as a part of itself: 8.5 % of 39 deals are 3.3, and not 4."""
    return max((abs(float(each.exact) / each.result.number - 1) for each in law.held if each.result.number), default=0.0)


def _share(share: Variable, one: Variable, whole: int, tried: int) -> Law | None:
    cases = _shared(share, one, whole)
    return judged(PRODUCT, cases, lambda case: case.operands[0].exact, FITTING, tried) if cases else None


def _shared(share: Variable, one: Variable, whole: int) -> list[Case]:
    """Return of each part of a column that it is its share of all of it."""
    total = one.values[whole]
    if one.kind == PERCENT or total is None or not total.number:
        return []
    return [
        Case(PRODUCT, part, (its, total))
        for at, (part, its) in enumerate(zip(one.values, share.values, strict=True))
        if part is not None and its is not None and at != whole and part.number
    ]


def _of_another_whole(cases: Sequence[Case]) -> Law | None:
    """Return that no part is its share of all of it, where all of them are their shares of one and the same other figure."""
    follows = [each.follows() for each in cases]
    if len(cases) < _PARTS or min(follows) <= WRITTEN or follows.count(OFF) < LEAST:
        return None
    if len({each.operands[0].exact for each in cases}) < LEAST:
        return None
    total = cases[0].operands[1]
    if any(each.result.kind != total.kind for each in cases):
        return None  # in 千円, which the others don't say
    ranges = [each.needed(total) for each in cases]
    low, high = max(low for low, _ in ranges), min(high for _, high in ranges)
    if not 0 < low <= high <= low * _NEARLY:
        return None
    return Law(PRODUCT, (), tuple(each._replace(only=total.where) for each in cases))


_PARTS, _NEARLY = 3, 1.05
