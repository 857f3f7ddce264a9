"""When names alone prove a figure wrong: all else of what fails is confirmed, or it is the one step of a list that fails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...formula.grid import Where
from .law import GROWN, PRODUCT, SUM, Case
from .tables import PERCENT
from .tie import Tie


def is_last(tie: Tie, where: Where, holding: Mapping[Where, Sequence[Tie]]) -> bool:
    """Return whether something else confirms each cell of a step but one, other than a rate: that may be of another count."""
    if tie.case is not None and tie.case.kind == SUM:
        return False  # what is left of the year's months isn't what is left of its deals
    value = next((each for each in tie.case.cells if each.where == where), None) if tie.case is not None else None
    is_rate = value is not None and value.kind == PERCENT
    return not is_rate and where not in holding and all(each in holding for each in tie.cells if each != where)


def is_alone(tie: Tie, holding: Mapping[Where, Sequence[Tie]]) -> bool:
    """Return whether a step that its rate's name says, the only thing that fails, has a figure that something confirms."""
    case = tie.case
    return (
        case is not None
        and case.kind in (PRODUCT, GROWN)
        and sum(each.kind == PERCENT for each in case.operands) == 1
        and any(each in holding for each in tie.cells)
        and not _is_raised(case)
    )


def _is_raised(case: Case) -> bool:
    """Return whether a count is the one needed, raised to tens: 130 for 125."""
    for each in case.cells:
        made = case.solved(each) if each.kind != PERCENT else None
        if made is not None and each.step >= 1 and each.exact % _TENS == 0 and 0 <= each.exact - made < _TENS:
            return True
    return False


_TENS = 10
