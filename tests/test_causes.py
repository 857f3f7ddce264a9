"""One cause, one finding: what follows from it is counted in it; two causes at once are still two findings."""

from __future__ import annotations

import re
from typing import Any

import pytest
import stored
from conftest import Lazily, book, page_only, records
from hands import edited
from seeding import package
from test_abm import AXES, PLAN, SOUND, moved

from kgisheet import api
from kgisheet.check.finding import Finding

GOALS = "目標設定"
FORMULA = Lazily(lambda: {name: str(each.formula) for name, each in records(page_only()).items() if each.formula})


def found(data: bytes) -> list[Finding]:
    return [each for each in api.check(data, "book.xlsx").findings if each.severity != "note" and each.code != "C01"]


def typed(data: bytes, sheet: str, cells: dict[str, Any]) -> bytes:
    def edit(workbook: Any) -> None:
        for cell, value in cells.items():
            title, _, at = cell.rpartition("!")
            workbook[title or sheet][at].value = value

    return edited(data, edit)


def test_a_column_of_texts_is_one_finding() -> None:
    (finding,) = found(typed(page_only(), GOALS, {"D16": "25%", "E16": "50%", "F16": "25%"}))
    assert (finding.code, finding.cell, finding.affected) == ("I01", "D16", (f"{GOALS}!E16", f"{GOALS}!F16"))
    assert finding.message.ja.endswith("(ほか2列も同様)")
    assert finding.message.en.endswith("(and 2 more columns)")
    assert "ほかの列も同じように" in finding.fix.ja  # 0.25 is the first column's alone


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"E7": 5, "C10": "30%"}, [("F01", "E7"), ("I01", "C10")]),
        ({"D16": "25%", "E18": 30}, [("I01", "D16"), ("I03", "E18")]),
        ({"E7": 5, "C11": 11}, [("F01", "E7"), ("F01", "C11")]),
        ({"D16": "25%", "E16": "50%", "F16": "25%", "E7": 5}, [("F01", "E7"), ("I01", "D16")]),
    ],
)
def test_two_causes_are_two_findings(cells: dict[str, Any], said: list[tuple[str, str]]) -> None:
    assert [(each.code, each.cell) for each in found(typed(page_only(), GOALS, cells))] == said


def test_a_channel_a_second_time_with_its_share_is_one_finding() -> None:
    """25, 50 and 25 % are 100; the second channel once more makes 150. At half its share each, only the name is in doubt."""
    again = {"G15": "オーガニック", "G16": 0.5, "G18": 0.3, "G20": 0.01}
    (finding,) = found(typed(page_only(), GOALS, again))
    assert (finding.code, finding.severity, finding.cell) == ("I10", "error", "G15")
    assert finding.affected[0] == f"{GOALS}!E15"
    assert finding.message.ja == "チャネル「オーガニック」が2回入力されていて、配分の合計が150%です(D16:G16)"
    (finding,) = found(typed(page_only(), GOALS, again | {"E16": 0.25, "G16": 0.25}))
    assert (finding.code, finding.severity) == ("I10", "warning")
    # Shares that don't add up without it either are another cause.
    assert [each.code for each in found(typed(page_only(), GOALS, again | {"D16": 0.3}))] == ["I10", "X01"]


def test_two_edited_formulas_in_one_circle_are_both_told() -> None:
    """根拠!C20 = E7 and E7 = 根拠!C20 + 0: each was put where another formula belongs."""
    said = found(typed(page_only(), GOALS, {"根拠!C20": "=won_deals", "E7": "=won_deals_exact+0"}))
    assert sorted(str(each.cell) for each in said) == ["C20", "E7"]
    assert any(each.code == "F08" for each in said)
    assert all(
        "目標設定!E7 → 根拠!C20 → 目標設定!E7" in each.message.ja or "根拠!C20 → 目標設定!E7 → 根拠!C20" in each.message.ja
        for each in said
    )


def test_a_formula_that_reads_another_cell_and_so_closes_a_circle_is_said_by_its_cause() -> None:
    """Opportunities by the meetings needed, of the same unit, which come from the opportunities: F09, and the circle with it."""
    wrong = FORMULA["opportunities_exact"].replace("won_deals", "required_meetings")
    (finding,) = found(typed(page_only(), GOALS, {f"根拠!{_at('opportunities_exact')}": wrong}))
    assert finding.code == "F09"
    assert "循環" in finding.message.ja


def _at(name: str) -> str:
    return next(str(each.cell) for each in api.records_of_book(page_only(), "x")[1] if each.name == name)


# -- the matrix of accounts -------------------------------------------------


def matrix(moves: list[tuple[str, str, str, int]], cells: dict[str, Any] | None = None) -> list[Finding]:
    """The example of tests/test_abm.py with these moves in its plan, then ``cells`` typed by name."""
    data = api.workbook(api.plan_from_toml(PLAN.format(axes=AXES, moves=moved(moves)), "plan.toml", "ja"), "ja")
    where = stored.places(data)
    parts = package.unpacked(data)
    for name, value in {"abm_opening[2]": 50, "abm_opening[10]": 20, **(cells or {})}.items():
        package.set_cell(parts, where[name], value)
    return found(package.packed(parts))


