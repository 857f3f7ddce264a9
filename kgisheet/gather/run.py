"""Many workbooks → one summary, in three steps: a file's answer, all of them together, the summary's bytes."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from ..xlsx.writer import FIXED_DATE, to_bytes
from .build import book
from .matching import Due
from .merge import merged
from .model import Answer, Gathered
from .reading import read_one


def answer(data: bytes, name: str, lang: str) -> Answer:
    """Return what one of many files brings: its stages' goals and actuals by month, and what its check says, in ``lang``.

    A small record that other processes can send. A file that can't be read makes one too.
    """
    return read_one(data, name, lang)


def collect(
    answers: Iterable[Answer], lang: str, dues: Iterable[Due] = (), department: Mapping[str, float] | None = None
) -> Gathered:
    """Return all answers together: managers × stages × months, each manager counted once.

    ``dues`` are those who were handed a workbook, ``department`` the whole's own goals of a year by stage.
    """
    return merged(tuple(answers), lang, tuple(dues), department)


def summary(gathered: Gathered, links: Mapping[str, str] | None = None, created: datetime.datetime | None = None) -> bytes:
    """Return what was gathered as .xlsx bytes, with live formulas; ``links`` are paths to the files, by their names."""
    return to_bytes(book(gathered, links or {}), created or FIXED_DATE)
