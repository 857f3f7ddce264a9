"""Two stages more, calls and connects, declared in a template alone (samples/inside-sales): everything goes with them.

The chain: visits → leads → calls → connects → meetings → opportunities → won deals. The sample's 60,000,000 yen at
2,000,000 a deal are 30 deals, 120 opportunities (25 %), 240 meetings (50 %), of which 144 and 96 are the two channels'.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable
from pathlib import Path

import pytest
import referee
from conftest import ROOT, Ran, more, values
from seeding.package import packed, set_cell, unpacked

import kgisheet
from kgisheet import api

SAMPLE = ROOT / "samples" / "inside-sales"
PLAN = (SAMPLE / "plan.toml").read_text(encoding="utf-8")
APRIL = """
[[actual]]
month = "2026-04"
revenue = 6_000_000
won_deals = 3
opportunities = 9
meetings = 27
connects = 130
calls = 200
leads = 290
visits = 6100
"""


MQLS = """
[template]
schema = 1
name = "mqls"
base = "standard"

[[stage]]
name = "mqls"
after = "meetings"
label = { ja = "MQL数", en = "MQLs" }

[stage.rate]
name = "meeting_rate_of_mqls"
label = { ja = "MQL商談化率", en = "MQL meeting rate" }

[[stage]]
name = "leads"

