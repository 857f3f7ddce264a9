"""What is fuzzed, and how much of a run goes to each."""

from __future__ import annotations

from typing import NamedTuple

from . import books, formulas, patched, record, sheets, texts
from .trial import Target


class Aim(NamedTuple):
    """``share``: of a run of all, in parts that are added up; ``suite``: how many the suite takes."""

    make: Target
    share: int
    suite: int


TARGETS: dict[str, Aim] = {
    "books": Aim(books.trial, 20, 120),
    "patched": Aim(patched.trial, 5, 20),
    "record": Aim(record.trial, 10, 40),
    "formulas": Aim(formulas.trial, 25, 1200),
    "sheets": Aim(sheets.trial, 10, 120),
    "csv": Aim(texts.csv, 15, 200),
    "toml": Aim(texts.toml, 15, 300),
}
