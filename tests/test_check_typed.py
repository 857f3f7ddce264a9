"""Inputs that the cell allows and that can't be meant, and the figures of real companies that look like them.

The year: samples/saas.toml, 80 deals at 1,200,000 yen, some 7 a month; six months of it are filled in (typing_in.py).
"""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from conftest import some
from typing_in import REVENUE, Year, amounts, half_a_year, misread, months, year

from kgisheet.values.units import CURRENCY

Typed = dict[str, Any]


def test_half_a_year_as_it_was_is_silent() -> None:
    assert half_a_year().said() == []


def test_months_with_a_conversion_rate_of_their_own_are_a_note() -> None:
    """They need other visits than the page has, as their owner means: the sheet says ○, and check no more than why."""
    for typed in (
        {"month_cvr_override[4]": 0.012},
        months("month_cvr_override", (*(0.01 + month / 2000 for month in range(12)),)),
    ):
        assert [(each.severity, each.name) for each in year().findings(typed) if each.code == "X03"] == [
            ("note", "year_visits_gap")
        ]
        assert year().said(typed) == []
    too_many = {"month_cvr_override[4]": 0.012, "month_visits_override[5]": 1_000_000}
    assert year().said(too_many) == [("X03", "warning", "year_visits_gap")]


# -- amounts in another unit ----------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "severity", "name"),
    [
        # 9.9 million on 8 deals at 1.2 million; the month's goal and the other months are of that size too.
        ({"actual_revenue[2]": 9900}, "error", "actual_revenue[2]"),  # 千円
        ({"actual_revenue[2]": 990}, "error", "actual_revenue[2]"),  # 万円
        ({"actual_revenue[2]": 99_000_000_000}, "error", "actual_revenue[2]"),
        (months("actual_revenue", tuple(each / 10_000 for each in REVENUE)), "error", "actual_revenue[1]"),
        ({"month_revenue_override[8]": 800}, "warning", "month_revenue_override[8]"),
        (months("month_revenue_override", (*[None] * 6, 800, 900, 700)), "error", "month_revenue_override[7]"),
        ({"next_year_revenue": 12_000}, "warning", "next_year_revenue"),
        ({"next_year_revenue": 1_200_000_000_000}, "warning", "next_year_revenue"),
        ({"channel_cost_per_lead[1]": 18}, "error", "channel_cost_per_lead[1]"),  # the others cost thousands; 18,000 was there
        ({"budget": 3000}, "error", "budget"),
        ({"budget": 300_000_000_000}, "error", "budget"),
    ],
)
def test_an_amount_in_another_unit_is_asked_about_wherever_it_is_typed(typed: Typed, severity: str, name: str) -> None:
    assert half_a_year().said(typed) == [("I05", severity, name)]


def test_one_sign_is_a_warning_two_are_an_error() -> None:
    """Of a first month without deals only its goal tells; with the deals two things do."""
    alone = {"actual_revenue[1]": 740}
    assert year().said(alone) == [("I05", "warning", "actual_revenue[1]")]
    assert year().said({**alone, "actual_won_deals[1]": 6}) == [("I05", "error", "actual_revenue[1]")]
    # Costs that are all in 千円 can't be told from one another, but from the budget.
    assert year().said(months("channel_cost_per_lead", (18, 4, 5, 9, 1))) == [("I05", "error", "channel_cost_per_lead[1]")]


def test_a_small_price_alone_is_a_note() -> None:
    """85 yen at 10,000 deals is a product of 85 yen; 85 yen against 12,000,000 would be 141,176 deals, and 85千円 are 141."""
    small = {"total_revenue": 4_000_000, "web_revenue": 850_000, "deal_size": 85}
    assert [each.severity for each in year().findings(small) if (each.code, each.name) == ("I05", "deal_size")] == ["note"]
    assert ("I05", "error", "deal_size") in year().said({**small, "total_revenue": 50_000_000, "web_revenue": 12_000_000})


def test_all_amounts_of_the_page_in_one_other_unit_are_an_error() -> None:
    """As they are, and as people round them: 12,345,600 yen are 12,346 thousand."""
    plan = {"total_revenue": "98765400", "web_revenue": "12345600", "deal_size": "1234560"}
    for typed in ((98_765.4, 12_345.6, 1_234.56), (98_765, 12_346, 1_235), (98_765_400_000, 12_345_600_000, 1_234_560_000)):
        found = year("saas", **plan).said(dict(zip(plan, typed, strict=True)))
        assert [(code, severity) for code, severity, _ in found if code == "I05"] == [("I05", "error")], typed


def test_a_number_format_that_says_the_unit_is_a_sign() -> None:
    found = half_a_year().findings({"next_year_revenue": 12_000}, {"next_year_revenue": '#,##0"万円"'})
    assert [(each.severity, each.expected) for each in found if each.code == "I05"] == [("error", 120_000_000)]


