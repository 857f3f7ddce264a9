"""Sentences and verdicts are true in every state (docs/worksheet.md, 1, 3, 4): a share of the states of tests/sweep_sentences.py."""

from __future__ import annotations

import datetime
import functools
import io
from fractions import Fraction
from typing import Any

import levers_by_meaning
import openpyxl
import pytest
import referee
import sentence_states
import sentences_by_meaning as meaning
from conftest import BEYOND, more, some
from picturing import plans
from sentence_states import State, solved

from kgisheet import api
from kgisheet.layout.build import build

SHARE = 500
"""One state of so many in the suite; `python tests/sweep_sentences.py` holds all of them."""


def said(name: str, lang: str = "ja", template: str = "standard", **changed: Any) -> Any:
    return solved(State(template, lang, tuple(changed.items()))).values[name]


def faults(state: State) -> list[str]:
    """Everything that a state's sentences and verdicts say wrongly."""
    solution = solved(state)
    facts = meaning.Facts(solution)
    found = [f"{name}: {wrong}" for name in meaning.SENTENCES if (wrong := meaning.disagreement(name, facts)) is not None]
    found += meaning.holes(solution) + meaning.verdicts(facts) + meaning.months(facts)
    found += levers_by_meaning.levers(facts) + levers_by_meaning.by_channel(facts) + levers_by_meaning.notes(facts)
    return [f"{each}\n    in {state.told}" for each in found]


def test_a_share_of_the_states() -> None:
    states = list(sentence_states.all_states(SHARE))
    assert len(states) > 20
    found = [fault for state in states for fault in faults(state)]
    assert found == []


@pytest.mark.parametrize(
    ("lang", "listed"), [("ja", "「ターゲット企業数」「担当者数」"), ("en", "“target accounts”, “contacts”")]
)
def test_names_in_a_row_have_commas_in_english(lang: str, listed: str) -> None:
    assert listed in str(build(plans.plan(f"eight.{lang}"), lang).solution.at("feasibility_line", None))


# -- what was untrue, case by case -------------------------------------------


def test_a_channel_without_todays_visits_is_unknown_not_zero() -> None:
    """Of 広告 7,000 visits alone are known: 7,000 × 1 % × 10 % = 7 meetings × 25 % × 30 % × 400万 = 210万円; its goal is 10 of 40 meetings, 300万円."""
    alone = [Fraction(7000), None, None]
    assert said("approval_today", channel_current_visits=alone) == (
        "現状の訪問数・リード数か率が未入力のチャネルが2つあり、全体の見込みは計算できません。"
        "入力済みのチャネルの売上は210万円で、その分の目標300万円の70%です。"
    )
    assert said("today_state", channel_current_visits=alone).startswith("見込みを計算できないチャネルが2つあります。")


def test_a_lever_is_not_called_impossible_where_a_channel_is_unknown() -> None:
    """7 of 40 meetings are known: a win rate of 30 % would have to be 171 %, if the other channels brought nothing."""
    alone = [Fraction(7000), None, None]
    assert said("lever_win_rate_state", channel_current_visits=alone) == "― 現状が未入力のチャネルあり"
    assert said("lever_win_rate_state", web_revenue=Fraction(2_000_000), channel_current_visits=alone) == "○ すでに届いている"
    known = [Fraction(7000), Fraction(1), Fraction(1)]
    assert said("lever_win_rate_state", channel_current_visits=known) == "× 不可能(100%を超える)"


def test_a_cost_is_set_against_the_revenue_of_its_own_channels() -> None:
    """広告 alone has a cost: 100 leads × 15,000 = 150万円, for its 300万円 of revenue and 0.75 deals: 200 %, 200万円 a deal."""
    assert said("approval_investment", channel_cost_per_lead=[Fraction(15000), None, None]) == (
        "リード1件の費用が未入力のチャネルが2つあり、全体の費用は計算できません。"
        "入力済みのチャネルの費用は150万円、受注1件あたり200万円です。ROAS(売上÷費用)は200%です。受注1件あたりの費用は粗利額を下回ります。"
    )


