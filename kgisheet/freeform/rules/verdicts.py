"""The messages for a blamed cell, in both languages.

A typed result that doesn't follow is F01, a formula that gives something else F02 (F03, F04 for
a sum that leaves out or repeats a cell); channels against the need are X02, months against the year
X03, shares X01, total against web and other X07.
"""

from __future__ import annotations

import math
from fractions import Fraction

from ...check.finding import ERROR, LIKELY, REVIEW, WARNING, Finding
from ...formula.grid import Where
from ...formula.nodes import Area, Cell, walk
from ...formula.parser import FormulaError, parse
from ...language.text import Text
from ..read.page import OF_CHANNEL, OF_MONTH, Figure, Page
from . import telling
from .blame import Blamed, blamed
from .mixed import mixed_units
from .relations import MONTHS, NEED, QUOTIENT, REVENUE, SHARES, SPLIT, SUM, Relation, Relations

_ONE = Fraction(1)


def findings(page: Page, relations: Relations, suspect: set[Where]) -> list[Finding]:
    """Return the findings of what fails; the same mistake in several rows of a table is one."""
    grouped: dict[tuple[object, ...], list[Blamed]] = {}
    for each in blamed(relations, suspect):
        grouped.setdefault(_pattern(each), []).append(each)
    found: list[Finding] = []
    for group in grouped.values():
        first = min(group, key=lambda each: each.figure.where[1:])
        rest = [each.figure for each in sorted(group, key=lambda each: each.figure.where[1:]) if each is not first]
        finding = _finding(first, page)
        if rest:
            finding = finding._replace(
                message=Text(f"{finding.message.ja}。ほかに同じ誤りが{len(rest)}セルあります",
                             f"{finding.message.en}; {len(rest)} more cells have the same mistake"),
                affected=tuple(telling.at(each) for each in rest),
            )  # fmt: skip
        found.append(finding)
    return found


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
    confidence = REVIEW if relation.unsure else LIKELY
    if figure.where != relation.result.where and relation.kind == QUOTIENT:
        return mixed_units(relation, page) or _input(figure, relation)
    if relation.kind == SHARES:
        return _shares(relation)
    if _is_need(relation, page) and figure.where == relation.result.where:
        return _need(relation, page)
    if relation.kind == REVENUE:
        return _revenue(relation)
    mixed = mixed_units(relation, page)
    if mixed is not None:
        return mixed
    expected = relation.exact if relation.kind != QUOTIENT else _whole(figure.value, relation.exact)
    if relation.kind in (SUM, NEED, MONTHS) and figure.where != relation.result.where:
        gap = (relation.result.value or Fraction(0)) - relation.exact
        expected = figure.value + gap
        return _part(figure, relation, expected)
    if relation.kind == SPLIT and figure.where != relation.result.where:
        return _of_split(figure, relation)
    label, found, right = telling.label(figure), telling.value(figure, figure.value), telling.value(figure, expected)
    off = telling.off(figure, figure.value, expected)
    code, what = _code(relation)
    exact = telling.value(figure, relation.exact)
    made = Text("", "")
    if exact != right:
        made = Text(f"={exact.ja}", f" = {exact.en}")
    fix = Text(
        f"{relation.formula} のような数式にするか、{right.ja}に直してください",
        f"make it a formula such as {relation.formula}, or {right.en}",
    )
    if figure.formula is not None:
        fix = Text(f"数式を見直してください: {relation.formula}", f"fix the formula: {relation.formula}")
    return telling.finding(
        code, ERROR, figure,
        Text(f"{label.ja}が{found.ja}になっています{what.ja}。{relation.way.ja}{made.ja}で、{right.ja}のはずです{off.ja}",
             f"{label.en} is {found.en}{what.en}. {relation.way.en}{made.en}, so it should be {right.en}{off.en}"),
        fix, found=telling.json_number(figure.value), expected=telling.json_number(expected),
        difference=float(figure.value - expected), confidence=confidence,
    )  # fmt: skip


def _whole(found: Fraction, exact: Fraction) -> Fraction:
    """Return the right value of a count: whole if the sheet's is, rounded up as a goal requires."""
    return Fraction(math.ceil(exact - Fraction(1, 10**6))) if found.denominator == 1 else exact


