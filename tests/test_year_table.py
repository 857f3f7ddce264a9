"""月次予実 and the months' tabs as people see them: what is on the screen, what is folded, which sheets they do without."""

from __future__ import annotations

import functools
from typing import Any

import pytest
from conftest import ROOT
from hands import edited

from kgisheet import api
from kgisheet.layout.build import Built, build
from kgisheet.layout.model import Book, Sheet, pixels
from kgisheet.layout.stages import ROOM
from kgisheet.template.declaration import open_shipped, parse

SCREEN = 1300  # pixels, of a laptop's 1366, beside the row numbers and the scroll bar
A4 = 11.69 * 72 - 2 * 0.4 * 72  # points, lying, within its margins


@functools.cache
def built(name: str, lang: str, sheets: str = "") -> Built:
    own = ROOT / "samples" / "inside-sales" / "template.toml"
    template = parse(own.read_bytes(), own.name) if name == "inside-sales" else open_shipped(name)
    return build(api.plan_from_example(lang, [f"sheets={sheets}"] if sheets else [], template), lang)


def made(name: str, lang: str, sheets: str = "") -> Book:
    return built(name, lang, sheets).book


def year(book: Book) -> Sheet:
    return next(sheet for sheet in book.sheets if sheet.title in ("月次予実", "Plan vs actual"))


def tab(book: Book) -> Sheet:
    return next(sheet for sheet in book.sheets if sheet.title.endswith("-04"))


def folded(groups: list[tuple[int, int]]) -> set[int]:
    return {line for first, last in groups for line in range(first, last + 1)}


CASES = [(name, lang) for name in ("standard", "short", "access", "inside-sales") for lang in ("ja", "en")]


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_what_is_not_folded_fits_on_a_screen_and_prints_at_nine_points(name: str, lang: str) -> None:
    sheet = year(made(name, lang))
    open_ = {col: wide for col, wide in sheet.widths.items() if col not in folded(sheet.folded_cols)}
    assert sum(map(pixels, open_.values())) <= SCREEN
    assert sheet.print_area is not None
    printed = sum(pixels(wide) for col, wide in open_.items() if col <= sheet.print_area[3])
    assert printed <= ROOM
    scale = min(1.0, A4 / (printed * 0.75))
    sizes = [
        dict(item.look)["font_size"]
        for item in sheet.items
        if item.row <= sheet.print_area[2] and item.col <= sheet.print_area[3] and item.kind != "blank"
    ]
    assert min(sizes) * scale >= 9


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_everything_that_is_typed_on_the_year_is_reachable(name: str, lang: str) -> None:
    """Overrides are folded beside the months, with the button on a column that is seen; the month's name stays."""
    sheet = year(made(name, lang))
    assert sheet.frozen_cols == 2
    assert sheet.frozen_rows == 4  # title, bottleneck, two rows of headings
    assert not sheet.is_protected
    for groups in (sheet.folded_cols, sheet.folded_rows):
        hidden = folded(groups)
        assert all(first - 1 not in hidden for first, _ in groups)


def headings(sheet: Sheet) -> list[str]:
    head = [item for item in sheet.items if item.row == sheet.frozen_rows - 2 and item.kind == "text"]
    return [str(item.value) for item in sorted(head, key=lambda item: item.col) if item.col not in folded(sheet.folded_cols)]


@pytest.mark.parametrize(
    ("name", "lang", "said"),
    [
        ("standard", "ja", ["月", "Web売上", "受注数", "商談数", "リード数", "CV数(Web)", "CV率", "訪問数"]),
        ("standard", "en", ["Month", "Web revenue", "Won deals", "Meetings", "Leads", "Web leads", "CVR", "Visits"]),
        # Of eight stages those next to the goal and at the foot stay, and the meetings.
        ("inside-sales", "ja", ["月", "Web売上", "受注数", "商談数", "リード数", "CV数(Web)", "CV率", "訪問数"]),
    ],
)
def test_the_stages_on_the_screen(name: str, lang: str, said: list[str]) -> None:
    assert headings(year(made(name, lang))) == said


def test_without_tabs_there_are_no_columns_for_actuals() -> None:
    book = made("standard", "ja", "月次予実")
    sheet = year(book)
    assert headings(sheet) == ["月", "Web売上", "受注数", "案件化数", "商談数", "リード数", "CV数(Web)", "CV率", "訪問数"]
    below = {str(item.value) for item in sheet.items if item.row == sheet.frozen_rows - 1 and item.kind == "text"}
    assert "目標" in below
    assert "実績" not in below
    assert sheet.charts == []
    assert not [name for name in book.names if name.startswith(("result_", "now_", "weak_", "run_", "as_of"))]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_months_work_without_the_summary_and_the_gap(lang: str) -> None:
    book = made("standard", lang, "month_tabs")
    titles = [sheet.title for sheet in book.sheets if not sheet.hidden]
    assert len(titles) == 15  # the page, what it rests on, the year, twelve tabs
    assert "weak_stage" in book.names
    assert "replan_state" not in book.names
    data = api.workbook(api.plan_from_example(lang, ["sheets=month_tabs"]), lang)
    found = api.check(data, "b.xlsx").findings
    # Neither folded lines, nor that folds need a sheet without protection, are anything to note.
    assert {each.code for each in found} <= {"I11"}


