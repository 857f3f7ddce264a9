"""CSV in and out: the goal screen of the months, and actuals from analytics or a CRM, through the commands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran, book, page_and_months, values

GOALS = "月,CV目標,CV率,訪問数\r\n" + "".join(
    f"{year}-{month:02},{19 if month == 9 else 18},1%,{1900 if month == 9 else 1800}\r\n"
    for year, month in [*((2026, month) for month in range(4, 13)), *((2027, month) for month in range(1, 4))]
)
"""The worked example's screen: 217 leads over twelve months, at 1 %."""


@pytest.fixture
def goal(tmp_path: Path) -> Path:
    path = tmp_path / "goal.xlsx"
    path.write_bytes(page_and_months())
    return path


@pytest.fixture
def tabbed(tmp_path: Path) -> Path:
    """The same with the months' tabs, which hold the actuals."""
    path = tmp_path / "goal.xlsx"
    path.write_bytes(book(sheets="目標設定,月次予実,月別"))
    return path


def test_the_goal_screen_is_written_for_excel_or_in_cp932(kgisheet: Callable[..., Ran], goal: Path) -> None:
    assert kgisheet("show", "goal.xlsx", "--csv", "goals.csv", lang="ja_JP.UTF-8").code == 0
    assert (goal.parent / "goals.csv").read_bytes() == b"\xef\xbb\xbf" + GOALS.encode()
    ran = kgisheet("show", "goal.xlsx", "--csv", "-", "--encoding", "cp932", lang="ja_JP.UTF-8")
    assert ran.out == GOALS.encode("cp932")
    # What is there is not overwritten unless one says so.
    assert kgisheet("show", "goal.xlsx", "--csv", "goals.csv").code == 2
    assert kgisheet("show", "goal.xlsx", "--csv", "goals.csv", "--force").code == 0


def test_a_workbook_without_months_has_no_goal_screen(kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "page.xlsx").write_bytes(book(sheets="目標設定"))
    ran = kgisheet("show", "page.xlsx", "--csv", "-")
    assert (ran.code, ran.out) == (3, b"")
    assert "there are no monthly goals in it" in ran.err


def test_a_goal_screen_that_is_the_sheets_own_changes_nothing(kgisheet: Callable[..., Ran], goal: Path) -> None:
    (goal.parent / "goals.csv").write_bytes(GOALS.encode("cp932"))
    assert kgisheet("monthly", "goal.xlsx", "--goals", "goals.csv", "-o", "out.xlsx").code == 0
    assert (goal.parent / "out.xlsx").read_bytes() == goal.read_bytes()


@pytest.mark.parametrize("settings", [{"months.lead_time.leads": "3"}, {"months.weights": "ramp", "web_revenue": "3100万円"}])
def test_the_screen_as_it_was_written_changes_nothing(
    kgisheet: Callable[..., Ran], tmp_path: Path, settings: dict[str, str]
) -> None:
    (tmp_path / "goal.xlsx").write_bytes(page_and_months(**settings))
    assert kgisheet("show", "goal.xlsx", "--csv", "goals.csv").code == 0
    ran = kgisheet("monthly", "goal.xlsx", "--goals", "goals.csv", "--dry-run")
    assert (ran.out.decode().splitlines(), ran.err) == (["goal.xlsx: 0 changes, 0 kept, 0 conflicts"], "")


def test_a_goal_screen_is_typed_over_the_months(kgisheet: Callable[..., Ran], goal: Path) -> None:
    # June: 40 leads at 2 % need 2,000 visits; the other months stay as the screen has them.
    (goal.parent / "goals.csv").write_text(GOALS.replace("2026-06,18,1%,1800", "2026-06,40,2%,2000"), encoding="utf-8")
    assert kgisheet("monthly", "goal.xlsx", "--goals", "goals.csv", "-o", "out.xlsx").code == 0
    now = values((goal.parent / "out.xlsx").read_bytes())
    assert [now[f"month_web_leads[{month}]"] for month in (1, 3, 6)] == [18, 40, 19]
    assert [now[f"month_visits[{month}]"] for month in (1, 3, 6)] == [1800, 2000, 1900]
    assert now["year_web_leads_gap"] == 22  # 239 against the page's 217: shown, not hidden


def test_the_placeholder_of_the_screens_picture_is_told(kgisheet: Callable[..., Ran], goal: Path) -> None:
    # 20 CVs at 1 % are 2,000 visits, not 20 (docs/worksheet.md, 3).
    (goal.parent / "goals.csv").write_text(GOALS.replace("2026-04,18,1%,1800", "2026-04,20,1%,20"), encoding="utf-8")
    ran = kgisheet("monthly", "goal.xlsx", "--goals", "goals.csv", "--dry-run")
    assert ran.code == 0
    assert "2,000" in ran.err
    assert "goals.csv:2" in ran.err


