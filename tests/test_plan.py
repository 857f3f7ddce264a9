"""Plans that are refused: file, key or line, what would be right; all problems at once; nothing written."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Ran

from kgisheet import api

GOOD = """\
title = "目標"
period = "year"
start = "2026-04"
total_revenue = "5,000万円"
web_revenue = "1,200万円"
deal_size = "400万円"
win_rate = "30%"
opportunity_rate = "25%"

[[channel]]
name = "広告"
share = "40%"
meeting_rate = "10%"
cvr = "1%"

[[channel]]
name = "紹介"
share = "60%"
meeting_rate = "20%"
"""


def problems(text: str | bytes) -> list[api.Problem]:
    with pytest.raises(api.PlanError) as refused:
        api.plan_from_toml(text, "plan.toml", "ja")
    return list(refused.value.problems)


def test_the_good_plan_is_good() -> None:
    assert api.plan_from_toml(GOOD, "plan.toml", "ja").channels == 2


@pytest.mark.parametrize(
    ("right", "wrong", "line", "key", "says"),
    [
        ('title = "目標"', 'titel = "目標"', 1, "titel", "do you mean title"),
        ('title = "目標"', "title = 5", 1, "title", "not text"),
        ('period = "year"', 'period = "week"', 2, "period", "one of year, month"),
        ('start = "2026-04"', 'start = "2026-13"', 3, "start", "not a month"),
        ('total_revenue = "5,000万円"', "", None, "total_revenue", "missing"),
        ('total_revenue = "5,000万円"', "total_revenue = true", 4, "total_revenue", "not a valid amount"),
        ('web_revenue = "1,200万円"', 'web_revenue = "6,000万円"', 5, "web_revenue", "exceeds the total"),
        ('web_revenue = "1,200万円"', 'web_revenue = "120%"', 5, "web_revenue", "above 100%"),
        ('web_revenue = "1,200万円"', 'web_revenue = "-1"', 5, "web_revenue", "negative"),
        ('deal_size = "400万円"', "deal_size = 0", 6, "deal_size", "as a divisor"),
        ('deal_size = "400万円"', 'deal_size = "4百"', None, "channel_visits[1]", "above 100 million"),
        ('win_rate = "30%"', "win_rate = 30", 7, "win_rate", "30% or 3,000%"),
        ('win_rate = "30%"', 'win_rate = "0%"', 7, "win_rate", "as a divisor"),
        ('win_rate = "30%"', 'win_rate = "-5%"', 7, "win_rate", "negative"),
        ('win_rate = "30%"', 'win_rate = "120%"', 7, "win_rate", "above 100%"),
        ('share = "40%"', 'share = "30%"', 10, "channel", "add up to 90%"),
        ('share = "40%"', "meetings = 3", 18, "channel[2].share", "other channels give meetings"),
        ('share = "40%"', 'share = "40%"\nmeetings = 3', 13, "channel[1].meetings", "both"),
        ('share = "40%"', "", 10, "channel[1]", "neither"),
        ('meeting_rate = "20%"', "", 16, "channel[2].meeting_rate", "missing"),
        ('name = "紹介"', 'name = "広告"', 17, "channel[2].name", "appears twice"),
        ('name = "紹介"', 'name = " "', 17, "channel[2].name", "no name"),
        ('name = "紹介"', 'name = "紹\\u0000介"', 17, "channel[2].name", "U+0000"),
        ('cvr = "1%"', 'cvr = "1%"\ncolour = "red"', 15, "channel[1].colour", "no such key"),
        ('period = "year"', 'sheets = ["月次"]', 2, "sheets", "no sheet"),
        ('period = "year"', 'template = "standerd"', 2, "template", "no template"),
        ('period = "year"', "target_accounts = 2.5", 2, "target_accounts", "count"),
        ('period = "year"', "months = 3", 2, "months", "table"),
    ],
)
def test_one_fault_is_named_with_its_place(right: str, wrong: str, line: int | None, key: str, says: str) -> None:
    assert right in GOOD
    text = GOOD.replace(right, wrong, 1)
    with pytest.raises(api.KgisheetError) as refused:
        api.workbook(api.plan_from_toml(text, "plan.toml", "ja"), "ja")
    (problem,) = [each for each in refused.value.problems if each.key == key]
    assert says in problem.to("en")
    if line is not None:
        assert (problem.source, problem.line) == ("plan.toml", line)
    assert refused.value.exit_code == 3


def test_all_problems_are_said_at_once() -> None:
    text = GOOD.replace('"30%"', "30").replace('"25%"', '"0%"').replace("2026-04", "2026-99").replace("title", "tilte")
    assert {each.key for each in problems(text)} == {"win_rate", "opportunity_rate", "start", "tilte"}


def test_no_channel() -> None:
    (problem,) = problems(GOOD.partition("[[channel]]")[0])
    assert "no channel" in problem.what.en


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (b'title = "a"\nwin_rate = 30%\n', 2, "not TOML"),
        (b"just words", 1, "not TOML"),
        ('title = "a"\nowner = "営業"\n'.encode("cp932"), 2, "UTF-8"),
        (b"\xff\xfe\x00", 1, "UTF-8"),
        (b"a = 1\nb = " + b"[" * 5000, 2, "nested too deeply"),
        (b"a = 1\nb = " + b"9" * 5000 + b"\nc = 38", 2, "a number in it is too long"),
        (b"a" + b".a" * 50 + b" = 1", 1, "nested too deeply"),
    ],
)
def test_what_is_no_toml_is_said_with_its_line(data: bytes, line: int, says: str) -> None:
    (problem,) = problems(data)
    assert (problem.source, problem.line) == ("plan.toml", line)
    assert says in problem.what.en


def test_a_bom_is_no_fault() -> None:
    assert api.plan_from_toml(b"\xef\xbb\xbf" + GOOD.encode(), "plan.toml", "ja").channels == 2


@pytest.mark.parametrize(
    ("months", "key"),
    [
        ("weights = [1, 2]", "months.weights"),
        ('weights = "sometimes"', "months.weights"),
        ("weights = [0,0,0,0,0,0,0,0,0,0,0,0]", "months.weights"),
        ("weights = [-1,1,1,1,1,1,1,1,1,1,1,1]", "months.weights"),
        (f"weights = [{'9' * 310},1,1,1,1,1,1,1,1,1,1,1]", "months.weights"),
        ('closed_through = "2026-13"', "months.closed_through"),
        ("lead_time = { opportunities = 3, meetings = 2 }", "months.lead_time.meetings"),
        ("lead_time = { wins = 3 }", "months.lead_time.wins"),
        ("lead_time = 3", "months.lead_time"),
        ('next_year = "maybe"', "months.next_year"),
        ("wieghts = 1", "months.wieghts"),
    ],
)
def test_months_are_checked(months: str, key: str) -> None:
    (problem,) = problems(f"{GOOD}\n[months]\n{months}\n")
    assert problem.key == key


def test_no_number_of_a_plan_may_be_of_any_size() -> None:
    """310 digits in the place of each number of a sample are refused in words."""
    lines = (ROOT / "samples" / "manufacturer.toml").read_text(encoding="utf-8").splitlines()
    tried = 0
    for at, line in enumerate(lines):
        figure = re.match(r'(?!title|note)(\w+\s*=\s*(?:\{ \w+ = |\[|")?)\d[\d,.]*(.*)', line)
        if figure is not None:
            tried += 1
            edited = [*lines[:at], f"{figure[1]}{'9' * 310}{figure[2]}", *lines[at + 1 :]]
            assert problems("\n".join(edited)), line
    assert tried > 30


def test_the_plan_of_the_contract_is_accepted() -> None:
    """docs/plan.md, to the letter."""
    plan = api.plan_from_toml(
        GOOD.replace('"40%"', "0.4")
        + """
