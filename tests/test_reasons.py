"""Why a rate was chosen is typed once, on 根拠, and said on 稟議 in the place of the benchmark."""

from __future__ import annotations

import pytest

from kgisheet import api
from kgisheet.layout.model import Sheet

WHY = "2025年度の実績(案件40件のうち12件)"


def sheets(*settings: str, lang: str = "ja") -> dict[str, Sheet]:
    plan = api.plan_from_example(lang, list(settings))
    return {each.title: each for each in api.build(plan, lang).book.sheets}


def beside(sheet: Sheet, label: str) -> str:
    """What a line says on its right."""
    (row,) = {item.row for item in sheet.items if str(item.value) == label}
    return str(max((item for item in sheet.items if item.row == row), key=lambda item: item.col).value or "")


def test_there_is_a_place_for_the_reason_of_each_rate() -> None:
    names = api.build(api.plan_from_example("ja", []), "ja").book.names
    reasons = ["win_rate_reason", "opportunity_rate_reason", "meeting_rate_reason", "cvr_reason"]
    assert [names[each].sheet for each in reasons] == ["根拠"] * 4


def test_the_approval_says_the_reason_where_there_is_one_and_else_the_benchmark() -> None:
    form = sheets(f"win_rate_reason={WHY}")["稟議"]
    assert (beside(form, "受注率"), beside(form, "案件化率")) == (WHY, "目安 40〜60%")


@pytest.mark.parametrize(("why", "said"), [("", ""), (WHY, WHY)])
def test_another_rate_has_no_benchmark_but_its_reason(why: str, said: str) -> None:
    """③ skipped: 商談受注率 is not the rate of the 20–40 %."""
    form = sheets("opportunity_stage=skip", *([f"win_rate_reason={why}"] if why else []))["稟議"]
    assert beside(form, "商談受注率") == said


def test_the_reasons_come_back_as_a_plan() -> None:
    data = api.workbook(api.plan_from_example("ja", [f"win_rate_reason={WHY}"]), "ja")
    text, *_ = api.extract(data, "b.xlsx")
    assert f'win_rate_reason = "{WHY}"' in text
