"""``kgisheet monthly`` on workbooks that other programs saved and people added to: what is theirs stays, what is ours is found."""

from __future__ import annotations

import re

import hands
import package_audit
import pytest
import referee
import stored
from conftest import more, some
from regenerating import parts as extras
from regenerating import routes
from regenerating.judge import without_records
from regenerating.look import by_libreoffice, looked
from seeding.package import Parts, packed, unpacked
from seeding.savers import edited
from test_regenerate import (
    BOOK,
    NEW,
    SHORT_NEW,
    TABBED,
    TABBED_NEW,
    book,
    cell,
    errors,
    regenerate,
    short,
    tabbed,
    typed,
    values,
)
from test_upgrade import retitled_as as retitled

from kgisheet import api
from kgisheet.errors import BookError

TEXTS = "xl/sharedStrings.xml"


def rich(parts: Parts) -> None:
    for step, *arguments in [
        ("picture", "2026-04"), ("threaded", "2026-05", "C8"), ("sparkline", "2026-05", "T3", "C8:C12"), ("custom_xml",), ("unknown",),
        ("printer_settings", "目標設定"), ("calc_chain",), ("condition", "月次予実", "D8:D19"),
    ]:  # fmt: skip
        extras.STEPS[step](parts, *arguments)


def test_parts_of_others_stay_to_the_byte() -> None:
    parts = unpacked(book())
    rich(parts)
    before = packed(parts)
    package_audit.audit(before)
    outcome = regenerate(before, NEW)
    package_audit.audit(outcome.data)
    added, changed, gone = package_audit.changed(before, outcome.data)
    ours = {part for title, part in looked(book()).sheets.items()}
    assert added == set()
    assert gone == {"xl/calcChain.xml"}
    assert changed - ours == {"[Content_Types].xml", "xl/_rels/workbook.xml.rels", TEXTS}
    assert looked(outcome.data).parts[TEXTS] == without_records(looked(before).parts[TEXTS])
    kept = {"xl/media/image77.png", "xl/persons/person.xml", "xl/future/thing7.xml", "xl/printerSettings/printerSettings77.bin"}
    assert kept < looked(outcome.data).parts.keys() - changed
    for title in looked(before).sheets:
        if title != "_kgisheet":
            assert looked(before).pages[title].rest == looked(outcome.data).pages[title].rest


@pytest.mark.office
def test_a_workbook_that_was_worked_in_with_libreoffice() -> None:
    """A chart, a picture, a comment, a sheet of one's own, a conditional format, rows and columns, other titles."""
    leads = cell("month_leads[2]")
    steps = [
        ["insert_rows", "月次予実", 2, 2],
        ["insert_columns", "2026-05", 1, 1],
        ["insert_rows", "目標設定", 11, 1],
        ["add_sheet", "社内メモ", 0],
        ["cell", "社内メモ", "B2", "=won_deals*2"],
        ["cell", "月次予実", "GA5", "佐藤さんに確認"],
        ["cell", "2026-05", "E8", 9],
        ["note", "目標設定", "E7", "根拠は?"],
        ["colour", "2026-04", "C8:C8", 0xFFCC00],
        ["condition", "月次予実", "D10:D21"],
        ["chart", "月次予実", "B10:D21"],
        ["picture", "目標設定"],
        ["rename", "2026-06", "6月 佐藤's"],
    ]
    (before,) = routes.by_libreoffice([(tabbed(), steps)])
    assert before is not None
    outcome = regenerate(before, TABBED_NEW)
    after = outcome.data
    assert not outcome.conflicts
    assert outcome.depending == ("社内メモ",)
    was, now = looked(before), looked(after)
    assert list(now.sheets) == list(was.sheets)
    ours = {part for title, part in was.sheets.items() if title != "社内メモ"}
    _, changed, gone = package_audit.changed(before, after)
    assert changed - ours <= {"xl/workbook.xml", TEXTS}
    assert now.parts[TEXTS] == without_records(was.parts[TEXTS])
    assert gone == set()
    assert now.contents["月次予実", "GA5"] == "佐藤さんに確認"
    assert now.contents["2026-05", "E8"] == 9
    column, row = re.fullmatch(r"([A-Z]+)(\d+)", leads[1]).groups()  # type: ignore[union-attr]
    assert now.cached["月次予実", f"{column}{int(row) + 2}"] == values(regenerate(tabbed(), TABBED_NEW).data)["month_leads[2]"]
    (theirs,) = by_libreoffice([after])
    own = {where for where in now.formulas if where[0] != "社内メモ"}
    assert referee.differences(now.cached, theirs, sorted(own)) == []
    assert theirs["社内メモ", "B2"] == 120
    assert regenerate(after, TABBED_NEW).data == after


