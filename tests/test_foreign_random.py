"""A share of the sweep of random layouts: right sheets are silent, and one wrong cell is found."""

from __future__ import annotations

from conftest import examples
from foreign.drawing import drawn
from foreign.sheets import grave, saved
from hypothesis import given, settings
from hypothesis import strategies as st
from sweep_foreign import broken, trial

from kgisheet import api


@settings(max_examples=examples(12))
@given(st.integers(min_value=10_000, max_value=10**6))
def test_right_sheets_are_silent_and_one_wrong_cell_is_found(seed: int) -> None:
    each = trial(seed)
    assert (each.clean, each.alarms) == ("ok", []), seed
    assert each.found in (True, None), seed
    assert each.exact in (True, None), seed


def test_the_sweep_breaks_what_it_says() -> None:
    first = drawn(3)
    planted = broken(first, 3)
    assert planted is not None
    assert grave(api.check(saved(first.cells), "x")) == []
    assert [each.cell for each in grave(api.check(planted[0], "x"))] == [planted[1]]
