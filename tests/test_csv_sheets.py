"""`check` of .csv and .tsv: a sheet named after the file, cells called as in a spreadsheet, and what a CSV lacks is said."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import filekinds
import pytest
import sweep_strangers
from conftest import Ran, page_and_months, some
from foreign.sheets import codes, read
from sweep_filekinds import BY_FORMULA, said
from test_ods import ENTRIES

from kgisheet import api
from kgisheet.sheetfiles.csvgrid import cell
from kgisheet.xlsx.read.reader import read as read_xlsx

Run = Callable[..., Ran]

GOAL = "目標シート,\r\n,\r\n受注数,3件\r\n受注率,30%\r\n案件化数,10\r\n案件化率,25%\r\n商談数,45\r\n"
"""3 ÷ 30 % = 10, 10 ÷ 25 % = 40, in the seventh line."""


def check(text: str, name: str = "goal.csv", encoding: str = "utf-8") -> Any:
    return api.check(text.encode(encoding), name)


def test_a_wrong_figure_is_found_at_its_cell_of_a_sheet_named_after_the_file() -> None:
    report = check(GOAL, "2026/目標.v2.csv")
    assert (report.status, codes(report)) == ("findings", [("F01", "B7")])
    assert {each.sheet for each in report.findings if each.sheet} == {"目標.v2"}
    assert read(report) == {"won_deals": 3, "win_rate": 0.3, "opportunities": 10, "opportunity_rate": 0.25, "meetings": 45}


def test_it_says_that_a_csv_has_values_only() -> None:
    assert [each.message.ja for each in check(GOAL.replace("45", "40")).findings if "CSV" in each.message.ja] == [
        "CSVには値だけがあり、数式・書式・結合・非表示の行は入らないため、値だけを、表示された桁で検査しました"
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
@pytest.mark.parametrize(("delimiter", "name"), [(",", "a.csv"), ("\t", "a.tsv"), (";", "a.csv"), ("\t", "a.csv")])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_encodings_and_separators(encoding: str, delimiter: str, name: str, end: str) -> None:
    text = GOAL.replace(",", delimiter).replace("\r\n", end)
    assert codes(check(text, name, encoding)) == [("F01", "B7")]


def test_a_line_that_names_the_separator_is_no_row() -> None:
    """Excel doesn't show it; a comment or a blank line it does."""
    assert codes(check("sep=;\r\n" + GOAL.replace(",", ";"))) == [("F01", "B7")]
    assert codes(check("# exported on 2026-04-01\r\n\r\n" + GOAL)) == [("F01", "B9")]


@pytest.mark.parametrize("name", ["標準入力", "goal", "goal.txt"])
def test_a_text_without_a_suffix_is_a_csv(name: str) -> None:
    assert codes(check(GOAL, name)) == [("F01", "B7")]


def test_a_csv_renamed_is_called_by_its_name() -> None:
    report = check(GOAL, "goal.xlsx")
    assert (report.status, report.problem.what.en) == ("unreadable", "this is a text file (CSV or the like)")


# -- what a cell of a CSV is --------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("1200", 1200, "General"),
        ("1,200", 1200, "#,##0"),
        ("-1,200.50", -1200.5, "#,##0.00"),
        ("３０％", 0.3, "0%"),
        ("1.25 %", 0.0125, "0.00%"),
        ("¥1,200,000", 1_200_000, '"¥"#,##0'),
        ("￥-500", -500, '"¥"0'),
        ("$1,200", 1200, '"$"#,##0'),
        ("1,200万円", 1200, '#,##0"万円"'),
        ("１，２００万円", 1200, '#,##0"万円"'),
        ("1.5億円", 1.5, '0.0"億円"'),
        ("40件", 40, '0"件"'),
        ("(1,200)", -1200, "#,##0"),
        ("△5", -5, "General"),
        ("2026/4/1", datetime.datetime(2026, 4, 1), "yyyy/m/d"),
        ("2026年4月1日", datetime.datetime(2026, 4, 1), "yyyy/m/d"),
        ("TRUE", True, "General"),
    ],
)
def test_a_figure_with_the_format_that_shows_it(text: str, value: Any, code: str) -> None:
    found = cell(text)
    assert found is not None
    assert (found.formula, found.value, found.format) == (None, value, code)


@pytest.mark.parametrize(
    "text", ["4月", "007", "03-1234-5678", "約30%", "30〜35%", "2万", "1億2,000万円", "2026-13-01", "(5", "1" * 16, "受注率 30%", "x" * 900]
)  # fmt: skip
def test_what_is_no_plain_figure_stays_a_text(text: str) -> None:
    """Months, codes, what is about right, ranges; 2万 may be visits: the reading by labels knows."""
    found = cell(text)
    assert found is not None
    assert found.value == text


