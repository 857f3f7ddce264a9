"""Texts on a sheet that was never ours: labels in any dress, months, amounts, and what only looks like one."""

from __future__ import annotations

from typing import Any

import pytest

from kgisheet.formula.grid import held
from kgisheet.freeform.read.amounts import amount, composite, typed
from kgisheet.freeform.read.lexicon import known
from kgisheet.freeform.read.likely import likely
from kgisheet.freeform.read.words import understand


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("受注数", "won_deals"), ("② 受注数", "won_deals"), ("■ 受注数：", "won_deals"), ("受注率(案件→受注)", "win_rate"),
        ("受注率（商談→受注）", "close_rate"), ("商談受注率", "close_rate"), ("成約率", "closing_rate"), ("案件化率", "opportunity_rate"),
        ("案件化数（有効商談数）", "opportunities"), ("ＣＶ数", "leads"), ("ﾘｰﾄﾞ数", "leads"), ("CVR", "cvr"), ("CV率", "cvr"),
        ("Web以外の売上", "other_revenue"), ("web revenue (yen)", "web_revenue"), ("Average deal size", "deal_size"),
        ("必要商談数", "meetings"), ("(4) アポ獲得数", "meetings"), ("⑥訪問数", "visits"), ("Lead → meeting rate", "meeting_rate"),
        ("広告リード数", "leads"), ("リード①アポ", "meetings"), ("Number of leads", "leads"), ("Win rate (%)", "win_rate"),
    ],
)  # fmt: skip
def test_labels(text: str, field: str) -> None:
    assert understand(text).field == field


@pytest.mark.parametrize(
    "text",
    ["案件化", "受注率を上げるには案件の質が大事です", "売上を上げる", "受注残", "失注数", "リードタイム", "Sales team", "lead time",
     "前年売上", "売上原価", "売上総利益", "CV単価", "CPA", "受注日"],
)  # fmt: skip
def test_what_only_holds_a_word_is_no_label(text: str) -> None:
    assert understand(text).field == ""


@pytest.mark.parametrize(
    ("text", "field"),
    [("KPI3 受注率", "win_rate"), ("KPI③受注率", "win_rate"), ("KPI6：リード数", "leads"), ("KPI-7 受注数", "won_deals"), ("KPI 2-1 Leads", "leads"),
     ("KGI：売上目標", "revenue"), ("Step 4 Leads", "leads")],
)  # fmt: skip
def test_the_number_of_a_kpi_is_no_part_of_its_name(text: str, field: str) -> None:
    assert understand(text).field == field


def test_every_word_of_the_vocabulary_is_understood_in_any_dress() -> None:
    assert len(known()) > 200
    for word in known():
        for dress in (word, f"■ {word}：", f"③{word}", f"【{word}】", word.upper()):
            assert likely(dress), dress
            assert understand(dress).field, dress


@pytest.mark.parametrize("text", ["4月", "2026年4月", "2026-04", "2026/04", "Apr", "April", "Apr 2026", "４月", "2026年度4月"])
def test_months(text: str) -> None:
    assert understand(text).month[1] == 4


@pytest.mark.parametrize(
    ("value", "code", "number", "unit"),
    [
        ("1,200万円", "", 1200, "万円"), ("３０％", "", 30, "%"), ("約1%", "", 1, "%"), ("100件", "", 100, "件"), (0.3, "0%", 30, "%"),
        (1200, '0"万円"', 1200, "万円"), (12_000_000, '#,##0,"千円"', 12_000, "千円"), (12_345_678, '0\\.0,"万円"', 1234.5678, "万円"),
        ("¥12,000,000", "", 12_000_000, "円"), (30, '0"%"', 30, "%"), ("3割", "", 30, "%"), ("1.2億円", "", 1.2, "億円"),
    ],
)  # fmt: skip
def test_amounts(value: Any, code: str, number: float, unit: str) -> None:
    found = amount(held(value), code) if not isinstance(value, str) else typed(value)
    assert found is not None
    assert found.unit is not None
    assert (float(found.number), found.unit.text) == (number, unit)


def test_a_label_and_its_value_in_one_cell() -> None:
    for text, field, number in (
        ("受注率: 30%", "win_rate", 30),
        ("(アポ率： 10 %)", "meeting_rate", 10),
        ("リード②アポ20件", "meetings", 20),
    ):
        found = composite(text)
        assert found is not None
        assert (found.word.field, found.amount.number) == (field, number)
    assert composite("66件×30%=19.8件") is None
    assert composite("2026年4月") is None
