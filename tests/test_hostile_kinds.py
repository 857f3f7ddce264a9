"""Files that ask for too much of the evaluator: what is said of each kind. How long each takes, tests/sweep_hostile.py measures."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hostile import formulas
from hostile.books import ours, typed

from kgisheet import api
from kgisheet.formula.evaluate import evaluate
from kgisheet.formula.grid import CircleError, Sheets, View
from kgisheet.formula.nodes import Area, Cell, ErrorValue
from kgisheet.formula.parser import parse
from kgisheet.formula.values import OverBudgetError
from kgisheet.formula.wildcard import Wildcard
from kgisheet.freeform.rules.formulas import _begun
from kgisheet.freeform.rules.places import Places
from kgisheet.values import budget


def value(formula: str, **cells: str | int) -> object:
    """The value of a formula beside some cells of column A: ``A1="=1/3"``."""
    places = {("S", int(at[1:]) - 1, 0): each for at, each in cells.items()}
    formulas = {where: each for where, each in places.items() if isinstance(each, str) and each.startswith("=")}
    constants = {
        where: Fraction(each) if isinstance(each, int) else each for where, each in places.items() if where not in formulas
    }
    return evaluate(parse(formula), View(Sheets(formulas, constants, {}), "S"))


@pytest.mark.parametrize("formula", ["((1.0000001^64)^64)^64", "POWER(POWER(POWER(1.0000001,64),64),64)"])
def test_a_number_of_more_digits_than_any_engine_has_is_not_worked_out(formula: str) -> None:
    with pytest.raises(OverBudgetError, match="4,000 digits"):
        value(formula)


def test_powers_out_of_range_are_known_without_their_digits() -> None:
    assert value("(1E300^64)^64") == ErrorValue("#NUM!")
    assert value("(1E-300^64)^64") == 0
    assert value("(1/1E300)^-64") == ErrorValue("#NUM!")
    assert value("1.5^64") == Fraction(3, 2) ** 64
    assert value("(-2)^-3") == Fraction(-1, 8)


def test_numbers_in_texts_and_formulas_have_an_end() -> None:
    assert value('("1."&"5")+1') == Fraction(5, 2)
    with pytest.raises(Exception, match="4,000 digits"):
        value("A1+1", A1="9" * 8000)
    with pytest.raises(Exception, match="4,000 digits"):
        value("9" * 8000)


def test_a_text_longer_than_a_cell_is_a_value_error_as_in_excel() -> None:
    most = "x" * 32_767
    assert value("LEN(A1&A2)", A1=most, A2="") == 32_767
    for formula in ("A1&A2", "CONCATENATE(A1,A2)", "CONCAT(A1,A2)", 'SUBSTITUTE(A1,"x","xx")'):
        assert value(formula, A1=most, A2="x") == ErrorValue("#VALUE!")
    assert value("LEN(" + "SUBSTITUTE(" * 30 + '"a"' + ',"a","aa")' * 30 + ")") == ErrorValue("#VALUE!")


def test_fixed_writes_as_many_decimals_as_excel_does() -> None:
    assert value("FIXED(1/3,4)") == "0.3333"
    assert len(str(value("FIXED(1/3,127)"))) == 129
    assert value("FIXED(1/3,128)") == ErrorValue("#VALUE!")
    assert value("FIXED(1/3,1E300)") == ErrorValue("#VALUE!")


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("*", "", True),
        ("a*", "abc", True),
        ("*c", "abc", True),
        ("*c", "abcd", False),
        ("a*b*c", "a-b-b-c", True),
        ("a*b*c", "a-c-b", False),
        ("a?c", "aXc", True),
        ("a?c", "ac", False),
        ("*a?", "aab", True),
        ("ab*ba", "aba", False),
        ("A*Z", "abcz", True),
        ("~*a~?", "*a?", True),
        ("~*a", "xa", False),
        ("a~", "a~", True),
        ("*受注*", "Web受注件数", True),
        ("a*\n*b", "a1\n2b", True),
    ],
)
def test_a_pattern_fits_the_whole_text_in_any_case(pattern: str, text: str, fits: bool) -> None:
    assert Wildcard(pattern).fits(text) is fits


def test_many_stars_are_tried_once() -> None:
    assert not Wildcard("*a" * 60 + "c").fits("a" * 30_000)
    assert Wildcard("*a" * 60 + "c").fits("a" * 30_000 + "c")


def chain(size: int, step: int, end: int) -> Sheets:
    """Cells of column A that are each one more than the one ``step`` rows further; beyond the last there is ``end``."""
    formulas = {("S", row, 0): f"=A{row + 1 + step}+1" for row in range(1, size + 1)}
    return Sheets(formulas, {("S", 0 if step < 0 else size + 1, 0): Fraction(end)}, {})


@pytest.mark.parametrize(("step", "asked"), [(-1, 20_000), (1, 1)])
def test_a_chain_of_twenty_thousand_cells_is_worked_out_from_its_end(step: int, asked: int) -> None:
    assert chain(20_000, step, 7).value(("S", asked, 0)) == 20_007


def test_a_circle_of_twenty_thousand_cells_is_that_circle_from_wherever_it_is_asked() -> None:
    formulas = {("S", row, 0): f"=A{(row + 1) % 20_000 + 1}+1" for row in range(20_000)} | {("S", 30_000, 0): "=A11"}
    sheets = Sheets(formulas, {}, {})
    for asked in (30_000, 5):
        with pytest.raises(CircleError) as found:
            sheets.value(("S", asked, 0))
        assert (len(found.value.ring), ("S", 30_000, 0) in found.value.ring) == (20_000, False)


def test_cells_that_are_off_the_circle_are_worked_out_though_they_were_met_behind_it() -> None:
    """A1 needs A2 and A3 behind long chains; only A3's ends in a circle."""
    formulas = {("S", 0, 0): "=IF(A2>0,A2,A3)", ("S", 1, 0): "=B1+1", ("S", 2, 0): "=C1"}
    formulas |= {("S", row, 1): f"=B{row + 2}" for row in range(100)} | {("S", 100, 1): "=5"}
    formulas |= {("S", row, 2): f"=C{row + 2}" for row in range(100)} | {("S", 100, 2): "=C51"}
    sheets = Sheets(formulas, {}, {})
    assert sheets.value(("S", 0, 0)) == 6
    with pytest.raises(CircleError) as found:
        sheets.value(("S", 2, 0))
    assert len(found.value.ring) == 51


