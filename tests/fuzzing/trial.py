"""One trial: what is handed to the program, what came of it, and what must not come of anything."""

from __future__ import annotations

import hashlib
import random
import traceback
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from kgisheet.check.finding import Report
from kgisheet.errors import KgisheetError

OK, FINDINGS, INCOMPLETE, REFUSED = "ok", "findings", "incomplete", "refused"
OUTCOMES = (OK, FINDINGS, INCOMPLETE, REFUSED)


class WrongVerdictError(AssertionError):
    """An answer that isn't true: a changed figure that is called right, two answers for the same, a file that was spoilt."""


class Answer(NamedTuple):
    """What the program said: one of the outcomes, and all of it, for the question whether it says the same again."""

    outcome: str
    said: Any = None


class Trial(NamedTuple):
    """``files``: what is handed over, by the names to keep them under; ``kind``: what was done to it, by a word or two."""

    kind: str
    files: Mapping[str, bytes]
    run: Callable[[], Answer]


class Result(NamedTuple):
    """``uncaught`` and ``wrong`` are texts where something is amiss; ``digest`` is that of all that was said."""

    kind: str
    outcome: str
    digest: str
    uncaught: str = ""
    wrong: str = ""


Target = Callable[[random.Random], Trial]
"""Makes a trial of what a random source picks."""


def pick(target: str, seed: int, number: int) -> random.Random:
    """The source of a trial: the same for the same target, seed and number, on any machine."""
    return random.Random(f"{target} {seed} {number}")  # noqa: S311


def result(trial: Trial) -> Result:
    """What came of a trial, whatever it was."""
    try:
        outcome, said = trial.run()
    except WrongVerdictError as bad:
        return Result(trial.kind, "", "", wrong=str(bad))
    except KgisheetError as bad:
        outcome, said = REFUSED, bad.problems
    except Exception as bad:  # noqa: BLE001  # that is what is looked for
        return Result(trial.kind, "", "", uncaught=_short(bad))
    return Result(trial.kind, outcome, hashlib.sha256(repr(said).encode("utf-8", "backslashreplace")).hexdigest()[:16])


def _short(bad: Exception) -> str:
    """An exception as one line: its kind, and where in the program it rose."""
    frames = [each for each in traceback.extract_tb(bad.__traceback__) if "kgisheet/" in each.filename]
    at = frames[-1] if frames else traceback.extract_tb(bad.__traceback__)[-1]
    file = at.filename.rpartition("kgisheet/")[2]
    return f"{type(bad).__name__}: {str(bad)[:120]!s} ({file}:{at.lineno})"


def of_report(report: Report) -> Answer:
    """What a report comes to. Its words for a fault of the program's own are one of those that must not come."""
    if report.problem is not None and report.problem.code == "internal":
        raise WrongVerdictError(f"a fault of the program: {report.problem.what.en}")
    return Answer(REFUSED if report.status == "unreadable" else report.status, report)
