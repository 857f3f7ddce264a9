"""F10: every name of a workbook taken away, pointed elsewhere, without its $, or a second time on the sheet that uses it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

import openpyxl
import pytest
from conftest import page_and_months, page_only
from hands import edited
from openpyxl.workbook.defined_name import DefinedName

from kgisheet import api
from kgisheet.check.finding import Finding
from kgisheet.check.rules import shadowed, structure
from kgisheet.check.subject import Subject
from kgisheet.filled.workbook import FilledBook
from kgisheet.values.a1 import Place
from kgisheet.xlsx.read.reader import Read, read

Key = tuple[str, str]
"""A sheet ("" for the workbook) and a name in lower case, as ``Read.local_names`` and ``Read.loose`` have them."""
FREE = (300, 60)  # a cell in which nothing is


def told(content: Read) -> list[Finding]:
    """What is said of names alone."""
    subject = Subject(FilledBook(content, "goal.xlsx"))
    return [each for each in (*structure.moved(subject), *shadowed.shadowed(subject)) if each.code == "F10"]


def gone(content: Read, name: str) -> Read:
    return content._replace(names={each: place for each, place in content.names.items() if each != name})


def astray(content: Read, name: str) -> Read:
    place = content.names[name]
    return content._replace(names={**content.names, name: place._replace(row=FREE[0], col=FREE[1])})


def loosened(content: Read, name: str) -> Read:
    return content._replace(loose={("", name.lower()): f"{content.names[name].sheet}!E7"})


def shared(names: Mapping[str, Place], of: int = 7) -> Iterator[str]:
    yield from sorted(names)[::of]


@pytest.mark.parametrize("edit", [gone, astray, loosened], ids=["gone", "astray", "loosened"])
def test_each_name_is_said_at_its_cell(edit: Callable[[Read, str], Read]) -> None:
    # A share of the page's names; tests/sweep_names.py goes through all of them, of a whole workbook too.
    content = read(page_only(), "goal.xlsx")
    for name in shared(content.names):
        (found,) = told(edit(content, name))
        place = content.names[name]
        assert (found.name, found.sheet, found.severity) == (name, place.sheet, "error")
        assert found.cell == shadowed.cells_of(place, place.sheet).partition(":")[0]


def shadows(content: Read) -> Iterator[tuple[str, str, Read]]:
    """Each name a second time on each sheet with a formula that uses it: sheet, name, workbook."""
    sheets = sorted({sheet for sheet, _, _ in content.cells})
    for name, place in content.names.items():
        word = re.compile(rf"(?<![\w.!]){name}(?![\w.!(])")
        for sheet in sheets:
            if any(each.formula and word.search(each.formula) for (at, _, _), each in content.cells.items() if at == sheet):
                own = {(sheet, name): place._replace(sheet=sheet, row=FREE[0], col=FREE[1])}
                yield sheet, name, content._replace(local_names={**content.local_names, **own})


def test_each_name_that_a_sheet_has_for_itself_is_said_there() -> None:
    made = list(shadows(read(page_only(), "goal.xlsx")))
    assert len(made) > 60
    for sheet, name, content in made[::5]:
        (found,) = told(content)
        assert (found.sheet, found.name) == (sheet, name)
        assert "BI301" in found.message.en


def test_a_name_for_itself_that_means_the_same_cells_or_that_no_formula_uses_is_harmless() -> None:
    content = read(page_only(), "goal.xlsx")
    local = {("目標設定", name.lower()): place for name, place in content.names.items()}
    assert told(content._replace(local_names=local)) == []
    unused = {("目標設定", "unit_yen_of_nobody"): Place("目標設定", *FREE), ("使い方", "channel_leads"): Place("使い方", *FREE)}
    assert told(content._replace(local_names=unused)) == []


def name_on(title: str, name: str, text: str) -> Callable[[openpyxl.Workbook], None]:
    return lambda workbook: workbook[title].defined_names.__setitem__(name, DefinedName(name, attr_text=text))


def renamed(name: str, change: Callable[[str], str]) -> Callable[[openpyxl.Workbook], None]:
    def edit(workbook: openpyxl.Workbook) -> None:
        workbook.defined_names[name].attr_text = change(workbook.defined_names[name].attr_text)

    return edit


@pytest.mark.parametrize(
    ("edit", "name", "ja", "en"),
    [
        (name_on("目標設定", "web_revenue_used", "'目標設定'!$AZ$200"), "web_revenue_used", "シート「目標設定」だけで使われる名前 web_revenue_used", "pointing to AZ200"),
        # A constant, and a cell that is gone, hide ours as well.
        (name_on("目標設定", "win_rate", "0.5"), "win_rate", "0.5 を指しています", "pointing to 0.5"),
        (name_on("目標設定", "deal_size", "#REF!"), "deal_size", "#REF! を指しています", "pointing to #REF!"),
        (renamed("win_rate", lambda area: area.replace("$", "")), "win_rate", "$ のない参照('目標設定'!C10)", "a reference without $ ('目標設定'!C10), so each"),
        (renamed("channel_leads", lambda area: area.replace("$K", "$L")), "channel_leads", "別のセル(D19:L19)を指しています", "$D$19:$K$19"),
    ],
)  # fmt: skip
def test_it_is_the_only_finding_and_says_what_to_do(
    edit: Callable[[openpyxl.Workbook], None], name: str, ja: str, en: str
) -> None:
    report = api.check(edited(page_only(), edit), "goal.xlsx")
    (found,) = [each for each in report.findings if each.severity != "note"]
    assert (found.code, found.name, found.sheet) == ("F10", name, "目標設定")
    assert ja in found.message.ja
    assert en in found.message.en + found.fix.en


def test_on_the_sheet_of_the_months() -> None:
    title = "月次予実"
    report = api.check(edited(page_and_months(), name_on(title, "web_revenue_used", f"'{title}'!$AZ$200")), "goal.xlsx")
    found = [each for each in report.findings if each.severity != "note"]
    assert [(each.code, each.sheet, each.name) for each in found] == [("F10", title, "web_revenue_used")]
