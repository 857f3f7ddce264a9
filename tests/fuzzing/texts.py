"""CSV files, plans and templates, as bytes and as words typed wrong: actuals, the goal screen, rosters, TOML."""

from __future__ import annotations

import datetime
import functools
import random
from collections.abc import Callable
from typing import Any

from conftest import page_and_months

from kgisheet import api
from kgisheet.csvio import actuals, goals
from kgisheet.handout import roster

from . import damage
from .trial import REFUSED, Answer, Trial, WrongVerdictError

APRIL = datetime.date(2026, 4, 1)
LONG = '月,段階,チャネル,実績\n2026-04,訪問数,広告,"1,200"\n2026/4,CV数,広告,12件\n2026年4月,リード数,ＳＥＯ,8\n2026-04,受注金額,,1200万円\n2026-04,受注件数,,3\n'
WIDE = '月,サイト訪問数,問合せ数,アポ獲得数,有効商談化数,受注件数,売上(千円),CVR\n4月,"21,700",217,40,10,3,"12,000",1%\n'
SCREEN = (
    "月,CV目標,CV率,訪問数\n"
    + "".join(f"{2026 + (month > 12)}-{(month - 1) % 12 + 1:02},20,1%,2000\n" for month in range(4, 16))
    + "合計,240,,24000\n"
)
ROSTER = 'file,owner,web_revenue,channel.広告.share\n佐藤,佐藤 花子,"1,200万円",25%\n鈴木.xlsx,鈴木,800万円,25%\n東京/営業1課,①髙橋,12%,25%\n'
WORDS = [
    ",",
    ";",
    "\t",
    '"',
    '""',
    "\n",
    "\r",
    "\r\n",
    "4月",
    "13月",
    "2026-00",
    "2026",
    "１２",
    "-3",
    "1,2,3",
    "%",
    "万円",
    "億",
    "=1+1",
    "@x",
    "合計",
    "#",
    "①",
    "髙",
    "\u3000",
    "\ufeff",
    "\x00",
    "\x1b[31m",
    "\u202e",
    "〜",
    "9" * 5000,
    "1e999",
    "../x",
    "CON",
    "a" * 300,
    "é",
    "NaN",
    "{",
    "[[",
    "'''",
    "\\u0000",
    "=",
    "#x",
    "null",
    "true",
    "1979-05-27T07:32:00Z",
    "0x10",
    "inf",
]
ENCODINGS = ["utf-8", "utf-8-sig", "cp932", "utf-16", "utf-16-le", "utf-16-be", "euc-jp", "iso2022_jp", "utf-32"]


def words(pick: random.Random, text: str) -> str:
    """A text with words of it gone, doubled, put elsewhere, or others typed into it; lines too."""
    for _ in range(pick.choice((1, 1, 2, 4))):
        lines = text.split("\n")
        at, other = pick.randrange(len(lines)), pick.randrange(len(lines))
        how = pick.randrange(8)
        if how == 0:
            del lines[at]
        elif how == 1:
            lines[at], lines[other] = lines[other], lines[at]
        elif how == 2:
            lines.insert(at, lines[other])
        elif how == 3:
            lines[at] *= pick.choice((2, 50))
        else:
            place = pick.randrange(len(lines[at]) + 1)
            gone = pick.choice((0, 0, 1, 3, 8))
            lines[at] = lines[at][:place] + pick.choice(WORDS) + lines[at][place + gone :]
        text = "\n".join(lines)
    return text


def _bytes(pick: random.Random, text: str) -> tuple[bytes, str]:
    """A text as a file: changed in its words, in its bytes, in its encoding, or in nothing."""
    how = pick.random()
    if how < 0.6:
        return words(pick, text).encode("utf-8", "surrogatepass"), "words"
    if how < 0.8:
        return damage.bytes_of(pick, text.encode(pick.choice(ENCODINGS), "replace"), 3), "bytes"
    return text.encode(pick.choice(ENCODINGS), "replace"), "encoding"


# -- CSV -----------------------------------------------------------------------------


def csv(pick: random.Random) -> Trial:
    name, text, reader = pick.choice(READERS)
    data, kind = _bytes(pick, text)

    def run() -> Answer:
        said = reader(data)
        if kind == "encoding":
            right = reader(text.encode())
            if said.outcome != REFUSED and said.said != right.said:
                raise WrongVerdictError(f"{name} reads {said.said!r:.100} in another encoding, not {right.said!r:.100}")
        return said

    return Trial(f"{kind} of {name}", {f"{name}.csv": data}, run)


def _rows(found: Any) -> Answer:
    """Rows that were read without a complaint; what a file has besides is its problems."""
    if found.problems:
        return Answer(REFUSED, found.problems)
    return Answer("ok", found.rows)


def _monthly(key: str) -> Callable[[bytes], Answer]:
    def read(data: bytes) -> Answer:
        made = api.regenerate(page_and_months(), "book.xlsx", **{key: (data, f"{key}.csv")})  # type: ignore[arg-type]
        return Answer("ok", (made.changes, made.conflicts))

    return read


def _roster(data: bytes) -> Answer:
    found = roster.roster(data, "roster.csv")
    return Answer("ok", found.rows)


READERS: list[tuple[str, str, Callable[[bytes], Answer]]] = [
    ("actuals", LONG, lambda data: _rows(actuals.read_actuals(data, "a.csv", APRIL))),
    ("wide", WIDE, lambda data: _rows(actuals.read_actuals(data, "a.csv", APRIL))),
    ("screen", SCREEN, lambda data: _rows(goals.read_goals(data, "a.csv", APRIL))),
    ("roster", ROSTER, _roster),
    ("goals", SCREEN, _monthly("goals")),
]


# -- TOML -----------------------------------------------------------------------------


@functools.cache
def _plans() -> tuple[str, ...]:
    whole = api.extract(page_and_months(), "book.xlsx")[0]
    return (
        whole,
        whole
        + '\n[months]\nweights = [1,1,1,1,1,1,1,1,1,1,1,1]\nclosed_through = "2026-09"\nlead_time = { opportunities = 1, meetings = 2, leads = 3 }\nnext_year = "same"\n',
    )


@functools.cache
def _templates() -> tuple[str, ...]:
    from test_small_template import TEMPLATE

    return (TEMPLATE,)


def toml(pick: random.Random) -> Trial:
    if pick.random() < 0.6:
        data, kind = _bytes(pick, pick.choice(_plans()))
        build = pick.random() < 0.1
        return Trial(f"{kind} of a plan", {"plan.toml": data}, lambda: plan(data, build))
    data, kind = _bytes(pick, pick.choice(_templates()))
    return Trial(f"{kind} of a template", {"template.toml": data}, lambda: template(data))


def plan(data: bytes, build: bool) -> Answer:
    read = api.plan_from_toml(data, "plan.toml", "ja")
    return Answer("ok", api.records_of_plan(read, "ja") if build else read.inputs)


def template(data: bytes) -> Answer:
    found = api.template_from_toml(data, "template.toml")
    api.check_template(found)
    return Answer("ok", found.digest)
