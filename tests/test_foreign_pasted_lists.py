"""Right lists whose figures are values, with no formula that says of what each is; and the slips in the same lists that are found."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, assert_named, check, grave

RIGHT: dict[str, Rows] = {
    "months that are left, below what is left": [
        ["法人保険 期末までの逆算"], ["年間目標（件）", 180], ["実績累計（件）", 105], ["残り（件）", 75], ["残り月数", 5], ["月あたり必要契約", 15],
        ["成約率", 0.3], ["月あたり面談", 50], ["面談獲得率", 0.1], ["月あたり接触", 500]],
    "a gap in other deals": [  # 144,500 ÷ 15 %
        ["Category", "Amount", "Probability", "Weighted"], ["Commit", 420_000, 0.9, 378_000], ["Best case", 360_000, 0.5, 180_000],
        ["Pipeline", 1_250_000, 0.15, 187_500], ["Closed won", 310_000, 1, 310_000], ["Total", 2_340_000, None, 1_055_500], ["Quota", None, None, 1_200_000],
        ["Gap", None, None, 144_500], ["Gap in pipeline at 15%", None, None, 963_333]],
    "a difference of the figure of its name": [  # 60 − 55, not 250 − 55
        ["年度", 2026, "目標受注", 60], ["売上目標（万円）", 9000], ["受注単価（万円）", 150], ["受注率", 0.24, "前年", 0.22], ["商談数", 250, "前年", 250],
        ["前年受注", None, "前年", 55], ["受注増加数", None, None, 5]],
    "accounts that fill a gap": [  # 360 ÷ 18
        ["in thousand euro"], ["Goal 2025", 900], ["Sure from present accounts", 540], ["Gap", 360], ["A new account brings", 18],
        ["New accounts to fill the gap", 20], ["Quotes won", "20%"], ["Quotes", 100], ["Enquiries quoted", "50%"], ["Enquiries", 200]],
    "costs and profit by one margin": [  # 40 million × 60 %
        ["損益分岐からの必要件数"], [], ["固定費/年", 18_000_000], ["目標利益", 6_000_000], ["限界利益率", 0.6], ["必要売上", 40_000_000], ["平均単価", 800_000],
        ["必要件数", 50], ["うちリピート", 20], ["新規件数", 30], ["成約率", 0.25], ["見積", 120], ["問合せ→見積", 0.5], ["問合せ", 240], ["月間問合せ", 20]],
    "two rates one after the other": [  # 24 million × 25 % × 20 %
        ["受注件数", 48], ["単価（税抜）", 500_000], ["売上（税抜）", 24_000_000], ["うち代理店経由比率", 0.25], ["代理店手数料率", 0.2], ["代理店手数料", -1_200_000],
        ["手数料控除後売上（税抜）", 22_800_000], ["受注率", 0.32], ["商談数", 150]],
    "a rate of what came in, and a label with the step's own": [  # 500 of 640, and 70 % of 500
        ["Commercial insurance broker"], ["Form fills", 640], ["Duplicates", -48], ["Outside our area", -92], ["Usable leads", 500], ["Usable share", 0.78],
        ["Calls reached (70%)", 350], ["Meetings (40% of reached)", 140], ["Policies (1 in 5)", 28]],
    "ten of them, and no rate of 10 %": [
        ["Company bookings target", 5_000_000], ["Over-assignment", "15%"], ["Street quota", 5_750_000], ["Quota per AE", 575_000], ["AEs needed", 10],
        ["Current AEs", 7], ["AEs to hire", 3], ["Average deal", 23_000], ["Deals per AE", 25], ["Deals, all AEs", 250], ["Win rate", "25%"],
        ["Opportunities per AE", 100], ["Opportunities, all AEs", 1000]],
    "a tax in a label": [  # 1,020 × 1.19
        ["Office coffee machines"], ["Rent per month (net)", 85], ["Rent per year (net, 12 months)", 1020], ["Rent per year incl. 19% VAT", 1213.8],
        ["Goal new rent per year (net)", 163_200], ["Machines", 160], ["Machines per customer", 1.6], ["Customers", 100],
        ["Trials (half of them stay)", 200], ["Enquiries", 670, "30% take a trial"]],
    "a growth above two amounts": [  # 2.3 − 1.9 million
        ["", "2024", "2025 goal"], ["Revenue", 1_840_000, 2_300_000], ["Growth", None, 0.25], ["Existing", None, 1_900_000], ["New", None, 400_000],
        ["Avg new client", None, 16_000], ["New clients", None, 25], ["Meetings (1 in 5)", None, 125]],
    "a rate that the next step has": [  # 720 × 40 %, and 720 of 1,200 by no rate that is there
        ["来場者接触数", 1200, "枚"], ["うち名刺交換", 720, "枚"], ["有効リード率", 0.4], ["有効リード", 288, "件"], ["アポ率", 0.125], ["アポ", 36, "件"],
        ["受注率", 0.25], ["受注見込", 9, "件"]],
    "rounded up from a figure further up": [  # 12.83 ÷ 22 %
        ["2026年度 受注（件）"], ["年間目標", 120], ["4〜9月 目標", 54, "上期45%"], ["4〜9月 実績", 43], ["上期達成率", 0.796296296], ["残り必要数", 77],
        ["残り月数", 6], ["月あたり必要数", 12.8333333], ["当初計画の月あたり（下期）", 11], ["受注率", 0.22], ["月あたり必要商談数", 59]],
    "a month in round hundreds": [  # 20,000 ÷ 12
        ["項目", "単位", "値"], ["年間売上", "万円", 5400], ["測量単価", "万円", 45], ["受注件数", "件", 120], ["受注率", "%", 0.6], ["見積件数", "件", 200],
        ["問合せ→見積", "%", 0.8], ["問合せ", "件", 250], ["サイトCVR", "", "1.25%"], ["訪問者", "人", 20_000], ["月あたり訪問者", "人", 1700]],
    "what is left of a goal, in customers": [  # 363 ÷ 8
        ["Vehicles goal 2025", 610], ["Signed until end of June", 247], ["Still to sign", 363], ["Months left", 6], ["Per month", 60.5],
        ["Vehicles per customer", 8], ["Customers to sign", 45.375], ["Offers per customer", 4], ["Offers", 181.5], ["Offers per month", 30.25]],
    "one more that needs no price": [  # 6,000 ÷ 150, and one
        ["項目", "数値", "備考"], ["売上目標（万円）", 8000], ["うち大口A社（更改）", 2000, "確定済み・商談不要"], ["残り目標（万円）", 6000], ["受注単価（万円）", 150],
        ["新規受注数", 40], ["受注数合計", 41, "大口A社1件を加算"], ["受注率（新規）", "25%"], ["必要商談数", 160, "大口A社は含まない"]],
    "owners, and their flats": [  # 27 ÷ 30 % ÷ 1.5 %, and 27 × 8
        ["期首戸数", 1840], ["解約", -92], ["新規受託", 216], ["期末戸数", 1964], ["新規オーナー数", 27], ["１オーナーあたり戸数", 8], ["面談→受託", "30%"], ["面談", 90],
        ["ＤＭ→面談", "1.5%"], ["ＤＭ", 6000]],
    "a rate of the new ones, below the total of all": [  # 25 of 105
        ["区分", "売上（万円）", "受注数", "商談数"], ["Web", 2400, 12, 60], ["紹介", 1600, 8, 20], ["代理店", 1000, 5, 25], ["参考：既存更新", 7200, 48, 60],
        ["新規合計（既存除く）", 5000, 25, 105], ["全社", 12_200, 73, 165], ["新規受注率", None, None, 25 / 105]],
    "a month's visits of one of five, rounded up": [  # 500 ÷ 5 ÷ 12
        ["CAD/CAM機 販売目標の逆算"], ["売上目標（円）", 66_000_000], ["1台あたり価格（円）", 1_100_000], ["販売台数", 60], ["デモ→成約率", "30%"], ["デモ実施数", 200],
        ["医院訪問→デモ率", "40%"], ["医院訪問数", 500], ["営業人数", 5], ["1人あたり月間訪問数", 8.4]],
}  # fmt: skip

# name: (which of the right sheets, the wrong cell and what is typed there, the right figure)
SLIPS: dict[str, tuple[str, str, Any, Any]] = {
    "what is left": ("months that are left, below what is left", "B4", 90, 75),
    "the gap that accounts fill": ("accounts that fill a gap", "B4", 432, 360),
    "accounts by the quotes": ("accounts that fill a gap", "B6", 200, 20),
    "all deals by those of one": ("ten of them, and no rate of 10 %", "B10", 300, 250),
    "the goal of a year": ("a difference of the figure of its name", "D1", 72, 60),
    "quotes by the revenue": ("costs and profit by one margin", "B10", 36, 30),
    "meetings by the calls": ("a rate of what came in, and a label with the step's own", "B8", 168, 140),
    "the year's rent": ("a tax in a label", "B3", 10_200, 1020),
    "the first of a list by its step": ("a rate that the next step has", "B4", 346, 288),
    "meetings by both steps": ("owners, and their flats", "B8", 70, 90),
    "deals of all": ("a rate of the new ones, below the total of all", "C7", 83, 73),
    "visits of all": ("a month's visits of one of five, rounded up", "B8", 5000, 500),
    "visitors by the enquiries": ("a month in round hundreds", "C10", 24_000, 20_000),
}  # fmt: skip


@pytest.mark.parametrize("rows", RIGHT.values(), ids=RIGHT)
def test_what_is_right_is_silent(rows: Rows) -> None:
    assert [each.cell for each in grave(check(*rows))] == []


@pytest.mark.parametrize("kind", SLIPS)
def test_a_slip_is_named(kind: str) -> None:
    name, *slip = SLIPS[kind]
    assert_named(RIGHT[name], *slip)
