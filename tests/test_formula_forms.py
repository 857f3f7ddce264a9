"""A column's formula is rendered once, and its rows fill in what differs: the same as rendering each row by itself."""

from __future__ import annotations

import pytest
from conftest import book

from kgisheet.expr.parser import parse
from kgisheet.expr.render import excel
from kgisheet.expr.render.forms import form
from kgisheet.filled.workbook import FilledBook
from kgisheet.values.a1 import Place
from kgisheet.worksheet.places import Places
from kgisheet.xlsx.read.reader import read


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_row_of_the_example_has_the_formula_that_it_would_have_alone(lang: str) -> None:
    filled = FilledBook(read(book(lang=lang), "book.xlsx"), "book.xlsx")
    rows = [(cell, row) for cell in filled.template.cells.values() if cell.formula is not None for row in filled.rows(cell)]
    assert len(rows) > 4000
    for cell, row in rows:
        seen = filled.seen_from(cell, row)
        assert seen.formula(cell.formula) == excel.formula(cell.formula, seen), (cell.name, row)
    # Far fewer forms than formulas: that is what they are for.
    assert len(filled.places.forms) < len(rows) / 4


class Row:
    """A row of a table: it sees ``leads`` in column B, and those before it from B2 on."""

    def __init__(self, number: int) -> None:
        self.number = number

    def cell(self, name: str) -> str:
        return f"B{self.number + 1}" if name == "leads" else name

    def over(self, function: str, where: str, name: str) -> str:
        return "0" if self.number == 1 else f"{function}(B2:B{self.number})"

    def row(self, less: int = 0) -> str:
        return str(self.number - less)

    def is_single(self, name: str) -> bool:
        return name != "leads"


@pytest.mark.parametrize(
    ("text", "first", "second", "gaps"),
    [
        ("leads * win_rate", '=IF(COUNT(B2,win_rate)=2,B2*win_rate,"")', '=IF(COUNT(B3,win_rate)=2,B3*win_rate,"")', 1),
        ("month_after(start_month)", '=IF(ISNUMBER(start_month),EDATE(start_month,0),"")', '=IF(ISNUMBER(start_month),EDATE(start_month,1),"")', 1),
        ("sum_before(leads)", "=0", "=SUM(B2:B2)", 1),
        ("win_rate * 2", '=IF(ISNUMBER(win_rate),win_rate*2,"")', '=IF(ISNUMBER(win_rate),win_rate*2,"")', 0),
    ],
)  # fmt: skip
def test_a_form_has_a_gap_for_what_its_row_sees(text: str, first: str, second: str, gaps: int) -> None:
    made = form(parse(text), Row(1))
    assert (made.filled(Row(1)), made.filled(Row(2)), len(made.asked)) == (first, second, gaps)


def test_braces_and_numbers_in_a_formula_are_no_gaps() -> None:
    class Worded(Row):
        def word(self, key: str) -> str:
            return "{0} of {"

    node = parse("if(leads > 1, 'any', 'any')")
    assert form(node, Worded(1)).filled(Worded(1)) == excel.formula(node, Worded(1))
    assert "{0} of {" in form(node, Worded(1)).filled(Worded(1))


def test_all_places_of_a_name_are_those_of_its_rows_one_by_one() -> None:
    """A block, one with a row put in among the channels, and a tab's with one tab gone and one that has another number of rows."""
    tabs = {"of_tab": [Place("4", 1, 2, 2), None, Place("6", 9, 2, 3), Place("7", 5, 0, 1, 2)]}
    places = Places({"one": Place("S", 0, 0), "block": Place("S", 3, 1, 2, 3), "aside": Place("S", 4, 4, 3)}, tabs)
    places.followed = {"aside": [0, None, 2]}
    for name in ("one", "block", "aside", "of_tab", "unknown"):
        alone = [places.spot(name, row) for row in range(places.rows(name))]
        assert places.spots(name) == [None if place is None else place[:3] for place in alone]
    assert len(places.spots("of_tab")) == 8
