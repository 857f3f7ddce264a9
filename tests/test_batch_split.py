"""``kgisheet batch --split``: one goal shared so that whole numbers add up at every stage, and each workbook proves its part."""

from __future__ import annotations

import random
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import hands
import pytest
from test_batch import PLAN

from kgisheet import api
from kgisheet.handout import split
from kgisheet.handout.plans import base
from kgisheet.handout.roster import roster
from kgisheet.handout.shares import shared, shared_within

STAGES = ("web_revenue", "total_revenue", "won_deals", "opportunities", "required_meetings", "meetings", "leads", "visits")


def handed_out(people: str, plan: str = PLAN, lang: str = "ja") -> list[dict[str, Any]]:
    """The figures of each row's workbook, each of which has to pass its check."""
    found = []
    for each in api.batch((people.encode(), "roster.csv"), api.PlanText(plan, "plan.toml"), lang, split="web_revenue"):
        assert each.data is not None, [problem.to("en") for problem in each.problems]
        report = api.check(each.data, "goal.xlsx")
        assert (report.status, [found.message.en for found in report.findings if found.severity != "note"]) == ("ok", [])
        found.append({record.name: record.value for record in api.records_of_book(each.data, "goal.xlsx")[1]})
    return found


def department(plan: str) -> Mapping[str, Any]:
    return {record.name: record.value for record in api.records_of_plan(api.plan_from_toml(plan, "plan.toml", "ja"), "ja")}


def total(sheets: list[dict[str, Any]], name: str) -> Any:
    return sum(sheet[name] or 0 for sheet in sheets)


def test_five_managers_add_up_to_the_department_at_every_stage() -> None:
    """3/10/40/217/21,700 in five; channel by channel 100, 67 and 50 leads: 20, 14 or 13, and 10 each."""
    sheets = handed_out("file,web_revenue\n" + "".join(f"{each},20%\n" for each in "abcde"))
    assert [sheet["web_revenue"] for sheet in sheets] == [2_400_000] * 5
    assert [sheet["won_deals"] for sheet in sheets] == [1, 1, 1, 0, 0]
    assert [sheet["opportunities"] for sheet in sheets] == [2] * 5
    assert [sheet["meetings"] for sheet in sheets] == [8] * 5
    assert [sheet["leads"] for sheet in sheets] == [44, 44, 43, 43, 43]
    assert [sheet["channel_leads[2]"] for sheet in sheets] == [14, 14, 13, 13, 13]
    assert [sheet["visits"] for sheet in sheets] == [4340] * 5
    assert {name: total(sheets, name) for name in STAGES} == {name: department(PLAN)[name] for name in STAGES}


def test_the_largest_remainders_get_the_rest() -> None:
    """3 deals by 50, 30 and 20: 1.5, 0.9 and 0.6 are 1 and twice the larger remainder: 1, 1, 1."""
    sheets = handed_out("file,weight\na,5\nb,3\nc,2\n")
    assert [sheet["won_deals"] for sheet in sheets] == [1, 1, 1]
    assert [sheet["leads"] for sheet in sheets] == [109, 65, 43]  # 108.5, 65.1, 43.4


def test_without_a_column_all_get_the_same() -> None:
    sheets = handed_out("file\na\nb\n")
    assert [sheet["web_revenue"] for sheet in sheets] == [6_000_000] * 2
    assert [sheet["leads"] for sheet in sheets] == [109, 108]


OFFLINE = PLAN.replace('meeting_rate = "20%"\ncvr = "1%"', 'meeting_rate = "20%"')
TYPED = PLAN.replace('share = "25%"', "meetings = 11").replace('share = "50%"', "meetings = 18")
LATER = PLAN.replace("目標設定", "月次予実', '目標設定").replace("[[channel]]", "[months]\nweights = 'ramp'\n[[channel]]", 1)
SKIPPED = PLAN.replace('opportunity_rate = "25%"', 'opportunity_rate = "25%"\nopportunity_stage = "skip"')
SHORT = PLAN.replace('opportunity_rate = "25%"\n', "")
DOWN = PLAN.replace('win_rate = "30%"', 'win_rate = "30%"\nrounding = "nearest"')