def test_with_a_blank_goal_it_is_the_goal_that_is_missing() -> None:
    """Visits and costs are there."""
    assert said("approval_goal", web_revenue=None) == "Web売上の目標が未入力です。"
    assert said("approval_why", web_revenue=None) == "目標設定の「Web売上」が未入力のため、計算できません。"
    assert said("approval_today", web_revenue=None) == (
        "現状の訪問と率が続くと、売上は780万円です。Web売上の目標が未入力のため、比べられません。"
    )
    assert said("approval_investment", web_revenue=None) == "費用は、目標設定の「Web売上」が未入力のため、計算できません。"


def test_the_limit_that_is_passed_is_named_whatever_is_not_filled_in() -> None:
    """Costs 1,985,000 against a budget of 823,651: 241 %. The leads held at the start are not filled in, and needed."""
    blank = {"opening_leads": None, "target_accounts": None, "contacts": None}
    assert said("feasibility_line", budget=Fraction(823_651), **blank) == (
        "× このままでは足りません: 「予算」(使用率241%)。未入力があり判定していない制約: "
        "「ターゲット企業数」「担当者数」「期首パイプライン(期首前に必要なリード)」。"
    )
    assert said("limit_lead_usage", opening_leads=None) is None
    assert said("feasibility_line", sales_reps=Fraction(0)).startswith(
        "× このままでは足りません: 「営業が対応できる商談数」(上限が0)。"
    )


@pytest.mark.parametrize(
    ("lang", "changed", "sentence"),
    [
        ("ja", {}, "受注単価400万円なので、"),
        ("ja", {"deal_size": Fraction(300_000_000), "web_revenue": Fraction(10**10)}, "受注単価3億円なので、"),
        ("ja", {"deal_size": Fraction(123_450_000), "web_revenue": Fraction(10**10)}, "受注単価12,345万円なので、"),
        ("ja", {"deal_size": Fraction(98_765)}, "受注単価98,765円なので、"),
        ("ja", {"display_unit": "百万円"}, "受注単価4百万円なので、"),
        ("ja", {"display_unit": "千円"}, "受注単価4,000千円なので、"),
        ("en", {}, "Deals needed at ¥4 million each: "),
        ("en", {"deal_size": Fraction(98_765)}, "Deals needed at ¥98,765 each: "),
    ],
)
def test_what_is_typed_is_written_exactly_in_the_largest_unit_that_can(
    lang: str, changed: dict[str, Any], sentence: str
) -> None:
    assert said("approval_why", lang, **changed).startswith(sentence)


def test_amounts_of_one_sentence_are_in_one_unit_and_add_up() -> None:
    """3,333,300 a deal × 1.95 deals = 6,499,935 of 12,000,000: about 650.0 and 550.0万円, which come to 1,200."""
    assert said("approval_today", deal_size=Fraction(3_333_300)) == (
        "現状の訪問と率が続くと、売上は約650万円(目標の54.2%)で、約550万円足りません。"
    )
    # 2,167 leads × 100 = 216,700, for 30 deals 7,223 each: less than 1万円, so the whole is in yen as well.
    costs = {"channel_cost_per_lead": [Fraction(100)] * 3, "web_revenue": Fraction(12_000_000), "deal_size": Fraction(400_000)}
    assert said("approval_investment", **costs).startswith("費用は216,700円、受注1件あたり7,223円です。")


@pytest.mark.parametrize(
    ("lang", "changed", "sentence"),
    [
        ("ja", {"web_revenue": Fraction(90_000_000), "total_revenue": Fraction(300_000_000)}, "Web経由の受注金額9,000万円(全体売上3億円のうち)"),
        ("ja", {"web_revenue": Fraction(90_000_000), "total_revenue": Fraction(300_000_000), "display_unit": "百万円"}, "Web経由の受注金額90百万円(全体売上300百万円のうち)"),
    ],
)  # fmt: skip
def test_a_part_and_its_whole_are_each_written_in_their_own_unit(lang: str, changed: dict[str, Any], sentence: str) -> None:
    assert said("approval_goal", lang, **changed).startswith(sentence)


