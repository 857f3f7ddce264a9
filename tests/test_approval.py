"""稟議 is one A4 in portrait, made without 現状とのギャップ too; what is looked at seldom is folded away on that sheet."""

from __future__ import annotations

import pytest

from kgisheet import api
from kgisheet.layout.model import Sheet

HEAD = """
sheets = ["{sheets}"]
title = "2026年度 Web売上目標"
total_revenue = "20億円"
web_revenue = "3億円"
deal_size = "400万円"
win_rate = "30%"
opportunity_rate = "25%"
"""
CHANNEL = '[[channel]]\nname = "広告(リスティング・ディスプレイ){}"\nshare = "{}%"\nmeeting_rate = "10%"\ncvr = "1%"\n'


def sheet(title: str, channels: int, asked: str = "approval") -> Sheet:
    plan = HEAD.format(sheets=asked) + "".join(CHANNEL.format(n, 100 / channels) for n in range(channels))
    built = api.build(api.plan_from_toml(plan, "plan.toml", "ja"), "ja")
    return next(each for each in built.book.sheets if each.title == title)


@pytest.mark.parametrize("channels", [1, 4, 8])
def test_it_is_one_page_in_portrait(channels: int) -> None:
    made = sheet("稟議", channels)
    assert (made.is_portrait, made.pages_tall) == (True, 1)
    texts = [str(item.value).strip() for item in made.items]
    for wanted in (
        "稟議書",
        "件名",
        "起案者",
        "金額",
        "目的",
        "算出根拠",
        "効果と費用",
        "リスク",
        "承認を求める事項",
        "決裁欄",
        "課長",
        "役員",
    ):
        assert wanted in texts, wanted


def test_amounts_are_written_as_people_write_them() -> None:
    """300,000,000 yen is 3億円, without a blank before what follows."""
    values = [item.value for item in sheet("稟議", 2).items]
    assert "Web売上目標 3億円" in values
    assert "Web経由の受注金額3億円(全体売上20億円のうち)を、年間で獲得します。" in values


def test_a_goal_of_a_month_is_no_goal_of_the_year_beside_it() -> None:
    """The form is for twelve months, so the amount says that it is a month's."""
    plan = api.plan_from_toml(HEAD.format(sheets="approval") + 'period = "month"\n' + CHANNEL.format(1, 100), "plan.toml", "ja")
    made = next(each for each in api.build(plan, "ja").book.sheets if each.title == "稟議")
    values = [item.value for item in made.items]
    assert "月間のWeb売上目標 3億円" in values
    assert "Web経由の受注金額3億円(全体売上20億円のうち)を、毎月獲得します。" in values


def test_three_sections_are_seen_on_the_gap_and_the_rest_is_folded() -> None:
    made = sheet("現状とのギャップ", 2, "both_ways")
    bands = [(item.row, str(item.value).strip()) for item in made.items if str(item.value).strip()[:2] in ("1.", "2.", "3.")]
    folded = [row for first, last in made.folded_rows for row in range(first, last + 1)]
    assert [text for _, text in bands] == ["1. 現状とのギャップ(期間は目標設定と同じ)", "2. 費用と回収", "3. 実行可能性"]
    assert max(row for row, _ in bands) < min(folded)
    assert not made.is_protected  # Excel opens no fold on a protected sheet
