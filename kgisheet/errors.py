"""Errors that stop the program, with messages in both languages.

Three kinds are never mixed: an exception (we can't go on), a finding (the
user's sheet is wrong; a value, not an exception) and a cell error (``#DIV/0!``
is a value of a cell).

The tree of exceptions::

    KgisheetError
    ├── TemplateError    an invalid template                     exit 3
    ├── PlanError        a plan that can't be read, or refused   exit 3
    ├── BookError        a workbook that can't be read           exit 3
    │   ├── NotOursError     it has no sheet of ours
    │   └── NamesGoneError   it is ours, but its names are gone
    ├── CsvError         a CSV file that can't be read           exit 3
    ├── OutputError      the output exists or can't be written   exit 2
    └── RequestError     asks for something that doesn't exist   exit 2

Each carries *all* the problems found, not the first one.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from .language.text import Text, Wording


class Problem(NamedTuple):
    """One thing that is wrong: where, what, and what would be right.

    ``source`` is the file as the user named it, ``line`` counts from 1,
    ``key`` is the TOML key or the cell's name; each may be missing.
    """

    code: str
    what: Wording
    fix: Wording | None = None
    source: str | None = None
    line: int | None = None
    key: str | None = None

    def to(self, lang: str) -> str:
        """Return the problem as one line: ``plan.toml:7: win_rate: … → …``."""
        place = self.source or ""
        if self.line is not None:
            place += f":{self.line}"
        parts = [part for part in (place, self.key) if part]
        parts.append(self.what.to(lang))
        line = ": ".join(parts)
        return line if self.fix is None else f"{line} → {self.fix.to(lang)}"


def too_complex(source: str) -> Problem:
    """Return what is said of a workbook that memory, or the depth of what it nests, doesn't suffice for."""
    return Problem("too-large", Text("複雑すぎて読めません", "it is too complex to be read"), None, source)


def internal(bad: BaseException, source: str | None = None) -> Problem:
    """Return what is said where this program failed itself: how and in which of its lines, for whoever puts it right."""
    said = " ".join((type(bad).__name__, *_noted(bad)[:1]))
    what = Text(f"kgisheet の不具合のため処理できませんでした({said})", f"this program failed ({said})")
    fix = Text(
        "使ったファイルとこの表示を添えて開発者に知らせてください", "please report this line, with the files that were used"
    )
    return Problem("internal", what, fix, source)


def located(bad: Exception) -> Exception:
    """Note on an exception in which line of this package it came up: to another process its traceback doesn't go along."""
    at, place = bad.__traceback__, ""
    while at is not None:
        file = Path(at.tb_frame.f_code.co_filename)
        if file.is_relative_to(_PACKAGE):
            place = f"{file.relative_to(_PACKAGE).as_posix()}:{at.tb_lineno}"
        at = at.tb_next
    if place and not _noted(bad):
        bad.add_note(place)
    return bad


def _noted(bad: BaseException) -> list[str]:
    return getattr(bad, "__notes__", [])


_PACKAGE = Path(__file__).parent


class KgisheetError(Exception):
    """The base: the problems, and the exit code they end with."""

    exit_code = 3

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.to("en") for problem in problems))
        self.problems = problems

    def __reduce__(self) -> tuple[type[KgisheetError], tuple[Problem, ...]]:
        """Return how it is pickled: an exception's way, by its message, would lose the problems between processes."""
        return type(self), self.problems


class TemplateError(KgisheetError):
    """An invalid template: unknown names, cycles, units that don't fit."""


class PlanError(KgisheetError):
    """A plan that can't be read, or whose figures are refused."""


class BookError(KgisheetError):
    """A workbook that can't be read."""


class NotOursError(BookError):
    """A workbook with no sheet of ours in it; its labels may tell what it is."""


class NamesGoneError(BookError):
    """A workbook of ours in which none of its original names is found."""


class CsvError(KgisheetError):
    """A CSV file that can't be read, or whose rows are refused."""


class RequestError(KgisheetError):
    """A request that names something that doesn't exist."""

    exit_code = 2


class OutputError(KgisheetError):
    """The output exists already, or can't be written."""

    exit_code = 2


def not_a_goal_sheet(source: str) -> NotOursError:
    """Return what there is to say of a sheet with none of the fields of a goal sheet."""
    what = Text(
        "目標シートとして読み取れませんでした(受注数、受注率、商談数、リード数、CV率、訪問数などの項目が見つかりません)",
        "it could not be read as a goal sheet: no such fields as won deals, win rate, meetings, leads, CVR, visits were found",
    )
    fix = Text(
        "手作りのシートは、項目名の右か下のセルに数値があれば読み取れます。kgisheet new で目標シートを作ることもできます",
        "a sheet typed by hand is read if each figure is to the right of its label or below it; kgisheet new makes a goal sheet",
    )
    return NotOursError(Problem("not-ours", what, fix, source))
