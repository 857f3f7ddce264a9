"""The checker's rules one by one: what was done to the worked example, and what must be said of it.

The example: 12,000,000 yen at 4,000,000 a deal, 30 %, 25 %; channels 広告, オーガニック, メルマガ (docs/worksheet.md, 1).
Workbooks saved by openpyxl hold no results, so every figure is worked out from the inputs.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

import hands
import openpyxl
import pytest
import stored
from conftest import Lazily, book, more, page_and_beyond, page_only, records
from hands import edited
from seeding import package

from kgisheet import api
from kgisheet.check.finding import CODES, Finding, Report
from kgisheet.check.rulebook import RULES
from kgisheet.check.rules import state
from kgisheet.recalc import client
from kgisheet.values.a1 import row_and_column

Workbook = openpyxl.Workbook
WHERE = Lazily(lambda: {**stored.places(page_and_beyond()), **stored.places(page_only())})
FORMULA = Lazily(lambda: {name: str(each.formula) for name, each in records(page_only()).items() if each.formula})
"""Of the page."""


def typed(**cells: Any) -> Callable[[Workbook], None]:
    """Types into named cells; ``channel_share_2`` is the second row of the column."""

    def edit(workbook: Workbook) -> None:
        for name, value in cells.items():
            stem, _, row = name.rpartition("_")
            sheet, cell = WHERE[f"{stem}[{row}]" if row.isdigit() else name]
            workbook[sheet][cell].value = value

    return edit


def column(name: str, values: Iterable[Any]) -> Callable[[Workbook], None]:
    return typed(**{f"{name}_{row}": value for row, value in enumerate(values, 1)})


def checked(*edits: Callable[[Workbook], None], of: bytes | None = None, **options: Any) -> Report:
    """What is said of the worked example after edits; of its page alone unless another workbook is given."""

    def edit(workbook: Workbook) -> None:
        for each in edits:
            each(workbook)

    return api.check(edited(page_only() if of is None else of, edit), "goal.xlsx", **options)


def said(report: Report) -> list[tuple[str, str, str | None]]:
    """Code, severity and cell of what is more than a note."""
    return [(each.code, each.severity, each.cell) for each in report.findings if each.severity != "note"]


def note(report: Report, code: str) -> Finding:
    return next(each for each in report.findings if each.code == code)


@pytest.mark.parametrize(
    ("edit", "code", "severity", "at"),
    [
        # 400 for 4,000,000: below 1,000 yen, 30,000 deals, and the factor to what was planned is just 10,000.
        (typed(deal_size=400), "I05", "error", "deal_size"),
        (typed(web_revenue=1200), "I05", "error", "web_revenue"),
        (typed(web_revenue=1200, deal_size=400, total_revenue=5000), "I05", "error", "deal_size"),
        (typed(deal_size=40_000_000_000), "I05", "error", "deal_size"),
        # One sign only: 4,000 yen may be a price.
        (typed(deal_size=4000), "I05", "warning", "deal_size"),
        # 100 leads at 0.00002 % are 500,000,000 visits.
        (typed(channel_cvr_1=0.0000002), "I07", "error", "channel_cvr[1]"),
        (typed(deal_size=datetime.time(3, 0)), "I08", "warning", "deal_size"),
        (typed(deal_size=4_000_000.5), "I10", "warning", "deal_size"),
        (typed(title="長" * 300), "I10", "warning", "title"),
        (typed(start_month=datetime.date(2454, 1, 1)), "I10", "warning", "start_month"),
        (typed(rounding=None), "I06", "error", "rounding"),
        (typed(channel_name_1=None), "I06", "error", "channel_name[1]"),
        (typed(deal_size="=[1]Sheet1!$B$2"), "F11", "warning", "deal_size"),
        (typed(win_rate="=60/20"), "I03", "error", "win_rate"),
        (typed(win_rate="=1/0"), "F06", "error", "win_rate"),
        (typed(opportunities="=IFF(1,2)"), "F06", "error", "opportunities"),
        (typed(leads="=IFERROR(1/0,0)"), "F07", "error", "leads"),
        (typed(leads="=IFERROR(#REF!/C10,0)"), "F07", "error", "leads"),
        (typed(won_deals_exact="=web_revenue_used/deal_size+1000"), "F05", "error", "won_deals_exact"),
        (typed(web_revenue="=E7*H7"), "F08", "error", "web_revenue"),
        (typed(leads="=SUM(E19:K19)"), "F03", "error", "leads"),
        (typed(leads="=SUM(D19:F19)"), "F03", "warning", "leads"),  # spare rows only
        (typed(channel_meeting_rate_1="▲10%"), "I01", "error", "channel_meeting_rate[1]"),
        (typed(channel_name_1="\ufffd"), "I10", "error", "channel_name[1]"),
        (typed(leads="=IF(ISERROR(1/0),0,SUM(channel_leads))"), "F07", "error", "leads"),
        (typed(overall='=IF(COUNTIF(check_total,"× 要確認")>0,"× 要確認","○ OK")'), "F02", "error", "overall"),
        (typed(other_revenue=FORMULA["other_revenue"].replace("-web_revenue_used", "-web_revenue_used-1")), "F05", "error", "other_revenue"),
        (column("channel_name", ["オーガニック", "メルマガ", "広告"]), "S10", "error", "channel_name[1]"),
        (column("channel_meeting_rate", [0.1, 0.2, 0.3]), "S10", "error", "channel_meeting_rate[1]"),
    ],
)  # fmt: skip
def test_one_cause_one_finding_at_its_cell(edit: Callable[[Workbook], None], code: str, severity: str, at: str) -> None:
    assert said(checked(edit)) == [(code, severity, WHERE[at][1])]


@pytest.mark.parametrize(
    "edit",
    [
        typed(web_revenue=72_000, deal_size=120_000),  # less than one deal is a legal goal
        typed(win_rate="=3/10"),  # an input that its owner works out
        typed(
            leads=FORMULA["leads"].replace("SUM(channel_leads)", "SUM(D19,E19,F19,G19,H19,I19,J19,K19)")
        ),  # spare rows hold ""
        typed(other_revenue=FORMULA["other_revenue"].replace("-web_revenue_used", "-N(web_revenue_used)")),
        # Whole rows sorted: names and figures go together.
        lambda workbook: [
            column(name, values)(workbook)
            for name, values in (
                ("channel_name", ["オーガニック", "メルマガ", "広告"]),
                ("channel_share", [0.5, 0.25, 0.25]),
                ("channel_meeting_rate", [0.3, 0.2, 0.1]),
                ("channel_current_visits", [4_000, 3_500, 7_000]),  # on another sheet, which follows by the row's number
                ("channel_cost_per_lead", [5_000, 3_000, 15_000]),
                ("channel_article_share", [0.9, None, None]),
            )
        ],
        column("channel_name", ["検索広告", "自然検索", "メール"]),  # renamed
        # Two shares changed places: typed so, as far as anybody can tell; 3,320,000 yen of leads then, so the budget goes along.
        lambda workbook: [column("channel_share", [0.5, 0.25, 0.25])(workbook), typed(budget=3_500_000)(workbook)],
    ],
)
def test_what_is_sound_is_silent(edit: Callable[[Workbook], None]) -> None:
    assert said(checked(edit, of=book(sheets="目標設定,現状とのギャップ,ABM,コンテンツ,稟議"))) == []


def test_values_pasted_over_the_whole_sheet_are_one_finding() -> None:
    def edit(workbook: Workbook) -> None:
        for name, (sheet, cell) in WHERE.items():
            if name in FORMULA:
                workbook[sheet][cell].value = 5

    report = checked(edit)
    assert [code for code, _, _ in said(report)].count("F01") == 1
    assert len(note(report, "F01").affected) > 50


def test_a_cvr_of_100_percent_is_noted_for_it_makes_as_many_visits_as_leads() -> None:
    report = checked(column("channel_cvr", [1, 0.01, 0.01]))
    assert said(report) == []
    assert WHERE["channel_cvr[1]"][1] in [each.cell for each in report.findings if each.code == "I11"]


def test_a_pasted_column_is_one_finding_with_its_rows() -> None:
    report = checked(column("channel_leads", [90, 60, 45]))
    assert said(report) == [("F01", "error", WHERE["channel_leads[1]"][1])]
    assert set(note(report, "F01").affected) >= {"!".join(WHERE[f"channel_leads[{row}]"]) for row in (2, 3)}


@pytest.mark.parametrize(
    "formula", ["=deal_size*gross_margin", '=(IF(COUNT(deal_size,gross_margin)=2,deal_size*gross_margin,""))+0']
)
def test_what_differs_only_where_an_input_is_empty_is_a_note(formula: str) -> None:
    # With the price cleared they show 0 and an error, where the template shows nothing; every figure is right.
    report = checked(typed(affordable_cost_per_deal=formula), of=page_and_beyond())
    assert (said(report), note(report, "F02").cell) == ([], WHERE["affordable_cost_per_deal"][1])


def test_a_count_at_the_edge_of_rounding_is_noted() -> None:
    # 12,000,002 ÷ 4,000,000 = 3.0000005: half of the sixth decimal, which some programs round up and some down.
    report = checked(typed(web_revenue=12_000_002))
    assert (said(report), note(report, "C07").cell) == ([], WHERE["won_deals"][1])
    assert [each.code for each in checked(typed(web_revenue=12_000_000)).findings if each.code == "C07"] == []


def test_the_mirrors_on_the_guide_are_watched() -> None:
    def edit(workbook: Workbook) -> None:
        workbook["使い方"]["E1"].value = "× 要確認"

    assert said(checked(edit)) == [("F01", "error", "E1")]


def test_an_emptied_sheet_is_said_as_a_missing_one_is() -> None:
    report = checked(lambda workbook: workbook["使い方"].delete_rows(1, 500))
    assert [(each.code, each.severity, each.sheet) for each in report.findings if each.severity != "note"] == [
        ("S04", "error", "使い方")
    ]


@pytest.mark.parametrize(
    ("formula", "found"),
    [
        ('=IF(K15="","+追加","")&""', []),  # the same, whatever stands in K15
        ('=IF(K15="","x","")', [("F02", "error", "K14")]),
        ('=+1(!K15="","+追加","")', [("F02", "error", "K14")]),  # no program can read it
        ('=TEXT(NOW(),"yyyy")', [("F02", "warning", "K14")]),  # it can't be evaluated here
    ],
)
def test_a_caption_with_another_formula(formula: str, found: list[tuple[str, str, str]]) -> None:
    """「+追加」 over a column that is still free."""

    def edit(workbook: Workbook) -> None:
        workbook["目標設定"]["K14"].value = formula

    assert said(checked(edit)) == found


@pytest.mark.parametrize("title", ["使い方", "目標設定", "月次予実", *more(["予実サマリー", "2026-06"])])
def test_a_missing_sheet_is_said_by_its_name(title: str) -> None:
    def edit(workbook: Workbook) -> None:
        del workbook[title]

    sheets = "all" if title in ("2026-06", "予実サマリー") else "使い方,目標設定,月次予実"
    report = checked(edit, of=book(sheets=sheets))
    assert [(each.code, each.sheet) for each in report.findings if each.severity == "error"] == [("S04", title)]
    assert report.status == ("incomplete" if title == "目標設定" else "findings")


def test_a_name_that_points_elsewhere_is_said_at_its_own_cell() -> None:
    def edit(workbook: Workbook) -> None:
        workbook.defined_names["won_deals"].attr_text = f"'目標設定'!${WHERE['opportunities'][1]}"

    assert said(checked(edit)) == [("F10", "error", WHERE["won_deals"][1])]


def test_names_that_are_all_gone_are_one_finding_and_the_rest_is_checked() -> None:
    def edit(workbook: Workbook) -> None:
        workbook.defined_names.clear()
        workbook["目標設定"][WHERE["required_meetings"][1]].value = 45

    report = checked(edit)
    assert ("F01", "error", WHERE["required_meetings"][1]) in said(report)
    assert [each.code for each in report.findings].count("F10") == 1


def test_a_template_can_be_given_instead_of_the_carried_one() -> None:
    own = api.template_from_toml(
        '[template]\nschema = 1\nname = "ours"\nbase = "standard"\ntitle = { ja = "題", en = "T" }\n'
        '[[section]]\nkey = "stages"\n[[section.cell]]\nname = "opportunities"\nformula = "won_deals / win_rate / 2"\n',
        "ours.toml",
    )
    report = checked(template=own)
    assert ("F02", "error", WHERE["opportunities_exact"][1]) in said(report)


SEATS = """
[template]
schema = 1
name = "seminar"
base = "standard"
title = { ja = "セミナー目標", en = "Seminar goal" }
[[section]]
key = "stages"
[[section.cell]]
name = "no_show_rate"
input = true
unit = "rate"
label = { ja = "欠席率", en = "No-show rate" }
[[section.cell]]
name = "seats"
unit = "count"
round = true
label = { ja = "募集席数", en = "Seats" }
formula = "required_meetings / (1 - no_show_rate)"
"""


@pytest.mark.parametrize(("rate", "at"), [(None, "no_show_rate"), (1, "seats"), (0.2, None)])
def test_a_figure_that_nothing_can_be_calculated_of_is_said_once(rate: float | None, at: str | None) -> None:
    """40 meetings ÷ (1 − 20 %) = 50 seats; an input that the template doesn't require is blank, or leaves nothing to divide by."""
    plan = api.plan_from_example("ja", ["sheets=目標設定"], api.template_from_toml(SEATS, "seats.toml"))
    data = hands.typed(api.workbook(plan, "ja"), no_show_rate=rate)
    report = api.check(data, "goal.xlsx")
    assert [(each.code, each.name) for each in report.findings if each.severity != "note"] == ([("I06", at)] if at else [])


