"""One figure for all lines of a table: a price, a rate, days, heads that are typed once, above it, beside it or on another sheet.

Heads × 400 a month are the capacity of each month; deals ÷ 30 % are its meetings. It holds on three lines, whatever it is called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import permutations

from ..read import terms
from ..read.plane import Spot
from .judge import FITTING, Law, judged
from .law import EXACT, PRODUCT, Case
from .lists import names
from .said import NUMBER, RATE, numbers
from .tables import COUNT, MONEY, PERCENT, Table, Tables, Value, Variable, rate_said

_SHORT, _FEW = 80, 3
_LEAST = 3
"""Lines on which it holds."""

_MOST, _VARIABLES, _LINES, _SHEETS = 24, 14, 60, 12
POWERS = tuple(Fraction(each) ** sign for each in (1, 1000, 10_000, 1_000_000) for sign in (1, -1))[1:]
_APART, _NOT = terms.of("total", "mean", "results", "last_year"), terms.of("so_far", "left", "mean", "unique", "rank")
_PRICE = terms.of("price", "mean", "each")
_NEAR, _HALF = 1.02, 0.51

Pairs = list[tuple[Value, Value]]


def constants(tables: Tables) -> Iterator[Law]:
    """Yield what a table's lines make with one figure of its sheet."""
    yield from _of_sheet(tables, singles(tables))


def constants_across(every: Sequence[Tables]) -> Iterator[Law]:
    """Yield what a table's lines make with one figure of another sheet of the workbook."""
    for tables, others in of_other_sheets(every, singles):
        yield from _of_sheet(tables, others)


def of_other_sheets(
    every: Sequence[Tables], found: Callable[[Tables], Sequence[Value]]
) -> Iterator[tuple[Tables, list[Value]]]:
    """Yield each sheet of a workbook with the figures found on the others, where these are few enough to be looked at."""
    if not 1 < len(every) <= _SHEETS:
        return
    of_sheet = {each.title: found(each) for each in every}
    for tables in every:
        others = [value for title, values in of_sheet.items() if title != tables.title for value in values]
        if len(others) <= _MOST:
            yield tables, others


def singles(tables: Tables) -> list[Value]:
    """Return the figures that stand alone on their lines: 1人あたり月間受注 400, 営業日数 61."""
    found = [
        value
        for (row, col), value in tables.values.items()
        if value.number > 0
        and value.exact != 1
        and tables.name(value, across=False)
        and not any(_is_beside(tables, value, (row, at)) for at in range(col - 3, col + 4) if at != col)
    ]
    found += [value for spot in tables.texts.values() for value in _said(tables, spot)]
    return found if len(found) <= _MOST else []


def _is_beside(tables: Tables, value: Value, at: tuple[int, int]) -> bool:
    """Return whether another figure of the same label is there; one of a table may be near, with a label of its own."""
    other = tables.values.get(at)
    return other is not None and tables.cells.label(other.spot) is tables.cells.label(value.spot)


def _is_apart(tables: Tables, value: Value, first: int) -> bool:
    """Return whether a figure has a label of its own between it and a table that begins in a column: Placement fee, right of the months."""
    label = tables.cells.label(value.spot)
    return label is not None and label.col == value.spot.col - 1 and first < label.col and label.row == value.spot.row


def _said(tables: Tables, spot: Spot) -> Iterator[Value]:
    """Yield the few prices and rates that a text says: Average opportunity $37k; 5% sign up, 10% of sign-ups pay."""
    said = [each for each in numbers(spot.text) if each.kind != NUMBER] if len(spot.text) <= _SHORT else []
    if len(said) > _FEW or (spot.row, spot.col) in tables.values or spot.amount is not None:
        return
    for each in dict.fromkeys(said):
        value = rate_said(tables.title, spot, each)
        yield value if each.kind == RATE else value._replace(kind=MONEY, step=1.0, name=spot.text)


def _of_sheet(tables: Tables, constant: Sequence[Value]) -> Iterator[Law]:
    for table in tables:
        variables = [each for each in table.variables if is_of_all(each)]
        if not 1 < len(variables) <= _VARIABLES or not _LEAST < len(table.names) <= _LINES:
            continue
        lines = lines_of(table)
        lined = [[value for value in each.values if value is not None] for each in table.variables]
        first = min(each.spot.col for values in lined for each in values)
        inside = {each.where for values in lined if len(values) > 1 for each in values if not _is_apart(tables, each, first)}
        alone = [each for each in constant if each.where not in inside]
        found = [
            (pair, any(_APART.search(each.label) for each in two))
            for two in permutations(variables, 2)
            if (pair := _pairs(*two, lines))
        ]
        for pairs, of_a_total in found:
            # A month is a quarter of half a year by chance.
            own = [by for by in alone if not (of_a_total and by.kind == PERCENT)]
            laws = [(by, law) for by in own if (law := _law(tables, pairs, by, len(found) * len(alone)))]
            most = max((names_in_common(tables, by, pairs[0]) for by, _ in laws), default=0)
            laws = [(by, law) for by, law in laws if names_in_common(tables, by, pairs[0]) == most]
            if len(laws) == 1 and not any(_is_remarked(tables, case) for case in laws[0][1].failed):
                yield laws[0][1]  # of two rates of 25 % it isn't known which is meant


