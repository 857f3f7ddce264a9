"""The figures of a team and of each of it, beside each other on several lines: by the heads that a title or a figure says.

営業8名: all lines of the year are eight times those of one of them but for one; the team has six on every line, and 人数 says seven.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from ...values.regex import regex
from .judge import FITTING, Law, judged
from .law import MULTIPLE, PRODUCT, Case
from .tables import PERCENT, Tables, Value, Variable, complete

_EACH = regex(
    r"(?:[1一]人|担当)(?:あたり|当たり|分|/)|^[1一]人(?!目)|各自|\b(?:per|each|a) (?:rep|person|head|seller|consultant|agent|[as]dr|bdr|ae|member)\b|/ ?(?:rep|person|head|人|名)\b|\beach\b"
)
_TEAM = regex(r"チーム|全員|全体|全社|合計|総数|[部課]の?計|\bteam\b|\btotal\b|\ball\b|\bwhole\b|together")
_OF_HEADS = regex(
    r"人数|名数|人員|\b(?:headcount|heads|number of (?:reps|people|sellers|agents)|team size)\b|^(?:reps|sellers|people|agents|[as]drs|bdrs|aes)\b"
)
_SAID = regex(
    r"(?<![\d.,])(\d{1,3})\s*[名人](?![目分あ当に前月])(?:体制|チーム)?|\b(?:team of|for) (\d{1,3})\b|\b(\d{1,3}) (?:reps|people|sellers|agents|[as]drs|bdrs|aes|salespeople)\b"
)
_PERIOD = regex(r"年間?|月間?|週間?|日次?|month|year|week|day|quarter|annual")
_TITLE, _LEAST, _SURE = 60, 2, 3
_MOST = 500


def of_heads(tables: Tables) -> Iterator[Law]:
    """Yield the figures of a team that are those of one of it by the heads that are said, and those of which all are by others."""
    said = _said(tables)
    figures = _figures(tables)
    for table in tables:
        own = [each for each in table.variables if each.kind != PERCENT and not each.aside]
        for one in own if len(table.names) >= _LEAST else ():
            if not _EACH.search(one.label):
                continue
            for whole in own:
                if whole is one or _EACH.search(whole.label) or whole.kind != one.kind or not _are_of_one_period(whole, one):
                    continue
                lines = [(p, a) for p, a in complete(whole, one) if p.number and a.number]
                if len(said) == 1:
                    yield from _by_said(lines, said[0])
                if len(figures) == 1 and _TEAM.search(whole.label):
                    if not said:
                        yield from _by_said(lines, int(figures[0].exact))
                    yield from _by_another_figure(tables, lines, figures[0])


def _are_of_one_period(whole: Variable, one: Variable) -> bool:
    """Return whether both labels are of the same period, if they say one."""
    periods = [frozenset(_PERIOD.findall(each.label)) for each in (whole, one)]
    return periods[0] == periods[1]


def _said(tables: Tables) -> list[int]:
    """Return the heads that titles say; several are of several teams."""
    found: dict[int, None] = {}
    for spot in tables.texts.values():
        if len(spot.text) <= _TITLE and spot.amount is None:
            for match in _SAID.finditer(spot.flat):
                many = int(next(each for each in match.groups() if each))
                if many > 1:
                    found[many] = None
    return list(found)


def _figures(tables: Tables) -> list[Value]:
    """Return the typed figures that are called the number of heads."""
    return [
        value
        for value in tables.values.values()
        if value.exact.denominator == 1
        and 1 < value.exact <= _MOST
        and not value.uses
        and _OF_HEADS.search(tables.name(value, across=False))
        and not _EACH.search(tables.name(value, across=False))
    ]


def _by_said(lines: list[tuple[Value, Value]], many: int) -> Iterator[Law]:
    cases = [Case(MULTIPLE, p, (a,), Fraction(many)) for p, a in lines]
    law = judged(MULTIPLE, cases, lambda case: case.operands[0].exact, FITTING, 1)
    if law is None or len(law.held) < _LEAST or len(law.failed) > 1:
        return
    if not any(cell.uses - case.places for case in law.failed for cell in case.cells):
        yield law  # no formula says of what else a figure is


def _by_another_figure(tables: Tables, lines: list[tuple[Value, Value]], heads: Value) -> Iterator[Law]:
    """Yield that the heads that are typed aren't those by which all lines are, and which nothing else of the sheet says."""
    by = Counter(p.exact / a.exact for p, a in lines)
    if len(lines) < _SURE or len(by) != 1 or len({a.exact for _, a in lines}) < _SURE:
        return
    (usual,) = by
    if usual == heads.exact or usual.denominator != 1 or not _NEAR <= heads.exact / usual <= 1 / _NEAR:
        return
    texts = " ".join(spot.flat for spot in tables.texts.values())
    if any(value.exact == usual for value in tables.values.values()) or re.search(rf"(?<![\d.,]){usual}(?![\d.,])", texts):
        return
    if any(cell.uses for pair in lines for cell in pair):
        return  # formulas say by what they are
    yield Law(PRODUCT, (), tuple(Case(PRODUCT, p, (a, heads)) for p, a in lines))


_NEAR = Fraction(1, 2)
