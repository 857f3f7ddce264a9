"""The page's JavaScript against the exact values: every cell of random plans, numbers as texts, figures as people type them."""

from __future__ import annotations

import datetime
import json
import random
import shutil
import subprocess
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from months_at_random import random_plan
from solving_in_js import SOLVE, differing, solved
from test_both_ways import beyond

from kgisheet import api
from kgisheet.expr.render import written
from kgisheet.expr.render.figures import EPOCH
from kgisheet.values import amounts
from kgisheet.values.rounding import whole
from kgisheet.web import figures
from kgisheet.web.form import told

NUMBERS = SOLVE.with_name("numbers.mjs")


def asked(questions: list[list[Any]]) -> list[Any]:
    """The answers of the page's own functions."""
    node = shutil.which("node")
    assert node is not None
    lines = "\n".join(json.dumps([question[0], *map(told, question[1:])]) for question in questions)
    ran = subprocess.run([node, NUMBERS], input=lines, capture_output=True, text=True, check=True, encoding="utf-8")
    return [json.loads(line) for line in ran.stdout.splitlines()]


def plans() -> list[tuple[api.Plan, str]]:
    rng = random.Random(7)  # noqa: S311 - plans, not secrets
    drawn = [(api.plan_from_toml(random_plan(rng), "random.toml", lang), lang) for lang in ("ja", "en") for _ in range(3)]
    shipped = [(api.plan_from_example("en", (), api.open_shipped(name)), "en") for name in api.shipped()]
    return [*drawn, *shipped, (api.plan_from_toml(beyond(1), "beyond.toml", "ja"), "ja")]


def test_every_cell_of_random_plans_is_worked_out_as_in_the_workbook() -> None:
    """With `tests/solving_in_js.py` 289,496 cells of 60 plans; the twelve months, the sheets beyond them and all three templates here."""
    found = [each for case in solved(plans()) for each in differing(case)]
    assert found == []


def test_the_referee_sees_one_figure_that_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    module = figures.module
    monkeypatch.setattr(figures, "module", lambda template: module(template).replace("q.over(", "q.times(", 1))
    (case,) = solved([(api.plan_from_example("ja"), "ja")])
    assert differing(case)


def test_the_worked_example_by_hand() -> None:
    """1,200 ÷ 400 = 3 deals; 3 ÷ 30 % = 10; 10 ÷ 25 % = 40; 40 × 25 % ÷ 10 % ÷ 1 % = 10,000 visits by advertising."""
    (case,) = solved([(api.plan_from_example("ja"), "ja")])
    chain = [case.theirs[name]["n"] for name in ("won_deals", "opportunities", "required_meetings")]
    assert (chain, case.theirs["channel_visits"][0]["n"]) == (["3", "10", "40"], "10000")


WORDS = {
    "ja": {"about": "約", "yen_sign": "", "yen_unit": "円", "unit_gap": "", "円": "円", "small_digits": "2"},
    "en": {"about": "about ", "yen_sign": "¥", "yen_unit": "", "unit_gap": " ", "円": "yen", "small_digits": "1"},
}
UNITS = {
    "ja": (written.SpokenUnit(Fraction(10**8), "億円"), written.SpokenUnit(Fraction(10**4), "万円")),
    "en": (written.SpokenUnit(Fraction(10**9), " billion"), written.SpokenUnit(Fraction(10**6), " million")),
}


