"""X04, X07: a later stage that is larger than the one before it, though nothing on the sheet says why."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction

from ...check.finding import Finding
from ...formula.grid import Where
from ...values.regex import regex
from ...values.units import COUNT, RATE
from ..read import terms
from ..read.figures import OF_CHANNEL, OF_PLAN, WHOLE, Figure, Scope
from ..read.page import Page
from ..read.stages import OPEN
from . import telling
from .references import References
from .relation import FAILS, HOLDS, QUOTIENT
from .relations import Relations

_COMPARED = terms.of("compared", "difference", "growth", "gone", "taken_off", "each", "mean", "factor")
"""Of what falls short of something, what one of each has or scores, more is no later stage."""

_OF_WHICH = terms.of("of_which")
"""A part of what is above it, 成約合計, うち訪問, is no stage."""


def order(
    page: Page, relations: Relations, suspect: set[Where], references: References, lawful: Sequence[set[Where]] = ()
) -> Iterator[Finding]:
    """X04, X07: report a later stage larger than the one before it, web revenue larger than the total.

    What hangs on a cell in ``suspect`` is explained already; those of one set of ``lawful`` are tied in another way.
    """
    told = {
        each.where
        for relation in relations.found
        if suspect & {cell.where for cell in relation.cells}
        for each in relation.cells
    }
    told |= {each.where for relation in relations.found if relation.state == FAILS for each in relation.cells}
    scopes = [WHOLE, *(Scope(kind, at) for kind in (OF_PLAN, OF_CHANNEL) for at in page.indices(kind))]
    offline = any(not page.of("visits", scope) and page.of("leads", scope) for scope in scopes if scope.kind == OF_CHANNEL)
    for scope in scopes:
        stages = [page.of(field, scope)[0] for field in page.stages if page.of(field, scope)]
        for later, earlier in itertools.pairwise(stages):
            if scope == WHOLE and earlier.field == "visits" and offline:
                continue  # leads that come without visits are among them
            if (
                (later.table != earlier.table and (scope != WHOLE or _is_other(later, earlier)))
                or not _is_in_order(page, relations, later, earlier)
                or _is_apart(page, later, earlier)
                or not page.plane.are_of_one_section(later.at, earlier.at)
                or _is_backward(page, later, earlier)
                or any((tie.earlier, tie.later) == (later.field, earlier.field) for tie in page.ties)  # SQL→商談 says so
                or _is_beyond(later, earlier, stages)
                or _adds_up(page, later, earlier)
                or _COMPARED.search(later.who)
                or _is_anothers(page, relations, later, earlier)
                or _has_its_own_source(relations, later, earlier)
                or any(_OF_WHICH.search(each.label) for each in (later, earlier))
                or _period(later) != _period(earlier)
                or any({later.where, earlier.where} <= each for each in lawful)
                or _are_made_apart(later, earlier, references)
                or _is_counted_below(page, later, earlier)
            ):
                continue
            if _exceeds(later, earlier) and not {later.where, earlier.where} & told and not _times(page, later, earlier):
                yield _above(later, earlier)
        base = (("won_deals", "target_accounts"), ("leads", "contacts"))
        for field, whole in base:
            for later, limit in zip(page.of(field, scope)[:1], page.of(whole, scope)[:1], strict=False):
                if _exceeds(later, limit) and page.plane.are_of_one_section(later.at, limit.at):
                    yield _above(later, limit)
        for web, total in zip(page.of("web_revenue", scope)[:1], page.of("total_revenue", scope)[:1], strict=False):
            if _exceeds(web, total) and not {web.where, total.where} & told and page.plane.are_of_one_section(web.at, total.at):
                yield _above(web, total)._replace(code="X07")


def _are_made_apart(later: Figure, earlier: Figure, references: References) -> bool:
    """Return whether formulas make two stages, and neither of the other: SQLs of leads, and meetings of the accounts that are called.

    Or they are scores, not counts: 22.5 points for the deals, and 19 for the meetings.
    """
    if later.value is not None and later.value.denominator != 1:
        return True
    if later.formula is None or earlier.formula is None:
        return False
    return earlier.where not in references.behind(later.where) and later.where not in references.behind(earlier.where)


def _is_counted_below(page: Page, later: Figure, earlier: Figure) -> bool:
    """Return whether another line of the same stage counts it: 受注目標 240,000 is an amount where 受注件数 are 99."""
    others = [
        each for each in page.of(later.field, later.scope) if each.where != later.where and each.where[2] == later.where[2]
    ]
    return any(_COUNTS.search(each.label) and not _exceeds(each, earlier) for each in others) and not _COUNTS.search(
        later.label
    )


_COUNTS = regex(r"[件社人名台]数|\bnumber\b|#")

_PERIODS = tuple(terms.of(each) for each in ("per_year", "per_half", "per_quarter", "per_month", "per_week", "per_day"))


def _period(figure: Figure) -> int | None:
    """Return of what time a label says that a count is: a month's meetings may be fewer than half a year's deals."""
    return next((at for at, words in enumerate(_PERIODS) if words.search(figure.label)), None)


def _is_other(later: Figure, earlier: Figure) -> bool:
    """Return whether two figures of different lists are so far apart that they can't be stages of one funnel."""
    return (later.value or 0) > _APART_BY * (earlier.value or 0)


