"""A list that hangs together but for the figure at the end of a step: all else follows, 72 are needed, 40 % come of what is 198, and not 180.

The step is by the rate between two counts, or a price and how many right before an amount. The first count follows from others,
nothing else uses the rate, and with the other figure nothing in the list would be left over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from ...formula.grid import Where
from ..read import terms
from ..rules.slips import is_mistyped
from .judge import Law
from .law import OFF, PRODUCT, ROUNDED, Case
from .lists import Figure
from .making import MORE_OR_LESS, Made, is_step
from .tables import COUNT, MONEY, PERCENT, Value

_PRICE = terms.of("price", "each", "mean")
_AMOUNT = terms.of("revenue", "amount", "pipeline")
_OTHER = terms.of("last_year", "reference", "results", "margin", "more")
_ABOUT, _LIMIT = terms.of("about"), terms.of("limit")
_PERIODS = [terms.of(each) for each in ("per_year", "per_half", "per_quarter", "per_month", "per_week", "per_day")]
_FEWEST, _LEAST, _BOTH = 5, 10, 2


def hanging(figures: Sequence[Figure], every: Sequence[Made], off: Sequence[Made], explained: set[int]) -> Iterator[Law]:
    """Yield the one step of a list that fails, where all but its last figure and its rate or price follow from others."""
    # A limit stands alone: the budget's, below what is spent.
    left = {at for at, each in enumerate(figures) if at not in explained and not _LIMIT.search(each.label)}
    if len(figures) < _FEWEST or not left or len(left) > _BOTH:
        return
    within = {each.at for each in every if each.case.follows() != OFF}
    found: dict[Fraction, Made] = {}
    for way in off:
        own, at = set(way.at), way.at[-1]
        if way.case.kind != PRODUCT or way.case.follows() != OFF or not left <= own or at not in left or way.at in within:
            continue
        if not _is_plain(figures, way) or _are_apart([figures[each] for each in way.at]) or way.at[0] in left:
            continue
        if _is_of_another(figures, way):
            continue
        meant = way.case.solved(figures[at].value)
        if meant is not None and meant >= _LEAST:
            found[meant] = way
    meant = _meant(figures, every, found)
    where = _slip(figures, found[meant], meant) if meant is not None else None
    if meant is not None and where is not None:
        way = found[meant]
        # A rate is the slip only where nothing else wants another count.
        only = where if where == figures[way.at[-1]].value.where else None
        yield Law(PRODUCT, (), (way.case._replace(only=only),))


def _meant(figures: Sequence[Figure], every: Sequence[Made], found: Mapping[Fraction, Made]) -> Fraction | None:
    """Return the one reading of what fails; of the two of a step, the one of the other steps of the list: from the goal back, or onward."""
    if len(found) == 1:
        return next(iter(found))
    if len(found) != _BOTH or not all(is_step(figures, each.at) for each in found.values()):
        return None
    held = [each for each in every if each.case.follows() <= ROUNDED and is_step(figures, each.at)]
    back = {_is_back(figures, each) for each in held}
    if not held:
        return _nearer(figures, found)
    return next((meant for meant, way in found.items() if {_is_back(figures, way)} == back), None)


def _nearer(figures: Sequence[Figure], found: Mapping[Fraction, Made]) -> Fraction | None:
    """Return the reading that the last figure is about, where the other one is far from it: 2,640 is 240 ÷ 10 %, not 10 % of 240."""
    off = {
        meant: max(meant / now, now / meant)
        for meant, way in found.items()
        for now in (figures[way.at[-1]].value.exact,)
        if meant > 0 and now > 0
    }
    near = [meant for meant, times in off.items() if times <= _TWICE]
    return near[0] if len(near) == 1 and len(off) == _BOTH and max(off.values()) > _FAR else None


_TWICE, _FAR = 2, 4


def _slip(figures: Sequence[Figure], way: Made, meant: Fraction) -> Where | None:
    """Return which of a step's last two figures is wrong: the one that is mistyped, or the last, but where the other one may be as well."""
    between, last = (figures[each].value for each in way.at[1:])
    wanted = way.case.solved(between)
    is_typed = wanted is not None and _is_typed(between, wanted)  # 36.4 % isn't typed where 40 % are; 15 % may be
    slips = is_mistyped(last.exact, meant), is_typed and wanted is not None and is_mistyped(between.exact, wanted)
    if slips[0] != slips[1]:
        return last.where if slips[0] else between.where
    return None if is_typed else last.where


def _is_typed(value: Value, wanted: Fraction) -> bool:
    if value.kind == PERCENT:
        return (wanted * 1000).denominator == 1
    return wanted.denominator == 1 and len(str(wanted).rstrip("0")) <= value.digits + 1


def _is_of_another(figures: Sequence[Figure], way: Made) -> bool:
    """Return whether the last figure of a step follows by its rate, or price, from one further up: 32 accounts, 48 modules, 20 %, 160."""
    between, last = (figures[each].value for each in way.at[1:])
    others = [each.value for at, each in enumerate(figures) if at not in way.at and each.kind != PERCENT and each.value.number]
    ways = ((one, other) for each in others for one, other in ((last, each), (each, last)))
    if any(Case(PRODUCT, one, (other, between)).follows() <= ROUNDED for one, other in ways):
        return True
    return between.kind != PERCENT and any(Case(PRODUCT, between, (last, each)).follows() <= ROUNDED for each in others)


def _is_back(figures: Sequence[Figure], step: Made) -> bool:
    return step.case.result is figures[step.at[0]].value


def _is_plain(figures: Sequence[Figure], way: Made) -> bool:
    """Return whether a way is a step by the rate between two counts next to each other, or how many, a price, and the amount, or back."""
    if len(way.at) != _THREE or way.at[-1] - way.at[0] != _THREE - 1:
        return False
    one, between, other = (figures[each] for each in way.at)
    if _PRICE.search(one.label) or _PRICE.search(other.label):
        return False
    if is_step(figures, way.at):
        return one.kind == other.kind == COUNT
    if not _PRICE.search(between.label) or between.kind == PERCENT:
        return False
    if other.kind == MONEY or _AMOUNT.search(other.label):
        return one.kind == COUNT and other.value is way.case.result and other.value.kind == MONEY
    return (one.kind == MONEY or _AMOUNT.search(one.label)) and other.kind == COUNT and one.value is way.case.result


_THREE = 3


def _are_apart(own: Sequence[Figure]) -> bool:
    """Return whether labels say that figures are of other periods, of other years, or more or less than what follows."""
    if any(_ABOUT.search(text) for each in own for text in (each.label, each.value.spot.flat)):
        return True
    if any(_OTHER.search(each.label) or (MORE_OR_LESS.search(each.label) and each.kind == PERCENT) for each in own):
        return True
    said = {
        next((at for at, words in enumerate(_PERIODS) if words.search(each.label)), None)
        for each in own
        if each.kind != PERCENT
    }
    return len(said - {None}) > 1 or (len(said) > 1 and any(_PRICE.search(each.label) for each in own))
