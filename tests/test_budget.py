"""The budget of a file: what is spent from it, by whom, and what is said when it is gone (docs/budget.md)."""

from __future__ import annotations

import pytest
from hostile.books import ours, typed

from kgisheet import api
from kgisheet.errors import BookError
from kgisheet.values import budget


def test_within_a_file_all_spend_from_one_budget_and_the_next_file_has_its_own() -> None:
    with budget.of_file("a.xlsx") as a:
        budget.spend("steps", 3)
        with budget.of_file("a.xlsx"):  # a reader, called by the check that has begun it
            budget.spend("steps", 4)
        with budget.of_file("b.xlsx") as b:
            budget.spend("steps", 5)
    assert (a.steps, b.steps) == (7, 5)


def test_what_exceeds_it_is_refused_with_the_unit_the_limit_the_file_and_the_way_to_raise_it() -> None:
    with budget.of_file("a.xlsx"):
        budget.spend("cells", budget.STANDARD.cells)
        with pytest.raises(BookError) as refused:
            budget.spend("cells", 1)
    assert [each.to("en") for each in refused.value.problems] == [
        "a.xlsx: it has too many cells (the limit is 200,000) → "
        "if you trust the file, --budget 10 makes the limits 10 times the standard"
    ]
    made, args = refused.value.__reduce__()  # as pickle does, between processes
    assert made(*args).problems == refused.value.problems


def test_one_monster_does_not_starve_the_rest() -> None:
    with budget.of_file("a.xlsx") as held:
        for _ in range(2):
            with pytest.raises(budget.SpentError):
                budget.spend("steps", 17 * 10**9)
        budget.spend("steps", budget.STANDARD.steps)
        with pytest.raises(budget.SpentError):
            budget.spend("steps", 1)
    assert held.steps == budget.STANDARD.steps


def test_all_limits_are_raised_together_and_for_as_long_as_somebody_asks() -> None:
    with budget.raised(10), budget.of_file("a.xlsx") as held:
        assert held.limits == tuple(10 * each for each in budget.STANDARD)
        budget.spend("steps", budget.STANDARD.steps * 10)
        with pytest.raises(budget.SpentError, match="--budget 100 makes"):
            budget.spend("steps", 1)
    assert budget.times() == 1


def test_two_workbooks_beside_one_another_may_take_as_much_as_two() -> None:
    with budget.of_file("a.xlsx, b.xlsx", files=2) as held:
        assert held.limits.cells == 2 * budget.STANDARD.cells


def test_where_no_file_is_read_a_call_is_limited_and_calls_are_not_added_up() -> None:
    for _ in range(3):
        budget.spend("steps", budget.STANDARD.steps)
    with pytest.raises(budget.SpentError):
        budget.spend("steps", budget.STANDARD.steps + 1)


@pytest.mark.parametrize("given", [("data", "x.xlsx"), {"data": "data", "source": "x.xlsx"}])
def test_a_function_is_run_within_the_budget_of_the_file_that_it_names(given: tuple[str, str] | dict[str, str]) -> None:
    @budget.per_file
    def read(data: str, source: str) -> tuple[str, str, str | None]:
        return data, source, budget.current().source

    assert (read(**given) if isinstance(given, dict) else read(*given)) == ("data", "x.xlsx", "x.xlsx")


def test_of_a_number_that_nothing_admits_no_option_is_advised() -> None:
    for make in (ours, typed):
        report = api.check(make({"K300": "=" + "7" * 5000}), "book.xlsx")
        (said,) = [each for each in report.findings if each.code == "S12" and "4,000" in str(each.message.en)]
        assert report.status == "incomplete"
        assert said.fix.en == "correct the number, or the formula that makes it: no --budget raises this limit"
        assert said.fix.ja.endswith("この上限は --budget でも上がりません")


def test_what_can_be_raised_is_said_before_what_cannot() -> None:
    with budget.of_file("a.xlsx") as held:
        for unit, amount in ((budget.NUMBER, budget.LONGEST_NUMBER), (budget.STEPS, held.limits.steps), (budget.NUMBER, 1)):
            held.refusal(unit, amount)
    assert held.refused is not None
    assert "--budget 10" in str(held.refused.problems[0].to("en"))