def test_a_sum_of_a_column_to_its_end_goes_as_far_as_there_is_something_in_it() -> None:
    sheets = Sheets({}, {("S", row, 0): Fraction(row) for row in range(10)}, {})
    with budget.of_file("x") as left:
        assert evaluate(parse("=SUM(A1:A99999)+COUNTBLANK(A1:A99999)"), View(sheets, "S")) == 45 + 99_989
    assert left.steps < 50_000


def test_what_is_beyond_the_budget_is_not_worked_out_and_the_rest_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "STANDARD", budget.Limits(steps=100_000))
    cells = {f"K{row}": "=SUM(E1:E999)" for row in range(300, 500)} | {f"E{row}": row for row in range(300, 900)}
    for made in (ours(cells), typed(cells)):
        report = api.check(made, "book.xlsx")
        assert report.status == "incomplete"
        assert report.not_evaluated > 50
        (said,) = [each for each in report.findings if each.code == "S12" and each.severity == "warning"]
        assert said.message.en == (
            "it takes too much calculation (the limit is 100,000 steps): it was checked up to that limit, and not beyond"
        )
    with budget.raised(10):
        assert api.check(typed(cells), "book.xlsx").status == "ok"


@pytest.mark.parametrize("kind", ["numbers of 8,000 digits", "nested SUBSTITUTE", "patterns with many stars", "many circles"])
def test_a_kind_of_each_sort_ends_in_a_report(kind: str) -> None:
    for make in (ours, typed):
        report = api.check(make(formulas.CELLS[kind]()), "book.xlsx")
        assert (report.status == "unreadable", report.problem) == (False, None)


def test_formulas_are_compared_with_their_neighbours_as_far_as_the_budget_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "STANDARD", budget.Limits(steps=50_000))
    cells = {f"K{row}": "=E1+1" for row in range(300, 2300)}  # to work them out takes 22,000 steps, to compare them 42,000
    report = api.check(typed(cells), "book.xlsx")
    assert (report.status, report.not_evaluated) == ("incomplete", 0)
    with budget.raised(10):
        assert api.check(typed(cells), "book.xlsx").status == "ok"


def test_an_error_is_said_where_a_long_chain_of_cells_begins() -> None:
    cells = {"K299": "=1/0"} | {f"K{row}": f"=K{row - 1}+1" for row in range(300, 3300)}
    (found,) = [each for each in api.check(typed(cells), "book.xlsx").findings if each.code == "F06"]
    assert (found.cell, len(found.affected)) == ("K299", 3000)


def test_errors_that_go_round_have_no_beginning() -> None:
    a, b, c, d = (("S", row, 0) for row in range(4))
    assert _begun({a: b, b: a, c: b, d: None}) == {a: None, b: None, c: None, d: d}
    assert _begun({a: b, b: c, c: d, d: None}) == {a: d, b: d, c: d, d: d}


def test_cells_in_an_area_are_found_without_going_through_all() -> None:
    cells = [("S", row, col) for row in range(1000) for col in range(20)]
    places = Places([*cells, ("T", 5, 5)])
    with budget.of_file("x") as left:
        assert list(places.inside(Area("S", 998, 18, 10**6, 10**4))) == [
            ("S", row, col) for row in (998, 999) for col in (18, 19)
        ]
        assert list(places.inside(Cell("T", 5, 5))) == [("T", 5, 5)]
        assert not list(places.inside(Area("U", 0, 0, 9, 9)))
    assert left.steps == 3  # a row each