def test_tabs_under_other_titles_stay_in_the_order_of_their_months() -> None:
    """Title by title, ``5月`` comes after ``2027-03``."""
    before = retitled(typed(tabbed(), **{"2026-06!actual_leads": 9}), {"2026-05": "5月"})
    twice = regenerate(regenerate(before, TABBED_NEW).data, TABBED)
    assert errors(twice.data) == []
    assert {name: value for name, value in values(twice.data).items() if "!goal" in name} == {
        name.replace("2026-05!", "5月!"): value for name, value in values(tabbed()).items() if "!goal" in name
    }
    rolled = regenerate(twice.data, None, "2027-04")
    assert rolled.closed[:2] == ("2026-04", "5月")
    assert errors(rolled.data) == []
    for each in more([rolled]):
        assert regenerate(each.data, None, "2027-04").data == each.data


def test_a_workbook_saved_by_openpyxl() -> None:
    theirs = stored.places(short())["month_leads_override[3]"]
    outcome = regenerate(edited(short(), lambda workbook: workbook[theirs[0]].__setitem__(theirs[1], 9)), SHORT_NEW)
    assert values(outcome.data)["opportunities"] == 150
    assert looked(outcome.data).contents[theirs] == 9
    assert errors(outcome.data) == []


@pytest.mark.parametrize("name", some(["won_deals", "win_rate", "month_leads"], 2))
def test_a_name_that_is_gone_is_put_back(name: str) -> None:
    before = edited(short(), lambda workbook: workbook.defined_names.pop(name))
    after = regenerate(before, SHORT_NEW).data
    assert looked(after).names[name, None] == looked(short()).names[name, None]
    assert values(after) == values(regenerate(short(), SHORT_NEW).data)
    look = looked(after)
    assert referee.differences(look.cached, look.recalculated, sorted(look.formulas)) == []


@pytest.mark.office
def test_a_row_more_or_less_among_the_months_is_one_finding_and_refused() -> None:
    """Which row is which month can't be told; below the last month, or above the first, it is followed."""
    steps = [
        ["insert_rows", "月次予実", 10, 1],
        ["delete_rows", "月次予実", 10, 1],
        *more([["delete_rows", "予実サマリー", 14, 1]]),
    ]
    said = [
        ("月次予実", "B11", r"a row was inserted .* \(row 11\)"),
        ("月次予実", "B4", r"row 11 of .* was deleted \(11 of 12 rows are left\)"),
        ("予実サマリー", "C11", r"row 15 of .* was deleted \(11 of 12 rows are left\)"),
    ]
    jobs = [(book() if step[1] == "予実サマリー" else short(), [step]) for step in [*steps, ["insert_rows", "月次予実", 19, 1]]]
    *torn, sound = routes.by_libreoffice(jobs)
    for file, (sheet, place, what) in zip(torn, said, strict=False):
        (finding,) = [each for each in api.check(file, BOOK).findings if each.severity == "error"]
        assert (finding.code, finding.sheet, finding.cell) == ("S01", sheet, place)
        assert re.search(what, finding.message.en, re.IGNORECASE)
        with pytest.raises(BookError, match=what):
            regenerate(file, NEW if sheet == "予実サマリー" else SHORT_NEW)
    assert regenerate(sound, SHORT_NEW).changes


@pytest.mark.office
def test_a_tab_that_was_deleted_comes_back() -> None:
    """LibreOffice leaves #REF! where the tab was referred to, openpyxl leaves the formulas."""
    (by_office,) = routes.by_libreoffice(
        [(tabbed(), [["cell", *cell("2026-05!actual_leads"), 5], ["remove_sheet", "2026-06"]])]
    )
    assert by_office is not None
    assert any("#REF!" in str(each) for each in looked(by_office).contents.values())
    looks = []
    for before in (by_office, hands.edited(tabbed(), lambda workbook: workbook.remove(workbook["2026-06"]))):
        outcome = regenerate(before, TABBED_NEW)
        looks.append(looked(outcome.data))
        assert outcome.added == ("2026-06",)
        assert list(looks[-1].sheets) == list(looked(tabbed()).sheets)
        assert not [where for where, each in looks[-1].contents.items() if "#REF!" in str(each)]
        assert errors(outcome.data) == []
    for look in (looks[0], *more(looks[1:])):
        assert referee.differences(look.cached, look.recalculated, sorted(look.formulas)) == []
        assert regenerate(look.data, TABBED_NEW).data == look.data


def test_programs_work_the_workbook_out_when_they_open_it() -> None:
    after = unpacked(regenerate(short(), SHORT_NEW).data)
    assert b'fullCalcOnLoad="1"' in after["xl/workbook.xml"]