def test_every_amount_in_another_unit_is_found() -> None:
    """A share of `python tests/typing_in.py --money`, which takes them all."""
    book = half_a_year()
    cases = [(name, typed) for name, value in amounts(book) for typed in misread(value)]
    assert len(cases) > 100
    for name, typed in cases[:: len(cases) // 8]:
        assert any(code == "I05" for code, _, _ in book.said({name: typed})), (name, typed)


SMALL: Typed = {"total_revenue": 900_000, "web_revenue": 240_000, "deal_size": 8_000}
"""A shop: 30 deals a year at 8,000 yen."""


@pytest.mark.parametrize(
    "typed",
    some(
        [
            {**SMALL, "budget": 30_000, **months("channel_cost_per_lead", (300, 80, 90, 120, 10))},
            {**SMALL, **months("actual_won_deals", (2, 0, 3)), **months("actual_revenue", (15_000, 0, 27_000))},
            {
                "total_revenue": 750_000_000_000,
                "web_revenue": 88_000_000_000,
                "deal_size": 900_000_000,
                "budget": 9_000_000_000,
            },
            {"next_year_revenue": 0},
            {"next_year_revenue": 960_000_000},  # ten times this year's
            {"next_year_revenue": 5_000_000},
            {"month_revenue_override[3]": 0},
            {"month_revenue_override[3]": 300_000},  # a quiet month: a quarter of a deal
            {
                "month_weight[1]": 0.1,
                "actual_won_deals[1]": 5,
                "actual_revenue[1]": 6_000_000,
            },  # a month without a goal to speak of
            {"actual_won_deals[1]": 1, "actual_revenue[1]": 9_900_000},  # eight times the average deal
            {"actual_won_deals[1]": 10, "actual_revenue[1]": 1_500_000},  # many small ones
            {"actual_won_deals[1]": 0, "actual_revenue[1]": 0},
            {"actual_won_deals[1]": 0, "actual_revenue[1]": 300_000},  # more from a deal that was won before
            {"actual_revenue[1]": 2_400_000},  # deals not typed in yet
            {"budget": 0},
            {"budget": 200_000},
            {"budget": 400_000_000},
            {"channel_cost_per_lead[5]": 10},  # a list that is there already
            {"channel_cost_per_lead[1]": 300_000},
            {"channel_cost_per_lead[2]": 0},
            {"channel_cost_per_lead[1]": 1},  # what is typed where nobody knows
            {"channel_cost_per_lead[1]": 16_234.5},
        ],
        2,
    ),
)
def test_small_large_and_unusual_businesses_are_silent(typed: Typed) -> None:
    assert [each for each in year().said(typed) if each[0] in ("I05", "I07", "I10")] == []


@pytest.mark.parametrize(("revenue", "deals", "asked"), [
    (40_000_000, 1, True),  # one deal of thirty-three times the price
    (12_000_000, 1, True),
    (11_000_000, 1, False),
    (0, 6, True),
    (300_000, 6, True),
    (1_000_000, 6, False),
])  # fmt: skip
def test_revenue_that_its_deals_cannot_have_brought(revenue: int, deals: int, asked: bool) -> None:
    said = half_a_year().said({"actual_revenue[3]": revenue, "actual_won_deals[3]": deals})
    assert said == [("I05", "warning", "actual_revenue[3]")] * asked


APART = "目標設定,月次予実,現状とのギャップ,ABM,コンテンツ,ジャーニー,定義"
"""The sheets without the months' tabs, where a case needs none of them."""


# -- beside the months --------------------------------------------------------------


FREE: Typed = {f"channel_cost_per_lead[{at}]": None for at in range(2, 6)}
"""No other channel has a cost."""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"content_visits_per_article": 0}, [("I06", "warning", "content_visits_per_article")]),
        ({"content_visits_per_article": None}, []),
        ({"content_articles_held": 0}, []),
        ({"sure_win_rate_hits": 40, "sure_win_rate_cases": 30}, [("X04", "error", "sure_win_rate_hits")]),
        ({"sure_win_rate_hits": 40}, [("I06", "warning", "sure_win_rate_cases")]),
        ({"sure_win_rate_hits": 0, "sure_win_rate_cases": 12}, []),
        ({"sure_win_rate_hits": 12, "sure_win_rate_cases": 12}, []),
        ({"optimistic_win_rate": 0.1}, [("I04", "warning", "optimistic_win_rate")]),
        ({"optimistic_win_rate": 10}, [("I04", "warning", "optimistic_win_rate")]),
        ({"pessimistic_cvr": 0.1}, [("I04", "warning", "pessimistic_cvr")]),
        ({"pessimistic_cvr": 0.5}, []),
        ({"optimistic_cvr": 2}, []),
        ({"optimistic_cvr": 0.9, "pessimistic_cvr": 1.1}, [("I10", "warning", "optimistic_cvr")]),
        ({"optimistic_cvr": 1, "pessimistic_cvr": 1}, []),
        ({"channel_name[2]": "検索 広告"}, [("I10", "warning", "channel_name[2]")]),
        ({"channel_name[2]": "検索広告(指名)"}, []),
        ({"field_owner[1]": "東日本", "field_owner[2]": "東日本"}, [("I10", "warning", "field_owner[2]")]),
        ({"abm_stage_name[1]": "潜在", "abm_stage_name[2]": "潜在"}, [("I10", "warning", "abm_stage_name[2]")]),
        ({"journey_phase[1]": "気づく", "journey_phase[2]": "気づく"}, []),  # two rows of one phase
        ({"lead_time_opportunities": 30, "lead_time_meetings": 60, "lead_time_leads": 90},
         [("I10", "warning", "lead_time_opportunities")]),
        ({"lead_time_opportunities": 6, "lead_time_meetings": 12, "lead_time_leads": 18}, []),
        # A meeting a month before the win, and its opportunity three.
        ({"lead_time_opportunities": 3, "lead_time_meetings": 1, "lead_time_leads": 4}, [("I10", "warning", "lead_time_meetings")]),
        ({"entry_date": datetime.datetime(1926, 4, 1)}, [("I10", "warning", "entry_date")]),
        ({"entry_date": datetime.datetime(2024, 12, 1)}, []),
        ({"start_month": None}, [("I06", "error", "start_month")]),
        # 96,000,000 ÷ 0.0001 are 960,000,000,000 deals; that it is a part of a yen comes of it.
        ({"deal_size": 0.0001}, [("I07", "error", "deal_size")]),
        # A lead for ten deals of 1,200,000, where no other channel's cost says how much is usual.
        ({**FREE, "channel_cost_per_lead[1]": 12_000_000}, [("I05", "warning", "channel_cost_per_lead[1]")]),
        ({**FREE, "channel_cost_per_lead[1]": 3_000_000}, []),
    ],
)  # fmt: skip
def test_what_the_cell_allows_and_cannot_be_meant(typed: Typed, said: list[tuple[str, str, str]]) -> None:
    assert [each for each in year(sheets=APART).said(typed) if each[0] != "X08"] == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"web_revenue": "=deal_size*80"}, [("F02", "warning", "web_revenue")]),  # always 80 deals
        ({"deal_size": "=web_revenue/80"}, [("F02", "warning", "deal_size")]),
        ({"web_revenue": "=total_revenue*40%"}, []),  # a share of the total, as in a plan
        ({"web_revenue": "=12*8000000"}, []),
        ({"next_year_revenue": "=web_revenue*1.2"}, []),
        ({"budget": "=web_revenue*15%"}, []),
        ({"budget": "=#REF!A1"}, [("F06", "error", "budget")]),  # of a sheet that is gone
        ({"budget": "=Sheet9!#REF!*2"}, [("F06", "error", "budget")]),
        ({"win_rate": "=22/80"}, []),
        ({"channel_cvr[1]": "=scenario_cvr*1"}, [("F02", "warning", "channel_cvr[1]")]),  # 100 %, a result: no rate
        ({"channel_share[5]": "=1-SUM(D16:G16)"}, []),  # what is left
        ({"win_rate": "=IFERROR(VLOOKUP(1,A200:B200,1,FALSE),0.3)"}, [("F07", "error", "win_rate")]),  # nothing is found
        ({"win_rate": "=IFERROR(22/80,0.3)"}, []),
    ],
)
def test_an_input_that_became_a_formula_of_others(typed: Typed, said: list[tuple[str, str, str]]) -> None:
    assert year(sheets=APART).said(typed) == said


