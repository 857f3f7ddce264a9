"""Prices that say of one of what they are: price per desk, 坪単価; the amount after them is theirs by the desks, and by nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ...values.regex import regex
from ..read import terms
from .law import PRODUCT, Case
from .lists import Figure, names
from .making import Made
from .tables import COUNT, MONEY, PERCENT

_OF_ONE = regex(
    r"\b(?:price|rent|fee|cost|revenue|value|sales|spend|retainer|rate)s? (?:per|a|for one|for each|of one) (?P<each>[a-z]{2,})"
    r"|\bper (?P<per>[a-z]{2,})(?=$|\s*[/(,]| per\b| an?\b)"
    r"|(?P<unit>[^\s・/()（）\d]{1,6}?)単価|1(?P<one>[件社人名台坪本枚回室戸棟店口席])(?:あたり|当たり|の)"
)
_COST, _ALL = regex(r"cost (?:per|of a|for each)\b"), regex(r"\btotal (?:cost|spend|budget)\b")
_PER = regex(r"\bper (?P<each>[a-z]{3,})s?$")
_PERIODS = terms.of("per_year", "per_half", "per_quarter", "per_month", "per_week", "per_day", "mean")
_EACH_PERIOD = [terms.of(each) for each in ("per_year", "per_half", "per_quarter", "per_month", "per_week", "per_day")]
_NOT_COUNTED = terms.of("price", "each", "mean", "amount")
_PRICE, _NOT_ALL = terms.of("price"), terms.of("price", "each", "mean", "per_month", "per_quarter", "per_week", "last_year")
_NEXT = _PAIR = 2


def priced(figures: Sequence[Figure]) -> Iterator[Made]:
    """Yield the amount right after a price as so many of the one count of the list that the price's label names."""
    for at, price in enumerate(figures):
        each = _one(price)
        if not each:
            continue
        counts = [place for place, other in enumerate(figures) if other.kind == COUNT and _counts(other, each)]
        amounts = [
            place
            for place in range(at + 1, min(len(figures), at + 1 + _NEXT))
            if figures[place].kind == MONEY and not _one(figures[place])
        ]
        between = figures[at + 1 : amounts[0]] if amounts else ()
        if not amounts and _COST.match(price.label):
            amounts = [place for place in range(at) if figures[place].kind == MONEY and _ALL.search(figures[place].label)][-1:]
        if len(counts) == 1 and amounts and all(other.kind == PERCENT for other in between):
            if len({_period(figures[place]) for place in (counts[0], amounts[0])} - {None}) > 1:
                continue  # the jars of a year, and what comes in a month
            case = Case(PRODUCT, figures[amounts[0]].value, (figures[counts[0]].value, price.value))
            if any(other.kind == MONEY and other.value.exact == case.exact for other in figures):
                continue  # what they come to in a year, and the amount after them is that of three
            yield Made(case, tuple(sorted((at, counts[0], amounts[0]))), named=True)


def of_one_name(figures: Sequence[Figure]) -> Iterator[Made]:
    """Yield the one amount of a name as the one count by the one price of it, however far away they are: 新規売上, 新規単価, 新規獲得社数."""
    for at, price in enumerate(figures):
        if price.kind != MONEY or not _PRICE.search(price.label):
            continue
        for name in _called(price):
            own = [
                place for place, each in enumerate(figures) if name in _called(each) and each.kind != PERCENT and place != at
            ]
            kinds = [figures[place].kind for place in own]
            if len(own) != _PAIR or set(kinds) != {COUNT, MONEY} or any(_NOT_ALL.search(figures[place].label) for place in own):
                continue
            count, amount = own if kinds[0] == COUNT else own[::-1]
            case = Case(PRODUCT, figures[amount].value, (figures[count].value, price.value))
            yield Made(case, tuple(sorted((at, count, amount))), named=True)


def _called(figure: Figure) -> frozenset[str]:
    """Return by what a figure is told from others of its kind: its names, and whether it is of new customers."""
    return figure.names | {_NEW} if _OF_NEW.search(figure.label) else figure.names


