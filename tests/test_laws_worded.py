"""Slips that a sheet's own words show: rates in remarks and between lines, workings, teams, buffers, costs of one, trees, totals."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, assert_named, book, check, codes, typed

from kgisheet import api

# name: (a right sheet, the wrong cell and what is typed there, the right figure)
TYPED: dict[str, tuple[Rows, str, Any, Any]] = {
    "rates in a column of grounds": (  # 120 ÷ 40 %, and 5 % of 6,000
        [["目標", "件数", "根拠"], ["新規導入", 36, "月3件"], ["見積", 120, "見積の30%が導入"], ["訪問", 300, "訪問の4割で見積"], ["架電", 6000, "架電の5%が訪問"]],
        "B4", 260, 300),
    "rates between the lines": (  # 25 % of 800, and 80 ÷ 40 %
        [["資料請求", 800], ["↓25%"], ["個別相談", 200], ["↓40%"], ["提案", 80], ["↓25%"], ["受注", 20]],
        "B3", 260, 200),
    "months in a column of grounds": (  # 1,440 ÷ 12, and 25 % of 480
        [["指標", "目標", "根拠"], ["年間契約台数", 1440, "粗利から"], ["月間契約台数", 120, "12か月で割る"], ["月間見積", 480, "見積成約率25%"], ["月間訪問", 1200, "訪問の4割で見積"]],
        "B3", 125, 120),
    "what goes away": (  # 30 ÷ 25 %, and 160 less a quarter
        [["Key result", "Target", "How"], ["Logos signed", 30, ""], ["Demos held", 120, "25% of demos sign"], ["Demos booked", 160, "25% no-show"],
         ["Calls", 3200, "5% of calls book a demo"]],
        "B3", 140, 120),
    "a working in money": (  # 500 × 6,000円
        [["項目", "目標", "計算"], ["受注", "20件", ""], ["受注率", "20%", ""], ["商談", "100件", "20件÷20%"], ["商談化率", "20%", ""], ["リード", "500件", "100件÷20%"],
         ["リード単価", "6,000円", ""], ["広告費", "300万円", "500件×6,000円"]],
        "B8", "30万円", 3_000_000),
    "a working by tenths": (  # 120 ÷ 0.4
        [["項目", "件数", "計算"], ["成約", 30, ""], ["商談", 120, "30件÷25%"], ["アポ", 300, "120件÷4割"], ["架電", 6000, "300件÷5%"]],
        "B4", 480, 300),
    "one of a team": (  # 90 ÷ 3
        [["月間架電数", 1800], ["稼働日数", 20], ["1日あたり架電数", 90], ["担当者数", 3], ["1人1日あたり架電数", 30], ["アポ率", 0.05], ["アポ数", 90]],
        "B5", 45, 30),
    "the rate of the whole funnel": (  # 36 of 5,000
        [["Orders", 36], ["Visit → order", 0.3], ["Visits", 120], ["Call → visit", 0.2], ["Calls", 600], ["Letter → call", 0.12], ["Letters", 5000],
         ["Overall letter → order", 0.0072]],
        "B8", 0.072, 0.0072),
    "a table of rates below two of counts": (  # 48 of 320
        [["■リード", "4月", "5月", "6月"], ["検索", 200, 240, 300], ["紹介", 60, 50, 40], ["計", 260, 290, 340], [],
         ["■商談", "4月", "5月", "6月"], ["検索", 30, 36, 45], ["紹介", 24, 20, 16], ["計", 54, 56, 61], [],
         ["■商談化率", "4月", "5月", "6月"], ["検索", 0.15, 0.15, 0.15], ["紹介", 0.4, 0.4, 0.4], ["計", 0.208, 0.193, 0.179]],
        "C14", 0.239, 0.193),
    "shops of shops": (  # 60 of 150
        [["導入校", 30], ["見積→導入", "2校に1校"], ["見積", 60], ["面談→見積", "5校に2校"], ["面談", 150], ["DM→面談", "20校に1校"], ["DM", 3000]],
        "B4", "3校に1校", 0.4),
    "a reserve on top": (  # 300 and 10 % of them
        [["Guests who sign", 30], ["Sign-up rate", 0.2], ["Guests", 150], ["Show rate", 0.5], ["RSVPs", 300], ["RSVPs incl. 10% reserve", 330], ["Invite to RSVP", 0.05], ["Invites", 6600]],
        "B6", 360, 330),
    "a tree of branches": (  # 6,000 − 3,600, and 1,800 + 600
        [["売上", 6000], ["├ 新規", 3600], ["└ 既存", 2400], ["├ 継続", 1800], ["└ 増額", 600]],
        "B3", 2200, 2400),
    "labels in two languages": (  # 250 of 2,000
        [["売上目標 Revenue target", 90_000_000], ["平均単価 Deal size", 1_500_000], ["受注数 Deals", 60], ["受注率 Win rate", 0.24], ["商談数 Opportunities", 250],
         ["商談化率 Lead to opp.", 0.125], ["リード数 Leads", 2000]],
        "B6", 0.15, 0.125),
    "the same in another unit beside it": (  # 360,000千円
        [["見積件数", 400, "件"], ["受注率", 0.3, ""], ["受注件数", 120, "件"], ["平均受注額", 3000, "千円"], ["受注高", 360_000, "千円"], ["受注高", 360, "百万円"]],
        "B6", 36, 360_000_000),
    "a month of the year in a small table": (  # 150 ÷ 12
        [["", "年間", "月間"], ["新規契約", 60, 5], ["見積提出（契約の2倍）", 120, 10]],
        "C3", 12, 10),
    "one cost of one": (  # 90,000 ÷ 750
        [["Visitors", 1500], ["Scan rate", 0.5], ["Badge scans", 750], ["Meeting rate", 0.2], ["Meetings", 150], [], ["Show budget", 90_000], ["Cost per badge scan", 120]],
        "B8", 102, 120),
    "an amount below a table": (  # 21 × 36,000
        [["Stage", "Accounts", "To next stage"], ["Engaged", 300, 0.4], ["Calls", 120, 0.5], ["Proposals", 60, 0.35], ["Signed", 21, "-"], [],
         ["Average contract", 36_000], ["Bookings", 756_000]],
        "B8", 765_000, 756_000),
    "a block of totals": (  # 4,500 + 2,520 千円
        [["■新規"], ["商談", 120], ["成約率", 0.15], ["成約", 18], ["平均月商（千円）", 250], ["月商計（千円）", 4500], [],
         ["■既存"], ["提案", 80], ["採用率", 0.35], ["採用", 28], ["平均増額（千円）", 90], ["増額計（千円）", 2520], [], ["■合計"], ["月商の上積み（千円）", 7020]],
        "B16", 7200, 7_020_000),
    "ranges typed as texts": (  # 69 to 80 ÷ 80 %, and 40 % of 215 to 250
        [["Contracts", 24], ["Acceptance", "30–35%"], ["Quotes", "69–80"], ["Survey to quote", 0.8], ["Surveys", "86–100"], ["Enquiry to survey", 0.4], ["Enquiries", "215–250"]],
        "B5", "96–110", 100),
    "the next month's deals": (  # 6 × 4
        [["", "4月", "5月", "6月", "7月", "8月", "9月"], ["受注", 3, 4, 4, 5, 6, 7], ["商談（翌月受注分）", 16, 16, 20, 24, 28, 32], ["備考", "10月の受注は8件"]],
        "E3", 20, 24),
    "three lines that lead on": (  # 22 % of 150
        [["商談数", 150], ["受注率", 0.22], ["受注数", 33]],
        "B3", 38, 33),
    "a rate among exact ones": (  # 48 of 80; 48 × 25 % are 12, and stay
        [["New program funnel FY27"], ["", "Enquiries", "Visits", "Proposals", "Verbal yes", "Customers"], ["Count", 250, 200, 80, 48, 12], ["Pass rate", 0.8, 0.4, 0.6, 0.25, None]],
        "D4", 0.55, 0.6),
    "a growth beside what was added": (  # 180 of 150
        [["部門", "前年（件）", "伸長率", "今年（件）", "増加数（件）"], ["問い合わせ", 640, 1.25, 800, 160], ["見本", 320, 1.25, 400, 80], ["見積", 150, 1.2, 180, 30], ["商談", 96, 1.25, 120, 24]],
        "C4", 1.02, 1.2),
    "a total that leaves one out": (  # 60,000 + 18,000 + 7,000, and 850 × 100
        [["Booth space", 60_000], ["Travel", 18_000], ["Print", 7000], ["Total cost", 85_000], ["Badge scans", 850], ["Cost per scan", 100], ["Qualified", 255, "30% of scans"],
         ["Meetings", 102, "40% of qualified"]],
        "B4", 78_000, 85_000),
    "a branch with its share beside it": (  # 40 % of 180
        [["売上", "9,000万円"], ["　新規", "5,400万円", "売上の60%"], ["　継続", "3,600万円", "売上の40%"], ["商談", "180件"], ["　紹介", "108件", "60%"], ["　Web", "72件", "40%"]],
        "B6", "62件", 72),
    "counts under a heading in thousands": (  # 60 × 25
        [["Revenue build", "$K"], ["From existing customers", 5000], ["Company target", 6500], ["Needed from new customers", 1500], ["First-year value per customer", 25],
         ["New customers", 60], ["Close rate on proposals", 0.3], ["Proposals", 200]],
        "B4", 2000, 1500),
    "amounts typed as texts": (  # $2.0M × 4.5, and 150 × $60k
        [["New ARR", "$2.0M"], ["Pipeline coverage", "4.5x"], ["Pipeline needed", "$9.0M"], ["Average deal", "$60k"], ["Opportunities", "150"], ["Win rate", "20%"], ["Customers", "30"]],
        "B3", "$7.0M", 9_000_000),
    "a rate that a remark repeats": (  # 125 ÷ 62.5 %, and 40 % of 500
        [["New logo revenue", 1_440_000], ["Revenue per logo", 36_000], ["New logos", 40], ["Proposal win rate", 0.32], ["Proposals", 125], ["Assessment to proposal", 0.625, "5 out of 8"],
         ["Assessments", 200], ["First meetings", 500, "40% go to assessment"]],
        "B7", 180, 200),
    "rates in words among the figures": (  # 24 × 5, and 40 % of 300
        [["Revenue", "£960k"], ["Average project", "£40k"], ["Projects to win", 24], ["We win", "1 in 5 pitches"], ["Pitches", 120], ["Pitches come from", "40% of briefings"],
         ["Briefings", 300], ["Briefings a month", 25]],
        "B5", 96, 120),
    "a team of quotas, sales and rates": (  # 480,000 + 600,000 + 540,000 + 420,000
        [["Executive", "Quota", "Avg sale", "Sales needed", "Win rate", "Opps needed"], ["Hollis", 480_000, 20_000, 24, 0.3, 80], ["Ibarra", 600_000, 25_000, 24, 0.24, 100],
         ["Jansen", 540_000, 18_000, 30, 0.25, 120], ["Kaur", 420_000, 21_000, 20, 0.2, 100], ["Team", 2_040_000, None, 98, 0.245, 400]],
        "B6", 2_400_000, 2_040_000),
    "ranges of several plans": (  # 80 ÷ 20 %, the upper end
        [["案", "受注", "受注率", "商談", "訪問率", "訪問先"], ["A", "12〜15件", "30%", "40〜50件", "20%", "200〜250社"], ["B", "18〜24件", "30%", "60〜80件", "20%", "300〜400社"],
         ["C", "30〜36件", "30%", "100〜120件", "25%", "400〜480社"]],
        "F3", "240〜320社", 400),
    "a count that was worked out by the old price": (  # 72,000,000 ÷ 1,500,000, and not the 1,200,000 that it was
        [["年間目標", 72_000_000], ["平均契約額", 1_500_000, "7月改定（旧1,200,000）"], ["契約数", 48], ["商談成約率", 0.24], ["商談数", 200], ["商談化率", 0.4], ["リード数", 500]],
        "B3", 60, 48),
    "costs of one of three things": (  # 3,600,000 ÷ 480
        [["名刺獲得枚数", 480], ["有効名刺率", 0.75], ["有効名刺数", 360], ["アポ率", 0.1], ["アポ件数", 36], ["受注率", 0.25], ["受注件数", 9], [],
         ["出展費用（円）", 3_600_000], ["名刺1枚あたり費用（円）", 7500], ["アポ1件あたり費用（円）", 100_000], ["受注1件あたり費用（円）", 400_000]],
        "B10", 75_000, 7500),
    "a scenario with the price among its deals": (  # 2,600 ÷ 52, and 25 % of 200
        [["", "Downside", "Plan", "Stretch"], ["Revenue ($k)", 1500, 2000, 2600], ["ASP ($k)", 50, 50, 52], ["Deals", 30, 40, 50], ["Win rate", 0.2, 0.25, 0.25],
         ["Pipeline (count)", 150, 160, 200], ["Lead rate", 0.1, 0.1, 0.1], ["Leads", 1500, 1600, 2000]],
        "D4", 52, 50),
    "a total that no roundings make": (  # 15 + 15 + 18 + 12, and 50 % of 120
        [["", "Week 1", "Week 2", "Week 3", "Week 4", "Total"], ["Mails", 500, 500, 600, 400, 2000], ["Reply rate", 0.06, 0.06, 0.06, 0.06, 0.06], ["Replies", 30, 30, 36, 24, 120],
         ["Meeting rate", 0.5, 0.5, 0.5, 0.5, 0.5], ["Meetings", 15, 15, 18, 12, 60], ["Pilot rate", 0.333, 0.333, 0.333, 0.333, 0.333], ["Pilots", 5, 5, 6, 4, 20]],
        "F6", 58, 60),
    "three times, and not by three tenths": (  # 36 ÷ 30 %, and half of 240
        [["STEP", "決めること", "数字", "計算"], ["1", "年商目標", "1億4,400万円", "新規のみ"], ["2", "1社あたり契約額", "400万円", "昨年平均"], ["3", "獲得社数", "36社", "1億4,400万円÷400万円"],
         ["4", "提案先", "120社", "3割が成約"], ["5", "初回訪問先", "240社", "半分が提案に進む"], ["6", "電話でのアポ取り", "3,000社", "アポ率8％"]],
        "C5", "108社", 120),
    "blocks of the same names": (  # 9 ÷ 15 %, and 285 − 150 − 75
        [["新規", None], ["契約", 24], ["契約率", 0.16], ["提案", 150], [], ["深耕", None], ["契約", 30], ["契約率", 0.4], ["提案", 75], [], ["休眠", None], ["契約", 9], ["契約率", 0.15],
         ["提案", 60], [], ["3区分計", None], ["契約", 63], ["提案", 285]],
        "B14", 65, 60),
    "a cost that three letters say": (  # 3,000,000 ÷ 300
        [["広告費", 3_000_000], ["CPC", 150], ["クリック", 20_000], ["CVR", 0.015], ["CV", 300], ["CPA", 10_000], ["商談化率", 0.3], ["商談", 90], ["受注率", 0.2], ["受注", 18]],
        "B6", 12_000, 10_000),
    "pipeline made for the next quarter": (  # 3 × 9
        [["", "Q4-25", "Q1-26", "Q2-26", "Q3-26", "Q4-26"], ["Bookings ($M)", None, 6, 7.5, 9, 12], ["Pipeline for next quarter (3x, $M)", 18, 22.5, 27, 36, None],
         ["New opps at $1.5M", 12, 15, 18, 24, None]],
        "D3", 25, 27),
    "letters by the thousand": (  # 25 % of 12,000 are 3,000: so it is 8 % of them
        [["ハウスリスト配信", "12,000通"], ["開封率", "25.0％"], ["開封", 3000], ["クリック率（対開封）", "8.0％"], ["クリック", 240], ["フォーム完了率", "15.0％"], ["申込", 36],
         ["商談化率", "50.0％"], ["商談", 18], ["受注率", "33.3％"], ["受注", 6]],
        "B4", "6.0％", 0.08),
    "three lines and no more": (  # 35 % of 60
        [["Proposals sent", 60], ["Acceptance rate", 0.35], ["Contracts signed", 21]],
        "B3", 24, 21),
    "a remark with what it should be": (  # 90,000,000 ÷ 36
        [["売上目標", 90_000_000], ["平均単価", 2_500_000, "標準プラン 2,500,000"], ["受注数", 36], ["受注率", 0.3], ["提案数", 120], ["提案率", 0.6], ["訪問数", 200]],
        "B2", 3_000_000, 2_500_000),
    "what one click costs, and one deal": (  # 12,500 × 160, and 250 × 8,000
        [["目標商談数", 45, "件"], ["商談化率", 0.18, ""], ["必要CV数", 250, "件"], ["広告CVR", 0.02, ""], ["必要クリック数", 12_500, "回"], ["想定CPC", 160, "円"],
         ["必要広告費", 2_000_000, "円"], ["CPA", 8000, "円"]],
        "B7", 200_000, 2_000_000),
}  # fmt: skip

# name: (a right sheet of formulas, the wrong cell and what is in it, the right figure)
FORMULAS: dict[str, tuple[Rows, str, Any, Any]] = {
    "another count than the price's": (  # 2,000 leads × 8,000
        [["売上目標", 18_000_000], ["平均受注単価", 450_000], ["受注件数", "=B1/B2"], ["商談→受注", 0.2], ["商談件数", "=B3/B4"], ["リード→商談", 0.1], ["リード件数", "=B5/B6"],
         ["CPL", 8000], ["広告予算", "=B7*B8"]],
        "B9", "=B5*B8", 16_000_000),
    "the rate of the step before": (  # 80 ÷ 50 %
        [["面談→契約率", 0.3], ["問い合わせ→面談率", 0.5], ["新規契約", 24], ["初回面談", "=B3/B1"], ["問い合わせ", "=B4/B2"]],
        "B5", "=B4/B1", 160),
    "a line of the name in every block": (  # 24 + 120 + 15
        [["■新規"], ["受注件数", 24], ["平均単価", 350_000], ["売上", "=B2*B3"], ["■既存"], ["受注件数", 120], ["平均単価", 180_000], ["売上", "=B6*B7"],
         ["■休眠"], ["受注件数", 15], ["平均単価", 220_000], ["売上", "=B10*B11"], ["■全体"], ["売上合計", "=B4+B8+B12"], ["受注件数合計", "=B2+B6+B10"]],
        "B15", "=B2+B6", 159),
    "the cost of one order": (  # 12,000,000 ÷ 30
        [["目標受注数（件）", 30], ["受注率", 0.2], ["必要商談数（件）", "=B1/B2"], ["商談化率", 0.15], ["必要リード数（件）", "=B3/B4"], ["リード獲得単価（円）", 12_000],
         ["広告予算（円）", "=B5*B6"], ["1受注あたり広告費（円）", "=B7/B1"]],
        "B8", "=B7/B3", 400_000),
    "a label that spells it out": (  # 378,000 ÷ 60
        [["ARPA per month", 420], ["Gross margin", 0.75], ["Monthly churn", 0.015], ["Lifetime value", "=ROUND(B1*B2/B3,0)"], ["New customers per year", 60],
         ["Sales & marketing spend", 378_000], ["CAC (spend / new customers)", "=B6/B5"], ["LTV : CAC", "=B4/B7"]],
        "B7", 7200, 6300),
    "what is left of the goal": (  # 12,000 ÷ 30 %
        [["Annual target", 18_000], ["Won so far", 6000], ["Remaining target", "=B1-B2"], ["Win rate", 0.3], ["Pipeline needed", "=B3/B4"], ["Open pipeline", 25_000],
         ["Pipeline gap", "=B5-B6"]],
        "B5", "=B1/B4", 40_000),
    "the line before the sum": (  # 24,000 − 1,800 + 600 + 1,200
        [["既存売上（今期）", 24_000], ["解約見込", -1800], ["値上げ効果", 600], ["追加工事", 1200], ["既存計", "=SUM(B1:B4)"], ["全社目標", 30_000],
         ["新規で必要な額", "=B6-B5"], ["新規1件の平均", 150], ["新規件数", "=B7/B8"]],
        "B5", "=SUM(B1:B3)", 24_000),
    "a stage that is passed over on the way": (  # 160 × 25 %
        [["Budget", 6_000_000], ["CPL", 7500], ["Leads", "=B1/B2"], ["MQL rate", 0.5], ["MQL", "=B3*B4"], ["SQL rate", 0.4], ["SQL", "=B5*B6"], ["Win rate", 0.25],
         ["Orders", "=B7*B8"], ["Order value", 450_000], ["Revenue", "=B9*B10"]],
        "B9", "=B5*B8", 40),
    "a customer's cost by the trials": (  # 15,000 ÷ 300
        [["New MRR goal", 24_000], ["ARPA / month", 80], ["Paid accounts", "=B1/B2"], ["Trial to paid", 0.12], ["Trials started", "=B3/B4"], ["Sign-up rate", 0.1],
         ["Visitors", "=B5/B6"], ["Cost per visitor", 0.6], ["Media spend", "=B7*B8"], ["CAC", "=B9/B3"]],
        "B10", "=B9/B5", 50),
    "a step that was typed over": (  # 18 ÷ 30 %
        [["Billable days", 1200], ["Average engagement (days)", 40], ["Engagements", "=B1/B2"], ["Share from existing clients", 0.4], ["Repeat engagements", "=B3*B4"],
         ["New engagements", "=B3-B5"], ["Pitch win rate", 0.3], ["Pitches", "=ROUNDUP(B6/B7,0)"], ["Intro-to-pitch", 0.5], ["Intros", "=ROUNDUP(B8/B9,0)"]],
        "B8", 54, 60),
    "the column of another heading": (  # 40 + 30 + 20 of what is online
        [["施策", "種別", "リード目標", "商談化率", "商談目標"], ["展示会", "オフライン", 200, 0.15, "=C2*D2"], ["セミナー", "オフライン", 80, 0.25, "=C3*D3"], ["検索広告", "オンライン", 400, 0.1, "=C4*D4"],
         ["資料", "オンライン", 500, 0.06, "=C5*D5"], ["メルマガ", "オンライン", 250, 0.08, "=C6*D6"], ["合計", None, "=SUM(C2:C6)", None, "=SUM(E2:E6)"], [],
         ["種別", "リード", "商談"], ["オフライン", '=SUMIF(B2:B6,"オフライン",C2:C6)', '=SUMIF(B2:B6,"オフライン",E2:E6)'],
         ["オンライン", '=SUMIF(B2:B6,"オンライン",C2:C6)', '=SUMIF(B2:B6,"オンライン",E2:E6)'], ["計", "=B10+B11", "=C10+C11"]],
        "C11", '=SUMIF(B2:B6,"オンライン",C2:C6)', 90),
    "the last of some that are worked out alike": (  # 900,000 + 900,000 + 540,000 + 90,000
        [["AE", "Quota", "Ramp", "Capacity"], ["East", 900_000, 1, "=B2*C2"], ["West", 900_000, 1, "=B3*C3"], ["Hire Feb", 900_000, 0.6, "=B4*C4"], ["Hire Sep", 900_000, 0.1, "=B5*C5"],
         ["Total capacity", None, None, "=SUM(D2:D5)"], ["Haircut", None, None, 0.1], ["Plan", None, None, "=D6*(1-D7)"]],
        "D6", "=SUM(D2:D4)", 2_430_000),
    "an expected amount that isn't taken off": (  # 120 − 72 − 12
        [["通期目標（円）", 120_000_000], ["既存更新見込", 72_000_000], ["アップセル見込", 12_000_000], ["不足＝新規目標", "=B1-B2-B3"], ["新規単価", 1_800_000],
         ["必要社数", "=ROUNDUP(B4/B5,0)"], ["受注率", 0.2], ["必要提案", "=ROUNDUP(B6/B7,0)"]],
        "B4", "=B1-B2", 36_000_000),
    "the list price for the net one": (  # 510 × 40
        [["List price per seat", 600], ["Average discount", 0.15], ["Net price per seat", "=B1*(1-B2)"], ["Seats per deal", 40], ["Deal value", "=B3*B4"], ["Revenue goal", 1_020_000],
         ["Deals", "=B6/B5"], ["Win rate", 0.25], ["Opportunities", "=B7/B8"]],
        "B5", "=B1*B4", 20_400),
    "payback of what is earned": (  # 2,400 ÷ 240
        [["New customers target", 150], ["CAC", 2400], ["S&M budget", "=B1*B2"], ["ARPA per month", 320], ["Gross margin", 0.75], ["Gross profit per month", "=B4*B5"], ["Payback (months)", "=B2/B6"]],
        "B7", "=B2/B4", 10),
    "the price that its name says": (  # 3,000 × 85
        [["Closed won target", 48], ["Opp to won", 0.2], ["Opportunities", "=B1/B2"], ["Lead to opp", 0.08], ["Leads", "=B3/B4"], ["Cost per lead – paid", 120], ["Cost per lead – blended", 85],
         ["Program budget (blended)", "=B5*B7"]],
        "B8", "=B5*B6", 255_000),
    "a figure typed beside a difference": (  # 5,200 − 4,950
        [["ランク", "件数", "確度", "見込受注", "単価", "見込売上"], ["A", 20, 0.7, "=B2*C2", 120, "=D2*E2"], ["B", 40, 0.4, "=B3*C3", 120, "=D3*E3"], ["C", 90, 0.1, "=B4*C4", 100, "=D4*E4"],
         ["追加", 15, 0.6, "=B5*C5", 50, "=D5*E5"], ["合計", "=SUM(B2:B5)", None, "=SUM(D2:D5)", None, "=SUM(F2:F5)"], ["目標", None, None, 50, None, 5200],
         ["不足", None, None, "=D7-D6", None, "=F7-F6"]],
        "F8", 350, 250),
    "a column of another unit": (  # 1,400千円
        [["", "千円", "万円"], ["年間新規売上", 84_000, "=B2/10"], ["平均受注", 1400, "=B3/10"], [], ["受注件数", "=C2/C3", "件"], ["図面見積数", "=B5/0.3", "件（受注率30%）"]],
        "C3", "=B3/100", 140),
    "a mean of rates beside a rate of totals": (  # 30 ÷ 105
        [["経路", "リード", "商談化率", "商談", "受注率", "受注"], ["Web", 300, "=D2/B2", 45, "=F2/D2", 9], ["紹介", 60, "=D3/B3", 36, "=F3/D3", 18],
         ["テレアポ", 240, "=D4/B4", 24, "=F4/D4", 3], ["計", "=SUM(B2:B4)", "=D5/B5", "=SUM(D2:D4)", "=F5/D5", "=SUM(F2:F4)"]],
        "E5", "=AVERAGE(E2:E4)", 30 / 105),
}  # fmt: skip

SILENT: dict[str, Rows] = {
    "capacity beside what is wanted": [  # 6,000,000 + 1,200,000
        ["Bookings plan", 6_000_000], ["Capacity required (plan + 20% buffer)", 7_200_000], ["Quota per ramped rep", 600_000], ["Ramped reps", 10],
        ["Capacity from ramped reps", 6_000_000], ["Ramping reps", 4], ["Capacity from ramping reps (50% of quota)", 1_200_000], ["Total capacity", 7_200_000]],
    "a month's visits of one, by its formula": [  # 500 ÷ 5 ÷ 12, rounded up to tenths
        ["医院訪問数", "=ROUNDUP(B2/B3,0)"], ["デモ実施数", 200], ["医院訪問→デモ率", 0.4], ["営業人数", 5], ["1人あたり月間訪問数", "=ROUNDUP(B1/B4/12,1)"]],
    "shares of a whole above them": [  # 60 % and 40 % of 180
        ["売上", "9,000万円"], ["受注", "45件"], ["商談", "180件", "CVR 25%"], ["紹介", "108件", 0.6], ["Web", "72件", 0.4]],
    "an amount that is called as its stage": [  # 24 × 3,500千円
        ["事業部別 受注目標（単位：千円）"], ["", "精密", "搬送", "保守", "全社"], ["受注目標", 84_000, 120_000, 36_000, 240_000], ["案件平均", 3500, 8000, 600, None],
        ["受注件数", 24, 15, 60, 99], ["受注率（見積比）", 0.3, 0.25, 0.6, None], ["見積件数", 80, 60, 100, 240]],
    "small channels that are only in the total": [  # 400 + 350 + 120 of 1,000
        ["Channel (top three)", "Leads"], ["Paid", 400], ["SEO", 350], ["Referral", 120], ["All channels (incl. 11 small ones)", 1000], ["Lead to demo", 0.12], ["Demos", 120]],
    "a rate whose base is beside it": [  # 8 of 26
        ["", "目標", "4月実績", "備考"], ["リード", 200, 218, ""], ["商談化率", 0.2, 0.174, ""], ["商談", 40, 38, ""], ["受注率", 0.25, 0.31, "受注÷クローズ済み商談（26件）"], ["受注", 10, 8, ""]],
    "counts in columns of money": [  # 4 × 12
        ["", "Monthly (¥K)", "Annual (¥M)"], ["Sales", 7500, 90], ["of which maintenance", 2500, 30], ["of which new systems", 5000, 60], ["Systems sold", 4, 48]],
    "hours of one, and of none else": [  # 49 ÷ 6, rounded down; 150 ÷ 8, up
        ["Hours per rep per month", 140], ["Selling share", 0.35], ["Selling hours", 49], ["Hours per opportunity", 6], ["Opportunities per rep", 8], ["Opportunities needed", 150],
        ["Reps needed", 19]],
    "deals of two months later": [  # 9 ÷ 30 %, and 40 ÷ 25 % a month later
        ["", "4月", "5月", "6月", "7月", "8月", "9月"], ["受注目標", 6, 6, 9, 9, 12, 12], ["受注率", 0.3, 0.3, 0.3, 0.3, 0.3, 0.3],
        ["商談数（2か月後の受注分）", "=D2/D3", "=E2/E3", "=F2/F3", "=G2/G3", 40, 50], ["商談化率", 0.25, 0.25, 0.25, 0.25, 0.25, 0.25],
        ["リード数（翌月の商談分）", "=C4/C5", "=D4/D5", "=E4/E5", "=F4/F5", "=G4/G5", 200], ["※8・9月の商談は10月12件・11月15件、9月のリードは10月商談50件の見込み"]],
    "differences of two scenarios": [
        ["", "標準", "強気", "差"], ["売上（万円）", 3600, 5400, 1800], ["施設単価（万円）", 30, 30, 0], ["導入施設", 120, 180, 60], ["受注率", 0.3, 0.36, 0.06], ["商談", 400, 500, 100],
        ["商談化率", 0.2, 0.2, 0], ["リード", 2000, 2500, 500]],
    "the same price of a higher goal": [  # 110 % of the revenue and the deals
        ["", "予算", "社内目標（予算×110%）"], ["売上（万円）", 12_000, "=B2*1.1"], ["単価（万円）", 240, 240], ["件数", "=B2/B3", "=C2/C3"], ["受注率", 0.4, 0.4],
        ["提案", "=B4/B5", "=ROUNDUP(C4/C5,0)"], ["提案→引合率", 0.5, 0.5], ["引合", "=B6/B7", "=ROUNDUP(C6/C7,0)"]],
    "a rate below what one of a team does": [
        ["Reps", 8], ["Working days per month", 20], ["Calls per rep per day", 45], ["Calls per month", "=B1*B2*B3"], ["Connect rate", 0.2], ["Conversations per month", "=B4*B5"],
        ["Appointment rate", 0.075], ["Appointments per month", "=B6*B7"], ["Appointments per rep per day", "=B8/B1/B2"], ["Hold rate", 0.8], ["Meetings held per month", "=B8*B10"]],
    "months that a name says, and means of quotients": [
        ["Rep", "目標 (万円)", "件数", "月あたり", "アポ/件", "アポ"], ["Suzuki", 4800, "=B2/40", "=C2/12", 8, "=C2*E2"], ["Tanaka", 3600, "=B3/40", "=C3/12", 8, "=C3*E3"],
        ["Li", 2400, "=B4/40", "=C4/12", 9, "=C4*E4"], ["Nguyen (Oct入社, 6か月)", 1200, "=B5/40", "=C5/6", 10, "=C5*E5"],
        ["計", "=SUM(B2:B5)", "=SUM(C2:C5)", None, "=F6/C6", "=SUM(F2:F5)"]],
    "a working of last year's": [  # 6,000万円 × 90 %
        ["指標", "目標", "算式"], ["年商目標", "9,000万円"], ["既存売上", "5,400万円", "前期6,000万円×継続率90%"], ["新規売上", "3,600万円", "9,000－5,400"], ["新規契約", "24件", "3,600÷150（平均単価）"],
        ["商談", "80件", "24÷30%"], ["初回面談", "160件", "80÷50%"], ["アプローチ社数", "2,000社", "160÷8%"]],
    "what there is of last year's, measured": [  # 13,200 of 9,000
        ["項目", "前期実績", "今期計画", "前期比"], ["来場予約（組）", 500, 600, 1.2], ["来場率", 0.8, 0.8, None], ["来場組数", 400, 480, 1.2], ["見積率", 0.5, 0.55, None],
        ["見積提出", 200, 264, 1.32], ["成約率", 0.25, 0.25, None], ["成約", 50, 66, 1.32], ["平均単価（万円）", 180, 200, 1.11], ["売上（万円）", 9000, 13_200, 1.47]],
    "half a year's of one, and a month's": [
        ["受注目標", "約24件"], ["受注率", "3割"], ["商談", "80件前後"], ["アポ→商談", "8割"], ["アポ", "100件"], ["営業人数", "5名"], ["1人あたりアポ（半年）", "20件"],
        ["1人あたりアポ（月）", "3～4件"]],
    "leads of what is left without a reserve": [  # 180,000 ÷ 150
        ["Marketing budget", 200_000], ["Reserve (10%)", 20_000], ["Working budget", 180_000], ["CPL", 150], ["Leads", 1200]],
    "about so many": [["New ARR", "約$1M"], ["ACV", "around $35k"], ["Deals", "30社弱"], ["Win rate", "2〜3割"], ["Opps", "110〜130"], ["Meetings", "300前後 (4割がOpp化)"]],
}  # fmt: skip


@pytest.mark.parametrize("kind", TYPED)
def test_a_figure_is_named_that_the_words_make_otherwise(kind: str) -> None:
    assert_named(*TYPED[kind])


@pytest.mark.parametrize("kind", FORMULAS)
def test_a_formula_is_named_that_takes_another_cell_than_its_words_say(kind: str) -> None:
    rows, cell, wrong, right = FORMULAS[kind]
    assert codes(check(*rows)) == []
    found = [each for each in check(*typed(rows, cell, wrong)).findings if each.severity != "note"]
    assert [each.cell for each in found] == [cell]
    assert str(right) in str(found[0].expected) or float(found[0].expected) == pytest.approx(float(right), rel=0.002)


@pytest.mark.parametrize("kind", SILENT)
def test_what_is_so_on_purpose_is_silent(kind: str) -> None:
    assert codes(check(*SILENT[kind])) == []


def _named(sheets: dict[str, Rows]) -> list[str]:
    found = api.check(book(sheets), "x.xlsx").findings
    return [f"{each.sheet}!{each.cell}" for each in found if each.severity != "note"]


# name: (the sheets, the wrong cell and what is in it)
SHEETS: dict[str, tuple[dict[str, Rows], str, str, Any]] = {
    "an assumption that was changed after the months were typed": (  # 10 of 40, 15 of 60, 20 of 80
        {"月別": [["上期 月別目標"], ["", "4月", "5月", "6月", "7月", "8月", "9月"], ["成約数", 10, 10, 15, 15, 20, 20], ["商談数", 40, 40, 60, 60, 80, 80]],
         "前提": [["前提条件"], ["成約率（商談→成約）", 0.25]]},
        "前提", "B2", 0.35),
    "the rate of the step before, on another sheet": (  # 80 ÷ 60 %
        {"前提": [["前提条件"], ["面談→契約率", 0.3], ["問い合わせ→面談率", 0.6], ["新規契約", 24]],
         "目標": [["年間目標", "件数"], ["新規契約", "=前提!B4"], ["初回面談", "=B2/前提!B2"], ["問い合わせ", "=B3/前提!B3"]]},
        "目標", "B4", "=B3/前提!B2"),
    "a line of its name on its team's sheet": (
        {"Summary": [["FY26", "Q1", "Q2"], ["リード（MK）", "=MK!B2", "=MK!C2"], ["商談（IS）", "=IS!B4", "=IS!C4"]],
         "MK": [["MK", "Q1", "Q2"], ["リード", 450, 540]],
         "IS": [["IS", "Q1", "Q2"], ["リード", "=MK!B2", "=MK!C2"], ["商談化率", 0.2, 0.2], ["商談", "=B2*B3", "=C2*C3"]]},
        "Summary", "C3", "=IS!C2"),
    "what one department hands on to the next": (
        {"インサイド": [["受取リード", 900], ["接触率", 0.6], ["接触", "=B1*B2"], ["アポ率", 0.2], ["アポ", "=ROUND(B3*B4,0)"]],
         "フィールド": [["受取アポ", "=インサイド!B5"], ["商談実施率", 0.9], ["商談", "=ROUND(B1*B2,0)"], ["受注率", 0.25], ["受注", "=ROUND(B3*B4,0)"]]},
        "フィールド", "B1", "=インサイド!B3"),
}  # fmt: skip


def test_a_sheet_is_in_the_unit_that_its_own_name_ends_in() -> None:
    """Three thirds of 100 百万円 are 99.9, as a remark says; 400 orders of 25万円 are 100."""
    rows: Rows = [["営業所", "売上"], ["北関東", 33.3], ["南関東", 33.3], ["東海", 33.3], ["合計", 100], ["※端数処理のため内訳の計と合計は一致しない"],
                  ["受注単価（万円）", 25], ["受注件数（全体）", 400]]  # fmt: skip
    assert _named({"営業所別（百万円）": rows}) == []


@pytest.mark.parametrize("kind", SHEETS)
def test_a_cell_is_named_that_another_sheet_makes_otherwise(kind: str) -> None:
    sheets, title, cell, wrong = SHEETS[kind]
    assert _named(sheets) == []
    assert _named({**sheets, title: typed(sheets[title], cell, wrong)}) == [f"{title}!{cell}"]


def test_a_figure_that_no_formula_makes_is_told_without_one() -> None:
    """600 万円 are 10 deals of 60: the price is in 万円, as its cell doesn't say, so no formula would give 60."""
    months: Rows = [
        ["上期目標"],
        ["月", "受注件数", "売上（万円）"],
        ["4月", 10, 600],
        ["5月", 15, 900],
        ["6月", 20, 1200],
        ["7月", 25, 1500],
    ]
    report = api.check(book({"目標": months, "前提": [["前提条件"], ["受注単価", 50]]}), "x.xlsx")
    told = {f"{each.sheet}!{each.cell}": (each.fix.ja, each.fix.en) for each in report.findings if each.severity != "note"}
    assert told == {"前提!B2": ("60に直してください", "type 60 instead")}
