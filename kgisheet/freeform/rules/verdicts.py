"""The messages for a blamed cell, in both languages.

A typed result that doesn't follow is F01, a formula that gives something else F02 (F03, F04 for
a sum that leaves out or repeats a cell); channels against the need are X02, months against the year
X03, shares X01, total against web and other X07.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

from ...check.finding import ERROR, LIKELY, REVIEW, WARNING, Finding
from ...formula.grid import Where
from ...formula.nodes import Area, Cell, walk
from ...formula.parser import FormulaError, parse
from ...language.catalogue import Phrase
from ...language.text import NOTHING, Text, Wording
from ..read.figures import OF_CHANNEL, OF_MONTH, Figure
from ..read.page import Page
from ..read.stages import SHARED
from . import following, telling
from .blame import Blamed, blamed
from .mixed import mixed_units
from .references import References
from .relation import MONTHS, NEED, QUOTIENT, REVENUE, SHARES, SPLIT, SUM, Relation
from .relation import needed as needed_of
from .relations import Relations
from .rounding import FINE, over, spread

_ONE = Fraction(1)


def findings(page: Page, relations: Relations, suspect: set[Where], references: References) -> list[Finding]:
    """Return the findings of what fails; the same mistake in several rows of a table is one."""
    grouped: dict[tuple[object, ...], list[Blamed]] = {}
    for each in blamed(relations, suspect, references):
        grouped.setdefault(_pattern(each), []).append(each)
    found: list[Finding] = []
    for group in grouped.values():
        first = min(group, key=lambda each: each.figure.where[1:])
        rest = [each.figure for each in sorted(group, key=lambda each: each.figure.where[1:]) if each is not first]
        finding = _finding(first, page)
        if rest:
            finding = finding._replace(
                message=Phrase("freeform.part.elsewhere", said=finding.message, many=len(rest)),
                affected=tuple(telling.at(each) for each in rest),
            )
        found.append(finding)
    return found


def at(figure: Figure, relation: Relation, page: Page) -> Finding:
    """Return the finding at a figure that a relation of the chain fails by."""
    return _finding(Blamed(figure, relation, []), page)


def _pattern(blame: Blamed) -> tuple[object, ...]:
    """Return the key by which two findings are one: the same field of the same table, off in the same way."""
    figure, relation = blame.figure, blame.relation
    alone = (figure.where,)
    if relation.kind != QUOTIENT or figure.where != relation.result.where or figure.value is None or not relation.exact:
        return alone
    same = relation.operands[0].value == figure.value
    ratio = "as its source" if same else figure.value / relation.exact
    inside = figure.scope.kind == OF_MONTH or figure.formula is not None or same
    return (figure.field, figure.table, figure.scope.kind, ratio, relation.kind) if inside else alone


def _finding(blame: Blamed, page: Page) -> Finding:
    figure, relation = blame.figure, blame.relation
    assert figure.value is not None
    if figure.where != relation.result.where and relation.kind == QUOTIENT:
        return mixed_units(relation, page) or _input(figure, relation)
    if relation.kind == SHARES and (figure.where != relation.result.where or abs(relation.exact - 1) > FINE):
        return _shares(relation)
    if _is_need(relation, page) and figure.where == relation.result.where:
        return _need(relation, page)
    if relation.kind == REVENUE and figure.where != relation.operands[0].where:
        return _revenue(relation)
    mixed = mixed_units(relation, page)
    if mixed is not None:
        return mixed
    expected = relation.exact if relation.kind != QUOTIENT else _whole(figure.value, relation.exact)
    if relation.kind in (SUM, NEED, MONTHS, REVENUE) and figure.where != relation.result.where:
        gap = (relation.result.value or Fraction(0)) - relation.exact
        expected = figure.value + gap
        return part(figure, relation, expected)
    if relation.kind == SPLIT and figure.where != relation.result.where:
        return _of_split(figure, relation)
    right, exact = telling.value(figure, expected), telling.value(figure, relation.exact)
    if figure.upto is not None and relation.kind == QUOTIENT:
        right = exact = _range(figure, relation)
    code, what = _code(relation)
    return following.does_not_follow(
        figure,
        expected,
        relation.way,
        (following.fix_of(figure), relation.formula),
        code=code,
        what=what,
        made=NOTHING if exact == right else Phrase("freeform.part.made", exact=exact),
        right=right,
        confidence=REVIEW if relation.unsure else LIKELY,
    )


def _whole(found: Fraction, exact: Fraction) -> Fraction:
    """Return the right value of a count: whole if the sheet's is, rounded up as a goal requires."""
    return Fraction(math.ceil(exact - Fraction(1, 10**6))) if found.denominator == 1 else exact


