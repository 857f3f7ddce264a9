"""Lists of single figures, each worked out of those beside it: right and silent, then with one figure wrong."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, assert_named, check, codes

# name: (a right sheet, the wrong cell and what is typed there, the right figure)
LISTS: dict[str, tuple[Rows, str, Any, Any]] = {
    "rates under arrows in the column of the labels": (  # 180 × 50 %, 36 ÷ 40 %
        [["逆算図（目標）"], ["架電", 9000], ["▼ 2%"], ["アポ", 180], ["▼ 50%"], ["有効面談", 90], ["▼ 40%"], ["見積", 36], ["▼ 25%"], ["受注", 9]],
        "B6", 99, 90),
    "rates between the counts, one row up": (  # 800 × 30 %, 120 ÷ 50 %
        [["Funnel goal"], [None, "40%", None, "30%", None, "50%", None, "25%"],
         ["Leads", None, "MQLs", None, "Calls", None, "Demos", None, "Wins"], [2000, None, 800, None, 240, None, 120, None, 30]],
        "E4", 270, 240),
    "rates that two lines of counts share": (  # 90 ÷ 36 % → 250; 250 × 40 %
        [["月間目標（10名）", "架電", "接続", "アポ", "訪問", "受注"], ["件数", 5000, 1000, 250, 100, 20],
         ["前工程比", None, "20%", "25%", "40%", "20%"], ["1人", 500, 100, 25, 10, 2]],
        "D2", 290, 250),
    "what is to be renewed, the rate and what it brings": (  # 400 × 90 %, 7,200 ÷ 20
        [["更新計画（万円）"], ["更新対象社数", 400], ["更新率", "90%"], ["更新社数", 360], ["更新単価", 20], ["更新売上", 7200]],
        "B4", 340, 360),
    "a count, its average and what both make, two of them and their total": (  # 6,480,000 ÷ 360
        [["法人EC 売上計画"], ["初回購入者数", 240], ["平均初回購入額（円）", 25_000], ["初回購入売上（円）", 6_000_000],
         ["リピート購入回数", 360], ["平均リピート購入額（円）", 18_000], ["リピート購入売上（円）", 6_480_000], ["売上合計（円）", 12_480_000]],
        "B6", 21_000, 18_000),
    "a price with its counter": (  # 2,700 ÷ 18
        [["保守サービス 売上目標"], ["保守契約台数", "320台"], ["1台あたり保守料", "24万円"], ["保守売上", "7,680万円"], ["スポット修理件数", "150件"],
         ["スポット修理 平均単価", "18万円"], ["スポット修理売上", "2,700万円"], ["サービス売上計", "10,380万円"]],
        "B5", "180件", 150),
    "recurring revenue from its beginning to its end": (  # 720 ÷ 30, and 4,000 + 720 + 600 − 320
        [["ARR bridge FY26 ($k)"], ["Opening ARR", 4000], ["New logos", 30], ["Average new ACV", 24], ["New ARR", 720],
         ["Expansion (15% of opening)", 600], ["Churn (8% of opening)", -320], ["Closing ARR", 5000]],
        "B4", 28, 24),
    "what is left of a goal, and how many deals that are": (  # 14,400 − 4,800, and 40 × 240
        [["下期リカバリープラン"], ["年間目標", 24_000, "万円"], ["上期実績", 9_600, "万円"], ["残り", 14_400, "万円"], ["うち受注確定", 4_800, "万円"],
         ["上積みが必要", 9_600, "万円"], ["平均受注額", 240, "万円"], ["必要受注", 40, "件"], ["現状の受注率", "20%"], ["必要商談", 200, "件"]],
        "B6", 9_900, 96_000_000),
    "rates in words": (  # 100 ÷ 80 %, and 5,000 × 2.5 %
        [["教室の体験入会 9月の目標"], ["入会", "30人"], ["体験→入会", "10人に3人"], ["体験来店", "100人"], ["予約→来店", "8割"], ["体験予約", "125人"],
         ["LP→予約", "2.5%"], ["LPアクセス", "5,000"]],
        "B6", "80人", 125),
    "sentences with the next stage's need in each": (  # 40 ÷ 25 %, and 800 × 20 %
        [["来期の営業目標について"], ["・年間売上目標は1億2,000万円。平均単価300万円なので、必要な受注は40件です。"], ["・受注率25%とすると、商談は160件必要です。"],
         ["・商談化率20%のため、リードは800件必要になります。"]],
        "A3", "・受注率25%とすると、商談は180件必要です。", 160),
    "sentences with rates in words": (  # 200 ÷ 1/2, and 10 % of 4,000
        [["Sales goal in plain words"], ["We want $600,000 of new revenue. At $15,000 a deal that is 40 deals."],
         ["We win 20% of proposals, so we need 200 proposals."], ["Half of our meetings lead to a proposal: 400 meetings."],
         ["10% of leads take a meeting, so 4,000 leads are needed."]],
        "A4", "Half of our meetings lead to a proposal: 350 meetings.", 400),
    "labels that say a rate, and figures that say what they count": (  # 96 ÷ 3/10, and 2 % of 16,000
        [["来期の受注をつくるには？"], ["受注したい社数", "24社"], ["商談した4社に1社が受注", "96社と商談"], ["資料請求した10人に3人が商談", "320人が資料請求"],
         ["サイト訪問100人に2人が資料請求", "16,000人が訪問"], ["1社あたり年間50万円", "合計 1,200万円"]],
        "B4", "230人が資料請求", 320),
    "ranges one below the other": (  # 60 ÷ 20 %, and 750 × 40 %
        [["Plan with ranges (goal)"], ["New clients", 60], ["Close rate", "20-30%"], ["Proposals", "200-300"], ["Proposal rate", "40-50%"],
         ["Meetings", "400-750"]],
        "B4", "200-360", 300),
    "ranges side by side, their rates below": (  # 24 ÷ 40 %, and 1,500 × 4 %
        [["受注12件に必要な活動量"], ["受注", None, "商談", None, "アポ", None, "架電"], ["12件", None, "24〜40件", None, "30〜50件", None, "600〜1,250件"],
         [None, "受注率 30〜50%", None, "実施率 80%", None, "アポ率 4〜5%"]],
        "E3", "35〜50件", 30),
    "what is done already, and how many are wanted besides": (  # 60 − 12, and 200 × 24 %
        [["下期 受注の逆算"], ["期首残（受注済）", "12件"], ["下期目標", "60件"], ["新規に必要な受注", "48件"], ["受注率", "24%"], ["必要商談", "200件"],
         ["アポ化率", "40%"], ["必要リード", "500件"]],
        "B4", "52件", 48),
    "costs of one, of a total above them": (  # 1,400,000 ÷ 350
        [["展示会 収支目標"], ["費目", "金額（円）"], ["出展料", 600_000], ["装飾費", 450_000], ["人件費", 350_000], ["費用計", 1_400_000], [None],
         ["名刺獲得目標（枚）", 350], ["1枚あたり（円）", 4_000], ["商談目標（件）", 28], ["1件あたり（円）", 50_000]],
        "B9", 4_500, 4_000),
    "costs of one of each stage": (  # 36,000 ÷ 24
        [["Roadshow budget"], ["Item", "USD"], ["Venues", 18_000], ["Travel", 12_000], ["Catering", 6_000], ["Total cost", 36_000], [None],
         ["Attendees", 240], ["Cost per attendee", 150], ["Meetings goal", 60], ["Cost per meeting", 600], ["Opportunities", 24],
         ["Cost per opportunity", 1_500]],
        "B13", 1_800, 1_500),
}  # fmt: skip


TABLES: dict[str, tuple[Rows, str, Any, Any]] = {
    "rates over the columns, in the headings": (  # 600 × 80 % + 300 × 50 % + 500 × 20 % = 730, less 800
        [["ヨミ表（目標）"], ["受注確度", "Aヨミ 80%", "Bヨミ 50%", "Cヨミ 20%"], ["担当", "A（万円）", "B（万円）", "C（万円）", "着地見込", "目標"],
         ["田中", 500, 400, 300, 660, 700], ["鈴木", 600, 300, 500, 730, 800], ["高橋", 250, 200, 1000, 500, 650], ["計", 1350, 900, 1800, 1890, 2150]],
        "E5", 780, 730),
    "rates of each rank in a list of their own": (  # 600 × 50 %
        [["確度別 受注見込（目標）"], ["確度ランク", "掛け率"], ["A", 0.9], ["B", 0.5], ["C", 0.1], [None], ["案件名", "ランク", "見積金額", "見込"],
         ["東洋精機 更新", "A", 400, 360], ["山一商会 新規", "B", 600, 300], ["北関東物流", "C", 1500, 150], ["丸和建材", "A", 250, 225],
         ["サクラ印刷", "B", 820, 410], ["合計", None, 3570, 1445]],
        "D9", 360, 300),
    "odds of each stage beside the list of deals": (  # 120 × 60 %
        [["Deal", "Stage", "Amount ($k)", "Weighted", None, "Stage", "Odds"], ["Acme", "Demo", 80, 16, None, "Demo", "20%"],
         ["Bolt", "Quote", 120, 72, None, "Quote", "60%"], ["Core", "Demo", 45, 9, None, "Verbal", "90%"], ["Dorn", "Verbal", 50, 45],
         ["Epic", "Quote", 90, 54], ["Target", None, None, 240]],
        "D3", 24, 72),
    "what each pays a month, and what all bring": (  # 1,440,000 ÷ 120
        [["MRR計画（5月）"], ["プラン", "契約数", "月額", "MRR"], ["ライト", 200, 5_000, 1_000_000], ["標準", 120, 12_000, 1_440_000],
         ["上位", 30, 30_000, 900_000], ["合計", 350, None, 3_340_000]],
        "C4", 11_000, 12_000),
    "what was short the month before, by another name": (  # 46 − 42; and 4 of May
        [["月次 商談目標と残"], ["", "4月", "5月", "6月", "7月", "8月"], ["前月残", 0, 4, 0, 6, 1], ["当月目標", 40, 42, 45, 38, 40],
         ["必要数", 40, 46, 45, 44, 41], ["実績", 36, 46, 39, 43, 42], ["未達（翌月へ）", 4, 0, 6, 1, 0]],
        "C5", 48, 46),
    "totals of totals in one column": (  # 90 + 110, and 420 − 220
        [["売上目標の展開（百万円）"], ["本部", "部", "課", "目標"], ["東日本", "第一営業部", "1課", 120], [None, None, "2課", 100],
         [None, "第一営業部 計", None, 220], [None, "第二営業部", "1課", 90], [None, None, "2課", 110], [None, "第二営業部 計", None, 200],
         ["東日本 計", None, None, 420], ["西日本", "関西営業部", "1課", 130], [None, None, "2課", 50], [None, "関西営業部 計", None, 180],
         ["全社", None, None, 600]],
        "D8", 230, 200),
    "teams, regions and all of them": (  # 40 + 35
        [["Lead goals FY26"], ["Team A", 40], ["Team B", 35], ["North total", 75], ["Team C", 50], ["Team D", 28], ["South total", 78], ["Total", 153]],
        "B4", 85, 75),
}  # fmt: skip


@pytest.mark.parametrize("kind", TABLES)
def test_a_table_that_is_right_is_silent_and_its_wrong_figure_is_named(kind: str) -> None:
    assert_named(*TABLES[kind])


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_that_is_right_is_silent_and_its_wrong_figure_is_named(kind: str) -> None:
    assert_named(*LISTS[kind])


RIGHT: dict[str, Rows] = {
    "visits in person, after the appointments": [["営業目標"], ["架電", 5000], ["アポ", 250], ["訪問", 200], ["見積", 80], ["受注", 20]],
    "rates of last year under the arrows": [
        ["今期目標と前期の率"], ["リード", 2000], ["↓ 38%"], ["商談", 800], ["↓ 31%"], ["提案", 240], ["↓ 52%"], ["見積", 130], ["↓ 22%"], ["受注", 30]],
    "only some of a whole, and another stage below": [
        ["指標", "目標"], ["リード数", 500], ["うち広告", 300], ["うち自然検索", 150], ["商談数", 100], ["うち大手", 12], ["受注件数", 25], ["うち大手", 2]],
    "a rate of those two lines above": [  # 150 × 12 %
        ["オンライン（母数：デモ申込）の目標"], ["デモ申込", 150], ["デモ実施", 120], ["成約率", "12%"], ["成約", 18]],
    "a rate of another list, above a heading": [
        ["年間目標"], ["受注件数", 48], ["うち補助金活用案件", 30], ["補助金比率", "62.5%"], ["■プロセス"], ["テレアポ", 6000], ["資料送付", 960]],
    "about as much as it says": [["メモ 目標"], ["年間受注", "約45件"], ["受注率", "3割弱"], ["商談", "160件程度"], ["商談化率", "約4割"], ["有効リード", "おおむね400件"]],
    "customers with more than one contract, and the revenue of all": [
        ["Goal"], ["New customers", 40], ["Contracts per customer", 1.4], ["Contracts signed", 56], ["Customer win rate", "25%"],
        ["Prospects pitched", 160], ["Revenue per contract", 12_000], ["Revenue", 672_000]],
    "people who went, in a word that nobody knows": [  # 85 + 24 − 6
        ["受講者の計画"], ["期首 受講者", 85], ["入会", 24], ["卒業", 6], ["期末 受講者", 103], ["説明会", "24回"], ["面談", "96名"]],
    "orders of first-time buyers, and what all buyers bring": [  # 150 × 40,000 are the first orders' only
        ["目標"], ["初回発注", 150], ["平均単価", 40_000], ["売上（リピート含む）", 9_000_000], ["うち初回", 6_000_000]],
    "sentences on two years": [
        ["方針メモ"], ["昨年度は受注40件、受注率20%でした。"], ["今年度の受注目標は60件、売上目標は9,000万円とします。"], ["商談は240件、受注率25%を見込みます。"],
        ["リードは月50件、年600件を集めます。"]],
    "sentences with rates that nobody multiplies": [
        ["Plan notes"], ["Last year 35 deals closed, a win rate of 22%."], ["This year we want 50 deals and $900,000."], ["Pipeline has 120 opportunities today."],
        ["Churn should stay below 5% of 400 customers."]],
    "ranges rounded to tens": [  # 40 ÷ 23 % = 173.9, ÷ 18 % = 222.2
        ["Goal"], ["Deals", 40], ["Win rate", "18-23%"], ["Opps", "170-220"], ["Opp rate", "30-35%"], ["Meetings", "490-730"], ["Show rate", "80-90%"],
        ["Booked", "540-910"]],
    "costs of one that are of another total": [
        ["展示会 収支目標"], ["出展料", 600_000], ["装飾費", 450_000], ["費用計", 1_050_000], [None], ["名刺獲得目標（枚）", 350], ["1枚あたり（円）", 3_000],
        ["来場者（人）", 1_200], ["1人あたり粗品代（円）", 120]],
    "a week of as many days as a column says": [  # Kato works four days
        ["Field sales – weekly activity goals"], ["Rep", "Visits/day", "Days", "Visits/week", "Proposal rate", "Proposals"],
        ["Ito", 4, 5, 20, "25%", 5], ["Kato", 5, 4, 20, "30%", 6], ["Sano", 6, 5, 30, "20%", 6], ["Ueda", 3, 5, 15, "40%", 6],
        ["Team", None, None, 85, None, 23]],
}  # fmt: skip


@pytest.mark.parametrize("kind", RIGHT)
def test_a_list_that_looks_wrong_and_is_right_is_silent(kind: str) -> None:
    assert codes(check(*RIGHT[kind])) == []
