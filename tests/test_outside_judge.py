"""The files as others judge them: openxml-audit, the Open XML SDK's rules in Python, finds nothing in any kind that we write.

It knows the schema: types, enumerations, what is required. `package_audit`, which every test of a
part asks, knows what it does not look at: formats, order and places of cells, names, content types,
XML that ends nowhere. The table of planted faults says who of the two has to refuse which.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from conftest import BEYOND, PAGE, book, more, page_only, some
from outside_judge import found
from package_audit import audit
from regenerating.parts import STEPS
from seeding.package import Parts, packed, unpacked
from seeding.savers import edited
from test_graft import TITLES, colleagues, grafted
from test_upgrade import untouched
from test_year import PLAN

from kgisheet import api
from kgisheet.plan.load import PlanText

# -- they say no ----------------------------------------------------------------

SHEET, BOOK, STYLES, TYPES = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"
RELS = "xl/_rels/workbook.xml.rels"
OUTSIDE, AUDIT = {found}, {audit}
BOTH = OUTSIDE | AUDIT


def moved_up(text: str) -> str:
    merges = re.search(r"<mergeCells.*?</mergeCells>", text)
    assert merges is not None
    return text.replace(merges[0], "").replace("<sheetData>", f"{merges[0]}<sheetData>")


def is_refused(one: Callable[[bytes], object], data: bytes) -> bool:
    try:
        return bool(one(data))
    except (AssertionError, ValueError, KeyError, SyntaxError):
        return True


def sub(pattern: str, by: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, by, text, count=1)


FAULTS: dict[str, tuple[str, Callable[[str], str], set[Callable[[bytes], object]]]] = {
    "merged cells before the cells": (SHEET, moved_up, BOTH),
    "a kind of validation that is none": (SHEET, sub('type="list"', 'type="lists"'), OUTSIDE),
    "a kind of cell that is none": (SHEET, sub('t="s"', 't="text"'), OUTSIDE),
    "a condition without its priority": (SHEET, sub(r' priority="\d+"', ""), OUTSIDE),
    "a row that is not a number": (SHEET, sub(r'<row r="\d+"', '<row r="four"'), BOTH),
    "a shared string that is not there": (SHEET, sub(r't="s"><v>\d+', 't="s"><v>99999'), OUTSIDE),
    "a format that is not there": (SHEET, sub(r' s="\d+"', ' s="9999"'), AUDIT),
    "a conditional format that is not there": (SHEET, sub(r'dxfId="\d+"', 'dxfId="9999"'), AUDIT),
    "a cell twice": (SHEET, sub(r'(<c r="C21".*?</c>)', r"\1\1"), AUDIT),
    "a sheet that ends nowhere": (SHEET, sub("</sheetData>", ""), AUDIT),
    "a sheet's title twice": (BOOK, sub('(<sheet name=")目標設定', r"\1使い方"), BOTH),
    "a sheet's number twice": (BOOK, sub('sheetId="2"', 'sheetId="1"'), BOTH),
    "a name twice": (BOOK, sub('(<definedName name="won_deals".*?</definedName>)', r"\1\1"), AUDIT),
    "a name of a sheet that is not there": (BOOK, sub(r'localSheetId="\d+"', 'localSheetId="77"'), AUDIT),
    "a relation that is not there": (BOOK, sub(r'r:id="rId\d+"', 'r:id="rId77"'), BOTH),
    "a part that is not there": (RELS, sub("worksheets/sheet1.xml", "worksheets/sheet22.xml"), BOTH),
    "a font that is not there": (STYLES, sub(r'fontId="\d+"', 'fontId="999"'), AUDIT),
    "a sheet of another type": (TYPES, sub("spreadsheetml.worksheet[+]xml", "spreadsheetml.styles+xml"), AUDIT),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_refused(fault: str) -> None:
    part, plant, by = FAULTS[fault]
    parts: Parts = unpacked(page_only())
    text = parts[part].decode()
    parts[part] = plant(text).encode()
    assert parts[part].decode() != text, "nothing was planted"
    for one in by:
        assert is_refused(one, packed(parts)), one


# -- of ours they say nothing -----------------------------------------------------


def accept(data: bytes) -> None:
    audit(data)
    assert found(data) == []


@pytest.mark.parametrize(
    ("template", "lang", "sheets"),
    some(
        [
            ("standard", "ja", "目標設定,月次予実,月別"),
            ("standard", "ja", "all"),
            ("short", "en", BEYOND),
            ("short", "ja", PAGE),
            ("access", "en", PAGE),
            ("access", "ja", BEYOND),
            ("standard", "en", PAGE),
        ],
        2,
    ),
)
def test_a_new_workbook(template: str, lang: str, sheets: str) -> None:
    accept(book(template, lang, sheets=sheets))


def test_an_annotated_workbook() -> None:
    data = edited(page_only(lang="en"), lambda workbook: workbook["Goals"].__setitem__("D14", 30))
    before = found(data)  # openpyxl wrote it
    report = api.check(data, "goal.xlsx")
    assert report.findings
    assert [each for each in found(api.annotate(data, report, "goal.xlsx", "en")) if each not in before] == []
    clean = page_only()
    accept(api.annotate(clean, api.check(clean, "goal.xlsx"), "goal.xlsx", "ja"))


def test_a_regenerated_workbook() -> None:
    """One that a new year began in is judged in test_year.py; one that was put back is the file that was there (test_backups.py)."""
    plan = api.plan_from_toml(PLAN, "p.toml", "ja", ["sheets=目標設定,月次予実"])
    raised = PlanText(PLAN.replace("1,200万円", "1,500万円"), "raised.toml")
    regenerated = api.regenerate(api.workbook(plan, "ja"), "goal.xlsx", plan=raised)
    assert regenerated.changes
    accept(regenerated.data)


def test_other_peoples_parts_are_as_they_were() -> None:
    """Pictures, threaded comments, sparklines: what is said of them was said before."""
    parts = unpacked(book(sheets="目標設定,月次予実"))
    for name, given in (("picture", ["目標設定"]), ("threaded", ["目標設定", "B2"]), ("sparkline", ["目標設定", "X2", "D21:D23"]), ("custom_xml", []), ("calc_chain", [])):  # fmt: skip
        STEPS[name](parts, *given)
    data = packed(parts)
    assert len(unpacked(data)) > len(unpacked(book(sheets="目標設定,月次予実"))) + 4
    outcome = api.regenerate(data, "goal.xlsx", take=["ours"])
    annotated = api.annotate(outcome.data, api.check(outcome.data, "goal.xlsx"), "goal.xlsx", "en")
    before = found(data)
    assert [each for each in found(annotated) if each not in before] == []


def test_sheets_put_into_a_colleagues_workbook() -> None:
    before = found(colleagues())
    assert [each for each in found(grafted(colleagues(), TITLES)) if each not in before] == []


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_an_input_form(lang: str) -> None:
    accept(api.input_form(lang))


@pytest.mark.parametrize("name", ["page", "own", *more(["example", "saas", "manufacturer"])])
def test_an_upgraded_workbook(name: str) -> None:
    upgraded = untouched(name)
    assert upgraded.sheets
    accept(upgraded.data)