def _range(figure: Figure, relation: Relation) -> Text:
    """Return the range that the ends of the operands' ranges give."""
    (low, high), *rates = (spread(each) for each in relation.operands)
    ends = over(low, [most for _, most in rates]), over(high, [least for least, _ in rates])
    texts = [telling.value(figure, Fraction(math.ceil(each - FINE))) for each in ends]
    return Text("〜".join(each.ja for each in texts), "–".join(each.en for each in texts))


def _code(relation: Relation) -> tuple[str, Wording]:
    """Return the code of a result that doesn't follow, and what about its formula shows it."""
    text = relation.result.formula
    if relation.kind == MONTHS and text is None:
        return "X03", NOTHING
    if text is None:
        return ("X02" if relation.kind == SUM and relation.result.field == SHARED else "F01"), NOTHING
    if relation.kind in (SUM, MONTHS):
        counts = _counted(text, relation)
        left_out = [each for each in relation.operands if counts is not None and not counts[each.where]]
        twice = [each for each in relation.operands if counts is not None and counts[each.where] > 1]
        if left_out and counts is not None and any(counts.values()):
            names = ", ".join(each.cell for each in left_out[:3])
            return "F03", Phrase("freeform.F03.leaves_out", names=names)
        if twice:
            return "F04", Phrase("freeform.F04.twice", cell=twice[0].cell)
    return "X03" if relation.kind == MONTHS else "F02", Phrase("freeform.F02.formula", text=text)


def _counted(text: str, relation: Relation) -> dict[Where, int] | None:
    """Return how often a sum's formula refers to each of its parts; None where it can't be read."""
    try:
        tree = parse(text)
    except FormulaError:
        return None
    counts = {each.where: 0 for each in relation.operands}
    for node in walk(tree):
        if isinstance(node, (Cell, Area)):
            last = (node.last_row, node.last_col) if isinstance(node, Area) else (node.row, node.col)
            for sheet, row, col in counts:
                if (
                    (node.sheet or relation.result.where[0]) == sheet
                    and node.row <= row <= last[0]
                    and node.col <= col <= last[1]
                ):
                    counts[sheet, row, col] += 1
    return counts


def _input(figure: Figure, relation: Relation) -> Finding:
    """Return a finding at a rate, price or count whose neighbours in the chain imply another value."""
    result = relation.result
    assert figure.value is not None
    assert result.value is not None
    implied = needed_of(relation, figure.where) or Fraction(0)
    return _at_operand(
        "freeform.F01.source",
        figure,
        relation,
        implied,
        to=telling.label(result),
        its=telling.value(result, result.value or Fraction(0)),
        makes=telling.value(result, relation.exact),
    )


def part(figure: Figure, relation: Relation, expected: Fraction) -> Finding:
    """Return a finding at one channel or month that a sum shows to be wrong."""
    return _at_operand(
        "freeform.X03.month" if relation.kind == MONTHS else "freeform.X02.part",
        figure,
        relation,
        expected,
        whole=telling.value(relation.result, relation.result.value or Fraction(0)),
        total=telling.value(relation.result, relation.exact),
    )