def _code(relation: Relation) -> tuple[str, Text]:
    """Return the code of a result that doesn't follow, and what about its formula shows it."""
    text = relation.result.formula
    if relation.kind == MONTHS and text is None:
        return "X03", Text("", "")
    if text is None:
        return ("X02" if relation.kind == SUM and relation.result.field == "meetings" else "F01"), Text("", "")
    if relation.kind in (SUM, MONTHS):
        counts = _counted(text, relation)
        left_out = [each for each in relation.operands if counts is not None and not counts[each.where]]
        twice = [each for each in relation.operands if counts is not None and counts[each.where] > 1]
        if left_out and counts is not None and any(counts.values()):
            names = ", ".join(each.cell for each in left_out[:3])
            return "F03", Text(f"(合計から{names}が漏れています)", f" (the sum leaves out {names})")
        if twice:
            return "F04", Text(f"({twice[0].cell}を二重に数えています)", f" ({twice[0].cell} is counted twice)")
    return "X03" if relation.kind == MONTHS else "F02", Text(f"(数式 {text})", f" (formula {text})")


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
    source, *rates = relation.operands
    forward = result.value * math.prod((each.value or _ONE for each in rates if each is not figure), start=_ONE)
    implied = forward if figure is source else (source.value or _ONE) / (forward or _ONE)
    label, said, meant = telling.label(figure), telling.value(figure, figure.value), telling.value(figure, implied)
    to, its = telling.label(result), telling.value(result, result.value or Fraction(0))
    makes = telling.value(result, relation.exact)
    return _at_operand(
        "F01", figure, relation, implied,
        Text(f"{label.ja}が{said.ja}だと{to.ja}は{makes.ja}になり、シートの{its.ja}と合いません。前後の数からは{label.ja}は{meant.ja}と読めます",
             f"with {label.en} at {said.en}, {to.en} come to {makes.en}, not the {its.en} on the sheet; the figures around it give {meant.en}"),
        Text(f"{figure.cell}の{label.ja}か、{result.cell}の{to.ja}を直してください", f"correct {label.en} in {figure.cell}, or {to.en} in {result.cell}"),
    )  # fmt: skip


def _part(figure: Figure, relation: Relation, expected: Fraction) -> Finding:
    """Return a finding at one channel or month that a sum shows to be wrong."""
    assert figure.value is not None
    code = "X03" if relation.kind == MONTHS else "X02"
    label, found, right = telling.label(figure), telling.value(figure, figure.value), telling.value(figure, expected)
    whole = telling.value(relation.result, relation.result.value or Fraction(0))
    total = telling.value(relation.result, relation.exact)
    return _at_operand(
        code, figure, relation, expected,
        Text(f"{label.ja}が{found.ja}なので、合計が{total.ja}になり、{relation.result.cell}の{whole.ja}と合いません。{right.ja}なら合います",
             f"{label.en} is {found.en}, so the sum is {total.en}, not the {whole.en} in {relation.result.cell}; with {right.en} it would agree"),
        Text("どちらかを直してください", "correct one of the two"),
    )  # fmt: skip


def _of_split(figure: Figure, relation: Relation) -> Finding:
    """Return a finding at a share, or a whole, whose part implies another value."""
    share, whole = relation.operands
    result = relation.result
    assert figure.value is not None
    other = whole if figure is share else share
    expected = (result.value or Fraction(0)) / (other.value or _ONE)
    label, found, right = telling.label(figure), telling.value(figure, figure.value), telling.value(figure, expected)
    its, makes = telling.value(result, result.value or Fraction(0)), telling.value(result, relation.exact)
    to = telling.label(result)
    return _at_operand(
        "F01", figure, relation, expected,
        Text(f"{label.ja}が{found.ja}だと{to.ja}は{makes.ja}になり、シートの{its.ja}と合いません。{right.ja}なら合います",
             f"with {label.en} at {found.en}, {to.en} comes to {makes.en}, not the {its.en} on the sheet; {right.en} would agree"),
        Text(f"{figure.cell}の{label.ja}か、{result.cell}の{to.ja}を直してください", f"correct {label.en} in {figure.cell}, or {to.en} in {result.cell}"),
    )  # fmt: skip


