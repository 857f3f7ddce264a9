"""The purpose of a sheet, to set goals or to report results: an analytics export has the same labels and other rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from ...values.regex import regex
from ...values.units import COUNT, RATE
from . import stages, terms
from .figures import OF_MONTH
from .lexicon import TOTAL, is_heading
from .page import Page
from .stages import ASIDE

_GOAL, _RESULT, _MEASURED = terms.of("goal_sheet"), terms.of("results"), terms.of("measured")
_FUNNEL, _GOAL_WORD, _AIM = terms.of("of_a_funnel"), terms.of("goal"), terms.of("aim")
_DOCUMENT, _ASKED = terms.of("document"), terms.of("asked")
_BUSINESS = terms.of("aim", "goal", "last_year", "of_business")
_COMPANY = terms.of("last_year", "of_business")
_SET = regex(r"[(（].*\d%[)）]|\d%$")
_VALUE = regex(r"(?:goal|target)s?\s*[=:]?\s*\d")
_ASSUMED = regex(r"^(?:.{0,4}前提(?:条件)?|想定|パラメータ|(?:key )?assumptions?|inputs?|parameters?|rates?)$")
_FIELDS = 2
_STEMS = 2
_SHARED = 3  # labels that a sheet has in common with a goal sheet of its workbook
_YEAR = 10  # months, nearly a year


def goal_sheets(pages: list[Page], is_lawful: Callable[[Page], bool]) -> list[Page]:
    """Return which sheets of a workbook are goal sheets, and those that name a stage and whose figures hang together: reports, lists."""
    found = [page for page in pages if is_goal_sheet(page, is_lawful)]
    named = [set(page.plane.words) for page in found]
    for page in [each for each in pages if each not in found]:
        own = set(page.plane.words)
        alike = any(len(each & own) > _SHARED for each in named)
        # What is assumed for a goal sheet is part of it, if it is but one rate.
        if (
            alike
            or (named and _ASSUMED.match(page.title.strip().casefold()))
            or (not _asks(page) and (_is_of_business(page, _BUSINESS) or _may_be_any(page)) and is_lawful(page))
        ):
            page.leave_to_its_laws()
            found.append(page)
    return [page for page in pages if page in found]


def is_goal_sheet(page: Page, is_lawful: Callable[[Page], bool] = lambda _: False) -> bool:
    """Return whether to take a sheet as a goal sheet: two different fields at least, or a year's months of one goal.

    So is one that names stages of a funnel in its own words, if its figures hang together (``is_lawful``).
    """
    if len({each.field for each in page.figures} - set(ASIDE)) < _FIELDS:
        if _is_matrix(page) or (_is_of_a_funnel(page, _STEMS) and not is_report(page) and is_lawful(page)):
            return True
        year = any(len(line.months) >= _YEAR for line in page.months) and any(each.kind == COUNT for each in page.figures)
        return year and any(_GOAL.search(each) for each in page.plane.words)
    # Prices and amounts alone are an invoice's, too.
    counted = any(each.kind in (COUNT, RATE) for each in page.figures) or any(_GOAL.search(each) for each in page.plane.words)
    return counted and not is_report(page)


def carries_goal(page: Page) -> bool:
    """Return whether a sheet has goals, though nothing is wrong in it: quotes, ledgers and lists of deals have counts and prices, too."""
    if page.by_laws:
        return False
    texts = page.plane.words
    aims = any(_GOAL_WORD.search(each) or _AIM.search(each) for each in texts)
    known = [each for each in page.figures if each.field.rpartition("channel_")[2].partition("[")[0] in stages.ORDER]
    if not (aims or known) and _is_document(page):
        return False
    if known and not aims:
        return not _is_list_of_deals(page, {each.field for each in known})
    # The target weight of what is filled is no goal of a company.
    named = any((_GOAL.search(each) or _AIM.search(each)) and not _VALUE.search(each) for each in texts)
    return named or bool(page.figures) or _is_of_business(page, _COMPANY)


def _may_be_any(page: Page) -> bool:
    """Return whether a sheet without a word of business may set goals all the same: a small one, and no other paper by its title."""
    figures = sum(spot.amount is not None for spots in page.plane.rows.values() for spot in spots)
    return figures <= _SMALL and not _is_document(page)


_SMALL = 60


def _is_document(page: Page) -> bool:
    """Return whether a sheet's title says that it is another paper of a company: an invoice, a ledger, a roster."""
    return any(_DOCUMENT.search(each) for each in (*page.plane.words[:1], *_title(page)))