def test_a_goal_of_zero_and_months_that_do_not_add_up_are_not_ok() -> None:
    """A month typed over with 200 deals of the year's 3; a move of 5 accounts out of a stage that holds 2."""
    assert said("overall") == "○ OK"
    assert said("overall", web_revenue=Fraction(0)) == "× 要確認"
    assert said("overall", month_won_deals_override=[Fraction(200)]) == "× 要確認"
    moves = {
        "abm_opening": [Fraction(2)], "abm_moves_rank": ["A"], "abm_moves_from": ["潜在"], "abm_moves_to": ["準顕在"],
        "abm_moves": [Fraction(5)],
    }  # fmt: skip
    assert said("abm_not_negative", **moves) == "× 社数より多く移動させている箇所があります"
    assert said("overall", **moves) == "× 要確認"


@pytest.mark.parametrize("seed", range(6))
def test_a_months_tab_says_what_the_summary_says_as_of_that_month(seed: int) -> None:
    state = sentence_states.at_random("standard", "ja", seed)
    start = solved(state).values["start_month"]
    if not isinstance(start, datetime.date):
        state = State("standard", "ja", ())
        start = datetime.date(2026, 4, 1)
    tabs: Any = solved(state).values["tab_state"]
    for month in (0, 2, 5):
        as_of = datetime.date(start.year + (start.month - 1 + month) // 12, (start.month - 1 + month) % 12 + 1, 1)
        headline = solved(state._replace(changed=(*state.changed, ("as_of_month", as_of)))).values["headline"]
        if tabs[month] != "この月の実績がまだ入力されていません。":
            assert tabs[month] == headline


def test_visits_are_counted_as_visits_and_accounts_as_companies() -> None:
    cells = sentence_states.base("standard", "ja").template.cells
    for name, cell in cells.items():
        of_months = name.startswith(("replan_", "month_", "now_", "goal_", "actual_")) and not name.startswith("replan_weight")
        if cell.unit == "count" and of_months and name.endswith("_visits"):
            assert cell.counter == "visits", name
    assert {cells[name].counter for name in ("abm_goal", "limit_accounts_need", "check_target_accounts_goal")} == {"companies"}


def test_hits_without_cases_are_not_called_more_than_there_were() -> None:
    assert said("sure_win_rate_state", sure_win_rate_cases=None) == "― 未入力"
    assert said("sure_win_rate_state", sure_win_rate_hits=Fraction(31)) == "× 分子が分母より大きい"
    assert said("sure_win_rate_state", win_rate=None) == "― 未入力"


# -- in the engines ------------------------------------------------------------

ODD: tuple[dict[str, Any], ...] = (
    {"channel_current_visits": [Fraction(7000), None, Fraction(1)], "channel_cost_per_lead": [Fraction(12_345), None, Fraction(1)],
     "opening_leads": None, "budget": Fraction(823_651), "deal_size": Fraction(1_234_567), "web_revenue": Fraction(123_450_000)},
    {"web_revenue": Fraction(0), "gross_margin": None, "contacts": Fraction(0), "period": None, "display_unit": None},
    {"win_rate": None, "rounding": "none", "scenario": "optimistic", "total_revenue": None, "display_unit": "千円"},
)  # fmt: skip


@pytest.mark.parametrize(("odd", "lang"), some(list(zip(ODD, ("en", "ja", "ja"), strict=True)), 2))
def test_odd_states_are_the_same_in_ironcalc(odd: dict[str, Any], lang: str) -> None:
    data = odd_book(odd, lang)
    assert referee.differences(referee.cached(data), referee.by_ironcalc(data), referee.formulas(data)) == []


@pytest.mark.office
def test_odd_states_are_the_same_in_libreoffice() -> None:
    books = [odd_book(odd, lang) for odd, lang in some(list(zip(ODD, ("ja", "en", "ja"), strict=True)), 3)]
    for data, theirs in zip(books, referee.by_libreoffice(books), strict=True):
        assert referee.differences(referee.cached(data), theirs, referee.formulas(data)) == []


def odd_book(odd: dict[str, Any], lang: str) -> bytes:
    """The page and the sheets drawn, in an odd state, as a workbook; without the months' tabs, which take engines long."""
    few = "目標設定,月次予実,現状とのギャップ,稟議"
    plan = api.plan_from_example(lang, [f"sheets={BEYOND if more([odd]) else few}"])
    known = {cell.name for cell in plan.template.inputs()}
    given = {name: value for name, value in (sentence_states.full("standard", lang) | odd).items() if name in known}
    return api.workbook(plan._replace(inputs=given), lang)


# -- what the sheet marks with × is a finding --------------------------------------


@pytest.mark.parametrize(
    ("changed", "code", "name"),
    [
        ({"web_revenue": Fraction(0)}, "X09", "web_revenue"),
        ({"budget": Fraction(823_651)}, "X09", "limit_budget_state"),
        ({"opening_leads": Fraction(3)}, "X09", "limit_lead_state"),
        ({"contacts": Fraction(100)}, "X04", "check_contacts"),
        ({"sure_win_rate_hits": Fraction(2), "win_rate": Fraction(1, 2)}, "X09", "sure_win_rate_state"),
        ({"month_won_deals_override": [Fraction(200)]}, "X03", "year_won_deals_gap"),
    ],
)
def test_what_the_sheet_marks_is_a_finding(changed: dict[str, Any], code: str, name: str) -> None:
    report = api.check(odd_book(changed, "ja"), "goal.xlsx")
    assert (code, name) in {(each.code, each.name) for each in report.findings}


# -- the display unit ----------------------------------------------------------------


@functools.cache
def loaded() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(odd_book({}, "ja")))


