"""What one relation alone says of a typed figure: believed where the figure is off as people go wrong, misread where it is not."""

from __future__ import annotations

import doctest
from fractions import Fraction
from typing import Any

import pytest
from foreign.sheets import Rows, check, grave, typed

from kgisheet.freeform.rules import slips

# (what is typed, what is wanted, the figures that it is made of)
SLIPS: dict[str, tuple[str, str, list[str]]] = {
    "an old figure, or another line's": ("330", "240", []),
    "digits exchanged": ("720", "270", []),
    "digits exchanged, and a nought": ("0.015", "0.105", []),
    "a nought too many": ("12000", "1200", []),
    "one digit another": ("970", "270", []),
    "a digit lost": ("1234", "12034", []),
    "the year's for the month's": ("1440", "120", []),
    "multiplied, not divided": ("64", "400", ["160", "0.4"]),
    "its source as it is": ("930", "27900", ["930", "30"]),
    "a nought lost of a rounded rate": ("0.06", "0.612", []),
}
NONE: dict[str, tuple[str, str, list[str]]] = {
    "of another size": ("93", "2540", ["2480", "1.5"]),
    "one digit, that two others make": ("2", "7", ["5", "0.4"]),
    "another digit, of another size": ("28", "250", ["100", "0.4"]),
    "three times": ("81", "27", []),
}


@pytest.mark.parametrize("kind", [*SLIPS, *NONE])
def test_a_slip_is_told_from_another_figure(kind: str) -> None:
    found, wanted, others = (SLIPS | NONE)[kind]
    assert slips.is_slip(Fraction(found), Fraction(wanted), [Fraction(each) for each in others]) == (kind in SLIPS)


def test_a_total_is_off_by_a_part_at_most() -> None:
    """85 + 110 + 140 + 60 are 395: without the 110 they are 285; 210 are those who are in several."""
    parts = [Fraction(each) for each in (85, 110, 140, 60)]
    assert [slips.is_total_of(Fraction(each), parts) for each in (285, 359, 3950, 210)] == [True, True, True, False]


def test_the_examples_of_the_module_hold() -> None:
    assert doctest.testmod(slips).failed == 0


