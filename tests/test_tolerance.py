"""When two figures are the same figure, and that check, monthly and diff decide it alike."""

from __future__ import annotations

import io
import math
from fractions import Fraction

import openpyxl
import pytest
from conftest import page_and_months, page_only
from hands import edited
from seeding import package

from kgisheet import api
from kgisheet.formula.grid import held
from kgisheet.values.tolerance import exceeds, is_whole, same_result, same_typed


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


def test_a_difference_keeps_the_noise_of_what_it_is_made_of() -> None:
    """5 × 2,500,000.0000000005 − 12,500,000: in binary 1.9 × 10⁻⁹ is left, and no sen of it is anybody's."""
    left = Fraction(5 * 2_500_000.0000000005 - 12_500_000)
    assert not same_result(left, Fraction(0))
    assert same_result(left, Fraction(0), among=Fraction(12_500_000))
    assert not same_result(Fraction("0.01"), Fraction(0), among=Fraction(12_500_000))


def test_a_stored_figure_has_fifteen_digits() -> None:
    assert held(2_500_000.0000000005) == 2_500_000
    assert held(0.1 + 0.2) == Fraction(3, 10)
    assert held(0.300000000000001) == Fraction("0.300000000000001")


CVR = next(str(each.cell) for each in api.records_of_book(page_only(), "x")[1] if each.name == "channel_cvr[1]")


@pytest.mark.parametrize("at", ["C4", "H7", "C7", "C10", "E18", CVR])
def test_dust_behind_an_input_makes_nothing_stale(at: str) -> None:
    """Price, web revenue, win rate, a meeting rate, a CVR: the next number that a binary engine knows, recalculated by one."""
    made = page_only()
    value = openpyxl.load_workbook(io.BytesIO(made))["目標設定"][at].value
    assert isinstance(value, float | int)
    for typed in (math.nextafter(value, math.inf), math.nextafter(value, -math.inf)):
        parts = package.unpacked(made)
        package.set_cell(parts, ("目標設定", at), typed)
        package.recalculated(parts)
        report = api.check(package.packed(parts), "b.xlsx")
        assert {each.code for each in report.findings if each.severity != "note"} == set(), typed


def test_limits_and_whole_numbers() -> None:
    assert is_whole(Fraction(2_500_000.0000000005))
    assert not is_whole(Fraction("2500000.0001"))
    assert not exceeds(Fraction(1.0000000000000002), 1)
    assert exceeds(Fraction("1.0001"), 1)


@pytest.mark.parametrize(
    ("name", "at", "now", "changed"),
    [
        ("deal_size", "H7", 4_000_000.0000000005, False),
        ("deal_size", "H7", 4_000_001, True),
        ("win_rate", "C10", 0.30000000000000004, False),
        ("win_rate", "C10", 0.30000000001, True),
        ("total_revenue", "C4", 1_000_000_000_001, True),
    ],
)
def test_check_monthly_and_diff_agree_on_what_was_changed(name: str, at: str, now: float, changed: bool) -> None:
    made = page_and_months(total_revenue="1兆円")
    filled = edited(made, lambda workbook: workbook["目標設定"].__setitem__(at, now))
    assert {each.code for each in api.check(filled, "b.xlsx").findings if each.severity != "note"} == set()
    assert [each.name for each in api.regenerate(filled, "b.xlsx").kept] == [name] * changed
    assert [each.name for each in api.diff((made, "a.xlsx"), (filled, "b.xlsx")).inputs] == [name] * changed
