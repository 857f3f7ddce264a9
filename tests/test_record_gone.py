"""The hidden sheet with the record of a workbook's making is gone: one warning says so, and all else is checked as before."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import Lazily, book, more, page_only, records
from hands import edited, without_results
from seeding import package, subjects

from kgisheet import api
from kgisheet.check.finding import Finding
from kgisheet.filled.records import Record
from kgisheet.worksheet import provenance

Edit = Callable[[openpyxl.Workbook], None]


def removed(workbook: openpyxl.Workbook) -> None:
    del workbook[provenance.SHEET]


def emptied(workbook: openpyxl.Workbook) -> None:
    workbook[provenance.SHEET].delete_rows(1, 500)


def cut_off(workbook: openpyxl.Workbook) -> None:
    """A program that keeps a cell's first 255 letters."""
    for row in workbook[provenance.SHEET].iter_rows(min_col=3, max_col=3):
        row[0].value = str(row[0].value)[:255]


def grave(data: bytes) -> list[Finding]:
    report = api.check(data, "goal.xlsx")
    assert report.status == ("findings" if any(each.severity != "note" for each in report.findings) else "ok")
    return [each for each in report.findings if each.severity != "note"]


def keys(findings: list[Finding]) -> list[tuple[str, str, str | None, str | None]]:
    return [(each.code, each.severity, each.sheet, each.cell) for each in findings]


@pytest.mark.parametrize(
    ("subject", "edit"),
    [
        ("standard-ja", removed),
        ("typed-short-en", removed),
        ("eight-ja", emptied),
        *more([("standard-en", cut_off), ("all-saas-en", removed)]),
    ],
)
def test_one_warning_and_what_was_said_before(subject: str, edit: Edit) -> None:
    # Without results both times; samples/saas.toml passes its budget, which is said with the record and without.
    data = subjects.made(subject)
    before, now = grave(without_results(data)), grave(edited(data, edit))
    assert keys(now) == [("S12", "warning", None, None), *keys(before)]
    assert provenance.SHEET in now[0].message.ja
    assert provenance.SHEET in now[0].message.en


@pytest.mark.parametrize("subject", ["referral-down-en", *more(["referral-ja"])])
def test_a_template_of_ones_own_is_not_taken_for_one_that_calls_some_cells_alike(subject: str) -> None:
    # Its period, rounding and channels have the names that they have in ours; its contracts, talks and introductions haven't.
    data = edited(subjects.made(subject), removed)
    by_labels = api.check(data, "goal.xlsx")
    (lost,) = [each for each in by_labels.findings if each.severity != "note"]
    assert (by_labels.template, by_labels.status, lost.code) == (None, "findings", "S12")
    assert lost.message.en.startswith("It was made from the template referral, but its provenance record")
    own = api.template_from_toml(
        (Path(__file__).parent / "seeding/templates/referral.toml").read_text("utf-8"), "referral.toml"
    )
    given = api.check(data, "goal.xlsx", own)
    said = [each.message.en for each in given.findings if each.code == "S12"]
    assert (given.status, said) == (
        "ok",
        ["Checked against the template given, referral; the workbook has no record of its making"],
    )


def whole() -> bytes:
    """The workbook that the faults below are in; with the months' tabs in the sweep alone."""
    return book(sheets="all" if more([1]) else "目標設定,月次予実,ABM,現状とのギャップ")


ALL: Mapping[str, Record] = Lazily(lambda: records(whole()))
FORMULAS: dict[str, Callable[[Record], Any]] = {
    # A number over a formula, on the page, in the months, on a tab, beyond them.
    "won_deals": lambda cell: 10,
    "month_leads[4]": lambda cell: 99,
    **dict(more([("2026-06!goal_leads", lambda cell: 99)])),
    "abm_closing[3]": lambda cell: 7,
    # Another formula.
    "leads": lambda cell: f"{cell.formula}+1",
    "forecast_revenue": lambda cell: str(cell.formula).replace("*", "/"),
    **dict(more([("result_leads[2]", lambda cell: str(cell.formula).replace("2026-05", "2026-04"))])),
}
INPUTS: dict[str, Callable[[Record], Any]] = {
    "win_rate": lambda cell: 30,
    "channel_meeting_rate[2]": lambda cell: "30%",
    "deal_size": lambda cell: "400万円",
    "web_revenue": lambda cell: None,
    "month_weight[3]": lambda cell: "12件",
    **dict(more([("2026-06!actual_leads", lambda cell: "12件")])),
}


