"""What the checker's sentences say: which part of a formula differs, which stage and which month, what was changed, what a cell shows."""

from __future__ import annotations

import re
from functools import cache

import pytest
from conftest import Lazily, book, page_only, records, some
from hands import edited, typed
from seed_faults import setter
from seeding import package

from kgisheet import api
from kgisheet.check.compare.changed import changed
from kgisheet.check.finding import Finding
from kgisheet.worksheet.shown import quoted

GOALS = "目標設定"


def stages() -> bytes:
    return book(sheets="目標設定,ABM")


ALL = Lazily(lambda: {name: (str(each.sheet), str(each.cell)) for name, each in records(stages()).items()})
FORMULAS = Lazily(lambda: {name: each for name, each in records(page_only()).items() if each.formula})


def found(data: bytes) -> list[Finding]:
    return [each for each in api.check(data, "book.xlsx").findings if each.severity != "note"]


LONG = '=IF(rounding="切り捨て",ROUNDDOWN(ROUND(won_deals_exact,6),0),IF(rounding="四捨五入",ROUND(x,0),ROUNDUP(ROUND(x,6),0)))'


@pytest.mark.parametrize(
    ("is_now", "ja", "en"),
    [
        (LONG.replace("ROUNDUP(", "ROUND("), "変わった部分: 「ROUNDUP(」→「ROUND(」", "“ROUNDUP(” became “ROUND(”"),
        (LONG + "+1000", "変わった部分: 「)」→「)+1000」", "“)” became “)+1000”"),
        (LONG.replace("(x,0)", "(x,1)"), "変わった部分: 「0」→「1」", "“0” became “1”"),
        (LONG.replace("(x,", "(z,"), "変わった部分: 「x」→「z」 ほか1か所", "“x” became “z”, and 1 more"),
        ("=40+0", "今の数式は =40+0 です", "It is now =40+0"),
        (LONG.replace("won_deals_exact", "y").replace("x", "z"), "変わった部分: 「won_deals_exact」→「y」、「x」→「z」 ほか1か所", "“won_deals_exact” became “y”, “x” became “z”, and 1 more"),
    ],
)  # fmt: skip
def test_an_edited_formula_is_told_by_the_part_that_differs(is_now: str, ja: str, en: str) -> None:
    assert changed(is_now, LONG) == (ja, en)


@pytest.mark.parametrize(
    ("name", "ja", "en"),
    [
        ("overall", "総合判定の数式が消されています。計算上は「○ OK」と表示されるセルです", "should read “○ OK”"),
        ("status", "判定の数式が消されています。計算上は「○ 目標に届く計画です」と表示されるセルです", "should read “○ "),
        ("won_deals", "受注数の数式が消されています。計算上は3件です", "should be 3"),
    ],
)
def test_a_deleted_text_is_said_as_a_text(name: str, ja: str, en: str) -> None:
    # The example's page: 1,200万円 ÷ 400万円 = 3 deals, and all of it adds up.
    (only,) = found(typed(page_only(), **{name: None}))
    assert (only.code, only.name, only.message.to("ja")) == ("F01", name, ja)
    assert en in only.message.to("en")


def test_a_text_is_quoted_on_one_line_and_cut() -> None:
    assert quoted("400万円\n") == "400万円↵"
    assert quoted("長" * 100) == "長" * 39 + "…"


def test_no_message_repeats_a_long_formula_and_every_fix_has_it_once() -> None:
    """Each formula of the page made 1 more than it is: the longest has over a thousand letters.

    Of the overall status what it says is told (X06), as it is what people read.
    """
    longest = max(len(str(each.formula)) for each in FORMULAS.values())
    assert longest > 1000
    for name in [
        *some([each for each in FORMULAS if each != "overall"], 40),
        max(FORMULAS, key=lambda each: len(str(FORMULAS[each].formula))),
    ]:
        record = FORMULAS[name]
        data = edited(page_only(), setter(str(record.sheet), str(record.cell), f"{record.formula}&1"))
        (finding,) = (each for each in found(data) if each.code[0] == "F" and each.cell == record.cell)
        for lang in ("ja", "en"):
            message, fix = finding.message.to(lang), finding.fix.to(lang)
            assert len(message) < 250, message
            assert fix.endswith(f": {record.formula}"), fix


@cache
def stage() -> Finding:
    """The mark beside the third stage of the ABM matrix (顕在化), typed over."""
    sheet, cell = ALL["abm_agrees[3]"]
    (finding,) = (each for each in found(edited(stages(), setter(sheet, cell, "○ 一致"))) if each.code == "F01")
    return finding


def test_a_line_of_a_table_is_called_by_its_name() -> None:
    assert stage().label == "段階「顕在化」の目標設定との一致"
    assert "stage “顕在化”" in stage().message.en
    assert not re.search(r"\d番目|no\. \d", stage().message.ja + stage().message.en)


def test_a_rate_above_one_is_said_as_the_cell_shows_it() -> None:
    """30 in a cell whose format is 0%: the reader sees 3000%."""
    (finding,) = (each for each in found(edited(page_only(), setter(GOALS, "C10", 30))) if each.code == "I03")
    assert finding.message.ja == "受注率(案件→受注)が「3,000%」と表示されています。使えるのは100%までです"
    assert finding.message.en == "Win rate (opportunity → won) shows 3,000%; it can be 100% at most"
    assert (finding.fix.ja, finding.expected) == ("30%のつもりなら「30%」と入力し直してください", 0.3)


def test_a_stale_workbook_names_the_input_that_changed_and_a_figure() -> None:
    """4,000,000 yen a deal became 3,000,000: 12,000,000 / 3,000,000 = 4 deals, where 3 still show."""
    parts = package.unpacked(page_only())
    package.set_cell(parts, (GOALS, "H7"), 3_000_000)
    (finding,) = (each for each in found(package.packed(parts)) if each.code == "C01")
    assert finding.cell == "H7"
    assert finding.message.ja.startswith(
        "受注単価の変更(4,000,000円→3,000,000円)のあと、再計算されていません(受注数の表示は3件、正しくは4件"
    )
    assert "Average deal size was changed from ¥4,000,000 to ¥3,000,000" in finding.message.en
    assert "Won deals shows 3, but should be 4" in finding.message.en


def test_a_formula_that_became_a_text_is_called_so() -> None:
    def as_text(workbook: object) -> None:
        cell = workbook[GOALS]["E7"]  # type: ignore[index]
        cell.value, cell.data_type = FORMULAS["won_deals"].formula, "s"

    (finding,) = (each for each in found(edited(page_only(), as_text)) if each.code == "F01")
    assert finding.message.ja == "受注数の数式が文字になっていて、計算されません"
    assert finding.fix.ja.startswith("表示形式を「標準」に戻し、数式を入れ直してください: =IF(")
