"""Cells that the program looks for: each by its role, whatever a template calls it."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import source
from conftest import BEYOND, Ran, some
from hands import typed

import kgisheet
from kgisheet import api
from kgisheet.template import locate
from kgisheet.template.roles import SHIPPED, Roles
from kgisheet.template.settle import settle

CALLED = {
    "total_revenue": "all_orders",
    "web_revenue": "online_orders",
    "deal_size": "unit_price",
    "start_month": "first_month",
    "closed_through": "closed_until",
    "next_year_revenue": "orders_to_come",
    "month_start": "month_of_row",
    "month_weight": "weight_of_row",
    "year_cvr": "cvr_of_year",
    "web_revenue_used": "orders_in_force",
    "meetings_per_rep": "meetings_of_one",
    "sales_reps": "sellers",
    "abm_goal": "goal_of_stage",
    "approval_deadline": "decided_by",
    "feasibility_line": "whether_it_can_be",
}
"""Cells of the page, the months and the sheets beyond them, and what another template calls them."""


def renamed(text: str) -> str:
    """The template with other names, and the roles of their cells."""
    for ours, theirs in CALLED.items():
        text = re.sub(rf"(?<![a-z0-9_.\[]){ours}(?![a-z0-9_]| *= *\{{)", theirs, text)
    roles = "".join(f'{ours} = "{theirs}"\n' for ours, theirs in CALLED.items())
    return f"{text}\n[roles]\n{roles}".replace('name    = "standard"', 'name    = "own"', 1)


@functools.cache
def templates() -> tuple[api.Declaration, api.Declaration]:
    text = locate.read("standard")
    assert text is not None
    return api.open_shipped("standard"), api.template_from_toml(renamed(text), "own.toml")


@functools.cache
def books(sheets: str = "all") -> tuple[bytes, bytes]:
    ours, theirs = templates()
    return tuple(api.workbook(api.plan_from_example("en", [f"sheets={sheets}"], each), "en") for each in (ours, theirs))  # type: ignore[return-value]


def test_every_role_is_a_cell_of_the_standard_template() -> None:
    assert [name for name in SHIPPED if name not in settle(templates()[0]).cells] == []


def test_other_names_make_the_same_sheets() -> None:
    """Cell by cell the same values, in the same places."""
    ours, theirs = (api.records_of_book(each, "b.xlsx")[1] for each in books())
    assert len(ours) > 2000
    assert [(each.sheet, each.cell, each.value) for each in theirs] == [(each.sheet, each.cell, each.value) for each in ours]
    assert [each.name for each in theirs if each.name in CALLED] == []


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("deal_size", 400, "I05"),  # 400万円 typed in 万円
        ("web_revenue", 1200, "I05"),
        ("month_start[3]", 5, "S09"),
        ("abm_goal[2]", 7, "F01"),
        ("approval_deadline", "soon", "I10"),
    ],
)
def test_other_names_have_the_same_findings(name: str, value: object, code: str) -> None:
    """What the program says of a cell is said of it, not of its name."""
    base, bracket, row = name.partition("[")
    said = []
    for data, called in zip(books(BEYOND), (base, CALLED[base]), strict=True):
        found = api.check(typed(data, **{f"{called}{bracket}{row}": value}), "b.xlsx").findings
        said.append([(each.code, each.severity, each.sheet, each.cell, each.message.to("en")) for each in found])
    assert code in {each[0] for each in said[0]}
    assert said[1] == said[0]


def test_monthly_brings_goals_by_roles() -> None:
    ours, theirs = (api.regenerate(each, "b.xlsx", goals=(GOALS.encode(), "g.csv")) for each in books())
    assert [(each.sheet, each.cell, each.after) for each in theirs.changes] == [
        (each.sheet, each.cell, each.after) for each in ours.changes
    ]


GOALS = "月,CV目標,CV率,訪問数\n" + "".join(
    f"{month},20,1%,2000\n" for month in [*(f"2026-{month:02}" for month in range(4, 13)), "2027-01", "2027-02", "2027-03"]
)

WRONG = """
[template]
schema = 1
name = "own"
base = "standard"

[roles]
deal_sise = "deal_size"
web_revenue = "online_orders"
"""


def test_roles_that_are_wrong_are_told_with_their_lines(kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(WRONG, encoding="utf-8")
    ran = kgisheet("template", "check", "own.toml")
    assert ran.code == 3
    assert "own.toml:8: roles.deal_sise: there is no role deal_sise → do you mean deal_size?" in ran.err
    assert "own.toml:9: roles.web_revenue: there is no cell named online_orders" in ran.err


@pytest.mark.parametrize("role", some(Roles._fields, 16))
def test_a_role_that_nothing_has_is_told_or_left_out(role: str) -> None:
    """A template without the cell is refused with what misses it, or makes a sound workbook without it."""
    text = f'[template]\nschema = 1\nname = "less"\nbase = "standard"\ndrop = ["{role}"]\n'
    try:
        data = api.workbook(api.plan_from_example("en", ["sheets=all"], api.template_from_toml(text, "less.toml")), "en")
    except api.TemplateError:
        return
    assert [each for each in api.check(data, "b.xlsx").findings if each.severity == "error"] == []


def shown(text: str) -> str:
    """A table without its names and its template's, and without the room that these take."""
    text = re.sub("|".join(sorted(CALLED.values(), key=len, reverse=True)), lambda name: BACK[name[0]], text)
    return re.sub(r" +", " ", text.replace("template: own", "template: standard"))


BACK = {theirs: ours for ours, theirs in CALLED.items()}


@pytest.mark.parametrize("command", [["show"], ["show", "--all"], ["show", "--csv", "-"]])
def test_other_names_are_shown_the_same(command: list[str], kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    """The title and the verdict, the channels, the months, both ways, the funnel, the goal screen."""
    said = []
    for data in books():
        (tmp_path / "b.xlsx").write_bytes(data)
        ran = kgisheet(*command[:1], "b.xlsx", *command[1:])
        assert ran.code == 0, ran.err
        said.append(shown(ran.out.decode()))
    assert said[0] == said[1]
    assert len(said[0].splitlines()) >= 10


def cell_names(text: str) -> list[tuple[int, str]]:
    """Literals of a module that are a role's cell, docstrings aside; of one word only they may be anything (leads, title)."""
    return [(node.lineno, value) for node, value in source.texts(source.nodes(text)) if value in SHIPPED and "_" in value]


def test_what_works_on_cells_asks_for_roles() -> None:
    """The names are in template/roles.py alone. Reading labels and plans (freeform, csvio, start, extract.bylabels) is about other names."""
    package = Path(kgisheet.__file__).parent
    looked_at = [
        path
        for folder in ("check", "diff", "filled", "layout", "regenerate", "upgrade", "worksheet")
        for path in (package / folder).rglob("*.py")
    ]
    assert len(looked_at) > 100
    found = {path.name: names for path in looked_at if (names := cell_names(path.read_text(encoding="utf-8")))}
    # Without a record there is no template either, and the names are those of all that shipped; won_deals is a flow there.
    assert set(found) <= {"lost_record.py", "records.py", "monthly.py"}
    assert cell_names('def price(book):\n    return book.at("deal_size")') == [(2, "deal_size")]
