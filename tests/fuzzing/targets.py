"""What is fuzzed, and how much of a run goes to each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from . import books, formulas, patched, record, sheets, texts
from .trial import Target, Trial, pick


class Aim(NamedTuple):
    """``share``: of a run of all, in parts that are added up; ``suite``: how many the suite takes, at most ``alike`` of a kind.

    Most of them are formulas and plans, a hundred of which take as long as one workbook.
    """

    make: Target
    share: int
    suite: int
    alike: int


TARGETS: dict[str, Aim] = {
    "books": Aim(books.trial, 20, 38, 1),
    "patched": Aim(patched.trial, 5, 6, 1),
    "record": Aim(record.trial, 10, 16, 1),
    "formulas": Aim(formulas.trial, 25, 650, 500),
    "sheets": Aim(sheets.trial, 10, 34, 1),
    "csv": Aim(texts.csv, 15, 45, 3),
    "toml": Aim(texts.toml, 15, 211, 75),
}


def of_suite(name: str, seed: int) -> Iterator[tuple[int, Trial]]:
    """The inputs of a target that the suite takes, each by its number: of no kind more than a few."""
    aim, taken = TARGETS[name], Counter[str]()
    for number in range(20 * aim.suite):
        trial = aim.make(pick(name, seed, number))
        if taken[trial.kind] < aim.alike:
            taken[trial.kind] += 1
            yield number, trial
        if taken.total() == aim.suite:
            return
