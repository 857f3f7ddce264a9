"""Workbooks exported as values, with neither formulas nor names nor our record: figures are held against the inputs."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

import openpyxl
import pytest
from conftest import Lazily, book, more, page_and_beyond, page_only, records, some
from seeding import subjects
from seeding.tabs import values_only
from stored import places
from sweep_exported import misses

from kgisheet import api
from kgisheet.check.finding import Finding, Report
from kgisheet.filled.lost_record import remade
from kgisheet.filled.records import Record
from kgisheet.xlsx.read.reader import read

ALL: Mapping[str, Record] = Lazily(lambda: records(book()))


def exported(data: bytes, edit: Callable[[openpyxl.Workbook], None] = lambda _: None, properties: bool = True) -> Report:
    workbook = openpyxl.load_workbook(io.BytesIO(values_only(data)))
    edit(workbook)
    if not properties:
        for name in [each.name for each in workbook.custom_doc_props.props]:
            del workbook.custom_doc_props[name]
    out = io.BytesIO()
    workbook.save(out)
    return api.check(out.getvalue(), "goal.xlsx")


def grave(report: Report) -> list[Finding]:
    return [each for each in report.findings if each.severity != "note"]


@pytest.mark.long
@pytest.mark.parametrize(
    ("subject", "properties"),
    some([("standard-ja", False), ("all-saas-en", True), ("typed-short-en", False), ("eight-ja", False)], 2),
)
def test_a_right_one_is_silent_but_for_one_note(subject: str, properties: bool) -> None:
    data = subjects.made(subject)
    report = exported(data, properties=properties)
    kept = [each.code for each in api.check(data, "x").findings if each.severity != "note"]
    assert [each.code for each in grave(report)] == kept  # samples/saas.toml passes its budget, exported or not
    (note,) = [each for each in report.findings if each.code == "S12"]
    assert ("Values only" in note.message.en, "値だけのブック" in note.message.ja, note.severity) == (True, True, "note")


WRONG = ["opportunities", "leads", "month_leads[4]", "quarter_leads[3]", *more(["2026-06!goal_leads"]), "forecast_revenue", "cost_total"]  # fmt: skip


def test_each_wrong_figure_is_one_finding_at_its_cell() -> None:
    # On the page, in the months, on a tab and beyond, all at once; what repeats them elsewhere is right.
    def edit(workbook: openpyxl.Workbook) -> None:
        for name in WRONG:
            sheet, cell = there[name]
            workbook[sheet][cell].value += 3

    data = book() if more(WRONG) else page_and_beyond()
    there = places(data)
    found = grave(exported(data, edit))
    assert {(each.code, each.sheet, each.cell) for each in found} == {("F01", *there[each]) for each in WRONG}
    leads = next(each for each in found if each.name == "leads")
    assert (leads.found, leads.expected, leads.difference) == (220, 217, 3)
    assert "リード数が「220件」ですが、入力から計算すると217件です" in leads.message.ja


def test_values_pasted_over_all_formulas_are_a_warning_beside_the_figure_that_is_wrong() -> None:
    # The names and the record are still there.
    for wrong in (0, 3):
        workbook = openpyxl.load_workbook(io.BytesIO(page_only()), data_only=True)
        workbook["目標設定"][str(ALL["leads"].cell)].value += wrong
        out = io.BytesIO()
        workbook.save(out)
        found = {(each.severity, each.name) for each in grave(api.check(out.getvalue(), "goal.xlsx")) if each.code == "F01"}
        assert len(found) == 1 + bool(wrong)
        assert {name for severity, name in found if severity == "error"} == ({"leads"} if wrong else set())


def test_a_share_of_all_figures_of_the_page() -> None:
    # tests/sweep_exported.py makes every figure wrong, of whole workbooks too.
    tried, bad = misses(remade(read(values_only(subjects.made("saas-en")), "goal.xlsx")), 6)
    assert (tried >= 15, bad) == (True, [])


def test_figures_worked_out_from_a_wrong_one_are_right_beside_it() -> None:
    # 217 leads at 1 % are 21,700 visits; the sum of channels of 100, 67 and 50 leads. 110 leads in the first: 11,000 visits.
    def edit(workbook: openpyxl.Workbook) -> None:
        page = workbook["目標設定"]
        page[str(ALL["channel_leads[1]"].cell)].value = 110
        page[str(ALL["channel_visits[1]"].cell)].value = 11_000
        page[str(ALL["visits"].cell)].value = 22_700
        page[str(ALL["leads"].cell)].value = 227

    assert ALL["channel_leads[1]"].value == 100
    assert [each.name for each in grave(exported(page_only(), edit)) if each.sheet == "目標設定" and each.name][:1] == [
        "channel_leads[1]"
    ]


def test_rows_put_in_and_sheets_renamed_before_it_are_followed() -> None:
    def edit(workbook: openpyxl.Workbook) -> None:
        workbook["目標設定"].insert_rows(12)
        workbook["目標設定"].data_validations.dataValidation.clear()  # this library leaves them where they were
        workbook["月次予実"].title = "月次"

    assert grave(exported(book(sheets="目標設定,月次予実"), edit)) == []


def test_bad_inputs_are_still_said() -> None:
    def edit(workbook: openpyxl.Workbook) -> None:
        workbook["目標設定"][str(ALL["deal_size"].cell)].value = "400万円"

    assert ("I01", ALL["deal_size"].cell) in [(each.code, each.cell) for each in grave(exported(page_only(), edit))]


def test_a_sheet_without_which_the_rest_can_not_be_worked_out_is_missed() -> None:
    def edit(workbook: openpyxl.Workbook) -> None:
        del workbook["月次予実"]

    data = book(sheets="目標設定,月次予実,稟議")
    assert [(each.code, each.sheet) for each in grave(exported(data, edit))] == [("S04", "月次予実")]


def test_its_plan_can_be_taken_out_but_for_what_is_wrong() -> None:
    # In the plan from the workbook itself stand the same inputs, sheets and months.
    data = book("standard", "en", sheets="目標設定,月次予実")
    before, _ = api.extract(data, "x")
    after, problems = api.extract(values_only(data, ("Goals", places(data)["leads"][1])), "x")
    assert after == before
    assert [each.key for each in problems] == [f"Goals!{places(data)['leads'][1]}"]


def test_labels_are_looked_for_where_the_names_of_its_own_channels_put_them() -> None:
    # A long name of a channel widens its column, and 起案者 stands a column further left than beside 広告.
    shipped, own = ("広告", "展示会・セミナー共催")
    known = book(sheets="目標設定,月次予実,稟議")
    data = book(**{"sheets": "目標設定,月次予実,稟議", f"channel.{shipped}.name": own})
    assert [places(each)["approval_applicant"][1] for each in (known, data)] == ["I3", "H3"]
    assert [grave(exported(each)) for each in (known, data)] == [[], []]


SEATS = """
[template]
schema = 1
name = "seats"
base = "standard"

