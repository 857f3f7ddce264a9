"""A template with nothing but what a worksheet can't do without: no base, no chain, names of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran, values

TEMPLATE = """
[template]
schema = 1
name = "mini"
title = { ja = "最小", en = "Mini" }
about = { ja = "最小", en = "Mini" }

[[section]]
key = "header"
kind = "header"
title = { ja = "基本", en = "About" }
[[section.cell]]
name = "period"
input = true
unit = "text"
label = { ja = "期間", en = "Period" }
default = "year"
[[section.cell]]
name = "start_month"
plan = "start"
input = true
unit = "month"
label = { ja = "開始月", en = "First month" }
default = "2026-04"
[[section.cell]]
name = "display_unit"
plan = "unit"
input = true
unit = "text"
label = { ja = "表示単位", en = "Unit" }
default = { ja = "万円", en = "円" }
[[section.cell]]
name = "rounding"
input = true
unit = "text"
label = { ja = "端数処理", en = "Rounding" }
default = "up"
[[section.cell]]
name = "unit_yen"
unit = "count"
label = { ja = "単位", en = "Yen per unit" }
formula = "10000"
[[section.cell]]
name = "overall"
unit = "text"
label = { ja = "総合判定", en = "Overall" }
formula = "if(orders > 0, 'row_ok', 'open')"

[words]
row_ok = { ja = "○ OK", en = "OK" }
open = { ja = "― 未入力", en = "Missing" }

[[section]]
key = "goal"
kind = "equation"
title = { ja = "目標", en = "Goal" }
equation = ["orders", "×", "unit_price", "=", "sales_goal"]
[[section.cell]]
name = "sales_goal"
input = true
required = true
unit = "currency"
label = { ja = "売上目標", en = "Sales goal" }
[[section.cell]]
name = "unit_price"
input = true
required = true
unit = "currency"
positive = true
label = { ja = "単価", en = "Price" }
[[section.cell]]
name = "orders"
unit = "count"
counter = "deals"
round = true
label = { ja = "受注数", en = "Orders" }
formula = "sales_goal / unit_price"

[roles]
web_revenue = "sales_goal"
deal_size = "unit_price"
"""
PLAN = 'template = "small.toml"\nsales_goal = "1,000万円"\nunit_price = "30万円"\n'


@pytest.fixture
def folder(tmp_path: Path, kgisheet: Callable[..., Ran]) -> Path:
    """A folder with the template, a plan and its workbook."""
    (tmp_path / "small.toml").write_text(TEMPLATE, encoding="utf-8")
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")
    ran = kgisheet("new", "plan.toml", "-o", "small.xlsx")
    assert (ran.code, ran.err) == (0, "")
    assert "\n\n" not in ran.out.decode()  # no line for a chain that isn't there
    return tmp_path


def test_it_makes_a_sound_workbook(folder: Path, kgisheet: Callable[..., Ran]) -> None:
    assert kgisheet("template", "check", "small.toml").code == 0
    # 10,000,000 ÷ 300,000 = 33.3 → 34
    assert values((folder / "small.xlsx").read_bytes())["orders"] == 34
    assert kgisheet("check", "small.xlsx").code == 0
    shown = kgisheet("show", "small.xlsx").out.decode()
    assert "Orders" in shown or "受注数" in shown
    assert kgisheet("diff", "small.xlsx", "small.xlsx").code == 0


def test_its_plan_comes_back_and_a_typed_price_is_doubted_by_its_role(folder: Path, kgisheet: Callable[..., Ran]) -> None:
    taken = kgisheet("extract", "small.xlsx").out.decode()
    assert "sales_goal = 10000000\nunit_price = 300000\n" in taken
    # A price of 30 yen: typed in 万円, as the rule of the price says whatever it is called.
    (folder / "low.toml").write_text(PLAN.replace("30万円", "30"), encoding="utf-8")
    ran = kgisheet("new", "low.toml", "-o", "low.xlsx")
    assert "30" in ran.err
    found = kgisheet("check", "low.xlsx").out.decode()
    assert "I05" in found


def test_what_it_has_not_is_said_in_words(folder: Path, kgisheet: Callable[..., Ran]) -> None:
    assert folder.exists()
    ran = kgisheet("monthly", "small.xlsx", "--dry-run")
    assert ran.code == 3
    assert "monthly" in ran.err or "月次" in ran.err
