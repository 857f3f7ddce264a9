"""One figure for all lines of a table that each of them has otherwise: contracts ÷ visits are 40 % in every month, and above them stands 32 %.

It was changed after the lines were worked out, or mistyped. Its label has to say that it is theirs, nothing else may have been it,
and nothing else on the sheet may follow from it as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, permutations

from ...values.regex import regex
from ..read import terms
from .constant import POWERS, of_other_sheets, singles
from .judge import Law
from .law import PRODUCT, Case
from .lists import AMOUNT, names
from .tables import COUNT, MONEY, PERCENT, Table, Tables, Value, Variable

_PRICE, _HEADS, _EACH, _APART = terms.of("price", "mean", "each"), terms.of("heads"), terms.of("each"), terms.of("total")
_CLOSING, _DEAL = terms.of("closing_rate"), terms.of("deal")
_LEAST, _DIGITS, _TIMES = 3, 3, 3
_SLIPS, _LARGE = (10, 100), 1000
_VARIABLES, _LINES = 14, 40

Pairs = list[tuple[Value, Value]]


def outdated(tables: Tables) -> Iterator[Law]:
    """Yield what the lines of a table make otherwise of one figure of their sheet."""
    yield from _outdated(tables, {each: tables.name(each, across=False) for each in _typed(tables)}, singles(tables))


def outdated_across(every: Sequence[Tables]) -> Iterator[Law]:
    """Yield what the lines of a table make otherwise of one figure of another sheet: 前提, and the months that were typed by it."""
    of_title = {each.title: each for each in every}
    for tables, others in of_other_sheets(every, _typed):
        typed = {each: of_title[each.sheet].name(each, across=False) for each in others}
        yield from _outdated(tables, typed, [*singles(tables), *others])


def _typed(tables: Tables) -> list[Value]:
    """Return the typed figures that stand alone on their lines of a sheet."""
    return [each for each in singles(tables) if each.at in tables.values and not each.uses]


def _outdated(tables: Tables, typed: Mapping[Value, str], every: Sequence[Value]) -> Iterator[Law]:
    """Yield the lines that want another value of a figure; ``every`` are those that they may be of, with those that headings say."""
    if not typed:
        return
    of_two = [one.exact * other.exact for one, other in combinations(every, 2) if PERCENT in (one.kind, other.kind)]
    numbers = [*(each.exact for each in every), *of_two]
    found: dict[tuple[Value, Fraction, Fraction], list[Case]] = {}
    used: set[Value] = set()
    made_of_others: set[tuple[Value, Fraction, Fraction]] = set()
    for table in tables:
        variables = [each for each in table.variables if each.kind != PERCENT and not each.aside]
        if len(variables) > _VARIABLES or not _LEAST <= len(table.names) <= _LINES:
            continue
        lined = [[each for each in one.values if each is not None] for one in table.variables]
        inside = {each.where for values in lined if len(values) > 1 for each in values}
        lines = [at for at, name in enumerate(table.names) if not _APART.search(name)]
        # What the table adds up to is the goal that it shares out, and made by nothing of its lines.
        apart = set(range(len(table.names))) - set(lines)
        totals = {value.exact for one in table.variables for at in apart if (value := one.values[at]) is not None}
        for whole, one in permutations(variables, 2):
            pairs = _pairs(whole, one, lines)
            used |= {each for each in typed if _is_used(pairs, each)}
            between = _between(pairs)
            if between is None or _is_in_table(table, tables, between, (whole, one)):
                continue
            fitting = [each for each in typed if any(_is_in(between, each.exact * by) for by in (Fraction(1), *POWERS))]
            # Of a price that a heading says, or of what is expected of a full quota.
            of_others = any(_is_in(between, each) for each in numbers)
            if not any(_APART.search(each.label) for each in (whole, one)):
                used |= set(fitting)  # a part is some share of the whole by chance
            for by in typed if not fitting else ():
                is_theirs = by.where not in inside and by.exact not in totals
                made = _made(typed[by], by, whole, one, between) if is_theirs else None
                exact = made is not None and sum(p.exact == a.exact * made[0] * made[1] for p, a in pairs) >= _LEAST
                if made is not None and exact and not _is_said(tables, made[0]):
                    meant, power = made
                    made_of_others |= {(by, meant, power)} if of_others else set()
                    found.setdefault((by, meant, power), []).extend(
                        Case(PRODUCT, p, (a, by), power, only=by.where) for p, a in pairs
                    )
    open_ = {key: cases for key, cases in found.items() if key[0] not in used}
    # In the unit that is written, if it is of anything in that.
    plain = {by for by, _, power in open_ if power == 1}
    open_ = {key: cases for key, cases in open_.items() if key[2] == 1 or key[0] not in plain}
    # Of several pairs that of which most is in the figure's label.
    called = {key: max(_in_common(tables, typed[key[0]], case) for case in cases) for key, cases in open_.items()}
    most = [key for key in open_ if called[key] == max(called.values())]
    if len(most) == 1 and most[0] not in made_of_others:
        yield Law(PRODUCT, (), tuple(open_[most[0]]))


def _is_used(pairs: Pairs, by: Value) -> bool:
    """Return whether most lines follow from a figure as it is: then one of them may be wrong, and not that figure."""
    fits = [sum(p.exact == a.exact * by.exact * power for p, a in pairs) for power in (Fraction(1), *POWERS)]
    return max(fits) >= _LEAST and max(fits) * 2 > len(pairs)


def _pairs(whole: Variable, one: Variable, lines: Sequence[int]) -> Pairs:
    values = [(whole.values[at], one.values[at]) for at in lines if at < len(whole.values)]
    pairs = [(p, a) for p, a in values if p is not None and a is not None and p.number > 0 and a.number > 0]
    return pairs if not any(each.uses for pair in pairs for each in pair) else []  # formulas say of what they are


def _is_in_table(table: Table, tables: Tables, between: tuple[Fraction, Fraction], pair: Sequence[Variable]) -> bool:
    """Return whether a table has itself, on its lines or beside them, what its lines make: 90 a month in a column, a rate before its row."""
    others = [each for each in table.variables if each not in pair]
    if any(all(value is None or _is_in(between, value.exact) for value in each.values) for each in others):
        return True
    places = {each.at for one in pair for each in one.values if each is not None}
    lines = {row for row, _ in places}, {col for _, col in places}
    axis = 0 if len(lines[0]) < len(lines[1]) else 1
    return any(
        at[axis] in lines[axis] and at not in places and _is_in(between, each.exact) for at, each in tables.values.items()
    )


def _is_said(tables: Tables, number: Fraction) -> bool:
    """Return whether a text of the sheet has a number: of six people five sell."""
    if number.denominator != 1:
        return False
    said = regex(rf"(?<![\d.,]){int(number)}(?![\d.,])")
    return any(said.search(spot.flat) for spot in tables.texts.values())


def _between(pairs: Pairs) -> tuple[Fraction, Fraction] | None:
    """Return between which numbers the one is a multiple of the other on all lines, where these are many enough to tell it."""
    if len({a.exact for _, a in pairs}) < _LEAST:
        return None
    half = [(p, a, Fraction(p.step).limit_denominator(10**6) / 2) for p, a in pairs]
    low, high = max((p.exact - step) / a.exact for p, a, step in half), min((p.exact + step) / a.exact for p, a, step in half)
    return (low, high) if 0 < low <= high else None


def _is_in(between: tuple[Fraction, Fraction], number: Fraction) -> bool:
    return between[0] <= number <= between[1]


def _in_common(tables: Tables, label: str, case: Case) -> int:
    """Return how many words a figure's label has in common with those of the two of a line."""
    return sum(
        len(names(label) & (names(tables.name(each, across=False)) | names(tables.name(each, across=True))))
        for each in case.cells[:2]
    )


