"""Retention of recurring revenue: right and silent, then with one figure wrong."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, assert_named, check, codes

BRIDGE: Rows = [
    ["ARR bridge goal ($M)", "FY23", "FY24", "FY25"], ["Opening ARR", 18.2, 24, 31], ["New logo", 5.1, 6.0, 7.2], ["Expansion", 2.3, 2.9, 3.6],
    ["Churn", -1.6, -1.9, -2.1], ["Closing ARR", 24, 31, 39.7], ["Net revenue retention", "103.8%", "104.2%", "104.8%"],
    ["Gross revenue retention", "91.2%", "92.1%", "93.2%"],
]  # fmt: skip
RENEWALS: Rows = [
    ["Quarter", "Contracts goal", "$ due", "$ renewed", "$ upsell", "GRR", "NRR"], ["Q1", 48, 960, 870, 112, "90.6%", "102.3%"],
    ["Q2", 36, 810, 756, 135, "93.3%", "110.0%"], ["Q3", 52, 1040, 905, 98, "87.0%", "96.4%"], ["Q4", 64, 1590, 1495, 240, "94.0%", "109.1%"],
]  # fmt: skip
SUBSCRIPTION: Rows = [
    ["契約目標（万円）", "1Q", "2Q", "3Q"], ["期首MRR", 800, 892, 1010], ["新規", 120, 140, 150], ["アップセル", 20, 28, 31], ["解約", 48, 50, 61],
    ["期末MRR", 892, 1010, 1130], ["売上継続率", "96.5%", "97.5%", "97.0%"], ["商談数", 60, 70, 75],
]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "cell", "wrong", "right"),
    [
        (BRIDGE, "C7", "112.1%", 1.042),  # (24 + 2.9 − 1.9) ÷ 24
        (BRIDGE, "D8", "94.2%", 0.932),  # (31 − 2.1) ÷ 31
        (RENEWALS, "G3", "93.3%", 1.10),  # (756 + 135) ÷ 810
        (SUBSCRIPTION, "C7", "94.4%", 0.975),  # (892 + 28 − 50) ÷ 892
    ],
)
def test_what_is_retained_is_of_what_there_was(rows: Rows, cell: str, wrong: Any, right: float) -> None:
    assert_named(rows, cell, wrong, right)


def test_retention_that_is_of_something_else_is_silent() -> None:
    """Of customers, not of amounts: nothing in the sheet says how many there were."""
    rows = [line[:] for line in BRIDGE]
    rows[6] = ["Net customer retention", "94.1%", "96.0%", "95.2%"]
    assert codes(check(*rows)) == []
