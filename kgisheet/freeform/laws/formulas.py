"""Wrong formulas in lists, where all below follows from them: what their labels and the formulas around them show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .analogy import of_two_lines
from .cancelled import of_the_other_chain, taken_back
from .converted import by_another_number, converted, of_other_months, under_units
from .costs import of_another_count
from .covered import short_products, uncovered
from .direction import Direction
from .fills import At, Filled
from .formed import Lists
from .idle import Idle
from .mean_rates import mean_rates
from .mixed import Mixed
from .one_name import of_one_name
from .per import Per
from .periodic import of_periods
from .rate_again import rate_again
from .signed import Signed
from .stepwise import Stepwise
from .strays import as_the_only_other, mean_among_totals, means_among_sums, of_other_months_in_a_column
from .twice import of_an_item, of_itself
from .unlike import (
    as_the_one_before,
    of_the_next_column,
    of_the_other_block,
    part_for_whole,
    rounded_otherwise,
    signed_otherwise,
    taken_twice,
)

_UNUSED = "freeform.way.unused"


def wrong(lists: Lists, per: Per, own: Mapping[At, str], filled: Mapping[At, Filled]) -> Iterator[tuple[At, str, str]]:
    """Yield the formulas of the lists of a sheet that are others than what is meant, each with that, and how it is told."""
    for way, found in (
        (_UNUSED, Idle(lists)),
        ("freeform.way.direction", Direction(lists)),
        ("freeform.way.direction_of_each", per),
        ("freeform.way.taken_back", taken_back(lists)),
        (_UNUSED, Stepwise(lists)),
        ("freeform.way.its_rate", rate_again(lists.cells, own)),
        (_UNUSED, of_the_other_chain(lists)),
        ("freeform.way.signs", Signed(lists)),
        ("freeform.way.its_count", of_another_count(lists)),
        ("freeform.way.converted", converted(lists)),
        ("freeform.way.converted", under_units(lists)),
        ("freeform.way.same_months", of_other_months(lists)),
        ("freeform.way.same_months", by_another_number(lists)),
        ("freeform.way.twelve_months", of_other_months_in_a_column(lists)),
        ("freeform.way.like_beside", means_among_sums(lists)),
        ("freeform.way.like_beside", mean_among_totals(lists)),
        ("freeform.way.like_beside", as_the_only_other(lists)),
        ("freeform.way.like_beside", mean_rates(lists)),
        ("freeform.way.like_beside", of_two_lines(lists.cells, own)),
        (_UNUSED, of_itself(lists, filled)),
        (_UNUSED, of_an_item(lists, own, filled)),
        ("freeform.way.like_beside", rounded_otherwise(lists)),
        ("freeform.way.like_beside", taken_twice(lists)),
        ("freeform.way.like_beside", signed_otherwise(lists)),
        ("freeform.way.like_beside", part_for_whole(lists)),
        ("freeform.way.like_beside", of_the_next_column(lists)),
        ("freeform.way.like_beside", as_the_one_before(lists)),
        (_UNUSED, of_the_other_block(lists)),
        ("freeform.way.one_kind", Mixed(lists)),
        ("freeform.way.periods", of_periods(lists)),
        ("freeform.way.whole_list", uncovered(lists.cells, own)),
        ("freeform.way.whole_list", short_products(lists)),
        ("freeform.way.one_name", of_one_name(lists.cells, own, filled)),
    ):
        yield from ((at, formula, way) for at, formula in found)
