"""Formulas that are those beside them but for one thing, formulas that labels spell out, and what only looks like either."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, check, named, typed

# name: (a right sheet, the wrong cell and what is typed there)
SLIPS: dict[str, tuple[Rows, str, Any]] = {
    "a quarter for the half that it is part of": (
        [["", "1Q", "2Q", "上期", "3Q", "4Q", "下期", "通期"],
         ["受注件数", 20, 24, "=B2+C2", 28, 32, "=E2+F2", "=D2+G2"],
         ["商談件数", 100, 120, "=B3+C3", 140, 160, "=E3+F3", "=D3+G3"],
         ["リード件数", 500, 600, "=B4+C4", 700, 800, "=E4+F4", "=D4+G4"]],
        "H4", "=D4+F4"),
    "the rate of the block beside": (
        [["New", None, None, "Upsell"], ["Revenue goal", 300_000, None, "Revenue goal", 120_000], ["Deal size", 10_000, None, "Deal size", 4000],
         ["Deals", "=B2/B3", None, "Deals", "=E2/E3"], ["Win rate", 0.2, None, "Win rate", 0.4], ["Opportunities", "=B4/B5", None, "Opportunities", "=E4/E5"]],
        "E6", "=E4/B5"),
    "planned deals under actual ones": (
        [["目標", None, None, "実績"], ["リード", 500, None, "リード", 450], ["商談", 100, None, "商談", 80], ["受注", 25, None, "受注", 20],
         ["商談化率", "=B3/B2", None, "商談化率", "=E3/E2"], ["受注率", "=B4/B3", None, "受注率", "=E4/E3"]],
        "E6", "=E4/B3"),
    "rounded to the nearest where all are rounded up": (
        [["All counts rounded up"], ["", "Jan", "Feb", "Mar", "Apr"], ["Deals", 7, 8, 9, 10], ["Win rate", 0.3, 0.3, 0.3, 0.3],
         ["Opportunities", "=ROUNDUP(B3/B4,0)", "=ROUNDUP(C3/C4,0)", "=ROUNDUP(D3/D4,0)", "=ROUNDUP(E3/E4,0)"]],
        "E5", "=ROUND(E3/E4,0)"),
    "not rounded where all are": (
        [["支店", "受注", "受注率", "商談"], ["東京", 7, 0.3, "=ROUNDUP(B2/C2,0)"], ["大阪", 8, 0.3, "=ROUNDUP(B3/C3,0)"], ["福岡", 9, 0.4, "=ROUNDUP(B4/C4,0)"],
         ["札幌", 5, 0.3, "=ROUNDUP(B5/C5,0)"]],
        "D5", "=B5/C5"),
    "growth twice": (
        [["成長率", 1.2], ["", "前期実績", "今期目標"], ["売上", 15_000, "=B3*$B$1"], ["受注数", 75, "=B4*$B$1"], ["商談数", 300, "=B5*$B$1"], ["リード数", 2000, "=B6*$B$1"]],
        "C6", "=B6*$B$1*$B$1"),
    "multiplied at the end of a row that divides": (
        [["", "Jan", "Feb", "Mar"], ["Deals", 10, 12, 15], ["Win rate", 0.25, 0.25, 0.25], ["Opportunities", "=B2/B3", "=C2/C3", "=D2/D3"]],
        "D4", "=D2*D3"),
    "upside down in the first month": (
        [["", "4月", "5月", "6月"], ["リード", 400, 500, 600], ["商談", 80, 100, 150], ["商談化率", "=B3/B2", "=C3/C2", "=D3/D2"]],
        "B4", "=B2/B3"),
    "a label that spells its formula out": (
        [["Quarter target", 1_500_000], ["Closed to date", 600_000], ["Gap to target", "=B1-B2"], ["Coverage ratio", 3],
         ["Pipeline needed (gap x coverage)", "=B3*B4"], ["Open pipeline", 2_100_000], ["Pipeline shortfall", "=B5-B6"]],
        "B5", "=B1*B4"),
    "calls per meeting, typed once below the months": (
        [["", "10月", "11月", "12月", "計"], ["商談数", 24, 24, 32, "=SUM(B2:D2)"], ["架電数", 480, 480, 640, "=SUM(B3:D3)"], [None], ["前提"], ["1商談あたり架電数", 20]],
        "C3", 400),
    "percentages beside points": (
        [["Metric", 2025, 2026, "Change"], ["Revenue", 2760, 3520, "=C2/B2-1"], ["Deals", 92, 110, "=C3/B3-1"], ["Win rate", 0.23, 0.25, "=C4-B4"],
         ["Opportunities", 400, 440, "=C5/B5-1"], ["Leads", 4000, 5000, "=C6/B6-1"]],
        "D5", "=C5/B4-1"),
    "a hundred for a thousand between the units of a column": (
        [["項目", "値", "単位"], ["年間売上", 240, "百万円"], ["月間売上", "=B2*1000/12", "千円"], ["受注単価", 200, "万円"], ["年間受注件数", "=B2*100/B4", "件"]],
        "B3", "=B2*100/12"),
    "a mean among totals": (
        [["", "4月", "5月", "6月", "計"], ["受注", 10, 12, 14, "=SUM(B2:D2)"], ["商談", 50, 60, 70, "=SUM(B3:D3)"], ["リード", 400, 500, 560, "=SUM(B4:D4)"]],
        "E3", "=AVERAGE(B3:D3)"),
    "another column in the last row": (
        [["Region", "Goal", "Forecast", "Gap", "Gap %"], ["North", 100, 90, "=B2-C2", "=D2/B2"], ["South", 80, 70, "=B3-C3", "=D3/B3"], ["East", 60, 50, "=B4-C4", "=D4/B4"]],
        "E4", "=D4/C4"),
    "a year's meetings for a week's": (
        [["Meetings a year", 480], ["Working weeks", 48], ["Meetings a week", "=B1/B2"], ["Reps", 5], ["Meetings a week per rep", "=B3/B4"]],
        "B5", "=B1/B4"),
    "all of the year by the months that are left": (
        [["年間目標", 1200], ["上期実績", 500], ["残り", "=B1-B2"], ["残月数", 6], ["月あたり必要", "=B3/B4"]],
        "B5", "=B1/B4"),
    "products without the last plan": (
        [["Plan", "Price", "Deals"], ["S", 10, 20], ["M", 25, 12], ["L", 60, 5], ["Revenue", "=SUMPRODUCT(B2:B4,C2:C4)"], ["Revenue goal", 900], ["Gap", "=B6-B5"]],
        "B5", "=SUMPRODUCT(B2:B3,C2:C3)"),
    "the cost of what the line is called": (
        [["広告費(円)", 1_200_000], ["展示会費(円)", 3_000_000], ["広告リード", 300], ["展示会リード", 500], ["広告リード単価", "=B1/B3"], ["展示会リード単価", "=B2/B4"]],
        "B6", "=B1/B4"),
    "the price of the other product": (
        [["商品A 件数", 10], ["商品A 単価", 50], ["商品B 件数", 20], ["商品B 単価", 30], ["売上A", "=B1*B2"], ["売上B", "=B3*B4"], ["売上計", "=B5+B6"]],
        "B6", "=B3*B2"),
    "growth of the year before last": (
        [["", "FY24", "FY25", "FY26", "FY27"], ["Revenue", 100, "=B2*(1+C3)", "=C2*(1+D3)", "=D2*(1+E3)"], ["Growth", None, 0.1, 0.2, 0.15]],
        "E2", "=C2*(1+E3)"),
    "a month that is a tenth of its year": (
        [["年間受注", 120], ["月間受注", "=B1/12"], ["年間商談", 480], ["月間商談", "=B3/12"], ["年間リード", 2400], ["月間リード", "=B5/12"]],
        "B6", "=B5/10"),
    "half a year as the year beside it": (
        [["区分", "月額", "半期", "年額"], ["基本", 10, "=B2*6", "=B2*12"], ["追加", 5, "=B3*6", "=B3*12"], ["保守", 3, "=B4*6", "=B4*12"]],
        "C4", "=B4*12"),
    "the share of the line above": (
        [["予算", 1000], ["配分", "率", "額"], ["広告", 0.4, "=$B$1*B3"], ["展示会", 0.35, "=$B$1*B4"], ["その他", 0.25, "=$B$1*B5"], ["計", "=SUM(B3:B5)", "=SUM(C3:C5)"]],
        "C5", "=$B$1*B4"),
    "a return on the sales": (
        [["施策", "費用", "売上", "ROI"], ["展示会", 300, 900, "=(C2-B2)/B2"], ["広告", 200, 500, "=(C3-B3)/B3"], ["セミナー", 100, 250, "=(C4-B4)/B4"]],
        "D4", "=(C4-B4)/C4"),
    "with tax of the line above, which has it": (
        [["税率", 0.1], ["商品", "税抜", "税込"], ["売上A", 100, "=B3*(1+$B$1)"], ["売上B", 200, "=B4*(1+$B$1)"], ["売上C", 300, "=B5*(1+$B$1)"]],
        "C5", "=C4*(1+$B$1)"),
    "a total that begins late": (
        [["Leads", "Apr", "May"], ["Ads", 100, 120], ["Events", 80, 90], ["SEO", 70, 70], ["Total", "=SUM(B2:B4)", "=SUM(C2:C4)"]],
        "B5", "=SUM(B3:B4)"),
}  # fmt: skip

RIGHT: dict[str, Rows] = {
    "points among growths": [
        ["Metric", 2025, 2026, "Change"], ["Revenue", 2760, 3520, "=C2/B2-1"], ["Deals", 92, 110, "=C3/B3-1"], ["Win rate", 0.23, 0.25, "=(C4-B4)*100"],
        ["Opportunities", 400, 440, "=C5/B5-1"], ["Leads", 4000, 5000, "=C6/B6-1"]],
    "leads of a fair on top, as a note says": [
        ["", "Q1", "Q2", "Q3", "Q4"], ["Visits", 40_000, 42_000, 41_000, 45_000], ["Visit-to-lead", 0.02, 0.02, 0.02, 0.02],
        ["Leads", "=B2*B3", "=C2*C3", "=D2*D3+300", "=E2*E3"], ["Note", None, None, "incl. 300 leads from the trade fair"]],
    "less for the holidays, as a note says": [
        ["", "Q1", "Q2", "Q3", "Q4"], ["Leads", 800, 900, 1000, 900], ["Rate", 0.2, 0.2, 0.2, 0.2], ["Meetings", "=B2*B3", "=C2*C3", "=D2*D3-20", "=E2*E3"],
        ["Q3: minus 20 for the holidays"]],
    "units of a column": [
        ["項目", "値", "単位"], ["年間売上", 240, "百万円"], ["月間売上", 20_000, "千円"], ["受注単価", 200, "万円"], ["年間受注件数", 120, "件"], ["月間受注件数", 10, "件"]],
    "two steps that branch off one": [
        ["申込数", 180], ["参加率", 0.65], ["アンケート回答率", 0.4], ["商談化率", 0.15], ["受注率", 0.3], ["結果"],
        ["参加者", "=B1*B2"], ["回答", "=B7*B3"], ["商談", "=B7*B4"], ["受注", "=B9*B5"]],
    "one rate for two blocks": [
        ["New", None, None, "Upsell"], ["Revenue goal", 300_000, None, "Revenue goal", 120_000], ["Deal size", 10_000, None, "Deal size", 4000],
        ["Deals", "=B2/B3", None, "Deals", "=E2/E3"], ["Win rate", 0.2], ["Opportunities", "=B4/B5", None, "Opportunities", "=E4/B5"]],
    "growth of one, two and three years": [
        ["Growth", 0.1], ["", 2025, 2026, 2027, 2028], ["Revenue", 1000, "=B3*(1+$B$1)", "=B3*(1+$B$1)*(1+$B$1)", "=B3*(1+$B$1)*(1+$B$1)*(1+$B$1)"]],
    "what is there at the end of a half, and a mean": [
        ["", "1Q", "2Q", "上期", "3Q", "4Q", "下期", "通期"], ["売上", 5, 6, "=B2+C2", 7, 8, "=E2+F2", "=D2+G2"], ["受注", 2, 2, "=B3+C3", 3, 3, "=E3+F3", "=D3+G3"],
        ["期末顧客数", 20, 22, "=C4", 25, 28, "=F4", "=G4"], ["平均人員", 4, 4, "=AVERAGE(B5:C5)", 5, 5, "=AVERAGE(E5:F5)", "=AVERAGE(D5,G5)"]],
    "a month of new people, as a remark says": [
        ["", "10月", "11月", "12月", "計"], ["商談数", 24, 24, 32, "=SUM(B2:D2)"], ["架電数", 480, 500, 640, "=SUM(B3:D3)"], [None],
        ["1商談あたり架電数", 20], ["備考", "11月は新人のため多め"]],
    "heads are a mean where the others are totals": [
        ["", "4月", "5月", "6月", "計"], ["売上", 400, 500, 600, "=SUM(B2:D2)"], ["受注", 80, 100, 150, "=SUM(B3:D3)"], ["在籍営業人数", 5, 5, 6, "=AVERAGE(B4:D4)"]],
    "the last quarter takes what is left over": [
        ["", "Q1", "Q2", "Q3", "Q4"], ["Target", 333, 333, 333, 334], ["Price", 10, 10, 10, 10],
        ["Deals", "=ROUND(B2/B3,0)", "=ROUND(C2/C3,0)", "=ROUND(D2/D3,0)", "=ROUNDUP(E2/E3,0)"]],
    "a mean of the year, and what each month still needs": [
        ["年間目標", 1200], ["上期実績", 500], ["残り", "=B1-B2"], ["残月数", 6], ["月平均目標", "=B1/12"], ["月あたり必要", "=B3/B4"]],
    "capacity by those who are there at the end": [
        ["", "Q1", "Q2", "Q3", "Q4"], ["Reps start", 5, 6, 8, 9], ["Reps end", 6, 8, 9, 9], ["Quota", 100, 100, 100, 100], ["Capacity", "=B2*B4", "=C2*C4", "=D2*D4", "=E3*E4"]],
    "cost of a lead where there are no deals": [
        ["Channel", "Spend", "Leads", "Deals", "Cost"], ["Ads", 5000, 200, 10, "=B2/D2"], ["SEO", 3000, 150, 12, "=B3/D3"], ["Brand", 2000, 90, 0, "=B4/C4"]],
    "what was carried over isn't new": [
        ["Leads", "Apr", "May"], ["Carried over", 30, 0], ["Ads", 80, 90], ["SEO", 70, 70], ["New", "=SUM(B3:B4)", "=SUM(C3:C4)"]],
    "a setup fee, as a note says": [
        ["Plan", "Price", "Deals", "Revenue"], ["S", 10, 5, "=B2*C2"], ["M", 20, 6, "=B3*C3"], ["L", 40, 3, "=B4*C4+100"], ["L includes a setup fee of 100"]],
    "a year that begins as its first quarter": [
        ["", "Q1", "Q2", "Q3", "FY27"], ["Opening ARR", 6400, "=B5", "=C5", "=B2"], ["New logo", 480, 540, 510, "=SUM(B3:D3)"], ["Churn", 128, 140, 135, "=SUM(B4:D4)"],
        ["Closing ARR", "=B2+B3-B4", "=C2+C3-C4", "=D2+D3-D4", "=E2+E3-E4"]],
    "one pipeline for all sources, held by no $": [
        ["Orders", None, 3000], ["Coverage", None, "3x"], ["Pipeline to create", None, 9000], ["Source", "Mix", "Pipeline $k", "ASP $k", "Opps"],
        ["Outbound", 0.35, "=B5*C3", 60, "=C5/D5"], ["Inbound", 0.3, "=B6*C3", 45, "=C6/D6"], ["Partners", 0.2, "=B7*C3", 75, "=C7/D7"], ["Own", 0.15, "=B8*C3", 50, "=C8/D8"]],
    "units at the end, of those before, and those that each owner brings": [
        ["期首", 1840], ["解約", "=-ROUND(B1*0.05,0)"], ["新規受託", "=B5*B6"], ["期末戸数", "=SUM(B1:B3)"], ["新規オーナー数", 27], ["1オーナーあたり戸数", 8],
        ["面談→受託", 0.3], ["面談", "=B5/B7"]],
    "a chain that begins among its assumptions": [
        [None, None, None, None, "前提"], ["売上目標", 1000, None, None, "売上目標", 1000], ["受注数", "=F2/F3", None, None, "単価", 10], ["商談数", "=B3/F4", None, None, "受注率", 0.25],
        ["リード数", "=B4/F5", None, None, "商談化率", 0.5], ["訪問数", "=B5/F6", None, None, "リード化率", 0.02]],
    "the gap after the pipeline": [
        ["Quarter target", 1_500_000], ["Closed", 600_000], ["Gap", "=B1-B2"], ["Weighted pipeline", 300_000], ["Gap after pipeline", "=B3-B4"], ["Coverage", 3],
        ["Pipeline needed (gap after pipeline x coverage)", "=B5*B6"]],
}  # fmt: skip


@pytest.mark.parametrize("name", SLIPS)
def test_a_formula_that_is_unlike_those_beside_it_is_named(name: str) -> None:
    rows, cell, value = SLIPS[name]
    assert named(check(*rows)) == []
    assert named(check(*typed(rows, cell, value))) == [cell]


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_otherwise_on_purpose_is_silent(name: str) -> None:
    assert named(check(*RIGHT[name])) == []
