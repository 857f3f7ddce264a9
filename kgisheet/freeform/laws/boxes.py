"""A tree to the right, in boxes: left 売上 4,800万円; right of it 受注 32件 above ×, 単価 150万円 below; right of these what makes the 32.

Each × is between the two that are multiplied; what they make is the one figure of its kind in the column before.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...values.regex import regex
from .judge import FITTING, Law, judged
from .law import PRODUCT, ROUNDED, Case
from .tables import COUNT, MONEY, PERCENT, Tables, Value

_TIMES = regex(r"^[×✕✖xX*＊]$")
_UP, _ASIDE, _LEAST = 4, 4, 3


def boxes(tables: Tables) -> Iterator[Law]:
    """Yield the law that each two figures with × between them make one in the column before."""
    marks = [at for at, spot in tables.texts.items() if _TIMES.match(spot.text)]
    if len(marks) < _LEAST:
        return
    cases = [case for at in sorted(marks) if (case := _case(tables, at)) is not None]
    law = judged(PRODUCT, cases, lambda case: case.result.exact, FITTING, 1)
    if law is not None:
        yield law


def _case(tables: Tables, mark: tuple[int, int]) -> Case | None:
    row, col = mark
    above, below = (_nearest(tables, row, col, step) for step in (-1, 1))
    if above is None or below is None or PERCENT == above.kind == below.kind:
        return None
    kind = MONEY if MONEY in (above.kind, below.kind) else COUNT
    for left in range(col - 1, max(-1, col - 1 - _ASIDE), -1):
        own = [
            each
            for at in range(above.at[0] - _UP, below.at[0] + _UP + 1)
            if (each := tables.values.get((at, left))) is not None and each.kind == kind
        ]
        if not own:
            continue
        cases = [Case(PRODUCT, each, (above, below)) for each in own]
        held = [each for each in cases if each.follows() <= ROUNDED]
        return held[0] if held else cases[0] if len(cases) == 1 else None
    return None


def _nearest(tables: Tables, row: int, col: int, step: int) -> Value | None:
    """Return the first figure above a place, or below it, before another one's sign."""
    for many in range(1, _UP + 1):
        at = row + step * many, col
        if at in tables.values:
            return tables.values[at]
        if at in tables.texts and _TIMES.match(tables.texts[at].text):
            return None
    return None