@pytest.mark.parametrize(
    ("plan", "lang"),
    [(OFFLINE, "ja"), (TYPED, "ja"), (LATER, "ja"), (SKIPPED, "en"), (SHORT, "ja"), (DOWN, "ja")],
    ids=["offline", "typed", "months", "skipped", "short", "nearest"],
)
def test_every_kind_of_plan_adds_up(plan: str, lang: str) -> None:
    sheets = handed_out("file,web_revenue\na,7\nb,5\nc,0.5\nd,3\n", plan, lang)
    whole = department(plan)
    for name in (*STAGES, "channel_leads[1]", "channel_leads[3]", "channel_visits[2]", "channel_meetings[3]"):
        if name in whole:
            assert total(sheets, name) == (whole[name] or 0), name
    if "year_leads" in whole:
        assert total(sheets, "year_leads") == whole["year_leads"]


def test_the_request_for_approval_says_what_is_assigned_and_what_the_share_comes_to() -> None:
    """A tenth of 3 deals is 0.3, and nobody expects 120万円 from 0 deals; of 10 opportunities it is 1, of 40 meetings 4."""
    plan = PLAN.replace("目標設定", "稟議")
    for lang, effect, why in (
        (
            "ja",
            "部門の目標のうち、Web経由の受注金額120万円を受け持ちます",
            "部門の受注3件のうち0件(比率どおりなら0.3件)が割当です。案件は1件、商談は4件",
        ),
        (
            "en",
            "This part of the department's goal is worth ¥1.2 million",
            "this part has 0 (exact share: 0.3). Opportunities: 1; meetings: 4",
        ),
    ):
        small = handed_out("file,weight\na,1\nb,9\n", plan, lang)[0]
        assert small["won_deals"] == 0
        assert small["approval_effect"].startswith(effect)
        assert why in small["approval_why"]


def test_what_is_there_today_is_shared_along_and_a_row_keeps_its_own() -> None:
    """1,001 visits in halves are 501 and 500, 7 leads of the pipeline 4 and 3; b has 90 visits of its own beside them."""
    plan = (
        PLAN.replace('cvr = "1%"', 'cvr = "1%"\ncurrent_visits = 1001', 2).replace("目標設定", "現状とのギャップ', '月次予実")
        + "[months.opening]\nleads = 7\n"
    )
    a, b = handed_out("file,channel.オーガニック.current_visits\na,\nb,90\n", plan)
    assert [sheet["channel_current_visits[1]"] for sheet in (a, b)] == [501, 500]
    assert [sheet["channel_current_visits[2]"] for sheet in (a, b)] == [501, 90]
    assert [sheet["opening_leads"] for sheet in (a, b)] == [4, 3]


def test_where_nothing_is_rounded_fractions_add_up() -> None:
    plan = PLAN.replace('win_rate = "30%"', 'win_rate = "30%"\nrounding = "none"')
    sheets = handed_out("file\na\nb\nc\n", plan)
    assert "assigned_share" not in sheets[0]
    assert total(sheets, "leads") == pytest.approx(216.6666667)


def test_a_changed_assignment_is_found() -> None:
    """The workbook proves its part: 0.6 of a deal is 0 or 1, not 2."""
    row = next(api.batch((b"file\na\nb\nc\nd\ne\n", "r.csv"), api.PlanText(LATER, "p"), "ja", "web_revenue"))
    assert row.data is not None
    for typed, said in ((0, "○"), (2, "×")):
        made = api.regenerate(hands.typed(row.data, assigned_won_deals=typed), "goal.xlsx")
        figures = {each.name: each.value for each in api.records_of_book(made.data, "goal.xlsx")[1]}
        assert (figures["won_deals"], figures["check_assigned"][0]) == (typed, said)


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ("file,web_revenue\na,50%\nb,40%\n", "the shares add up to 90%"),
        ("file,web_revenue\na,50%\nb,0.5\n", "some are shares (%), others weights (bare numbers)"),
        ("file,web_revenue\na,三割\nb,7割\n", "“三割” can't be read as a share → write a share such as 30%"),
        ("file,weight\na,30人\nb,20人\n", "“30人” can't be read as a share → write a share such as 30%"),
        ("file,weight\na,800万円\nb,300万円\n", "the amounts add up to ¥11,000,000, and the plan's goal is ¥12,000,000"),
        ("file,web_revenue\na,8000000\nb,3000000\n", "the amounts add up to ¥11,000,000, and the plan's goal is ¥12,000,000"),
        ("file,web_revenue\na,\nb,1\n", "the share is missing"),
        ("file,web_revenue\na,-1\nb,1\n", "-1"),
        ("file,web_revenue\na,0\nb,0\n", "all the shares are 0"),
        ("file,web_revenue,weight\na,1,1\n", "two columns of shares"),
    ],
)
def test_shares_that_are_none(people: str, said: str) -> None:
    with pytest.raises(api.CsvError) as refused:
        list(api.batch((people.encode(), "roster.csv"), api.PlanText(PLAN, "plan.toml"), "ja", split="web_revenue"))
    assert said in refused.value.problems[0].to("en")
    assert refused.value.problems[0].source == "roster.csv"