def test_a_line_that_is_hidden_without_a_fold_is_found() -> None:
    data = api.workbook(api.plan_from_example("ja", ["sheets=month_tabs"]), "ja")
    hidden = edited(data, lambda workbook: setattr(workbook["月次予実"].row_dimensions[7], "hidden", True))
    assert "S05" in {each.code for each in api.check(hidden, "b.xlsx").findings}
    # Saved by another program, the folds are still none.
    assert "S05" not in {each.code for each in api.check(edited(data, lambda _: None), "b.xlsx").findings}


def value(book: Book, name: str) -> Any:
    place = book.names[name]
    sheet = next(each for each in book.sheets if each.title == place.sheet)
    return next(item.value for item in sheet.items if (item.row, item.col) == (place.row, place.col))


def test_one_sentence_says_what_is_weak_or_that_nothing_is_known_yet() -> None:
    assert value(made("standard", "ja"), "weak_stage") == "実績がまだ入力されていません。"
    assert value(made("standard", "en"), "weak_stage") == "No actuals entered yet."


@pytest.mark.parametrize(("name", "lang"), [("standard", "ja"), ("inside-sales", "ja"), ("access", "en")])
def test_three_charts_hold_the_actual_against_the_goal_to_date(name: str, lang: str) -> None:
    charts = year(made(name, lang)).charts
    assert len(charts) == 3
    for chart in charts:
        goal, actual = chart.series
        assert goal.is_line
        assert not actual.is_line
        assert (goal.values.rows, actual.values.rows) == (12, 12)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_tab_shows_goal_actual_difference_and_a_remark_and_folds_the_rest(lang: str) -> None:
    sheet = tab(made("standard", lang))
    hidden = folded(sheet.folded_rows)
    assert sheet.print_area is not None
    assert not hidden & set(range(sheet.print_area[2] + 1))
    typed = [item for item in sheet.items if dict(item.look).get("locked") is False and item.row not in hidden]
    assert len(typed) == 6 + 1  # six stages, and the remark
    assert sum(pixels(wide) for col, wide in sheet.widths.items() if col <= sheet.print_area[3]) <= SCREEN
    (remark,) = [rule for rule in sheet.validations if rule.options["validate"] == "length"]
    assert remark.options["value"] == 1000


@pytest.mark.parametrize("name", ["standard", "short", "access", "inside-sales"])
def test_what_only_other_cells_read_is_on_the_hidden_sheet(name: str) -> None:
    """Nobody has to look at a weight used for the spread; the goal, the actual and what is typed are on the table's sheet."""
    book = made(name, "ja")
    hidden = {title for title, place in book.names.items() if place.sheet == "計算用"}
    assert {"month_number", "weight_month", "month_leads_open", "open_leads_weight", "month_channel_leads_claim"} <= hidden
    read = {book.names[each].sheet for each in ("month_leads", "result_leads", "run_goal_leads", "month_weight", "last_leads")}
    assert read == {"月次予実"}
    cells = built(name, "ja").solution.template.cells
    assert [each for each in hidden if cells[each].role == "input" and not cells[each].recorded] == []
    assert "作業用" not in {item.value for item in year(book).items}


_OWN = """
[template]
name = "own"
base = "standard"
[[section]]
key = "month"
[[section.cell]]
name = "month_seminars"
label = { ja = "セミナーの数", en = "Seminars" }
unit = "count"
per = "month"
input = true
[[section.cell]]
name = "month_seminars_twice"
label = { ja = "その2倍", en = "Twice" }
unit = "count"
per = "month"
formula = "month_seminars * 2"
[[section.cell]]
name = "month_seminars_more"
label = { ja = "1つ多く", en = "One more" }
unit = "count"
per = "month"
formula = "month_seminars_twice + 1"
"""


def test_a_month_s_figure_of_ones_own_stays_where_it_is_read() -> None:
    """Typed, or a result that no formula reads: folded beside the table. What another cell reads goes to the hidden sheet."""
    names = build(api.plan_from_example("ja", [], parse(_OWN.encode(), "own.toml")), "ja").book.names
    own = {each: names[each].sheet for each in ("month_seminars", "month_seminars_twice", "month_seminars_more")}
    assert own == {"month_seminars": "月次予実", "month_seminars_twice": "計算用", "month_seminars_more": "月次予実"}
