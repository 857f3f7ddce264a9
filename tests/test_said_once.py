"""How sentences of the sheets end, and how amounts are written: each in one way and one unit, wherever it stands on a page."""

from __future__ import annotations

import itertools
import re
from fractions import Fraction
from typing import Any

import pytest
import sentence_states
from picturing import plans
from sentence_states import State, solved

from kgisheet import api
from kgisheet.layout.build import build
from kgisheet.layout.measure import tall, wide, wrapped

STOP = re.compile(r"。|[a-z0-9)%”]\. (?=[A-Z“(])")
PARTS = ("approval_today_risk", "approval_scenario")
"""Parts of longer sentences, on the hidden sheet."""


def texts(state: State) -> list[tuple[str, str]]:
    solution = solved(state)
    cells = [cell.name for cell in solution.template.cells.values() if cell.unit == "text" and cell.formula is not None]
    each = ((name, solution.values[name]) for name in cells if name not in PARTS)
    return [(name, str(one)) for name, value in each for one in (value if isinstance(value, list) else [value]) if one]


def open_ended(text: str) -> bool:
    """Return whether a text has a full stop within, and none at its end."""
    return STOP.search(text[:-1]) is not None and not text.endswith(("。", ".", "。)", ".)"))


def test_a_text_of_two_sentences_ends_with_a_full_stop() -> None:
    """Whatever is blank or extreme, in both languages; one phrase alone (○ 計画どおり) takes none."""
    states = sentence_states.all_states(220)
    assert {f"{name}: {text}" for state in states for name, text in texts(state) if open_ended(text)} == set()


def test_a_list_of_stages_is_part_of_a_sentence() -> None:
    assert open_ended("On track up to the last month. A month is still missing for: “Leads”")
    assert open_ended("計画どおりです。途中の月が未入力の段階: 「リード数」")
    assert not open_ended("On track up to the last month. A month is still missing for: “Leads”.")


# -- amounts ---------------------------------------------------------------------

AMOUNT = re.compile(r"(約|about )?(?:¥([\d,.]+)( billion| million)?|([\d,.]+)(千兆円|億円|百万円|万円|千円|円))")
YEN = {
    "": 1, "円": 1, "千円": 10**3, "万円": 10**4, "百万円": 10**6, " million": 10**6, "億円": 10**8, " billion": 10**9,
}  # fmt: skip
PRINTED = ("amount", "purpose", "web_revenue", "deal_size", "effect", "request")


def ways(said: list[str]) -> list[tuple[str, str]]:
    """Return amounts that are the same but for rounding, and written in two ways."""
    found = {}
    for each in AMOUNT.finditer(" ".join(said)):
        about, figure, unit = each[1], (each[2] or each[4]).rstrip(".,").replace(",", ""), each[3] or each[5] or ""
        last = Fraction(YEN[unit], 10 ** len(figure.partition(".")[2])) if about else Fraction(0)
        found[each[0].rstrip(".,")] = (Fraction(figure) * YEN[unit], last)
    pairs = itertools.combinations(found.items(), 2)
    return [(a, b) for (a, (x, one)), (b, (y, other)) in pairs if abs(x - y) <= max(one, other) / 2]


def page(lang: str, unit: str, **changed: Any) -> list[str]:
    solution = solved(State("standard", lang, (("display_unit", unit), *changed.items())))
    return [str(solution.values[f"approval_{name}"]) for name in PRINTED]


def test_two_ways_of_writing_one_amount_are_found() -> None:
    assert ways(["必要な費用 約9.03百万円", "費用は9,034千円、受注1件あたり821千円です。"]) == [("約9.03百万円", "9,034千円")]
    assert ways(["cost about ¥9.79 million", "It costs ¥9,788,970, ¥915 per deal."]) == [("about ¥9.79 million", "¥9,788,970")]


@pytest.mark.parametrize("lang", sentence_states.LANGS)
@pytest.mark.parametrize("unit", ["円", "千円", "万円", "百万円", "億円"])
def test_an_amount_is_written_in_one_way_on_the_approval(unit: str, lang: str) -> None:
    """Also beside a total of an odd yen, and where a deal costs less than one of the units in which the whole cost is written."""
    totals = (None, 50_000_000, 1_234_567_891)
    goals = (12_000_000, 270_000_000, 7_654_321)
    costs = (3, 15_000, 280_000)
    said = {}
    for total, goal, cost in itertools.product(totals, goals, costs):
        changed = {
            "total_revenue": None if total is None else Fraction(total), "web_revenue": Fraction(goal), "deal_size": Fraction(2_500_000),
            "channel_cost_per_lead": [Fraction(cost)] * 3,
        }  # fmt: skip
        said[total, goal, cost] = page(lang, unit, **changed)
    assert {case: found for case, texts in said.items() if (found := ways(texts))} == {}


