"""Cells that were dragged, or pushed by inserted ones: the formulas followed them, which is one cause and one finding."""

from __future__ import annotations

import office
import pytest
from conftest import page_only
from hands import typed
from stored import places

from kgisheet import api
from kgisheet.check.finding import Finding

GOALS = "目標設定"


def found(data: bytes) -> list[Finding]:
    return [each for each in api.check(data, "book.xlsx").findings if each.severity != "note"]


@pytest.mark.office
@pytest.mark.parametrize(
    ("step", "at", "fix"),
    [
        # The example's price (H7) dragged onto the win rate (C10): the name deal_size goes along, the rate is gone.
        (["cut_and_paste", GOALS, "H7:H7", "C10"], "H7", "C10を切り取ってH7に貼り付けてください。数式の参照も元に戻ります。上書きされたC10は"),
        # The shares a column to the right: nobody's meetings are what they should be.
        (["cut_and_paste", GOALS, "D16:J16", "E16"], "D16", "E16:K16を切り取ってD16:J16に貼り付けてください"),
        (["insert_cells_right", GOALS, "E15:E15"], "E15", "F15:L15を切り取ってE15:K15に貼り付けてください"),
    ],
)  # fmt: skip
def test_cells_that_were_moved_are_one_finding_with_the_way_back(step: list[str], at: str, fix: str) -> None:
    data = office.edit(page_only(), [step])
    assert isinstance(data, bytes)
    (only,) = found(data)
    assert (only.code, only.cell) == ("S01", at)
    assert fix in only.fix.to("ja")


@pytest.mark.office
def test_the_way_back_heals_all_formulas() -> None:
    # Nothing was overwritten: L15 was free.
    there, back = ["insert_cells_right", GOALS, "E15:E15"], ["cut_and_paste", GOALS, "F15:L15", "E15"]
    data = office.edit(page_only(), [there, back])
    assert isinstance(data, bytes)
    # LibreOffice leaves the name of the line one cell wider than it was, and that has a fix of its own.
    assert [each.code for each in found(data)] == ["F10"]


def test_a_formula_that_was_edited_is_no_move() -> None:
    # The meetings of the first channel read the second one's share; the shares are where they were.
    sheet, cell = places(page_only())["channel_meetings[1]"]
    formula = next(
        each.formula for each in api.records_of_book(page_only(), "book.xlsx")[1] if (each.sheet, each.cell) == (sheet, cell)
    )
    (only,) = found(typed(page_only(), **{"channel_meetings[1]": str(formula).replace("D16", "E16")}))
    assert (only.code, only.cell) == ("F03", "D17")  # its running sum leaves the first share out
