"""Figures that others agree on, far apart or by words of their labels; and right sheets in which something only seems to fail."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, assert_named, check, grave, typed

# name: (a right sheet, the wrong cell and what is typed there, the right figure)
SLIPS: dict[str, tuple[Rows, str, Any, Any]] = {
    "two pairs agree": (  # 25 × 36, and 7,200 ÷ 8
        [["Harbour tours, goals"], ["Boats", 25], ["Trips per boat", 36], ["Trips", 900], ["Guests per trip", 8], ["Guests", 7200]],
        "B4", 1900, 900),
    "far ones agree by their price": (  # 22,400 ÷ 640, and 560 ÷ 16
        [["Pottery school plan"], ["Places", 640], ["Teachers", 7], ["Rooms", 3], ["Revenue", 22_400], ["Price per place", 35],
         ["Places per course", 16], ["Price of a course", 560]],
        "B6", 53, 35),
    "rates in words of labels": (  # 30 × 4, and 240 ÷ 2
        [["Course bookings", 30], ["Trial lessons (one in four books)", 120], ["Enquiries (one in two comes to a trial)", 240],
         ["Leaflets (2% ring us)", 12_000]],
        "B2", 210, 120),
    "a rate in brackets": (  # 12 ÷ 30 %, and half of 80
        [["Roofs to sell", 12], ["Quotes (30% won)", 40], ["Site visits (50% get a quote)", 80], ["Calls (1 in 5 leads to a visit)", 400]],
        "B2", 48, 40),
    "weeks in brackets": (  # 6 × 15, and 4,500 ÷ 50
        [["Courier plan"], ["Vans", 6], ["Drops per van a week", 15], ["Drops a week", 90], ["Drops a year (50 weeks)", 4500],
         ["Price per drop", 8], ["Revenue", 36_000]],
        "B4", 190, 90),
    "a turned rate": (  # 18 × 3, and not ÷ 3
        [["Piano pupils", 18], ["Trial lessons (one in three stays)", 54], ["Callers (one in four takes a trial)", 216], ["Flyers (2% call us)", 10_800]],
        "B2", 6, 54),
    "a digit off beside the first of a list": (  # 12,000 ÷ 40
        [["Hostel plan"], ["Beds", 40], ["Nights per bed", 300], ["Bed nights", 12_000], ["Price of a night", 85], ["Revenue", 1_020_000]],
        "B3", 380, 300),
    "a digit off beside the last of a list": (  # 1,020,000 ÷ 12,000
        [["Hostel plan"], ["Beds", 40], ["Nights per bed", 300], ["Bed nights", 12_000], ["Price of a night", 85], ["Revenue", 1_020_000]],
        "B5", 35, 85),
    "a zero too many in yen": (  # 24万円 × 15
        [["外構工事の目標"], ["平均工事費（万円）", 24], ["工事", 15], ["工事収入（円）", 3_600_000], ["見積から工事", "25%"], ["見積", 60]],
        "B4", 36_000_000, 3_600_000),
    "an amount by another count": (  # 36 × 2,400, and not × all 45 seats
        [["Coworking plan"], ["Fee per member", 2400], ["Revenue", 86_400], ["Members", 36], ["Filled", "80%"], ["Seats", 45]],
        "B3", 108_000, 86_400),
    "a bare month": (  # 5,400 ÷ 12, and 50 × 9
        [["Jam, goals"], ["Jars to sell", 5400], ["Per month", 450], ["Jars per market day", 50], ["Market days a month", 9], ["Stalls", 3]],
        "B3", 540, 450),
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
    "a rate in whole per cent by a formula": (  # 60 ÷ 300 are 20 %
        [["Team", "Talks", "Deals", "Close rate (%)"], ["North", 240, 60, "=C2/B2*100"], ["West", 300, 60, "=C3/B3*100"], ["South", 150, 60, "=C4/B4*100"],
         ["East", 200, 60, "=C5/B5*100"]],
        "D3", "=C3/B2*100", 0.2),
    "per cent by the label among formulas": (  # 300 × 20 ÷ 100, as the others
        [["Team", "Talks", "Close rate (%)", "Deals"], ["North", 240, 25, "=B2*C2/100"], ["West", 300, 20, "=B3*C3/100"], ["South", 150, 40, "=B4*C4/100"], ["East", 180, 30, "=B5*C5/100"]],
        "D3", "=B3*C2/100", 60),
}  # fmt: skip

RIGHT: dict[str, Rows] = {
    "a month's line between a year's and its steps": [  # 480 ÷ 12 = 40; 40 ÷ 20 % = 200
        ["年間契約", 480, "件"], ["月あたり契約", 40, "件"], ["成約率", "20%"], ["月の商談", 200, "件"], ["商談化率", "40%"], ["月の架電接触", 500, "件"]],
    "of-which lines that are not in the total": [  # 320 + 180
        ["Revenue (k)", "Plan"], ["Service", 320], ["of which maintenance", 210], ["Parts", 180], ["of which tyres", 45], ["Total", 500]],
    "actuals typed before forecast formulas": [
        ["Shop plan", "Jan", "Feb", "Mar", "Apr", "May", "Jun"], ["Visitors", 8200, 7900, 8600, "=D2*1.05", "=E2*1.05", "=F2*1.05"],
        ["Conversion", 0.031, 0.03, 0.029, 0.03, 0.03, 0.03], ["Orders", 251, 240, 252, "=E2*E3", "=F2*F3", "=G2*G3"]],
    "discounts that are both of the sales": [  # 3 % and 2 % of 8,000
        ["総売上（万円）", 8000], ["返品(3%)", 240], ["値引き(2%)", 160], ["純売上（万円）", 7600]],
    "two currencies and a total in one": [  # 90 + 110 ÷ 1.1
        ["Region", "Goal (EUR k)", "Goal (USD k)", "Total (EUR k)"], ["Retail", 90, 110, 190], ["Trade", 60, 55, 110], ["Public", 40, 22, 60]],
    "subtotals and a total without them": [  # 120 + 80 + 45 + 55
        ["Sales goal (k)", 300], ["Shop, bread", 120], ["Shop, cakes", 80], ["Over the counter", 200], ["Cafés", 45], ["Hotels", 55], ["Delivered", 100], ["Total", 300]],
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
    "a count rounded down in a list of needs, with a note": [  # 25 % of 75 = 18.75
        ["目標"], ["受注数", 18], ["受注率", 0.25], ["商談数", 75], ["商談化率", 0.2], ["リード数", 375], ["※件数は小数点以下切り捨て"]],
    "a part without a unit below its whole": [  # 900万円 ÷ 30万円
        ["売上目標（万円）", 2400], ["うち既存", 1500], ["うち新規", 900], ["新規単価（万円）", 30], ["新規契約数", 30], ["成約率", "25%"], ["商談数", 120]],
    "a remark that names the rate's base": [  # 6 % of all 5,000 that were sent
        ["メルマガ計画"], ["配信", 5000], ["開封率", 0.3], ["開封", "=B2*B3"], ["クリック率", 0.06], ["クリック", "=B2*B5", "配信"], ["申込率", 0.1], ["申込", "=B6*B7"]],
    "the only remark of a column": [  # 7 × 4 + 30 = 58
        ["Goals", "Helpers", "Fixed", "Shifts", "Remarks"], ["Kitchen", 8, 30, "=B2*4+C2"], ["Bar", 9, 31, "=B3*4+C3"], ["Garden", 7, 30, 66, "Agreed with the fair"],
        ["House", 6, 32, "=B5*4+C5"], ["Office", 9, 30, "=B6*4+C6"]],
    "results typed beside a plan": [
        ["Shop goals", "Plan Q1", "Plan Q2", "Actual Q2", "Plan Q3", "Plan Q4"], ["Visitors", 800, 900, 700, 600, 900], ["Conversion", 0.05, 0.05, 0.05, 0.05, 0.05],
        ["Orders", "=B2*B3", "=C2*C3", 41, "=E2*E3", "=F2*F3"]],
    "a mean price beside a total": [
        ["Line", "Pieces", "Price", "Sales"], ["Chairs", 200, 90, 18_000], ["Tables", 50, 400, 20_000], ["Lamps", 150, 60, 9000], ["Total", 400, 117.5, 47_000]],
    "some cancel": [  # 18 of 20
        ["Orders", 20], ["Cancel", "10%"], ["Orders kept", 18], ["Price per order", 500], ["Sales", 9000]],
    "whole per cent by the label": [
        ["Team", "Talks", "Close rate (%)", "Deals"], ["North", 240, 25, "=B2*C2/100"], ["West", 300, 20, "=B3*C3/100"], ["South", 150, 40, "=B4*C4/100"]],
    "a small list of nothing in business": [["Eggs", 12], ["Flour", 500], ["Milk", 300], ["Sugar", 80], ["Loaves", 4]],
    "out of ten, among other steps": [  # 60 ÷ 30 %, ÷ 5 of ten, ÷ 20 %, ÷ 10 %
        ["Licences", 60], ["Demo to licence", 0.3], ["Demos", "=B1/B2"], ["Demos out of ten talks", 5], ["Talks", "=B3/(B4/10)"],
        ["Call to talk", 0.2], ["Calls", "=B5/B6"], ["Mail to call", 0.1], ["Mails", "=B7/B8"]],
    "channels with subtotals of their own names": [  # 1,200 + 800 + 450 + 550
        ["チャネル", "売上目標（万円）", "受注数"], ["Web", 1200, 12], ["展示会", 800, 8], ["集客分", 2000, 20], ["紹介", 450, 9], ["テレアポ", 550, 11],
        ["営業分", 1000, 20], ["全体", 3000, 40]],
    "channels with subtotals in English": [  # 900 + 600 + 350 + 150
        ["Channel", "Revenue goal", "Deals"], ["Web", 900, 9], ["Fairs", 600, 6], ["Inbound", 1500, 15], ["Referrals", 350, 7], ["Cold calls", 150, 3],
        ["Outbound", 500, 10], ["Total", 2000, 25]],
    "channels in two currencies": [  # 90 × 1.1 + 110 = 209
        ["Revenue goal", "Web GBP", "Partners EUR", "Total"], ["Revenue", 90, 110, 209], ["Deals", 9, 10, 19]],
    "two currencies in brackets": [  # 80 × 0.9 + 120 = 192
        ["受注目標", "Web（USD）", "展示会（EUR）", "全体"], ["売上", 80, 120, 192], ["商談数", 30, 40, 70]],
    "totals with rates as fractions": [  # 27 of 76 are 36 %
        ["Owner", "Meetings", "Win rate", "Deals"], ["Ida", 24, 0.38, 9], ["Olav", 31, 0.32, 10], ["Siri", 21, 0.38, 8], ["Total", 76, 0.36, 27]],
}  # fmt: skip


@pytest.mark.parametrize("kind", SLIPS)
def test_a_slip_is_named_at_its_cell_and_nothing_else(kind: str) -> None:
    assert_named(*SLIPS[kind])


@pytest.mark.parametrize("kind", RIGHT)
def test_what_only_seems_to_fail_is_silent(kind: str) -> None:
    assert [each.cell for each in grave(check(*RIGHT[kind]))] == []


def test_the_formula_that_is_advised_divides_whole_per_cent() -> None:
    """For West's deals that take the rate of North's line."""
    rows, cell, wrong, _ = SLIPS["per cent by the label among formulas"]
    (found,) = grave(check(*typed(rows, cell, wrong)))
    assert "=B3*C3/100" in found.message.to("en")
