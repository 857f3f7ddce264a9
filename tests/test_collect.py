"""`kgisheet collect`: three managers' workbooks into one summary, worked out by hand."""

from __future__ import annotations

import functools
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import hands
import pytest
import referee
import stored
from conftest import Ran, some
from outside_judge import found as judged
from package_audit import audit

from kgisheet import api
from kgisheet.gather.model import ANSWERED, BROKEN, UNTOUCHED, Gathered
from kgisheet.gather.stage_sheet import totals
from kgisheet.gather.sums import of_row


@functools.cache
def handed_out(owner: str, *more: str, lang: str = "ja") -> bytes:
    """A workbook of 12,000,000 yen: 3 deals, 10 opportunities, 40 meetings, 217 leads, 21,700 visits."""
    return api.workbook(api.plan_from_example(lang, [f"owner={owner}", *more]), lang)


@functools.cache
def filled(owner: str, *more: str, **actuals: float) -> bytes:
    """The same with actuals by stage and month: ``meetings_04=3`` is typed into 2026-04."""
    values = {f"2026-{name[-2:]}!actual_{name[:-3]}": value for name, value in actuals.items()}
    return hands.typed(handed_out(owner, *more), **values)


def three() -> list[tuple[str, bytes]]:
    """東京 has typed two months, 大阪 one, 福岡 none.

    Meetings, 40 over twelve even months: 3 in April (40/12 = 3.33), 7 by May (6.67), so 4 in May.
    """
    return [
        ("東京.xlsx", filled("東京", meetings_04=3, meetings_05=2)),
        ("大阪.xlsx", filled("大阪", meetings_04=4)),
        ("福岡.xlsx", handed_out("福岡")),
    ]


@functools.cache
def answered(name: str, data: bytes, lang: str = "ja") -> api.Answer:
    return api.answer(data, name, lang)


def gathered(files: list[tuple[str, bytes]], lang: str = "ja") -> Gathered:
    return api.collect([answered(name, data, lang) for name, data in files], lang)


def stage(of: Gathered, key: str) -> int:
    return [each.key for each in of.columns].index(key)


def test_every_stage_is_added_up_by_manager_and_month() -> None:
    found = gathered(three())
    meetings = stage(found, "meetings")
    rows = {each.name: each.rows[meetings] for each in found.managers}
    assert [each.key for each in found.columns] == ["revenue", "won_deals", "opportunities", "meetings", "leads", "visits"]
    assert found.months[:2] == ("2026-04", "2026-05")
    assert rows["東京"].goals[:3] == (3, 4, 3)
    assert rows["東京"].actuals[:3] == (3, 2, None)
    # 5 of the 7 meetings due by May; 4 of the 3 due in April.
    assert of_row(rows["東京"]) == (40, 7, 5, 5)
    assert of_row(rows["東京"]).achievement == Fraction(5, 7)
    assert of_row(rows["大阪"]).achievement == Fraction(4, 3)
    assert of_row(rows["福岡"]) == (40, None, None, None)


def test_a_rate_is_a_quotient_of_sums_and_no_average() -> None:
    """9 of 10 is 90 %; the mean of 71.4 % and 133.3 % would be 102.4 %, and with a 0 % of 福岡 68.3 %."""
    found = gathered(three())
    assert totals(found, stage(found, "meetings")) == (120, 10, 9, 9)
    assert totals(found, stage(found, "meetings")).achievement == Fraction(9, 10)


def test_the_workbook_says_the_same_in_live_formulas() -> None:
    data = api.summary(gathered(three()))
    at = stored.places(data)
    cells = stored.cells(data)
    sheet, first = at["gather_4"]  # the headings of the meetings' table; its totals are in the row above
    assert (sheet, first) == ("商談数", "A6")
    whole = [cells[sheet, f"{col}5"] for col in "CDEF"]
    assert [each.value for each in whole] == [120, 10, 9, 0.9]
    assert whole[3].formula == '=IF(COUNT(D5)=0,"",IF(D5=0,"",SUMIF($G$7:$R$9,"<>",$S$7:$AD$9)/D5))'
    assert cells[at["gather_stages"]].value == "段階"


