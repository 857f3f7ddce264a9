"""`kgisheet init`: each test is somebody's answers, a line each; an empty line takes what is offered."""

from __future__ import annotations

import contextlib
import os
import pty
import signal
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Ran

from kgisheet import api

Run = Callable[..., Ran]

JA = "ja_JP.UTF-8"


def answers(**given: str) -> bytes:
    """A line per question about three channels, empty but for those that are given."""
    order = ["period", "total", "web", "size", "stage", "win", "opportunity", "channels", "s1", "s2", "s3"]
    order += ["m1", "c1", "m2", "c2", "m3", "c3", "start", "owner", "title"]
    assert given.keys() <= set(order)
    left_out = {"opportunity"} if given.get("stage") in ("いいえ", "n") else set()
    return "".join(f"{given.get(each, '')}\n" for each in order if each not in left_out).encode()


def plan(folder: Path, name: str = "plan.toml") -> dict[str, Any]:
    return tomllib.loads((folder / name).read_text(encoding="utf-8"))


# -- what is written ------------------------------------------------------------------


def test_nothing_but_enter_is_the_worked_example(kgisheet: Run, tmp_path: Path) -> None:
    ran = kgisheet("init", stdin=answers(), lang=JA)
    assert ran.code == 0
    assert ran.out.decode().splitlines() == [
        "plan.toml を作りました",
        "Web売上 12,000,000円 → 受注数 3 → 案件化数 10 → 必要商談数 40 → リード数 217 → 訪問数 21,700",
        "次にすること: kgisheet new plan.toml",
    ]
    made, worked = plan(tmp_path), api.plan_from_example("ja").table
    keys = ("total_revenue", "web_revenue", "deal_size", "win_rate", "opportunity_rate", "period", "start", "owner", "title")
    assert {key: made[key] for key in keys} == {key: worked[key] for key in keys}
    assert [(row["name"], row["share"]) for row in made["channel"]] == [
        ("広告", "25%"),
        ("オーガニック", "50%"),
        ("メルマガ", "25%"),
    ]


def test_figures_stay_as_they_were_written(kgisheet: Run, tmp_path: Path) -> None:
    kgisheet("init", stdin=answers(web="１，２００万円", size="4,000,000", win="3割"), lang=JA)
    assert [plan(tmp_path)[key] for key in ("web_revenue", "deal_size", "win_rate")] == ["１，２００万円", "4,000,000", "3割"]
    assert kgisheet("new", "plan.toml", "--set", "sheets=目標設定").code == 0


def test_own_channels_have_no_figures_of_the_example(kgisheet: Run, tmp_path: Path) -> None:
    """オーガニック keeps what the example says of it; 展示会 has to be said, and needs no visits; the last share is what is left."""
    given = answers(channels="展示会、オーガニック,ウェビナー", s1="30%", s2="20%", m1="15%", c1="なし", m3="8%", c3="4%")
    assert kgisheet("init", stdin=given, lang=JA).code == 0
    first, second, third = plan(tmp_path)["channel"]
    assert first == {"name": "展示会", "share": "30%", "meeting_rate": "15%"}
    assert (second["meeting_rate"], second["cvr"]) == ("30%", "1%")
    assert third["share"] == "50%"


def test_one_channel_takes_all(kgisheet: Run, tmp_path: Path) -> None:
    kgisheet("init", stdin=b"\n" * 7 + "自然検索\n25%\n1%\n\n\n\n".encode(), lang=JA)
    assert plan(tmp_path)["channel"] == [{"name": "自然検索", "share": "100%", "meeting_rate": "25%", "cvr": "1%"}]


def test_without_the_stage_the_rate_is_asked_for_anew(kgisheet: Run, tmp_path: Path) -> None:
    """The example of that template has two channels."""
    ran = kgisheet("init", stdin=b"\n" * 4 + "いいえ\n15%\n".encode() + b"\n" * 10, lang=JA)
    assert "商談受注率(商談→受注): 商談のうち受注になる割合 [20%]" in ran.err
    made = plan(tmp_path)
    assert (made["template"], made["win_rate"], "opportunity_rate" in made) == ("short", "15%", False)


def test_a_month_instead_of_a_year(kgisheet: Run, tmp_path: Path) -> None:
    kgisheet("init", stdin=answers(period="2", start="2026年10月"), lang=JA)
    made = plan(tmp_path)
    assert (made["period"], made["start"]) == ("month", "2026年10月")
    assert (
        str(api.plan_from_toml((tmp_path / "plan.toml").read_text(encoding="utf-8"), "p", "ja").inputs["start_month"])
        == "2026-10-01"
    )


@pytest.mark.parametrize(("lang", "comment", "next_step"), [
    (JA, "deal_size = \"400万円\"  # 受注単価", "次にすること: kgisheet new goals/my.toml"),
    ("en_US.UTF-8", "deal_size = \"4,000,000\"  # Average deal size", "Next: kgisheet new goals/my.toml --lang en"),
])  # fmt: skip
def test_the_plan_is_explained_in_the_reader_s_language(
    lang: str, comment: str, next_step: str, kgisheet: Run, tmp_path: Path
) -> None:
    (tmp_path / "goals").mkdir()
    ran = kgisheet("init", "-o", "goals/my.toml", stdin=answers(), lang=lang)
    assert comment in (tmp_path / "goals" / "my.toml").read_text(encoding="utf-8")
    assert ran.out.decode().splitlines()[-1] == next_step


