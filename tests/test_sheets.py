"""Sheets are declared by templates and known by ids: titles are in what is written and read, and in no line of Python."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
import source
from conftest import ROOT, book
from test_layers import sources

from kgisheet import api
from kgisheet.check.run import check_book
from kgisheet.filled.workbook import FilledBook
from kgisheet.template.raw import digest
from kgisheet.template.sheets import SheetList
from kgisheet.template.sheets import before as sheets_before
from kgisheet.xlsx.read.reader import Read, read

STANDARD = api.open_shipped("standard").listed
TITLES = {title for each in STANDARD.all for title in each.title}
QUOTED = re.compile(f"[「“](?:{'|'.join(map(re.escape, TITLES))})[」”]")


def literals(text: str) -> Iterator[str]:
    """Yield the texts in a module, but for its docstrings."""
    nodes = source.nodes(text)
    said = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    yield from (text for node, text in source.texts(nodes) if id(node) not in said)


def named(text: str) -> list[str]:
    """Return the texts of a module that are a sheet's title, or quote one."""
    return [each for each in literals(text) if each in TITLES or QUOTED.search(each)]


def test_no_line_of_python_names_a_sheet_by_its_title() -> None:
    # The field's own words for what these are about, which isn't the sheet.
    words = {
        "cli.funnel": ["現状とのギャップ"],  # what the sheet is about, as a table on the terminal
        "gather.by_month": ["月別"],  # a sheet of a summary, which no template declares
        "layout.working": ["計算用", "Working"],  # of templates that declare no such sheet
        "upgrade.listing": ["Content"],  # what was in a cell, as a heading
    }
    found = {name: said for name, text in sources().items() if (said := named(text))}
    assert found == words


@pytest.mark.parametrize(
    "planted", ['if sheet == "月次予実": pass', 'say(f"see “Goals”")', 'x = {"稟議": 1}', 'Text("「目標設定」の数", "")']
)
def test_a_title_in_python_is_found(planted: str) -> None:
    assert named(planted)
    assert not named('"""月次予実: a docstring."""\nText("月次予実の差", "months")')


# -- plans ------------------------------------------------------------------------


def sheets(asked: str) -> list[str]:
    made = api.build(api.plan_from_example("en", [f"sheets={asked}"]), "en")
    return [sheet.title for sheet in made.book.sheets if not sheet.hidden]


@pytest.mark.parametrize("asked", ["months", "月次予実", "Plan vs actual", " plan VS actual ", "月次目標", "monthly GOALS"])
def test_a_plan_names_a_sheet_by_id_or_by_title(asked: str) -> None:
    assert sheets(asked) == ["Goals", "Plan vs actual", "Basis"]


def test_an_unknown_sheet_is_told_with_those_that_there_are() -> None:
    with pytest.raises(api.PlanError) as refused:
        sheets("monthlies")
    (problem,) = refused.value.problems
    assert problem.fix is not None
    assert "Goals, Plan vs actual, Approval, Basis, Month tabs" in problem.fix.en
    assert "目標設定, 月次予実, 稟議, 根拠, 月別" in problem.fix.ja


# -- templates --------------------------------------------------------------------

OWN = """
[template]
schema = 1
name = "own"
base = "standard"
[[sheet]]
id = "goals"
title = { ja = "年間目標", en = "Year" }
[[sheet]]
id = "months"
title = { ja = "月の表", en = "Grid" }
[[sheet]]
id = "extra"
kind = "drawn"
after = "goals"
title = { ja = "前提", en = "Assumptions" }
[[section]]
key = "extra"
kind = "lines"
sheet = "extra"
title = { ja = "前提", en = "Assumptions" }
[[section.cell]]
name = "extra_note"
input = true
unit = "text"
label = { ja = "メモ", en = "Note" }
"""


def test_a_template_gives_sheets_other_titles_and_adds_its_own() -> None:
    own = api.template_from_toml(OWN, "own.toml")
    made = api.build(api.plan_from_example("en", ["sheets=guide,extra"], own), "en")
    # the page, and the months which drawn sheets of the standard need: this one says that it needs none
    assert [sheet.title for sheet in made.book.sheets if not sheet.hidden] == ["Year", "Assumptions", "Basis", "Guide"]
    data = api.workbook(api.plan_from_example("ja", ["sheets=all"], own), "ja")
    titles = [sheet.title for sheet in read(data, "own.xlsx").sheets]
    assert titles[:3] == ["年間目標", "前提", "月の表"]
    assert [each.code for each in api.check(data, "own.xlsx").findings if each.severity == "error"] == []
    assert api.regenerate(data, "own.xlsx").conflicts == ()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('id = "x"\nkind = "grid"\ntitle = "X"', "there is no kind"),
        ('id = "x"\nkind = "months"\ntitle = "X"', "two sheets of kind"),
        ('id = "x"\nkind = "drawn"\ntitle = "a:b"', "can't have this title"),
        ('id = "x"\nkind = "drawn"\ntitle = "Goals"', "appears twice"),
        ('id = "x"\nkind = "drawn"\ntitle = "X"\nneeds = ["nowhere"]', "there is no sheet"),
        ('kind = "drawn"\ntitle = "X"', "id needs a text"),
        ('id = "x"\nkind = "drawn"\ntitle = 1', "a text in Japanese and English"),
        ('id = "x"\nkind = "drawn"\ntitle = "X"\ncolour = 1', "there is no such key"),
        ('id = "x"\nkind = "drawn"\ntitle = "X"\n[[section]]\nkey = "y"\nkind = "lines"\nsheet = "z"', "there is no sheet"),
    ],
)
def test_a_sheet_declared_wrong_is_told(line: str, said: str) -> None:
    head = '[template]\nschema = 1\nname = "own"\nbase = "standard"\n[[sheet]]\n'
    with pytest.raises(api.TemplateError) as refused:
        api.check_template(api.template_from_toml(head + line + "\n", "own.toml"))
    assert any(said in each.what.en for each in refused.value.problems), refused.value


