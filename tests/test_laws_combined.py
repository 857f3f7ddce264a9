"""Laws without words, and formulas gone astray: columns of two or three others, rates by rank, sums that take a stranger; right ones first."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, assert_named, check, codes

NAMED: dict[str, tuple[Rows, str, Any, Any]] = {
    "a share of two columns together": (  # (29,190 + 2,440) ÷ 33,900
        [["更新月 (目標 千円)", "対象", "更新", "拡張", "NRR"], ["4月", 28_600, 25_970, 2_150, "98.3%"], ["5月", 15_480, 14_040, 0, "90.7%"],
         ["6月", 41_250, 37_020, 3_680, "98.7%"], ["7月", 23_400, 22_230, 1_900, "103.1%"], ["8月", 33_900, 29_190, 2_440, "93.3%"],
         ["9月", 58_720, 52_680, 6_250, "100.4%"]],
        "E6", "102.3%", 0.933),
    "a share of one less the other": (  # (3,120 − 415) ÷ 18,400
        [["Territory goal", "Universe", "Signed", "Lost", "Net share"], ["Nord", 21_600, 3_980, 512, "16.1%"], ["Ost", 18_400, 3_120, 415, "14.7%"],
         ["West", 25_300, 5_410, 640, "18.9%"], ["Mitte", 16_750, 2_214, 307, "11.4%"], ["Küste", 11_920, 1_875, 166, "14.3%"]],
        "E3", "17.1%", 0.147),
    "stock at the end of two others, whatever it is called": (  # 1,874 + 412 − 365
        [["製品 (売上目標)", "初", "増", "減", "残"], ["A", 1_250, 310, 284, 1_276], ["B", 1_874, 412, 365, 1_921], ["C", 2_206, 198, 243, 2_161],
         ["D", 1_013, 127, 158, 982], ["E", 3_348, 521, 476, 3_393]],
        "E3", 1_827, 1_921),
    "what is attained, of small counts": (  # 14 of 15
        [["週", "訪問目標", "訪問実績", "達成率"], ["第1週", 15, 13, "87%"], ["第2週", 15, 16, "107%"], ["第3週", 15, 12, "80%"],
         ["第4週", 15, 14, "93%"], ["第5週", 6, 7, "117%"]],
        "D5", "89%", 0.93),
    "what is attained, on a line for each": (  # 28 of 31
        [["Rep", "Target deals", "Actual deals", "Attainment"], ["Ana", 24, 26, "108%"], ["Bo", 31, 28, "90%"], ["Cy", 18, 15, "83%"],
         ["Di", 22, 25, "114%"]],
        "D3", "94%", 0.9),
    "a certainty that goes by rank": (  # other Bs are 50 %
        [["顧客", "ランク", "金額目標", "確度"], ["東和", "A", 840, "80%"], ["三栄", "B", 1_200, "50%"], ["北星", "C", 650, "20%"], ["港", "A", 520, "80%"],
         ["大洋", "B", 760, "50%"], ["オリオン", "B", 480, "50%"], ["日進", "C", 400, "20%"], ["関東", "C", 390, "20%"]],
        "D7", "80%", 0.5),
    "ranks summed up beside the list": (  # 2,200 × 50 %
        [["案件目標", "ヨミ", "金額", "確度", None, "ヨミ", "金額", "加重"], ["武蔵", "A", 840, "80%", None, "A", 2_135, 1_708],
         ["利根", "B", 1_260, "50%", None, "B", 2_200, 1_100], ["相模", "A", 220, "80%", None, "C", 4_450, 890],
         ["常総", "C", 1_900, "20%", None, "計", 8_785, 3_698], ["埼玉", "B", 360, "50%"], ["多摩", "C", 150, "20%"], ["房総", "A", 1_075, "80%"],
         ["秩父", "B", 580, "50%"], ["鹿島", "C", 2_400, "20%"]],
        "H3", 1_760, 1_100),
    "a formula with another rank's rate": (  # 15,800 × 20 %
        [["受注目標", "A", 0.8], [None, "B", 0.5], [None, "C", 0.2], [None], ["顧客", "確度", "金額", "加重"],
         ["東和", "A", 8_400, "=C6*$C$1"], ["三栄", "B", 12_000, "=C7*$C$2"], ["北星", "C", 6_500, "=C8*$C$3"], ["港", "A", 5_200, "=C9*$C$1"],
         ["大洋", "B", 7_600, "=C10*$C$2"], ["オリオン", "C", 15_800, "=C11*$C$3"], ["日進", "C", 4_000, "=C12*$C$3"], ["計", None, "=SUM(C6:C12)", "=SUM(D6:D12)"]],
        "D11", "=C11*$C$2", 3_160),
    "a figure typed among formulas, whose rate nobody takes": (  # 30 % of 9,000
        [["Bookings goal", 9_000], ["Source", "Mix", "Pipeline"], ["Outbound", 0.35, "=B3*B1"], ["Inbound", 0.3, "=B4*B1"],
         ["Partners", 0.2, "=B5*B1"], ["Own", 0.15, "=B6*B1"], ["Total", "=SUM(B3:B6)", "=SUM(C3:C6)"]],
        "C4", 2_250, 2_700),
    "a figure typed at the end of a row of arrows": (  # 400 ÷ 25 %
        [["受注金額", "→", "受注件数", "→", "提案", "→", "商談", "→", "リード"], [36_000_000, None, "=A2/A4", None, "=C2/C4", None, "=E2/E4", None, "=G2/G4"],
         [None], [450_000, None, 0.4, None, 0.5, None, 0.25]],
        "I2", 2_000, 1_600),
    "a month's formula with another row's count, beside a total": (  # 2,640 × 12.5 %
        [["Goal", "Jan", "Feb", "Mar", "Q1"], ["Visits", 50_000, 55_000, 66_000, "=SUM(B2:D2)"], ["Sign-ups", "=B2*B4", "=C2*C4", "=D2*D4", "=SUM(B3:D3)"],
         ["Rate", 0.04, 0.04, 0.04], ["Active", "=B3*B6", "=C3*C6", "=D3*D6", "=SUM(B5:D5)"], ["Rate", 0.4, 0.4, 0.4],
         ["Paid", "=B5*B8", "=C5*C8", "=D5*D8", "=SUM(B7:D7)"], ["Rate", 0.125, 0.125, 0.125], ["Price", 50, 50, 50],
         ["MRR", "=B7*B9", "=C7*C9", "=D7*D9", "=SUM(B10:D10)"]],
        "D7", "=D3*D8", 132),
    "a sum down one column that takes a figure beside it": (  # 186 + 58 + 34
        [["区分 (予算)", "金額", "掛率", "見込"], ["計上済", 186, 1, "=B2*C2"], ["受注残", 58, 1, "=B3*C3"], ["Aランク", 42.5, 0.8, "=B4*C4"],
         ["Bランク", 63, 0.5, "=B5*C5"], ["計", "=SUM(B2:B5)", None, "=SUM(D2:D5)"], ["A以上のみ", None, None, "=D2+D3+D4"]],
        "D7", "=D2+D3+B4", 278),
    "added up so far from the first quarter on": (  # 428 + 439
        [["Source goal", "Q1", "Q2", "Q3", "Q4"], ["Donors", 60, 45, 50, 145], ["Appeal", 51, 57, 54, 130], ["Grants", 105, 110, 335, 86],
         ["Total", 216, 212, 439, 361], ["Cumulative", 216, 428, 867, 1_228]],
        "D6", 789, 867),
    "one of several parts that is ten times too large": (  # 248 × 26
        [["拠点 (受注目標)", "受注件数", "受注額(千円)"], ["本社", 120, 3_120], ["第一", 258, 6_708], ["第二", 248, 6_448], ["物流", 90, 2_340], ["合計", 716, 18_616]],
        "C4", 64_480, 6_448_000),
}  # fmt: skip


@pytest.mark.parametrize("kind", NAMED)
def test_a_right_sheet_is_silent_and_the_wrong_cell_is_named(kind: str) -> None:
    assert_named(*NAMED[kind])


SILENT: dict[str, Rows] = {
    "a deal with a certainty of its own": [
        ["顧客", "ランク", "金額目標", "確度"], ["東和", "A", 840, "80%"], ["三栄", "B", 1_200, "50%"], ["北星", "C", 650, "20%"], ["港", "A", 520, "80%"],
        ["大洋", "B", 760, "60%"], ["オリオン", "B", 480, "50%"], ["日進", "C", 400, "20%"], ["関東", "C", 390, "20%"]],
    "a figure typed on purpose beside its rate": [  # 2,700 to the thousand
        ["Bookings goal", 9_000], ["Source", "Mix", "Pipeline"], ["Outbound", 0.35, "=B3*B1"], ["Inbound", 0.3, 2_500, "agreed, by hand on purpose"],
        ["Partners", 0.2, "=B5*B1"], ["Own", 0.15, "=B6*B1"]],
    "a stock that was counted anew in one line": [
        ["製品 (売上目標)", "初", "増", "減", "棚卸後の残"], ["A", 1_250, 310, 284, 1_276], ["B", 1_874, 412, 365, 1_920], ["C", 2_206, 198, 243, 2_161],
        ["D", 1_013, 127, 158, 982], ["E", 3_348, 521, 476, 3_393]],
    "rates attained, rounded down": [
        ["Rep", "Target deals", "Actual deals", "Attainment"], ["Ana", 24, 26, "108%"], ["Bo", 31, 28, "90%"], ["Cy", 18, 15, "83%"],
        ["Di", 22, 25, "113%"], ["Ed", 27, 23, "85%"]],
    "a sum over two columns": [
        ["区分 (予算)", "確定", "見込", "計"], ["東", 120, 30, "=B2+C2"], ["西", 90, 45, "=B3+C3"], ["計", "=SUM(B2:B3)", "=SUM(C2:C3)", "=SUM(D2:D3)"],
        ["確定と西の見込", None, None, "=B2+B3+C3"]],
}  # fmt: skip


@pytest.mark.parametrize("kind", SILENT)
def test_what_only_looks_like_it_is_silent(kind: str) -> None:
    assert codes(check(*SILENT[kind])) == []
