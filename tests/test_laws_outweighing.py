"""What two ways agree on against what a figure follows from by chance; the field's own ratios; and right sheets nearby."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, assert_named, check, grave

# name: (a right sheet, the wrong cell and what is typed there, the right figure)
SLIPS: dict[str, tuple[Rows, str, Any, Any]] = {
    "what is left is taken for the gap": (  # 510 − 210 − 120, and 12 × 15; 300 are 510 − 210 by chance
        [["Quarter target", 900_000], ["Closed so far", 390_000], ["Remaining", 510_000], ["Commit", 210_000], ["Best case", 120_000],
         ["Still to source", 180_000], ["Average deal", 15_000], ["Deals to source", 12], ["Win rate", "20%"], ["Opportunities", 60]],
        "B6", 300_000, 180_000),
    "multiplied by a rate where it is divided": (  # 4,800 ÷ 40 %, and 7,200 + 4,800
        [["固定費（万円）", 3600], ["目標営業利益（万円）", 1200], ["必要粗利（万円）", 4800], ["粗利率", "40%"], ["必要売上（万円）", 12_000],
         ["既存売上見込（万円）", 7200], ["新規売上（万円）", 4800], ["平均受注単価（万円）", 120], ["新規受注件数", 40]],
        "B5", 1920, 120_000_000),
    "the share of the other half": (  # 40 % of 10 million, and 125 × 32,000
        [["Company bookings", 10_000_000], ["Marketing-sourced share", "40%"], ["Marketing-sourced bookings", 4_000_000], ["Sales-sourced bookings", 6_000_000],
         ["ACV", 32_000], ["Marketing-sourced deals", 125], ["Win rate", "25%"], ["Marketing-sourced opportunities", 500]],
        "B3", 6_000_000, 4_000_000),
    "churned ARR without what was downgraded": (  # 12,000 − 960 − 240, and 12,960 − 2,160
        [["Starting ARR ($k)", 12_000], ["Churn", "8%"], ["Churned ARR ($k)", 960], ["Downgrade", "2%"], ["Downgraded ARR ($k)", 240],
         ["Gross retained ARR ($k)", 10_800], ["Gross revenue retention", "90%"], ["Expansion", "18%"], ["Expansion ARR ($k)", 2160],
         ["Ending ARR ($k)", 12_960], ["Net revenue retention", "108%"]],
        "B6", 11_040, 10_800),
    "one of a few each": (  # 2,400 ÷ 6, and 260 + 140; 360 × 6 may be 2,400 for somebody who rounds 6.7
        [["Revenue goal", 1_440_000], ["Average order value", 600], ["Orders needed", 2400], ["Orders per account per year", 6], ["Active accounts needed", 400],
         ["Retained accounts", 260], ["New accounts", 140], ["Close rate", "28%"], ["Proposals", 500]],
        "B5", 360, 400),
    "heads by what each calls in a quarter": (  # 36,000 ÷ 3,000, and 216,000 ÷ 18,000
        [["Meetings needed", 720], ["Dials per meeting", 50], ["Dials needed", 36_000], ["Dials per SDR per day", 50], ["Working days", 60],
         ["Dials per SDR per quarter", 3000], ["SDRs needed", 12], ["Cost per SDR per quarter", 18_000], ["Team cost", 216_000]],
        "B7", 10, 12),
    "LTV without its margin": (  # 500 × 80 % × 50, and 4.0 × 5,000
        [["CAC", 5000], ["ARPA per month", 500], ["Gross margin", "80%"], ["Monthly churn", "2%"], ["Customer lifetime (months)", 50], ["LTV", 20_000],
         ["LTV : CAC", 4.0], ["CAC payback (months)", 12.5], ["New MRR", 60_000], ["New ARR", 720_000]],
        "B6", 25_000, 20_000),
    "CAC by a ratio of before": (  # 2,000,000 ÷ 4, and 20,000,000 ÷ 40
        [["月額単価（円）", 50_000], ["粗利率", "80%"], ["月次解約率", "2%"], ["平均継続月数", 50], ["LTV（円）", 2_000_000], ["LTV÷CAC 目標", "4倍"],
         ["許容CAC（円）", 500_000], ["新規獲得目標（社）", 40], ["獲得予算（円）", 20_000_000], ["受注率", "25%"], ["必要商談数", 160]],
        "B7", 400_000, 500_000),
    "heads by a month's work of one": (  # 480 ÷ 12 ÷ 8
        [["受注目標（件/年）", 120], ["受注率", "25%"], ["必要商談数（年）", 480], ["FS1人あたり商談数（月）", 8], ["FS必要人数", 5]],
        "B5", 7, 5),
    "a capacity without its ramp-up": (  # 3 × 800 × 50 %, and the total
        [["Class", "Heads", "Quota", "Productivity", "Capacity"], ["Enterprise", 4, 1200, "100%", 4800], ["Mid-market", 6, 800, "100%", 4800],
         ["Mid-market, new", 3, 800, "50%", 1200], ["Small", 5, 500, "100%", 2500], ["Total", 18, None, None, 13_300]],
        "E4", 2400, 1200),
    "attainment upside down": (  # 72 ÷ 80, and 18 points of 20 %
        [["目標項目", "目標", "実績", "達成率", "ウェイト", "評価点"], ["売上（万円）", 2000, 1900, "95%", "40%", 38], ["受注件数", 20, 22, "110%", "20%", 22],
         ["商談件数", 80, 72, "90%", "20%", 18], ["架電件数", 2400, 3000, "125%", "10%", 12.5], ["同行回数", 12, 12, "100%", "10%", 10]],
        "D4", "111%", 0.9),
    "the rate of the whole funnel": (  # 15 of 1,000
        [["転換率から見た目標"], ["全体（リード→受注率）", "1.5%"], ["リード→MQL", "30%"], ["MQL→商談", "25%"], ["商談→受注", "20%"],
         [None], ["受注数", 15], ["商談数", 75], ["MQL数", 300], ["リード数", 1000]],
        "B2", "2.5%", 0.015),
    "a mean of two for both": (  # 165 ÷ 5, as 144 ÷ 3 and 21 ÷ 2
        [["", "SDR", "BDR", "合計"], ["担当者数", 3, 2, 5], ["接触数", 900, 420, 1320], ["有効商談数", 144, 21, 165], ["1人あたり有効商談数", 48, 10.5, 33]],
        "D5", 29.25, 33),
    "progress on the goal of the year": (  # 190 ÷ 600
        [["年間リード目標", 600], [None], ["月", "月次目標", "累計", "年間に対する進捗率", "残り"], ["4月", 30, 30, "5.0%", 570], ["5月", 35, 65, "10.8%", 535],
         ["6月", 40, 105, "17.5%", 495], ["7月", 40, 145, "24.2%", 455], ["8月", 45, 190, "31.7%", 410], ["9月", 50, 240, "40.0%", 360]],
        "D8", "37.1%", 0.317),
    "a coverage that is four everywhere": (  # 90 × 4; 300 are the second quarter's
        [["単位：百万円", "1Q", "2Q", "3Q", "4Q"], ["売上目標", 60, 75, 90, 120], ["パイプライン倍率", "4倍", "4倍", "4倍", "4倍"], ["必要パイプライン", 240, 300, 360, 480],
         ["平均案件金額", 3, 3, 3, 3], ["必要案件数", 80, 100, 120, 160]],
        "D4", 300, 360),
    "leads of the figure before the buffer": (  # 66 ÷ 20 %, and 363 are 10 % more
        [["受注目標", 15], ["受注率", "25%"], ["必要商談数", 60], ["商談数（1割増し）", 66], ["商談化率", "20%"], ["必要リード数", 330],
         ["リード数（予備10%込み）", 363], ["CPL（円）", 12_000], ["広告予算（円）", 4_356_000]],
        "B6", 300, 330),
    "a rate in words of a figure further up": (  # 5 % of 4,800, and 96 ÷ 40 %
        [["Prospects", 5000], ["Delivered", 4800, "96% of prospects"], ["Opened", 2400, "50% of delivered"], ["Replied", 240, "5% of delivered"],
         ["Positive replies", 96, "40% of replies"], ["Meetings booked", 72, "75% of positive replies"]],
        "B4", 120, 240),
    "the year's ARR in two columns": (  # 6,000 + 1,800 − 620
        [["ARR bridge ($k)", "FY25", "FY26"], ["Opening ARR", 5000, 6000], ["New ARR", 1500, 1800], ["Churned ARR", 500, 620], ["Closing ARR", 6000, 7180]],
        "C5", 7810, 7180),
}  # fmt: skip

RIGHT: dict[str, Rows] = {
    "a payback by what is in brackets": [  # 600,000 ÷ (50,000 × 80 %) = 15
        ["ARPA（月額・円）", 50_000], ["粗利率", "80%"], ["営業・マーケ費用（円）", 12_000_000], ["新規獲得社数", 20], ["CAC（円）", 600_000, "費用÷新規獲得社数"],
        ["CAC回収期間（月）", 15, "CAC÷（ARPA×粗利率）"]],
    "a lifetime in years": [  # 1,000 a month × 12 × 10
        ["New customers", 120], ["CAC", 15_000], ["Gross profit per account per month", 1000], ["CAC payback (months)", 15], ["Annual churn", "10%"],
        ["Average lifetime (years)", 10], ["Lifetime value", 120_000], ["LTV : CAC", 8.0]],
    "so many each in a year": [  # 1.2 × 10, and not + 10
        ["", "Per webinar", "Webinars per year", "Year"], ["Registrations", 150, 10, 1500], ["Attendees", 60, 10, 600], ["Meetings", 6, 10, 60], ["Deals", 1.2, 10, 12]],
    "leads with a buffer by a formula": [  # 1,250 × 1.15, rounded up to tens
        ["Deals", 30], ["Win rate", 0.2], ["Opportunities", "=B1/B2"], ["Lead to opp", 0.12], ["Leads, arithmetic", "=B3/B4"], ["Safety buffer", 0.15],
        ["Leads, planned", "=ROUNDUP(B5*(1+B6),-1)", "rounded up to tens"], ["Leads per month", "=B7/12"]],
    "what is said of 300 that half are, on other lines": [  # 500 × 20 % are 100, 120 × 50 % are 60
        ["売上", 6000, "万円"], ["受注数", 40, "件"], ["受注単価", 150, "万円"], ["受注率", 0.25, "商談→受注"], ["商談数", 160, "件"], ["うちインバウンド商談数", 100, "件"],
        ["うちアウトバウンド商談数", 60, "件"], ["問い合わせ数", 500, "件"], ["問い合わせ→商談率", 0.2, "インバウンド"], ["テレアポ数", 120, "件"], ["アポ→商談率", 0.5, "アウトバウンド"]],
    "the same result of two retentions": [  # 90 % of 12,000; 108 % of 12,000
        ["Starting ARR ($k)", 12_000], ["Churned ARR ($k)", 960], ["Downgrade", "2%"], ["Downgraded ARR ($k)", 240], ["Gross retained ARR ($k)", 10_800],
        ["Gross revenue retention", "90%"], ["Expansion", "18%"], ["Expansion ARR ($k)", 2160], ["Ending ARR ($k)", 12_960], ["Net revenue retention", "108%"]],
    "a half-year's figures and their monthly means": [  # 18 ÷ 6, 60 ÷ 6; 1,800 ÷ 300 and 60 ÷ 10 are 6, too: the months
        ["10月開始：6か月計画"], ["下期売上目標（万円）", 1800], ["月平均（万円）", 300], ["単価（万円）", 100], ["下期受注数", 18], ["月平均受注数", 3], ["受注率", 0.3],
        ["下期商談数", 60], ["月平均商談数", 10], ["参考：年換算売上（万円）", 3600]],
    "a rate that says of what it is, further up": [  # 20 % of the 180 PQLs, and not of those whom sales assisted
        ["Trials started", 1600], ["Activation", 0.45], ["Activated accounts", "=B1*B2"], ["PQL share", 0.25], ["PQLs", "=B3*B4"], ["Sales-assist rate", 0.6],
        ["Sales-assisted", "=B5*B6"], ["Paid conversion of PQLs", 0.2], ["Paid accounts", "=B5*B8"]],
    "the first three of many channels": [  # 380 + 240 + 160 = 780, of 1,000
        ["Total leads", 1000], ["Top channels", "Leads", "Share"], ["Search", 380, "38%"], ["Events", 240, "24%"], ["Email", 160, "16%"], ["Top three", 780, "78%"]],
    "a quota of which the new ones have a part": [  # 25 % of the one 40,000
        ["Full monthly quota per rep", 40_000], [None], ["", "Jan", "Feb", "Mar", "Apr"], ["Evans ramp", "50%", "75%", "100%", "100%"],
        ["Evans capacity", 20_000, 30_000, 40_000, 40_000], ["Fox ramp", "0%", "25%", "50%", "75%"], ["Fox capacity", 0, 10_000, 20_000, 30_000],
        ["Team capacity", 20_000, 40_000, 60_000, 70_000]],
    "what was taken is more than what was worked out": [  # 22 ÷ 30 % = 73.3, 80 are taken; 80 ÷ 15 %
        ["項目", "計算値", "採用値（10件単位切上げ）"], ["受注数", 22], ["受注率", 0.3], ["商談数", 73.3, 80], ["商談化率", 0.15], ["リード数（採用商談数から）", 533.3, 540]],
    "prices in thousands, rounded": [  # 5,230,000 ÷ 100 = 52.3 thousand
        ["媒体", "予算（万円）", "リード", "CPL（千円）"], ["Google広告", 185, 37, 50], ["Meta広告", 128, 29, 44], ["比較サイト", 210, 34, 62], ["計", 523, 100, 52]],
    "denominators that a column names": [  # 60 of 400 leads
        ["段階", "件数", "率", "分母"], ["訪問", 20_000], ["リード", 400, "=B3/B2", "訪問"], ["アポ", 80, "=B4/B3", "リード"], ["商談", 60, "=B5/B3", "リード"],
        ["受注", 15, "=B6/B5", "商談"]],
    "one more deal, as a remark says": [  # 40 + 1
        ["売上目標（万円）", 8000], ["うち大口A社（更改）", 2000, "確定済み・商談不要"], ["残り目標（万円）", "=B1-B2"], ["受注単価（万円）", 150],
        ["新規受注数", "=B3/B4"], ["受注数合計", "=B5+1", "大口A社1件を加算"], ["受注率（新規）", 0.25], ["必要商談数", "=B5/B7", "大口A社は含まない"]],
    "a budget below a column of shares": [
        ["Source", "Share", "Deals", "Win rate", "Opps"], ["Marketing", "40%", 48, "20%", 240], ["Outbound", "35%", 42, "15%", 280], ["Partners", "25%", 30, "37.5%", 80],
        ["All", "100%", 120, "20%", 600], [None], ["Marketing leads at 12% lead-to-opp", 2000], ["Marketing budget at $110 CPL", 220_000]],
    "a rate that says of what it is": [  # 66 ÷ 12 % are the 550 new companies
        ["施策", "獲得数（延べ）", "うち新規社数"], ["ウェビナー", 320, 180], ["資料請求", 260, 150], ["展示会", 420, 300], ["延べ計", 1000, 630],
        ["施策間の重複", -150, -80], ["実数（名寄せ後）", 850, 550], ["商談化率（新規社数比）", None, 0.12], ["商談数", None, 66]],
    "safety on top of each stage": [  # 24 ÷ 30 % = 80, 10 % more are 88
        ["項目", "計算値", "安全率", "目標値"], ["受注数", 24, "0%", 24], ["商談数（受注率30%）", 80, "10%", 88], ["アポ数（実施率80%）", 110, "10%", 121]],
    "goals of a quarter below a list of deals": [  # the total is that of the stages
        ["Stage", "Deals", "Value", "Probability"], ["Discovery", 30, 1500, 0.1], ["Demo", 20, 1000, 0.2], ["Proposal", 12, 720, 0.5], ["Verbal", 2, 150, 0.9], [None],
        ["Total deals", "=SUM(B2:B5)"], ["Total pipeline", "=SUM(C2:C5)"], ["Quarter target", 1500], ["Gap to target", "=B9-B8"]],
}  # fmt: skip


@pytest.mark.parametrize("name", SLIPS)
def test_what_two_ways_agree_on_is_said(name: str) -> None:
    assert_named(*SLIPS[name])


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_is_silent(name: str) -> None:
    assert [each.cell for each in grave(check(*RIGHT[name]))] == []
