"""`show --json`: the contract of docs/contract.md, JSON."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hands
import openpyxl
import pytest
import referee
from conftest import ROOT, Ran, more, page_only
from conftest import book as whole

Run = Callable[..., Ran]
SHEETS = "目標設定,月次予実,現状とのギャップ"
SMALL = ("--set", f"sheets={SHEETS}")
"""Of each kind of sheet one: a third of the time."""
KEYS = {"name", "label", "role", "unit", "value", "exact", "formula", "sheet", "cell"}


def book(template: str = "standard", lang: str = "ja") -> bytes:
    return whole(template, lang, sheets=SHEETS)


@pytest.fixture
def goal(tmp_path: Path) -> Callable[[str], None]:
    """Puts the workbook that `new` makes of the example into the folder, made once: what is looked at is how it is shown."""

    def put(lang: str) -> None:
        (tmp_path / "kgi-goal.xlsx").write_bytes(book(lang=lang))

    return put


def shown(kgisheet: Run, file: str, stdin: bytes = b"") -> dict[str, dict[str, Any]]:
    ran = kgisheet("show", file, "--json", stdin=stdin)
    assert ran.code == 0, ran.err
    answer = json.loads(ran.out)
    assert answer["schema_version"] == 1
    assert all(set(cell) == KEYS for cell in answer["cells"])
    names = [cell["name"] for cell in answer["cells"]]
    assert len(names) == len(set(names))
    return {cell["name"]: cell for cell in answer["cells"]}


def test_a_workbook(kgisheet: Run) -> None:
    kgisheet("new", *SMALL)
    cells = shown(kgisheet, "kgi-goal.xlsx")
    assert cells["channel_leads[2]"] | {"formula": None, "cell": None, "sheet": None} == {
        "name": "channel_leads[2]", "label": "リード数", "role": "result", "unit": "count", "value": 67, "exact": "200/3",
        "formula": None, "sheet": None, "cell": None,
    }  # fmt: skip
    assert cells["win_rate"]["label"] == "受注率(案件→受注)"
    assert (cells["win_rate"]["role"], cells["win_rate"]["unit"], cells["win_rate"]["value"]) == ("input", "rate", 0.3)
    assert cells["start_month"]["value"] == "2026-04"
    assert cells["entry_date"]["value"] == "2026-04-01"
    assert cells["rounding"]["value"] == "切り上げ"
    assert cells["target_accounts"]["value"] is None
    assert "channel_name[4]" not in cells  # a spare row
    assert cells["visits"]["formula"].startswith("=")
    assert {each["unit"] for each in cells.values()} <= {"currency", "count", "rate", "month", "date", "text"}
    workbook = openpyxl.load_workbook(io.BytesIO(book()))
    place = cells["won_deals"]
    assert workbook[place["sheet"]][place["cell"]].value == place["formula"]


@pytest.mark.long
def test_a_plan_shows_what_its_workbook_will(kgisheet: Run, tmp_path: Path) -> None:
    """In the sweep, one with its months' tabs too."""
    for number, sample in enumerate(sorted((ROOT / "samples").glob("*.toml"))):
        head = "" if number in more([0]) else f"sheets = {SHEETS.split(',')}\n"
        (tmp_path / "plan.toml").write_text(head + sample.read_text(encoding="utf-8"), encoding="utf-8")
        assert kgisheet("new", "plan.toml", "-o", "made.xlsx", "--force").code == 0
        assert shown(kgisheet, "plan.toml") == shown(kgisheet, "made.xlsx")


def test_every_name_of_the_contract_is_there(kgisheet: Run, goal: Callable[[str], None]) -> None:
    goal("ja")
    names = {name.partition("[")[0] for name in shown(kgisheet, "kgi-goal.xlsx")}
    assert names >= {
        "title", "entry_date", "owner", "period", "start_month", "display_unit", "rounding", "total_revenue", "web_revenue",
        "other_revenue", "deal_size", "won_deals", "win_rate", "opportunities", "opportunity_rate", "required_meetings",
        "meetings", "leads", "visits", "target_accounts", "contacts", "channel_name", "channel_share", "channel_meetings",
        "channel_meeting_rate", "channel_leads", "channel_cvr", "channel_visits",
    }  # fmt: skip