_NEW, _OF_NEW = "new", terms.of("of_new")


def each_of(figures: Sequence[Figure]) -> Iterator[Made]:
    """Yield the amount before what there is of it for one, by how many of these there are: pipeline, SDRs, pipeline per SDR."""
    for at, (whole, one) in enumerate(pairwise(figures)):
        said = _PER.search(one.label) if one.kind == MONEY else None
        each = _one(one) or (said["each"] if said is not None and not _PERIODS.search(said["each"]) else "")
        if not each or _one(whole) or whole.kind != MONEY or not names(whole.label) & names(one.label):
            continue
        counts = [place for place, other in enumerate(figures) if other.kind == COUNT and _counts(other, each)]
        if len(counts) == 1 and counts[0] not in (at, at + 1):
            case = Case(PRODUCT, whole.value, (figures[counts[0]].value, one.value))
            yield Made(case, tuple(sorted((at, at + 1, counts[0]))), named=True)


def counted_each(figures: Sequence[Figure]) -> Iterator[Made]:
    """Yield how many there are of something as how many of another there are, and how many each has: dials, dials per SDR per quarter, SDRs."""
    said: dict[tuple[frozenset[str], frozenset[str]], list[tuple[int, int]]] = {}
    for at, one in enumerate(figures):
        match = _COUNT_PER.match(one.label) if one.kind == COUNT else None
        if match is not None and not _PERIODS.search(match["each"]) and names(match["one"]) and names(match["each"]):
            period = _period(one)
            rank = -1 if period is None else period
            said.setdefault((names(match["one"]), names(match["each"])), []).append((rank, at))
    for (what, of), places in said.items():
        longest, _ = min(places)
        for rank, at in sorted(places):
            plain = [place for place, other in enumerate(figures) if other.kind == COUNT and not _is_of_one(other)]
            wholes = [place for place in plain if what <= figures[place].names and not of <= figures[place].names]
            # That of a day is another step, unless all of them have one.
            in_period = [place for place in wholes if _period(figures[place]) == rank]
            wholes = in_period if rank != longest or in_period else wholes
            heads = [place for place in plain if of <= figures[place].names and not what <= figures[place].names]
            if len(wholes) == len(heads) == 1:
                case = Case(PRODUCT, figures[wholes[0]].value, (figures[heads[0]].value, figures[at].value))
                yield Made(case, tuple(sorted((at, heads[0], wholes[0]))), named=True)


def _is_of_one(figure: Figure) -> bool:
    """Return whether a figure is of one of something, as its label says: calls per rep; those per day are all."""
    return _PER_ONE.search(_PER_PERIOD.sub(" ", figure.label)) is not None


_PER_PERIOD = regex(r"(?:\bper |/ ?|\beach |\ba )(?:day|week|month|quarter|half|year)\b")
_COUNT_PER = regex(r"^(?P<one>[a-z][a-z -]*?) (?:per|for each|for every|a) (?P<each>[a-z]+)(?:[ /,]+(?:per|a|each)? ?[a-z]+)?$")
_PER_ONE = regex(r"\bper\b|\bfor e(?:ach|very)\b|/")


def _period(figure: Figure) -> int | None:
    """Return of which period a label says that a figure is."""
    return next((at for at, words in enumerate(_EACH_PERIOD) if words.search(figure.label)), None)


def _one(figure: Figure) -> str:
    """Return of one of what an amount is, as its label says; nothing of one of a month."""
    match = _OF_ONE.search(figure.label) if figure.kind == MONEY else None
    each = (match["each"] or match["per"] or match["unit"] or match["one"]) if match is not None else ""
    return "" if _PERIODS.search(each) else each


def _counts(figure: Figure, each: str) -> bool:
    """Return whether a figure is how many there are of something, as its label says."""
    if _NOT_COUNTED.search(figure.label):
        return False
    return bool(names(each) & names(figure.label)) if each.isascii() and len(each) > _SHORT else each in figure.label


_SHORT = 2
