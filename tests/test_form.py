"""The input form: what people type into it is the plan that they mean, whoever saved it; what is wrong is said with its cell."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import office
import openpyxl
import pytest
from conftest import ROOT, Ran, page_only

from kgisheet import api

Run = Callable[..., Ran]

# The worked example, as someone types it: numbers, or as people write them.
TYPED: dict[str, Any] = {
    "C6": "2026年度 Web売上目標",
    "C7": "マーケティング部",
    "C10": "2026-04",
    "C11": 50_000_000,
    "C12": "1200万円",
    "C13": "400万円",
    "C15": 0.3,
    "C16": "25%",
    "B20": "広告",
    "C20": 0.25,
    "D20": 0.1,
    "E20": 0.01,
    "B21": "オーガニック",
    "C21": 0.5,
    "D21": "30%",
    "E21": "1%",
    "B22": "メルマガ",
    "C22": 0.25,
    "D22": 0.2,
    "E22": 0.01,
}
CHAIN = {"won_deals": 3, "opportunities": 10, "required_meetings": 40, "leads": 217, "visits": 21_700}


def filled(changes: Mapping[str, Any] | None = None, lang: str = "ja") -> bytes:
    """The form with the worked example and some changes typed into it, saved by openpyxl; None empties a cell."""
    book = openpyxl.load_workbook(io.BytesIO(api.input_form(lang)))
    for where, value in {**TYPED, **(changes or {})}.items():
        book.active[where] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def chain(plan: api.Plan) -> dict[str, object]:
    found = {each.name: each.value for each in api.records_of_plan(plan, "ja")}
    return {name: found.get(name) for name in CHAIN}


def said(changes: Mapping[str, Any], lang: str = "ja") -> list[str]:
    """The problems of the worked example with these changes, without the file's name."""
    with pytest.raises(api.PlanError) as caught:
        api.plan_from_form(filled(changes), "form.xlsx", "ja")
    return [problem.to(lang).removeprefix("form.xlsx: ") for problem in caught.value.problems]


# -- what is read -------------------------------------------------------------------


def test_the_worked_example_typed_into_the_form_is_the_worked_example() -> None:
    plan = api.plan_from_form(filled(), "form.xlsx", "ja")
    assert chain(plan) == CHAIN
    assert (plan.inputs["owner"], plan.channels) == ("マーケティング部", 3)


def test_an_english_form_is_read_the_same() -> None:
    assert chain(api.plan_from_form(filled(lang="en"), "form.xlsx", "en")) == CHAIN


@pytest.mark.office
def test_a_form_that_libreoffice_saved_is_read_the_same(tmp_path: Path) -> None:
    source = tmp_path / "form.xlsx"
    source.write_bytes(filled({"C9": "月間"}))
    (saved,) = office.convert([source], "xlsx", tmp_path / "saved")
    before, after = (api.plan_from_form(each.read_bytes(), "form.xlsx", "ja") for each in (source, saved))
    assert after.inputs == before.inputs
    assert after.inputs["period"] == "month"


@pytest.mark.parametrize("typed", ["2026-10", "2026年10月", "2026/10"])
def test_a_month_as_people_write_it(typed: str) -> None:
    assert str(api.plan_from_form(filled({"C10": typed}), "form.xlsx", "ja").inputs["start_month"]) == "2026-10-01"


@pytest.mark.parametrize("skipped", ["省く", "skipped", "使わない"])  # the last as forms said it before
def test_without_the_stage_the_rate_is_from_meetings(skipped: str) -> None:
    # 3 deals ÷ 30 % = 10 meetings.
    plan = api.plan_from_form(filled({"C14": skipped, "C16": None}), "form.xlsx", "ja")
    assert plan.template.name == "short"
    assert chain(plan)["required_meetings"] == 10


def test_a_channel_without_a_conversion_rate_needs_no_visits() -> None:
    plan = api.plan_from_form(filled({"E22": None}), "form.xlsx", "ja")
    assert plan.inputs["channel_cvr"][2] is None  # type: ignore[index]


def test_blank_rows_between_channels_are_passed_over() -> None:
    moved = {"B22": None, "C22": None, "D22": None, "E22": None, "B27": "メルマガ", "C27": 0.25, "D27": 0.2, "E27": 0.01}
    assert chain(api.plan_from_form(filled(moved), "form.xlsx", "ja")) == CHAIN