def is_of_all(variable: Variable) -> bool:
    """Return whether a variable is a count or an amount of each line alone, and no rate, sum so far or rest."""
    return variable.kind != PERCENT and not variable.aside and not _NOT.search(variable.label)


def lines_of(table: Table) -> list[int]:
    """Return the lines of which one figure may hold: no totals, means, results or last year's."""
    return [at for at, line in enumerate(table.names) if not _APART.search(line)]


def names_in_common(tables: Tables, by: Value, pair: Sequence[Value]) -> int:
    """Return how many words a figure's name has in common with those of two variables."""
    own = names(_called(tables, by))
    return sum(len(own & (names(tables.name(each, across=False)) | names(tables.name(each, across=True)))) for each in pair)


def _called(tables: Tables, by: Value) -> str:
    """Return what a figure is called: by the sentence that says it, or by its label, where it is of the same sheet."""
    return by.name or (tables.name(by, across=False) if by.sheet == tables.title else "")


def _pairs(whole: Variable, one: Variable, lines: Sequence[int]) -> Pairs:
    """Return two variables line by line, if the one is the same multiple of the other on all lines but one, nearly."""
    values = [(whole.values[at], one.values[at]) for at in lines]
    pairs = [(p, a) for p, a in values if p is not None and a is not None and p.number * a.number > 0]
    if len(pairs) <= _LEAST or len({a.exact for _, a in pairs}) < _LEAST:
        return []
    times = sorted(p.number / a.number for p, a in pairs)
    middle = times[len(times) // 2]
    off = sum(
        not middle / _NEAR <= p.number / a.number <= middle * _NEAR and abs(p.number / middle - a.number) > _HALF * a.step
        for p, a in pairs
    )
    return pairs if off <= 1 and not 1 / _NEAR < middle < _NEAR else []


def _law(tables: Tables, pairs: Pairs, by: Value, tried: int) -> Law | None:
    """Return the law that the one is the other times a figure, or a thousand times that."""
    times = sorted(p.number / a.number for p, a in pairs)[len(pairs) // 2]
    power = next((each for each in POWERS if 1 / _NEAR < by.number * float(each) / times < _NEAR), None)
    if power is None or (power != 1 and (by.kind == PERCENT or not _has_unit(tables, by, pairs[0]))):
        return None
    cases = [Case(PRODUCT, p, (a, by), power) for p, a in pairs]
    law = judged(PRODUCT, cases, lambda case: case.operands[0].exact, FITTING, tried, _LEAST)
    law = _with_whole(law, cases) if law is not None and not law.failed else law
    if law is None or len(law.failed) > 1 or any(map(_is_made, law.failed)):
        return None
    loose = sum(not 1 / _NEAR <= p.number / a.number / (by.number * float(power)) <= _NEAR for p, a in pairs)
    # What holds for the roundings of small counts confirms them, and proves nothing wrong.
    return law if not law.failed or loose <= len(law.failed) else None


def _has_unit(tables: Tables, by: Value, pair: Sequence[Value]) -> bool:
    """Return whether a figure may be of another unit than what it makes: an amount, in yen and in thousands; people are one by one."""
    is_amount = MONEY in (by.kind, *(each.kind for each in pair)) or _PRICE.search(_called(tables, by))
    return is_amount and not all(each.counted and each.kind == COUNT for each in pair)


def _with_whole(law: Law, cases: Sequence[Case]) -> Law:
    """Return a law with the one line that is off by one where a whole number follows: 12 × 25 % are 3, and not 2, rounded or not."""
    known = {each.result.where for each in law.held}
    others = [each for each in cases if each.result.where not in known]
    off = [each for each in others if each.exact.denominator == 1 and each.result.step == 1 and each.exact != each.result.exact]
    sure = all(each.follows() == EXACT for each in law.held) and len(others) == len(off) == 1
    return law._replace(failed=(off[0]._replace(strict=True),)) if sure else law


def _is_remarked(tables: Tables, case: Case) -> bool:
    """Return whether a remark is on a line, or names it: August is shorter."""
    row = tables.cells.rows[case.result.spot.row]
    last = max(each.spot.col for each in case.cells[:2])
    if any(
        each.col > last and len(each.text) >= _REMARK and (each.row, each.col + 1) not in tables.values for each in row.texts
    ):
        return True
    name = tables.name(case.result, across=case.result.at[0] != case.operands[0].at[0])
    return bool(name) and any(
        len(spot.text) > _NOTE and spot.flat != name and name in spot.flat for spot in tables.texts.values()
    )


_REMARK, _NOTE = 4, 8


def _is_made(case: Case) -> bool:
    """Return whether a formula says that a figure of a line comes of other cells."""
    return any(each.uses and not each.uses <= case.places for each in case.cells[:2])