def test_a_goal_screen_of_another_year_or_of_eleven_months_is_refused(kgisheet: Callable[..., Ran], goal: Path) -> None:
    path = goal.parent / "goals.csv"
    path.write_text("\r\n".join(GOALS.splitlines()[:-1]), encoding="utf-8")
    assert kgisheet("monthly", "goal.xlsx", "--goals", "goals.csv", "-o", "out.xlsx").code == 3
    path.write_text(GOALS.replace("2027-", "2029-").replace("2026-", "2028-"), encoding="utf-8")
    ran = kgisheet("monthly", "goal.xlsx", "--goals", "goals.csv", "-o", "out.xlsx")
    assert (ran.code, "the workbook's year begins in 2026-04" in ran.err) == (3, True)
    assert not (goal.parent / "out.xlsx").exists()


def test_actuals_go_into_the_tabs(kgisheet: Callable[..., Ran], tabbed: Path) -> None:
    rows = "月,段階,チャネル,値\r\n2026-04,リード数,広告,20\r\n2026-04,リード数,オーガニック,15\r\n"
    rows += "2026-04,リード数,ﾒﾙﾏｶﾞ,5\r\n2026-04,訪問数,広告,1000\r\n"
    rows += "2026/5,商談数,,8\r\n2026年5月,受注金額,,150万円\r\n2025-12,商談数,,9\r\n"
    (tabbed.parent / "crm.csv").write_bytes(rows.encode("cp932"))
    ran = kgisheet("monthly", "goal.xlsx", "--actuals", "crm.csv", "--in-place")
    assert ran.code == 0
    assert "1 row is outside the workbook's year" in ran.err
    now = values(tabbed.read_bytes())
    assert now["2026-04!channel_actual_leads[1]"] == 20
    assert now["2026-04!actual_leads"] == 40  # what the three channels brought together
    # Visits of one channel out of three are no month's visits.
    assert now["2026-04!channel_actual_visits[1]"] == 1000
    assert now["2026-04!actual_visits"] is None
    assert "the month's total is left blank" in ran.err
    assert now["2026-05!actual_meetings"] == 8
    assert now["2026-05!actual_revenue"] == 1_500_000
    assert (tabbed.parent / "goal.bak.xlsx").read_bytes() == book(sheets="目標設定,月次予実,月別")
    assert "Visits (actual) of 2026-04: no row for" in ran.err
    # Once more: nothing is left to do, and the backup of the first run stays.
    assert kgisheet("monthly", "goal.xlsx", "--actuals", "crm.csv", "--in-place").out.startswith(b"goal.xlsx: 0 changes")
    assert (tabbed.parent / "goal.bak.xlsx").read_bytes() == book(sheets="目標設定,月次予実,月別")


def test_an_actual_that_somebody_typed_otherwise_is_a_conflict(kgisheet: Callable[..., Ran], tabbed: Path) -> None:
    (tabbed.parent / "one.csv").write_text("月,段階,値\n2026-04,リード数,12\n", encoding="utf-8")
    (tabbed.parent / "two.csv").write_text("月,段階,値\n2026-04,リード数,14\n", encoding="utf-8")
    assert kgisheet("monthly", "goal.xlsx", "--actuals", "one.csv", "--in-place").code == 0
    # The export was corrected, and nobody has touched the cell since: it follows.
    assert kgisheet("monthly", "goal.xlsx", "--actuals", "two.csv", "--in-place").code == 0
    assert values(tabbed.read_bytes())["2026-04!actual_leads"] == 14


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("月,段階,チャネル,値\n2026-04,リード数,展示会,3\n", "the workbook has no channel “展示会”"),
        ("月,段階,値\n2026-04,リード数,三件\n", "crm.csv:2"),
        ("月,段階,値\n2026-04,案件化数,3.5\n", "the count is 3.5"),
        ("月,段階,値\n2026-04,リード数,3\n2026-04,CV数,4\n", "crm.csv"),
    ],
)
def test_rows_that_cannot_be_brought_in_are_refused_with_their_line(
    kgisheet: Callable[..., Ran], tabbed: Path, rows: str, said: str
) -> None:
    before = tabbed.read_bytes()
    (tabbed.parent / "crm.csv").write_text(rows, encoding="utf-8")
    ran = kgisheet("monthly", "goal.xlsx", "--actuals", "crm.csv", "--in-place")
    assert (ran.code, said in ran.err) == (3, True), ran.err
    assert tabbed.read_bytes() == before