def test_a_results_formula_that_was_copied_into_an_input_is_said_however_it_is_written() -> None:
    subject = half_a_year().subject
    place = subject.book.place("won_deals")
    assert place is not None
    copied = subject.formulas[place[:3]].removeprefix("=")
    for formula in (f"={copied}", f"=+{copied}", f"= {copied.replace(',', ' , ')}"):
        assert half_a_year().said({"budget": formula}) == [("F02", "error", "budget")]
    assert half_a_year().said({"budget": f"={copied}*37500"}) == []


@pytest.mark.parametrize(
    ("name", "formula", "asked"),
    [
        ("actual_leads[1]", "=goal_leads", True),
        ("actual_leads[1]", "=goal_leads-3", True),
        ("actual_leads[1]", "=12+6", False),
        ("actual_revenue[1]", "=deal_size*3", False),
        ("field_deals[1]", "=won_deals*1", True),
        ("channel_current_visits[1]", "=channel_visits", True),
        ("actual_leads[2]", "=730-'2026-04'!actual_to_date_leads", False),  # what a system counts in all, less the month before
        ("budget", "=leads*5000", False),  # assumed, from whatever its owner likes
    ],
)
def test_what_was_counted_is_no_formula_of_the_goal(name: str, formula: str, asked: bool) -> None:
    assert [each for each in year().said({name: formula}) if each[0] == "F02"] == [("F02", "warning", name)] * asked


