"""When two figures are the same figure, and that check, monthly and diff decide it alike."""

from __future__ import annotations

from fractions import Fraction

import pytest
from conftest import book
from seeding.savers import edited

from kgisheet import api
from kgisheet.tolerance import exceeds, is_whole, same_result, same_typed


@pytest.mark.parametrize(
    ("left", "right", "typed", "result"),
    [
        (2_500_000.0, 2_500_000.0000000005, True, True),  # the last of seventeen digits: nobody types so many
        (0.3, 0.1 + 0.2, True, True),
        (1_000_000_000_000, 1_000_000_000_001, False, True),  # one yen more is typed; as a result it is a digit of noise
        (0.3, 0.3000000001, False, False),
        (0.3, 0.30000000001, False, True),  # eleven digits: a person may mean them
        (40, 41, False, False),
    ],
)
def test_what_is_one_figure(left: float, right: float, typed: bool, result: bool) -> None:
    assert same_typed(Fraction(left), Fraction(right)) is typed
    assert same_result(Fraction(left), Fraction(right)) is result


def test_limits_and_whole_numbers() -> None:
    assert is_whole(Fraction(2_500_000.0000000005))
    assert not is_whole(Fraction("2500000.0001"))
    assert not exceeds(Fraction(1.0000000000000002), 1)
    assert exceeds(Fraction("1.0001"), 1)


@pytest.mark.parametrize(
    ("name", "at", "now", "changed"),
    [
        ("deal_size", "F7", 4_000_000.0000000005, False),
        ("deal_size", "F7", 4_000_001, True),
        ("win_rate", "D14", 0.30000000000000004, False),
        ("win_rate", "D14", 0.30000000001, True),
        ("total_revenue", "D9", 1_000_000_000_001, True),
    ],
)
def test_check_monthly_and_diff_agree_on_what_was_changed(name: str, at: str, now: float, changed: bool) -> None:
    made = book(sheets="目標設定,月次目標", total_revenue="1兆円")
    filled = edited(made, lambda workbook: workbook["目標設定"].__setitem__(at, now))
    assert {each.code for each in api.check(filled, "b.xlsx").findings if each.severity != "note"} == set()
    assert [each.name for each in api.regenerate(filled, "b.xlsx").kept] == [name] * changed
    assert [each.name for each in api.diff((made, "a.xlsx"), (filled, "b.xlsx")).inputs] == [name] * changed
