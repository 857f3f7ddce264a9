"""Workbooks for another program than Excel: what it has no place for is left out and said, and all else is the same."""

from __future__ import annotations

import datetime
import functools
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import referee
import source
from conftest import ROOT, Ran, more, page_and_months
from from_google import exported
from hands import edited
from outside_judge import found
from package_audit import audit
from stored import cells, places

from kgisheet import api
from kgisheet.cli import options, tables
from kgisheet.formula.known import known
from kgisheet.layout import targets

SHEETS = "目標設定,月次予実,使い方"
TABS = "目標設定,月次予実,2026-04"


@functools.cache
def made(target: str, sheets: str = SHEETS, lang: str = "ja") -> bytes:
    return api.workbook(api.plan_from_example(lang, [f"sheets={sheets}"]), lang, None, target)


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def of_sheets(data: bytes) -> str:
    return "".join(part for name, part in parts(data).items() if name.startswith("xl/worksheets/sheet"))


def grave(data: bytes) -> list[tuple[str, str | None]]:
    return [(each.code, each.name) for each in api.check(data, "x").findings if each.severity != "note"]


# -- what is left out -------------------------------------------------------------------------------------

WITHOUT = {
    "protection": "<sheetProtection",
    "whole numbers": 'type="whole"',
    "lengths": 'type="textLength"',
    "titles of messages": "promptTitle=",
    "error texts": " error=",
}


def test_what_google_sheets_has_no_place_for_is_not_in_it() -> None:
    # The months' tabs have names of their own, lists by name are on ABM.
    whole = made("sheets", f"{TABS},ABM")
    held = parts(whole)
    sheets = of_sheets(whole)
    assert {what: mark in sheets for what, mark in WITHOUT.items()} == dict.fromkeys(WITHOUT, False)
    assert re.findall(r'<definedName name="(?!_xlnm)[^>]*localSheetId[^>]*>', held["xl/workbook.xml"]) == []
    dxfs = re.search(r"<dxfs.*</dxfs>", held["xl/styles.xml"], re.DOTALL)
    assert dxfs is not None
    assert "numFmt" not in dxfs[0]
    rules = re.findall(r"<cfRule.*?<formula>(.*?)</formula>", sheets)
    names = set(re.findall(r'<definedName name="(\w+)"', held["xl/workbook.xml"]))
    assert len(rules) > 100
    assert [each for each in rules if "!" in each or names & set(re.findall(r"[a-z_]\w*", re.sub(r'"[^"]*"', "", each)))] == []
    lists = re.findall(r'type="list".*?<formula1>(.*?)</formula1>', sheets)
    assert sum("!$" in each for each in lists) == 3  # ranks and stages of accounts
    assert [each for each in lists if each in names] == []


def test_others_who_judge_files_find_nothing() -> None:
    data = made("sheets", "目標設定,ABM")
    assert (found(data), audit(data)) == ([], None)


def test_for_excel_all_of_it_is_there() -> None:
    sheets = of_sheets(made("excel"))
    assert {what: mark in sheets for what, mark in WITHOUT.items()} == dict.fromkeys(WITHOUT, True)
    assert made("excel") == api.workbook(api.plan_from_example("ja", [f"sheets={SHEETS}"]), "ja")


@pytest.mark.parametrize("lang", ["ja", *more(["en"])])
def test_what_the_cells_hold_and_where_is_the_same(lang: str) -> None:
    one, other = (cells(made(target, lang=lang)) for target in ("excel", "sheets"))
    differ = {where for where in one.keys() | other.keys() if one.get(where) != other.get(where) and where[0] != "_kgisheet"}
    (legend,) = differ  # on the guide: the results are protected, or are to be left as they are
    assert ("保護" if lang == "ja" else "protected") in str(one[legend].value)
    assert ("書き換えない" if lang == "ja" else "leave them") in str(other[legend].value)
    assert api.diff((made("excel"), "a"), (made("sheets"), "b")).differs is False


@pytest.mark.office
def test_libreoffice_and_ironcalc_recalculate_it_to_the_same() -> None:
    data = made("sheets")
    where, ours = referee.formulas(data), referee.cached(data)
    (office,) = referee.by_libreoffice([data])
    assert len(where) > 100
    assert referee.differences(ours, office, where) == []
    assert referee.differences(ours, referee.by_ironcalc(data), where) == []


# -- read again -------------------------------------------------------------------------------------------


def test_it_is_checked_as_one_of_ours_and_misses_nothing() -> None:
    report = api.check(made("sheets"), "x")
    assert (report.status, {each.code for each in report.findings}) == ("ok", {"I11"})


def test_it_comes_back_from_google_as_right_as_it_went() -> None:
    report = api.check(exported(made("sheets", TABS)), "x")
    assert (report.status, {each.code for each in report.findings}) == ("ok", {"I11"})