THEN = SheetList.read(tomllib.loads(sheets_before())["sheet"])
"""The sheets as they were before templates declared them."""


# -- workbooks of before ----------------------------------------------------------


def before(data: bytes) -> Read:
    """Return a workbook as it was made before sheets had ids: no ``[[sheet]]``, and the Japanese titles in the rest."""
    content = read(data, "goal.xlsx")

    def titled(text: str) -> str:
        text = text.partition("# One part of a department's goal")[0]  # a sheet that there wasn't
        text = re.sub(r'^instead *= \{ sheet = "assigned".*?(?:"|false) \}\n', "", text, flags=re.M | re.S)
        text = re.sub(r'\[\[section\.check\]\]\nname *= "check_assigned".*?(?=\[\[section)', "", text, flags=re.S)
        text = re.sub(r'^without_sheet *= "assigned"\n', "", text, flags=re.M)
        text = re.sub(r"^\[\[sheet\]\]\n(?:\w+ *=.*\n)+", "", text, flags=re.M)
        text = re.sub(r'^sheet *= "(grounds|working)"\n', "", text, flags=re.M)  # all that was on the page
        return re.sub(r'^(sheet|with_sheet)( *= )"(\w+)"', lambda each: f'{each[1]}{each[2]}"{THEN.title(each[3]).ja}"', text, flags=re.M)  # fmt: skip

    texts = [[name, titled(text)] for name, text in content.carried["sources"]]
    carried: dict[str, Any] = {
        **content.carried,
        "sources": texts,
        "digest": digest([text for _, text in texts]),
        "sheets": [THEN.title(each).ja for each in content.carried["sheets"]],
    }
    assert any('"月次目標"' in text for _, text in texts)
    assert not any("[[sheet]]" in text for _, text in texts)
    return content._replace(carried=carried)


@pytest.mark.parametrize(("template", "lang", "asked"), [("standard", "ja", "all"), ("short", "en", "月次予実")])
def test_a_workbook_of_before_is_read_as_one_of_now(template: str, lang: str, asked: str) -> None:
    data = book(template, lang, sheets=asked)
    now, then = FilledBook(read(data, "goal.xlsx"), "goal.xlsx"), FilledBook(before(data), "goal.xlsx")
    assert then.carries_template
    assert {each.id for each in then.template.sheets.all} <= {each.id for each in now.template.sheets.all}
    on_page = now.template.page_keys()
    assert [(each.key, each.sheet) for each in then.template.sections] == [
        (each.key, "goals" if each.key in on_page else each.sheet) for each in now.template.sections
    ]
    assert then.template.cells.keys() == now.template.cells.keys()


def test_a_workbook_of_before_has_no_findings_that_one_of_now_has_not() -> None:
    data = book(sheets="months")
    found = [check_book(FilledBook(each, "goal.xlsx"), b"", None).findings for each in (read(data, "goal.xlsx"), before(data))]
    new = [each for each in found[1] if each not in found[0]]
    # Only the digest of its template is none that was published, and no sheet of its template's is one to be hidden.
    assert {(each.code, each.severity) for each in new} <= {("S12", "warning"), ("S05", "warning")}


def test_the_sheets_of_before_stay_as_they_were() -> None:
    """Workbooks out there have these titles, whatever the templates of now call their sheets."""
    assert [tuple(each.title) for each in THEN.all] == [
        ("使い方", "Guide"),
        ("目標設定", "Goals"),
        ("月次目標", "Monthly goals"),
        ("月別", "Month tabs"),
        ("予実サマリー", "Summary"),
        ("逆算と積上", "Both ways"),
        ("ABM", "ABM"),
        ("ジャーニー", "Journey"),
        ("コンテンツ", "Content"),
        ("定義", "Definitions"),
        ("稟議", "Approval"),
    ]
    assert (ROOT / "kgisheet/template/sheets_before.toml").is_file()