[[section]]
key = "stages"

[[section.cell]]
name = "seats"
unit = "count"
round = true
label = { ja = "席数", en = "Seats" }
formula = "required_meetings * 2"

[[section.cell]]
name = "tables"
unit = "count"
round = true
label = { ja = "卓数", en = "Tables" }
formula = "seats / 4"
"""
"""Two counts more than the shipped template, which is all that an export leaves to read it by."""


def test_columns_of_counts_that_the_reader_does_not_know_are_passed_over_by_their_headings() -> None:
    # 根拠 has a column per count before rounding: 席数 and 卓数 stand before ④ 商談数, which goes from F to H; the proof
    # below it has its states in F as ever.
    own = api.template_from_toml(SEATS, "seats.toml")
    data = api.workbook(api.plan_from_example("ja", ["sheets=目標設定"], template=own), "ja")
    there = places(data)
    cells = [there[name][1] for name in ("channel_meetings_exact[1]", "visits_unrounded", "check_inputs")]
    assert [each[0] for each in cells] == ["H", "K", "F"]
    assert grave(exported(data)) == []

    def edit(workbook: openpyxl.Workbook) -> None:
        workbook["根拠"][cells[1]].value += 3

    assert [(each.code, each.cell) for each in grave(exported(data, edit))] == [("F01", cells[1])]
