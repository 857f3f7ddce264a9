"""Workbooks of other forms in one summary: earlier editions, other templates, changed structure, sheets that were never ours."""

from __future__ import annotations

import io
from collections.abc import Callable

import hands
import older
import openpyxl
import pytest
from conftest import ROOT
from test_collect import answered, filled, gathered, handed_out, stage

from kgisheet import api
from kgisheet.gather.model import FOREIGN, Stage
from kgisheet.gather.stage_sheet import totals


def remarks(data: bytes, among: int = 2) -> tuple[str, ...]:
    """What is said of a file among others."""
    files = [("x.xlsx", data), *((f"{owner}.xlsx", handed_out(owner)) for owner in ("東京", "大阪")[:among])]
    return next(each.remarks for each in gathered(files).files if each.name == "x.xlsx")


def test_an_earlier_edition_is_added_up_and_said() -> None:
    """The example of before: the same 40 meetings beside the 80 of two others."""
    found = gathered(
        [("x.xlsx", older.workbook("example")), *((f"{each}.xlsx", handed_out(each)) for each in ("東京", "大阪"))]
    )
    assert totals(found, stage(found, "meetings")).year == 120
    assert "テンプレート(standard)の版が多くのブックと違います" in remarks(older.workbook("example"))


def test_templates_are_put_together_by_their_stages() -> None:
    """`short` has no opportunities: they come in where the others have them, and stay blank for it."""
    short = api.workbook(api.plan_from_example("ja", ["owner=通販"], api.open_shipped("short")), "ja")
    found = gathered([("通販.xlsx", short), ("東京.xlsx", handed_out("東京")), ("大阪.xlsx", handed_out("大阪"))])
    assert [each.key for each in found.columns] == ["revenue", "won_deals", "opportunities", "meetings", "leads", "visits"]
    opportunities = stage(found, "opportunities")
    assert [each.rows[opportunities].goals[0] for each in found.managers if each.name == "通販"] == [None]
    assert totals(found, opportunities).year == 20
    assert totals(found, stage(found, "meetings")).year == 150 + 40 + 40
    assert "多くのブックと違うテンプレート(short)です" in next(each.remarks for each in found.files if each.name == "通販.xlsx")


def test_a_goal_without_months_counts_for_the_year() -> None:
    page = api.workbook(api.plan_from_example("ja", ["owner=仙台", "sheets=目標設定"]), "ja")
    found = gathered([("仙台.xlsx", page), ("東京.xlsx", filled("東京", meetings_04=3))])
    meetings = stage(found, "meetings")
    assert totals(found, meetings) == (80, 3, 3, 3)
    data = api.summary(found)
    assert api.check(data, "s.xlsx").status == "ok"


def test_a_page_for_a_month_is_twelve_of_it() -> None:
    page = api.workbook(api.plan_from_example("ja", ["owner=仙台", "sheets=目標設定", "period=month"]), "ja")
    found = gathered([("仙台.xlsx", page)])
    assert totals(found, stage(found, "meetings")).year == 480


def test_a_year_that_begins_later_is_added_up_where_the_months_meet() -> None:
    """July to June, 40 meetings in twelve months: those up to March, 30, are in the year of the others."""
    later = api.workbook(api.plan_from_example("ja", ["owner=仙台", "start=2026-07"]), "ja")
    files = [("仙台.xlsx", later), *((f"{each}.xlsx", handed_out(each)) for each in ("東京", "大阪"))]
    found = gathered(files)
    assert totals(found, stage(found, "meetings")).year == 40 + 40 + 30
    assert "年度の開始月が違います(2026-07)。重なる月だけを集計しています" in remarks(later)


def test_last_years_workbook_is_listed_and_not_added_up() -> None:
    old = api.workbook(api.plan_from_example("ja", ["owner=仙台", "start=2024-04"]), "ja")
    files = [("仙台.xlsx", old), *((f"{each}.xlsx", handed_out(each)) for each in ("東京", "大阪"))]
    assert totals(gathered(files), 3).year == 80
    assert remarks(old)[0] == "別の年度(2024-04 から)のため、集計していません"


# -- form drift ----------------------------------------------------------------


def with_row(data: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    book["目標設定"].insert_rows(6)  # openpyxl moves no formula: what it did is drift, too
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def typed_over(data: bytes) -> bytes:
    return hands.typed(data, required_meetings=45)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (typed_over, "数式の書き換え 1か所(目標設定!C13)"),
        (with_row, "数式の書き換え"),
    ],
)
def test_what_was_changed_of_a_form_is_said(change: Callable[[bytes], bytes], said: str) -> None:
    assert any(each.startswith(said) for each in remarks(change(handed_out("東京")), 0))


def test_what_stands_in_the_sheet_is_added_up_and_its_error_listed() -> None:
    """45 typed over 40: what people see in their own sheet is what they find in the summary, beside the error."""
    found = gathered([("x.xlsx", typed_over(handed_out("東京")))])
    assert totals(found, stage(found, "meetings")).year == 45
    assert [(each.said.code, each.said.cell) for each in found.findings if each.said.severity == "error"] == [("F01", "C13")]


# -- sheets that were never ours -------------------------------------------------


def sample(name: str) -> bytes:
    return (ROOT / "samples" / "foreign" / name).read_bytes()


def test_a_sheet_typed_by_hand_joins_by_its_labels() -> None:
    """3 deals, 10 opportunities, 40 meetings, 200 leads, 20,000 visits of 12,000,000 yen; no months."""
    found = gathered([("手作り.xlsx", sample("1-list.xlsx")), ("東京.xlsx", handed_out("東京"))])
    assert answered("手作り.xlsx", sample("1-list.xlsx")).kind == FOREIGN
    assert [int(totals(found, at).year or 0) for at in range(6)] == [24_000_000, 6, 20, 80, 417, 41_700]
    assert "手作りのシート(項目名から読み取り)。目標だけを集計し、実績は読み取っていません" in next(
        each.remarks for each in found.files if each.name == "手作り.xlsx"
    )
    assert api.check(api.summary(found), "s.xlsx").status == "ok"


def test_its_months_join_too() -> None:
    """The year from 2026-04: 217 leads over twelve months, as the sheet has them."""
    found = gathered([("手作り.xlsx", sample("6-fiscal-year.xlsx")), ("東京.xlsx", handed_out("東京"))])
    rows = {each.name: each.rows[stage(found, "leads")] for each in found.managers}
    assert sum(each or 0 for each in rows["手作り"].goals) == 217
    assert rows["手作り"].goals[0] is not None


def test_of_sheets_that_were_never_ours_alone_there_is_a_summary_too() -> None:
    found = gathered([(name, sample(name)) for name in ("1-list.xlsx", "7-article.xlsx")])
    assert [each.name for each in found.managers] == ["1-list", "7-article"]
    assert api.check(api.summary(found), "s.xlsx").status == "ok"


def test_a_stage_of_its_own_that_is_called_as_ours_is_the_same() -> None:
    """商談数 under another key: 40 and 25 are 65 of one stage."""
    ours = answered("東京.xlsx", handed_out("東京"))
    other = api.Answer("手作り.xlsx", FOREIGN, "1", stages=(Stage("商談", "商談数", "count", "deals", 25),))
    found = api.collect([other, ours], "ja")
    assert [each.key for each in found.columns] == [each.key for each in ours.stages]
    assert totals(found, stage(found, "meetings")).year == 65
