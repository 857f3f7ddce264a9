"""Which of several cells is wrong where a sum or a quotient is off: the one that other figures of the sheet want otherwise."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, check, codes, typed

# name: (a right sheet, the wrong cell and what is typed there)
CAUSES: dict[str, tuple[Rows, str, Any]] = {
    "the new part is price × customers": (  # 3 × 100
        [["売上計画（百万円）"], ["売上", 800], ["うち既存", 500], ["うち新規", 300], ["新規単価", 3], ["新規社数", 100], ["受注率", "25%"],
         ["提案数", 400]], "B4", 330),
    "the new part is new customers × a new deal": (  # 24 × 25
        [["FY26 goal ($k)"], ["Revenue", 2_400], ["of which renewals", 1_800], ["of which new business", 600], ["Average new deal", 24],
         ["New customers", 25], ["Win rate", "20%"], ["Opportunities", 125]], "B4", 660),
    "the parts are apart, each with what makes it": (  # 50 × 150
        [["売上計画（万円）"], ["売上目標", 12_000], ["うち既存", 7_500], ["既存顧客数", 50], ["1社あたり年間売上", 150], ["うち新規", 4_500],
         ["新規単価", 150], ["新規受注", 30]], "B3", 7_000),
    "leads of a fair are those of each × the fairs": (  # 125 × 4
        [["リード目標"], ["リード", 1_200], ["　うち広告", 700], ["　うち展示会", 500], ["展示会1回あたり", 125], ["展示会回数", 4],
         ["商談化率", "10%"], ["商談", 120], ["受注率", "25%"], ["受注", 30]], "B4", 550),
    "the whole is what the next stage needs": (  # 120 ÷ 10 %
        [["リード目標"], ["リード", 1_200], ["　うち広告", 700], ["　うち展示会", 500], ["展示会1回あたり", 125], ["展示会回数", 4],
         ["商談化率", "10%"], ["商談", 120], ["受注率", "25%"], ["受注", 30]], "B2", 1_300),
    "in words of money": (  # 150万円 × 30
        [["売上目標", "1億2,000万円"], ["　うち既存", "7,500万円"], ["　うち新規", "4,500万円"], ["新規の平均単価", "150万円"],
         ["新規受注", "30社"], ["商談からの受注", "5社に1社"], ["必要商談", "150件"]], "B3", "5,500万円"),
    "what is new is needed less what is carried over": (  # 120 − 30 = 500 × 18 %
        [["下期 必要商談・リード算出"], ["受注目標", "36件"], ["受注率", "30%"], ["必要商談数", "120件"], ["（−）上期からの繰越商談", "30件"],
         ["新たに作る商談", "90件"], ["商談化率", "18%"], ["獲得すべきリード", "500件"]], "B6", "100件"),
    "of what is new, the deals and the meetings want the same": (  # 48 ÷ 24 % = 500 × 40 %
        [["2026年度 必要商談数の逆算"], ["売上目標", "7,200万円"], ["平均単価", "120万円"], ["必要受注件数", "60件"],
         ["前期繰越案件からの受注見込", "12件"], ["今期新規で必要な受注件数", "48件"], ["受注率（新規商談→受注）", "24%"], ["新規商談件数", "200件"],
         ["商談化率（アポ→商談）", "40%"], ["アポ件数", "500件"]], "B8", "250件"),
    "less the pipeline carried over, in English": (  # 200 − 40 = 1,600 × 10 %
        [["Q3 goal"], ["Opportunities needed", 200], ["Carried over from Q2", 40], ["New opportunities", 160], ["Lead to opportunity", "10%"],
         ["Leads", 1_600]], "B4", 180),
    "a line of a bill is its price × how many, as on the others": (  # 3 × 40,000
        [["見積 2026年度の目標"], ["品目", "数量", "単価", "金額"], ["設計", 2, 80_000, 160_000], ["書式", 1, 50_000, 50_000], ["組込", 3, 40_000, 120_000],
         ["画面", 6, 35_000, 210_000], ["検証", 4, 25_000, 100_000], ["合計", None, None, 640_000]], "D5", 156_000),
}  # fmt: skip


@pytest.mark.parametrize("kind", CAUSES)
def test_the_cell_is_blamed_that_other_figures_want_otherwise(kind: str) -> None:
    rows, cell, wrong = CAUSES[kind]
    assert codes(check(*rows)) == []
    assert [where for _, where in codes(check(*typed(rows, cell, wrong)))] == [cell]


def test_parts_in_columns_beside_their_whole_are_added_up() -> None:
    """3,500 + 1,500 = 5,000."""
    rows: Rows = [["単位：万円"], ["事業部", "売上目標", "うち既存", "うち新規", "受注数"], ["東日本", 5_000, 3_500, 1_500, 30],
                  ["西日本", 4_200, 3_000, 1_200, 25], ["九州", 2_600, 1_700, 900, 18]]  # fmt: skip
    assert codes(check(*rows)) == []
    assert codes(check(*typed(rows, "B4", 4_500))) == [("F01", "B4")]


@pytest.mark.parametrize("margin", ["（1割増し）", "（余裕をみて）"])
def test_a_count_with_a_margin_is_what_goes_on(margin: str) -> None:
    """48 ÷ 24 % is 200; 10 % more are 220, and these need 220 ÷ 40 %."""
    rows: Rows = [
        ["2026年度 目標"],
        ["必要受注数", 48],
        ["受注率", "24%"],
        [f"必要商談数{margin}", 220],
        ["リード商談化率", "40%"],
        ["リード数", 550],
    ]
    assert codes(check(*rows)) == []


def test_one_part_alone_says_nothing_of_the_rest() -> None:
    assert (
        codes(
            check(
                ["リード目標"], ["リード", 1_200], ["　うち有効リード", 600], ["商談化率", "20%"], ["商談", 120], ["受注", 30]
            )
        )
        == []
    )
