"""Examples are examples: what the worked example has beyond the page is never said of anybody's own goal."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import hands
import pytest
from conftest import BEYOND, book, more, page_and_beyond

from kgisheet import api
from kgisheet.errors import PlanError
from kgisheet.plan.load import Plan
from kgisheet.template.declaration import open_shipped
from kgisheet.template.model import INPUT, Cell
from kgisheet.values.units import TEXT
from kgisheet.worksheet.solve import Solution, sizes, solve

OWN = """
sheets = ["all"]
web_revenue = "1,200万円"
total_revenue = "5,000万円"
deal_size = "400万円"
win_rate = "30%"
opportunity_rate = "25%"
[[channel]]
name = "広告"
meeting_rate = "10%"
cvr = "1%"
"""


def example(*settings: str) -> Plan:
    return api.plan_from_example("ja", ["sheets=all", *settings])


def filled(plan: Plan) -> list[str]:
    """The inputs beyond the page and the months that hold something, but for words to begin with and declared multipliers."""
    beyond = {section.key: section for section in plan.template.drawn()}
    cells = [cell for cell in plan.template.inputs() if cell.section in beyond and cell.default is None]
    cells = [cell for cell in cells if not beyond[cell.section].prefill]
    return [cell.name for cell in cells if any(each is not None for each in _values(plan.inputs.get(cell.name)))]


def _values(held: Any) -> list[Any]:
    return held if isinstance(held, list) else [held]


@pytest.mark.parametrize("setting", ["web_revenue=1201万円", "owner=営業企画", "channel.広告.share=25%", "start=2026-07"])
def test_a_setting_makes_the_goal_somebodys_own(setting: str) -> None:
    assert filled(example(setting)) == []


def test_a_figure_that_is_set_stays() -> None:
    own = example("channel.広告.cost_per_lead=20000", "feasibility.budget=500万円")
    assert filled(own) == ["channel_cost_per_lead", "budget"]
    assert own.inputs["channel_cost_per_lead"] == [20000, None, None]


def test_a_plan_has_what_it_says_alone() -> None:
    assert filled(api.plan_from_toml(OWN, "plan.toml", "ja")) == []


def figures(plan: Plan) -> dict[str, list[Cell]]:
    """The example's figures beyond the page, by sheet."""
    found: dict[str, list[Cell]] = {}
    sheets = {section.key: section.sheet for section in plan.template.drawn()}
    for name in filled(plan):
        cell = plan.template.cells[name]
        if cell.unit != TEXT:
            found.setdefault(sheets[cell.section], []).append(cell)
    return found


def test_every_sheet_with_figures_of_the_example_says_that_they_are() -> None:
    plan = example()
    there = figures(plan)
    assert set(there) == {"both_ways", "content"}
    assert {plan.inputs[f"{sheet}_basis"] for sheet in there} == {"記入例"}


def sentences(plan: Plan, changed: dict[str, Any]) -> dict[str, Any]:
    """The texts that are worked out on the sheets beyond the months; not the states of single lines, which stand beside their figures."""
    solution: Solution = solve(plan.template, plan.inputs | changed, sizes(plan.template, plan.channels), "ja")
    kinds = {section.key: section.kind for section in plan.template.drawn()}
    return {
        cell.name: solution.values[cell.name]
        for cell in plan.template.cells.values()
        if cell.unit == TEXT and cell.role != INPUT and kinds.get(cell.section) in ("lines", "form") and cell.name not in _PARTS
    }


_PARTS = ("limits_judged",)
"""Half a sentence, which others take or leave."""


