"""The worked example, by hand from the source documents (docs/worksheet.md, 1), against what stands in the file.

全体売上 5,000万円, Web 1,200万円, 単価 400万円, 受注率 30 %, 案件化率 25 %,
アポ率 10/30/20 %, CV率 1 %.
"""

from __future__ import annotations

import io

import openpyxl
import pytest
from conftest import page_only as book
from conftest import values

# 12,000,000 ÷ 4,000,000 = 3; 3 ÷ 30 % = 10; 10 ÷ 25 % = 40, split 25/50/25 % = 10/20/10;
# 10 ÷ 10 % = 100, 20 ÷ 30 % = 66.67 → 67, 10 ÷ 20 % = 50; ÷ 1 %.
BY_HAND = {
    "other_revenue": 38_000_000,
    "won_deals": 3,
    "opportunities": 10,
    "required_meetings": 40,
    "channel_meetings[1]": 10,
    "channel_meetings[2]": 20,
    "channel_meetings[3]": 10,
    "meetings": 40,
    "channel_leads[1]": 100,
    "channel_leads[2]": 67,
    "channel_leads[3]": 50,
    "leads": 217,
    "channel_visits[1]": 10_000,
    "channel_visits[2]": 6_700,
    "channel_visits[3]": 5_000,
    "visits": 21_700,
    "overall": "○ OK",
}


def test_the_figures_are_those_worked_by_hand() -> None:
    found = values(book())
    assert {name: found[name] for name in BY_HAND} == BY_HAND


def test_each_of_them_is_a_live_formula_under_its_name() -> None:
    data = book()
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    for name in BY_HAND:
        block, _, row = name.partition("[")
        sheet, cell = next(iter(workbook.defined_names[block].destinations))
        cells = workbook[sheet][cell]
        found = cells[0][int(row[:-1]) - 1] if row else cells  # a channel is a column
        assert found.data_type == "f", name


def test_rounding_down_reproduces_the_workshops_66_and_says_that_the_goal_is_missed() -> None:
    # 66 × 30 % = 19.8 meetings, short of 20.
    found = values(book(rounding="down"))
    assert [found[f"channel_leads[{row}]"] for row in (1, 2, 3)] == [100, 66, 50]
    assert (found["leads"], found["visits"]) == (216, 21_600)
    assert found["check_leads_gap"] == -0.2
    assert found["channel_check[2]"] == "× ⑤不足"
    assert found["check_leads"] == "× 要確認"
    assert found["overall"] == "× 要確認"
    assert "切り上げ" in str(found["check_leads_advice"])


@pytest.mark.parametrize(
    ("web_revenue", "deals", "visits", "surplus"),
    [
        ("1200万円", 3, 21_700, 0),
        # A fourth deal: 4 ÷ 30 % = 14, ÷ 25 % = 56 = 14 + 28 + 14; 140 + 94 + 70 leads at 1 %.
        ("1201万円", 4, 30_400, 3_990_000),
    ],
)
def test_a_fourth_deal_explains_itself(web_revenue: str, deals: int, visits: int, surplus: int) -> None:
    found = values(book(web_revenue=web_revenue))
    assert (found["won_deals"], found["visits"], found["deal_surplus"]) == (deals, visits, surplus)
    if surplus:
        assert found["deal_surplus_readback"] == "= 399万円"
        assert str(found["deal_surplus_note"]).startswith("3.0025件分が必要です")
        assert found["revenue_sign"] == "≦"  # the goal, and what the deals come to
        # 4 ÷ 3.0025 − 1 = 33.2 %
        assert found["rounding_effect_deals"] == pytest.approx(4 / 3.0025 - 1)


def test_none_rounds_nowhere() -> None:
    # 20 ÷ 30 % = 66.67 leads; ÷ 1 % = 6,666.67 visits.
    found = values(book(rounding="none"))
    assert found["channel_leads[2]"] == pytest.approx(200 / 3)
    assert found["visits"] == pytest.approx(10_000 + 20_000 / 3 + 5_000)
    assert found["overall"] == "○ OK"


def test_the_short_chain_has_no_opportunities() -> None:
    # 3,000,000 ÷ 100,000 = 30 deals; ÷ 20 % = 150 meetings = 60 + 90; ÷ 20/30 % = 300 + 300; ÷ 1/1.5 %.
    found = values(book("short"))
    assert (found["won_deals"], found["required_meetings"], found["leads"], found["visits"]) == (30, 150, 600, 50_000)
    assert "opportunities" not in found
    assert "opportunity_rate" not in found


def test_the_articles_chain() -> None:
    # 12,000,000 ÷ 4,000,000 = 3; ÷ 10 % = 30; ÷ 20 % = 150; ÷ 1 % = 15,000. 3 ≤ 800 companies, 150 ≤ 2,400 people.
    found = values(book("access"))
    assert (found["won_deals"], found["required_meetings"], found["leads"], found["visits"]) == (3, 30, 150, 15_000)
    assert (found["check_target_accounts"], found["check_contacts"]) == ("○ OK", "○ OK")


def test_more_deals_than_companies_is_said() -> None:
    found = values(book("access", target_accounts="2"))
    assert found["check_target_accounts"] == "× 要確認"


def test_typed_meetings_make_the_shares_the_result(kgisheet) -> None:  # type: ignore[no-untyped-def]
    plan = """
sheets = ["目標設定"]
total_revenue = "5,000万円"
web_revenue = "24%"            # of the total: 12,000,000
deal_size = "400万円"
win_rate = "30%"
opportunity_rate = "25%"
[[channel]]
name = "広告"
meetings = 10
meeting_rate = "10%"
[[channel]]
name = "紹介"
meetings = 30
meeting_rate = 0.5
cvr = "1%"
"""
    ran = kgisheet("new", "-", "-o", "-", stdin=plan.encode())
    assert ran.code == 0, ran.err
    found = values(ran.out)
    assert (found["channel_share[1]"], found["channel_share[2]"]) == (0.25, 0.75)
    # 広告 has no CVR: leads, but no visits. 30 ÷ 50 % = 60; 60 ÷ 1 % = 6,000.
    assert (found["leads"], found["channel_visits[1]"], found["visits"]) == (160, None, 6_000)
    assert found["overall"] == "○ OK"
