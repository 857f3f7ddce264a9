"""The words that all worksheets share: choices, states, counters.

A template adds its own words to these. An expression names a word by its key,
in single quotes (``rounding = 'up'``), so that one expression serves both
languages.
"""

from __future__ import annotations

from .text import Text

LANGUAGES = ("ja", "en")

# The keys of PERIOD, UNITS, ROUNDING, SCENARIO, START_FROM and STAGE_USE are what a plan file says; the texts
# are what the cell in the workbook says.
PERIOD = {"year": Text("年間", "year"), "month": Text("月間", "month")}

UNITS = {
    "円": Text("円", "yen"),
    "千円": Text("千円", "thousand yen"),
    # No commas: a list of choices in a workbook is parted by them.
    "万円": Text("万円", "man-yen"),
    "百万円": Text("百万円", "million yen"),
    "億円": Text("億円", "oku-yen"),
}

ROUNDING = {
    "up": Text("切り上げ", "up"),
    "down": Text("切り捨て", "down"),
    "nearest": Text("四捨五入", "nearest"),
    "none": Text("なし", "none"),
}

SCENARIO = {
    "optimistic": Text("強気", "optimistic"),
    "standard": Text("標準", "standard"),
    "pessimistic": Text("弱気", "pessimistic"),
}

START_FROM = {"revenue": Text("売上目標", "revenue"), "deals": Text("月の受注数", "deals per month")}
STAGE_USE = {"use": Text("使う", "used"), "skip": Text("省く", "skipped")}

SCENARIO_CELL = "scenario"
"""The switch that multiplies the rates; a workbook without the sheet of its multipliers has none."""

CHOICES = {
    "period": PERIOD,
    "display_unit": UNITS,
    "rounding": ROUNDING,
    SCENARIO_CELL: SCENARIO,
    "start_from": START_FROM,
    "opportunity_stage": STAGE_USE,
}

# A mark and a word, never colour alone. The Japanese marks are in every
# Japanese font; a tick is not.
STATES = {
    "ok": Text("○ OK", "✓ OK"),
    "bad": Text("× 要確認", "✗ Check"),
    "open": Text("― 未入力", "– To fill in"),
    "unused": Text("― 対象外", "– Not used"),
    "below": Text("目安より低い", "below range"),
    "within": Text("目安の範囲内", "in range"),
    "above": Text("目安より高い", "above range"),
}

# What stands in the place of a figure that there can't be: nobody has typed it,
# or there is no goal to hold it against.
MARKS = {
    "untyped": Text("未入力", "not typed"),
    "no_goal": Text("―", "–"),
}

# Counters stand in number formats: 3件, 21,700回. English needs none.
COUNTERS = {
    "deals": Text("件", ""),
    "visits": Text("回", ""),
    "companies": Text("社", ""),
    "people": Text("名", ""),
    "articles": Text("本", ""),
    "months": Text("か月", " mo"),
}

# What stands between a figure and its unit: 1,200万円, but 12 million yen.
JOINTS = {
    "nothing": Text("", ""),
    "unit_gap": Text("", " "),
    "readback_mark": Text("= ", "= "),
    # Names in quotes, one after another: 「Web売上」「受注数」, and with commas where a language has them.
    "quotes_meet": Text("」「", "” “"),
    "quotes_apart": Text("」「", "”, “"),
}

# How sentences write an amount: 3億円, 約27.8万円; ¥300 million, about ¥1.25 million. ``small_digits`` are the decimals of the smaller unit.
AMOUNTS = {
    "about": Text("約", "about "),
    "yen_sign": Text("", "¥"),
    "yen_unit": Text("円", ""),
    "small_digits": Text("1", "2"),
}

FINDINGS_SHEET = Text("検査結果", "Findings")
"""The sheet that `check --annotate` adds; where the title is taken, with a number: 検査結果 (2)."""


def is_findings_sheet(title: str) -> bool:
    """Return whether a sheet is the findings list of an earlier check: it quotes labels and figures, and isn't part of the goal."""
    return any(title == name or (title.startswith(f"{name} (") and title.endswith(")")) for name in FINDINGS_SHEET)


BUILT_IN: dict[str, Text] = {
    **PERIOD,
    **UNITS,
    **ROUNDING,
    **SCENARIO,
    **START_FROM,
    **STAGE_USE,
    **STATES,
    **MARKS,
    **JOINTS,
    **AMOUNTS,
}
