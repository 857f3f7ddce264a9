"""Sums: totals of what is beside them, what is there at the end, differences, means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from .judge import FITTING, LEAST, Law, judged
from .law import MEAN, OFF, ROUNDED, SUM, Case
from .tables import Variable

_SIGNED = 5
_RUN = 40
_SPREAD = re.compile(r"平均|mean|average|avg")


def _ratios(case: Case) -> tuple[float, ...]:
    whole = case.result.number or 1.0
    return tuple(round(each.number / whole, 6) for each in case.operands)


def runs(variables: Sequence[Variable]) -> Iterator[Law]:
    """Yield totals of the variables before them, or after them, in a row."""
    for at, whole in enumerate(variables):
        for run in (list(reversed(variables[max(0, at - _RUN) : at])), variables[at + 1 : at + 1 + _RUN]):
            yield from _run(whole, run)


def _run(whole: Variable, run: Sequence[Variable]) -> Iterator[Law]:
    sums = [0.0 for _ in whole.values]
    for count, variable in enumerate(run, start=1):
        if variable.kind != whole.kind:
            return
        for line, value in enumerate(variable.values):
            sums[line] += value.number if value is not None else 0.0
        if count < LEAST:
            continue
        holding = sum(
            p is not None and p.number != 0 and abs(made - p.number) <= 1e-6 * abs(p.number)
            for p, made in zip(whole.values, sums, strict=True)
        )
        if holding < LEAST:
            continue
        cases = []
        for line, p in enumerate(whole.values):
            parts = tuple(value for each in run[:count] if (value := each.values[line]) is not None)
            if p is None or not p.number or len(parts) < LEAST or p.kind != whole.kind:
                continue
            case = Case(SUM, p, tuple(reversed(parts)) if run[0].place < whole.place else parts, signs=(1,) * len(parts))
            if case.follows() == OFF and (len(parts) < count or _is_spread(case)):
                continue
            cases.append(case)
        law = judged(SUM, cases, _ratios, FITTING, len(run) * 2)
        if law is not None:
            yield law


def _is_spread(case: Case) -> bool:
    """Return whether a figure is no total but the mean of the others, or what there is at the end, or was at the beginning."""
    if case.result.exact in (case.operands[0].exact, case.operands[-1].exact):
        return True
    return Case(MEAN, case.result, case.operands).follows() <= ROUNDED


def signed(variables: Sequence[Variable]) -> Iterator[Law]:
    """Yield what is there at the end: what was there, and came, less what went, whichever these are; or the rest of two."""
    for at, whole in enumerate(variables):
        for count in range(2, _SIGNED):
            run = variables[max(0, at - count) : at]
            if len(run) < count or any(each.kind != whole.kind for each in run):
                continue
            for signs in product((1, -1), repeat=count - 1):
                if -1 not in signs:
                    continue
                lines = [
                    (p, parts)
                    for p, *parts in zip(whole.values, *(each.values for each in run), strict=True)
                    if p is not None and None not in parts
                ]
                full = [(p, tuple(part for part in parts if part is not None)) for p, parts in lines]
                law = judged(
                    SUM,
                    (Case(SUM, p, parts, signs=(1, *signs)) for p, parts in full if p.number),
                    _ratios,
                    0.0,
                    2 ** (count - 1) * len(variables),
                )
                if law is not None:
                    yield law


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
                    if p is not None and len(parts) == len(run):
                        cases.append(Case(MEAN, p, parts))
                law = judged(MEAN, cases, _ratios, FITTING, at * 2)
                if law is not None:
                    yield law
