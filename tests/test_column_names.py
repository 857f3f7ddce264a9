"""Names over columns: broken where a word ends, as long as the page has room for that."""

from __future__ import annotations

import pytest
from picturing import plans

from kgisheet.layout import names
from kgisheet.layout.build import build
from kgisheet.layout.model import pixels


@pytest.mark.parametrize(
    ("name", "room", "whole"),
    [
        ("オーガニック", 11.6, True),  # six letters of 1.92
        ("オーガニック", 11.5, False),
        ("リスティング広告", 11.6, True),  # リスティング | 広告
        ("リスティング広告", 9.6, False),  # リスティン | グ広告
        ("展示会・セミナー", 9.0, True),  # 展示会・ | セミナー
        ("展示会・セミナー", 11.6, False),  # 展示会・セミ | ナー
        ("既存顧客からの紹介", 11.6, False),  # 既存顧客から | の紹介
        ("既存顧客からの紹介", 13.5, True),  # 既存顧客からの | 紹介
        ("Search ads", 8.0, True),
        ("Advertising", 8.0, False),
        ("資料請求 A B C D", 2.5, False),  # more than three lines
    ],
)
def test_a_name_is_whole_or_broken_between_words(name: str, room: float, whole: bool) -> None:
    assert names.is_whole(name, room) is whole


def test_spare_columns_give_way_to_names() -> None:
    """メールマガジン needs 7 × 1.92 + 0.2 = 13.64, so 13.7, for a usual 11.3; 4 × 8 characters are left to the spare ones."""
    room = pixels(11.3) + pixels(13.7) + 2 * pixels(8.0)
    assert names.widths(["広告", "メールマガジン", "", ""], 11.3, 8.6, 7.0, room) == [11.3, 13.7, 8.0, 8.0]


def test_without_room_a_name_keeps_the_usual_width() -> None:
    assert names.widths(["メールマガジン"] * 2, 9.0, 8.0, 7.0, 2 * pixels(9.0)) == [9.0, 9.0]


@pytest.mark.parametrize("name", ["example.ja", "half.ja", "large.ja", "low.ja"])
def test_no_channel_is_broken_within_a_word(name: str) -> None:
    """On the page and on the approval; of nine columns (`eight`) the page has no room for オーガニック in one line."""
    plan = plans.plan(name)
    built = build(plan, "ja")
    called = {str(built.solution.at(built.solution.roles.channel_name, at)) for at in range(3)}
    for sheet in (built.book.sheets[0], next(each for each in built.book.sheets if each.title == "稟議")):
        heads = [item for item in sheet.items if item.value in called]
        assert len(heads) >= 3
        assert [item.value for item in heads if not names.is_whole(str(item.value), sheet.widths[item.col] - 0.2)] == []


def test_names_of_nine_columns_stand_beside_their_figures_on_the_approval() -> None:
    """In a column of 26 characters: オーガニック検索/資料請求1 takes 12 × 1.92 + 1.65 = 24.7."""
    sheet = next(each for each in build(plans.plan("eight.ja"), "ja").book.sheets if each.title == "稟議")
    heads = [item for item in sheet.items if str(item.value).startswith("オーガニック")]
    assert {(item.col, sheet.widths[item.col]) for item in heads} == {(1, 26.0)}
    assert [item.row for item in heads] == list(range(heads[0].row, heads[0].row + 8))