@pytest.mark.parametrize("code", ['"30%"', '0.0"%"', r"0.0\%"])
def test_a_rate_whose_format_shows_another(code: str) -> None:
    assert year(sheets=APART).said({}, {"win_rate": code}) == [("S05", "warning", "win_rate")]


@pytest.mark.parametrize(("code", "asked"), some([
    ('#,##0,"円"', True), ("#,##0,", True), ('"1,200,000"', True),
    ('#,##0,"千円"', False), ('0\\.0,"万円"', False), ('#,##0,,"百万円"', False), ('#,##0.0,,"M"', False), ('"¥"#,##0;[Red]-#,##0', False),
    ('[>=1000000]0.0,,"百万";#,##0', False),
], 2))  # fmt: skip
def test_an_amount_whose_format_shows_a_thousandth(code: str, asked: bool) -> None:
    found = [each for each in year(sheets=APART).said({}, {"deal_size": code}) if each[0] == "S05"]
    assert found == [("S05", "warning", "deal_size")] * asked


@pytest.mark.parametrize("code", [";;;", '"";"";""', ";;"])
def test_an_input_whose_format_shows_nothing(code: str) -> None:
    assert year(sheets=APART).said({}, {"win_rate": code}) == [("S05", "warning", "win_rate")]


@pytest.mark.parametrize("code", ["0%;;", "0.0%", "General", '0%;-0%;"なし"', "[Blue]0%"])
def test_formats_that_show_a_figure(code: str) -> None:
    assert year(sheets=APART).said({}, {"win_rate": code}) == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"month_weight[3]": 1000}, [("I10", "warning", "month_weight[3]")]),
        ({"month_weight[3]": 20}, []),
        ({"month_cvr_override[4]": 0.00012}, [("I04", "warning", "month_cvr_override[4]")]),
        ({"month_cvr_override[4]": 0.004}, []),
        ({"content_visits_per_article": 1_000_000}, [("I07", "warning", "content_visits_per_article")]),
        ({"next_year_revenue": 96_000}, [("I05", "warning", "next_year_revenue")]),  # this year's 96 million in thousands
        ({"sales_reps": 3_000_000}, [("I07", "warning", "sales_reps")]),
        ({"optimistic_win_rate": 0.95}, [("I10", "warning", "optimistic_win_rate")]),
        ({"entry_date": datetime.datetime(2016, 4, 1)}, [("I10", "warning", "entry_date")]),
        ({"entry_date": datetime.datetime(2025, 12, 20)}, []),
        ({"deal_size": "=RANDBETWEEN(3000000,5000000)"}, [("F02", "warning", "deal_size")]),
        ({"entry_date": "=TODAY()"}, []),
    ],
)
def test_single_inputs_that_cannot_be_meant(typed: Typed, said: list[tuple[str, str, str]]) -> None:
    assert year(sheets=APART).said(typed) == said


@pytest.mark.parametrize(("typed", "said"), [
    ({"channel_cvr[1]": None}, ("I06", "channel_cvr[1]")),  # 21,000 visits today
    ({"channel_current_leads[1]": 100}, ("I10", "channel_current_leads[1]")),
    ({"approval_deadline": datetime.datetime(2025, 3, 31)}, ("I10", "approval_deadline")),
    ({"win_rate": "=opportunity_rate*0.8"}, ("F02", "win_rate")),
    # Nothing like the sums of the goals (1,650 visits a month and more), and yet each month 100 more.
    (months("actual_visits", (100, 200, 300, 400, 500, 600)), ("I11", "actual_visits[1]")),
])  # fmt: skip
def test_what_may_be_meant_is_a_note(typed: Typed, said: tuple[str, str]) -> None:
    assert said in {(each.code, each.name) for each in year().findings(typed) if each.severity == "note"}
    assert year().said(typed) == []


# -- all of it ------------------------------------------------------------------------


def test_amounts_are_really_tried() -> None:
    names = {name.partition("[")[0] for name, _ in amounts(half_a_year())}
    assert names == {cell.name for cell, _ in half_a_year().inputs.values() if cell.unit == CURRENCY}


def test_a_goal_of_nothing_makes_a_workbook() -> None:
    """No deals, no meetings: what is divided by them is blank, and nothing fails."""
    assert [code for code, severity, _ in Year("saas", web_revenue="0").said() if severity == "error"] == []
