"""Tables whose figures hang together, but by relations that prove nothing one by one; and right tables that look like them."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, assert_named, check, grave

PARTNERS: Rows = [
    ["社名", "Q1", "Q2", "Q3", "Q4", "年間（千円）"],
    ["港商会", 2600, 2900, 3100, 3600, 12_200], ["川岸商事", 1900, 2100, 2400, 3000, 9400], ["小計", 4500, 5000, 5500, 6600, 21_600],
    ["丘陵社", 1100, 1300, 1200, 1600, 5200], ["岬工業", 800, 900, 1000, 1300, 4000], ["小計", 1900, 2200, 2200, 2900, 9200],
    ["総計", 6400, 7200, 7700, 9500, 30_800],
]  # fmt: skip

OUTLOOK: Rows = [
    ["区分", "年間目標", "累計実績（4-12月）", "1-3月見込", "着地見込"],
    ["新規", 190, 127, 46, 173], ["更新", 430, 326, 108, 434], ["スポット", 70, 58, 17, 75], ["計", 690, 511, 171, 682],
]  # fmt: skip

CHURN: Rows = [
    ["プラン", "期首契約", "年間解約率", "年間解約", "期末残存"],
    ["ライト", 1300, 0.22, 286, 1014], ["標準", 700, 0.12, 84, 616], ["上位", 160, 0.05, 8, 152], ["計", 2160, 0.175, 378, 1782],
]  # fmt: skip

SEMINARS: Rows = [
    ["", "法改正", "インボイス", "値上げ", "予実", "年間計"],
    ["申込者", 130, 90, 150, 60, 430], ["出席率", 0.6, 0.7, 0.5, 0.8, 0.6], ["出席者", 78, 63, 75, 48, 264], ["個別相談", 19, 16, 19, 12, 66],
]  # fmt: skip

MARGINS: Rows = [
    ["カテゴリ", "売上", "粗利率", "粗利", "販促費", "貢献利益"],
    ["文具", 47_000, 0.22, 10_340, 2300, 8040], ["衛生", 32_000, 0.25, 8000, 1700, 6300], ["什器", 25_000, 0.3, 7500, 1400, 6100],
    ["PC", 53_000, 0.12, 6360, 2000, 4360], ["計", 157_000, 0.205, 32_200, 7400, 24_800],
]  # fmt: skip

MIX: Rows = [
    ["Average opportunity $35k"], [], ["Source", "Opps", "Pipeline ($k)", "Mix"],
    ["Own", 82, 2870, 0.41], ["Outbound", 50, 1750, 0.25], ["Inbound", 44, 1540, 0.22], ["Partners", 24, 840, 0.12], ["Total", 200, 7000, 1],
]  # fmt: skip

LEADS: Rows = [
    ["", "Jan", "Feb", "Mar", "Apr", "May", "H1"],
    ["Views", 84, 112, 51, None, None, 247], ["Attended", 98, 171, 69, None, None, 338], ["SQLs", 6, 14, 5, None, None, 25],
    ["Registered", 231, 388, 176, None, None, 795], ["Goal", 240, 300, 190, 220, 250, 730],
]  # fmt: skip

COSTS: Rows = [
    ["", "機械展 昨年", "機械展 計画", "航空展 昨年", "航空展 計画", "地域展 昨年", "地域展 計画"],
    ["名刺", 923, 1250, 248, 260, 354, 400], ["受注", 9, 12, 4, 5, 3, 4], ["出展料", 2480, 3720, 1150, 1150, 900, 900],
    ["装飾費", 3655, 4800, 1472, 1500, 688, 700], ["費用計", 6135, 8520, 2622, 2650, 1588, 1600],
]  # fmt: skip

MEDIA: Rows = [
    ["媒体", "構成比", "予算（千円）", "想定CPA", "獲得CV", "担当"],
    ["全体", 1, 13_000, 12_500, 1040, None], ["検索", 0.4, 5200, 13_000, 400, "瀬川"], ["SNS", 0.25, 3250, 10_833, 300, "瀬川"],
    ["比較", 0.2, 2600, 13_000, 200, "平"], ["記事", 0.15, 1950, 13_929, 140, "平"],
]  # fmt: skip

TOUCHED: Rows = [
    ["Channel", "First-touch", "First-touch %", "Influenced", "Influenced % of total"],
    ["Organic", 2100, 0.2625, 4900, 0.6125], ["Paid", 1600, 0.2, 3300, 0.4125], ["Events", 1300, 0.1625, 4200, 0.525],
    ["Outbound", 2500, 0.3125, 3100, 0.3875], ["Partner", 500, 0.0625, 900, 0.1125], ["Total pipeline", 8000, 1.0, 8000, 1.0],
    ["Influenced amounts overlap, so the column does not add up to 8,000."],
]  # fmt: skip

# name: (a right table, the wrong cell and what is typed there, the right figure)
SLIPS: dict[str, tuple[Rows, str, Any, float]] = {
    "a year by its quarters and its subtotal": (PARTNERS, "F2", 21_200, 12_200_000),
    "a column so far by its row and its total": (OUTLOOK, "C3", 236, 326),
    "the total of a column so far": (OUTLOOK, "C5", 611, 511),
    "a total that is a factor, too": (CHURN, "B5", 2760, 2160),
    "a total that is a rest, too": (CHURN, "E5", 2182, 1782),
    "a part that is one number of another column": (MIX, "B6", 64, 44),
    "the sum of what is there so far": (LEADS, "G2", 427, 247),
    "an item with its digits changed round, beyond its total": (COSTS, "B5", 6355, 3655),
    "all of which the others are shares": (MEDIA, "C2", 18_000, 13_000_000),
    "all of what overlaps, by its shares": (TOUCHED, "D7", 10_000, 8000),
    "a mean rate of more digits than the others": (SEMINARS, "F3", 0.06, 0.61),
    "a mean rate whose digits are changed round": (MARGINS, "C6", 0.025, 0.205),
}

# Right tables: what they seem to be is meant otherwise.
RIGHT: dict[str, Rows] = {
    "heads at the end of each month aren't added": [
        ["", "10月", "11月", "12月", "1月", "2月", "3月", "下期計"],
        ["月初稼働", 186, 191, 192, 188, 192, 197, None], ["新規", 14, 11, 8, 19, 13, 12, 77], ["終了", 9, 10, 12, 15, 8, 17, 71],
        ["月末稼働", 191, 192, 188, 192, 197, 192, 192], ["粗利（千円）", 17_572, 17_664, 17_296, 17_664, 18_124, 17_664, 105_984],
        ["1名あたり月粗利 92千円"],
    ],
    "unique visitors aren't added, their leads are": [
        ["", "Apr", "May", "Jun", "Q2"], ["Unique visitors", 19_000, 21_000, 23_000, 48_500], ["Leads", 570, 630, 690, 1890],
        ["Trials", 114, 126, 138, 378], ["Won", 28, 32, 35, 95], ["Leads = 3% of monthly uniques; 20% start a trial"],
    ],
    "one price in all periods": [
        ["", "1Q", "2Q", "上期", "3Q", "4Q", "下期", "通期"], ["売上高", 30, 36, 66, 42, 54, 96, 162], ["受注単価", 3, 3, 3, 3, 3, 3, 3],
        ["受注件数", 10, 12, 22, 14, 18, 32, 54], ["受注率", 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25], ["商談件数", 40, 48, 88, 56, 72, 128, 216],
    ],
    "the mean price of several teams": [
        ["", "1課", "2課", "3課", "部合計"], ["手数料目標(千円)", 96_000, 72_000, 48_000, 216_000], ["平均手数料(千円/件)", 3200, 2400, 1600, 2400],
        ["必要成約件数", 30, 30, 30, 90], ["申込率", 0.75, 0.75, 0.75, 0.75], ["必要申込件数", 40, 40, 40, 120],
    ],
    "shares of a total in another unit": [
        ["社名", "Q1", "Q2", "Q3", "Q4", "年間（千円）"], ["北", 3000, 3200, 3500, 4300, 14_000], ["西", 2400, 2400, 2800, 3400, 11_000],
        ["小計", 5400, 5600, 6300, 7700, 25_000], ["東", 1200, 1300, 1300, 1700, 5500], ["南", 1500, 1600, 1700, 2200, 7000],
        ["小計", 2700, 2900, 3000, 3900, 12_500], ["総計", 8100, 8500, 9300, 11_600, 37_500], ["四半期構成", 0.22, 0.23, 0.25, 0.31, 1.0],
    ],
    "the mean cost of two kinds of leads": [
        ["", "1月", "2月", "3月", "4月", "5月"], ["展示会", 12, 14, 11, 15, 13], ["Web", 8, 9, 10, 7, 12], ["計", 20, 23, 21, 22, 25],
        ["展示会 単価", 52_000, 48_000, 55_000, 47_000, 50_000], ["Web 単価", 9000, 8800, 9200, 9100, 8700], ["平均単価", 34_800, 32_661, 33_190, 34_941, 30_176],
    ],
    "one more source of which less comes": [
        ["Channel", "Ads", "Organic", "Letter", "Events", "Total"], ["Appointments", 56, 28, 14, 14, 112], ["Rate", 0.1, 0.15, 0.15, 0.15, None],
        ["Leads", 560, 186, 93, 93, 932], ["CVR", 0.02, 0.02, 0.02, 0.01, None], ["Sessions", 28_000, 9300, 4650, 9300, 51_250],
    ],
}  # fmt: skip


@pytest.mark.parametrize("kind", SLIPS)
def test_a_slip_is_named_at_its_cell_and_nothing_else(kind: str) -> None:
    assert_named(*SLIPS[kind])


@pytest.mark.parametrize("kind", RIGHT)
def test_what_only_seems_to_fail_is_silent(kind: str) -> None:
    assert [each.cell for each in grave(check(*RIGHT[kind]))] == []
