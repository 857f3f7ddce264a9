"""Figures as people write them."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest

from kgisheet.values import amounts
from kgisheet.values.amounts import FigureError
from kgisheet.values.toml import Decimal


@pytest.mark.parametrize(
    ("written", "yen"),
    [
        ("1200万円", 12_000_000),
        ("1,200万", 12_000_000),
        ("1.2億円", 120_000_000),
        ("1億2,000万円", 120_000_000),
        ("12,000,000", 12_000_000),
        ("¥12,000,000", 12_000_000),
        ("１２００万円", 12_000_000),  # full width
        ("１，２００万円", 12_000_000),
        ("300千円", 300_000),
        ("5百万円", 5_000_000),
        ("12 million yen", 12_000_000),
        ("1.5bn", 1_500_000_000),
        (" 400 万 円 ", 4_000_000),
        (12_000_000, 12_000_000),
        (Decimal("1200.5"), Fraction("1200.5")),
        ("0", 0),
    ],
)
def test_money(written: object, yen: int) -> None:
    assert amounts.money(written) == yen


@pytest.mark.parametrize(
    "written",
    ["", "abc", "1,20万", "1200万万", "万", "2千億万", "24%", "-5", "△100", "▲1万円", "(100)", True, None, [1], "1e9", "9" * 5000, 10**16, "1.2.3", float("inf")],
)  # fmt: skip
def test_what_is_no_amount_is_refused(written: object) -> None:
    with pytest.raises(FigureError):
        amounts.money(written)


@pytest.mark.parametrize(
    ("written", "rate"),
    [
        ("30%", "0.3"),
        ("30 %", "0.3"),
        ("３０％", "0.3"),
        ("0.3", "0.3"),
        (Decimal("0.3"), "0.3"),
        (1, "1"),
        (Decimal("1.0"), "1"),
        ("100%", "1"),
        ("3割", "0.3"),
        ("0.5%", "0.005"),
        ("33.3パーセント", "0.333"),
    ],
)
def test_rates(written: object, rate: str) -> None:
    assert amounts.rate(written) == Fraction(rate)


@pytest.mark.parametrize(
    "written", ["30", 30, Decimal("1.5"), "0%", 0, "-5%", "120%", "", "many", True, "1/3", Decimal("-0.1")]
)
def test_what_is_no_rate_is_refused(written: object) -> None:
    with pytest.raises(FigureError):
        amounts.rate(written)


def test_a_bare_30_is_refused_with_both_readings() -> None:
    with pytest.raises(FigureError) as refused:
        amounts.rate(30)
    assert refused.value.what.ja == "「30」は30%か3,000%か判断できません"
    assert refused.value.fix.ja == "30%のことなら「30%」か「0.3」と書いてください"


def test_a_share_may_be_zero() -> None:
    assert amounts.rate("0%", zero=True) == 0


@pytest.mark.parametrize(("written", "count"), [(800, 800), ("800社", 800), ("2,400名", 2400), ("1.2万", 12_000)])
def test_counts(written: object, count: int) -> None:
    assert amounts.count(written) == count


@pytest.mark.parametrize("written", ["2.5", Decimal("2.5"), -1, "many", 10**8 + 1, False])
def test_what_is_no_count_is_refused(written: object) -> None:
    with pytest.raises(FigureError):
        amounts.count(written)


@pytest.mark.parametrize("written", ["2026-04", "2026/4", "2026年4月", "２０２６－０４", datetime.date(2026, 4, 9)])
def test_months(written: object) -> None:
    assert amounts.month(written) == datetime.date(2026, 4, 1)


@pytest.mark.parametrize("written", ["2026-13", "2026-00", "04-2026", "April", 202604, "", "0000-01", "9999-12"])
def test_what_is_no_month_is_refused(written: object) -> None:
    with pytest.raises(FigureError):
        amounts.month(written)


@pytest.mark.parametrize("written", ["2026-04-01", "2026/4/1", "2026年4月1日", datetime.date(2026, 4, 1)])
def test_days(written: object) -> None:
    assert amounts.day(written) == datetime.date(2026, 4, 1)


@pytest.mark.parametrize("written", ["2026-02-30", "2026-04", "tomorrow", 5, "1776-07-04"])
def test_what_is_no_day_is_refused(written: object) -> None:
    with pytest.raises(FigureError):
        amounts.day(written)


@pytest.mark.parametrize("written", ["a\nb", "a\x00b", "a\x07", "x" * 256, "\ud800", 5, "a\u2028b"])
def test_text_that_a_cell_can_not_hold_is_refused(written: object) -> None:
    with pytest.raises(FigureError):
        amounts.text(written)


@pytest.mark.parametrize(
    ("lines", "most", "fix"), [(False, 255, "255文字までの1行の文字で"), (True, 1000, "1,000文字までの文字で")]
)
def test_a_text_that_is_too_long_is_refused_with_how_long_it_may_be(lines: bool, most: int, fix: str) -> None:
    assert amounts.text("x" * most, lines) == "x" * most
    with pytest.raises(FigureError) as bad:
        amounts.text("x" * (most + 1), lines)
    assert bad.value.fix.ja.startswith(fix)