def test_numbers_are_written_as_in_the_workbook() -> None:
    rng = random.Random(3)  # noqa: S311 - numbers, not secrets
    drawn = [
        Fraction(
            rng.randrange(-(10 ** rng.randint(1, 12)), 10 ** rng.randint(1, 12)), rng.choice([1, 1, 2, 3, 7, 8, 100, 10**6])
        )
        for _ in range(300)
    ]
    edges = [Fraction(0), Fraction(1, 2), Fraction(-1, 2), Fraction(99995, 10**5), Fraction(1, 10), Fraction(12345, 10**6)]
    questions: list[tuple[list[Any], Any]] = []
    for x in (*edges, *drawn):
        questions += [
            (["figure", x], written.figure(x)),
            (["percent", x], written.percent(x)),
            (["trimmed", x], written.trimmed(x)),
        ]
        questions += [(["whole", x, mode], told(whole(x, mode))) for mode in ("up", "down", "nearest", "none")]
        for lang in ("ja", "en"):
            word = WORDS[lang].__getitem__
            questions += [
                (["spoken", x, lang], written.spoken(x, *UNITS[lang], word)),
                (["amount", x, abs(x), lang], written.amount(x, abs(x), *UNITS[lang], word)),
            ]
    assert asked([question for question, _ in questions]) == [answer for _, answer in questions]


TYPED = [
    "1200万円", "1,200万", "1.2億円", "1億2,000万円", "¥12,000,000", "12000000", "１２００万円", "3千万", "2.5m", "1 200", "12,00", "-5万円", "(500)", "", "abc", "30%", "1e5",
    "10兆円", "2000兆円", "1,200.50", "5k", "￥100", "1億1億", "500円", "1.2.3", "30％", "0.3", "3割", "2.5割", "9 of 30", "9/30", "30件中9件", "31/30", "30", "1", "1.5", "100%", "101%", "0",
    "0%", "-3%", "三割", "30 %", "30パーセント", "30percent", "250", ".5", "+12%", "30%%",
]  # fmt: skip


def test_figures_are_read_as_a_plan_reads_them() -> None:
    def ours(read: Any, text: str) -> Any:
        try:
            return told(read(text))
        except amounts.FigureError:
            return None

    def rate(text: str, zero: bool) -> Fraction:
        counts = amounts.counted(text)
        return Fraction(*counts) if counts is not None else amounts.rate(text, zero)

    questions = [["money", text] for text in TYPED] + [["rate", text, zero] for text in TYPED for zero in (False, True)]
    answers = [ours(amounts.money, text) for text in TYPED]
    answers += [ours(lambda text, zero=zero: rate(text, zero), text) for text in TYPED for zero in (False, True)]
    assert asked(questions) == answers


@pytest.mark.parametrize(
    ("function", "text", "date"),
    [
        ("month", "2026-04", datetime.date(2026, 4, 1)),
        ("month", "2026年4月", datetime.date(2026, 4, 1)),
        ("month", "2026/13", None),
        ("day", "2026-04-30", datetime.date(2026, 4, 30)),
        ("day", "2026年2月29日", None),
        ("day", "2028/2/29", datetime.date(2028, 2, 29)),
    ],
)
def test_dates_are_days_from_the_spreadsheets_first(function: str, text: str, date: datetime.date | None) -> None:
    wanted = None if date is None else {"n": str((date - EPOCH).days), "d": "1"}
    assert asked([[function, text]]) == [wanted]


def test_the_months_after_a_start_end_on_their_last_day() -> None:
    """31 January and a month is 28 February, 29 in a leap year; and a month more is 31 March."""
    start = datetime.date(2027, 1, 31)
    found = asked([["monthAfter", start, Fraction(row)] for row in (1, 2, 3, 14)])
    days = [EPOCH + datetime.timedelta(days=int(each["n"])) for each in found]
    assert [str(each) for each in days] == ["2027-01-31", "2027-02-28", "2027-03-31", "2028-02-29"]


@pytest.mark.parametrize("config", ["tsconfig.json", "tsconfig.worker.json"])
def test_types(config: str) -> None:
    folder = SOLVE.parent
    ran = subprocess.run(
        [folder / "node_modules/.bin/tsc", "-p", config], cwd=folder, capture_output=True, text=True, check=False
    )
    assert ran.stdout == ""


def test_lint() -> None:
    folder = SOLVE.parent
    page = Path(figures.__file__).with_name("page")
    program = folder / "node_modules/.bin/eslint"
    ran = subprocess.run(
        [program, "--config", folder / "eslint.config.js", "."], cwd=page, capture_output=True, text=True, check=False
    )
    assert ran.stdout + ran.stderr == ""
