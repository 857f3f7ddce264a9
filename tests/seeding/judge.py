"""What the checker made of a mutant, and the tables of it."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import NamedTuple

from kgisheet import api
from kgisheet.check.finding import Finding

from . import engines
from .case import DOUBLE, SEEN, UNSEEN, Case, Cells
from .standing import standing
from .subjects import made


class Outcome(NamedTuple):
    """``findings`` counts errors and warnings; ``said`` is what they were, for a report."""

    case: Case
    found: bool
    exact: bool
    findings: int
    status: str
    said: tuple[str, ...]
    given: frozenset[str] = frozenset()

    @property
    def wrong(self) -> bool:
        """A miss, an inexact finding, or a false alarm."""
        if not self.case.codes:
            return bool(self.findings) or self.status not in ("ok", "findings")
        return not self.exact


ONLY_WHEN_EMPTY = (
    "F02 guard dropped",
    "F02 guard narrowed",
    "F09 one reference fixed to another column",
    "F02 subtle: an empty cell taken for 0",
)
"""Every figure is right until somebody clears an input: a note is enough, for a plainer formula is no fault."""


@functools.cache
def of_the_clean(subject: str) -> tuple[Finding, ...]:
    """The errors and warnings of the workbook as it was written: false alarms, told once and left out of all else."""
    return tuple(each for each in _told(subject) if each.severity != "note")


@functools.cache
def _told(subject: str) -> tuple[Finding, ...]:
    return tuple(api.check(made(subject), "book.xlsx").findings)


def shows_a_cross(subject: str, changed: Cells, finding: Finding) -> bool:
    """Whether the sheet itself says × there, in another engine: what was typed takes more than there is, and X09 is right."""
    with engines.typed(engines.of_whole(subject), changed.values) as engine:
        return engine.value((str(finding.sheet), str(finding.cell))) == standing(subject).words.bad


def judged(case: Case, data: bytes) -> Outcome:
    try:
        report = api.check(data, "book.xlsx")
    except Exception as error:  # noqa: BLE001  (whatever it is, it is the checker's fault, and the run goes on)
        said = f"{type(error).__name__}: {error}"
        return Outcome(case, False, False, 0, "crashed", (said,))
    before = {(each.code, each.name) for each in of_the_clean(case.subject)}
    notes = {(each.code, each.name, each.found) for each in _told(case.subject) if each.severity == "note"}
    fresh = [each for each in report.findings if (each.code, each.name) not in before and (each.code, each.name, each.found) not in notes]  # fmt: skip
    grave = [each for each in fresh if each.severity != "note"]
    if not case.codes and isinstance(case.change, Cells):
        grave = [each for each in grave if not (each.code == "X09" and shows_a_cross(case.subject, case.change, each))]
    note = case.note or case.kind in ONLY_WHEN_EMPTY
    if report.status == "unreadable" and "unreadable" in case.codes:
        return Outcome(case, True, True, 0, report.status, ())
    verdicts = [_found(case, codes, cells, fresh, note) for codes, cells in ((case.codes, case.cells), *case.also)]
    said = tuple(f"{each.code} {each.severity} {each.sheet}!{each.cell} {each.message.to('en')[:160]}" for each in grave)
    return Outcome(
        case,
        all(found for found, _ in verdicts),
        all(exact for _, exact in verdicts),
        len(grave),
        report.status,
        said,
        frozenset(each.code for each in report.findings),
    )


def _found(case: Case, codes: tuple[str, ...], cells: tuple[str, ...], fresh: list[Finding], note: bool) -> tuple[bool, bool]:
    """Whether something was said of a fault, and whether at its cell with its code."""
    grave = [each for each in fresh if each.severity != "note"]
    expected = [each for each in fresh if each.code in codes and (note or each.severity != "note")]
    hanging = [
        each for each in grave if each.cell in cells or any(where.rpartition("!")[2] in cells for where in each.affected)
    ]
    if not cells and codes and not case.note:
        hanging = grave  # the clean workbook has none: it is this fault's, wherever it hangs
    return bool(expected or hanging), any(not cells or each.cell in cells for each in expected)


def share(part: int, whole: int) -> str:
    return f"{part / whole:6.1%}" if whole else "     –"


def table(outcomes: list[Outcome]) -> str:
    faults = [each for each in outcomes if each.case.codes]
    quiet = [each for each in outcomes if not each.case.codes]
    lines = [f"{'what':72} {'planted':>7} {'found':>7} {'exact':>7} {'each':>5}"]
    for title, key in (("", lambda each: f"{each.case.kind}{MARK.get(each.case.group, '')}"), ("by code", lambda each: each.case.kind.split()[0]),
                       ("by saver", lambda each: each.case.saver), ("by subject", lambda each: each.case.subject),
                       ("by who knew of the kind (*: nobody who writes the checker)", lambda each: GROUPS[each.case.group])):  # fmt: skip
        groups: dict[str, list[Outcome]] = {}
        for each in faults:
            groups.setdefault(key(each), []).append(each)
        lines += [f"-- {title}"] if title else []
        lines += [_line(name, group) for name, group in sorted(groups.items())]
    lines.append(_line("all faults", faults))
    for group, said in GROUPS.items():
        some = [each for each in quiet if each.case.group == group]
        if some:
            alarms = sum(bool(each.findings) for each in some)
            partly = sum(not each.findings and each.status not in ("ok", "findings") for each in some)
            kinds = {each.case.kind for each in some}
            lines.append(
                f"harmless, {said}: {len(some)} of {len(kinds)} kinds; with an error or warning: {alarms}; checked only in part: {partly}"
            )
    return "\n".join(lines)


MARK = {UNSEEN: " *"}
GROUPS = {SEEN: "seen: in the harness before, or named in an issue", UNSEEN: "unseen", DOUBLE: "two faults at once"}


def _line(name: str, group: list[Outcome]) -> str:
    grave = [each for each in group if not each.case.note]
    # Of two faults at once, two findings are one each.
    per = sum(each.findings / (1 + len(each.case.also)) for each in grave) / len(grave) if grave else 0
    found, exact = sum(each.found for each in group), sum(each.exact for each in group)
    return f"{name[:72]:72} {len(group):7} {share(found, len(group)):>7} {share(exact, len(group)):>7} {per:5.2f}"


def complaints(outcomes: Iterable[Outcome]) -> str:
    """Each miss and each false alarm, with enough to plant it again."""
    lines = []
    for each in outcomes:
        if not each.wrong:
            continue
        case = each.case
        what = "false alarm" if not case.codes else "missed" if not each.found else "not exact"
        lines.append(
            f"{what}: {'/'.join(case.codes)} [{case.kind}]{MARK.get(case.group, '')} subject={case.subject} saver={case.saver} cells={','.join(case.cells[:4])} status={each.status}"
        )
        lines += [f"      {each}" for each in each.said[:4]]
    return "\n".join(lines)
