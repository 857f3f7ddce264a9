"""The report of a sheet of which only what its cells showed is known, as of a CSV: 23% may have been 22.93 %.

It is read twice, once with its rates as they are and once with them as exact as their digits. A figure that only the second
reading explains is a note where other rates of the sheet are rounded too: 205 of 1,569 is 13.07 %, and was shown as 13%.
Where every other rate is exact it is an error, as it would be in the .xlsx.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..check.finding import ERROR, NOTE, REVIEW, WARNING, Finding, Reading, Report, place
from ..language.catalogue import Phrase
from ..xlsx.read.reader import Read
from .report import report
from .rules.rounding import SHOWN, as_written, fits

_GRAVE = (ERROR, WARNING)
_NOT_OF_TEXTS = "freeform.I01.as_text_unused.message"
"""That figures are typed as text is said of no CSV: all of it is text."""


def report_as_shown(read: Read, source: str) -> Report | None:
    """Return the report of a sheet that holds what was shown; None if nothing of it is recognised."""
    found = report(read, source)
    if found is None:
        return None
    found = found._replace(findings=tuple(each for each in found.findings if _key(each) != _NOT_OF_TEXTS))
    rounded = dict(_rounded(found.readings))
    if found.status != "findings" or not rounded:
        return found
    rates = {where: each._replace(format=f"{SHOWN}{each.format}") for where, each in read.cells.items() if "%" in each.format}
    again = report(read._replace(cells={**read.cells, **rates}), source)
    told = {_at(each) for each in again.findings} if again is not None else set()
    settled = [
        each
        if each.severity not in _GRAVE or _at(each) in told or not _elsewhere(each, rounded)
        else each._replace(severity=NOTE, confidence=REVIEW, message=Phrase("freeform.part.hidden_decimals", said=each.message))
        for each in found.findings
    ]
    problems = any(each.severity in _GRAVE for each in settled)
    return found._replace(findings=tuple(sorted(settled, key=place)), status="findings" if problems else "ok")


def _key(found: Finding) -> str:
    return found.message.key if isinstance(found.message, Phrase) else ""


def _at(found: Finding) -> tuple[str, str | None, str | None]:
    return found.code, found.sheet, found.cell


def _elsewhere(found: Finding, rounded: dict[str, set[str]]) -> bool:
    """Return whether a rate that doesn't touch the finding's cell is rounded."""
    return any(str(found.cell) not in cells for cells in rounded.values())


def _rounded(readings: tuple[Reading, ...]) -> Iterator[tuple[str, set[str]]]:
    """Yield the rates that are only the rounded quotient of the counts around them, each with the cells of all three."""
    for at, rate in enumerate(readings):
        if not rate.shown.endswith("%") or not rate.value:
            continue
        around = [
            next((each for each in line if each.sheet == rate.sheet and _is_count(each)), None)
            for line in (reversed(readings[:at]), readings[at + 1 :])
        ]
        if around[0] is None or around[1] is None:
            continue
        less, more = sorted(Fraction(str(each.value)) for each in around if each is not None)
        share = Fraction(str(rate.value))
        if as_written(more, less, [share]) and not fits(more, less / share) and not fits(less, more * share):
            yield rate.cell, {each.cell for each in (rate, *around) if each is not None}


def _is_count(reading: Reading) -> bool:
    return isinstance(reading.value, (int, float)) and not reading.shown.endswith(("%", "円")) and "¥" not in reading.shown
