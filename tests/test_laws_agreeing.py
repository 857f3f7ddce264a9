"""Figures that others agree on, far apart or by words of their labels; and right sheets in which something only seems to fail."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, check, typed

from kgisheet.check.finding import Report

# name: (a right sheet, the wrong cell and what is typed there, the right figure)
SLIPS: dict[str, tuple[Rows, str, Any, Any]] = {
    "two pairs agree": (  # 25 × 36, and 7,200 ÷ 8
        [["Harbour tours"], ["Boats", 25], ["Trips per boat", 36], ["Trips", 900], ["Guests per trip", 8], ["Guests", 7200]],
        "B4", 990, 900),
    "far ones agree by their price": (  # 640 × 35, and 560 × 40
        [["Pottery school"], ["Courses", 40], ["Places", 640], ["Price of a place", 35], ["Fill of all places", "100%"], ["Takings", 22_400], ["Takings per course", 560]],
        "B6", 24_200, 22_400),
    "rates in words of labels": (  # 30 × 4, and 240 ÷ 2
        [["Course bookings", 30], ["Trial lessons (one in four books)", 120], ["Enquiries (one in two comes to a trial)", 240],
         ["Leaflets (2% ring us)", 12_000]],
        "B2", 210, 120),
    "a rate in brackets": (  # 12 ÷ 30 %, and half of 80
        [["Roofs to sell", 12], ["Quotes (30% won)", 40], ["Site visits (50% get a quote)", 80], ["Calls (1 in 5 leads to a visit)", 400]],
        "B2", 48, 40),
    "weeks in brackets": (  # 6 × 5, and 1,500 ÷ 50
        [["Field reps", 6], ["Visits per rep", 5], ["Visits a week", 30], ["Visits a year (50 weeks)", 1500], ["Orders (one in six)", 250]],
        "B3", 36, 30),
    "a turned rate": (  # 60 ÷ 25 %, and not × 25 %
        [["Leases signed", 24], ["Viewings that end in one", "40%"], ["Viewings", 60], ["Callers who come to view", "25%"], ["Callers", 240]],
        "B5", 15, 240),
    "a digit at the beginning": (  # 12,000 ÷ 300
        [["Beds", 40], ["Nights per bed", 300], ["Bed nights", 12_000], ["Price of a night", 85], ["Turnover", 1_020_000]],
        "B1", 46, 40),
    "a digit at the end": (  # 12,000 × 85
        [["Beds", 40], ["Nights per bed", 300], ["Bed nights", 12_000], ["Price of a night", 85], ["Turnover", 1_020_000]],
        "B5", 1_030_000, 1_020_000),
    "a zero too many in yen": (  # 24万円 × 15
        [["外構工事"], ["見積", 60], ["成約率", "25%"], ["契約棟数", 15], ["1棟の粗利（万円）", 24], ["粗利合計（円）", 3_600_000]],
        "B6", 36_000_000, 3_600_000),
    "an amount by another count": (  # 36 × 2,400, and not all 45 of them
        [["Coworking"], ["Seats", 45], ["Filled", "80%"], ["Members", 36], ["Fee per member", 2400], ["Revenue", 86_400]],
        "B6", 108_000, 86_400),
    "a bare month": (  # 5,400 ÷ 12, and 9 × 50
        [["Jars to sell in a year", 5400], ["per month", 450], ["Market days", 9], ["Jars per market day", 50]],
        "B2", 540, 450),
    "a whole by the names of its parts": (  # 90 − 35
        [["Cleaning jobs", 90], ["Regular cleaning jobs", 55], ["One-off cleaning jobs", 35], ["Quotes that become a one-off job", "25%"],
         ["Quotes", 140], ["Flyers per quote", 50], ["Flyers", 7000]],
        "B2", 65, 55),
    "a rate in whole per cent by its label": (  # 30 % of 200
        [["Meetings", 200], ["Close rate (%)", 30], ["Deals", 60], ["Deal size", 4000], ["Revenue", 240_000]],
        "B3", 66, 60),
    "no word of business": (  # 48 × 150, and 120 × 60
        [["Trees", 48], ["Apples per tree", 150], ["Apples", 7200], ["Apples per crate", 60], ["Crates", 120]],
        "B3", 7800, 7200),
    "per cent by the label among formulas": (  # 300 × 20 ÷ 100, as the others
        [["Team", "Talks", "Close rate (%)", "Deals"], ["North", 240, 25, "=B2*C2/100"], ["West", 300, 20, "=B3*C3/100"], ["South", 150, 40, "=B4*C4/100"], ["East", 180, 30, "=B5*C5/100"]],
        "D3", "=B3*C2/100", 60),
}  # fmt: skip

RIGHT: dict[str, Rows] = {
    "out of ten demos": [  # as many of ten are bought
        ["Licences wanted", 60], ["Demos that are bought, out of ten", 4], ["Demos", "=B1/(B2/10)"], ["Demos out of ten talks", 5],
        ["Talks", "=B3/(B4/10)"], ["Talks out of ten calls", 2], ["Calls", "=B5/(B6/10)"]],
    "a month's line between a year's and its steps": [  # 480 ÷ 12 = 40; 40 ÷ 20 % = 200
        ["年間契約", 480, "件"], ["月あたり契約", 40, "件"], ["成約率", "20%"], ["月の商談", 200, "件"], ["商談化率", "40%"], ["月の架電接触", 500, "件"]],
    "of-which lines that are not in the total": [  # 320 + 180
        ["Revenue (k)", "Plan"], ["Service", 320], ["of which maintenance", 210], ["Parts", 180], ["of which tyres", 45], ["Total", 500]],
    "actuals typed before forecast formulas": [
        ["", "Jan", "Feb", "Mar", "Apr", "May", "Jun"], ["Visitors", 8200, 7900, 8600, 9000, 9400, 9800],
        ["Conversion", 0.031, 0.03, 0.029, 0.03, 0.03, 0.03], ["Orders", 251, 240, 252, "=E2*E3", "=F2*F3", "=G2*G3"]],
    "discounts that are both of the sales": [  # 3 % and 2 % of 8,000
        ["総売上（万円）", 8000], ["返品(3%)", 240], ["値引き(2%)", 160], ["純売上（万円）", 7600]],
    "two currencies and a total in one": [  # 90 + 110 ÷ 1.1
        ["Region", "Goal (EUR k)", "Goal (USD k)", "Total (EUR k)"], ["Retail", 90, 110, 190], ["Trade", 60, 55, 110], ["Public", 40, 22, 60]],
    "subtotals and a total without them": [  # 120 + 80 + 45 + 55
        ["Budget plan", "k"], ["Flour", 120], ["Sugar", 80], ["Goods", 200], ["Rent", 45], ["Power", 55], ["House", 100], ["Total", 300]],
    "alternatives, of which one is taken": [
        ["Sales plan (k)"], ["Careful", 400], ["Usual", 520], ["Bold", 700], ["Chosen", "=B3"], ["Total", "=B5"]],
    "deals and customers": [  # 1.25 deals each: 2,000 ÷ 25 = 80, 80 ÷ 1.25 = 64
        ["Sales (k)", 2000], ["Deal size (k)", 25], ["Deals", 80], ["Deals per customer", 1.25], ["Customers", 64]],
    "totals with measured rates": [  # 27 of 76 are 36 %
        ["Rep", "Talks", "Deals", "Close rate"], ["Ida", 24, 9, "38%"], ["Olav", 31, 10, "32%"], ["Siri", 21, 8, "38%"], ["Total", 76, 27, "36%"]],
    "plan, forecast and gap": [
        ["", "Plan", "Forecast", "Gap"], ["Deals", 140, 126, -14], ["Deal size (k)", 6, 6.5, 0.5], ["Revenue (k)", 840, 819, -21]],
    "what is left of a goal": [  # 430 − 190 = 240, ÷ 8 = 30
        ["Boxes wanted", 430], ["Boxes sold so far", 190], ["Boxes left", 240], ["Weeks left", 8], ["Boxes per week", 30]],
    "counts that are rounded down, with a note": [  # 17 % of 850 = 144.5; 24 % of 144 = 34.56
        ["説明会の目標"], ["来場者", 850], ["面談率", "17%"], ["面談", 144], ["入会率", "24%"], ["入会", 34], ["※人数は小数点以下切り捨て"]],
    "a part without a unit below its whole": [  # 900万円 ÷ 30万円
        ["売上目標（万円）", 2400], ["うち既存", 1500], ["うち新規", 900], ["新規単価（万円）", 30], ["新規契約数", 30], ["成約率", "25%"], ["商談数", 120]],
    "a remark that names the rate's base": [  # 6 % of all 5,000 that were sent
        ["メルマガ計画"], ["配信", 5000], ["開封率", "30%"], ["開封", 1500], ["クリック率", "6%", "率の母数 配信"], ["クリック", 300], ["申込率", "10%"], ["申込", 30]],
    "a mean price beside a total": [
        ["Line", "Pieces", "Price", "Sales"], ["Chairs", 200, 90, 18_000], ["Tables", 50, 400, 20_000], ["Lamps", 150, 60, 9000], ["Total", 400, 117.5, 47_000]],
    "some cancel": [  # 18 of 20
        ["Orders", 20], ["Cancel", "10%"], ["Orders kept", 18], ["Price per order", 500], ["Sales", 9000]],
    "whole per cent by the label": [
        ["Team", "Talks", "Close rate (%)", "Deals"], ["North", 240, 25, "=B2*C2/100"], ["West", 300, 20, "=B3*C3/100"], ["South", 150, 40, "=B4*C4/100"]],
    "two small sheets of nothing in business": [["Eggs", 12], ["Flour", 500], ["Milk", 300], ["Sugar", 80], ["Loaves", 4]],
}  # fmt: skip


def grave(report: Report) -> list[Any]:
    return [each for each in report.findings if each.severity in ("error", "warning")]


@pytest.mark.parametrize("kind", SLIPS)
def test_what_is_right_is_silent(kind: str) -> None:
    assert [each.cell for each in grave(check(*SLIPS[kind][0]))] == []


@pytest.mark.parametrize("kind", SLIPS)
def test_a_slip_is_named_at_its_cell_and_nothing_else(kind: str) -> None:
    rows, cell, wrong, right = SLIPS[kind]
    found = grave(check(*typed(rows, cell, wrong)))
    assert [each.cell for each in found] == [cell]
    assert float(found[0].expected) == pytest.approx(float(right), rel=0.002)


@pytest.mark.parametrize("kind", RIGHT)
def test_what_only_seems_to_fail_is_silent(kind: str) -> None:
    assert [each.cell for each in grave(check(*RIGHT[kind]))] == []
