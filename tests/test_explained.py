"""How a sheet that was never ours was read: the relations with what says so, and what was compared with nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran
from foreign.sheets import check, codes, sheet

from kgisheet import api

Rows = list[list[Any]]

CHAIN: Rows = [["売上目標", "3,000万円"], ["受注単価", "150万円"], ["受注数", 20], ["受注率（案件→受注）", 0.25], ["案件数", 80],
               ["案件化率", 0.5], ["商談数", 160]]  # fmt: skip


def test_every_relation_says_how_it_was_found() -> None:
    explained = check(*CHAIN).explained
    assert explained is not None
    assert [(each.cell, each.uses, each.state, each.why.to("en")) for each in explained.related] == [
        ("Sheet!B3", ("Sheet!B1", "Sheet!B2"), "holds", "an amount divided by its price is a count"),
        ("Sheet!B5", ("Sheet!B3", "Sheet!B4"), "holds", "the label of the rate “受注率（案件→受注）” names both stages"),
        (
            "Sheet!B7",
            ("Sheet!B5", "Sheet!B6"),
            "holds",
            "the label of the rate “案件化率” names the stage it leads to; where it starts follows from the order of the stages",
        ),
    ]
    assert (explained.compared, explained.alone, explained.unused) == (7, (), ())


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (
            ["成約率", 0.25],
            "the label doesn't say what the rate “成約率” is a share of, so it is taken for the stage that fits",
        ),
        (["歩留まり", 0.25], None),  # no rate of the chain: the deals and the opportunities are compared with nothing
    ],
)
def test_a_rate_of_doubtful_name_says_so(row: list[Any], why: str | None) -> None:
    explained = check(*CHAIN[:3], row, *CHAIN[4:]).explained
    assert explained is not None
    assert next((each.why.to("en") for each in explained.related if each.cell == "Sheet!B5"), None) == why


def test_ok_is_said_only_where_every_goal_was_compared() -> None:
    """The leads have no rate: of nine figures seven are compared, the eighth is a count of the chain, the ninth nobody's stage."""
    whole, alone = check(*CHAIN), check(*CHAIN, ["リード数", 800], ["対象企業数", 1200])
    assert (whole.status, alone.status, codes(alone)) == ("ok", "incomplete", [])
    assert alone.explained is not None
    assert (alone.explained.alone, alone.explained.unused) == (("Sheet!B8",), ("Sheet!B9",))
    first = api.render([alone], "text", "en").splitlines()[0]
    assert "7 figures compared, 1 with nothing (B8)" in first
    assert "数値7個を突き合わせ、1個は突き合わせる相手がありません(B8)" in api.render([alone], "text", "ja").splitlines()[0]
    assert "それらが正しいかは分かりません" in api.render([alone], "html", "ja")


def test_a_relation_that_a_wrong_figure_spoils_is_marked() -> None:
    """60 cases for 80: the meetings, 160 = 80 ÷ 50 %, agree once that is right."""
    wrong = [list(row) for row in CHAIN]
    wrong[4][1] = 60
    said = api.render([check(*wrong)], "text", "ja", explain=True)
    assert "× B5 案件数 = 受注数20件÷受注率25% = 80" in said
    assert re.search(r"△ B7 商談数 .*\n.*誤りのある数を直せば合います", said)


def test_the_command_tells_it_in_text_json_and_html(kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "goal.xlsx"
    path.write_bytes(sheet(*CHAIN, ["リード数", "<b>800</b>"], ["リード数", 800]))
    text = kgisheet("check", "--lang", "en", "--explain-reading", str(path))
    assert (text.code, "[Compared with nothing]\n  B9 リード数" in text.out.decode()) == (3, True)
    (report,) = json.loads(kgisheet("check", "--lang", "ja", "--format", "json", "--explain-reading", str(path)).out)["reports"]
    assert report["compared"] == {"figures": 7, "alone": ["Sheet!B9"]}
    assert report["explained"]["relations"][0] == {
        "kind": "quotient",
        "cell": "Sheet!B3",
        "uses": ["Sheet!B1", "Sheet!B2"],
        "state": "holds",
        "worked_out": report["explained"]["relations"][0]["worked_out"],
        "why": "金額を単価で割ると件数になります",
    }
    assert "explained" not in json.loads(kgisheet("check", "--format", "json", str(path)).out)["reports"][0]
    page = kgisheet("check", "--lang", "ja", "--format", "html", "--explain-reading", str(path)).out.decode()
    (chain,) = re.findall(r'<ol class="chain">.*?</ol>', page)
    said = re.sub(r"<[^>]+>", " ", chain)
    assert " ".join(said.split()) == (
        "売上目標 30,000,000円 B1 受注単価 1,500,000円 ○ 受注数 20 B3 受注率 25% ○ 案件数 80 B5 案件化率 50% ○ 商談数 160 B7"
    )
    refused = kgisheet("check", "--format", "sarif", "--explain-reading", str(path))
    assert refused.code == 2
