"""Two faults at once, in two cells: both have to be found."""

from __future__ import annotations

from collections.abc import Iterator

from . import beyond as other_sheets
from . import disguised, formulas, inputs, misfilled_beyond, months, states
from .case import DOUBLE, Case, Cells
from .standing import Standing

ON_THE_PAGE = (
    ("a figure typed over, and a rate as text", "F01 another number", "I01 rate as text: %"),
    ("a figure typed over, and an amount as text", "F01 its own number", "I01 money as text: 万円"),
    ("an operator, and a percentage", "F02 ÷ made ×", "I03 percent typed as a whole number"),
    ("a plug, and shares", "F05 +1000", "X01 shares don't add up: halved"),
    ("a sum too short, and a figure typed over", "F03 leaves out the last channel", "F01 constant in the middle of a column"),
    ("two figures typed over", "F01 another number", "F01 deleted"),
    ("another unit, and a rounding", "I05 万円 in a cell of yen: price", "F02 ROUNDUP made ROUND"),
    ("an error, and a text", "F06 division by zero", "I01 a word for a figure"),
    ("below nothing, and a cap", "I06 negative", "F02 subtle: capped at what it is today"),
    ("a circle, and a figure typed over", "F08 refers to itself", "F01 another number"),
    ("a neighbour's rate, and a plug", "F09 the rate of another channel", "F05 *1.1"),
    ("a check that can't fail, and shares", "F02 a check that can't fail", "X01 shares don't add up: 5 points more"),
    ("a hidden error, and a percentage", "F07 IFERROR hides a division by zero", "I03 a rate above 100 %"),
    (
        "twice the same kind",
        "F02 subtle: another cell that is as large today",
        "F02 subtle: another cell that is as large today",
    ),
    ("a date and a boolean", "I08 a date for a number", "I09 TRUE for a number"),
)
BEYOND = (
    ("a month typed over, and an actual as text", "F01 months: another number", "I01 months: an actual as text"),
    ("a plug in a month, and a negative override", "F05 months: +10", "I06 months: a negative override"),
    ("an error in a month, and a text in a cost", "F06 months: division by zero", "I01 beyond: an amount as text"),
    ("a cost typed over, and a count as text", "F01 beyond, ways: another number", "I01 beyond: a count as text"),
    ("a sum without its first row, and a margin of 30", "F03 beyond: a sum without the first row", "I03 beyond: 30 for 30 %"),
    (
        "a tab that reads the month before, and a deleted goal",
        "F02 subtle: a tab that reads the month before",
        "F01 months: deleted",
    ),
    ("revenue in 千円, and a month typed over", "I05 千円 in a tab: actual revenue", "F01 months: its own number"),
    ("a scenario's factor, and a limit typed over", "F02 subtle: the other scenario", "F01 beyond, ways: its own number"),
)


def cases(sheet: Standing) -> Iterator[Case]:
    """On the page."""
    made = [*formulas.cases(sheet), *inputs.cases(sheet), *states.shares(sheet), *disguised.cases(sheet)]
    yield from _paired(sheet, made, ON_THE_PAGE)


def beyond(sheet: Standing) -> Iterator[Case]:
    if not sheet.months:
        return
    made = [*months.cases(sheet), *other_sheets.cases(sheet), *disguised.beyond(sheet), *misfilled_beyond.cases(sheet)]
    yield from _paired(sheet, made, BEYOND)


def _paired(sheet: Standing, made: list[Case], pairs: tuple[tuple[str, str, str], ...]) -> Iterator[Case]:
    by_kind: dict[str, list[Case]] = {}
    for each in made:
        if isinstance(each.change, Cells):
            by_kind.setdefault(each.kind, []).append(each)
    for kind, first, second in pairs:
        ones, others = by_kind.get(first, []), by_kind.get(second, [])
        for index, one in enumerate(ones[:12]):
            other = next((each for each in others[index:] + others[:index] if not _touching(one, each)), None)
            if other is None:
                continue
            assert isinstance(one.change, Cells)
            assert isinstance(other.change, Cells)
            both = Cells({**one.change.values, **other.change.values})
            savers = tuple(
                each for each in one.savers or ("office", "openpyxl", "uno") if not other.savers or each in other.savers
            )
            if "I08" in kind or "date" in kind:
                savers = ("openpyxl",)
            yield Case(sheet.subject, f"double: {kind}", one.codes, one.cells, both, savers or ("openpyxl",), group=DOUBLE,
                       also=((other.codes, other.cells),), proof=one.proof)  # fmt: skip


def _touching(one: Case, other: Case) -> bool:
    assert isinstance(one.change, Cells)
    assert isinstance(other.change, Cells)
    return bool(one.change.values.keys() & other.change.values.keys() or set(one.cells) & set(other.cells))