FAULTS: dict[str, tuple[Any, str]] = {
    # The first two a workbook for Excel would have refused, as whole numbers and lengths.
    "month_revenue_override[2]": (12.5, "I10"),
    "title": ("x" * 300, "I10"),
    "win_rate": (30, "I03"),
    "won_deals": (4, "F01"),
}


@pytest.mark.parametrize("back", [False, True], ids=["made", "from google"])
def test_faults_in_it_are_found_at_their_cells(back: bool) -> None:
    data = made("sheets")

    def faulty(workbook: Any) -> None:
        for name, (value, _) in FAULTS.items():
            sheet, cell = places(data)[name]
            workbook[sheet][cell].value = value

    changed = edited(data, faulty)
    changed = exported(changed, referee.by_ironcalc(changed)) if back else changed
    found = {(each.code, each.sheet, each.cell) for each in api.check(changed, "x").findings if each.severity != "note"}
    assert found >= {(code, *places(data)[name]) for name, (_, code) in FAULTS.items()}


def test_the_tabs_of_a_new_year_are_made_for_it_too() -> None:
    data = exported(made("sheets", TABS))
    assert api.regenerate(data, "x").changes == ()
    rolled = api.regenerate(data, "x", start=datetime.date(2027, 4, 1)).data
    assert "2027-04" in parts(rolled)["xl/workbook.xml"]
    assert {what for what, mark in WITHOUT.items() if mark in of_sheets(rolled)} == set()
    assert re.findall(r"<definedName(?![^>]*_xlnm)[^>]*localSheetId", parts(rolled)["xl/workbook.xml"]) == []
    assert grave(rolled) == []
    assert api.diff((rolled, "a"), (rolled, "b")).differs is False


# -- what is said --------------------------------------------------------------------------------------------


def test_the_terminal_says_what_was_left_out(kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    said = kgisheet("new", "--for", "sheets", "--set", f"sheets={SHEETS}").out.decode()
    built = api.build(api.plan_from_example("ja", [f"sheets={SHEETS}"]), "ja", "sheets")
    assert [each.many for each in built.left_out] == [
        _many(said, about) for about in ("number formats", "another sheet", "whole number", "titles", "the protection of")
    ]
    assert "not tried in Google Sheets itself" in said
    assert "Save as Google Sheets" in said
    assert api.check((tmp_path / "kgi-goal.xlsx").read_bytes(), "x").status == "ok"
    assert "Google" not in kgisheet("new", "--set", f"sheets={SHEETS}", "-o", "excel.xlsx").out.decode()
    ja = [each.said.ja for each in built.left_out]
    assert [
        len(ja),
        *(any(about in each for each in ja) for about in ("数値の書式", "ほかのシート", "整数", "見出し", "保護")),
    ] == [
        5,
        *[True] * 5,
    ]


def _many(said: str, about: str) -> int:
    line = next(line for line in said.splitlines() if about in line and line.startswith("  - "))
    number = re.search(r"[\d,]+", line)
    assert number is not None
    return int(number[0].replace(",", ""))


def test_every_target_is_offered_and_has_its_words() -> None:
    (option,) = options.FOR(lambda: None).__click_params__  # type: ignore[attr-defined]
    offered = option.type.choices
    assert list(offered) == [*targets.TARGETS] == [*tables.EXAMPLE] == [*tables.NEXT]
    assert targets.known("numbers") == targets.EXCEL


# -- functions ------------------------------------------------------------------------------------------------

WRITERS = ("expr/render", "layout", "worksheet", "template")


def functions() -> set[str]:
    """Every function that stands in a text from which formulas are written."""
    found: set[str] = set()
    for folder in WRITERS:
        for path in (ROOT / "kgisheet" / folder).glob("*.py"):
            for _, text in source.texts(source.of(path)):
                found |= set(re.findall(r"\b([A-Z][A-Z0-9]+)\(", text))
                found |= {text} & known() - {"T", "N", "FALSE"}
    return found


@pytest.mark.parametrize("page", ["docs/google-sheets.md"])
def test_the_page_lists_the_functions_that_our_formulas_use(page: str) -> None:
    (listed,) = re.findall(r"## Functions.*?```text\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)
    assert set(listed.split()) == functions()


def test_no_workbook_has_a_function_beside_them() -> None:
    data = of_sheets(page_and_months()) + of_sheets(made("sheets"))
    formulas = re.findall(r"<(?:f|formula\d?)>(.*?)</", data)
    used = {
        name for each in formulas for name in re.findall(r"\b([A-Z][A-Z0-9.]+)\(", re.sub(r'"[^"]*"|&quot;.*?&quot;', "", each))
    }
    assert len(used) > 20
    assert used <= functions()
