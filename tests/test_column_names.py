"""Names over columns: broken where a word ends, as long as the page has room for that."""

from __future__ import annotations

import pytest
from picturing import plans

from kgisheet import api
from kgisheet.layout import names
from kgisheet.layout.build import build
from kgisheet.layout.model import LYING, Sheet, pixels


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


# -- many channels on the page ------------------------------------------------------

JA = "オーガニック検索,リスティング広告,メールマガジン,展示会,ウェビナー,SNS広告,ディスプレイ広告,紹介,ホワイトペーパー,比較サイト,テレアポ,パートナー"
EN = "Organic search,Search ads,Newsletter,Trade fairs,Webinars,Social ads,Display ads,Referrals,White papers,Comparison sites,Cold calls,Partners"


def page(lang: str, count: int) -> Sheet:
    """The page of so many channels of the field, each of the same share."""
    called = (JA if lang == "ja" else EN).split(",")[:count]
    head = 'sheets = ["goals"]\ntotal_revenue = "90000000"\nweb_revenue = "90000000"\ndeal_size = "4500000"\nwin_rate = "30%"\n'
    each = "".join(f'[[channel]]\nname = "{name}"\nmeeting_rate = "20%"\ncvr = "1%"\nmeetings = 15\n' for name in called)
    return build(api.plan_from_toml(head + 'opportunity_rate = "45%"\n' + each, "p.toml", lang), lang).book.sheets[0]


@pytest.mark.parametrize(
    ("lang", "count", "broken"),
    [("ja", 6, []), ("ja", 8, []), ("ja", 9, ["メールマガジン"]), ("en", 8, []), ("en", 10, [])],
)  # of nine in Japanese, one of seven letters of one word
def test_the_names_of_many_channels_are_whole_on_the_page(lang: str, count: int, broken: list[str]) -> None:
    """The columns of short names, the labels and the remarks make room for the long ones."""
    sheet = page(lang, count)
    called = (JA if lang == "ja" else EN).split(",")[:count]
    heads = [item for item in sheet.items if item.value in called]
    assert [item.value for item in heads if not names.is_whole(str(item.value), sheet.widths[item.col] - 0.2, 4)] == broken


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_twelve_channels_are_on_one_a4_at_nine_points(lang: str) -> None:
    """The least type is 10 points: 9 at a scale of 0.9, of 1183 pixels."""
    sheet = page(lang, 12)
    assert sheet.print_area is not None
    assert sum(pixels(sheet.widths[col]) for col in range(sheet.print_area[3] + 1)) <= LYING


@pytest.mark.parametrize(
    ("name", "room", "readable"),
    [
        ("オーガニック", 9.7, False),  # オーガニッ | ク
        ("オーガニック", 7.7, True),  # オーガニ | ック
        ("展示会", 4.0, False),  # 展示 | 会
        ("リスティング", 7.7, True),  # リスティ | ング
    ],
)
def test_a_broken_word_leaves_no_letter_alone(name: str, room: float, readable: bool) -> None:
    assert names.is_readable(name, room) is readable


def test_a_long_word_of_the_field_is_broken_between_its_halves() -> None:
    assert names.is_whole("ホワイトペーパー", 7.7)
    assert names.is_whole("テレアポ", 3.9)
    assert not names.is_whole("ディスプレイ", 7.7)


def test_channels_that_are_numbered_have_columns_of_one_width() -> None:
    """Eight of one name don't fit whole, so that none is: not three wide ones beside five narrow ones."""
    sheet = build(plans.plan("eight.ja"), "ja").book.sheets[0]
    assert len({sheet.widths[item.col] for item in sheet.items if str(item.value).startswith("オーガニック検索/")}) == 1