def _at_operand(code: str, figure: Figure, relation: Relation, expected: Fraction, message: Text, fix: Text) -> Finding:
    """Return a finding at an operand of a relation; the result depends on it."""
    assert figure.value is not None
    return telling.finding(
        code, ERROR, figure, message, fix,
        found=telling.json_number(figure.value), expected=telling.json_number(expected),
        difference=float(figure.value - expected), confidence=LIKELY, affected=(telling.at(relation.result),),
    )  # fmt: skip


def _shares(relation: Relation) -> Finding:
    cells = sorted(relation.cells, key=lambda each: each.where[1:])
    total = telling.value(relation.result, relation.exact)
    gap = telling.value(relation.result, abs(1 - relation.exact))
    turn = (
        Text(f"{gap.ja}足りません", f"{gap.en} short")
        if relation.exact < 1
        else Text(f"{gap.ja}多くなっています", f"{gap.en} too much")
    )
    return telling.finding(
        "X01", ERROR, cells[0],
        Text(f"チャネルの配分の合計が{total.ja}です({turn.ja})", f"the channels' shares add up to {total.en} ({turn.en})"),
        Text("配分を直して、ちょうど100%にしてください", "correct the shares to exactly 100 %"),
        found=telling.json_number(relation.exact), expected=1, difference=float(relation.exact - 1),
        affected=tuple(telling.at(each) for each in cells[1:]),
    )  # fmt: skip


def _is_need(relation: Relation, page: Page) -> bool:
    """Return whether a relation compares the channels' meetings with the need: as their sum, or at the total under them."""
    result = relation.result
    under = result.field == "meetings" and result.formula is not None and any(
        each.field == "meetings" and each.scope.kind == OF_CHANNEL and each.table == result.table for each in page.figures
    )  # fmt: skip
    return relation.kind == NEED or (relation.kind == QUOTIENT and under)


def _need(relation: Relation, page: Page) -> Finding:
    """X02: report channels that don't add up to the need; without knowing which is off, at their total, or at the first of them."""
    parts = [each for each in page.figures if each.field == "meetings" and each.scope.kind == OF_CHANNEL]
    total = next((each for each in page.of("meetings") if each.table == parts[0].table), None)
    found, needed = relation.exact, relation.result.value or _ONE
    if relation.kind == QUOTIENT:
        found, needed = needed, _whole(needed, relation.exact)
    where = total or parts[0]
    sum_, need, gap = (telling.value(where, each) for each in (found, needed, abs(found - needed)))
    turn = (
        Text(f"{gap.ja}足りません", f"{gap.en} short")
        if found < needed
        else Text(f"{gap.ja}多くなっています", f"{gap.en} too many")
    )
    label = telling.label(relation.result)
    return telling.finding(
        "X02", ERROR if found < needed else WARNING, where,
        Text(f"チャネル別の{label.ja}の合計{sum_.ja}が、必要な{need.ja}と合いません({turn.ja})",
             f"the channels' {label.en} add up to {sum_.en}, not the {need.en} that are needed ({turn.en})"),
        Text("チャネルの数を直すか、意図したものか確かめてください", "correct the channels, or make sure that it is meant"),
        found=telling.json_number(found), expected=telling.json_number(needed), difference=float(found - needed),
        affected=tuple(telling.at(each) for each in parts if each is not where),
    )  # fmt: skip


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
        "X07", ERROR, where,
        Text(f"{telling.label(total).ja}{whole.ja}が、{telling.label(web).ja}と{telling.label(other).ja}の合計{sum_.ja}と合いません",
             f"{telling.label(total).en}, {whole.en}, is not {telling.label(web).en} + {telling.label(other).en}, {sum_.en}"),
        Text(f"{telling.label(total).ja}と{telling.label(web).ja}が正しければ、{telling.label(other).ja}は{right.ja}です。桁と単位を確かめてください",
             f"if the total and {telling.label(web).en} are right, {telling.label(other).en} is {right.en}; check digits and units"),
        found=telling.json_number(found), expected=telling.json_number(wanted), difference=float(found - wanted),
        affected=tuple(telling.at(each) for each in (total, web, other) if each is not where), confidence=LIKELY,
    )  # fmt: skip
