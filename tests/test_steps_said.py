"""Steps of a short list whose rates are said by name, as one in so many, or inside a label: right and silent, then with one figure wrong."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, assert_named, check, codes

# name: (a right sheet, the wrong cell and what is typed there, the right figure)
STEPS: dict[str, tuple[Rows, str, Any, Any]] = {
    "one in so many between stages of the sheet's own": (  # 1,200 ÷ 3
        [["Workshop goal"], ["Invitations sent", 6000], ["Invited to registered", "1 in 5"], ["Registered", 1200],
         ["Registered to seated", "1 in 3"], ["Seated", 400], ["Seated to buyer", "1 in 10"], ["Buyers", 40]],
        "B6", 480, 400),
    "multiplied instead of divided": (  # 90 ÷ 60 %
        [["体験会 目標"], ["入塾", 27, "名"], ["体験→入塾", "10人に3人"], ["体験", 90, "名"], ["予約→体験", "6割"], ["予約", 150, "名"],
         ["チラシ→予約", "1.5%"], ["チラシ配布", 10_000, "枚"]],
        "B6", 54, 150),
    "a rate in each label": (  # 30 ÷ 25 %
        [["項目", "計算"], ["契約社数", 30], ["デモ件数(契約率25%)", 120], ["接触件数(デモ化率20%)", 600], ["リスト件数(接触率15%)", 4000]],
        "B3", 150, 120),
    "a rate in each label, onward": (  # 900 × 40 %
        [["Goal", "Count"], ["Brochures", 4500], ["Enquiries (20% of brochures)", 900], ["Visits (40% of enquiries)", 360],
         ["Contracts (25% of visits)", 90]],
        "B4", 450, 360),
    "in words beside the figures": (  # 25 × 3
        [["", "How many", "Why"], ["New clients", 25, "$4,000 a month each"], ["Pitches", 75, "we win one in three"],
         ["Briefings", 150, "every second briefing gets a pitch"], ["Enquiries", 600, "a quarter of enquiries book a briefing"]],
        "B3", 100, 75),
    "one too many": (  # 20 ÷ 40 %
        [["採用目標"], ["入社承諾", 10], ["承諾率", "50%"], ["内定", 20], ["最終面接合格率", "40%"], ["最終面接", 50], ["一次面接通過率", "50%"],
         ["一次面接", 100], ["書類通過率", "40%"], ["応募", 250]],
        "B6", 51, 50),
    "one too few, in English": (  # 600 × 20 %
        [["Workshop goal"], ["Invitations", 6000], ["Invited to registered", "10%"], ["Registered", 600], ["Registered to seated", "20%"],
         ["Seated", 120], ["Seated to talk", "25%"], ["Talks", 30], ["Talk to order", "30%"], ["Orders", 9]],
        "B6", 119, 120),
    "in words beside the figures, in Japanese": (  # 84 ÷ 1/2
        [["段階", "目標", "目安"], ["申込", 28, "3人に1人"], ["見学", 84, "半分が見学に来る"], ["説明会予約", 168, "20人に3人"], ["広告の反応", 1120, None]],
        "B4", 210, 168),
}  # fmt: skip


@pytest.mark.parametrize("kind", STEPS)
def test_a_step_that_holds_is_silent_and_one_that_fails_names_its_cell(kind: str) -> None:
    assert_named(*STEPS[kind])


RIGHT: dict[str, Rows] = {
    "rates of one sheet that are of something else": [
        ["店舗の目標"], ["来店客数", 4000], ["リピート率", "30%"], ["会員", 900], ["満席率", "20%"], ["席", 310], ["稼働率", "45%"],
        ["便", 1300]],
    "shares of a third and a half beside days and heads": [
        ["活動目標", "月／人", "営業日", "人数", "備考"], ["架電", 1200, 20, 5, "午前30・午後30"], ["接続", 180, 20, 5, "15%"],
        ["アポ", 18, 20, 5, "接続の1割"], ["有効商談", 12, 20, 5, "アポの3分の2"]],
    "a step that goes on from what is above it and what is below": [
        ["Target", "Count", "Note"], ["Sites", 60, "1 in 4 of the list"], ["List", 240, None], ["Guests", 500, "one in five is new"],
        ["New guests", 100, "half of these come back"]],
    "each rounded up from the one before": [
        ["採用目標"], ["入社承諾", 7], ["承諾率", "60%"], ["内定", 12], ["最終面接合格率", "40%"], ["最終面接", 30], ["一次面接通過率", "45%"],
        ["一次面接", 67], ["書類通過率", "40%"], ["応募", 168]],
    "margins of an account": [
        ["目標損益", "百万円"], ["売上", 1000], ["粗利率", "30%"], ["粗利", 300], ["販管費率", "20%"], ["販管費", 200], ["営業利益率", "10%"],
        ["営業利益", 100]],
}  # fmt: skip


@pytest.mark.parametrize("kind", RIGHT)
def test_rates_of_something_else_are_silent(kind: str) -> None:
    assert codes(check(*RIGHT[kind])) == []