def test_the_plan_on_stdout(kgisheet: Run, tmp_path: Path) -> None:
    ran = kgisheet("init", "-o", "-", stdin=answers(), lang=JA)
    assert tomllib.loads(ran.out.decode())["deal_size"] == "400万円"
    assert not list(tmp_path.iterdir())


# -- answers that are wrong -----------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "wrong", "says"),
    [
        ("period", "四半期", "「四半期」は選べません → 1 か 2 を入力してください"),
        ("web", "たくさん", "「たくさん」を金額として読めません"),
        ("web", "6000万円", "全体売上(50,000,000円)を超えています"),
        ("size", "0円", "0円では割り算ができません"),
        ("stage", "たぶん", "はい か いいえ で答えてください"),
        ("win", "30", "「30」は30%か3,000%か判断できません"),
        ("opportunity", "0%", "「0%」では割り算ができません"),
        ("channels", "広告、広告", "「広告」が2回あります"),
        ("channels", "a,b,c,d,e,f,g,h,i", "9個あります → 1〜8個で入力してください"),
        ("s1", "-10%", "「-10%」は負の割合です"),
        ("m1", "なし", "「なし」を割合として読めません"),
        ("start", "2026-13", "「2026-13」という月はありません"),
    ],
)
def test_a_wrong_answer_is_explained_and_asked_again(
    question: str, wrong: str, says: str, kgisheet: Run, tmp_path: Path
) -> None:
    marker = f"{wrong}\n"
    given = answers(**{question: wrong}).decode().replace(marker, f"{marker}\n").encode()
    ran = kgisheet("init", stdin=given, lang=JA)
    assert (ran.code, says in ran.err) == (0, True)
    assert plan(tmp_path)["web_revenue"] == "1,200万円"


@pytest.mark.parametrize(
    ("last", "says"), [("15%", "配分の合計が90%です → あと10%を配分して"), ("35%", "配分の合計が110%です → 10%減らして")]
)
def test_shares_that_do_not_add_up_say_what_is_missing(last: str, says: str, kgisheet: Run, tmp_path: Path) -> None:
    """The shares are asked for again, those that were typed being offered, the rest for the last one."""
    given = answers(s3=last).decode().replace(f"{last}\n", f"{last}\n\n\n\n").encode()
    ran = kgisheet("init", stdin=given, lang=JA)
    assert (ran.code, says in ran.err) == (0, True)
    assert [row["share"] for row in plan(tmp_path)["channel"]] == ["25%", "50%", "25%"]


# -- stopping, and what is in the way ---------------------------------------------------


def test_answers_that_end_early_leave_nothing(kgisheet: Run, tmp_path: Path) -> None:
    whole = answers().splitlines(keepends=True)
    for many in range(len(whole)):
        ran = kgisheet("init", stdin=b"".join(whole[:many]), lang=JA)
        assert (ran.code, ran.out) == (2, b"")
        assert ran.err.splitlines()[-1] == "kgisheet: 中止しました。何も書き出していません"
    assert not list(tmp_path.iterdir())


def test_ctrl_c_at_a_terminal_leaves_nothing(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    environment = {**os.environ, "LANG": "en_US.UTF-8", "LC_ALL": "", "PYTHONPATH": str(ROOT)}
    started = subprocess.Popen(
        [sys.executable, "-m", "kgisheet", "init"],
        cwd=tmp_path, env=environment, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        # A suite that runs in the background of a shell ignores it, and so would what it starts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  # no threads here
    )  # fmt: skip
    assert started.stderr is not None
    asked = b""
    while not asked.endswith(b"[1]: "):
        asked += started.stderr.read1(1000)  # type: ignore[attr-defined]
    # One that comes between the question and the waiting for an answer is only seen with the next: people press it again.
    for _ in range(10):
        started.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            started.wait(timeout=5)
            break
    _, said = started.communicate(timeout=30)
    os.close(ours)
    os.close(theirs)
    assert (started.returncode, b"stopped; nothing was written" in said, b"Traceback" in said) == (2, True, False)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("path", ["plan.toml", "none/plan.toml", "plan.xlsx"])
def test_what_can_not_be_written_is_said_before_the_first_question(path: str, kgisheet: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text("mine", encoding="utf-8")
    ran = kgisheet("init", "-o", path, stdin=answers())
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)
    assert (tmp_path / "plan.toml").read_text(encoding="utf-8") == "mine"


def test_force_replaces_a_plan(kgisheet: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text("mine", encoding="utf-8")
    assert kgisheet("init", "--force", stdin=answers()).code == 0
    assert plan(tmp_path)["period"] == "year"


def test_bytes_that_are_no_text_are_asked_again(program: Run, tmp_path: Path) -> None:
    given = answers(owner="x").replace(b"x\n", b"\x8d\xe0\n\n")
    ran = program("init", stdin=given, lang=JA)
    assert b"Traceback" not in ran.err.encode()
    assert ran.code in (0, 2)
    assert (tmp_path / "plan.toml").exists() == (ran.code == 0)