@pytest.mark.parametrize("name", ["year_revenue", "month_revenue", "forecast_revenue", "gap_revenue", "channel_cost"])
def test_amounts_beyond_the_page_are_shown_in_the_display_unit(name: str) -> None:
    """Of 10,000 yen and more in 万円, of a million and more in 百万円; less stays in yen. The cell's own value and format are yen."""
    workbook = loaded()
    sheet, area = str(workbook.defined_names[name].attr_text).replace("$", "").rsplit("!", 1)
    first = area.partition(":")[0]
    formats = workbook[sheet.strip("'")].conditional_formatting
    rules = {
        rule.formula[0]: rule.dxf.numFmt.formatCode
        for each in formats if first in each.sqref for rule in each.rules if rule.dxf and rule.dxf.numFmt
    }  # fmt: skip
    signed = name == "gap_revenue"
    for test, form in (
        (f'AND(display_unit="万円",ABS({first})>=10000)', '0\\.0,"万円"'),
        (f'AND(display_unit="百万円",ABS({first})>=1000000)', '#,##0.00,,"百万円"'),
    ):
        assert rules[test] == (f"+{form};-{form}" if signed else form)
    assert "円" in workbook[sheet.strip("'")][first].number_format


def test_a_cost_and_that_of_a_deal_are_in_one_unit_where_a_deal_costs_more() -> None:
    """1,200万 ÷ 1,000億 = 0.00012 deals, 0.0016 meetings, 0.004 + 0.00267 + 0.002 leads of 1,000円: 8.67円, 72,222円 a deal."""
    assert said(
        "approval_investment", rounding="none", channel_cost_per_lead=[Fraction(1000)] * 3, deal_size=Fraction(10**11)
    ).startswith("費用は9円、受注1件あたり72,222円です。")


def test_no_lead_is_said_to_be_needed_that_is_rounded_away() -> None:
    """0.4 of a deal is missing, which rounds to no lead: 新しいリードが0件必要です said nothing."""
    months = {"revenue": 10**6, "won_deals": 0, "meetings": 1, "leads": 12, "visits": 1300}
    actuals = {f"actual_{name}": [Fraction(each)] * 3 for name, each in months.items()}
    rates = {"win_rate": Fraction(19, 20), "lead_time_leads": Fraction(0), "opening_leads": Fraction(10**8)}
    assert said("replan_state", template="access", rounding="nearest", **rates, **actuals) == (
        "年間目標まで、保有パイプラインから見込める分のほかに受注0.4件が必要です。"
    )
