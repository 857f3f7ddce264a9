"""Costs of one: by the count that the label names, a customer of CAC, the lead of cost per lead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...values.regex import regex
from ..read import terms
from .fills import At
from .formed import Line, Lists, replaced
from .lists import names
from .tables import COUNT, MONEY

_CAC = regex(r"\bcac\b|顧客獲得(?:単価|コスト|費)|customer acquisition cost|cost (?:per|of a) (?:new )?customer")
_COST_OF = regex(r"\bcost (?:per|of an?) (?:new )?([a-z][a-z ]*)")
_JAPANESE = regex(
    r"^[1一]?(.{2,8}?)(?:1件)?(?:獲得)?(?:単価|コスト)$|^[1一]?(.{2,8}?)(?:1件)?(?:あたり|当たり)の?(?:獲得)?(?:コスト|費用|広告費|販促費)"
)
_CUSTOMERS, _COSTS = terms.of("customers"), terms.of("costs")
_OF_ONE, _NO_COUNT = terms.of("price", "each", "mean", "rate"), terms.of("goal", "compared")


def of_another_count(lists: Lists) -> Iterator[tuple[At, str]]:
    """Yield the costs of one thing that are by how many there are of another thing, where the list has one count of what it names."""
    for lines in lists:
        for line in lines.values():
            if line.formula is None or len(line.formula.cells) != 2 or sorted(line.factors.values()) != [-1, 1]:
                continue
            amount, count = sorted(line.factors, key=lambda cell: -line.factors[cell])
            if amount not in lines or count not in lines or lines[amount].kind != MONEY or lines[count].kind != COUNT:
                continue
            own = _named(lines, line, _COSTS.search(lines[amount].label))
            if own and lines[count] not in own and len(own) == 1:
                yield line.at, replaced(line.formula, count, own[0].at)


def _named(lines: Mapping[At, Line], line: Line, is_cost: bool) -> list[Line]:
    """Return the counts of a list of what a cost is of; none where its label doesn't say it."""
    every = [each for each in lines.values() if each.kind == COUNT and each.at < line.at and not _OF_ONE.search(each.label)]
    counts = [each for each in every if not _NO_COUNT.search(each.label)]
    if _CAC.search(line.label):
        return [each for each in counts if _CUSTOMERS.search(each.label)]
    found = _COST_OF.search(line.label)
    if found is not None:
        return [each for each in counts if names(found[1]) & each.names]
    japanese = _JAPANESE.search(line.label) if is_cost else None
    name = (japanese[1] or japanese[2] or "") if japanese is not None else ""
    own = [each for each in every if name and name in each.label]
    return [each for each in own if each in counts] or own