[stage.rate]
name = "mql_rate"
label = { ja = "MQL率", en = "MQL rate" }
"""


def own(_: str) -> api.Declaration:
    return api.template_from_toml((SAMPLE / "template.toml").read_text(encoding="utf-8"), "template.toml")


def planned(text: str) -> api.Plan:
    sheets = "all" if more([text]) else "目標設定,月次予実,月別,予実サマリー,現状とのギャップ"
    return api.plan_from_toml(text, "plan.toml", "en", [f"sheets={sheets}"], open_template=own)


@functools.cache
def book(text: str = PLAN) -> bytes:
    return api.workbook(planned(text), "en")


def place(data: bytes, name: str) -> tuple[str, str]:
    record = next(each for each in api.records_of_book(data, "b.xlsx")[1] if each.name == name)
    return str(record.sheet), str(record.cell)


def test_no_module_knows_the_stages() -> None:
    modules = [path.read_text(encoding="utf-8") for path in Path(kgisheet.__file__).parent.rglob("*.py")]
    assert len(modules) > 100
    assert not [text for text in modules if '"connects"' in text or '"calls"' in text or "_calls" in text]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        # The page. 144 / 30 % and 96 / 15 % connects; 480 / 40 % and 640 / 30 % calls; 1,200 / 95 % and 2,134 / 80 % leads.
        ("channel_connects[1]", 480),
        ("channel_connects[2]", 640),
        ("channel_calls[1]", 1200),
        ("channel_calls[2]", 2134),  # 2,133.3
        ("channel_leads[1]", 1264),  # 1,263.2
        ("channel_leads[2]", 2668),  # 2,667.5
        ("calls", 3334),
        # The months: calls come three months before the win. Before the year 2 + 2 + 3 of 28 parts of 3,334: 833.5;
        # with April's (July's wins) 9 of 28: 1,071.6 → 1,072, of which 834 were before.
        ("before_calls", 834),
        ("month_calls[1]", 238),
        ("year_calls", 2500),
        ("year_calls_gap", 0),
        # The tabs have the goal, and next year's part in the last three months.
        ("2026-04!goal_calls", 238),
        ("2027-03!goal_next_calls", 358),  # the 3 parts of next June: 7 of 28 parts less 4, 833.5 → 834 less 476.3 → 476
        # Gap to goal: 30,000 × 1.5 % × 95 % and 2,000 × 80 % calls; of these 40 % and 30 % connect.
        ("forecast_calls", 2027.5),
        ("forecast_connects", 651),
        ("gap_calls", 1306.5),
        # The scenarios round stage by stage, like the page.
        ("standard_leads", 3932),
    ],
)
def test_worked_by_hand(cell: str, expected: float) -> None:
    assert values(book())[cell] == pytest.approx(expected)


def test_the_summary_judges_the_new_stages() -> None:
    # April: 200 calls of 238; every other stage has what it should.
    held = values(book('sheets = ["all"]\n' + PLAN + APRIL))
    assert held["now_state_calls"] == "✗ Behind"
    assert held["now_state_connects"] == "✓ On track"
    assert "“Calls”" in str(held["headline"])
    # 130 connects of 200 calls were better than planned, 200 calls of 290 leads (238 of 281 planned) were not.
    assert "Call rate" in str(held["weak_stage"])
    # The re-plan starts from the leads, calls and connects that are there.
    assert held["replan_from"] == 1
    assert isinstance(held["replan_calls_year"], (int, float))


@pytest.mark.office
def test_libreoffice_works_out_the_same() -> None:
    data = book(PLAN + APRIL)
    (theirs,) = referee.by_libreoffice([data])
    assert referee.differences(referee.cached(data), theirs, referee.formulas(data)) == []


def test_check_is_clean_and_a_figure_over_a_formula_is_told() -> None:
    assert [each for each in api.check(book(), "b.xlsx").findings if each.severity != "note"] == []
    sheet, cell = place(book(), "channel_calls[2]")
    parts = unpacked(book())
    set_cell(parts, (sheet, cell), 1500)
    report = api.check(packed(parts), "b.xlsx")
    assert (sheet, cell) in {(each.sheet, each.cell) for each in report.findings if each.severity == "error"}


def test_monthly_follows_a_raised_plan_and_rolls_on() -> None:
    begun = PLAN + APRIL
    raised = begun.replace('"6,000万円"', '"8,000万円"')
    made = api.regenerate(book(begun), "b.xlsx", api.PlanText(raised, "plan.toml", (), own))
    held = values(made.data)
    # 80,000,000 yen: 40 deals, 320 meetings, of which 192 and 128: 640 and 854 connects (853.3), 1,600 and 2,847 calls.
    assert (held["calls"], held["connects"]) == (4447, 1494)
    assert held["month_calls_initial[1]"] == 238
    assert [each for each in api.check(made.data, "b.xlsx").findings if each.severity == "error"] == []
    rolled = values(api.regenerate(made.data, "b.xlsx", start=datetime.date(2027, 4, 1)).data)
    assert rolled["start_month"] == "2027-04"
    assert rolled["year_calls_page"] == 4447


def test_actuals_as_csv_know_the_stages_by_their_labels() -> None:
    """In both forms; 接続 is 接続数, as 商談 is 商談数."""
    wide = "月,リード数,架電数,接続数\n2026-04,290,200,130\n"
    long = "Month,Stage,Actual\n2026-04,Leads,290\n2026-04,Calls,200\n2026-04,接続,130\n2026-04,たぬき,1\n"
    came = {"2026-04!actual_leads": 290, "2026-04!actual_calls": 200, "2026-04!actual_connects": 130}
    for text in (wide, long.replace("2026-04,たぬき,1\n", "")):
        made = api.regenerate(book(), "b.xlsx", actuals=(text.encode(), "a.csv"))
        assert came.items() <= values(made.data).items()
    with pytest.raises(api.CsvError, match=r"たぬき.*available: revenue, .*, visits, connects, calls"):
        api.regenerate(book(), "b.xlsx", actuals=(long.encode(), "a.csv"))


def test_a_stage_that_is_called_as_others_call_leads_is_itself() -> None:
    template = api.template_from_toml(MQLS, "mqls.toml")
    data = api.workbook(api.plan_from_example("en", ["sheets=目標設定,月次予実,月別"], template=template), "en")
    actuals = "月,リード数,MQL\n2026-04,80,40\n"  # without such a stage, both are leads
    made = api.regenerate(data, "b.xlsx", actuals=(actuals.encode(), "a.csv"))
    assert {"2026-04!actual_leads": 80, "2026-04!actual_mqls": 40}.items() <= values(made.data).items()


def test_the_example_of_a_base_is_inherited_as_far_as_the_chain_has_it(kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    """It knows no MQL rates; they are 50 % until the template has an example of its own."""
    (tmp_path / "mqls.toml").write_text(MQLS, encoding="utf-8")
    ran = kgisheet("template", "check", str(tmp_path / "mqls.toml"))
    assert (ran.code, ran.err) == (0, "")
    held = values(api.workbook(api.plan_from_example("en", template=api.template_from_toml(MQLS, "mqls.toml")), "en"))
    assert (held["required_meetings"], held["mqls"], held["leads"]) == (40, 80, 160)


def test_diff_tells_what_a_rate_of_a_new_stage_moves() -> None:
    other = PLAN.replace('connect_rate = "40%"', 'connect_rate = "50%"')
    said = api.diff((book(), "a.xlsx"), (book(other), "b.xlsx"))
    moved = {each.name: (each.before, each.after) for each in said.stages if each.before != each.after and not each.flow}
    assert moved["calls"] == (3334, 3094)  # 480 / 50 % = 960 calls instead of 1,200
    assert "connects" not in moved


def test_the_plan_comes_back_with_the_lead_times_of_the_new_stages() -> None:
    text, problems = api.extract(book(), "b.xlsx")
    assert problems == []
    assert planned(text).inputs == planned(PLAN).inputs


def test_a_lead_time_of_a_stage_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(api.PlanError) as refused:
        planned(PLAN.replace("calls = 3,", "emails = 3,"))
    (problem,) = refused.value.problems
    assert problem.fix is not None
    assert problem.fix.en == "available: opportunities, meetings, connects, calls, leads"
