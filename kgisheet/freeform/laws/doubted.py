"""One law alone against a typed figure: it is believed where the figure is off as people go wrong, and was chance where it is not."""

from __future__ import annotations

from collections.abc import Sequence

from ..rules.references import References
from ..rules.slips import NEAR, is_slip, is_total_of
from .culprit import Fault
from .judge import told
from .law import GROWN, MULTIPLE, PRODUCT, SUM, Case
from .tables import PERCENT, Value

_SURE = 12
"""Digits that agree on the other lines of a law that isn't chance, whatever one line has."""

_SEVERAL, _NEAR = 2, 3
"""On so many other lines a law holds that a figure may be off by so much and be an old one."""


def is_doubted(fault: Fault, references: References) -> bool:
    """Return whether one law alone calls a typed figure wrong, and it is off as nobody mistypes: 3 for 2,540.

    Two that found it, each in its own way, aren't doubted. Of a formula only a multiple is, where its neighbour was filled from it.
    """
    tie, case = fault.ties[0], fault.ties[0].case
    if len(fault.ties) > 1 or len(tie.by) > 1 or case is None or case.by_another:
        return False
    if fault.where in references.formulas:
        return case.kind == MULTIPLE and references.is_filled(fault.where)
    if _is_used_otherwise(case, tie.peers, references):
        return True
    if sum(map(told, tie.peers)) >= _SURE:
        return False
    at, value = next((index, each) for index, each in enumerate(case.cells) if each.where == fault.where)
    wanted = case.solved(value)
    if wanted is None:
        return False
    if wanted < 0 < value.number and abs(float(-wanted) - value.number) > value.step / 2:
        return True  # below zero is meant only where the sign was lost
    if case.kind == SUM and value is case.result:
        parts = [sign * each.exact for sign, each in zip(case.signs, case.operands, strict=True)]
        return not (is_total_of(value.exact, parts) or is_slip(value.exact, wanted))
    is_told = value.digits > 1 or value.kind == PERCENT
    if is_told and any(len(peer.cells) > at and peer.cells[at].exact == value.exact for peer in tie.peers):
        return False  # the figure of another line
    if value.kind == PERCENT and any(_is_of_step(value, case, peer) for peer in tie.peers):
        return False
    others = [case.by, *(each.exact for each in case.cells if each is not value)]
    return not is_slip(value.exact, wanted, others, _NEAR if len(tie.peers) >= _SEVERAL else NEAR)


def _is_of_step(rate: Value, case: Case, peer: Case) -> bool:
    """Return whether a rate is that of its line's count in the one of another line: of the stage before, where it is of the first."""
    return bool(peer.result.number) and abs(case.result.number / peer.result.number - rate.number) <= rate.step / 2


def _is_used_otherwise(case: Case, peers: Sequence[Case], references: References) -> bool:
    """Return whether formulas apply a rate to something else, and none makes a figure of the law: sales grow by it, the price is typed."""
    if case.kind not in (PRODUCT, GROWN):
        return False
    if any(cell.where in references.formulas for each in (case, *peers) for cell in each.cells):
        return False
    return any(references.users.get(each.where) for each in case.operands if each.kind == PERCENT)
