"""Lines on which a law of a table fails since its figures are of something else there, as they and their formulas say.

The numbers by which the others are divided are a line above them; of two scenarios one has a dearer price than the base, the other
hasn't; an overall rate below the steps is that of the first figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...formula.grid import Where
from ...values.regex import regex
from ..read import terms
from ..rules.of_others import is_of_a_line_beside
from .judge import Law
from .law import MULTIPLE, PRODUCT, RATIO, ROUNDED, SUM, Case
from .limited import is_limited
from .said import RATE, numbers
from .tables import PERCENT, Table, Tables, Value

_OVERALL = terms.of("overall_rate", "overall")
_DIGITS, _MANY = 3, 10


def is_by_chance(law: Law, table: Table) -> bool:
    """Return whether a law fails on a line whose figures are of something else."""
    return any(
        _is_what_divides(case, law) or _is_the_base(case, table) or _is_of_an_earlier_one(case, table) for case in law.failed
    )


def _is_what_divides(case: Case, law: Law) -> bool:
    """Return whether the formulas of the lines that hold take a figure of the one that fails: 稼働, 4 weeks and 20 days of a month."""
    used = {where for each in law.held for where in each.result.uses}
    return law.kind == MULTIPLE and bool(case.places & used)


def _is_the_base(case: Case, table: Table) -> bool:
    """Return whether of two figures one is a third one of its line, and the other so many times it: +10 % of price, and of leads."""
    if case.kind != MULTIPLE:
        return False
    result, one = case.result, case.operands[0]
    return any(
        base is not None
        and base.where not in case.places
        and {result.exact, one.exact} in ({base.exact, base.exact * case.by}, {base.exact, base.exact / case.by})
        for base in _line_of(case, table)
    )


def _line_of(case: Case, table: Table) -> list[Value | None]:
    """Return the figures of the line that a case is on."""
    at = next((index for each in table.variables for index, value in enumerate(each.values) if value is case.result), None)
    return [each.values[at] for each in table.variables] if at is not None else []


def _is_of_an_earlier_one(case: Case, table: Table) -> bool:
    """Return whether a rate of several digits makes its count of another figure of the same column: qualified overall, 11.25 %."""
    if case.kind != PRODUCT or len(case.operands) != 2:
        return False
    rate = next((each for each in case.operands if each.kind == PERCENT), None)
    one = next((each for each in case.operands if each.kind != PERCENT), None)
    if rate is None or one is None or rate.digits < _DIGITS or case.result.number < _MANY:
        return False
    column = next((each.values for each in table.variables if any(value is one for value in each.values)), [])
    return any(
        each is not None and each.where not in case.places and each.exact * rate.exact == case.result.exact for each in column
    )


def without_said(law: Law, tables: Tables) -> Law:
    """Return a law without the lines that fail since a formula caps them, MIN(300, …), or as a remark says: 合計のアポ率は架電由来で計算."""
    failed = tuple(
        each
        for each in law.failed
        if not (
            _is_capped(each, tables)
            or _is_remarked(each, tables)
            or _is_in_no_unit(each)
            or _is_the_same_price(each, tables)
            or _is_of_a_number_beside(each, tables)
            or (each.kind == PRODUCT and is_raised_by_formula(each, tables))
            or any(is_of_a_line_beside(cell.where, each.places, tables.cells) for cell in each.cells if cell.kind == PERCENT)
            or _is_with_more_on_top(each, tables)
            or _is_of_the_line_beside(each, tables)
            or is_limited(each, law, tables)
        )
    )
    return law if len(failed) == len(law.failed) else law._replace(failed=failed)


def without_differences(laws: Sequence[Law]) -> list[Law]:
    """Return laws without the lines of products all of whose figures are differences of two others: 標準, 強気 and 差."""
    gaps = {
        case.result.where
        for law in laws
        if law.kind == SUM and not law.failed and len(law.held) >= _SEVERAL
        for case in law.held
        if sorted(case.signs) == [-1, 1]
    }
    return [
        law._replace(failed=tuple(each for each in law.failed if len(gaps & each.places) < _SEVERAL))
        if law.kind == PRODUCT
        else law
        for law in laws
    ]


_SEVERAL = 2


def without_others(laws: Sequence[Law]) -> list[Law]:
    """Return laws without the lines of products whose result and rate one figure ties on all lines: 50 % of the one quota are the capacity."""
    tied = {
        frozenset((case.result.where, case.operands[0].where))
        for law in laws
        if law.kind == RATIO
        and not law.failed
        and len(law.held) > _SEVERAL
        and len({each.operands[1] for each in law.held}) == 1
        for case in law.held
    }
    return [
        law._replace(failed=tuple(each for each in law.failed if not any(pair < each.places for pair in tied)))
        if law.kind == PRODUCT
        else law
        for law in laws
    ]


def without_made(laws: Sequence[Law]) -> list[Law]:
    """Return laws without the lines of products by one figure where it makes the same of another one on all lines: of visits held, not of the room for them."""
    made: dict[tuple[object, object], int] = {}
    for law in laws:
        for one in _ones(law) if not law.failed and len(law.held) > _SEVERAL else ():
            for case in law.held:
                made[case.result.where, one] = max(made.get((case.result.where, one), 0), len(law.held))
    return [
        law._replace(
            failed=tuple(
                each
                for each in law.failed
                if not any(made.get((each.result.where, one), 0) > len(law.held) for one in _ones(law))
            )
        )
        if law.failed
        else law
        for law in laws
    ]


def _ones(law: Law) -> frozenset[Where]:
    """Return where the figures are that all lines of a product have in common."""
    own = [frozenset(each.where for each in case.operands) for case in (*law.held, *law.failed)]
    return frozenset.intersection(*own) if own and law.kind == PRODUCT else frozenset()


def _is_in_no_unit(case: Case) -> bool:
    """Return whether a multiple holds of the numbers as they are: 4 and 48 systems under Monthly (¥K) and Annual (¥M)."""
    amounts = [each.spot.amount for each in case.cells]
    if case.kind != MULTIPLE or None in amounts:
        return False
    result, one = (each.number for each in amounts if each is not None)
    if (result, one) == (case.result.exact, case.operands[0].exact):
        return False  # nor do their headings have any
    return result != 0 and (result == one * _MONTHS or one == result * _MONTHS)


_MONTHS = 12


def _is_the_same_price(case: Case, tables: Tables) -> bool:
    """Return whether a price, or a mean, is the same of one as of all of them: 240 of the budget, and of 110 % of it."""
    if case.kind not in (MULTIPLE, PRODUCT):
        return False
    same = [each for each in case.operands if each.kind != PERCENT and each.exact == case.result.exact]
    return len(same) == 1 and any(
        _PRICE.search(tables.name(each, across)) for each in (case.result, same[0]) for across in (False, True)
    )


_PRICE = terms.of("price", "mean", "each")


def _is_of_a_number_beside(case: Case, tables: Tables) -> bool:
    """Return whether a remark beside a rate says of how many it is: 31 %, and beside it 受注÷クローズ済み商談（26件）, which are the 8."""
    rate = next((each for each in case.operands if each.kind == PERCENT), None)
    if case.kind != PRODUCT or rate is None or len(case.operands) != 2:
        return False
    row, col = rate.at
    beside = [each for each in tables.cells.page.plane.rows.get(row, ()) if each.text and each.col > col]
    said = (int(each) for spot in beside for each in _COUNT.findall(spot.flat))
    return any(abs(case.result.number / each - rate.number) <= rate.step * 0.501 for each in said if each > 1)


_COUNT = regex(r"(?<![\d.,])(\d{1,6})(?![\d.,%])")


def _is_of_the_line_beside(case: Case, tables: Tables) -> bool:
    """Return whether a text beside a rate names the line that it is of, and follows from that one: 分母 リード, two lines above."""
    rate = next((each for each in case.operands if each.kind == PERCENT), None)
    if case.kind != PRODUCT or rate is None:
        return False
    said = {each.flat for each in tables.cells.rows[rate.at[0]].texts if each.col > rate.at[1] and each.flat}
    others = (each for each in tables.values.values() if said and each.where not in case.places and each.kind != PERCENT)
    return any(
        tables.name(each, across=False) in said and Case(PRODUCT, case.result, (each, rate)).follows() <= ROUNDED
        for each in others
    )


def _is_with_more_on_top(case: Case, tables: Tables) -> bool:
    """Return whether a figure is what follows and so much more as its heading, or its label, says: with 10 % buffer at each stage."""
    if case.kind not in (MULTIPLE, PRODUCT) or not case.exact or not case.result.number:
        return False
    called = [tables.name(each, across) for each in case.cells for across in (True, False)]
    rates = {each.value for name in called if _MARGIN.search(name) for each in numbers(name) if each.kind == RATE}
    more = [times for rate in rates if 0 < rate < 1 for times in (1 + rate, 1 / (1 + rate), 1 - rate, 1 / (1 - rate))]
    return any(case._replace(by=case.by * times).follows() <= ROUNDED for times in more)


_MARGIN = terms.of("margin", "more")


def _is_capped(case: Case, tables: Tables) -> bool:
    formulas = tables.cells.sheets.formulas
    return any(_CAPS.search(formulas.get(each.where, "")) for each in case.cells if each.uses)


def is_raised_by_formula(case: Case, tables: Tables) -> bool:
    """Return whether the formula of one of its figures adds a rate to one, or takes it off: =B1*(1+B2) is more than its cell, not a share of it."""
    formulas = tables.cells.sheets.formulas
    return any(_RAISED.search(formulas.get(each.where, "")) for each in case.cells if each.uses & case.places)


_RAISED = regex(r"\b1\s*[+-]\s*\$?[A-Z]{1,3}\$?\d|[A-Z]\$?\d+\s*\+\s*1\s*\)")


def _is_remarked(case: Case, tables: Tables) -> bool:
    """Return whether a sentence of the sheet names a cell by its line and by its column."""
    for each in case.cells:
        names = [tables.name(each, across) for across in (False, True)]
        if min(map(len, names)) < _SHORT:
            continue
        said = (spot.flat for spot in tables.texts.values() if len(spot.flat) > _SENTENCE and _WORKED.search(spot.flat))
        if _TOTAL.search(names[0]) and any(all(name in text for name in names) for text in said):
            return True
    return False


_TOTAL, _WORKED = terms.of("total"), regex(r"計算|算出|除[くい]|除外|excluding|except|based on|worked out")
_CAPS, _SHORT, _SENTENCE = regex(r"\b(?:MIN|MAX)\(", re.IGNORECASE), 2, 16


def is_overall(law: Law, tables: Tables) -> bool:
    """Return whether a rate on a line that fails is of the whole funnel, as its label says, and makes its count of another figure of the sheet."""
    return any(
        law.kind == PRODUCT
        and rate.kind == PERCENT
        and _OVERALL.search(tables.name(rate, across=False))
        and any(
            each.where not in case.places and each.exact * rate.exact == case.result.exact for each in tables.values.values()
        )
        for case in law.failed
        for rate in case.operands
    )