[months]
weights = [1,1,1,1,1,1,1,1,1,1,1,1]
closed_through = "2026-09"
lead_time = { opportunities = 1, meetings = 2, leads = 3 }
next_year = "same"
""",
        "plan.toml",
        "ja",
    )
    assert plan.template.name == "standard"


def test_without_an_opportunity_rate_it_is_the_short_template() -> None:
    plan = api.plan_from_toml(GOOD.replace('opportunity_rate = "25%"\n', ""), "plan.toml", "ja")
    assert plan.template.name == "short"
    assert plan.template.cells["win_rate"].full_label.ja == "商談受注率(商談→受注)"


def test_where_the_plan_says_that_there_are_opportunities_their_rate_is_missing() -> None:
    (problem,) = problems(GOOD.replace('opportunity_rate = "25%"\n', 'opportunity_stage = "use"\n'))
    assert problem.key == "opportunity_rate"
    assert problem.what.en == "the opportunity rate (meeting → opportunity) is missing"


def test_an_opportunity_rate_where_there_is_no_such_stage_is_refused() -> None:
    (problem,) = problems('template = "short"\n' + GOOD)
    assert (problem.key, problem.line) == ("opportunity_rate", 9)
    assert "no opportunity stage" in problem.what.en


def test_odd_but_legal_figures() -> None:
    # Less than one deal, a share of 0 %, 100 % rates, the only channel without a share.
    api.workbook(api.plan_from_toml(GOOD.replace("1,200万円", "1万円"), "p", "ja"), "ja")
    api.workbook(api.plan_from_toml(GOOD.replace('"40%"', '"0%"').replace('"60%"', "1.0"), "p", "ja"), "ja")
    alone = GOOD.rpartition("[[channel]]")[0].replace('share = "40%"\n', "")
    assert api.plan_from_toml(alone, "p", "ja").inputs["channel_share"] == [1]


@pytest.mark.parametrize(
    ("setting", "name", "value"),
    [
        ("web_revenue=24%", "web_revenue", 12_000_000),
        ("channel.広告.meeting_rate=0.5", "channel_meeting_rate", None),
        ("rounding=down", "rounding", "down"),
        ("title==1+1", "title", "=1+1"),
    ],
)
def test_settings(setting: str, name: str, value: object, kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    plan = api.plan_from_toml(GOOD, "plan.toml", "ja", [setting])
    if value is not None:
        assert plan.inputs[name] == value
    (tmp_path / "plan.toml").write_text(GOOD, encoding="utf-8")
    assert kgisheet("new", "plan.toml", "--set", setting, "--set", "sheets=目標設定").code == 0


def test_a_wrong_setting_is_called_by_the_setting(kgisheet: Callable[..., Ran]) -> None:
    ran = kgisheet("new", "--set", "win_rate=30", "--set", "colour=red", "--set", "channel.広告.share=1%")
    assert ran.code == 3
    assert "--set win_rate" in ran.err
    assert "--set colour" in ran.err
    ran = kgisheet("new", "--set", "channel.nobody.share=1", "--set", "nonsense")
    assert ran.code == 3


def test_bad_files_end_in_words_and_write_nothing(kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text(GOOD.replace('"30%"', "30"), encoding="utf-8")
    (tmp_path / "folder.toml").mkdir()
    for name, code in (("bad.toml", 3), ("missing.toml", 3), ("folder.toml", 3)):
        ran = kgisheet("new", name)
        assert (ran.code, ran.out) == (code, b"")
        assert name in ran.err
    assert {path.name for path in tmp_path.iterdir()} == {"bad.toml", "folder.toml"}


def test_japanese_messages(kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text(GOOD.replace('"30%"', "30"), encoding="utf-8")
    ran = kgisheet("new", "bad.toml", lang="ja_JP.UTF-8")
    assert "kgisheet: bad.toml:7: win_rate: 「30」は30%か3,000%か判断できません → " in ran.err


def test_wrong_settings_and_wrong_values_are_said_together(kgisheet: Callable[..., Ran]) -> None:
    ran = kgisheet(
        "new", "--set", "deal_size=x", "--set", "foo=1", "--set", "zzz", "--set", "=5", "--set", "channel.nobody.share=1"
    )
    assert ran.code == 3
    for part in ("--set deal_size", "--set foo", "no = in “zzz”", "no key before", "no channel “nobody”"):
        assert part in ran.err


@pytest.mark.parametrize(
    "text",
    [
        "title = 1e99999999",  # would build a number of 100 million digits
        "title = " + "9" * 5000,
        "title" + ".a" * 3000 + " = 1",
        "[" + "a." * 3000 + "a]",
        f'template = "{"a" * 300}"',
        "win_rate = inf",
        "win_rate = nan",
        "win_rate = [1]",
        "win_rate = { a = 1 }",
        "channel = 5",
        "[channel]\nname = 'a'",
        "sheets = []",
        "deal_size = '①②'",
    ],
)
def test_odd_toml_is_refused_in_words_and_at_once(text: str, kgisheet: Callable[..., Ran]) -> None:
    ran = kgisheet("new", "-", "-o", "x.xlsx", stdin=text.encode())
    assert ran.code == 3
    assert ran.err.startswith("kgisheet: ")


def test_a_number_with_an_exponent_is_the_decimal_it_means() -> None:
    plan = api.plan_from_toml(GOOD.replace('"400万円"', "4e6").replace('"30%"', "3e-1"), "p", "ja")
    assert (plan.inputs["deal_size"], str(plan.inputs["win_rate"])) == (4_000_000, "3/10")


def test_the_line_is_right_after_unusual_line_separators() -> None:
    (problem,) = problems("# a\u2028b\u0085c\ntitle = 5\n" + GOOD.replace('title = "目標"\n', ""))
    assert problem.line == 2
