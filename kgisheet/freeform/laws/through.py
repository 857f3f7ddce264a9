"""The rate of several steps in a list of rates: Lead to MQL 50 %, MQL to SQL 40 %, SQL to customer 20 %, Lead to customer 4 %."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...values.regex import regex
from ..read.spelling import plain
from .judge import Law
from .law import ABOUT, PRODUCT, Case
from .lists import Figure
from .tables import PERCENT

_ENDS = regex(r"^(?P<one>[^→>]{1,24}?)\s*(?:→|->|⇒|から|\bto\b)\s*(?P<other>.{1,24}?)$")
_AROUND = regex(r"[(（\[].*?[)）\]]|\b(?:conversion|rate|ratio|cvr|overall|total)\b|(?:化|転換)?率|全体")
_FEWEST, _MOST = 2, 8


def through(every: Sequence[Sequence[Figure]]) -> Iterator[Law]:
    """Yield the rate from the first to the last of some stages as the product of those from each to the next, as their labels say."""
    for figures in every:
        rates = [each for each in figures if each.kind == PERCENT and each.value.number > 0]
        ends = {each.value.where: found for each in rates if (found := _ends(each.label)) is not None}
        named = [each for each in rates if each.value.where in ends]
        for whole in named if _FEWEST < len(named) <= _MOST else ():
            first, last = ends[whole.value.where]
            steps = _path([each for each in named if each is not whole], ends, first, last)
            if len(steps) < _FEWEST or whole.value.uses:
                continue
            case = Case(PRODUCT, whole.value, tuple(each.value for each in steps), only=whole.value.where)
            fails = case.follows() > ABOUT
            yield Law(PRODUCT, () if fails else (case,), (case,) if fails else ())


def _path(rates: Sequence[Figure], ends: dict[tuple[str, int, int], tuple[str, str]], first: str, last: str) -> list[Figure]:
    """Return the rates that lead from one stage to another one step by step; none where there are two ways, or a gap."""
    found: list[Figure] = []
    now = first
    while now != last:
        on = [each for each in rates if ends[each.value.where][0] == now and each not in found]
        if len(on) != 1:
            return []
        found.append(on[0])
        now = ends[on[0].value.where][1]
    return found


def _ends(label: str) -> tuple[str, str] | None:
    """Return the two stages that a rate's label names, without what is said of it besides."""
    match = _ENDS.match(_AROUND.sub(" ", plain(label)).strip())
    if match is None:
        return None
    one, other = (_stage(match[each]) for each in ("one", "other"))
    return (one, other) if one and other and one != other else None


def _stage(text: str) -> str:
    flat = text.strip(" -・")
    return flat.removesuffix("s") if flat.isascii() else flat.removesuffix("数").removesuffix("件")
