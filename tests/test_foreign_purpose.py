"""What a sheet is for: other papers of a company are no goal sheets though they have prices, counts and sums; a goal makes them one."""

from __future__ import annotations

import pytest
from foreign.sheets import Rows, check, codes

PAPERS: dict[str, Rows] = {
    "a quote": [
        ["御 見 積 書"], ["品目", "数量", "単価", "金額"], ["ディレクション", 2, 80_000, 160_000], ["問い合わせフォーム", 1, 50_000, 50_000],
        ["CMS組み込み", 3, 40_000, 120_000], ["デザイン", 6, 35_000, 210_000], ["動作検証", 4, 25_000, 100_000],
        ["合計", None, None, 640_000]],
    "an invoice": [
        ["Invoice 2024-117"], ["Item", "Qty", "Unit price", "Amount"], ["Workshop", 2, 900, 1_800], ["Licence", 12, 40, 480],
        ["Support", 3, 150, 450], ["Total", None, None, 2_730]],
    "a stocktaking": [
        ["部品棚卸表"], ["品番", "帳簿数", "実地数", "差異", "単価"], ["A-1", 120, 118, -2, 350], ["A-2", 80, 80, 0, 1_200],
        ["A-3", 45, 47, 2, 90]],
    "minutes of a meeting with its table": [
        ["販売会議 議事録"], ["出席", "今井、田代"], ["エリア", "売上（万円）", "前年（万円）", "増減（万円）"], ["東日本", 2_106, 1_987, 119],
        ["西日本", 1_873, 1_902, -29], ["通販", 833, 766, 67], ["計", 4_812, 4_655, 157]],
    "a day in production": [
        ["生産日報 1号ライン"], ["時間帯", "生産数", "不良数", "不良率"], ["9-10", 200, 4, "2%"], ["10-11", 250, 5, "2%"],
        ["11-12", 300, 3, "1%"], ["計", 750, 12, "1.6%"]],
    "what is owed, by its age": [
        ["売掛金 年齢調べ表"], ["得意先", "残高", "期日前", "期日後"], ["青山商会", 500, 300, 200], ["石川物産", 400, 400, 0],
        ["計", 900, 700, 200], ["構成比", "100%", "77.8%", "22.2%"], ["引当率", None, "1%", "5%"]],
    "a list of deals": [
        ["Opp ID", "Account", "Stage", "Amount", "FX", "Amount USD"], ["006-1", "Alder", "Proposal", 100, 1.2, 120],
        ["006-2", "Bexley", "Closed Won", 200, 1.1, 220], ["006-3", "Corvid", "Discovery", 300, 1.2, 360],
        ["006-4", "Dunmore", "Closed Won", 400, 1.1, 440]],
    "weights against the one that was set": [
        ["Fill weight, target 500 g"], ["Group", "x1", "x2", "x3", "Mean"], [1, 501, 502, 500, 501], [2, 499, 500, 501, 500],
        [3, 498, 500, 502, 500], [4, 503, 501, 502, 502]],
}  # fmt: skip


@pytest.mark.parametrize("kind", PAPERS)
def test_another_paper_is_not_called_checked(kind: str) -> None:
    report = check(*PAPERS[kind])
    assert (report.status, codes(report), report.readings) == ("incomplete", [], ())


GOALS: dict[str, Rows] = {
    "a register of deals that ends in a goal": [
        ["案件台帳から下期の目標"], ["受注目標", 12], ["受注率", "30%"], ["必要商談数", 40], ["アポからの商談化率", "50%"], ["必要アポ数", 80]],
    "a price list with the revenue that is aimed at": [
        ["Revenue goal by licence (price list 2026)"], ["Licence", "Price", "Units", "Revenue"], ["Starter", 1_200, 180, 216_000],
        ["Team", 4_800, 95, 456_000], ["Site", 9_600, 30, 288_000], ["Total", None, 305, 960_000]],
    "stages without the word goal": [["受注", 12], ["受注率", "30%"], ["商談", 40], ["アポ率", "50%"], ["アポ", 80]],
    "calls of a week in a report with what was planned": [
        ["営業週報"], ["", "計画", "実績"], ["架電数", 400, 380], ["アポ数", 20, 19], ["商談数", 10, 9], ["アポ率", "5%", "5%"]],
}  # fmt: skip


@pytest.mark.parametrize("kind", GOALS)
def test_goals_are_checked_whatever_paper_they_are_on(kind: str) -> None:
    report = check(*GOALS[kind])
    assert codes(report) == []
    assert report.status == "ok" or report.explained is not None


def test_what_is_wrong_on_another_paper_is_told_all_the_same() -> None:
    """3 × 40,000 = 120,000."""
    rows = [list(each) for each in PAPERS["a quote"]]
    rows[4][3] = 156_000
    assert [where for _, where in codes(check(*rows))] == ["D5"]


def test_a_law_that_holds_for_whole_years_alone_is_none_where_the_formula_says_more() -> None:
    """4,860,000 ÷ 15 a year; of 2,385,000 ÷ 6 only seven months."""
    rows: Rows = [["固定資産台帳（減価償却）"], ["名称", "取得価額", "耐用年数", "償却率", "月数", "当期償却"]]
    for at, (price, life, rate, months) in enumerate(
        [
            (4_860_000, 15, 0.067, 12),
            (12_400_000, 10, 0.1, 12),
            (1_380_000, 10, 0.1, 12),
            (2_385_000, 6, 0.167, 7),
            (870_000, 5, 0.2, 12),
        ],
        start=3,
    ):
        rows.append([f"設備{at}", price, life, rate, months, f"=ROUNDDOWN(B{at}*D{at}*E{at}/12,0)"])
    assert codes(check(*rows)) == []


def test_what_holds_elsewhere_by_chance_blames_no_rate_that_is_right() -> None:
    """The margins are gross profit ÷ revenue; that the first three are also cost ÷ overheads means nothing."""
    rows: Rows = [
        ["事業部損益計画(百万円)"], ["科目", "上期", "下期", "通期", "前期"], ["ライセンス", 120, 150, 270, 235], ["導入支援", 60, 66, 126, 130],
        ["売上高 計", 180, 216, 396, 365], ["クラウド費", 22, 26, 48, 44], ["外注費", 38, 40, 78, 84], ["原価 計", 60, 66, 126, 128],
        ["売上総利益", 120, 150, 270, 237], ["粗利率", "66.7%", "69.4%", "68.2%", "64.9%"], ["人件費", 70, 74, 144, 128],
        ["広告宣伝", 14, 16, 30, 24], ["その他", 6, 6, 12, 11], ["販管費 計", 90, 96, 186, 163], ["営業利益", 30, 54, 84, 74],
    ]  # fmt: skip
    assert codes(check(*rows)) == []
    rows[9][4] = "69.4%"
    assert [where for _, where in codes(check(*rows))] == ["E10"]