def test_texts_that_hold_figures_are_understood_as_in_an_xlsx() -> None:
    report = check("売上目標,1億2,000万円\n".replace("2,000", "2000") + "受注単価,400万円\n受注数,30\nリード数,約2万\n")
    assert read(report) == {"web_revenue": 120_000_000, "deal_size": 4_000_000, "won_deals": 30, "leads": 20_000}
    assert (report.status, codes(report)) == ("incomplete", [])  # the leads, with no rate, can be compared with nothing
    assert not [each for each in report.findings if each.code == "I01"]  # that figures are texts is said of no CSV


def test_the_error_of_a_formula_is_found_where_it_was_shown() -> None:
    assert ("F06", "B7") in codes(check(GOAL.replace("45", "#DIV/0!")))


def test_a_formula_that_was_exported_as_its_text_is_one() -> None:
    assert (codes(check(GOAL.replace("45", "=B5/B6"))), codes(check(GOAL.replace("45", "=B5/B6+5")))) == ([], [("F02", "B7")])


@pytest.mark.parametrize("text", ["=== 前提 ===", "=cmd|' /C calc'!A0", "=", "=1+"])
def test_what_only_begins_like_a_formula_is_a_text(text: str) -> None:
    found = cell(text)
    assert found is not None
    assert (found.formula, found.value) == (None, text)


# -- the same sheets, as .xlsx and as CSV --------------------------------------------------


@pytest.mark.parametrize(
    "entry", some([each for each in ENTRIES if len(each["sheets"]) == 1], 6), ids=lambda entry: entry["name"]
)
def test_the_same_is_said_of_a_strangers_sheet_as_csv(entry: dict[str, Any]) -> None:
    data = sweep_strangers.workbook(entry)
    one, other = api.check(data, "sheet.xlsx"), api.check(filekinds.csv_of(data, "utf-8-sig"), "sheet.csv")
    if entry["name"] not in BY_FORMULA:
        assert said(other) == said(one)
        assert other.status == one.status


HIDDEN = "Goal,\nWon deals,47\nWin rate,{}\nOpportunities,205\nLead to opportunity,13%\nLeads,1569\nCVR,{}\nVisits,{}\n"


def test_what_hidden_decimals_of_a_rate_explain_is_a_note_where_other_rates_hide_some() -> None:
    """205 of 1,569 is 13.07 %, shown as 13%; 1,569 of 83,900 is 1.87 %, shown as 2%, by which 78,450 would be needed."""
    report = check(HIDDEN.format("23%", "2%", "83900"))
    assert (report.status, codes(report)) == ("ok", [])
    assert [(each.code, each.cell) for each in report.findings if "rounded for display" in each.message.en] == [("F01", "B8")]
    # 110,000 would be 1.43 %.
    assert codes(check(HIDDEN.format("23%", "2%", "110000"))) == [("F01", "B8")]
    # Where the other rates are exact this one is, too.
    assert codes(check("Goal,\nOpportunities,100\nLead to opportunity,10%\nLeads,1000\nCVR,2%\nVisits,48000\n")) == [
        ("F01", "B6")
    ]


# -- what is no goal sheet, and what can't be read -----------------------------------------

OTHERS = {
    "an expense list": ("日付,項目,金額\n2026-04-01,交通費,1200\n合計,,1200\n", "could not be read as a goal sheet"),
    "actuals by stage": ("month,stage,value\n2026-04,visits,1700\n2026-04,leads,15\n2026-04,meetings,3\n", "a goal sheet"),
    "actuals by month": ("月,訪問数,リード数,商談数\n2026-04,1800,17,4\n2026-05,2000,20,5\n", "a table of actuals"),
    "one line": ("hello\n", "could not be read as a goal sheet"),
}


@pytest.mark.parametrize("what", OTHERS)
def test_what_is_no_goal_sheet_is_exit_3(kgisheet: Run, tmp_path: Path, what: str) -> None:
    text, says = OTHERS[what]
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    ran = kgisheet("check", "a.csv")
    assert (ran.code, says in ran.out.decode()) == (3, True)


