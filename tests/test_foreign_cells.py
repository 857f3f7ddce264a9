"""A share of the sweep of every cell: right sheets of every kind without an alarm, and each figure of some of them made wrong."""

from __future__ import annotations

import pytest
from foreign.kinds import KINDS, drawn
from foreign.sheets import grave, saved
from sweep_cells import AT, FREE, TIED, outcomes

from kgisheet import api

SEED = 2


@pytest.mark.parametrize("kind", KINDS)
def test_a_right_sheet_of_any_kind_has_no_alarm(kind: str) -> None:
    for seed in range(SEED, SEED + 3):
        assert [(each.code, each.cell) for each in grave(api.check(saved(drawn(kind, seed).cells), "x.xlsx"))] == []


@pytest.mark.parametrize("kind", ["listed", "digits", "to next", "arrows", "coverage", "buffer"])
def test_each_figure_made_wrong_is_found_at_its_cell_or_at_one_tied_to_it(kind: str) -> None:
    missed = [each for each in outcomes(kind, SEED) if each.verdict not in (AT, TIED, FREE)]
    assert missed == []


def test_customers_at_the_beginning_and_the_lost_ones_are_no_stages() -> None:
    """100 + 25 − 5 = 120; the 25 deals come of 125 meetings, not of the 5 customers lost or the 120 at the end."""
    rows = [["指標", "4月"], ["月初契約社数", 100], ["新規受注数", 25], ["解約数", 5], ["月末契約社数", 120], ["商談数", 125], ["受注率", 0.2]]  # fmt: skip
    cells = {(row, col): (value, "General") for row, line in enumerate(rows, 1) for col, value in enumerate(line, 1)}
    assert grave(api.check(saved(cells), "x.xlsx")) == []
    found = grave(api.check(saved({**cells, (5, 2): (130, "General")}), "x.xlsx"))
    assert [each.cell for each in found] == ["B5"]
