"""Wrong formulas in lists, where all below follows from them: what their labels and the formulas around them show."""

from __future__ import annotations

from collections.abc import Iterator

from .cancelled import of_the_other_chain, taken_back
from .converted import by_another_number, converted, of_other_months
from .costs import of_another_count
from .direction import Direction
from .fills import At
from .formed import Lists
from .idle import Idle
from .per import Per
from .signed import Signed
from .stepwise import Stepwise
from .strays import means_among_sums, of_other_months_in_a_column

_UNUSED = "freeform.way.unused"


def wrong(lists: Lists, per: Per) -> Iterator[tuple[At, str, str]]:
    """Yield the formulas of the lists of a sheet that are others than what is meant, each with that, and how it is told."""
    for way, found in (
        (_UNUSED, Idle(lists)),
        ("freeform.way.direction", Direction(lists)),
        ("freeform.way.direction_of_each", per),
        ("freeform.way.taken_back", taken_back(lists)),
        (_UNUSED, Stepwise(lists)),
        (_UNUSED, of_the_other_chain(lists)),
        ("freeform.way.signs", Signed(lists)),
        ("freeform.way.its_count", of_another_count(lists)),
        ("freeform.way.converted", converted(lists)),
        ("freeform.way.same_months", of_other_months(lists)),
        ("freeform.way.same_months", by_another_number(lists)),
        ("freeform.way.twelve_months", of_other_months_in_a_column(lists)),
        ("freeform.way.like_beside", means_among_sums(lists)),
    ):
        yield from ((at, formula, way) for at, formula in found)