@pytest.mark.office
def test_other_programs_saves_still_read(kgisheet: Run, tmp_path: Path) -> None:
    """Template, plan and names survive a save by LibreOffice and by openpyxl."""
    original = tmp_path / "book.xlsx"
    original.write_bytes(book("access", "en"))
    before = shown(kgisheet, "book.xlsx")
    (office,) = referee.convert([original], "xlsx", tmp_path / "office")
    again = shown(kgisheet, str(office))
    assert {name: cell["exact"] for name, cell in again.items()} == {name: cell["exact"] for name, cell in before.items()}
    # LibreOffice saves 15 digits of a fraction that has no end.
    assert [name for name, cell in before.items() if not referee.same(cell["value"], again[name]["value"])] == []
    openpyxl.load_workbook(original).save(tmp_path / "saved.xlsx")
    after = shown(kgisheet, "saved.xlsx")
    assert {name: cell["exact"] for name, cell in after.items()} == {name: cell["exact"] for name, cell in before.items()}
    # openpyxl keeps no results: what is shown is what the formulas come to.
    assert [name for name, cell in before.items() if not referee.same(cell["value"], after[name]["value"])] == []
    assert after["visits"]["formula"] == before["visits"]["formula"]


def test_a_workbook_without_its_hidden_sheet_is_read_by_its_names(kgisheet: Run, tmp_path: Path) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(book("short")))
    del workbook["_kgisheet"]
    workbook.save(tmp_path / "bare.xlsx")
    ran = kgisheet("show", "bare.xlsx", "--json")
    assert (ran.code, json.loads(ran.out)["template"]) == (0, "short")


def test_a_foreign_workbook_is_refused_in_words(kgisheet: Run, tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "foreign.xlsx")
    ran = kgisheet("show", "foreign.xlsx")
    assert (ran.code, "no sheet made by kgisheet" in ran.err) == (3, True)


def test_errors_in_cells_are_their_text(kgisheet: Run, tmp_path: Path) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(page_only()))
    sheet, cell = next(iter(workbook.defined_names["win_rate"].destinations))
    workbook[sheet][cell].value = "#DIV/0!"
    workbook.save(tmp_path / "bad.xlsx")
    assert shown(kgisheet, "bad.xlsx")["win_rate"]["value"] == "#DIV/0!"


def test_the_chain_from_revenue_to_visits(kgisheet: Run, goal: Callable[[str], None]) -> None:
    """The worked example in ten lines: 3 ÷ 30 % = 10, 10 ÷ 25 % = 40, …; a month has a twelfth of each."""
    goal("ja")
    lines = kgisheet("show", "kgi-goal.xlsx", lang="ja_JP.UTF-8").out.decode().splitlines()
    assert lines[0] == "2026年度 Web売上目標  ○ 目標に届く計画です"
    assert [line.split() for line in lines[1:-1]] == [
        ["項目", "目標", "1か月あたり", "前提", "広告", "オーガニック", "メルマガ"],
        ["Web売上", "12,000,000円", "1,000,000円"],
        ["受注数", "3", "0.25", "受注単価", "4,000,000円"],
        ["案件化数", "10", "0.83", "受注率", "30%"],
        ["必要商談数", "40", "3.33", "案件化率", "25%"],
        ["商談数", "40", "3.33", "配分", "25%〜50%", "10", "20", "10"],
        ["リード数", "217", "18.08", "アポ率", "10%〜30%", "100", "67", "50"],
        ["訪問数", "21,700", "1,808.33", "CV率", "1%", "10,000", "6,700", "5,000"],
    ]
    assert lines[-1] == "すべてのセル: kgisheet show kgi-goal.xlsx --all"


