"""All of it: chooses the cases, proves them, saves them, has them judged.

The route through LibreOffice's own editing goes in one office beside the rest.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import sys
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from . import (
    beyond,
    beyond_harmless,
    disguised,
    doubles,
    formulas,
    harmless,
    honest,
    honest_year,
    inputs,
    judge,
    misfilled,
    months,
    proof,
    savers,
    scenarios,
    slips,
    states,
    structure,
    tabs,
    trappings,
)
from .case import BY_CHANGE, Case, Cells
from .judge import Outcome
from .standing import Standing, standing
from .subjects import NAMES, WHOLE

Operator = Callable[[Standing], Iterator[Case]]
PAGE: tuple[Operator, ...] = (
    formulas.cases, inputs.cases, states.cases, structure.cases, harmless.cases,
    disguised.cases, misfilled.cases, trappings.cases, slips.cases, doubles.cases, honest.cases,
)  # fmt: skip
"""What is planted on the page: in each of the small workbooks, and each kind in one of the whole ones."""
ALL: tuple[Operator, ...] = (
    months.cases, beyond.cases, beyond_harmless.cases, scenarios.cases,
    disguised.beyond, misfilled.beyond, tabs.cases, slips.beyond, doubles.beyond, honest_year.cases,
)  # fmt: skip
"""What is planted on the other sheets, in each of the whole workbooks."""
PER_KIND, HARMLESS_PER_KIND = 1, 1
"""How many of a kind are planted in one subject."""


class Chosen:
    """The cases of a run, and what fell out as equivalent (or, of the harmless ones, as not the same)."""

    def __init__(self) -> None:
        self.cases: list[Case] = []
        self.equivalent: list[Case] = []
        self.unlike: list[Case] = []


def choose(subjects: Sequence[str], code: str = "", every: int = 1, kind: str = "") -> Chosen:
    """Deterministic: of each kind a few in each subject, at cells and by savers that take turns."""
    chosen, turn = Chosen(), dict[str, int]()
    for number, subject in enumerate(subjects):
        groups: dict[str, list[Case]] = {}
        for case in _planted(standing(subject), number, every):
            if (not code or case.kind.startswith(code) or (code == "harmless" and not case.codes)) and kind in case.kind:
                groups.setdefault(case.kind, []).append(case)
        for name, group in groups.items():
            limit = PER_KIND if group[0].codes else HARMLESS_PER_KIND
            taken, at = 0, number % len(group)
            step = max(1, len(group) // limit)
            # Those that an engine shows to be equivalent make way for the next.
            for case in [
                group[(at + index * step + index // limit) % len(group)] for index in range(min(len(group), limit * 6))
            ]:
                if taken == limit:
                    break
                if not _counts(case, chosen):
                    continue
                taken += 1
                turn[name] = turn.get(name, -1) + 1
                routes = case.savers or BY_CHANGE[type(case.change)]
                chosen.cases.append(case._replace(savers=(routes[(turn[name] + zlib.crc32(name.encode())) % len(routes)],)))
    return chosen


def _planted(sheet: Standing, number: int, every: int) -> Iterator[Case]:
    """The cases of a subject: kinds that take their turn there."""
    whole = WHOLE.index(sheet.subject) if sheet.subject in WHOLE else None
    for operator in PAGE if whole is None else (*ALL, *PAGE):
        for case in operator(sheet):
            turn = zlib.crc32(case.kind.encode())
            if (number + turn) % every == 0 and (whole is None or operator in ALL or turn // every % len(WHOLE) == whole):
                yield case


def _counts(case: Case, chosen: Chosen) -> bool:
    if case.proof and isinstance(case.change, Cells):
        differs = proof.differs(case.subject, case.change)
        if differs != bool(case.codes):
            (chosen.equivalent if case.codes else chosen.unlike).append(case)
            return False
    return not (case.sound and isinstance(case.change, Cells)) or proof.sound(case.subject, case.change)


_CASES: list[Case] = []
_FOLDER: Path | None = None


def _ours(numbers: Sequence[int]) -> dict[int, Outcome]:
    files = savers.saved([_CASES[number] for number in numbers])
    return {number: _judged(number, _CASES[number], data) for number, data in zip(numbers, files, strict=True)}


def _judged(number: int, case: Case, data: bytes) -> Outcome:
    outcome = judge.judged(case, data)
    if _FOLDER is not None and outcome.wrong:
        kind = "".join(each if each.isalnum() else "-" for each in case.kind)[:60]
        (_FOLDER / f"{case.subject}_{kind}_{case.saver}_{number:05d}.xlsx").write_bytes(data)
    # Closures don't travel between processes, and nobody needs them any more.
    return outcome._replace(case=case._replace(change=Cells({})))


def _theirs(job: tuple[int, str]) -> tuple[int, Outcome]:
    number, path = job
    return number, _judged(number, _CASES[number], Path(path).read_bytes())


def run(cases: Sequence[Case], processes: int = 1, folder: Path | None = None, chunk: int = 20) -> list[Outcome]:
    """The cases saved by their routes and judged, in the order given; one process means ours."""
    global _FOLDER
    _CASES[:], _FOLDER = cases, folder
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    office = [number for number, case in enumerate(cases) if case.saver == "uno"]
    rest = [number for number, case in enumerate(cases) if case.saver != "uno"]
    session = savers.OfficeSession([cases[number] for number in office]) if office else None
    chunks = [rest[start : start + chunk] for start in range(0, len(rest), chunk)]
    outcomes: dict[int, Outcome] = {}
    started = time.time()
    with _workers(processes) as many:
        for group in many(_ours, chunks):
            outcomes.update(group)
            if processes > 1:
                print(f"{len(outcomes)} of {len(cases)} judged after {time.time() - started:.0f} s", file=sys.stderr)
                print(judge.complaints(group.values()), file=sys.stderr, flush=True)
        if session is not None:
            done = session.wait()
            outcomes.update(many(_theirs, [(office[index], str(session.target(index))) for index in done]))
    return [outcomes[number] for number in range(len(cases)) if number in outcomes]


@contextlib.contextmanager
def _workers(processes: int) -> Iterator[Callable[..., Iterable[Any]]]:
    """A ``map`` without order, over processes that have the cases already."""
    if processes == 1:
        yield map
        return
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        yield pool.imap_unordered


def main() -> None:
    options = argparse.ArgumentParser(description="Plants faults and harmless edits; what does check find?")
    options.add_argument("--share", type=int, default=1, metavar="N", help="each kind in every Nth workbook")
    options.add_argument("--subject", action="append", choices=list(NAMES), help="one workbook only (may be repeated)")
    options.add_argument("--code", default="", help="a code or its beginning; harmless for the harmless edits")
    options.add_argument("--kind", default="", help="words of a kind")
    options.add_argument("--save", type=Path, metavar="DIR", help="writes the workbooks that went wrong")
    options.add_argument("--processes", type=int, default=2)
    given = options.parse_args()
    chosen = choose(given.subject or list(NAMES), given.code, given.share, given.kind)
    print(f"{len(chosen.cases)} chosen", file=sys.stderr, flush=True)
    clean = {name: judge.of_the_clean(name) for name in given.subject or NAMES}
    outcomes = run(chosen.cases, given.processes, given.save)
    print(judge.table(outcomes))
    print(
        f"equivalent mutants dropped: {len(chosen.equivalent)}; rewritings that were not the same, dropped: {len(chosen.unlike)}"
    )
    for name, said in clean.items():
        for each in said:
            print(f"false alarm in the clean workbook {name}: {each.code} {each.sheet}!{each.cell} {each.message.to('en')}")
    print(judge.complaints(outcomes))
