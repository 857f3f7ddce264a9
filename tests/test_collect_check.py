"""`check` of a collected summary: a typed-over sum and a changed figure are found at their cells, and nothing is where nothing is wrong."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import hands
import openpyxl
import pytest
import stored
from conftest import some
from office import convert
from test_collect import answered, gathered, summary, three

from kgisheet import api
from kgisheet.gather.model import Said


def said(data: bytes) -> list[tuple[str, str, str | None]]:
    """Code, severity and cell of each finding."""
    return [
        (each.code, each.severity, f"{each.sheet}!{each.cell}" if each.cell else each.sheet) for each in report(data).findings
    ]


def report(data: bytes) -> api.Report:
    return api.check(data, "summary.xlsx")


def edited(data: bytes, edit: Callable[[openpyxl.Workbook], None]) -> bytes:
    """The summary as openpyxl saves it after an edit."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    edit(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_sound_summary_has_no_finding(lang: str) -> None:
    found = report(summary(lang))
    assert (found.status, found.findings) == ("ok", ())
    assert found.formulas > 500


def test_an_empty_summary_is_sound_too() -> None:
    assert said(api.summary(gathered([]))) == []
    assert said(api.summary(gathered([("x.xlsx", b"nothing")]))) == []


def typed(where: str, value: object) -> bytes:
    sheet, _, cell = where.partition("!")
    return hands.edited(summary("ja"), lambda book: book[sheet].__setitem__(cell, value))


@pytest.mark.parametrize(
    ("where", "value", "code"),
    [
        ("商談数!E5", 99, "F01"),  # the whole's actual, typed over
        ("商談数!E5", "=SUM(E7:E8)", "F02"),  # one manager fewer
        ("商談数!S7", 30, "F01"),  # an actual that was collected
        ("商談数!S9", 5, "F01"),  # one where nothing was typed
        ("商談数!C7", None, "F01"),  # a manager's sum of the year, emptied
        ("担当者別!I7", 0.5, "F01"),
        ("月別!C5", 1, "F01"),
        ("全体!H13", 1, "F01"),  # achievement of the whole
        ("全体!B5", 1, "F01"),  # the large one on top
    ],
)
def test_what_was_changed_is_found_at_its_cell(where: str, value: object, code: str) -> None:
    data = typed(where, value)
    assert [each for each in said(data) if each[1] == "error"] == [(code, "error", where)]
    assert report(data).status == "findings"


def test_it_says_what_was_there_and_what_belongs_there() -> None:
    [finding] = [each for each in report(typed("商談数!E5", 99)).findings if each.severity == "error"]
    assert (finding.found, finding.expected, finding.difference) == (99, 9, 90)
    assert finding.message.to("ja") == "数式が「99」で上書きされています(全体: 実績の累計)。計算上は9です"
    assert finding.fix.to("en") == 'restore the formula: =IF(COUNT($E$7:$E$10)=0,"",SUM($E$7:$E$10))'


def test_a_stored_result_that_is_not_the_formulas_is_one_finding() -> None:
    """As a program leaves it that was closed before it recalculated: 9 stored as 8."""
    data = stored_as(summary("ja"), "商談数!E5", 9, 8)
    assert said(data) == [("C01", "error", "商談数!E5")]


def stored_as(data: bytes, where: str, old: int, new: int) -> bytes:
    from seeding import package

    sheet, _, cell = where.partition("!")
    parts = package.unpacked(data)
    part = package.part_of(parts, sheet)
    head, _, rest = parts[part].partition(f'r="{cell}"'.encode())
    assert f"<v>{old}</v>".encode() in rest
    parts[part] = head + f'r="{cell}"'.encode() + rest.replace(f"<v>{old}</v>".encode(), f"<v>{new}</v>".encode(), 1)
    return package.packed(parts)


# -- no false alarm ------------------------------------------------------------


def test_people_may_sort_the_managers_put_lines_in_and_rename_sheets() -> None:
    def work(book: openpyxl.Workbook) -> None:
        people = book["担当者別"]
        rows = [[people.cell(row, col).value for col in range(1, people.max_column + 1)] for row in range(7, 11)]
        for row, cells in enumerate(reversed(rows), 7):
            for col, value in enumerate(cells, 1):
                people.cell(row, col).value = value
        people["AZ7"] = "remark"
        book["提出状況"].insert_rows(2)

    data = edited(summary("ja"), work)
    assert [each for each in said(data) if each[1] != "note"] == []


def test_what_openpyxl_saves_is_sound() -> None:
    assert {each[0] for each in said(edited(summary("ja"), lambda book: None))} <= {"C02"}


@pytest.mark.office
@pytest.mark.parametrize("lang", some(["ja", "en"], 2))
def test_what_libreoffice_saves_is_sound(lang: str, tmp_path: Path) -> None:
    (tmp_path / "summary.xlsx").write_bytes(summary(lang))
    [saved] = convert([tmp_path / "summary.xlsx"], "xlsx", tmp_path / "saved")
    assert said(saved.read_bytes()) == []


