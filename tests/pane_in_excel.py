"""The pane in Excel, driven by tests/web/pane.mjs with a stand-in for Office's script: what it is given, and what it must have done."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from hands import typed
from stored import places
from test_web import CHANNELS, SINGLE

from kgisheet import api
from kgisheet.web import bridge, site

TYPED = {"required_meetings": 30}
"""Typed over the formula of 40 meetings: 10 ÷ 25 %."""


def given(folder: Path) -> dict[str, str]:
    """The workbook that is open in Excel, and actuals to be pasted."""
    made = bridge.make(SINGLE, CHANNELS, "ja").book
    assert made is not None
    (folder / "open.xlsx").write_bytes(typed(made, **TYPED))
    return {
        "book": str(folder / "open.xlsx"),
        "sheet": places(made)["required_meetings"][0],
        "cell": places(made)["required_meetings"][1],
        "csv": "月\t段階\t実績\n2026-04\t商談数\t7\n",
        "policy": site.PANE_POLICY,
    }


def the_pane_works_in_excel(seen: dict[str, Any], place: str) -> None:
    """The cell is named, selected, marked and as before; actuals and a new goal sheet open as new workbooks."""
    assert (seen["findings"], seen["selected"], seen["left"]) == ([place], place, 0)
    assert (seen["marked"]["fills"], seen["unmarked"]) == ([place], [])
    assert seen["marked"]["said"].startswith("1個のセルに色を、1個にコメントを付けました")
    (opened,) = (base64.b64decode(each) for each in seen["opened"])
    assert {each.known_as: each.value for each in api.records_of_book(opened, "open.xlsx")[1]}["2026-04!actual_meetings"] == 7
    assert (seen["made"], seen["keyboard"]) == (2, True)
    assert seen["cleared"] == ["もう一度押すと、入力した数字が消えます", ""]


def the_pane_says_where_it_does_not_work(seen: dict[str, Any]) -> None:
    assert seen["texts"]["web"] == "Bring this workbook up to date"
    assert seen["texts"]["choose"].startswith("This Excel (on the web, for one) doesn't hand over the open workbook.")
    assert seen["texts"]["apart"].startswith("この画面はExcelの中で動きます。")
    assert "office.js" in seen["texts"]["missing"]


def the_pane_asks_for_offices_script_and_nothing_else(seen: dict[str, Any]) -> None:
    assert set(seen["requests"]) == {"https://appsforoffice.microsoft.com/lib/1/hosted/office.js"}
    assert seen["errors"] == []
