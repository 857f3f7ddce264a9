"""Workbooks of an earlier state of the program: what it wrote into a cell belongs there, whatever the template of now says."""

from __future__ import annotations

import functools
from typing import Any

import pytest
from conftest import book, page_only

from kgisheet import api
from kgisheet.check.finding import Finding
from kgisheet.check.run import check_book
from kgisheet.check.subject import Subject
from kgisheet.expr.render import excel
from kgisheet.filled.workbook import FilledBook
from kgisheet.template.raw import digest
from kgisheet.values.a1 import address
from kgisheet.xlsx.read.reader import Filled, Read, read

NAME = "deal_surplus"
PLACE = read(page_only(), "goal.xlsx").names[NAME]
CELL, AT = PLACE[:3], address(PLACE.row, PLACE.col)
WORD = "row_upstream"
SHEETS = "目標設定,月次予実"
THEN = '=IF(COUNT(won_deals,deal_size,web_revenue)=3,won_deals*deal_size-web_revenue+0,"")'


@functools.cache
def older(unreadable: bool = True) -> Read:
    """As an earlier state wrote it: a template without a word that is needed now, and another formula in one cell.

    Not ``unreadable``, only what a cell of its template is worked out from is written otherwise.
    """
    content = read(page_only(), "goal.xlsx")
    (name, text), *bases = content.carried["sources"]
    word = next(line for line in text.splitlines() if line.startswith(WORD))
    text = text.replace(f"{word}\n", "" if unreadable else f"{word} # ours\n")
    assert content.cells[CELL].formula != THEN
    generated = content.carried["generated"]
    carried: dict[str, Any] = {
        **content.carried,
        "sources": [[name, text], *bases],
        "digest": digest([text, *(base for _, base in bases)]),
        "generated": {**generated, CELL[0]: {**generated[CELL[0]], AT: THEN}},
    }
    return content._replace(carried=carried, cells={**content.cells, CELL: content.cells[CELL]._replace(formula=THEN)})


def typed(content: Read, where: tuple[str, int, int], filled: Filled) -> Read:
    return content._replace(cells={**content.cells, where: filled})


def formula_of(data: bytes, name: str) -> str:
    content = read(data, "goal.xlsx")
    column, _, row = name.partition("[")
    place = content.names[column].spot(int(row[:-1]) - 1)
    return str(content.cells[place[:3]].formula)


def grave(content: Read) -> list[Finding]:
    report = check_book(FilledBook(content, "goal.xlsx"), b"", None)
    return [each for each in report.findings if each.severity != "note"]


def test_what_an_earlier_state_wrote_is_not_edited() -> None:
    # The digest is none that was published, so that nobody can vouch for the template: one warning.
    (found,) = grave(older())
    assert found.code == "S12"
    assert "older one" in found.message.en
    (found,) = grave(older(unreadable=False))
    assert (found.code, "older one" in found.message.en) == ("S12", False)


def test_what_was_edited_since_is_found_and_its_own_formula_is_what_to_put_back() -> None:
    for unreadable in (True, False):
        content = older(unreadable)
        edited = grave(typed(content, CELL, content.cells[CELL]._replace(formula=THEN.replace("+0", "+1000"))))
        assert [(each.code, each.cell) for each in edited if each.code != "S12"] == [("F05", AT)]
        assert THEN in edited[-1].fix.en
        # 3 deals of 4,000,000 yen are just 12,000,000: 0 is right, 5 isn't.
        over = grave(typed(content, CELL, content.cells[CELL]._replace(formula=None, value=5)))
        assert [(each.code, each.cell, each.expected) for each in over if each.code != "S12"] == [("F01", AT, 0)]


def test_another_programs_spelling_of_what_was_written_is_no_edit() -> None:
    content = older()
    respelled = THEN.replace(",", ", ").replace("won_deals*", "(won_deals)*")
    assert [each.code for each in grave(typed(content, CELL, content.cells[CELL]._replace(formula=respelled)))] == ["S12"]


def test_an_altered_template_is_no_older_one() -> None:
    content = older()
    altered = content._replace(carried={**content.carried, "digest": "0" * 64})
    found = grave(altered)
    assert AT in [each.cell for each in found if each.code == "F02"]
    assert "altered" in next(each for each in found if each.code == "S12").message.en


def test_a_formula_of_an_earlier_state_is_renewed_and_is_nobodys_typing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in the cell is what was written there: a figure that stays is no change, and no conflict."""
    now = book(sheets=SHEETS, win_rate="31%")
    with monkeypatch.context() as then:
        render = excel.CALLS["spread"]
        then.setitem(excel.CALLS, "spread", lambda node, places, known: f"{render(node, places, known)}+0")
        data = book(sheets=SHEETS, win_rate="31%", title="older")
    name = "channel_meetings[1]"
    assert formula_of(data, name) == formula_of(now, name).replace(",6),0))", ",6),0))+0")
    outcome = api.regenerate(data, "goal.xlsx")
    assert (outcome.changes, outcome.kept, outcome.conflicts) == ((), (), ())
    assert formula_of(outcome.data, name) == formula_of(now, name)


def test_what_depends_on_a_formula_of_an_earlier_state_follows_that_formula() -> None:
    """Where it gave 3 + 7 deals, at a win rate of 30 % it took 34 opportunities, as any program shows; ours of now takes 10."""
    content = older(unreadable=False)
    deals = content.names["won_deals"]
    generated, formula = content.carried["generated"], "=ROUNDUP(web_revenue/deal_size,0)+7"
    written = {**generated[deals.sheet], address(deals.row, deals.col): formula}
    content = typed(content, deals[:3], content.cells[deals[:3]]._replace(formula=formula, value=10))
    content = content._replace(carried={**content.carried, "generated": {**generated, deals.sheet: written}})
    subject = Subject(FilledBook(content, "goal.xlsx"))
    opportunities = subject.template.cells["opportunities"]
    assert subject.recalculated.value(content.names["opportunities"][:3]) == 34
    assert subject.expected(opportunities, None) == 34