@pytest.mark.parametrize("instead", ["web_revenue_used / deal_size / 2", "web_revenue_used / no_such_cell"])
def test_an_altered_template_says_so(instead: str) -> None:
    def edit(workbook: Workbook) -> None:
        sheet = workbook["_kgisheet"]
        for row in sheet.iter_rows():
            if row[0].value == "sources":
                row[2].value = row[2].value.replace("web_revenue_used / deal_size", instead)

    assert [each.severity for each in checked(edit).findings if each.code == "S12"] == ["warning"]


def test_lost_formats_are_a_note_and_dates_are_still_dates() -> None:
    def edit(workbook: Workbook) -> None:
        for name in ("entry_date", "start_month", "win_rate", "deal_size"):
            sheet, cell = WHERE[name]
            workbook[sheet][cell].number_format = "General"

    report = checked(edit)
    assert (said(report), len(note(report, "S08").affected)) == ([], 3)


@pytest.mark.parametrize(("code", "value", "asked"), [
    ("0%", 0.145, True),  # shown as 14 %
    ("0.0%", 0.145, False),
    ("0%", 1 / 3, False),  # 33 %, a hundredth off
    ("0%", 0.25, False),
    ("0.0#%", 0.145, False),
])  # fmt: skip
def test_a_rate_whose_decimals_are_hidden_is_a_note(code: str, value: float, asked: bool) -> None:
    def edit(workbook: Workbook) -> None:
        sheet, cell = WHERE["win_rate"]
        workbook[sheet][cell].value, workbook[sheet][cell].number_format = value, code

    found = [each for each in checked(edit).findings if each.code == "S08"]
    assert [(each.severity, each.name) for each in found] == [("note", "win_rate")] * asked


