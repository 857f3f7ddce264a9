"""The samples of goal sheets that were never ours give what their README says, by the library and by the command."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from conftest import ROOT, Ran

from kgisheet import api
from kgisheet.check.finding import CODES

sys.path.insert(0, str(ROOT / "samples" / "foreign"))
from make import SAMPLES, made  # the samples' maker is a program beside them

Run = Callable[..., Ran]
HERE = ROOT / "samples" / "foreign"


def values(data: bytes) -> list[list[Any]]:
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    return [[cell.value for cell in row] for row in workbook.worksheets[0].iter_rows()]


EXPECTED: dict[str, tuple[str, list[tuple[str, str, str | None]]]] = {
    "1-list.xlsx": ("ok", []),
    "2-workshop-page.xlsx": ("ok", [("note", "I01", "F3"), ("note", "X05", "E11")]),
    "3-channel-table.xlsx": ("findings", [("note", "I01", "B1"), ("error", "F01", "D7")]),
    "4-goal-screen.xlsx": ("findings", [("error", "F01", "D5"), ("error", "S09", "A15")]),
    "5-english.xlsx": ("findings", [("note", "C02", None), ("error", "I05", "C5")]),
    "6-fiscal-year.xlsx": ("ok", [("note", "C02", None)]),
    "7-article.xlsx": ("ok", [("note", "S12", "B4"), ("note", "I01", "B11")]),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_the_samples_give_what_their_readme_says(name: str) -> None:
    report = api.check((HERE / name).read_bytes(), name)
    status, expected = EXPECTED[name]
    found = [(each.severity, each.code, each.cell) for each in report.findings]
    assert found.count(("note", "S12", None)) == 1
    assert (report.status, [each for each in found if each != ("note", "S12", None)]) == (status, expected)
    assert report.template is None
    assert name in (HERE / "README.md").read_text(encoding="utf-8")


def test_the_samples_are_what_their_maker_makes() -> None:
    assert set(SAMPLES) == set(EXPECTED) == {each.name for each in HERE.glob("*.xlsx")}
    for name, draw in SAMPLES.items():
        assert values(made(draw)) == values((HERE / name).read_bytes()), name
        assert made(draw) == made(draw)


def test_the_screen_of_the_source_is_wrong_in_every_month_and_said_once() -> None:
    report = api.check((HERE / "4-goal-screen.xlsx").read_bytes(), "x")
    finding = next(each for each in report.findings if each.code == "F01")
    assert (finding.found, finding.expected, len(finding.affected)) == (20, 2000, 10)
    assert finding.message.ja.startswith(
        "1月のサイト訪問数が20回になっています。1月のCV数20件÷1月のCV率1%で、2,000回のはずです"
    )
    assert next(each for each in report.findings if each.code == "S09").message.ja == "12月がありません(月は11か月分)"


def test_what_was_read_is_listed_with_its_unit() -> None:
    report = api.check((HERE / "1-list.xlsx").read_bytes(), "x")
    first = report.readings[0]
    assert (first.name, first.label, first.value, first.shown) == (
        "total_revenue",
        "全体売上",
        50_000_000,
        "5,000万円 → 50,000,000円",
    )
    names = {each.name for each in api.check((HERE / "2-workshop-page.xlsx").read_bytes(), "x").readings}
    assert {"web_revenue", "channel_leads[2]", "channel_meetings[3]", "channel_visits[1]"} <= names


def test_the_command(kgisheet: Run) -> None:
    ran = kgisheet("check", str(HERE / "4-goal-screen.xlsx"), "--format", "json")
    (report,) = json.loads(ran.out)["reports"]
    assert (ran.code, report["status"], report["template"]) == (1, "findings", None)
    assert {"name": "month_leads[1]", "label": "1月のCV数", "sheet": "目標設定", "cell": "B5", "value": 20} in report["read"]
    assert kgisheet("check", str(HERE / "1-list.xlsx")).code == 0


def test_every_code_given_here_stands_in_the_list() -> None:
    given_ = {each.code for name in EXPECTED for each in api.check((HERE / name).read_bytes(), name).findings}
    assert given_ <= set(CODES)
