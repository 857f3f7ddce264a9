"""Costs of one, without a word for the whole: 費用計 1,400,000円, 名刺 350枚, 1枚あたり 4,000円, 商談 28件, 1件あたり 50,000円.

The whole is a total of the list; two figures of this kind say so together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..read import terms
from .judge import Law
from .law import OFF, PRODUCT, ROUNDED, Case
from .lists import Figure
from .tables import COUNT, MONEY

_APIECE = re.compile(
    r"^(?:[^\d\s]{0,8}?[1一](?:件|人|名|社|回|本|枚|台)(?:の)?(?:あたり|につき|単価)(?:の?(?:費用|コスト|金額|経費))?|cost (?:per|for each|a) [a-z -]+)(?:[(（].*)?$"
)
_TOTAL = terms.of("total", "of_parts")
_LEAST = 2
_NEAR = 2


def apiece(every: Sequence[Sequence[Figure]]) -> Iterator[Law]:
    """Yield the costs of one of each count above them in the lists of a sheet, by its one total by which most hold."""
    found = [(line, at) for line in every for at, each in enumerate(line) if _APIECE.match(each.label) and at]
    if len(found) < _LEAST:
        return
    totals = [
        each
        for line in every
        for each in line
        if each.kind == MONEY and _TOTAL.search(each.label) and not _APIECE.match(each.label)
    ]
    laws = [law for total in totals if (law := _law(total, found)) is not None]
    if laws:
        yield max(laws, key=lambda law: (len(law.held), -len(law.failed)))


def _law(total: Figure, found: Sequence[tuple[Sequence[Figure], int]]) -> Law | None:
    cases = []
    for line, at in found:
        count = next((each for each in reversed(line[max(0, at - _NEAR) : at]) if each.kind == COUNT), None)
        if count is not None and count.value.number:
            cases.append(Case(PRODUCT, total.value, (count.value, line[at].value)))
    held = [each for each in cases if _holds(each)]
    failed = [each for each in cases if each not in held and each.follows() == OFF]
    return Law(PRODUCT, tuple(held), tuple(failed)) if held and len(failed) <= 1 else None


def _holds(case: Case) -> bool:
    """Return whether a cost is the quotient, rounded to yen."""
    made = case.solved(case.operands[1])
    return case.follows() <= ROUNDED or (
        made is not None and abs(float(made) - case.operands[1].number) < case.operands[1].step
    )