def _asks(page: Page) -> bool:
    """Return whether a sheet's title says that it has the answers to questions: how many gave 5, 4, 3, 2 and 1."""
    return any(_ASKED.search(each) for each in (*page.plane.words[:1], *_title(page)))


def _title(page: Page) -> list[str]:
    """Return what the first line of a sheet says, its words spread over the width of the page or not."""
    first = min(page.plane.rows, default=None)
    texts = [spot.flat for spot in page.plane.rows[first] if spot.text] if first is not None else []
    return [each.replace(" ", "") if not each.isascii() else each for each in texts]


def _is_list_of_deals(page: Page, fields: set[str]) -> bool:
    """Return whether the only stage of a sheet is what became of each deal: won, several times in one column."""
    named = [spot for spot in page.plane.fields if spot.word is not None and spot.word.stage]
    texts = Counter((spot.col, spot.flat) for spot in named)
    return len(fields) == 1 and len(texts) == 1 and max(texts.values(), default=0) > 1


def _is_of_a_funnel(page: Page, least: int) -> bool:
    """Return whether a sheet's texts name stages of a funnel, so many at least."""
    texts = page.plane.words
    found = {match[0] for each in texts for match in _FUNNEL.finditer(each)}
    if any(_GOAL_WORD.search(each) for each in texts):
        return True
    aims = any(_AIM.search(each) for each in texts)
    return bool(found) and len(found) + aims >= least


def _is_of_business(page: Page, words: terms.Terms) -> bool:
    """Return whether a sheet's texts name a stage of a funnel, or what is planned, budgeted or compared with last year."""
    return any(_FUNNEL.search(each) or words.search(each) for each in page.plane.words)


def _is_matrix(page: Page) -> bool:
    """Return whether the sheet is a table of one stage that its title names, with totals: channels by months."""
    titles = [each for each in page.plane.fields if each.word is not None and each.word.stage]
    claimed = {each.label for each in page.figures}
    aims = any(_GOAL.search(each) for each in page.plane.words) and _is_of_a_funnel(page, 1)
    totals = sum(spot.kind == TOTAL for spots in page.plane.rows.values() for spot in spots)
    return totals > 1 and (aims or any(each.text not in claimed for each in titles)) and not is_report(page)


def is_report(page: Page) -> bool:
    """Return whether the sheet reports results and mentions no goal. A chain from the deals by two rates or more is a plan."""
    texts = page.plane.words
    # A rate that a label says, 商談(30%), was set beforehand.
    if any(_GOAL.search(each) for each in texts) or sum(_SET.search(each) is not None for each in texts) > 1:
        return False
    fields = {each.field for each in page.figures}
    rates = {each.field for each in page.figures if each.kind == RATE}
    if "deal_size" in fields and {"won_deals"} <= fields and len(rates) >= 2:
        return False
    # 実績 over a column beside others says of that column only.
    deals = fields & {"won_deals", "web_revenue", "total_revenue"}
    if any(_RESULT.search(each) for each in texts if not is_heading(each)):
        return len(rates) < 2 or not deals
    if any(_MEASURED.search(each) for each in texts):
        return not deals
    # Dated months of visits and conversions, with rates as they came out and no deals: an export.
    dated = any(year for line in page.months for year, _ in line.months)
    return dated and not deals and _uneven(page)


def _uneven(page: Page) -> bool:
    """Return whether most monthly rates are such as nobody sets for a goal: 1.09 %, and each month another."""
    rates = [each.value * 100 for each in page.figures if each.kind == RATE and each.scope.kind == OF_MONTH and each.value]
    fine = [each for each in rates if (each * 10).denominator != 1]
    return len(rates) >= 2 and len(fine) * 2 > len(rates) and len(set(rates)) * 2 > len(rates)