def _of_split(figure: Figure, relation: Relation) -> Finding:
    """Return a finding at a share, or a whole, whose part implies another value."""
    share, whole = relation.operands
    result = relation.result
    assert figure.value is not None
    other = whole if figure is share else share
    expected = (result.value or Fraction(0)) / (other.value or _ONE)
    return _at_operand(
        "freeform.F01.share",
        figure,
        relation,
        expected,
        to=telling.label(result),
        its=telling.value(result, result.value or Fraction(0)),
        makes=telling.value(result, relation.exact),
    )


def _at_operand(key: str, figure: Figure, relation: Relation, expected: Fraction, /, **more: Any) -> Finding:
    """Return a finding at an operand of a relation; the result depends on it."""
    assert figure.value is not None
    return telling.finding(
        key,
        figure,
        now=telling.value(figure, figure.value),
        right=telling.value(figure, expected),
        here=figure.cell,
        there=relation.result.cell,
        found=telling.json_number(figure.value),
        expected=telling.json_number(expected),
        difference=float(figure.value - expected),
        affected=(telling.at(relation.result),),
        **more,
    )


def _shares(relation: Relation) -> Finding:
    cells = sorted(relation.cells, key=lambda each: each.where[1:])
    total = telling.value(relation.result, relation.exact)
    gap = telling.value(relation.result, abs(1 - relation.exact))
    turn = Phrase("freeform.X01.shares.short", gap=gap) if relation.exact < 1 else Phrase("freeform.X01.shares.over", gap=gap)
    return telling.finding(
        "freeform.X01.shares",
        cells[0],
        total=total,
        turn=turn,
        found=telling.json_number(relation.exact),
        expected=1,
        difference=float(relation.exact - 1),
        affected=tuple(telling.at(each) for each in cells[1:]),
    )


def _is_need(relation: Relation, page: Page) -> bool:
    """Return whether a relation compares the channels' meetings with the need: as their sum, or at the total under them."""
    result = relation.result
    under = (
        result.field == SHARED
        and result.formula is not None
        and any(each.field == SHARED and each.scope.kind == OF_CHANNEL and each.table == result.table for each in page.figures)
    )
    return relation.kind == NEED or (relation.kind == QUOTIENT and under)


def _need(relation: Relation, page: Page) -> Finding:
    """X02: report channels that don't add up to the need; without knowing which is off, at their total, or at the first of them."""
    parts = [each for each in page.figures if each.field == SHARED and each.scope.kind == OF_CHANNEL]
    total = next((each for each in page.of(SHARED) if each.table == parts[0].table), None)
    found, needed = relation.exact, relation.result.value or _ONE
    if relation.kind == QUOTIENT:
        found, needed = needed, _whole(needed, relation.exact)
    where = total or parts[0]
    sum_, need, gap = (telling.value(where, each) for each in (found, needed, abs(found - needed)))
    turn = Phrase("freeform.X02.need.short", gap=gap) if found < needed else Phrase("freeform.X02.need.over", gap=gap)
    label = telling.label(relation.result)
    return telling.finding(
        "freeform.X02.need",
        where,
        label=label,
        sum=sum_,
        need=need,
        turn=turn,
        severity=ERROR if found < needed else WARNING,
        found=telling.json_number(found),
        expected=telling.json_number(needed),
        difference=float(found - needed),
        affected=tuple(telling.at(each) for each in parts if each is not where),
    )


def _revenue(relation: Relation) -> Finding:
    total, (web, other) = relation.result, relation.operands
    assert total.value is not None
    assert other.value is not None
    assert web.value is not None
    expected = total.value - web.value
    where = other if total.formula is None else total
    right = telling.value(other, expected)
    found = other.value if where is other else total.value
    wanted = expected if where is other else relation.exact
    whole, sum_ = telling.value(total, total.value), telling.value(total, relation.exact)
    return telling.finding(
        "freeform.X07.revenue",
        where,
        total=telling.label(total),
        whole=whole,
        web=telling.label(web),
        other=telling.label(other),
        sum=sum_,
        right=right,
        found=telling.json_number(found),
        expected=telling.json_number(wanted),
        difference=float(found - wanted),
        affected=tuple(telling.at(each) for each in (total, web, other) if each is not where),
    )