def test_a_stage_that_was_renamed_is_said_at_its_name() -> None:
    """アポ獲得 → 商談 on the matrix: three moves name the old one, none arrives there, and one cell closes below zero."""
    (finding,) = matrix(SOUND, {"abm_stage_name[3]": "商談"})
    assert (finding.code, finding.name, finding.found, finding.expected) == ("X08", "abm_stage_name[3]", "商談", "アポ獲得")
    assert finding.message.ja.startswith(
        "段階の名前が「アポ獲得」から「商談」に変わりましたが、移動の計画(3行)は「アポ獲得」のままです"
    )
    assert {"ABM!D17", "ABM!D18", "ABM!C19"} & set(finding.affected)


def test_counts_that_were_sorted_alone_are_said_at_the_counts() -> None:
    """40, 10, 3 by their stages; sorted they are 3, 10, 40: two stages miss the goal, and a cell closes below zero."""
    moves = [("A", "準顕在", "アポ獲得", 40), ("A", "アポ獲得", "案件化", 10), ("A", "案件化", "受注", 3)]
    assert matrix(moves) == []
    (finding,) = matrix([(*move[:3], count) for move, count in zip(moves, (3, 10, 40), strict=True)])  # type: ignore[misc]
    assert (finding.code, finding.name, finding.found, finding.expected) == ("X08", "abm_moves[1]", 3, 40)
    assert "並べ替え" in finding.fix.ja


def test_moves_that_are_planned_twice_are_said_at_the_second_ones() -> None:
    (finding,) = matrix([*SOUND, *SOUND])
    assert (finding.code, finding.name, len([each for each in finding.affected if each.startswith("ABM!E2")])) == (
        "X08", "abm_moves[5]", 3,
    )  # fmt: skip


def test_a_move_to_where_it_comes_from_is_said() -> None:
    """Two B's "move" from 準顕在 to 準顕在, which no goal counts: nothing is off, but nobody moves. 10 more of アポ獲得 are off by 10."""
    (finding,) = matrix([*SOUND, ("B", "準顕在", "準顕在", 2)])
    assert (finding.code, finding.severity, finding.name, finding.found) == ("X08", "warning", "abm_moves_to[5]", "準顕在")
    assert finding.message.ja == "移動5行目は「準顕在」から「準顕在」への移動です。社数は変わりません"
    (finding,) = matrix([*SOUND, ("B", "アポ獲得", "アポ獲得", 10)])
    assert (finding.severity, finding.name) == ("error", "abm_moves_to[5]")
    assert any("abm_arrivals" in each or "ABM!" in each for each in finding.affected[1:])


def test_a_wrong_name_and_a_count_too_few_are_two_findings() -> None:
    """A move to a stage that is not there, and two won deals instead of three."""
    said = matrix([("A", "準顕在", "面談", 30), *SOUND[1:3], ("A", "案件化", "受注", 2)])
    assert sorted(str(each.name) for each in said) == ["abm_arrivals[5]", "abm_moves_to[1]"]


def test_a_goal_that_was_raised_leaves_all_the_stages_behind_once() -> None:
    (finding,) = [each for each in matrix(SOUND, {"web_revenue": 24_000_000}) if each.code == "X08"]
    assert (
        finding.message.ja
        == "移動の計画が目標設定の件数と合いません(アポ獲得 40社/目標80件、案件化 10社/目標20件、受注 3社/目標6件)"
    )


# -- tabs ---------------------------------------------------------------------


def test_two_tabs_renamed_into_each_other_are_one_finding() -> None:
    """As a program renames them: the titles, and with them all references."""
    swap = {"2026-05": "2026-06", "2026-06": "2026-05"}

    def other(match: re.Match[str]) -> str:
        return swap[match[0]]

    parts = package.unpacked(book())
    for name, data in parts.items():
        if name.endswith("workbook.xml"):
            parts[name] = re.sub(r"2026-0[56]", other, data.decode()).encode()
        elif name.startswith("xl/worksheets/sheet"):
            text = re.sub(r"<f[ >].*?</f>", lambda f: re.sub(r"2026-0[56]", other, f[0]), data.decode(), flags=re.DOTALL)
            parts[name] = text.encode()
    (finding,) = found(package.packed(parts))
    assert (finding.code, finding.sheet) == ("S09", "2026-06")
    assert "「2026-06」の内容は2026-05" in finding.message.ja


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("2025-05", ("S09", "The tab “2025-05” holds 2026-05")),
        ("2026年6月(案)", None),  # a title of one's own: a note
        ("2026年5月", None),
    ],
)
def test_a_tab_under_the_name_of_another_month(title: str, said: tuple[str, str] | None) -> None:
    parts = package.unpacked(book())
    for name, data in parts.items():
        if name.endswith("workbook.xml") or name.startswith("xl/worksheets/sheet"):
            parts[name] = data.replace(b"2026-05", title.encode())
    assert [(each.code, each.message.en) for each in found(package.packed(parts))] == ([] if said is None else [said])
