"""The budget of a file: how much may be read and worked out for it, in units that hang on no machine (docs/budget.md).

A file from outside decides how much work it makes. Whoever reads it or evaluates it spends from one budget, the
current one, as decimal's contexts are: nobody has to hand it down. What exceeds it is refused, or not evaluated, by name.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Final, Literal, NamedTuple, ParamSpec, TypeVar

from ..errors import BookError, Problem
from ..language.text import Text

Unit = Literal["cells", "characters", "steps", "digits", "bytes", "file", "entries", "elements", "number"]

CHARACTERS: Final = "characters"
STEPS: Final = "steps"
DIGITS: Final = "digits"
NUMBER: Final = "number"
"""A single number, whose digits no option raises."""

FOREIGN: Final = 25
"""Steps that a figure, a text or a relation of a foreign sheet costs each time it is weighed: about as much as so many operators of a formula."""


class Limits(NamedTuple):
    """How much may be spent on one file; the standard is what docs/budget.md states."""

    cells: int = 200_000
    """Stored cells of all its sheets that hold something."""
    characters: int = 30_000_000
    """Characters of texts and formulas that are made of what it stores: shared formulas, results of ``&``."""
    steps: int = 1_000_000
    """Characters of formulas that are read, operators, function calls and cells that they go through."""
    digits: int = 2_000_000
    """Digits of the numbers longer than an engine's own that arithmetic passes through."""
    bytes: int = 64 * 2**20
    """Bytes of all its parts, unpacked."""
    file: int = 20 * 2**20
    """Bytes of the file as it is."""
    entries: int = 2000
    """Parts of its package. Of public workbooks none has over 1,033."""
    elements: int = 1_500_000
    """Tags of those of its parts that are read; the ends of elements count, too."""

    def raised(self, times: int) -> Limits:
        """Return the limits so many times as high."""
        return Limits(*(each * times for each in self))


STANDARD = Limits()

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")
_Item = TypeVar("_Item")

LONGEST_NUMBER = 4_000
"""Digits of one number, above and below the line of a fraction together. Not raised: Python itself prints no more than 4,300."""

FREE_BITS = 400
"""Binary digits of a fraction that costs no more than the step that makes it."""

LONGEST_TEXT = 32_767
"""Characters of one cell's text, in Excel; a formula that makes a longer one shows #VALUE!."""

LONGEST_FORMULA = 8_192
"""Characters of a formula, in Excel."""


class SpentError(BookError):
    """A file that asks for more than its budget: which unit, and the limit."""

    def __init__(self, unit: Unit, limit: int, source: str | None = None) -> None:
        self.unit: Unit = unit
        self.limit = limit
        self.source = source
        ja, en = _WORDS[unit]
        shown = limit >> 20 if unit in _OF_BYTES else limit
        fix = _SHORTER if unit == NUMBER else way_to_raise()
        super().__init__(Problem("too-large", Text(ja.format(shown), en.format(shown)), fix, source))

    def __reduce__(self) -> tuple[type[SpentError], tuple[Unit, int, str | None]]:  # type: ignore[override]
        """Return how it is pickled, between processes."""
        return type(self), (self.unit, self.limit, self.source)


_WORDS: dict[Unit, tuple[str, str]] = {
    "cells": ("セルが多すぎます(上限 {:,} セル)", "it has too many cells (the limit is {:,})"),
    "characters": ("文字が多すぎます(上限 {:,} 文字)", "it makes too long texts (the limit is {:,} characters in all)"),
    "steps": ("計算が多すぎます(上限 {:,} ステップ)", "it takes too much calculation (the limit is {:,} steps)"),
    "digits": ("数値の桁が多すぎます(上限 {:,} 桁)", "its numbers grow too long (the limit is {:,} digits)"),
    "number": ("1つの数値が長すぎます(上限 {:,} 桁)", "a single number is too long (the limit is {:,} digits)"),
    "file": ("ファイルが大きすぎます(上限 {:,} MiB)", "it is too large (the limit is {:,} MiB)"),
    "entries": ("中の部品が多すぎます(上限 {:,} 個)", "it has too many parts (the limit is {:,})"),
    "elements": ("中のタグが多すぎます(上限 {:,} 個)", "it has too many tags (the limit is {:,})"),
    "bytes": ("展開すると大きすぎます(上限 {:,} MiB)", "it is too large when unpacked (the limit is {:,} MiB)"),
}

_SHORTER = Text(
    "この上限は --budget でも上がりません。数値か数式を直してください",
    "no --budget raises this limit: correct the number, or the formula that makes it",
)

_OF_BYTES = {"file", "bytes"}
"""Units that people know in MiB."""


def next_times() -> int:
    """Return the number that ``--budget`` takes to raise the limits: ten times what they are now."""
    return times() * 10


def way_to_raise() -> Text:
    """Return how to raise the limits."""
    more = next_times()
    return Text(
        f"信頼できるファイルなら、--budget {more} を付けると上限が{more}倍になります",
        f"if you trust the file, --budget {more} makes the limits {more} times the standard",
    )