@pytest.mark.parametrize("typed_over", [{}, {"web_revenue": Fraction(12_010_000)}, {"deal_size": Fraction(123_456)}])
@pytest.mark.parametrize("factor", [0, 3])
def test_no_sentence_uses_a_figure_of_the_example(typed_over: dict[str, Any], factor: int) -> None:
    """Were the figures others, every sentence would be the same."""
    plan = example()
    others: dict[str, Any] = {}
    for cell in (each for cells in figures(plan).values() for each in cells):
        held = [
            None if each is None else each * factor if cell.unit != "rate" else each for each in _values(plan.inputs[cell.name])
        ]
        others[cell.name] = held if cell.table else held[0]
    assert len(others) > 8
    assert sentences(plan, typed_over | others) == sentences(plan, typed_over)


def test_check_judges_nobody_by_the_reps_and_the_budget_of_the_example() -> None:
    """27 deals need 360 meetings, and the example's two reps can take 96: no limit of anybody's until the basis is rewritten."""
    typed_over = {"web_revenue": 20_000_000, "deal_size": 750_000}
    warned = [
        [
            each.code
            for each in api.check(hands.typed(page_and_beyond("standard", "ja"), **typed_over, **basis), "b.xlsx").findings
            if each.severity == "warning"
        ]
        for basis in ({}, {"both_ways_basis": "営業部への聞き取り"})
    ]
    assert warned == [[], ["X09"]]


def test_sentences_use_them_once_the_basis_is_somebodys_own() -> None:
    """145 leads bring 26 meetings, 780万円: 65 %; the costs are 100 × 15,000 + 67 × 5,000 + 50 × 3,000 = 198.5万円."""
    own = sentences(example(), {"both_ways_basis": "2025年度の実績"})
    assert "売上は780万円(目標の65%)" in own["approval_purpose"]
    assert "費用は198.5万円" in own["approval_effect"]
    assert own["approval_amount"] == "Web売上目標 1,200万円、必要な費用 198.5万円"


def test_the_approval_is_silent_about_what_nobody_typed() -> None:
    for plan in (
        api.plan_from_toml(OWN, "plan.toml", "ja"),
        api.plan_from_toml(OWN.replace('"all"', '"approval"'), "plan.toml", "ja"),
    ):
        said = " ".join(str(text) for name, text in sentences(plan, {}).items() if name.startswith("approval_"))
        assert "1,200万円" in said
        for word in ("費用", "予算", "粗利", "現状", "営業", "未入力", "制約"):
            assert word not in said, word


# -- goals at the ends of what is legal (E1: none of them may break a workbook) --------------------------------------


TOTAL = "total_revenue=10000000000000円"


@pytest.mark.parametrize(
    ("template", "goal", "sheets"),
    [
        ("standard", "0円", "all"),
        ("short", "1円", BEYOND),
        ("access", "0円", BEYOND),
        *more([("standard", "1円", "all"), ("short", "0円", "all"), ("access", "1円", "all")]),
    ],
)
def test_a_goal_of_next_to_nothing_makes_a_workbook_that_is_checked(template: str, goal: str, sheets: str) -> None:
    plan = api.plan_from_example("ja", [f"web_revenue={goal}", TOTAL, f"sheets={sheets}"], open_shipped(template))
    report = api.check(api.workbook(plan, "ja"), "x.xlsx")
    assert report.status in ("ok", "findings")
    assert "F06" not in {each.code for each in report.findings}


@pytest.mark.parametrize("template", ["standard", "short", "access"])
def test_a_goal_of_ten_million_millions_is_refused_in_words(template: str) -> None:
    """It takes more than a hundred million leads or visits."""
    plan = api.plan_from_example("ja", ["web_revenue=10000000000000円", TOTAL, "sheets=all"], open_shipped(template))
    with pytest.raises(PlanError) as refused:
        api.workbook(plan, "ja")
    assert refused.value.problems[0].what.ja


@pytest.mark.parametrize(("goal", "start"), [(0, book), (1, page_and_beyond), (10**13, page_and_beyond)])
def test_the_same_typed_into_the_example(goal: int, start: Callable[[], bytes]) -> None:
    report = api.check(hands.typed(start(), web_revenue=goal), "x.xlsx")
    assert report.status == "findings"
    assert "F06" not in {each.code for each in report.findings}