def test_the_costs_of_a_maker_are_in_thousands_wherever_they_stand() -> None:
    """In 百万円 a deal's 821千円 is too little to be written, so that the whole of 9,034千円 is in 千円, too: in the box of the amount as well."""
    cost = {
        "web_revenue": Fraction(270_000_000),
        "deal_size": Fraction(25_000_000),
        "channel_cost_per_lead": [Fraction(6000)] * 3,
    }
    amount, _, _, _, effect, request = page("ja", "百万円", **cost)
    found = [re.search(r"費用は?\s*(約?[\d,.]+千円)", text) for text in (amount, effect, request)]
    assert len({each and each[1] for each in found}) == 1
    assert None not in found


@pytest.mark.parametrize(
    ("unit", "ja", "en"), [("千円", "千円", "K"), ("百万円", "百万円", "M"), ("万円", "万円", "M"), ("億円", "億円", "bn")]
)
def test_the_axis_of_revenue_is_in_the_unit_of_its_table(unit: str, ja: str, en: str) -> None:
    """A goal of 3.2億円: not 億円 over a table in 千円 or 百万円."""
    for lang, wanted in (("ja", ja), ("en", en)):
        goal = "3200万円" if unit == "万円" else "3.2億円" if lang == "ja" else "3200000000"
        settings = ["sheets=all", f"unit={unit}", f"web_revenue={goal}", "total_revenue=10000000000"]
        sheet = next(each for each in build(api.plan_from_example(lang, settings), lang).book.sheets if each.charts)
        assert f'"{wanted}"' in sheet.charts[0].value_format


def test_a_tiny_difference_has_its_unit() -> None:
    """2,072,462回 × 0.65 % are 13,471.003 leads for 13,471: +0.003件, not +0.003."""
    sheet = next(each for each in build(plans.plan("large.ja"), "ja").book.sheets if each.title == "根拠")
    (row, col, gap) = next((item.row, item.col, item.value) for item in sheet.items if item.value == Fraction(3, 1000))
    assert gap == Fraction(13_471_003, 1000) - 13_471
    (crumb,) = (each for each in sheet.conditionals if (each.row, each.col) == (row, col))
    assert crumb.look == (("num_format", '+0.0#####"件";-0.0#####"件";0'),)


@pytest.mark.parametrize("lang", sentence_states.LANGS)
def test_what_a_tab_of_another_month_says_can_be_read(lang: str) -> None:
    """Two lines beside the headings, in type of ten points."""
    built = build(plans.plan(f"example.{lang}"), lang)
    place = built.places.spot("tab_month_state", 0)
    assert place is not None
    sheet = next(each for each in built.book.sheets if each.title == place.sheet)
    (item,) = (each for each in sheet.items if (each.row, each.col) == (place.row, place.col))
    room = sum(sheet.widths[col] for col in range(item.col, (item.last_col or item.col) + 1))
    said = built.solution.template.words["tab_off"].to(lang)
    assert dict(item.look).get("font_size", 10) >= 10
    assert not dict(item.look).get("shrink")
    assert tall(wrapped(said, room)) <= sheet.heights[item.row]


@pytest.mark.parametrize("name", plans.NAMES)
def test_whatever_a_channel_lacks_can_be_read_under_it(name: str) -> None:
    """Shrunk to nine points on the screen at most, also in the column where one is added; to seven where there are nine columns."""
    built = build(plans.plan(name), name.split(".")[1])
    page, words = built.book.sheets[0], built.solution.template.words
    said = [word.to(name.split(".")[1]) for key, word in words.items() if key.startswith("row_")]
    place = built.places.spot("channel_check", 0)
    assert place is not None
    columns = [page.widths[place.col + at] for at in range(8)]
    least = 7 if name.startswith("eight") else 9
    assert [each for each in said if 10 * min(1.0, (min(columns) + 0.5) / wide(each)) < least] == []
