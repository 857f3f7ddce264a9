"""The ABM matrix: conservation, no cell below zero, arrivals against the page; in the sheet and by `check` (X08)."""

from __future__ import annotations

from typing import Any

import pytest
import stored
from seeding import package

from kgisheet import api
from kgisheet.filled.workbook import FilledBook
from kgisheet.xlsx.read.reader import read

PLAN = """
sheets = ["ABM"]
total_revenue = "5,000万円"
web_revenue = "1,200万円"
deal_size = "400万円"
win_rate = "30%"
opportunity_rate = "25%"
[[channel]]
name = "広告"
meeting_rate = "10%"
{axes}
{moves}
"""
STAGES = ("潜在", "準顕在", "アポ獲得", "案件化", "受注")
AXES = "".join(f'[[abm_rank]]\nname = "{rank}"\n' for rank in "AB") + "".join(
    f'[[abm_stage]]\nname = "{stage}"\n' for stage in STAGES
)
# 3 deals, 10 opportunities, 40 meetings (docs/worksheet.md, 1), by rank.
SOUND = [
    ("A", "準顕在", "アポ獲得", 30),
    ("B", "準顕在", "アポ獲得", 10),
    ("A", "アポ獲得", "案件化", 10),
    ("A", "案件化", "受注", 3),
]


def moved(moves: list[tuple[str, str, str, int]]) -> str:
    """Moves as a plan says them: rank, from, to, how many."""
    return "".join(f'[[abm_moves]]\nrank = "{a}"\nfrom = "{b}"\nto = "{c}"\ncount = {d}\n' for a, b, c, d in moves)


def plan(moves: list[tuple[str, str, str, int]], opening: dict[int, int] | None = None) -> bytes:
    """``opening`` are the accounts held by the number of the cell in abm_opening: eight stages a rank."""
    data = api.workbook(api.plan_from_toml(PLAN.format(axes=AXES, moves=moved(moves)), "plan.toml", "ja"), "ja")
    parts = package.unpacked(data)
    where = stored.places(data)
    for number, value in (opening or {2: 50, 10: 20}).items():
        package.set_cell(parts, where[f"abm_opening[{number}]"], value)
    return package.packed(parts)


def findings(data: bytes) -> list[tuple[str, str | None, Any]]:
    # Typed into the package, nothing is recalculated: that is C01, and not asked here.
    found = api.check(data, "x").findings
    return [(each.code, each.name, each.found) for each in found if each.severity == "error" and each.code != "C01"]


def solved(data: bytes) -> dict[str, Any]:
    values = FilledBook(read(data, "x"), "x").solution.values
    return {name: values[name] for name in values}


def test_counts_that_are_not_made_whole_agree_with_the_next_account() -> None:
    """Without rounding 390万円 a deal asks for 3.08 deals, 10.26 opportunities, 41.03 meetings: 4, 11 and 42 accounts will do, 13 won't."""
    moves = [("A", "準顕在", "アポ獲得", 42), ("A", "アポ獲得", "案件化", 13), ("A", "案件化", "受注", 4)]
    text = PLAN.replace('"400万円"', '"390万円"\nrounding = "none"')
    data = api.workbook(api.plan_from_toml(text.format(axes=AXES, moves=moved(moves)), "plan.toml", "ja"), "ja")
    assert solved(data)["abm_agrees"][2:5] == ["○ OK", "× 要確認", "○ OK"]


def test_what_closes_is_what_opened_and_moved() -> None:
    """A: 50 aware − 30 = 20; 30 met − 10 = 20; 10 − 3 = 7 opportunities; 3 won. B: 20 − 10 = 10; 10 met."""
    found = solved(plan(SOUND))
    closing = [int(each or 0) for each in found["abm_closing"]]
    assert closing[:5] == [0, 20, 20, 7, 3]
    assert closing[8:13] == [0, 10, 10, 0, 0]
    assert found["abm_arrivals"][2:5] == [40, 10, 3]
    assert found["abm_agrees"][2:5] == ["○ OK"] * 3
    assert [found[name] for name in ("abm_conserved", "abm_not_negative", "abm_total")] == ["○ OK"] * 3
    assert findings(plan(SOUND)) == []


@pytest.mark.parametrize(
    ("moves", "said"),
    [
        # 60 of 50: the cell closes at −10, and 70 instead of 40 arrive: with 30 both are right.
        ([("A", "準顕在", "アポ獲得", 60), *SOUND[1:]], [("abm_moves[1]", 60)]),
        # A stage that is not there: 3 leave for nowhere, and that nobody arrives at 受注 follows.
        ([*SOUND[:3], ("A", "案件化", "成約", 3)], [("abm_moves_to[4]", "成約")]),
        ([*SOUND[:3], ("C", "案件化", "受注", 3)], [("abm_moves_rank[4]", "C")]),
        # Two won instead of three.
        ([*SOUND[:3], ("A", "案件化", "受注", 2)], [("abm_arrivals[5]", 2)]),
    ],
)
def test_what_appears_from_nowhere_is_found(moves: list[tuple[str, str, str, int]], said: list[tuple[str, Any]]) -> None:
    assert sorted(findings(plan(moves)), key=str) == sorted((("X08", name, found) for name, found in said), key=str)


def test_a_matrix_without_moves_is_not_looked_at() -> None:
    assert findings(plan([], {2: 50})) == []


def test_capital_or_small_is_the_same_name_as_in_every_spreadsheet() -> None:
    assert findings(plan([("a", *SOUND[0][1:]), *SOUND[1:]])) == []
