"""目標設定 as people meet it: on one screen, on one A4 in type that can be read, few cells to fill in, what is wrong said on top."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
import referee
import stored
from conftest import book, page_only, some
from hands import edited
from openpyxl.utils import get_column_letter

from kgisheet import api

EIGHT = "\n".join(
    f'[[channel]]\nname = "オーガニック検索/資料請求{n}"\nshare = "12.5%"\nmeeting_rate = "25%"\ncvr = "0.8%"'
    for n in range(1, 9)
)
LARGE = f"""
title = "2026年度 全社Webマーケティング目標(改訂版)"
sheets = ["goals"]
total_revenue = "100億円"
web_revenue = "20億円"
deal_size = "850万円"
win_rate = "30%"
opportunity_rate = "45%"
{EIGHT}
"""
SCREEN = 1366 - 30 - 20  # less the row numbers and the scroll bar
PAGES = {
    "the example": lambda: page_only("standard", "ja"),
    "in English": lambda: page_only("standard", "en"),
    "without ③": lambda: page_only("short", "ja"),
    "the article's": lambda: page_only("access", "en"),
    "2 billion yen, eight long channels": lambda: api.workbook(api.plan_from_toml(LARGE, "p", "ja"), "ja"),
}


def page(kind: str) -> Any:
    return openpyxl.load_workbook(io.BytesIO(PAGES[kind]())).worksheets[0]


def pixels(sheet: Any) -> int:
    """The width of the used columns at 100 %: seven pixels a character, the padding included."""
    groups = [(each.min, min(each.max, sheet.max_column), each.width) for each in sheet.column_dimensions.values()]
    assert sorted(col for first, last, _ in groups for col in range(first, last + 1)) == list(range(1, sheet.max_column + 1))
    return sum((last - first + 1) * int(width * 7 + 0.5) for first, last, width in groups)


@pytest.mark.parametrize("kind", PAGES)
def test_it_is_on_one_screen_and_on_one_page(kind: str) -> None:
    sheet = page(kind)
    assert pixels(sheet) <= SCREEN
    tall = sum(sheet.row_dimensions[row].height or 15 for row in range(1, sheet.max_row + 1))
    assert tall * 96 / 72 <= 505  # what Excel's ribbon leaves of 768 pixels
    area = sheet.print_area.partition("!")[2].replace("$", "")
    assert area == f"A1:{get_column_letter(sheet.max_column)}{sheet.max_row}"
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight or 1) == (1, 1)


@pytest.mark.parametrize("kind", PAGES)
def test_its_type_is_at_least_nine_points_on_paper(kind: str) -> None:
    sheet = page(kind)
    paper = 297 / 25.4 * 96 - 2 * 0.3 * 96  # A4 across within its margins of 0.3 inches, in pixels
    scale = min(1, paper / pixels(sheet))
    sizes = {cell.font.size for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert min(sizes) * scale >= 9


@pytest.mark.parametrize("kind", some(list(PAGES), 3))
def test_few_cells_are_to_be_filled_in(kind: str) -> None:
    """Yellow: the goal, all revenue, the price, three rates, the deals a month instead, and four rows of each named channel."""
    sheet = page(kind)
    head = next(cell.row for row in sheet.iter_rows() for cell in row if cell.value in ("チャネル", "Channel"))
    named = [cell.column for cell in sheet[head] if cell.column > 3 and cell.value and not cell.protection.locked]
    yellow = [
        cell.coordinate
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb == "FFFFF2CC" and not cell.protection.locked and (cell.row < head or cell.column in named)
    ]
    assert len(yellow) - 4 * len(named) <= 7
    assert len(yellow) <= 40


def test_the_workbook_opens_on_it_with_four_sheets_in_front() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(api.workbook(api.plan_from_example("ja"), "ja")))
    shown = [sheet.title for sheet in workbook if sheet.sheet_state == "visible"]
    assert shown[:4] == ["目標設定", "月次予実", "稟議", "根拠"]
    assert [title for title in shown[4:] if not title.startswith("202")] == ["使い方"]
    assert workbook.active.title == "目標設定"
    assert {sheet.title: sheet.sheet_properties.tabColor.rgb for sheet in workbook.worksheets[:2]} == {"目標設定": "FFE0A800", "月次予実": "FF2E7D5B"}  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("channel_share[1]", 0.15, "× 配分の合計が90%です。あと10%を配分してください。"),
        ("channel_share[1]", 0.35, "× 配分の合計が110%です。10%減らしてください。"),
        ("deal_size", None, "― あと「受注単価」を入力してください。"),
        ("web_revenue", 60_000_000, "× Web売上が全体売上を超えています。"),
        ("win_rate", 0.25, "○ 目標に届く計画です"),
    ],
)
def test_one_sentence_says_what_is_missing_or_wrong_first(cell: str, value: Any, said: str) -> None:
    """Shares of 15 + 50 + 25 % are 90 %; 60 million of the web are above 50 million in all."""
    sheet, at = stored.places(page_only())[cell]
    data = edited(page_only(), lambda workbook: workbook[sheet].__setitem__(at, value))
    shown = referee.by_ironcalc(data)[stored.places(page_only())["status"]]
    assert str(shown).startswith(said)


def test_the_period_of_a_month_turns_the_column_beside_to_twelve_months() -> None:
    found = {each.name: each.value for each in api.records_of_book(book(period="month", sheets="goals"), "b")[1]}
    # 217 leads a month are 2,604 in twelve; of a year 217 ÷ 12 = 18.1 a month.
    assert found["leads_per_month"] == 217 * 12
    year = {each.name: each.value for each in api.records_of_book(page_only(), "b")[1]}
    assert year["leads_per_month"] == pytest.approx(217 / 12)


def test_a_small_price_is_asked_about_only_where_the_goal_takes_more_deals_than_anyone_wins() -> None:
    """¥3,000 a deal is a price; 1,200万円 ÷ ¥400 are 30,000 deals: was 400万円 meant? A goal of 1,200 yen is asked about anyway."""
    (sheet, at) = stored.places(page_only())["deal_size_readback"]
    rules = openpyxl.load_workbook(io.BytesIO(page_only()))[sheet].conditional_formatting
    (asked,) = [rule for area in rules if area.sqref == at for rule in area.rules if "10000" in rule.formula[0]]
    assert asked.formula == ["AND(ISNUMBER(deal_size),deal_size>0,deal_size<10000,web_revenue_used/deal_size>10000)"]
    assert asked.dxf.numFmt.formatCode == '@"?"'


READ_BACK = [
    # 123,456,000 isn't a whole number of 0.01億円: it is said in 万円.
    ("ja", "万円", (300_000_000, 123_456_000, 8_500), ("= 3億円", "= 12,345.6万円", "= 8,500円")),
    ("ja", "億円", (10_000_000_000, 2_345_000_000, 8_500_000), ("= 100億円", "= 23.45億円", "= 850万円")),
    ("ja", "百万円", (10_000_000_000, 32_100_000, 850_000), ("= 10,000百万円", "= 32.1百万円", "= 850千円")),
    ("ja", "円", (50_000_000, 12_345_678, 4_000_000), ("= 5,000万円", "= 約1,234.6万円", "= 400万円")),
    ("en", "億円", (10_000_000_000, 2_000_000_000, 8_500_000), ("= ¥10 billion", "= ¥2 billion", "= ¥8.5 million")),
    ("en", "千円", (48_000_000, 32_100_000, 3_000), ("= ¥48 million", "= ¥32.1 million", "= ¥3,000")),
]


@pytest.mark.parametrize(("lang", "unit", "typed", "said"), READ_BACK)
def test_an_amount_is_read_back_as_people_say_it(lang: str, unit: str, typed: tuple[int, ...], said: tuple[str, ...]) -> None:
    """850万円 beside 億円, not 8,500,000円; in the larger unit only where that is exact; the same in another engine."""
    total, web, price = typed
    data = page_only(lang=lang, unit=unit, total_revenue=str(total), web_revenue=str(web), deal_size=str(price))
    names = ("total_revenue_readback", "web_revenue_readback", "deal_size_readback")
    found = {each.name: each.value for each in api.records_of_book(data, "b")[1]}
    assert tuple(found[name] for name in names) == said
    there = referee.by_ironcalc(data)
    assert tuple(there[stored.places(data)[name]] for name in names) == said