def test_of_the_goal_of_a_month_a_year_is_shown(kgisheet: Run) -> None:
    """3,000,000円 a month is 3,600万円 in twelve."""
    kgisheet("new", *SMALL, "--set", "period=month", "--set", "web_revenue=300万円", "-o", "ja.xlsx")
    lines = kgisheet("show", "ja.xlsx", lang="ja_JP.UTF-8").out.decode().splitlines()
    assert [line.split()[:3] for line in lines[1:3]] == [
        ["項目", "目標", "12か月では"],
        ["Web売上", "3,000,000円", "36,000,000円"],
    ]
    kgisheet("new", *SMALL, "--lang", "en", "--set", "period=month", "-o", "en.xlsx")
    assert "  in 12 months  " in kgisheet("show", "en.xlsx").out.decode().splitlines()[1]


def test_the_chain_of_a_plan_with_a_template_of_its_own(kgisheet: Run) -> None:
    """Calls → connects → meetings → deals: the stages of samples/inside-sales, with no word of them in Python."""
    ran = kgisheet("show", str(ROOT / "samples" / "inside-sales" / "plan.toml"), lang="ja_JP.UTF-8")
    assert ran.code == 0, ran.err
    steps = [line.split("  ")[0] for line in ran.out.decode().splitlines()[2:-1]]
    assert steps == ["Web売上", "受注数", "案件化数", "必要商談数", "商談数", "接続数", "架電数", "リード数", "訪問数"]


def test_the_table_for_people(kgisheet: Run, goal: Callable[[str], None]) -> None:
    goal("en")
    text = kgisheet("show", "kgi-goal.xlsx", "--all").out.decode()
    assert "67 (66.67)" in text
    assert "Opportunities = Won deals ÷ Win rate" in text


def test_a_name_over_a_million_rows_is_no_block_of_ours(kgisheet: Run, tmp_path: Path) -> None:
    for area in ("$A$1:$XFD$1048576", "$A$1:$A$999999"):
        workbook = openpyxl.load_workbook(io.BytesIO(page_only()))
        workbook.defined_names["channel_name"].attr_text = f"'目標設定'!{area}"
        workbook.save(tmp_path / "huge.xlsx")
        assert kgisheet("show", "huge.xlsx").code in (0, 3)


def test_a_book_whose_names_are_gone_is_read_by_the_texts_around_its_cells(kgisheet: Run, tmp_path: Path) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(book()))
    workbook.defined_names.clear()
    workbook["目標設定"].title = "営業部"
    workbook.save(tmp_path / "bare.xlsx")
    cells = {each["name"]: each for each in json.loads(kgisheet("show", "bare.xlsx", "--json").out)["cells"]}
    assert (cells["web_revenue"]["value"], cells["web_revenue"]["sheet"]) == (12_000_000, "営業部")


def test_a_book_whose_goal_sheet_is_gone_is_refused_in_words(kgisheet: Run, tmp_path: Path) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(book()))
    workbook.defined_names.clear()
    del workbook["目標設定"]
    workbook.save(tmp_path / "bare.xlsx")
    ran = kgisheet("show", "bare.xlsx")
    assert (ran.code, "are gone" in ran.err) == (3, True)


def test_the_goal_beside_today_and_the_funnel(kgisheet: Run, goal: Callable[[str], None]) -> None:
    """現状とのギャップ as a table, of the worked example: 70 + 40 + 35 = 145 of 217 leads today; then a bar per stage."""
    goal("ja")
    lines = kgisheet("show", "kgi-goal.xlsx", "--all", lang="ja_JP.UTF-8").out.decode().splitlines()
    at = next(at for at, line in enumerate(lines) if line.startswith("現状とのギャップ"))
    assert lines[at + 2].split() == ["リード数", "217", "145", "72", "66.8%"]
    assert lines[at + 6].split() == ["Web売上", "12,000,000円", "7,800,000円", "4,200,000円", "65.0%"]
    bars = [line.split() for line in lines if "##" in line]
    assert [(label, count) for label, _, count in bars] == [
        ("訪問数", "21,700"), ("リード数", "217"), ("必要商談数", "40"), ("案件化数", "10"), ("受注数", "3"),
    ]  # fmt: skip
    assert [len(bar) for _, bar, _ in bars] == sorted((len(bar) for _, bar, _ in bars), reverse=True)