@pytest.mark.parametrize(
    "people",
    [
        "file,web_revenue\na,900万円\nb,300万円\n",  # amounts, where they add up to the goal
        "file,web_revenue\na,9000000\nb,3000000\n",
        "file,weight\na,90000000\nb,30000000\n",  # last year's sales, say: a weight may have any size
        "file,web_revenue\na,7割5分\nb,25%\n".replace("7割5分", "7.5割"),
    ],
)
def test_parts_as_people_write_them(people: str) -> None:
    assert [sheet["web_revenue"] for sheet in handed_out(people)] == [9_000_000, 3_000_000]


@pytest.mark.parametrize(
    ("column", "value", "plan"),
    [
        ("deal_size", "200万円", PLAN),
        ("win_rate", "29.99%", PLAN),  # the counts are the same; what they were rounded from is not
        ("channel.メルマガ.meeting_rate", "40%", PLAN),
        ("channel.メルマガ.cvr", "2%", PLAN),
        ("total_revenue", "3億円", PLAN),
        ("rounding", "down", PLAN),
        ("period", "month", PLAN),
        ("template", "access", PLAN),
        ("start_from", "deals", PLAN.replace("[[channel]]", "monthly_deals = 3\n[[channel]]", 1)),
    ],
)
def test_a_row_has_what_the_counts_are_made_of_from_the_plan(column: str, value: str, plan: str) -> None:
    """Else it would say 60 % beside counts that are 40 %; the other rows are made."""
    people = f"file,owner,web_revenue,{column}\na,x,50%,{value}\nb,y,50%,\n".encode()
    first, second = api.batch((people, "roster.csv"), api.PlanText(plan, "plan.toml"), "ja", split="web_revenue")
    assert (first.data, second.problems) == (None, ())
    said = first.problems[0]
    assert (said.line, said.key) == (2, column)
    assert "leave out --split" in said.to("en")


def test_a_row_may_have_its_own_words_months_and_present_visits() -> None:
    people = "file,owner,start,months.weights,channel.広告.current_visits\na,x,2026-10,ramp,90\nb,y,,,80\n"
    assert [sheet["won_deals"] for sheet in handed_out(people)] == [2, 1]


def test_a_goal_that_follows_from_deals_is_refused_with_the_same_goal_as_an_amount() -> None:
    """1 deal a month at 400万円 is 4,800万円 a year."""
    plan = PLAN.replace('web_revenue = "1,200万円"', 'start_from = "deals"\nmonthly_deals = 1')
    with pytest.raises(api.PlanError) as refused:
        list(api.batch((b"file\na\nb\n", "roster.csv"), api.PlanText(plan, "plan.toml"), "ja", split="web_revenue"))
    assert 'plan.toml:5: start_from: its web revenue follows from start_from = "deals"' in refused.value.problems[0].to("en")
    assert 'write web_revenue = "48,000,000"' in refused.value.problems[0].to("en")


def test_another_key_is_refused() -> None:
    with pytest.raises(api.RequestError):
        split.tables(base(PLAN, "p", "ja"), roster(b"file\na\n", "r"), "deal_size")


def test_parts_add_up_and_are_less_than_one_off() -> None:
    """Rows by largest remainder of the columns' sum, each column to the whole, each part its quota rounded up or down."""
    rng = random.Random(7)  # noqa: S311
    for _ in range(150):
        weights = [Fraction(rng.randint(0, 20)) for _ in range(rng.choice([2, 3, 5, 12]))]
        weights[0] += 1
        columns = [rng.randint(0, 400) for _ in range(rng.randint(1, 8))]
        table = shared_within(columns, weights)
        assert [sum(row[at] for row in table) for at in range(len(columns))] == columns
        assert [sum(row) for row in table] == shared(sum(columns), weights)
        for row, weight in zip(table, weights, strict=True):
            assert all(abs(part - whole * weight / sum(weights)) < 1 for part, whole in zip(row, columns, strict=True))