@pytest.mark.office
def test_a_form_typed_at_the_keyboard_of_libreoffice() -> None:
    """It makes a month of 2026-04 and a rate of 30%, and leaves 1200万円 a text."""
    typed = {**{where: str(value) for where, value in TYPED.items()}, "C15": "30%", "C20": "25%", "D20": "10%"}
    saved = office.edit(api.input_form("ja"), [["typed", "入力フォーム", where, value] for where, value in typed.items()])
    assert isinstance(saved, bytes), saved
    plan = api.plan_from_form(saved, "form.xlsx", "ja")
    assert chain(plan) == CHAIN
    assert str(plan.inputs["start_month"]) == "2026-04-01"


@pytest.mark.office
def test_rows_inserted_among_the_channels_count() -> None:
    """Someone who takes the protection off inserts a row, for a channel that takes some of another's share."""
    typed = {"B22": "ウェビナー", "C22": 0.1, "D22": 0.3, "E22": 0.01}
    cells = [["cell", "入力フォーム", where, value] for where, value in typed.items()]
    inserted = office.edit(filled({"C21": 0.4}), [["insert_rows", "入力フォーム", 21, 1], *cells])
    assert isinstance(inserted, bytes), inserted
    plan = api.plan_from_form(inserted, "form.xlsx", "ja")
    assert plan.inputs["channel_name"] == ["広告", "オーガニック", "ウェビナー", "メルマガ"]


def test_settings_lie_on_top() -> None:
    plan = api.plan_from_form(filled(), "form.xlsx", "ja", ["web_revenue=2400万円", "channel.広告.cvr=2%"])
    assert chain(plan)["won_deals"] == 6


# -- what is wrong ------------------------------------------------------------------

WRONG = [
    ({"C13": None}, "C13: 受注単価が入力されていません → 「400万円」のように入力してください"),
    ({"C13": "四百万"}, "C13: 「四百万」を金額として読めません"),
    ({"C12": "6000万円"}, "C12: Web売上(60,000,000円)が全体売上(50,000,000円)を超えています"),
    ({"C12": 0.24}, "C12: 0.24円では小さすぎます → 割合ではなく金額を入力してください"),
    ({"C15": 30}, "C15: 「30」は30%か3,000%か判断できません"),
    (
        {"C16": None},
        "C16: 案件化率(商談→案件)が入力されていません → 「25%」のように入力するか、C14 を「省く」にしてください",
    ),
    ({"C14": "省く"}, "C16: C14 が「省く」なのに、案件化率が入力されています"),
    ({"C14": "たぶん"}, "C14: 「たぶん」は選べません → 「使う」、「省く」 のどれかを選んでください"),
    ({"C9": "四半期"}, "C9: 「四半期」は選べません"),
    ({"C10": None}, "C10: 開始月が入力されていません"),
    ({"C10": "2026-13"}, "C10: 「2026-13」という月はありません"),
    ({"C22": 0.15}, "C20:C22: 配分の合計が90%です → あと10%を配分して、ちょうど100%にしてください"),
    ({"C21": None}, "C21: 配分が入力されていません"),
    ({"B21": None}, "B21: チャネルの名前が入力されていません → 「広告」のように入力してください"),
    ({"D20": None}, "D20: アポ率(リード→商談)が入力されていません"),
    ({"D20": 0}, "D20: 「0」では割り算ができません"),
    ({"B22": "広告"}, "B22: 「広告」が2回あります"),
    ({"C13": "=1/0"}, "C13: 数式の結果が保存されていません → 数字を直接入力してください"),
]


@pytest.mark.parametrize(("changes", "says"), WRONG)
def test_a_wrong_cell_is_named(changes: dict[str, Any], says: str) -> None:
    (line,) = said(changes)
    assert line.startswith(says)


def test_every_wrong_cell_is_named_at_once_down_the_form() -> None:
    lines = said({"C11": "たくさん", "C13": None, "C15": 30, "C22": 0.15, "E20": 2})
    assert [line.partition(": ")[0] for line in lines] == ["C11", "C13", "C15", "C20:C22", "E20"]


def test_the_form_as_it_comes_asks_for_all_it_needs() -> None:
    with pytest.raises(api.PlanError) as caught:
        api.plan_from_form(api.input_form("ja"), "form.xlsx", "ja")
    assert [problem.key for problem in caught.value.problems] == ["C10", "C11", "C12", "C13", "C15", "C16", "B20"]


def test_each_problem_is_said_in_english_too() -> None:
    for changes, _ in WRONG:
        (line,) = said(changes, "en")
        assert not {letter for letter in re.sub("“[^”]+”", "", line) if "ぁ" <= letter <= "ん"}


# -- what is no form ----------------------------------------------------------------


def test_a_goal_workbook_is_not_a_form(kgisheet: Run, tmp_path: Path) -> None:
    (tmp_path / "goal.xlsx").write_bytes(page_only())
    ran = kgisheet("new", "goal.xlsx", "-o", "x.xlsx")
    assert (ran.code, "kgisheet extract goal.xlsx" in ran.err) == (3, True)
    assert not (tmp_path / "x.xlsx").exists()