UNREAD: dict[str, tuple[bytes, str, str]] = {
    "empty": (b"", "the file is empty", "空のファイル"),
    "blank": (b"\r\n , \r\n", "there are no rows", "行がありません"),
    "cut off in a letter": (GOAL.encode()[:-40] + b"\xe5\x8f", "breaks here", "途中で壊れて"),
    "EUC-JP": (GOAL.encode("euc_jp"), "EUC-JP", "EUC-JP"),
    "UTF-32": (GOAL.encode("utf-32"), "UTF-32", "UTF-32"),
    "binary": (bytes(range(256)) * 20, "not text", "文字ではない"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(500), "not text", "文字ではない"),
    "HTML": (b"<html><table></table>", "HTML", "HTML"),
    "an open quotation mark": (GOAL.replace("45", '"45').encode(), "never closed", "閉じられて"),
    "too many rows": (b"a,1\n" * 20_001, "too large", "大きすぎ"),
    "too many columns": (b"1," * 1001, "too large", "大きすぎ"),
    "6 MiB": (b"a" * (6 << 20), "too large", "大きすぎ"),
}


@pytest.mark.parametrize("what", UNREAD)
def test_what_can_not_be_read_is_said_in_both_languages(what: str) -> None:
    data, english, japanese = UNREAD[what]
    problem = api.check(data, "goal.csv").problem
    assert problem is not None
    assert (english in problem.what.en, japanese in problem.what.ja) == (True, True), problem.what


def test_a_gigabyte_is_not_even_read(kgisheet: Run, tmp_path: Path) -> None:
    with (tmp_path / "big.csv").open("wb") as file:
        file.truncate(1 << 30)
    ran = kgisheet("check", "big.csv")
    assert (ran.code, "too large to be read (1,024 MiB; the limit is 20 MiB)" in ran.out.decode()) == (3, True)


def test_a_sheet_exported_from_our_own_workbook_is_never_called_right() -> None:
    """Every sheet of it, in both languages: by its labels some of their figures would be taken for wrong."""
    for lang in ("ja", "en"):
        book = read_xlsx(page_and_months(lang=lang), "a.xlsx")
        for title in [each.title for each in book.sheets if each.title != "_kgisheet"]:
            cells = {where[1:]: each.value for where, each in book.cells.items() if where[0] == title}
            width = max(col for _, col in cells) + 1
            lines = [[str(cells.get((row, col), "") or "") for col in range(width)] for row in range(max(cells)[0] + 1)]
            text = "\n".join("\t".join(each.replace("\n", " ").replace('"', "") for each in line) for line in lines)
            report = check(text, f"{title}.tsv")
            assert report.status == "incomplete", title
            assert report.problem is not None
            assert report.problem.code == "export-of-ours", title


def test_words_that_anybody_may_use_do_not_make_a_sheet_ours() -> None:
    assert codes(check("2026年度 Web売上目標,マーケティング部\n" + GOAL)) == [("F01", "B8")]


# -- folders, reports, marks ----------------------------------------------------------------


def test_a_folder_reports_its_goal_sheets_and_lists_other_csv_files(kgisheet: Run, tmp_path: Path) -> None:
    (tmp_path / "goal.csv").write_text(GOAL, encoding="cp932")
    (tmp_path / "goal.tsv").write_text(GOAL.replace("45", "40").replace(",", "\t"), encoding="utf-16")
    (tmp_path / "actuals.csv").write_text(OTHERS["actuals by month"][0], encoding="utf-8")
    (tmp_path / "memo.md").write_text("x", encoding="utf-8")
    ran = kgisheet("check", ".", "--format", "json")
    found = json.loads(ran.out)
    assert [(each["file"], each["status"]) for each in found["reports"]] == [("goal.csv", "findings"), ("goal.tsv", "ok")]
    assert (ran.code, found["not_looked_at"]) == (1, ["memo.md", "actuals.csv"])
    (tmp_path / "goal.csv").unlink()
    (tmp_path / "goal.tsv").unlink()
    ran = kgisheet("check", ".")
    assert (ran.code, "there is no goal sheet" in ran.out.decode()) == (3, True)


@pytest.mark.parametrize("form", ["text", "html", "sarif", "json"])
def test_every_report_names_the_cell(kgisheet: Run, tmp_path: Path, form: str) -> None:
    (tmp_path / "goal.csv").write_text(GOAL, encoding="utf-8")
    ran = kgisheet("check", "goal.csv", "--format", form)
    assert (ran.code, "B7" in ran.out.decode()) == (1, True)


def test_a_marked_copy_asks_for_xlsx(kgisheet: Run, tmp_path: Path) -> None:
    (tmp_path / "goal.csv").write_text(GOAL, encoding="utf-8")
    ran = kgisheet("check", "goal.csv", "--annotate", "copy.xlsx")
    assert (ran.code, "can only be made of an .xlsx" in ran.err) == (2, True)


def test_stdin_is_a_sheet_like_any_other(kgisheet: Run) -> None:
    ran = kgisheet("check", "-", "--format", "json", stdin=GOAL.encode())
    assert [each["cell"] for each in json.loads(ran.out)["reports"][0]["findings"] if each["severity"] == "error"] == ["B7"]