def test_formulas_that_only_another_engine_evaluates() -> None:
    # MAXA is not among the functions evaluated here; 3 ÷ 30 % = 10.
    sound = FORMULA["opportunities_exact"].replace("won_deals/win_rate", "won_deals/MAXA(win_rate)")
    wrong = FORMULA["opportunities_exact"].replace("won_deals/win_rate", "won_deals*MAXA(win_rate)")
    for formula in (sound, wrong):
        report = checked(typed(opportunities_exact=formula))
        assert (report.status, [each.cell for each in report.unchecked]) == ("incomplete", [WHERE["opportunities_exact"][1]])
        # It is not what was written, and can't be proved equal: at least a warning.
        assert said(report) == [("F02", "warning", WHERE["opportunities_exact"][1])]
    assert checked(typed(opportunities_exact=sound), engine=client.recalculate).status == "ok"
    found = checked(typed(opportunities_exact=wrong), engine=client.recalculate)
    assert said(found) == [("F02", "error", WHERE["opportunities_exact"][1])]


def test_an_engine_that_hangs_or_can_not_read_the_workbook_leaves_it_incomplete() -> None:
    assert client.recalculate(b"no workbook", [[]], [("a", 0, 0)]) is None
    assert client.recalculate(page_only(), [[]], [("目標設定", 6, 3)], limit=0.001) is None