def _made(
    label: str, by: Value, whole: Variable, one: Variable, between: tuple[Fraction, Fraction]
) -> tuple[Fraction, Fraction] | None:
    """Return what a figure would be for all lines, and the power by which units differ, where it is such a figure as is typed."""
    if not _is_theirs(label, by, whole, one):
        return None
    for power in (Fraction(1), *POWERS) if MONEY in (whole.kind, one.kind) else (Fraction(1),):
        meant = _roundest(between[0] / power, between[1] / power)
        if meant is None or meant == 1 or (by.kind == MONEY and whole.kind == COUNT and meant < _LARGE):
            continue
        times = max(meant / by.exact, by.exact / meant)
        if times <= _TIMES or times in _SLIPS:
            return meant, power
    return None


def _roundest(low: Fraction, high: Fraction) -> Fraction | None:
    """Return the number of the fewest digits between two others; nothing where it would have more than are typed."""
    size = Fraction(10) ** (len(str(int(high))) if high >= 1 else 0)
    for digits in range(_DIGITS + 1):
        unit: Fraction = size / 10**digits
        made = (high // unit) * unit
        if made >= low and made > 0:
            return made
    return None


def _is_theirs(label: str, by: Value, whole: Variable, one: Variable) -> bool:
    """Return whether the label of a figure names two variables, or is a price and how many, or heads beside what each has."""
    own = names(label)
    shared = [bool(own & names(each.label)) for each in (whole, one)]
    if by.kind == PERCENT:
        is_next = abs(whole.place - one.place) == 1 and _DEAL.search(whole.label) and not _DEAL.search(one.label)
        return all(shared) or (is_next and _CLOSING.search(label))
    if _HEADS.search(label) and not _EACH.search(label) and by.kind == COUNT:
        return _EACH.search(one.label) and not _EACH.search(whole.label)
    price = _PRICE.search(label) or (by.kind == MONEY and not AMOUNT.search(label))
    amount = whole.kind == MONEY or AMOUNT.search(whole.label)
    of_things = not AMOUNT.search(label) and by.kind != MONEY  # kg per account
    return price and one.kind != MONEY and (amount or (of_things and shared[1] and not whole.stage))