@pytest.mark.parametrize("faults", [FORMULAS, INPUTS], ids=["formulas", "inputs"])
def test_faults_are_found_at_their_cells_as_with_the_record(faults: dict[str, Callable[[Record], Any]]) -> None:
    def faulty(workbook: openpyxl.Workbook) -> None:
        for name, fault in faults.items():
            workbook[str(ALL[name].sheet)][str(ALL[name].cell)].value = fault(ALL[name])

    def both(workbook: openpyxl.Workbook) -> None:
        faulty(workbook)
        removed(workbook)

    before, now = grave(edited(whole(), faulty)), grave(edited(whole(), both))
    assert {(ALL[name].sheet, ALL[name].cell) for name in faults} <= {(each.sheet, each.cell) for each in now}
    assert keys(now) == [("S12", "warning", None, None), *keys(before)]


def test_names_that_went_with_it_are_one_finding() -> None:
    def broken(workbook: openpyxl.Workbook) -> None:
        removed(workbook)
        for name in workbook.defined_names.values():
            name.attr_text = "#REF!"

    assert [each.code for each in grave(edited(page_only(), broken))] == ["S12", "F10"]


def test_a_renamed_sheet_is_followed() -> None:
    parts = package.unpacked(page_only(title="別の題"))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("目標設定".encode(), "今年の目標".encode())
    for name in [each for each in parts if each.startswith("xl/worksheets/sheet")]:
        parts[name] = parts[name].replace("目標設定".encode(), "今年の目標".encode())
    data = edited(package.packed(parts), removed)
    assert keys(grave(data)) == [("S12", "warning", None, None)]
    assert "S02" in [each.code for each in api.check(data, "x").findings]


def test_another_version_of_the_template_makes_no_formula_an_error() -> None:
    # The digest among the document properties is another one: the formulas may be that template's own.
    cell = ALL["leads"]

    def older(workbook: openpyxl.Workbook) -> None:
        removed(workbook)
        workbook.custom_doc_props["kgisheet template sha256"].value = "0" * 64
        workbook[str(cell.sheet)][str(cell.cell)].value = f"{cell.formula}+1"

    found = grave(edited(page_only(), older))
    assert [(each.code, each.severity) for each in found] == [("S12", "warning"), ("F05", "warning")]
    assert "another version" in found[0].message.en


def test_a_sheet_that_was_never_ours_has_no_record_to_miss() -> None:
    workbook = openpyxl.Workbook()
    for row, line in enumerate((("受注数", 3), ("受注率", 0.3), ("案件化数", 10)), 1):
        for column, value in enumerate(line, 1):
            workbook.active.cell(row, column).value = value
    out = io.BytesIO()
    workbook.save(out)
    assert "作成時の記録" not in " ".join(each.message.ja for each in api.check(out.getvalue(), "x").findings)


def test_its_plan_can_be_taken_out_as_with_the_record() -> None:
    data = subjects.made("typed-short-en")
    assert api.extract(edited(data, removed), "x") == api.extract(without_results(data), "x")


def test_a_part_of_a_departments_goal_is_known_by_its_sheet() -> None:
    """「割当」 is in no plan's `sheets`, and its counts are not those of the row's own goal: advice to put formulas back would undo it."""
    plan = api.plan_from_example("ja", ["sheets=目標設定"]).text()
    row = next(api.batch((b"file\na\nb\n", "r.csv"), api.PlanText(plan, "plan.toml"), "ja", split="web_revenue"))
    assert row.data is not None
    assert keys(grave(edited(row.data, removed))) == [("S12", "warning", None, None)]