def test_a_plan_is_shown_in_the_language_of_whom_it_is_shown_to(kgisheet: Run) -> None:
    plan = str(ROOT / "samples" / "saas.toml")
    assert "Won deals = Web revenue ÷ Average deal size" in kgisheet("show", plan, "--all").out.decode()
    assert "受注数 = Web売上 ÷ 受注単価" in kgisheet("show", plan, "--all", lang="ja_JP.UTF-8").out.decode()
    # Programs get the same everywhere.
    assert kgisheet("show", plan, "--json").out == kgisheet("show", plan, "--json", lang="ja_JP.UTF-8").out


def test_a_title_that_the_plan_leaves_out_is_the_templates_in_that_language(kgisheet: Run, tmp_path: Path) -> None:
    untitled = re.sub(r"(?m)^title .*\n", "", (ROOT / "samples" / "saas.toml").read_text(encoding="utf-8"))
    (tmp_path / "untitled.toml").write_text(untitled, encoding="utf-8")
    assert kgisheet("show", "untitled.toml").out.decode().startswith("Web revenue goal ")
    assert kgisheet("show", "untitled.toml", lang="ja_JP.UTF-8").out.decode().startswith("Web売上目標 ")
    assert (
        kgisheet("show", "untitled.toml", "--json").out == kgisheet("show", "untitled.toml", "--json", lang="ja_JP.UTF-8").out
    )


@pytest.mark.parametrize("whole", [(), ("--all",)])
def test_a_japanese_workbook_is_shown_in_english_in_an_english_terminal(
    kgisheet: Run, goal: Callable[[str], None], whole: tuple[str, ...]
) -> None:
    """Labels, choices and verdicts are the template's English ones; what people typed and the sheets' names stay as they are."""
    goal("ja")
    said = kgisheet("show", "kgi-goal.xlsx", *whole).out.decode()
    stays = r"2026年度 Web売上目標|広告|オーガニック|メルマガ|マーケティング部|東日本|西日本|記入例\S*|\S+![A-Z]+\d+"
    left = [line for line in said.splitlines() if re.search(r"[぀-ヿ一-鿿]", re.sub(stays, "", line))]
    assert left == []
    assert "Won deals" in said
    assert "✓ This plan reaches its goal" in said


def test_an_english_workbook_is_shown_in_japanese_in_a_japanese_terminal(kgisheet: Run, goal: Callable[[str], None]) -> None:
    goal("en")
    said = kgisheet("show", "kgi-goal.xlsx", lang="ja_JP.UTF-8").out.decode()
    assert said.splitlines()[0] == "Web revenue goal, fiscal 2026  ○ 目標に届く計画です"
    assert "Advertising  Organic search  Newsletter" in said
    assert "受注率 30%" in said


def test_a_verdict_that_is_not_the_templates_stays_as_it_is(kgisheet: Run, goal: Callable[[str], None], tmp_path: Path) -> None:
    """Somebody typed 「部長確認済み」 over it: nothing to translate, and nothing to hide."""
    goal("ja")
    data = hands.typed((tmp_path / "kgi-goal.xlsx").read_bytes(), status="部長確認済み")
    (tmp_path / "kgi-goal.xlsx").write_bytes(data)
    assert kgisheet("show", "kgi-goal.xlsx").out.decode().splitlines()[0] == "2026年度 Web売上目標  部長確認済み"
    assert shown(kgisheet, "kgi-goal.xlsx")["win_rate"]["label"] == "受注率(案件→受注)"  # for programs, the workbook's own
