"""Checks of single figures: numbers as text, rates without %, invalid divisors, counts that were rounded down."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction

from ...check.finding import Finding
from ...formula.grid import Where
from ...language.catalogue import Phrase
from ...language.text import NOTHING
from ...values import amounts as figures_limits
from ...values.units import COUNT, RATE
from ..read import terms
from ..read.figures import OF_CHANNEL, OF_MONTH, Figure
from ..read.page import Page
from ..read.stages import RATE_OF
from . import telling
from .relation import FAILS, HOLDS, QUOTIENT, needed
from .relations import BACKWARD, NEAREST, Relations
from .rounding import fits

_TIMES = terms.of("factor")
"""By what something is multiplied: 1.2 is no rate."""

_DIFFERENCE = terms.of("difference", "compared")
_DIVISORS = ("deal_size", "win_rate", "close_rate", "closing_rate", "opportunity_rate", "meeting_rate", "cvr")


def typed(page: Page, used: set[Where]) -> Iterator[Finding]:
    """I01: report numbers as text; else one note.

    It is an error if a formula refers to it; and where some do refer to figures, if its neighbours are numbers: the next SUM passes over it.
    """
    harmless: list[Figure] = []
    calculates = any(each.formula is not None for each in page.figures)
    for each in page.figures:
        if each.typed is None or each.value is None or each.upto is not None:
            continue  # a range is no number that was typed as a text
        line = [
            other for other in page.figures if other.field == each.field and other.table == each.table and other is not each
        ]
        odd = calculates and len(line) >= 2 and all(other.typed is None for other in line) and _is_among(each, line)
        if each.where not in used and not odd:
            harmless.append(each)
            continue
        meant = telling.value(each, each.value)
        plain = telling.json_number(each.value)
        why = Phrase("freeform.I01.as_text.used") if each.where in used else Phrase("freeform.I01.as_text.odd")
        yield telling.finding(
            "freeform.I01.as_text", each, typed=each.typed, meant=meant, why=why, plain=plain, found=each.typed, expected=plain
        )
    if harmless:
        first = harmless[0]
        yield telling.finding(
            "freeform.I01.as_text_unused",
            first,
            typed=first.typed,
            many=len(harmless),
            more=len(harmless) - 1,
            found=first.typed,
            affected=tuple(telling.at(each) for each in harmless[1:]),
        )


def _is_among(figure: Figure, line: list[Figure]) -> bool:
    """Return whether a figure is next to others of its line, or one place off."""
    near = [abs(each.at[0] - figure.at[0]) + abs(each.at[1] - figure.at[1]) for each in line]
    return min(near) <= _NEXT


_NEXT = 2


def rates(page: Page, relations: Relations, counts: Collection[Where]) -> Iterator[Finding]:
    """I03: report 30 where nothing says per cent, and which isn't among ``counts``; a 1 where only 1 % makes sense."""
    groups: dict[tuple[str, int, int], list[Figure]] = {}  # a table's rates without % are one habit, one finding
    for each in page.figures:
        if each.kind != RATE or each.formula is not None or each.value is None or _TIMES.search(f"{each.label} {each.who}"):
            continue
        if "から" in each.label and "率" not in each.label:
            continue  # 当期商談からの受注 may be a count
        if each.value > 1 and each.unit is not None and each.field in _DIVISORS:
            yield _beyond(each)
            continue
        if _fraction(each, page, relations):
            yield _too_small(each)
        if not each.also or each.unit is not None or each.field.startswith(RATE_OF):
            continue  # of a rate of the sheet's own, 7.6 may be per thousand
        if each.where in counts or (each.value == 1 and not _only_percent(each, relations)):
            continue
        if each.value <= 100:
            groups.setdefault(each.table, []).append(each)
    for group in groups.values():
        first = group[0]
        assert first.value is not None
        written = telling.plain(first.value)
        more = telling.plain(first.value * 100)
        share = telling.plain(first.value / 100)
        yield telling.finding(
            "freeform.I03.either_way",
            first,
            written=written,
            more=more,
            share=share,
            found=telling.json_number(first.value),
            expected=telling.json_number(first.value / 100),
            affected=tuple(telling.at(each) for each in group[1:]),
        )


def _beyond(figure: Figure) -> Finding:
    """Report a rate above 100 %, 2 typed into a percent cell: 200 % of the visits can't become leads."""
    assert figure.value is not None
    said = telling.value(figure, figure.value)
    meant = telling.value(figure, figure.value / 100)
    return telling.finding(
        "freeform.I03.above_all",
        figure,
        said=said,
        meant=meant,
        found=telling.json_number(figure.value),
        expected=telling.json_number(figure.value / 100),
    )