# Right sheets: what labels, or two lines, seem to say is misread.
RIGHT: dict[str, Rows] = {
    "what is short of a goal, and a price that is the same": [  # 420,000 ÷ 21,000 = 20
        ["", "Base", "Stretch", "Delta"], ["Revenue", 420_000, 504_000, 84_000], ["Average deal", 21_000, 21_000, 0], ["Deals", 20, 24, 4],
        ["Win rate", "25%", "25%", "0%"], ["Proposals", 80, 96, 16]],
    "who is counted twice": [
        ["リード獲得", "件数"], ["展示会", 320], ["Web", 210], ["紹介", 150], ["同じ人の分", -70], ["リード数", 610], ["商談化率", "20%"], ["商談数", 122]],
    "scores": [
        ["目標項目", "目標", "評点"], ["受注件数", 16, 22.5], ["商談件数", 80, 19], ["リード件数", 400, 9.5]],
    "stages of two chains, by formulas": [
        ["Leads", 2400], ["Lead to SQL", 0.15], ["SQLs", "=B1*B2"], ["Accounts called", 900], ["Meeting rate", 0.08], ["Meetings", "=B4*B5"],
        ["Deals", "=ROUND(B3*0.2,0)+ROUND(B6*0.125,0)"]],
    "a week and a day of the year, by formulas": [
        ["", "年間", "半期", "月", "週（4週）", "日（20日）"],
        *([name, value, f"=B{row}/2", f"=B{row}/12", f"=D{row}/4", f"=D{row}/20"]
          for row, (name, value) in enumerate((("新規契約", 120), ("見積提出", 480), ("訪問", 1920), ("電話", 24_000)), 2))],
    "last December before months of a lead time": [  # 420 × 20 % are February's 84
        ["Lead to opp", 0.2], ["Opp to deal", 0.25], [], ["", "Dec (actual)", "Jan", "Feb", "Mar", "Apr", "May"], ["Leads", 400, 420, 440, 480, 500, 520],
        ["Opportunities", 76, *(f"={col}5*$B$1" for col in "BCDEF")], ["Deals", 18, *(f"=ROUND({col}6*$B$2,0)" for col in "BCDEF")]],
    "an average among rates": [
        ["Bookings target", 2_400_000], ["Win rate by value", 0.2], ["Pipeline value needed", "=B1/B2"], ["Average won deal", 48_000],
        ["Won deals", "=B1/B4"], ["Win rate by count", 0.25], ["Opportunities needed", "=B5/B6"], ["Average opportunity value", "=B3/B7"]],
    "times as many, among rates": [
        ["Contract value", 2_100_000], ["Mean contract", 35_000], ["Contracts", "=B1/B2"], ["Tender success", 0.24], ["Tenders", "=B3/B4"],
        ["Site visits per tender", 1.2], ["Site visits", "=B5*B6"], ["Visits from calls", 0.1], ["Calls", "=B7/B8"]],
    "growth of sales, by formulas, and typed prices": [
        ["", "2025年度(実績)", "2026年度", "2027年度", "2028年度"], ["成長率", None, 0.2, 0.25, 0.3], ["売上（百万円）", 400, "=B3*(1+C2)", "=C3*(1+D2)", "=D3*(1+E2)"],
        ["平均単価（百万円）", 2, 2, 2.4, 2.4], ["受注件数", *(f"={col}3/{col}4" for col in "BCDE")], ["受注率", 0.25, 0.25, 0.25, 0.25],
        ["商談件数", *(f"={col}5/{col}6" for col in "BCDE")]],
    "opportunities in hand, and a rate for those to find": [
        ["新規売上目標（万円）", 5400], ["受注単価（万円）", 180], ["必要受注数", "=B1/B2"], ["受注率", 0.3], ["必要案件数", "=B3/B4"], ["手持ち案件数", 28],
        ["新たに必要な案件数", "=B5-B6"], ["案件化率", 0.4], ["必要商談数", "=B7/B8"]],
    "people who are in several campaigns": [
        ["Campaign", "Influenced opps", "Sourced opps"], ["Trade shows", 85, 30], ["Paid social", 110, 25], ["Email", 140, 20], ["Outbound", 60, 45],
        ["Total (influenced is de-duplicated)", 210, 120], ["Win rate", None, 0.25], ["Deals", None, 30], ["ACV", None, 20_000], ["New ARR", None, 600_000]],
    "more of each enquiry, sample and quote": [  # 80 + 30 aren't the 160, as 400 and 180 aren't the 800
        ["部門", "前年実績（件）", "伸長率", "今年目標（件）", "増加数（件）"], ["問い合わせ", 640, 1.25, 800, 160], ["サンプル請求", 320, 1.25, 400, 80],
        ["見積依頼", 150, 1.2, 180, 30], ["商談", 96, 1.25, 120, 24], ["受注", 40, 1.2, 48, 8], [],
        ["受注率（商談→受注）", 0.417, None, 0.4], ["商談化率（問い合わせ→商談）", 0.15, None, 0.15]],
    "what is held of what is booked, each in several columns": [  # 60 × 80 % = 48
        ["Assumes 6 SDRs, 20 working days a month, 3 months"], ["Activity", "Per SDR per day", "Team per day", "Team per month", "Team per quarter"],
        ["Dials", 50, 300, 6000, 18_000], ["Conversations", 5, 30, 600, 1800], ["Emails", 40, 240, 4800, 14_400], ["LinkedIn touches", 15, 90, 1800, 5400],
        ["Meetings booked", 0.5, 3, 60, 180], ["Meetings held (80%)", 0.4, 2.4, 48, 144], ["SQLs (half of held)", 0.2, 1.2, 24, 72]],
    "months that are left, and what is": [
        ["年間受注目標", 60], ["8月までの実績", 27], ["残り", 33], ["残り月数", 7], ["月あたり必要受注", "4.7件"], ["受注率", 0.3], ["月あたり必要商談", "16件"]],
    "opportunities a month ahead of their deals, by formulas": [
        ["Opportunities are created one month before the deal closes; win rate", None, None, 0.25], ["Month", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug"],
        ["Deals closed", 4, 4, 5, 6, 6, 8, 8, 9], ["Opps to create this month", *(f"={col}3/$D$1" for col in "CDEFGHI")],
        ["Meetings (half become opps)", *(f"={col}4/0.5" for col in "BCDEFGH")]],
    "shares of the first, which nobody calls so": [
        ["ステージ", "件数", "前段階比", "リード比"], ["リード", 3000, "-", "100%"], ["MQL", 1350, "45%", "45%"], ["SQL", 540, "40%", "18%"],
        ["案件", 270, "50%", "9%"], ["受注", 54, "20%", "1.8%"]],
    "people, what each can do, and what that takes": [  # 240 ÷ 16 and 13,200 ÷ 880
        ["Opportunities needed", 90], ["Meeting-held to opportunity", 0.5], ["Meetings held", 180], ["Show rate", 0.75], ["Meetings booked", 240],
        ["Booked per ramped SDR", 16], ["SDRs needed", 15], ["Dials per booked meeting", 55], ["Dials per month", 13_200],
        ["Dials per SDR per month", 880], ["Dials per SDR per day (20 days)", 44]],
    "a shop's price": [  # 1,000,000 ÷ 7,300 are 137 orders
        ["Revenue", 1_000_000], ["AOV", 7300], ["Orders", "=B1/B2"], ["Quote to order", 0.31], ["Quotes", "=B3/B4"], ["Lead to quote", 0.45],
        ["Leads", "=B5/B6"]],
    "what there is at the end, its unit on the first line alone": [  # 8,740 + 540 + 50 − 190
        ["", "1月", "2月", "3月", "4月"], ["月初MRR（千円）", 8000, 8360, 8740, 9140], ["新規MRR", 480, 510, 540, 570], ["アップセル", 40, 45, 50, 55],
        ["解約MRR", -160, -175, -190, -205], ["月末MRR", 8360, 8740, 9140, 9560], ["新規社数", 32, 34, 36, 38], ["受注率", "20%", "20%", "20%", "20%"],
        ["商談数", 160, 170, 180, 190]],
    "sums of the lines of a name": [
        ["Territory", "Region", "Deals", "Opps", "New ARR", None, "Region", "Deals", "Opps", "New ARR"],
        *([name, region, deals, deals * 4, deals * 20_000, None, *([total, *(f'=SUMIF($B$2:$B$7,"{total}",{col}$2:{col}$7)' for col in "CDE")] if total else [])]
          for name, region, deals, total in (("Ontario", "East", 12, "East"), ("Quebec", "East", 8, "West"), ("Alberta", "West", 10, "Central"),
                                             ("BC", "West", 9, ""), ("Manitoba", "Central", 5, ""), ("Sask.", "Central", 4, "")))],
    "shares of all, of things that are called as a remark is": [
        ["品目", "単価（円）", "台数", "金額（円）", "構成比"],
        *([name, price, many, f"=B{row}*C{row}", f"=D{row}/$D$7"]
          for row, (name, price, many) in enumerate((("卓上型", 380_000, 60), ("可搬型", 520_000, 45), ("据置型", 1_250_000, 20), ("校正", 48_000, 150),
                                                     ("消耗品", 12_000, 300)), 2)),
        ["合計", None, None, "=SUM(D2:D6)", "=SUM(E2:E6)"]],
    "a ratio on a line of millions": [  # 150 ÷ 120
        ["", "必達目標", "挑戦目標", "挑戦÷必達"], ["受注高（百万円）", 120, 150, 1.25], ["受注単価（百万円）", 1.6, 1.6], ["受注社数", 75, 94, 1.25],
        ["受注率", 0.27, 0.3], ["商談数", 278, 313, 1.13], ["有効リード率", 0.35, 0.35], ["リード数", 794, 894, 1.13]],
    "volumes on lines that are called by their rates": [  # 108 × 25 % = 27
        ["Funnel step", "Our rate", "SaaS median", "Our volume"], ["Sessions", None, None, 80_000], ["Session to lead", 0.015, 0.014, 1200],
        ["Lead to MQL", 0.45, 0.39, 540], ["MQL to SQL", 0.4, 0.38, 216], ["SQL to opp", 0.5, 0.42, 108], ["Opp to won", 0.25, 0.21, 27]],
}  # fmt: skip


@pytest.mark.parametrize("kind", RIGHT)
def test_what_is_right_is_silent(kind: str) -> None:
    assert [each.cell for each in grave(check(*RIGHT[kind]))] == []


# The same kinds of sheets with one wrong cell, which is named as before.
WRONG: dict[str, tuple[str, str, Any]] = {
    "the end of a month with its digits exchanged": ("what there is at the end, its unit on the first line alone", "D6", 9410),
    "another line's name in a formula": ("sums of the lines of a name", "I3", '=SUMIF($B$2:$B$7,"East",D$2:D$7)'),
    "a share of a part": ("shares of all, of things that are called as a remark is", "E4", "=D4/SUM($D$2:$D$5)"),
    "a goal with its digits exchanged": ("more of each enquiry, sample and quote", "D5", 102),  # 96 × 1.25 = 120
    "people whom a rate of another step makes by chance": (
        "people, what each can do, and what that takes",
        "B7",
        12,
    ),  # 16 × 75 %
    "a column's share of the first": ("shares of the first, which nobody calls so", "D5", "8%"),  # 270 of 3,000
    "a sum of who is counted twice": ("who is counted twice", "B6", 680),  # 320 + 210 + 150 − 70 = 610
    "a month that takes its own leads": ("last December before months of a lead time", "E6", "=E5*$B$1"),
    "a step by another cell": ("times as many, among rates", "B9", "=B5/B8"),
    "a ratio with its digits exchanged": ("a ratio on a line of millions", "D8", 1.31),  # 894 ÷ 794 = 1.13
    "a volume with its digits exchanged": ("volumes on lines that are called by their rates", "D7", 72),  # 27
}


@pytest.mark.parametrize("kind", WRONG)
def test_its_wrong_cell_is_named(kind: str) -> None:
    of, cell, wrong = WRONG[kind]
    assert [each.cell for each in grave(check(*typed(RIGHT[of], cell, wrong)))] == [cell]


def test_a_sign_too_much_is_named_where_the_rest_wants_none() -> None:
    """12,000,000 ÷ 4,000,000 are the 3 deals."""
    rows: Rows = [["売上目標", 12_000_000], ["受注単価", -4_000_000], ["受注数", 3], ["受注率", "30%"], ["商談数", 10]]
    assert [each.cell for each in grave(check(*rows))] == ["B2"]
