"""Products that hold on a line only since a count was cut, or a figure of one digit isn't what it is on all others: 6.6 times, written as 6."""

from __future__ import annotations

from collections.abc import Sequence

from .judge import LEAST, Law
from .law import BACK, EXACT, ROUNDED, Case
from .tables import PERCENT, Value


def with_cut(law: Law, loose: Sequence[Case]) -> Law:
    """Return a law with the one line that holds only if its count was cut, where several others hold and each does as it is written."""
    cut = [
        each._replace(strict=True)
        for each in loose
        if (each.is_cut() and not _may_be_another(each)) or _is_typed_throughout(each, law) or _are_all_exact(each, law)
    ]
    sure = not law.failed and len(law.held) > LEAST and all(each.follows() <= ROUNDED for each in law.held)
    return law._replace(failed=tuple(cut)) if sure and len(cut) == 1 else law


def _may_be_another(case: Case) -> bool:
    """Return whether a price may be the quotient of the others, rounded to the nearest: 52, where it is 52.3."""
    return any(
        each.kind != PERCENT and made is not None and abs(float(made) - each.number) <= each.step * 0.501 and made != each.exact
        for each in case.operands
        for made in (case.solved(each),)
    )


def _is_typed_throughout(case: Case, law: Law) -> bool:
    """Return whether the figure of one digit by which a case holds is the same on all lines that are exact: a coverage of 4 isn't 3.3, rounded."""
    back = case.turned()
    at = next((place for place, each in enumerate(case.operands) if each is back), None)
    return (
        back is not None
        and at is not None
        and case.follows() == BACK
        and all(each.follows() == EXACT and each.operands[at].exact == back.exact for each in law.held)
        and not any(_is_rounded(case, each) for each in case.operands if each is not back)
    )


def _are_all_exact(case: Case, law: Law) -> bool:
    """Return whether many other lines are exact, so that no count was rounded on them: 3 runs of 480 each aren't 1,584."""
    is_back = case.follows() == BACK and not any(_is_rounded(case, each) for each in case.operands)
    return is_back and len(law.held) >= _MANY and all(each.follows() == EXACT for each in law.held)


_MANY = 5


def _is_rounded(case: Case, value: Value) -> bool:
    """Return whether a count of several digits is the quotient of the others, rounded to the nearest: 74, where it is 73.5."""
    made = case.solved(value)
    return value.digits > 1 and made is not None and abs(float(made) - value.number) <= value.step * 0.501
