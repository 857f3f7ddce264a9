"""Retention: what is left of an opening amount with what was added and lost, as a share of it, whichever of the movements count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, combinations

from ..read import terms
from .judge import FITTING, Law, judged
from .law import RETAINED, Case
from .tables import PERCENT, Variable, complete

_RETENTION, _OPENING, _GONE = terms.of("retention"), terms.of("opening"), terms.of("gone", "discount")
_DUE = terms.of("due")
_ENDS = terms.of("closing", "balance")
_MOST_PARTS, _FEW = 4, 7


def retained(variables: Sequence[Variable]) -> Iterator[Law]:
    """Yield what is retained of what there was: (opening + expansion − churn) ÷ opening."""
    for rate in variables:
        if rate.kind != PERCENT or not _RETENTION.search(rate.label):
            continue
        amounts = [each for each in variables if each.kind != PERCENT]
        laws = [
            law
            for base in amounts
            if _OPENING.search(base.label) or _DUE.search(base.label)
            for law in _of(rate, base, [each for each in amounts if each is not base and each.kind == base.kind])
        ]
        if laws:
            yield max(laws, key=lambda law: (len(law.held), -len(law.failed), -len(law.held[0].operands)))


def _of(rate: Variable, base: Variable, others: Sequence[Variable]) -> Iterator[Law]:
    """Yield the laws by which a rate is that of a base with some movements, and of some movements alone."""
    moves = [each for each in others if not _ENDS.search(each.label) and not _OPENING.search(each.label)][:_FEW]
    ways = list(chain.from_iterable(combinations(moves, many) for many in range(1, _MOST_PARTS + 1)))
    for parts in ways:
        signs = tuple(-1 if _GONE.search(each.label) and not _is_below_zero(each) else 1 for each in parts)
        for whole in (1, 0):
            cases = [
                Case(RETAINED, its, (of, *own), signs=(whole, *signs))
                for its, of, *own in complete(rate, base, *parts)
                if of.number and its.number
            ]
            law = judged(RETAINED, cases, lambda case: case.result.exact, FITTING, 2 * len(ways))
            if law is not None:
                yield law


def _is_below_zero(variable: Variable) -> bool:
    return any(each is not None and each.number < 0 for each in variable.values)