def _fraction(figure: Figure, page: Page, relations: Relations) -> bool:
    """Return whether 0.2 under 受注率（％） must mean 20 %: the count beside it says so, and the other rates are written in per cent."""
    if not figure.also or figure.value is None or figure.unit is None:
        return False
    rest = [each for each in page.figures if each.kind == RATE and each.unit is not None and each is not figure]
    if not rest or any(each.also for each in rest):
        return False
    return any(
        each.state == HOLDS
        and each.result.value is not None
        and figure in each.operands
        and not fits(each.result.value, each.exact)
        and fits(each.result.value, each.exact * figure.value / figure.also[0])
        for each in relations.found
    )


def _too_small(figure: Figure) -> Finding:
    """I04: report a fraction where the sheet has per cent."""
    assert figure.value is not None
    said, meant = telling.value(figure, figure.value), telling.value(figure, figure.also[0])
    return telling.finding(
        "freeform.I04.fraction_for_percent",
        figure,
        said=said,
        meant=meant,
        plain=telling.plain(figure.also[0] * 100),
        found=telling.json_number(figure.value),
        expected=telling.json_number(figure.also[0]),
    )


def _only_percent(figure: Figure, relations: Relations) -> bool:
    """Return whether a bare 1 makes its relation hold as 1 %, and would not as 100 %."""
    for relation in relations.found:
        if relation.state == HOLDS and figure.where in {each.where for each in relation.operands}:
            source = relation.operands[0].value
            return source is not None and relation.result.value != source
    return False


def impossible(page: Page, relations: Relations) -> Iterator[Finding]:
    """I06, I07: report zero and less as a divisor, a sign that is too much, counts beyond all measure."""
    for each in page.figures:
        if each.value is None:
            continue
        said = telling.value(each, each.value)
        if (each.kind == COUNT and each.value > figures_limits.MAX_COUNT) or each.value > figures_limits.MAX_YEN:
            yield telling.finding("freeform.I07.too_large", each, said=said, found=telling.json_number(each.value))
        elif (each.value < 0 and _is_sign_too_much(each, relations)) or (
            each.value <= 0 and each.field in _DIVISORS and _wanted(each, page) and not _is_compared(each, page)
        ):
            yield telling.finding(
                "freeform.I06.impossible_value",
                each,
                said=said,
                value=telling.json_number(each.value),
                found=telling.json_number(each.value),
            )


def _is_sign_too_much(figure: Figure, relations: Relations) -> bool:
    """Return whether a figure below zero would be what another one makes of it without its sign.

    Alone it proves nothing: a discount, who is counted twice, what is short of a goal are below zero and meant so.
    """
    if _DIFFERENCE.search(figure.who.casefold()):
        return False  # a column of variances
    return any(
        each.kind == QUOTIENT
        and each.state == FAILS
        and figure.value is not None
        and needed(each, figure.where) == -figure.value
        for each in relations.found
        if figure.where in {cell.where for cell in each.cells}
    )


def _is_compared(figure: Figure, page: Page) -> bool:
    """Return whether a figure's line has others than noughts: a comparison of two prices that are the same."""
    return any(each.value and each.field == figure.field and each is not figure for each in page.figures)


def _wanted(figure: Figure, page: Page) -> bool:
    """Return whether a divisor may not be 0: a channel or month without leads needs no rate, one without revenue no price."""
    if figure.field == "deal_size" and figure.scope.kind in (OF_CHANNEL, OF_MONTH):
        return any(
            each.value for each in page.figures if each.scope == figure.scope and each.field in ("web_revenue", "won_deals")
        )
    return figure.scope.kind not in (OF_CHANNEL, OF_MONTH) or any(
        each.value for each in page.figures if each.scope == figure.scope and each.table == figure.table and each.kind == COUNT
    )


def short(relations: Relations) -> Iterator[Finding]:
    """X05: report, in one note, counts that were rounded down, as on the workshop's page: going forward, they fall short."""
    down = []
    for each in relations.found if relations.reading in (BACKWARD, NEAREST) else ():
        value = each.result.value
        held = each.kind == QUOTIENT and each.state == HOLDS
        if held and value is not None and value.denominator == 1 and Fraction(1, 10**6) < each.exact - value < 1:
            down.append(each)
    if not down:
        return
    first = down[0]
    source, *rates_ = first.operands
    assert first.result.value is not None
    assert source.value is not None
    forward = first.result.value * source.value / first.exact
    needed = -(-first.exact.numerator // first.exact.denominator)
    said, goal = telling.value(first.result, first.result.value), telling.value(source, source.value)
    by = [
        telling.value(each, (each.also or (each.value or Fraction(0),))[0] if each.also else each.value or Fraction(0))
        for each in rates_
    ]
    made = telling.value(source, forward)
    more = Phrase("freeform.X05.rounded_down.more", many=len(down) - 1) if len(down) > 1 else NOTHING
    yield telling.finding(
        "freeform.X05.rounded_down",
        first.result,
        field=first.result.field,
        said=said,
        by=by,
        made=made,
        source=telling.label(source),
        goal=goal,
        needed=needed,
        more=more,
        found=telling.json_number(first.result.value),
        expected=int(needed),
        difference=float(first.result.value - needed),
        affected=tuple(telling.at(each.result) for each in down[1:]),
    )
