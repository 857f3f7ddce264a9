"""A plan taken back from a workbook makes the same workbook again."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from conftest import ROOT, Ran, page_and_months, some, values

from kgisheet import api

Run = Callable[..., Ran]


@pytest.mark.parametrize(
    "sample",
    some([*sorted((ROOT / "samples").glob("*.toml")), None], 4),
    ids=lambda path: getattr(path, "stem", "example"),
)
def test_a_plan_taken_back_gives_the_same_inputs_and_results(sample: Path | None, kgisheet: Run, tmp_path: Path) -> None:
    kgisheet("new", *([str(sample)] if sample else []), "-o", "a.xlsx")
    ran = kgisheet("extract", "a.xlsx", "-o", "back.toml")
    assert (ran.code, ran.err) == (0, "")
    assert kgisheet("new", "back.toml", "-o", "b.xlsx").code == 0
    first, second = ((tmp_path / name).read_bytes() for name in ("a.xlsx", "b.xlsx"))
    assert values(first) == values(second)
    # And once more: taken back from the second, it is the same plan to the letter.
    assert api.extract(second, "b.xlsx") == (api.extract(first, "a.xlsx")[0], [])


def test_what_was_typed_since_is_in_the_plan() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(page_and_months()))
    page = workbook["目標設定"]
    page["C10"] = 0.35  # the win rate
    for cell, value in (("G15", "展示会"), ("G16", 0.1), ("G18", 0.05), ("D16", 0.15)):
        page[cell] = value
    out = io.BytesIO()
    workbook.save(out)
    text, problems = api.extract(out.getvalue(), "book.xlsx")
    assert problems == []
    plan = api.plan_from_toml(text, "back.toml", "ja")
    assert str(plan.inputs["win_rate"]) == "7/20"
    assert plan.inputs["channel_name"] == ["広告", "オーガニック", "メルマガ", "展示会"]
    assert plan.inputs["channel_cvr"][3] is None  # type: ignore[index]


def test_what_can_not_be_carried_over_is_said(kgisheet: Run, tmp_path: Path) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(page_and_months()))
    workbook["目標設定"]["C10"] = "三割"
    workbook.save(tmp_path / "odd.xlsx")
    ran = kgisheet("extract", "odd.xlsx")
    assert ran.code == 0
    assert "win_rate: Win rate (opportunity → won) “三割” can't be written in a plan" in ran.err
    assert "\nwin_rate" not in ran.out.decode()


def test_a_share_of_the_total_and_the_months_stay() -> None:
    plan = api.plan_from_example(
        "ja", ["sheets=目標設定,月次予実", "web_revenue=24%", "months.weights=ramp", "months.closed_through=2026-09"]
    )
    text, _ = api.extract(api.workbook(plan, "ja"), "x")
    assert 'web_revenue = "24%"' in text
    assert 'weights = "ramp"' in text


@pytest.mark.parametrize(("lang", "unit"), [("en", "million yen"), ("ja", "万円")])
def test_the_unit_is_written_in_the_workbooks_language(lang: str, unit: str) -> None:
    text, _ = api.extract(api.workbook(api.plan_from_example(lang, ["sheets=月次予実"]), lang), "b.xlsx")
    assert f'unit = "{unit}"' in text
    assert (
        api.plan_from_toml(text, "back.toml", lang).inputs["display_unit"] == api.plan_from_example(lang).inputs["display_unit"]
    )
