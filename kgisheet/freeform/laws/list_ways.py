"""All ways in which the figures of a list may make one another, and which of them follow from others, be it by chance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .by_totals import by_totals
from .economics import covered, economics, retention, without_others
from .explained import Pair, by_numbers
from .explained import explained as explained_by
from .explained import surely as surely_explained
from .gathered import gaps, gathered
from .law import PRODUCT
from .lists import Figure
from .making import Made, movements
from .making import ways as ways_of
from .monthly import about_a_month, monthly
from .placed import rates_in_use, steps_by_name, without_pairs
from .placed import steps as steps_of
from .priced import counted_each, each_of, of_one_name, priced
from .shared_out import gone_on, shared_out
from .tables import Tables
from .worded import worded
from .workload import of_heads


class Ways(NamedTuple):
    """The ways in which the figures of a list may make one another, and the figures that follow from others by them."""

    every: list[Made]
    kept: list[Made]
    """Those without the steps of a rate that another step has."""
    moved: list[Made]
    """Sums that labels don't say."""
    said: list[Made]
    """By numbers in words: in which direction isn't known."""
    placed: list[Made]
    by_number: list[Pair]
    explained: set[int]
    surely: set[int]
    known: list[Made]
    """Steps by their places or names, and the rates of those that hold."""
    in_use: set[int]


def ways_in(tables: Tables, figures: Sequence[Figure]) -> Ways:
    named = list(priced(figures))
    named += [each for each in of_one_name(figures) if not any(each.at == other.at for other in named)]
    # Where a price says of what it is, the amount is by nothing else.
    plain = [*named, *(each for each in ways_of(figures) if not any(_is_another(each, other) for other in named))]
    plain = [*without_pairs(figures, plain), *gathered(figures), *gaps(figures), *monthly(figures), *each_of(figures)]
    shared = shared_out(figures)
    by_labels = [
        *economics(figures),
        *covered(figures),
        *retention(figures),
        *of_heads(figures),
        *counted_each(figures),
        *shared,
        *gone_on(figures, shared),
    ]
    every = [*without_others(figures, plain), *by_labels]
    placed = steps_of(figures, every)
    known = [*placed, *steps_by_name(figures, every)]
    in_use = rates_in_use(figures, known)
    numbered = list(by_numbers(tables, figures, in_use))
    by_number = [pair for pair, _ in numbered]
    # 16 × 75 % are the 12 by chance where 75 % are of another step.
    kept = [each for each in every if each in known or not in_use & set(each.at)]
    parts = {each.at[-1] for each in shared}
    # All parts of a whole add up to that, not to the figure after them.
    moved = [each for each in movements(figures) if len(parts & set(each.at)) < len(each.at) - 1]
    explained = explained_by(figures, [*kept, *moved], by_number) | set(by_totals(tables, figures))
    surely = surely_explained(figures, kept, [pair for pair, is_said in numbered if is_said])
    about = set(about_a_month(figures))
    said = list(worded(tables, figures))
    return Ways(every, kept, moved, said, placed, by_number, explained | about, surely | about, known, in_use)


def _is_another(way: Made, named: Made) -> bool:
    """Return whether a product is of the same amount and price: by another count, or the same once more."""
    return way.case.kind == PRODUCT and _has_price_and_amount(way, named)


def _has_price_and_amount(way: Made, named: Made) -> bool:
    own = way.case.places
    return named.case.result.where in own and named.case.operands[1].where in own
