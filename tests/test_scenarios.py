"""強気・標準・弱気: one switch multiplies the rates throughout the workbook (docs/worksheet.md, 1, worked example).

Pessimistic, all rates × 90 %, by hand: 3 deals ÷ 27 % = 11.11 → 12 opportunities; ÷ 22.5 % = 53.33 → 54 meetings,
split 25/50/25 by cumulative rounding: 14 (13.5), 27 (40.5 → 41), 13; leads 14 ÷ 9 % = 155.56 → 156, 27 ÷ 27 % = 100,
13 ÷ 18 % = 72.22 → 73; visits ÷ 0.9 %: 17,334 + 11,112 + 8,112.
"""

from __future__ import annotations

import functools
import io
from typing import Any

import hands
import openpyxl
import pytest
import referee
import stored
from conftest import book as whole
from conftest import page_and_beyond, page_only, some

from kgisheet import api
from kgisheet.errors import PlanError

STAGES = ("opportunities", "meetings", "leads", "visits")
PESSIMISTIC = (12, 54, 329, 36_558)
STANDARD = (10, 40, 217, 21_700)


@functools.cache
def book(template: str = "standard", lang: str = "ja", **changes: str) -> bytes:
    """The sheets that the scenarios are on."""
    return whole(template, lang, sheets="目標設定,現状とのギャップ", **changes)


@functools.cache
def figures(data: bytes) -> dict[str, Any]:
    return {each.name: each.value for each in api.records_of_book(data, "x")[1]}


def values(data: bytes, *names: str) -> tuple[Any, ...]:
    """What the workbook holds under these names."""
    return tuple(figures(data)[name] for name in names)


def test_the_pessimistic_page_worked_by_hand() -> None:
    data = book(scenario="pessimistic")
    assert values(data, *STAGES) == PESSIMISTIC
    assert values(data, "overall", "won_deals") == ("○ OK", 3)
    (said,) = values(data, "scenario_note")
    assert said == "※ 受注率27%・案件化率22.5%、アポ率×90%・CV率×90% で計算"


@pytest.mark.office
def test_the_switch_is_live_in_foreign_engines() -> None:
    """What a workbook made as standard comes to when somebody chooses another scenario is what one made so holds, cell by cell."""
    made = page_and_beyond(lang="en", scenario="pessimistic")
    where, ours = referee.formulas(made), referee.cached(made)
    switch = stored.places(page_and_beyond(lang="en"))["scenario"]
    iron = referee.by_ironcalc(page_and_beyond(lang="en", scenario="standard"), {switch: "pessimistic"})
    assert referee.differences(ours, iron, where) == []
    (office,) = referee.by_libreoffice([hands.typed(page_and_beyond(lang="en", scenario="standard"), scenario="pessimistic")])
    assert referee.differences(ours, office, where) == []


@pytest.mark.parametrize("template", some(["standard", "short", "access"], 2))
def test_side_by_side_is_what_the_page_comes_to_when_switched(template: str) -> None:
    stages = [stage for stage in STAGES if template == "standard" or stage != "opportunities"]
    beside = book(template, scenario="standard")
    for scenario in ("optimistic", "standard", "pessimistic"):
        asked = [f"{scenario}_{stage}" for stage in (*stages, "revenue")]
        page = book(template, scenario=scenario)
        assert values(beside, *asked) == values(page, *stages, "forecast_revenue"), scenario
        assert values(page, *asked) == values(beside, *asked), "what stands side by side does not hang on the switch"


@pytest.mark.office
def test_no_rate_goes_above_a_hundred_percent_and_a_blank_multiplier_is_one() -> None:
    """40 meetings at 95 % × 110 % → 100 %: as many leads as meetings."""
    plan = """
template = "short"
sheets = ["目標設定", "現状とのギャップ"]
total_revenue = 4000000
web_revenue = 4000000
deal_size = 100000
win_rate = "100%"
scenario = "optimistic"
[[channel]]
name = "紹介"
share = "100%"
meeting_rate = "95%"
"""
    data = api.workbook(api.plan_from_toml(plan, "p.toml", "ja"), "ja")
    assert values(data, "won_deals", "meetings", "leads", "overall") == (40, 40, 40, "○ OK")
    blank = hands.typed(book(scenario="pessimistic"), pessimistic_win_rate=None)
    (cells,) = referee.by_libreoffice([blank])
    assert cells[stored.places(blank)["opportunities"]] == 10  # 3 ÷ 30 %


def test_typed_meetings_stay_as_typed() -> None:
    """Whose meetings per channel are agreed keeps them: only the leads and visits below follow the scenario."""
    plan = """
sheets = ["目標設定", "現状とのギャップ"]
total_revenue = 50000000
web_revenue = 12000000
deal_size = 4000000
win_rate = "30%"
opportunity_rate = "25%"
scenario = "pessimistic"
[[channel]]
name = "広告"
meetings = 54
meeting_rate = "10%"
cvr = "1%"
"""
    data = api.workbook(api.plan_from_toml(plan, "p.toml", "ja"), "ja")
    # 54 ÷ 9 % = 600 leads ÷ 0.9 % = 66,666.7 → 66,667 visits.
    assert values(data, "meetings", "leads", "visits", "pessimistic_visits") == (54, 600, 66_667, 66_667)


def test_without_the_sheet_of_the_multipliers_there_is_no_switch() -> None:
    data = page_only(scenario="pessimistic")
    assert values(data, *STAGES) == STANDARD
    assert "scenario" not in openpyxl.load_workbook(io.BytesIO(data)).defined_names


@pytest.mark.parametrize("said", ["0%", "110", "-10%", "1001%", "たくさん"])
def test_what_is_no_multiplier_is_refused(said: str) -> None:
    with pytest.raises(PlanError) as bad:
        api.plan_from_example("ja", [f"scenarios.optimistic_cvr={said}"])
    assert said in bad.value.problems[0].what.ja


@pytest.mark.parametrize(("said", "held"), [("120%", 1.2), ("1.2", 1.2), ("85%", 0.85)])
def test_a_multiplier_is_read_as_people_write_it(said: str, held: float) -> None:
    data = api.workbook(
        api.plan_from_example("ja", [f"scenarios.optimistic_cvr={said}", "sheets=目標設定,現状とのギャップ"]), "ja"
    )
    assert values(data, "optimistic_cvr") == (held,)


def test_a_formula_that_leaves_the_scenario_out_is_an_error_before_anybody_switches() -> None:
    """=won_deals ÷ win_rate shows the right figure as long as the scenario is standard, and a wrong one when it is not."""
    formula = '=IF(ISNUMBER(won_deals),IF(win_rate>0,won_deals/win_rate,""),"")'
    for scenario, severity in (("standard", "error"), ("pessimistic", "error")):
        report = api.check(hands.typed(book(scenario=scenario), opportunities_exact=formula), "a.xlsx")
        said = [(each.code, each.severity) for each in report.findings if each.name == "opportunities_exact"]
        assert said == [("F02", severity)]


def test_mistakes_at_the_switch_and_its_multipliers_are_found() -> None:
    for name, value, code in (
        ("scenario", "強め", "I10"),
        ("scenario", None, "I06"),
        ("optimistic_cvr", 110, "I03"),
        ("optimistic_cvr", 0, "I06"),
        ("optimistic_cvr", "110%", "I01"),
    ):
        report = api.check(hands.typed(book(), **{name: value}), "a.xlsx")
        assert code in [each.code for each in report.findings if each.name == name], (name, value)