def test_other_words_over_a_heading_hide_no_column() -> None:
    def work(book: openpyxl.Workbook) -> None:
        book["商談数"]["E6"] = "合計"
        book["商談数"]["E5"] = 99

    assert ("F01", "error", "商談数!E5") in said(edited(summary("ja"), work))


# -- what is gone --------------------------------------------------------------


def test_a_deleted_row_and_a_deleted_sheet_are_said() -> None:
    def row(book: openpyxl.Workbook) -> None:
        book["商談数"].delete_rows(8)

    assert ("S01", "error", "商談数") in said(edited(summary("ja"), row))
    assert ("S04", "error", "月別") in said(edited(summary("ja"), lambda book: book.remove(book["月別"])))


@pytest.mark.parametrize(
    ("where", "value", "said"),
    [
        ("担当者別!C10", "提出済み", "F01 集計ブックの文が書き換えられています(x: 状態: 「読み取れない」→「提出済み」)"),
        ("担当者別!B7", "課長", "F01 集計ブックの文が書き換えられています(東京: 担当者: 「東京」→「課長」)"),
        (
            "全体!D5",
            "4 / 4名",
            "F01 集計ブックの文が書き換えられています(提出済み / 対象: 「2 / 4名」→「4 / 4名」)",
        ),
        (
            "全体!H5",
            "0件",
            "F01 集計ブックの文が書き換えられています(誤りがある・読めないファイル: 「1件」→「0件」)",
        ),
        (
            "全体!B8",
            "何もありません",
            "S01 「全体」の1行が、なくなっているか書き換えられています(・配布時のままの1名に記入を依頼する: 福岡)",
        ),
        ("提出状況!H8", "問題なし", "S01 「提出状況」の1行が、なくなっているか書き換えられています"),
        ("提出状況!A5", "西京.xlsx", "S01 「提出状況」の1行が、なくなっているか書き換えられています"),
    ],
)
def test_texts_that_were_changed_are_found(where: str, value: str, said: str) -> None:
    """States, names, the large figures, what is to be done, the list of files: all that the record knows."""
    found = [each for each in report(typed(where, value)).findings if each.severity == "error"]
    assert [f"{each.code} {each.message.to('ja')}" for each in found] == [said]


def test_findings_that_were_deleted_are_missed() -> None:
    """東京's workbook with two findings, of which the second is deleted."""
    faulty = tuple(Said("F01", "error", "目標設定", f"C{row}", "数式が上書きされています", "戻してください") for row in (7, 9))
    tokyo = answered(*three()[0])._replace(errors=2, said=faulty)
    data = api.summary(api.collect([tokyo, answered(*three()[1])], "ja"))
    assert said(data) == []
    found = report(hands.edited(data, lambda book: _cleared(book, 6))).findings
    [gone] = [each for each in found if each.severity == "error"]
    assert (gone.code, gone.message.to("ja")) == ("S01", "「指摘」の1行が、なくなっているか書き換えられています")


def _cleared(book: openpyxl.Workbook, row: int) -> None:
    for col in "ABCDEFG":
        book["指摘"][f"{col}{row}"].value = None


def test_a_row_that_is_gone_is_called_by_its_manager() -> None:
    def row(book: openpyxl.Workbook) -> None:
        book["商談数"].delete_rows(8)

    gone = [each.message.to("ja") for each in report(edited(summary("ja"), row)).findings if each.code == "S01"]
    assert gone == ["「商談数」の行が1行なくなっています(大阪)。合計に入っていません"]


def test_a_sheet_that_is_gone_is_said_once() -> None:
    data = edited(summary("ja"), lambda book: book.remove(book["担当者別"]))
    assert [each for each in said(data) if each[0] == "S04"] == [("S04", "error", "担当者別")]


def test_without_its_record_nothing_is_called_right() -> None:
    data = edited(summary("ja"), lambda book: book.remove(book["_kgisheet"]))
    assert report(data).status == "incomplete"
    assert said(data) == [("S12", "warning", None)]


@pytest.mark.parametrize("record", ['{"layout": 1}', "[]", '{"layout": 3}', '{"layout": 2, "months": 3, "columns": 1e99}'])
def test_a_record_of_another_shape_is_none(record: str) -> None:
    def other(book: openpyxl.Workbook) -> None:
        sheet = book["_kgisheet"]
        for row in sheet.iter_rows():
            if row[0].value == "summary":
                row[2].value = f"|{record}|"

    assert report(edited(summary("ja"), other)).status == "incomplete"


def test_the_record_is_as_long_as_what_was_collected() -> None:
    cells = [at for at in stored.cells(api.summary(gathered(three()))) if at[0] == "_kgisheet"]
    assert len(cells) < 30