_APART_BY = 10


def _is_in_order(page: Page, relations: Relations, later: Figure, earlier: Figure) -> bool:
    """Return whether it is known which of two stages comes first: both are the vocabulary's, or a rate leads from one to the other."""
    if not later.field.startswith(OPEN) and not earlier.field.startswith(OPEN):
        return True
    ties = [tie for tie in page.ties if tie.later == later.field and tie.earlier == earlier.field]
    # Which stage a rate comes from was guessed where its label names one end: what it ties has to have been compared.
    return any(tie.named for tie in ties) or any(
        relation.kind == QUOTIENT and {tie.later, tie.earlier, tie.rate} <= {each.field for each in relation.cells}
        for tie in ties
        for relation in relations.found
    )


def _is_apart(page: Page, one: Figure, other: Figure) -> bool:
    """Return whether two figures of a line are of tables side by side: a column without anything is between them."""
    cols = sorted((one.where[2], other.where[2]))
    return one.where[1] == other.where[1] and any(
        all(spot.col != col for spot in page.plane.cols.get(col, [])) for col in range(*cols)
    )


def _is_backward(page: Page, later: Figure, earlier: Figure) -> bool:
    """Return whether of two stages the later one is the larger everywhere: their order was misread, the figures are right."""
    sources: dict[Scope, list[Figure]] = {}
    for each in page.figures:
        if each.field == earlier.field:
            sources.setdefault(each.scope, []).append(each)
    pairs = [(one, two) for one in page.figures if one.field == later.field for two in sources.get(one.scope, ())]
    return len(pairs) > 1 and all(_exceeds(one, two) for one, two in pairs)


def _is_anothers(page: Page, relations: Relations, later: Figure, earlier: Figure) -> bool:
    """Return whether another figure of the later stage follows from the earlier one: 16 new customers of 80, beside ARR of new logos."""
    others = {each.where for each in page.of(later.field, later.scope)} - {later.where}
    return any(
        each.state == HOLDS
        and each.kind == QUOTIENT
        and earlier.where in (own := {cell.where for cell in each.cells})
        and own & others
        for each in relations.found
    )


def _has_its_own_source(relations: Relations, later: Figure, earlier: Figure) -> bool:
    """Return whether both stages follow from sources of their own: SQLs of the leads, and meetings of the accounts that are called."""

    def sources(figure: Figure) -> set[Where]:
        return {
            cell.where
            for each in relations.found
            if each.kind == QUOTIENT and each.state == HOLDS and figure.where in {cell.where for cell in each.cells}
            for cell in each.cells
            if cell.kind == COUNT and (cell.value or 0) > (figure.value or 0)
        }

    own = sources(later)
    return bool(own) and not own & sources(earlier) and earlier.where not in own


def _is_beyond(later: Figure, earlier: Figure, stages: Sequence[Figure]) -> bool:
    """Return whether a list has a stage after the one that is meant to come first: 架電, アポ, 訪問, 受注 are visits in person."""
    for axis in (0, 1):
        if later.at[axis] == earlier.at[axis]:
            own, its = later.at[1 - axis], earlier.at[1 - axis]
            after = [each.at[1 - axis] for each in stages[: stages.index(later)] if each.at[axis] == later.at[axis]]
            return any((each - its) * (its - own) > 0 for each in after)
    return False


def _adds_up(page: Page, later: Figure, earlier: Figure) -> bool:
    """Return whether a stage is just what stands between it and the one before added up: deals by meetings, of the shop, repeat orders."""
    axis = next((each for each in (0, 1) if later.at[1 - each] == earlier.at[1 - each]), None)
    if axis is None:
        return False
    first, last = sorted((later.at[axis], earlier.at[axis]))
    line = (page.plane.cols if axis == 0 else page.plane.rows).get(later.at[1 - axis], [])
    amounts = [
        spot.amount for spot in line if first < (spot.row if axis == 0 else spot.col) < last and spot.number and spot.amount
    ]
    parts = [each.number for each in amounts if each.unit is None or each.unit.kind != RATE]
    return len(parts) > 1 and sum(parts) == later.value


def _times(page: Page, later: Figure, earlier: Figure) -> bool:
    """Return whether the sheet itself says how many of a stage come of one: 2 meetings per company."""
    ratio = (later.value or Fraction(0)) / earlier.value if earlier.value else Fraction(0)
    numbers = (spot.amount for spots in page.plane.rows.values() for spot in spots if spot.number)
    return any(each is not None and each.number == ratio for each in numbers)


def _exceeds(later: Figure, earlier: Figure) -> bool:
    return later.value is not None and earlier.value is not None and later.value > earlier.value


def _above(later: Figure, earlier: Figure) -> Finding:
    assert later.value is not None
    assert earlier.value is not None
    one, other = telling.label(later), telling.label(earlier)
    more, less = telling.value(later, later.value), telling.value(earlier, earlier.value)
    return telling.finding(
        "freeform.X04.above_source",
        later,
        one=one,
        more=more,
        other=other,
        less=less,
        found=telling.json_number(later.value),
        expected=telling.json_number(earlier.value),
        difference=float(later.value - earlier.value),
        affected=(telling.at(earlier),),
    )
