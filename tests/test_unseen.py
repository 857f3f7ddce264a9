"""Cells that nobody can read: painted by a rule, in a column of no width. The worked example, edited by openpyxl."""

from __future__ import annotations

from collections.abc import Callable

import openpyxl
import pytest
from conftest import page_only
from hands import edited
from openpyxl.formatting.rule import CellIsRule, DifferentialStyle, FormulaRule, Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.numbers import NumberFormat

from kgisheet import api

PAGE, PRICE = "目標設定", "H7"
WHITE, BLACK = Font(color="FFFFFFFF"), Font(color="FF000000")
Sheet = openpyxl.worksheet.worksheet.Worksheet


def said(edit: Callable[[Sheet], None]) -> list[tuple[str, str | None]]:
    report = api.check(edited(page_only(), lambda workbook: edit(workbook[PAGE])), "goal.xlsx")
    return [(each.code, each.cell) for each in report.findings if each.severity != "note"]


def ruled(rule: Rule, area: str = PRICE) -> Callable[[Sheet], None]:
    return lambda sheet: sheet.conditional_formatting.add(area, rule)


@pytest.mark.parametrize(
    ("rule", "asked"),
    [
        (FormulaRule(formula=["TRUE"], font=WHITE, fill=PatternFill(bgColor="FFFFFFFF")), True),
        (FormulaRule(formula=["H7>1"], font=WHITE), True),  # 4,000,000
        (CellIsRule(operator="greaterThan", formula=["1000"], font=WHITE), True),
        (Rule("expression", dxf=DifferentialStyle(numFmt=NumberFormat(200, ";;;")), formula=["TRUE"]), True),
        (CellIsRule(operator="equal", formula=["0"], font=WHITE), False),  # noughts are hidden, and it is none
        (FormulaRule(formula=["H7<1"], font=WHITE), False),
        (FormulaRule(formula=["TRUE"], font=BLACK, fill=PatternFill(bgColor="FFFFFFFF")), False),
        (FormulaRule(formula=["TRUE"], font=WHITE, fill=PatternFill(bgColor="FF1F3A5F")), False),  # white on navy
    ],
)
def test_a_rule_that_paints_an_input_like_its_background(rule: Rule, asked: bool) -> None:
    assert said(ruled(rule)) == [("S05", PRICE)] * asked


def test_a_rule_over_many_cells_is_asked_at_each_of_them() -> None:
    """Written for E7, it reads H7 at H7: the price is above a thousand, the deals are not."""
    assert said(ruled(FormulaRule(formula=["E7>1000"], font=WHITE), "E7:H7")) == [("S05", PRICE)]


@pytest.mark.parametrize(("at", "code"), [("E7", ";;;"), ("E7", '"40件"'), ("G1", '0;0;0;"○ OK"')])
def test_a_result_whose_format_hides_it(at: str, code: str) -> None:
    """Deals and the overall state: openpyxl keeps no results, so they are worked out."""

    def edit(sheet: Sheet) -> None:
        sheet[at].number_format = code

    assert said(edit) == [("S05", at)]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_the_page_hidden(state: str) -> None:
    def edit(sheet: Sheet) -> None:
        sheet.parent.create_sheet("メモ")
        sheet.sheet_state = state

    assert [code for code, _ in said(edit)] == ["S05"]


@pytest.mark.parametrize(("width", "asked"), [(0.1, True), (8.0, False)])
def test_a_column_of_no_width(width: float, asked: bool) -> None:
    def edit(sheet: Sheet) -> None:
        sheet.column_dimensions["F"].width = width

    assert [code for code, _ in said(edit)] == ["S05"] * asked


@pytest.mark.parametrize(("height", "asked"), [(0.75, True), (15, False)])
def test_a_row_of_no_height(height: float, asked: bool) -> None:
    def edit(sheet: Sheet) -> None:
        sheet.row_dimensions[7].height = height

    assert [code for code, _ in said(edit)] == ["S05"] * asked