def test_the_engine_is_not_asked_again_for_functions_that_it_does_not_know() -> None:
    sheet, cell = WHERE["opportunities_exact"]
    _, row, col = where = (sheet, *row_and_column(cell))
    data = edited(page_only(), typed(opportunities_exact="=NO.FUNCTION(1)"))
    change = (sheet, row, col, 3.0)  # which the second set would type
    assert client.recalculate(data, [[], [change]], [where]) == [["#NAME?"], ["#NAME?"]]


def test_nothing_is_said_twice_of_a_workbook_without_results() -> None:
    out = io.BytesIO()
    workbook = openpyxl.load_workbook(io.BytesIO(page_only()))
    workbook.save(out)
    assert [each.code for each in api.check(out.getvalue(), "x").findings if each.code in ("C01", "C02")] == ["C02"]


def test_a_figure_that_is_shown_as_a_date_is_the_same_to_the_second() -> None:
    """100 ÷ 7 as mm/dd/yy is 14 January 1900, 6:51:25.7, and read to the second; a day later it is another figure."""
    exact = Fraction(100, 7)
    for found, is_same in ((exact - Fraction(7, 10) / 86_400, True), (exact + 1, False)):
        assert state._same_moment(datetime.datetime(1900, 1, 14, 6, 51, 25), found, exact) is is_same
    assert not state._same_moment(14.2857, exact - Fraction(7, 10) / 86_400, exact)


def test_two_independent_faults_are_both_said() -> None:
    report = checked(typed(required_meetings=45, channel_share_1=0.3))
    assert {code for code, _, _ in said(report)} == {"F01", "X01"}


def test_every_code_belongs_to_a_rule_of_the_list() -> None:
    ours = {code for rule in RULES for code in rule.codes.split()}
    assert ours == set(CODES)


def test_the_other_workbook_is_called_by_its_name() -> None:
    parts = package.unpacked(page_only())
    package.linked(WHERE["deal_size"], "[1]Sheet1!$A$1")(parts)
    (finding,) = [each for each in api.check(package.packed(parts), "x").findings if each.code == "F11"]
    assert "別のブック「last-year.xlsx」" in finding.message.ja
