"""How a figure that a law shows to be wrong is told: in the unit that it is in, as far as its sheet says."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, check, typed


@pytest.mark.parametrize(
    ("rows", "cell", "wrong", "told"),
    [
        ([["売上目標", 24_000], ["粗利率", 0.4], ["粗利", 9_600], ["広告費", 1_200], ["CV数", 40], ["CPA", 30]], "B6", 38,
         "広告費1,200÷CV数40件で、30のはずです(差 +8)"),
        ([["ARR bridge", "Q1", "Q2"], ["Opening ARR", 8_000, 8_450], ["New", 600, 560], ["Churn", -150, -200], ["Closing ARR", 8_450, 8_810]],
         "C5", 8_180, "8,450+560−200で、8,810のはずです(差 −630)"),
        ([["Stage", "Value ($)", "Probability", "Weighted ($)"], ["Demo", 600_000, 0.3, 180_000], ["Quote", 400_000, 0.5, 200_000],
          ["Verbal", 100_000, 0.9, 90_000], ["Total", 1_100_000, "", 470_000]], "D2", 108_000, "Value ($)のDemo600,000×ProbabilityのDemo0.3で、180,000のはずです(差 −72,000)"),
    ],
)  # fmt: skip
def test_amounts_without_a_unit_are_no_numbers_of_things(rows: Rows, cell: str, wrong: Any, told: str) -> None:
    (found,) = [each for each in check(*typed(rows, cell, wrong)).findings if each.severity != "note"]
    assert found.cell == cell
    assert told in found.message.ja
