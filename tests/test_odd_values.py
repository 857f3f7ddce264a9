"""A value of the wrong kind in any place of a workbook: a finding, or a refusal in words; `tests/sweep_odd.py` takes them all."""

from __future__ import annotations

import datetime
import re
from fractions import Fraction

import pytest
import stored
import sweep_odd
from conftest import page_and_months, page_only
from hostile import books, packages, unsure

from kgisheet import api
from kgisheet.expr.render.figures import day_of
from kgisheet.filled.records import json_value

SHARES = {"ours": 600, "by labels": 11, "ods": 11}
"""Every so-manieth mutation."""


@pytest.mark.parametrize("name", SHARES)
def test_every_place_takes_a_wrong_value_in_words(name: str) -> None:
    data, file = sweep_odd.books()[name]
    count, faults = sweep_odd.found_in(name, data, file, 7, SHARES[name], all_commands=False)
    assert (faults, count.total() > 10) == ([], True)


SHEET = "xl/worksheets/sheet1.xml"
PRICE = stored.places(page_only())["deal_size"][1]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("<v>4000000</v>", "<v>--3</v>", "I01"),
        ("<v>4000000</v>", "<v>1_000</v>", "I01"),
        ("<v>4000000</v>", "<v>1e999</v>", "I07"),
        ("<v>4000000</v>", f"<v>{'9' * 40_000}</v>", "I01"),
        ("<v>4000000</v>", "<v>4000000</v><v>5</v>", "I10"),
        ("<v>4000000</v>", "<x><v>4000000</v></x>", "I10"),
        (f'<c r="{PRICE}"', f'<c r="{PRICE}x"', "I10"),
        (f'<c r="{PRICE}"', f'<c t="s" r="{PRICE}"', "I10"),
        (f'<c r="{PRICE}" s="', f'<c r="{PRICE}" s="99', "S05"),
    ],
)
def test_what_is_wrong_with_a_cell_is_a_finding_there_and_the_rest_is_checked(old: str, new: str, code: str) -> None:
    parts = packages.parts()
    assert parts[SHEET].count(old.encode()) == 1
    data = books.packed({**parts, SHEET: parts[SHEET].replace(old.encode(), new.encode())})
    report = api.check(data, "book.xlsx")
    grave = [(each.code, each.cell) for each in report.findings if each.severity != "note"]
    assert (code, PRICE) in grave, grave
    assert report.formulas == api.check(page_only(), "book.xlsx").formulas


@pytest.mark.parametrize("what", unsure.CELLS)
def test_what_means_nothing_in_a_sheet_that_was_never_ours_is_a_finding_at_its_cell(what: str) -> None:
    cell, xml = unsure.CELLS[what]
    report = api.check(unsure.edited(SHEET, unsure.MEETINGS, xml, books.typed({})), "book.xlsx")
    assert report.status in ("findings", "incomplete")
    assert [(each.sheet, each.cell) for each in report.findings if each.severity != "note"] == [("Sheet1", cell)]


def test_the_same_text_in_the_cell_and_as_its_value_is_one() -> None:
    label = '<c r="A4" t="inlineStr"><is><t>商談数</t></is>'
    data = unsure.edited(SHEET, f"{label}</c>", f"{label}<v>商談数</v></c>", books.typed({}))
    assert api.check(data, "book.xlsx").status == "ok"


def test_two_sheets_of_one_title_are_both_checked_and_that_is_said() -> None:
    for make, sheet in ((unsure.first_wrong, "Sheet1"), (unsure.second_wrong, "sheet1 (2)")):
        found = [
            (each.code, each.sheet, each.cell) for each in api.check(make(), "book.xlsx").findings if each.severity != "note"
        ]
        assert found == [("S12", None, None), ("F01", sheet, "B4")]


def test_a_sheet_that_is_listed_and_not_there_is_said_and_nothing_is_called_ok() -> None:
    for make in (unsure.no_relation, unsure.unknown_kind):
        report = api.check(make(), "book.xlsx")
        (said,) = (each.message.to("en") for each in report.findings if each.severity == "warning")
        assert (report.status, "“Sheet2” could not be read" in said) == ("incomplete", True)


def test_a_result_that_is_stored_as_a_text_is_said_to_be_one() -> None:
    cell = stored.places(page_only())["required_meetings"][1]
    part = packages.parts()[SHEET]
    edited = re.sub(rf'(<c r="{cell}" [^>]*)(><f>)'.encode(), rb'\1 t="str"\2', part)
    assert edited != part
    (found,) = (
        each
        for each in api.check(books.packed({**packages.parts(), SHEET: edited}), "book.xlsx").findings
        if each.code == "C01"
    )
    assert "shows the text “40”, but should be 40" in found.message.to("en")
    assert "文字列の「40」" in found.message.to("ja")


def test_a_workbook_with_two_sheets_of_one_title_is_checked_and_not_changed() -> None:
    title = 'name="月次予実"'.encode()
    parts = packages.parts_of(page_and_months())
    assert title in parts[unsure.BOOK]
    data = books.packed({**parts, unsure.BOOK: parts[unsure.BOOK].replace(title, 'name="目標設定"'.encode(), 1)})
    with pytest.raises(api.BookError, match="two sheets are called “目標設定”"):
        api.upgrade(data, "book.xlsx")


def test_a_month_beyond_the_year_9999_is_a_number_and_no_failure() -> None:
    """Day 3,000,000,000 is in no calendar; where the months begin is typed as such a number (fuzz.py: patched, seed 47, 2563)."""
    month = next(cell for cell in api.plan_from_example("ja", ()).template.cells.values() if cell.unit == "month")
    assert day_of(Fraction(46_113)) == datetime.date(2026, 4, 1)
    assert day_of(Fraction(3_000_000_000)) is None
    assert json_value(month, Fraction(46_113)) == "2026-04"
    assert json_value(month, Fraction(3_000_000_000)) == 3_000_000_000


def test_a_sheet_without_a_name_is_refused_in_words() -> None:
    """Its formulas would name no sheet: ''!D15."""
    parts = packages.parts_of(page_only())
    data = books.packed({**parts, unsure.BOOK: parts[unsure.BOOK].replace('name="根拠"'.encode(), b'name=""', 1)})
    report = api.check(data, "book.xlsx")
    assert report.status == "unreadable"
    assert report.problem is not None
    assert "a sheet has no name" in report.problem.what.en


@pytest.mark.parametrize("name", ["x", " "])
def test_a_page_whose_names_lead_nowhere_is_read_by_its_labels(name: str) -> None:
    """All names of the goal page are gone with its title (sweep_odd.py, ours, sheet@name)."""
    parts = packages.parts_of(page_only())
    title = '<sheet name="目標設定"'.encode()
    assert title in parts[unsure.BOOK]
    data = books.packed({**parts, unsure.BOOK: parts[unsure.BOOK].replace(title, f'<sheet name="{name}"'.encode(), 1)})
    toml, *_ = api.extract_by_labels(data, "book.xlsx")
    assert "[[channel]]" in toml
