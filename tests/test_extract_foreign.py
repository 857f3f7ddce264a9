"""`extract` from a sheet that was never ours: a plan, a template for its stages, and `new` from them gives the sheet's figures."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import office
import pytest
import sweep_strangers
import sweep_taken
from conftest import Ran, page_only, some, values
from foreign.sheets import sheet
from sweep_taken import made
from test_foreign_chain import CALLS, PROPOSALS, QUALIFIED
from test_ods import ENTRIES

from kgisheet import api

Run = Callable[..., Ran]
MONEY: list[list[Any]] = [["売上目標", 80_000_000], ["受注単価", 2_000_000]]
LIST: list[list[Any]] = [["2026年度 Web目標（単位：円）"], ["全体売上", 50_000_000], ["Web売上", 12_000_000], ["受注単価", 4_000_000],
                         ["受注数", 3], ["受注率", "30%"], ["案件化数", 10], ["案件化率", "25%"], ["商談数", 40], ["アポ率", "20%"],
                         ["リード数", 200], ["CV率", "1%"], ["訪問数", 20_000]]  # fmt: skip


def plan_of(*rows: list[Any], **more: Any) -> api.Extracted:
    return api.extract_by_labels(sheet(*rows, **more), "theirs.xlsx")


def codes(extracted: api.Extracted) -> list[str]:
    return [each.code for each in extracted.problems]


# -- worked by hand ------------------------------------------------------------------


def test_a_list_of_our_stages_needs_no_template() -> None:
    extracted = plan_of(*LIST)
    assert (extracted.template, extracted.problems) == (None, [])
    held = values(made(extracted))
    names = ["total_revenue", "web_revenue", "deal_size", "won_deals", "win_rate", "opportunities", "opportunity_rate", "required_meetings", "leads", "visits"]  # fmt: skip
    assert [held[each] for each in names] == [50_000_000, 12_000_000, 4_000_000, 3, 0.3, 10, 0.25, 40, 200, 20_000]
    assert (held["channel_meeting_rate[1]"], held["channel_cvr[1]"], held["title"]) == (
        0.2,
        0.01,
        "2026年度 Web目標（単位：円）",
    )
    assert api.check(made(extracted), "b.xlsx").status == "ok"


def test_stages_of_its_own_are_declared_in_a_template() -> None:
    """8 wins, of 80 talks held, of 100 appointments, of 1,000 connects, of 4,000 calls."""
    extracted = plan_of(["年間目標"], ["売上目標", 16_000_000], ["受注単価", 2_000_000], *CALLS)
    assert extracted.template is not None
    template = api.template_from_toml(extracted.template, "template.toml")
    assert api.check_template(template).inputs
    held = values(made(extracted))
    assert [held[each] for each in ("won_deals", "required_meetings", "leads")] == [8, 100, 4000]
    own = tomllib.loads(extracted.template)["stage"]
    labels = {each["label"]["ja"]: held[each["name"]] for each in own if each["name"].startswith("stage_")}
    assert labels == {"商談実施数": 80, "接続数": 1000}
    assert {each["label"]["ja"] for each in own if "label" in each} == {"商談実施数", "アポ数", "接続数", "架電数"}
    assert tomllib.loads(extracted.plan)["channel"] == [
        {"name": "全体", "share": "100%", "rate_stage_3": "10%", "rate_leads": "25%"}
    ]
    assert api.check(made(extracted), "b.xlsx").status == "ok"


@pytest.mark.parametrize("rows", [QUALIFIED, [["受注数", 20], *PROPOSALS[1:], ["アポ率", "20%"], ["リード数", 500]]])
def test_any_chain_that_ends_in_leads_becomes_a_workbook(rows: list[list[Any]]) -> None:
    extracted = plan_of(["年間"], *rows)
    assert codes(extracted) == ["missing", "missing"]  # revenue and price: not on these sheets
    held = values(made(extracted, {"total_revenue": 40_000_000, "web_revenue": 40_000_000, "deal_size": 1_000_000 if rows is QUALIFIED else 2_000_000}))  # fmt: skip
    figures = {each for row in rows for each in row[1:] if isinstance(each, int)}
    assert figures <= set(held.values())


CHANNELS: list[list[Any]] = [["年間（単位：円）"], *MONEY, ["受注数", 40], ["商談受注率", "25%"], ["商談数", 160], [],
                             ["チャネル", "配分", "商談数", "アポ率", "リード数", "CV率", "訪問数"],
                             ["広告", "25%", 40, "10%", 400, "1%", 40_000], ["SEO", "50%", 80, "20%", 400, "2%", 20_000],
                             ["展示会", "25%", 40, "40%", 100, "", ""], ["合計", "100%", 160, "", 900, "", 60_000]]  # fmt: skip


def test_channels_keep_their_shares_rates_and_counts() -> None:
    extracted = plan_of(*CHANNELS)
    held = values(made(extracted))
    assert [held[f"channel_name[{at}]"] for at in (1, 2, 3)] == ["広告", "SEO", "展示会"]
    assert [held[f"channel_meetings[{at}]"] for at in (1, 2, 3)] == [40, 80, 40]
    assert [held[f"channel_meeting_rate[{at}]"] for at in (1, 2, 3)] == [0.1, 0.2, 0.4]
    assert [held[f"channel_leads[{at}]"] for at in (1, 2, 3)] == [400, 400, 100]
    assert [held[f"channel_visits[{at}]"] for at in (1, 2, 3)] == [40_000, 20_000, None]
    assert (held["won_deals"], held["required_meetings"], held["leads"], held["visits"]) == (40, 160, 900, 60_000)
    assert codes(extracted) == ["assumed"]  # that there is no other revenue


def test_channels_without_shares_are_given_by_their_meetings() -> None:
    rows = [[each for at, each in enumerate(row) if at != 1] if row[1:] and row[0] in ("チャネル", "広告", "SEO", "展示会", "合計") else row for row in CHANNELS]  # fmt: skip
    channels = tomllib.loads(plan_of(*rows).plan)["channel"]
    assert [(each["name"], each["meetings"]) for each in channels] == [("広告", 40), ("SEO", 80), ("展示会", 40)]


MONTHS = ["4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月", "1月", "2月", "3月"]
DEALS = [2, 2, 3, 3, 2, 4, 3, 3, 4, 2, 3, 5]


def monthly(*more: list[Any], leads: list[int] | None = None) -> list[list[Any]]:
    leads = leads or [each * 20 for each in DEALS]
    return [["2026年度 月次計画（円）"], ["受注単価", 2_000_000], ["商談受注率", "25%"], ["アポ率", "20%"], *more, ["", *MONTHS, "年間"],
            ["売上目標", *(each * 2_000_000 for each in DEALS), 72_000_000], ["受注数", *DEALS, 36],
            ["商談数", *(each * 4 for each in DEALS), 144], ["リード数", *leads, sum(leads)]]  # fmt: skip


def test_twelve_months_come_along() -> None:
    extracted = plan_of(*monthly())
    held = values(made(extracted))
    assert (held["start_month"], held["won_deals"], held["required_meetings"], held["leads"]) == ("2026-04", 36, 144, 720)
    for name, times in (("won_deals", 1), ("meetings", 4), ("leads", 20), ("revenue", 2_000_000)):
        assert [held[f"month_{name}[{at}]"] for at in range(1, 13)] == [each * times for each in DEALS]
    assert "override" not in tomllib.loads(extracted.plan)["months"]


def test_months_that_the_weights_do_not_give_are_typed_over() -> None:
    """Leads of another season: 60 each month, 720 in all."""
    extracted = plan_of(*monthly(leads=[60] * 12))
    held = values(made(extracted))
    assert [held[f"month_leads[{at}]"] for at in range(1, 13)] == [60] * 12
    assert [held[f"month_meetings[{at}]"] for at in range(1, 13)] == [each * 4 for each in DEALS]
    assert held["year_leads"] == 720


def test_a_sheet_that_works_forward_keeps_its_counts_and_its_rates_are_made_exact() -> None:
    """12,000 × 1.3 % = 156, × 22 % = 34.3, × 24 % = 8.2. Back: 8 ÷ 24 % is 34, but 34 ÷ 22 % 155, not 156: 21.8 % it is."""
    extracted = plan_of(["月間"], ["訪問数", 12_000], ["CV率", "1.3%"], ["リード数", 156], ["アポ率", "22%"], ["商談数", 34], ["商談受注率", "24%"], ["受注数", 8])  # fmt: skip
    held = values(made(extracted, {"total_revenue": 8_000_000, "web_revenue": 8_000_000, "deal_size": 1_000_000}))
    assert [held[each] for each in ("won_deals", "required_meetings", "leads", "visits")] == [8, 34, 156, 12_000]
    assert (held["win_rate"], held["channel_cvr[1]"], held["period"]) == (0.24, 0.013, "月間")
    assert round(held["channel_meeting_rate[1]"], 2) == 0.22
    assert [each.what.ja for each in extracted.problems if each.code == "assumed"] == [
        "22% は丸めた率と見て、数に合う 21.8% としました"
    ]


@pytest.mark.parametrize(
    ("deals", "mode"),
    [((35, 125, 278, 3971), "nearest"), ((35, 125, 278, 3972), "up"), ((35, 125, 277, 3957), "down")],
)
def test_its_rounding_is_taken_over(deals: tuple[int, ...], mode: str) -> None:
    """35 ÷ 28 % = 125; 125 ÷ 45 % = 277.8; 278 ÷ 7 % = 3,971.4, 277 ÷ 7 % = 3,957.1."""
    won, cases, talks, leads = deals
    extracted = plan_of(["年間"], ["受注数", won], ["受注率", "28%"], ["案件化数", cases], ["案件化率", "45%"], ["商談数", talks], ["アポ率", "7%"], ["リード数", leads])  # fmt: skip
    assert tomllib.loads(extracted.plan)["rounding"] == mode
    held = values(made(extracted, {"total_revenue": 35_000_000, "web_revenue": 35_000_000, "deal_size": 1_000_000}))
    assert [held[each] for each in ("won_deals", "opportunities", "required_meetings", "leads")] == list(deals)


# -- what is said ----------------------------------------------------------------------


def test_what_a_plan_needs_and_the_sheet_lacks_is_asked_for() -> None:
    extracted = plan_of(["年間"], ["商談数", 100], ["アポ率", "20%"], ["リード数", 500])
    assert [(each.code, each.key) for each in extracted.problems] == [
        ("missing", "total_revenue, web_revenue"),
        ("missing", "deal_size"),
        ("missing", "win_rate"),
        ("unverified", None),
    ]
    with pytest.raises(api.PlanError):
        made(extracted)


def test_a_sheet_of_leads_and_visits_keeps_its_months_and_asks_for_what_is_above() -> None:
    rows = [["2026年度（円）"], ["", *MONTHS, "年間"], ["リード数", *(each * 20 for each in DEALS), 720], ["CV率", *(["2%"] * 12)],
            ["訪問数", *(each * 1000 for each in DEALS), 36_000]]  # fmt: skip
    extracted = plan_of(*rows)
    plan = tomllib.loads(extracted.plan)
    assert (plan["months"]["weights"], plan["channel"][0]["cvr"]) == (DEALS, "2%")
    assert [each.key for each in extracted.problems if each.code == "missing"] == ["total_revenue, web_revenue", "deal_size", "win_rate", "meeting_rate"]  # fmt: skip


def test_counts_that_are_not_rounded_stay_so() -> None:
    """20 ÷ 30 % = 66.67, ÷ 50 % = 133.33, ÷ 20 % = 666.67."""
    rows = [
        ["年間"],
        ["受注数", 20],
        ["受注率", "30%"],
        ["案件化数", 66.67],
        ["案件化率", "50%"],
        ["商談数", 133.33],
        ["アポ率", "20%"],
        ["リード数", 666.67],
    ]
    extracted = plan_of(*rows)
    assert tomllib.loads(extracted.plan)["rounding"] == "none"
    held = values(made(extracted, {"total_revenue": 20_000_000, "web_revenue": 20_000_000, "deal_size": 1_000_000}))
    assert [round(held[each], 2) for each in ("opportunities", "required_meetings", "leads")] == [66.67, 133.33, 666.67]
    assert (held["win_rate"], held["opportunity_rate"], held["channel_meeting_rate[1]"]) == (0.3, 0.5, 0.2)


ODD = ["=cmd|' /C calc'!A0", "{x.label}数", '受"注\\数', "<script>数", "a" * 39 + "数", "_x000D_数", "数"]


@pytest.mark.parametrize("name", ODD)
def test_odd_labels_are_data_in_plan_and_template(name: str) -> None:
    rows = [
        ["年間"],
        ["受注数", 20],
        [f"受注率（{name}→受注）", "40%"],
        [name, 50],
        [f"率（アポ→{name}）", "50%"],
        ["アポ数", 100],
        ["アポ率", "20%"],
        ["リード数", 500],
    ]
    extracted = plan_of(*rows)
    tomllib.loads(extracted.plan)
    gaps = [each for each in extracted.problems if each.code == "missing"]
    if extracted.template is not None and len(gaps) == 2:
        held = values(made(extracted, {"total_revenue": 20_000_000, "web_revenue": 20_000_000, "deal_size": 1_000_000}))
        assert (held["won_deals"], held["leads"]) == (20, 500)


def test_a_wrong_figure_is_said_to_differ_at_its_cell() -> None:
    rows = [list(row) for row in LIST]
    rows[8][1] = 45
    extracted = plan_of(*rows)
    (problem,) = extracted.problems
    assert (problem.code, problem.key) == ("differs", "Sheet!B9")
    assert problem.what.ja == "商談数はシートでは 45、計画からは 40 になります"


def test_what_has_no_place_is_listed_with_its_cells() -> None:
    extracted = plan_of(*LIST, ["CPL", 10_000], ["広告費", 2_000_000])
    said = " ".join(each.what.ja for each in extracted.problems)
    assert "B14 CPL" in said
    assert "B15" in said


@pytest.mark.parametrize(("first", "taken_", "left_"), [("年間", [24, 96, 480], "C2"), ("月間", [2, 8, 40], "C2")])
def test_of_plans_side_by_side_one_is_taken_and_the_others_are_said(first: str, taken_: list[int], left_: str) -> None:
    """Of a year and a month the one that the labels are beside; every other figure is listed with its cell."""
    year, month = ["年間", 24, 96, 480], ["月間", 2, 8, 40]
    one, two = (year, month) if first == "年間" else (month, year)
    rows = [["", one[0], two[0]], ["受注数", one[1], two[1]], ["商談受注率", "25%", "25%"], ["商談数", one[2], two[2]], ["アポ率", "20%", "20%"], ["リード数", one[3], two[3]]]  # fmt: skip
    extracted = plan_of(*rows)
    won = taken_[0] * 1_000_000
    held = values(made(extracted, {"total_revenue": won, "web_revenue": won, "deal_size": 1_000_000}))
    assert [held[each] for each in ("won_deals", "required_meetings", "leads")] == taken_
    assert held["period"] == first
    assert any(left_ in each.what.ja for each in extracted.problems if each.code == "left")


def test_a_range_is_said() -> None:
    rows = [
        ["年間（円）"],
        *MONEY,
        ["受注数", 40],
        ["商談受注率", "20〜25%"],
        ["商談数", "160〜200件"],
        ["アポ率", "20%"],
        ["リード数", "800〜1,000件"],
    ]
    extracted = plan_of(*rows)
    assert values(made(extracted))["leads"] == 1000  # 40 ÷ 20 % ÷ 20 %
    assert any(each.what.ja == "範囲のうち 20% で計算します" for each in extracted.problems)
    assert "differs" not in codes(extracted)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([["日付", "項目", "金額"], ["4/1", "交通費", 1200]], "目標シートとして読み取れませんでした"),
        ([["売上目標", 100], ["単価", 10]], "段階"),
    ],
)
def test_what_is_no_goal_sheet_makes_no_plan(rows: list[list[Any]], says: str) -> None:
    with pytest.raises(api.BookError) as refused:
        plan_of(*rows)
    assert says in refused.value.problems[0].what.ja


# -- every stranger's sheet ---------------------------------------------------------------


@pytest.mark.parametrize(
    "entry", some([each for each in ENTRIES if each["kind"] == "right"], 24), ids=lambda each: each["name"]
)
def test_every_figure_is_in_the_new_workbook_or_said(entry: dict[str, Any]) -> None:
    """Nothing is lost in silence: each figure is a value of the workbook, to its digits, or in a note."""
    data = sweep_strangers.workbook(entry)
    try:
        found = sweep_taken.taken(data)
    except api.BookError:
        return  # no chain of stages in it, said
    assert found.lost == []
    # X05: it rounds to the nearest, and says so; I05: its price is in dollars, or in thousands.
    assert found.found <= {"X05", "I05"}


def test_the_new_workbook_gives_the_same_plan_back() -> None:
    extracted = plan_of(*CHANNELS)
    again, left = api.extract(made(extracted), "b.xlsx")
    assert left == []
    one, two = (api.plan_from_toml(each, "p.toml", "ja") for each in (extracted.plan, again))
    assert one.inputs == two.inputs


# -- the command line -----------------------------------------------------------------------


def test_plan_and_template_are_written_and_make_a_workbook(kgisheet: Run, tmp_path: Path) -> None:
    (tmp_path / "theirs.xlsx").write_bytes(sheet(["年間（円）"], ["売上目標", 16_000_000], ["受注単価", 2_000_000], *CALLS))
    ran = kgisheet("extract", "theirs.xlsx")
    assert (ran.code, ran.out, "-o PLAN.toml" in ran.err) == (2, b"", True)
    ran = kgisheet("extract", "theirs.xlsx", "-o", "plan.toml")
    assert (ran.code, "plan-template.toml is the template" in ran.err) == (0, True)
    assert kgisheet("template", "check", "plan-template.toml").code == 0
    assert kgisheet("new", "plan.toml", "-o", "goal.xlsx").code == 0
    assert kgisheet("check", "goal.xlsx").code == 0
    shown = json.loads(kgisheet("show", "goal.xlsx", "--json").out)
    assert {each["label"]: each["value"] for each in shown["cells"] if each["name"] in ("leads", "stage_3")} == {"接続数": 1000, "架電数": 4000}  # fmt: skip
    (tmp_path / "plan.toml").unlink()
    ran = kgisheet("extract", "theirs.xlsx", "-o", "plan.toml")
    assert (ran.code, (tmp_path / "plan.toml").exists()) == (2, False)  # the template is there already: nothing is written


def test_a_csv_and_an_ods_give_the_same_plan(kgisheet: Run, tmp_path: Path) -> None:
    import filekinds

    data = sheet(*LIST)
    for name, made_ in (("a.xlsx", data), ("a.ods", filekinds.ods(data)), ("a.csv", filekinds.csv_of(data, "cp932"))):
        (tmp_path / name).write_bytes(made_)
    plans = {name: kgisheet("extract", name) for name in ("a.xlsx", "a.ods", "a.csv")}
    assert {each.code for each in plans.values()} == {0}
    assert len({each.out for each in plans.values()}) == 1


def test_an_export_of_our_own_workbook_asks_for_the_book(kgisheet: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "÷ 受注率(案件→受注),30%\n○ 目標に届く計画です,\n合計を100%にします,\n÷ アポ率(リード→商談),\n受注数,3\n",
        encoding="utf-8",
    )
    ran = kgisheet("extract", "a.csv")
    assert (ran.code, ".xlsx" in ran.err) == (3, True)


@pytest.mark.office
def test_an_ods_of_our_own_workbook_gives_its_plan(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(page_only())
    (made_,) = office.convert([tmp_path / "a.xlsx"], "ods", tmp_path / "out")
    text, left = api.extract(made_.read_bytes(), "a.ods")
    assert text == api.extract(page_only(), "a.xlsx")[0]
    assert left == []