class Budget:
    """One file's account: what has been spent, and the limits."""

    __slots__ = (
        "bytes",
        "cells",
        "characters",
        "digits",
        "elements",
        "entries",
        "file",
        "limits",
        "parsed",
        "refused",
        "source",
        "steps",
        "unworked",
    )

    def __init__(self, source: str | None = None, limits: Limits = STANDARD) -> None:
        self.source = source
        self.limits = limits
        self.cells = self.characters = self.steps = self.digits = self.bytes = 0
        self.file = self.entries = self.elements = 0
        self.parsed: set[str] = set()
        """The formulas that have been read: each is paid for once."""
        self.refused: SpentError | None = None
        """The first refusal: where what asked for it went on without, the file was not read in full."""
        self.unworked: set[object] = set()
        """The formulas that were not worked out because of that, by their places or texts."""

    def spend(self, unit: Unit, amount: int) -> None:
        """Spend so much of a unit; raise SpentError where that is more than is left, which then stays: one monster doesn't starve the rest."""
        spent = getattr(self, unit) + amount
        if spent > (limit := getattr(self.limits, unit)):
            raise self.refusal(unit, limit)
        setattr(self, unit, spent)

    def within(self, unit: Unit, amount: int) -> None:
        """Raise SpentError for more than a file may have of a unit, where the same may be read several times: nothing is spent."""
        if amount > (limit := getattr(self.limits, unit)):
            raise SpentError(unit, limit, self.source)

    def refusal(self, unit: Unit, limit: int) -> SpentError:
        """Return the error of what exceeds a limit, to be raised; it is kept in mind."""
        first = self.refused
        if first is not None and (first.unit, first.limit) == (unit, limit):
            first.__context__ = None  # said once more, without what it went through
            return first.with_traceback(None)
        spent = SpentError(unit, limit, self.source)
        if first is None or first.unit == NUMBER:  # what can be raised is said before what can't
            self.refused = spent
        return spent

    def step(self) -> None:
        """Spend one step, as `spend` does."""
        if self.steps >= self.limits.steps:
            raise self.refusal(STEPS, self.limits.steps)
        self.steps += 1


_CURRENT: ContextVar[Budget | None] = ContextVar("budget", default=None)
_TIMES: ContextVar[int] = ContextVar("times", default=1)


def current() -> Budget:
    """Return the budget of the file that is being read; outside of any, a fresh one: its limits then hold for one call."""
    return _CURRENT.get() or Budget(None, STANDARD.raised(_TIMES.get()))


def spend(unit: Unit, amount: int) -> None:
    """Spend so much of a unit from the current budget; raise SpentError where that is more than is left."""
    current().spend(unit, amount)


def is_paid(unit: Unit, amount: int) -> bool:
    """Spend so much of a unit, and return whether the budget sufficed; that it didn't is kept in mind, as with every refusal."""
    try:
        spend(unit, amount)
    except SpentError:
        return False
    return True


def of_digits(bits: int) -> None:
    """Spend the digits of a number of so many binary ones; raise SpentError also where it is longer than any number may be."""
    digits = bits * 3 // 10
    if digits > LONGEST_NUMBER:
        raise current().refusal(NUMBER, LONGEST_NUMBER)
    spend(DIGITS, digits)


def as_far_as_paid(found: Iterable[_Made]) -> list[_Made]:
    """Return what is found as far as the budget suffices; that it didn't is kept in mind, as with every refusal."""
    made: list[_Made] = []
    with suppress(SpentError):
        made.extend(found)
    return made


@contextmanager
def of_file(source: str, files: int = 1) -> Iterator[Budget]:
    """Make a file's budget the current one; within the same file's, go on with that.

    ``files``: how many there are, for a command that holds several beside one another.
    """
    held = _CURRENT.get()
    if held is not None and held.source == source:
        yield held
        return
    token = _CURRENT.set(Budget(source, STANDARD.raised(_TIMES.get() * files)))
    try:
        yield current()
    finally:
        _CURRENT.reset(token)


def per_file(function: Callable[_Given, _Made]) -> Callable[_Given, _Made]:
    """Run a function within the budget of the file that its argument ``name`` or ``source`` names."""
    return _with_files(function, 1)


def per_old_and_new(function: Callable[_Given, _Made]) -> Callable[_Given, _Made]:
    """Run a function that brings a file up to date, as `per_file` does: what is there, what it was, what it becomes are worked out.

    A sound workbook of twelve tabs that LibreOffice has saved takes up to 1,030,000 steps.
    """
    return _with_files(function, 4)


def _with_files(function: Callable[_Given, _Made], files: int) -> Callable[_Given, _Made]:
    known = function.__code__.co_varnames[: function.__code__.co_argcount]
    key = "name" if "name" in known else "source"
    at = known.index(key)

    @functools.wraps(function)
    def within(*args: _Given.args, **given: _Given.kwargs) -> _Made:
        with of_file(str(given[key] if key in given else args[at]), files):
            return function(*args, **given)

    return within


@contextmanager
def raised(times: int) -> Iterator[None]:
    """Raise the limits of every file's budget so many times: what ``--budget`` does. A process of its own has to do it anew, by `at`."""
    token = _TIMES.set(times)
    try:
        yield
    finally:
        _TIMES.reset(token)


def at(times: int, function: Callable[[_Item], _Made], item: _Item) -> _Made:
    """Run a function with limits so many times the standard: how work goes to another process, which knows no option."""
    with raised(times):
        return function(item)


def times() -> int:
    """Return how many times the standard the limits are."""
    return _TIMES.get()