def test_another_workbook_is_not_a_form(kgisheet: Run, tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    ran = kgisheet("new", "other.xlsx", "-o", "x.xlsx", lang="ja_JP.UTF-8")
    assert (ran.code, "入力フォームでも計画(TOML)でもありません" in ran.err) == (3, True)


def test_a_form_that_lost_cells_is_refused() -> None:
    book = openpyxl.load_workbook(io.BytesIO(filled()))
    del book.defined_names["form_win_rate"]
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(api.PlanError, match="the form lacks cells"):
        api.plan_from_form(out.getvalue(), "form.xlsx", "ja")


def test_a_form_of_a_later_version_is_refused() -> None:
    with pytest.raises(api.PlanError, match="a newer version"):
        api.plan_from_form(filled({"B29": "kgisheet 入力フォーム 2"}), "form.xlsx", "ja")


# -- the form itself ----------------------------------------------------------------


def test_the_form_says_what_is_missing_of_the_shares() -> None:
    """B29 is its mark; the total and its words are above."""
    book = openpyxl.load_workbook(io.BytesIO(api.input_form("ja")))
    assert book.active["B29"].value == "kgisheet 入力フォーム 1"
    assert book.active["C28"].value == "=SUM(C20:C27)"


@pytest.mark.office
@pytest.mark.parametrize(("last", "words"), [(0.25, "✓"), (0.15, "あと 10%"), (0.35, "超過 10%")])
def test_the_sum_beside_the_shares(last: float, words: str, tmp_path: Path) -> None:
    (tmp_path / "form.xlsx").write_bytes(filled({"C22": last}))
    (saved,) = office.convert([tmp_path / "form.xlsx"], "xlsx", tmp_path / "saved")
    sheet = openpyxl.load_workbook(saved, data_only=True).active
    assert (round(sheet["C28"].value, 6), sheet["D28"].value) == (round(0.75 + last, 6), words)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_only_the_yellow_cells_can_be_typed_into(lang: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(api.input_form(lang))).active
    open_cells = {cell.coordinate for row in sheet for cell in row if not cell.protection.locked}
    assert sheet.protection.sheet
    assert open_cells == {f"C{row}" for row in range(6, 17)} | {f"{col}{row}" for col in "BCDE" for row in range(20, 28)}


# -- the commands -------------------------------------------------------------------


def test_from_the_form_to_the_workbook(kgisheet: Run, tmp_path: Path) -> None:
    made = kgisheet("init", "--form", "form.xlsx", lang="ja_JP.UTF-8")
    assert (made.code, made.err) == (0, "")
    assert made.out.decode().splitlines()[-1] == "次にすること: 黄色のセルに入力して保存し、kgisheet new form.xlsx"
    (tmp_path / "form.xlsx").write_bytes(filled())
    ran = kgisheet("new", "form.xlsx", "--set", "sheets=目標設定")
    assert ran.code == 0
    assert (tmp_path / "form-goal.xlsx").exists()


def test_a_form_in_the_way_is_left_alone(kgisheet: Run, tmp_path: Path) -> None:
    (tmp_path / "form.xlsx").write_bytes(b"mine")
    assert kgisheet("init", "--form", "form.xlsx").code == 2
    assert (tmp_path / "form.xlsx").read_bytes() == b"mine"
    assert kgisheet("init", "--form", "form.xlsx", "--force").code == 0


def test_a_form_or_a_plan(kgisheet: Run) -> None:
    assert kgisheet("init", "--form", "form.xlsx", "-o", "plan.toml").code == 2
    assert kgisheet("init", "--form", "form.toml").code == 2
    assert kgisheet("init", "-o", "plan.xlsx").code == 2


@pytest.mark.parametrize(("page", "lang"), [("start.ja.md", "ja"), ("start.md", "en")])
def test_the_messages_of_the_page_are_what_is_printed(page: str, lang: str) -> None:
    (shown,) = re.findall(r"```text\n(.*?)```", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.DOTALL)
    assert shown.splitlines() == [f"kgisheet: form.xlsx: {line}" for line in said({"C13": None, "C22": 0.15}, lang)]


@pytest.mark.parametrize("command", ["check", "show", "extract"])
def test_a_form_is_not_a_goal_workbook(command: str, kgisheet: Run, tmp_path: Path) -> None:
    (tmp_path / "form.xlsx").write_bytes(filled())
    ran = kgisheet(command, "form.xlsx")
    assert (ran.code, "kgisheet new form.xlsx makes the workbook" in ran.err + ran.out.decode()) == (3, True)
