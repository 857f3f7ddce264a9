"""All of it: chooses the cases, proves them, saves them, has them judged."""

from __future__ import annotations

import argparse
import multiprocessing
import pickle
import sys
import time
import traceback
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

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
    misfilled_beyond,
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
    disguised.beyond, misfilled_beyond.cases, tabs.cases, slips.beyond, doubles.beyond, honest_year.cases,
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
    chosen = Chosen()
    for subject in subjects:
        # Its place among all of them decides, so that a subject alone is planted as it is among the others.
        number = NAMES.index(subject)
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
                routes = case.savers or BY_CHANGE[type(case.change)]
                turn = number // every + taken + zlib.crc32(name.encode())
                taken += 1
                chosen.cases.append(case._replace(savers=(routes[turn % len(routes)],)))
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


def run(cases: Sequence[Case], folder: Path | None = None, chunk: int = 20) -> list[Outcome]:
    """The cases saved by their routes and judged, in the order given; what went wrong is written to ``folder``."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    open_ = [number for number, case in enumerate(cases) if case.saver == "uno"]
    rest = [number for number, case in enumerate(cases) if case.saver != "uno"]
    outcomes: dict[int, Outcome] = {}
    for start in range(0, len(rest), chunk):
        numbers = rest[start : start + chunk]
        files = savers.saved([cases[number] for number in numbers])
        outcomes |= {number: _judged(cases[number], data, folder) for number, data in zip(numbers, files, strict=True)}
    edited = savers.by_libreoffice([cases[number] for number in open_])
    outcomes |= {number: _judged(cases[number], data, folder) for number, data in zip(open_, edited, strict=True) if data}
    return [outcomes[number] for number in range(len(cases)) if number in outcomes]


def _judged(case: Case, data: bytes, folder: Path | None) -> Outcome:
    outcome = judge.judged(case, data)
    if folder is not None and outcome.wrong:
        kind = "".join(each if each.isalnum() else "-" for each in case.kind)[:60]
        (folder / f"{case.subject}_{kind}_{case.saver}_{zlib.crc32(repr(case.cells).encode()):08x}.xlsx").write_bytes(data)
    # Closures don't travel between processes, and nobody needs them any more.
    return outcome._replace(case=case._replace(change=Cells({})))


# -- a whole run, subject by subject ------------------------------------------


class Part(NamedTuple):
    """What came of one subject; ``alarms`` are the errors and warnings in it as it was written."""

    subject: str
    outcomes: list[Outcome]
    equivalent: int
    unlike: int
    alarms: list[str]


class Options(NamedTuple):
    """What a run plants; a part of a run that was asked for otherwise is not taken up."""

    code: str
    share: int
    kind: str


def part(job: tuple[str, Options, Path | None]) -> Part:
    """One subject planted, saved and judged."""
    subject, asked, folder = job
    chosen = choose([subject], asked.code, asked.share, asked.kind)
    alarms = [f"{each.code} {each.sheet}!{each.cell} {each.message.to('en')}" for each in judge.of_the_clean(subject)]
    return Part(subject, run(chosen.cases, folder), len(chosen.equivalent), len(chosen.unlike), alarms)


def _part_or_why(job: tuple[str, Options, Path | None]) -> Part | str:
    """A subject in which something can't be planted doesn't end the run of the others."""
    try:
        return part(job)
    except Exception:  # noqa: BLE001  (whatever it is, it is said at the end, and the run fails)
        return f"{job[0]}: {traceback.format_exc()}"


def _kept(folder: Path | None, subject: str, asked: Options) -> Path | None:
    return None if folder is None else folder / f"{subject}-{asked.share}-{asked.code}-{asked.kind}.part".replace(" ", "_")


def main() -> None:
    options = argparse.ArgumentParser(description="Plants faults and harmless edits; what does check find?")
    options.add_argument("--share", type=int, default=1, metavar="N", help="each kind in every Nth workbook")
    options.add_argument("--subject", action="append", choices=list(NAMES), help="one workbook only (may be repeated)")
    options.add_argument("--code", default="", help="a code or its beginning; harmless for the harmless edits")
    options.add_argument("--kind", default="", help="words of a kind")
    options.add_argument("--save", type=Path, metavar="DIR", help="writes the workbooks that went wrong")
    options.add_argument("--resume", type=Path, metavar="DIR", help="keeps each workbook's result there, and goes on from them")
    options.add_argument("--processes", type=int, default=2)
    given = options.parse_args()
    asked, started = Options(given.code, given.share, given.kind), time.time()
    # The long ones first, so that no process waits for the other at the end.
    subjects = sorted(given.subject or NAMES, key=lambda name: name not in WHOLE)
    parts: dict[str, Part] = {}
    failed: list[str] = []
    if given.resume is not None:
        given.resume.mkdir(parents=True, exist_ok=True)
    for subject in subjects:
        path = _kept(given.resume, subject, asked)
        if path is not None and path.exists():
            parts[subject] = pickle.loads(path.read_bytes())  # noqa: S301  (written below)
    waiting = [(subject, asked, given.save) for subject in subjects if subject not in parts]
    with multiprocessing.get_context("fork").Pool(given.processes, maxtasksperchild=1) as pool:
        for done in pool.imap_unordered(_part_or_why, waiting):
            if isinstance(done, str):
                failed.append(done)
                print(done, file=sys.stderr, flush=True)
                continue
            parts[done.subject] = done
            path = _kept(given.resume, done.subject, asked)
            if path is not None:
                path.write_bytes(pickle.dumps(done))
            print(
                f"{len(parts)} of {len(subjects)}: {done.subject}, {len(done.outcomes)} judged, {time.time() - started:.0f} s",
                file=sys.stderr,
            )
            print(judge.complaints(done.outcomes), file=sys.stderr, flush=True)
    subjects = [each for each in subjects if each in parts]
    outcomes = [outcome for subject in subjects for outcome in parts[subject].outcomes]
    print(judge.table(outcomes))
    equivalent, unlike = (sum(each) for each in zip(*((one.equivalent, one.unlike) for one in parts.values()), strict=True))
    print(f"equivalent mutants dropped: {equivalent}; rewritings that were not the same, dropped: {unlike}")
    for subject in subjects:
        for said in parts[subject].alarms:
            print(f"false alarm in the clean workbook {subject}: {said}")
    print(judge.complaints(outcomes))
    if failed:
        sys.exit(f"{len(failed)} of the workbooks could not be planted: {', '.join(each.partition(':')[0] for each in failed)}")
