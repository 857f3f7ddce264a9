"""`new` says what `check` would say of the plan: by the same rules, at the plan's lines; the workbook is written all the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from test_plan import GOOD

from kgisheet import api

FEW = 'sheets = ["目標設定", "月次予実", "ABM"]\n'
MATRIX = """
[[abm_rank]]
name = "A"
[[abm_stage]]
name = "潜在"
[[abm_stage]]
name = "準顕在"
[[abm]]
rank = "A"
stage = "潜在"
opening = 2
[[abm_moves]]
rank = "A"
from = "潜在"
to = "準顕在"
count = 2
"""


def warned(text: str) -> tuple[list[api.Problem], set[str]]:
    """What `new` says of a plan, and the codes of what `check` says of its workbook, notes left out."""
    plan = api.plan_from_toml(FEW + text, "plan.toml", "ja")
    built = api.build(plan, "ja")
    report = api.check(api.to_bytes(built), "book.xlsx")
    return api.warnings(plan, built, "ja"), {each.code for each in report.findings if each.severity != "note"}


@pytest.mark.parametrize(
    ("right", "wrong", "at", "key", "says"),
    [
        ("400万円", "400", "deal_size = \"400\"", "deal_size", "was 400 thousand yen (¥400,000) meant?"),
        ("1,200万円", "1.2億円", 'deal_size = "8,500円"', "deal_size", "was 8,500 thousand yen (¥8,500,000) meant?"),
        ('win_rate = "30%"', 'win_rate = "0.3%"', 'win_rate = "0.3%"', "win_rate", "a fraction typed into a percent cell"),
        ('period = "year"', "contacts = 10", "contacts = 10", "contacts", "“Contacts ≥ Leads” is not met"),
        (
            "\n[[abm_rank]]", '\n[months]\nclosed_through = "2025-03"\n[[abm_rank]]',
            'closed_through = "2025-03"', "months.closed_through", "outside this year",
        ),
        ('[[abm_moves]]\nrank = "A"', '[[abm_moves]]\nrank = "B"', 'rank = "B"', "abm_moves[1].rank", "not one of the names"),
        ("opening = 2", "new = 1", "[[abm_moves]]", "abm_moves", "would close at -1"),
        (
            "\n[[abm_rank]]", '\n[[months.override]]\nmonth = "2026-07"\nleads = 2000\n[[abm_rank]]',
            "[[months.override]]", "months.override", "do not add up to the year's goal",
        ),
    ],
)  # fmt: skip
def test_what_check_would_say_is_said_at_the_line(right: str, wrong: str, at: str, key: str, says: str) -> None:
    plan = GOOD + MATRIX
    assert right in plan
    text = plan.replace(right, wrong, 1)
    if "億" in wrong:
        text = text.replace("5,000万円", "5億円").replace("400万円", "8,500円")
    if "400" in wrong:
        text = text.replace("1,200万円", "1200").replace("5,000万円", "5000")  # all of them in 万円
    found, codes = warned(text)
    (problem,) = found
    assert problem.line is not None
    assert ((FEW + text).splitlines()[problem.line - 1], problem.key) == (at, key)
    assert says in problem.what.en
    assert codes == {problem.code}


def test_of_a_good_plan_nothing_is_said() -> None:
    assert warned(GOOD + MATRIX) == ([], set())


def test_the_workbook_is_written_and_the_exit_code_is_0(kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text(GOOD.replace('win_rate = "30%"', 'win_rate = "0.3%"'), encoding="utf-8")
    ran = kgisheet("new", "plan.toml", "-o", "a.xlsx")
    assert ran.code == 0
    assert "kgisheet: warning: plan.toml:7: win_rate: Win rate (opportunity → won) is 0.3%" in ran.err
    assert (tmp_path / "a.xlsx").exists()
    ran = kgisheet("new", "plan.toml", "-o", "b.xlsx", "--set", "win_rate=0.2%", lang="ja_JP.UTF-8")
    assert "kgisheet: 要確認: --set win_rate: 受注率(案件→受注)が0.2%です" in ran.err


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        (["web_revenue=1円"], "切り上げても足りません"),  # 1 ÷ 4,000,000 deals is 0.000000 of one: nothing is left to round up
        (["web_revenue=1円", "rounding=down"], "切り上げても足りません"),
        (["web_revenue=10億1円", "total_revenue=50億円", "deal_size=2億円"], "切り上げても足りません"),  # 5.000000005 deals
        (["web_revenue=900万円", "rounding=down"], "切り上げるか、単価を見直して"),  # 2.25 deals: 2, and 3 would do
    ],
)
def test_no_one_is_told_to_round_up_where_that_changes_nothing(settings: list[str], says: str) -> None:
    plan = api.plan_from_example("ja", settings)
    built = api.build(plan, "ja")
    assert says in built.solution.at("check_won_deals_advice")
    for problem in api.warnings(plan, built, "ja"):
        assert problem.code != "X05" or says in str(problem.fix)
