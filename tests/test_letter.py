"""What formulas give that are the template's to the letter is told, not evaluated: it must be the same."""

from __future__ import annotations

import pytest
from conftest import book

from kgisheet.check.letter import to_the_letter
from kgisheet.check.subject import Subject
from kgisheet.filled.workbook import FilledBook
from kgisheet.formula.grid import Sheets
from kgisheet.worksheet.shown import same
from kgisheet.xlsx.read.reader import read


def subject(**edits: str | None) -> Subject:
    """The example with the formulas of some single cells replaced; None deletes one."""
    filled = FilledBook(read(book(sheets="目標設定,月次予実,現状とのギャップ,稟議"), "book.xlsx"), "book.xlsx")
    for name, formula in edits.items():
        place = filled.names[name]
        where = place.sheet, place.row, place.col
        filled.read.cells[where] = filled.read.cells[where]._replace(formula=formula)
    return Subject(FilledBook(filled.read, "book.xlsx"))


def told(of: Subject) -> set[str]:
    return {of.where[where][0].name for where in of.recalculated.values if where in of.where}


def test_of_an_untouched_workbook_everything_is_told() -> None:
    clean = subject()
    assert to_the_letter(clean)
    assert len(clean.recalculated.values) == len(clean.results())


def test_what_follows_from_another_formula_is_not_told() -> None:
    edited = subject(won_deals="=won_deals_exact+1")
    assert not to_the_letter(edited)
    assert {"won_deals", "opportunities", "visits"}.isdisjoint(told(edited))  # the stages below wins follow from them
    assert "won_deals_exact" in told(edited)  # revenue ÷ deal size does not


def test_an_input_worked_out_by_its_owner_is_not_told_of_what_follows() -> None:
    typed = subject(deal_size="=4000000+0")
    assert not to_the_letter(typed)
    assert {"won_deals_exact", "won_deals", "visits"}.isdisjoint(told(typed))


@pytest.mark.parametrize(
    "edits",
    [
        {},
        {"won_deals": "=won_deals_exact+1"},
        {"unit_yen": "=1000"},  # which sentences with amounts look at without naming it
        {"overall": None},
        {"month_number": "=1"},
        {"deal_size": "=4000000+0"},
    ],
)
def test_what_is_told_is_what_an_evaluation_gives(edits: dict[str, str | None]) -> None:
    of = subject(**edits)
    to_the_letter(of)
    alone = Sheets(of.book.formulas, of.book.constants, of.book.read.names, of.book.read.local_names)
    differing = [where for where in list(of.recalculated.values) if not same(of.recalculated.value(where), alone.value(where))]
    assert (len(of.recalculated.values) > 100, differing) == (True, [])