def test_the_furthest_behind_comes_first() -> None:
    """By revenue: 東京 1,000,000 of the 2,000,000 of April and May, 大阪 all of April's; 福岡 has typed nothing."""
    files = [
        ("大阪.xlsx", filled("大阪", revenue_04=1_000_000)),
        ("福岡.xlsx", handed_out("福岡")),
        ("東京.xlsx", filled("東京", revenue_04=1_000_000, revenue_05=0)),
    ]
    assert [each.name for each in gathered(files).managers] == ["東京", "大阪", "福岡"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The three, and a file that is none."""
    inside = tmp_path / "返却"
    inside.mkdir()
    for name, data in three():
        (inside / name).write_bytes(data)
    (inside / "壊れた.xlsx").write_bytes(b"PK\x03\x04 cut off")
    return inside


@pytest.mark.usefixtures("worker_processes")
def test_a_file_that_cannot_be_read_is_listed_and_stops_nothing(kgisheet: Callable[..., Ran], folder: Path) -> None:
    done = kgisheet("collect", "返却", "-o", "集計.xlsx", "--jobs", "1", lang="ja_JP.UTF-8")
    said = done.out.decode()
    assert done.code == 3
    assert "担当者 4名" in said
    assert "読めないファイル: 返却/壊れた.xlsx" in said
    cells = stored.cells((folder.parent / "集計.xlsx").read_bytes())
    listed = {each.value for (sheet, _), each in cells.items() if sheet == "提出状況"}
    assert {f"返却/{name}" for name in ("東京.xlsx", "大阪.xlsx", "福岡.xlsx", "壊れた.xlsx")} <= listed


@pytest.mark.usefixtures("folder")
def test_one_of_several_files_may_come_from_stdin(kgisheet: Callable[..., Ran]) -> None:
    done = kgisheet("collect", "-", "返却/大阪.xlsx", "-o", "s.xlsx", stdin=handed_out("福岡"))
    assert done.code == 0
    assert "2 managers;" in done.out.decode()


def test_an_existing_summary_is_not_overwritten_without_force(kgisheet: Callable[..., Ran], folder: Path) -> None:
    (folder.parent / "s.xlsx").write_bytes(b"mine")
    assert kgisheet("collect", "返却", "-o", "s.xlsx").code == 2
    assert (folder.parent / "s.xlsx").read_bytes() == b"mine"


def test_a_summary_in_the_same_folder_is_no_answer(kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    """One of before, and the one that is about to be overwritten."""
    (tmp_path / "返却").mkdir()
    (tmp_path / "返却" / "福岡.xlsx").write_bytes(handed_out("福岡"))
    for name in ("a.xlsx", "b.xlsx"):
        (tmp_path / "返却" / name).write_bytes(summary("ja"))
    done = kgisheet("collect", "返却", "-o", "返却/b.xlsx", "--force", "--jobs", "1")
    assert done.code == 0
    assert "1 manager;" in done.out.decode()


@functools.cache
def summary(lang: str) -> bytes:
    return api.summary(gathered([*three(), ("x.xlsx", b"nothing")], lang), {"東京.xlsx": "返却/東京 1#2.xlsx"})


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_two_engines_recalculate_it_without_a_difference(lang: str) -> None:
    data = summary(lang)
    assert referee.differences(referee.cached(data), referee.by_ironcalc(data), referee.formulas(data)) == []


@pytest.mark.office
@pytest.mark.parametrize("lang", some(["ja", "en"], 2))
def test_libreoffice_recalculates_it_without_a_difference(lang: str) -> None:
    data = summary(lang)
    assert referee.differences(referee.cached(data), referee.by_libreoffice([data])[0], referee.formulas(data)) == []


def test_an_actual_that_is_typed_moves_every_sum() -> None:
    """5 more meetings of 大阪 in May, where 4 are due: 14 of 14."""
    data = summary("ja")
    cells = stored.cells(data)
    row = next(at[1:] for (sheet, at), each in cells.items() if sheet == "商談数" and each.value == "大阪")
    now = referee.by_ironcalc(data, {("商談数", f"T{row}"): 5})  # S is April's actual, T May's
    at = stored.places(data)
    assert [now["商談数", f"{col}5"] for col in "DEF"] == [14, 14, 1]
    overview, head = at["gather_stages"]  # B…: meetings are the fourth stage, H their achievement
    assert now[overview, f"H{int(head[1:]) + 4}"] == 1


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_it_opens_without_repair(lang: str) -> None:
    audit(summary(lang))
    assert judged(summary(lang)) == []


def test_states_and_counts() -> None:
    found = gathered([*three(), ("x.xlsx", b"nothing")])
    assert {each.name: each.state for each in found.managers} == {
        "東京": ANSWERED,
        "大阪": ANSWERED,
        "福岡": UNTOUCHED,
        "x": BROKEN,
    }


def test_names_that_no_cell_can_hold_are_made_plain() -> None:
    """A formula, control characters, half a letter, 40,000 letters: texts, and no formula or link that data made."""
    names = ["=1+1.xlsx", "a\x01b\ud800.xlsx", f"{'あ' * 40000}.xlsx", "@SUM.xlsx"]
    data = api.summary(gathered([(name, b"nothing") for name in names]))
    assert api.check(data, "s.xlsx").status == "ok"
    found = [each for (sheet, at), each in stored.cells(data).items() if sheet == "担当者別" and at[0] == "B"]
    assert {each.value for each in found} >= {"=1+1", "a b", "@SUM", f"{'あ' * 99}…"}
    assert [each.formula for each in found if each.formula] == []
