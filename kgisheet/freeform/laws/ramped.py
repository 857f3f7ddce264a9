"""Products with a share that is 100 % on most lines: heads × quota = capacity, and for those who are new times 50 %.

Where it is 100 % the product holds without it, so that two figures seem to do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .judge import LEAST, Law
from .law import ABOUT, PRODUCT, ROUNDED, Case
from .tables import PERCENT, Value, Variable


def ramped(found: Sequence[Law], variables: Sequence[Variable]) -> Iterator[Law]:
    """Yield laws, those of two figures with the share on their lines, where the lines on which it isn't 100 % show that it is meant."""
    rates = [each for each in variables if each.kind == PERCENT and not each.aside]
    for law in found:
        yield next((better for rate in rates if (better := _with(law, rate, variables)) is not None), law)


def _with(law: Law, rate: Variable, variables: Sequence[Variable]) -> Law | None:
    """Return a law of two counts or amounts with a rate; None where it isn't one of it."""
    every = [*law.held, *law.failed]
    whole = _of(variables, [each.result for each in every])
    if law.kind != PRODUCT or whole is None or any(PERCENT in (cell.kind for cell in each.operands) for each in every):
        return None
    lines = {id(value): at for at, value in enumerate(whole.values) if value is not None}
    shares = [rate.values[lines[id(each.result)]] for each in every]
    made = [
        each._replace(operands=(*each.operands, share))
        for each, share in zip(every, shares, strict=True)
        if share is not None and 0 < share.exact <= 1
    ]
    full = [each for each in made if each.operands[-1].exact == 1]
    parts = [each for each in made if each not in full]
    if not full or not parts or len(made) < len(every) or not all(_holds(each) for each in full):
        return None
    held, failed = [each for each in parts if _holds(each)], [each for each in parts if not _holds(each)]
    # The one line on which two figures don't do is what they and the share make: so where they do, the share was forgotten.
    if len(failed) == 1 and held and len(law.failed) == len(held) and all(each.follows() <= ROUNDED for each in held):
        return law._replace(held=(*full, *held), failed=tuple(failed))
    if len(full) < LEAST:
        return None
    if held and not failed:
        return law._replace(held=(*full, *held), failed=())
    if len(failed) == 1 and not law.failed and _makes_the_total(failed[0], whole, every):
        return law._replace(held=(*full, *held), failed=tuple(failed))
    return None


def _holds(case: Case) -> bool:
    return case.follows() <= ABOUT


def _of(variables: Sequence[Variable], results: Sequence[Value]) -> Variable | None:
    own = {id(each) for each in results}
    return next((each for each in variables if own <= {id(value) for value in each.values}), None)


def _makes_the_total(case: Case, whole: Variable, every: Sequence[Case]) -> bool:
    """Return whether another figure of the variable is the sum of those of a law with what a case makes, and not with what is there."""
    parts = [each.result for each in every]
    total = sum(each.exact for each in parts) - case.result.exact + case.exact
    return any(each.exact == total for each in whole.values if each is not None and each not in parts)
