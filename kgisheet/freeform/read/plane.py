"""One sheet as a reader scans it: words and numbers along rows and columns. Only stored cells are visited."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from operator import attrgetter
from typing import Literal

from ...formula.grid import held
from ...values.regex import regex
from ...values.units import COUNT, RATE
from ...xlsx.read.reader import Filled, as_date
from . import terms
from .amounts import PERCENT, Amount, Composite, amount, composite, stored, typed
from .lexicon import FIELD, MARK, MONTH, PERIOD, TEXT, TOTAL, UNIT, Word, key, unit_of_field
from .likely import likely
from .sections import sections
from .spelling import plain
from .stages import OPEN
from .units import Unit, sheet_unit, title_unit, unit_of
from .words import declared, understand

_SENTENCE = 15
_DOWN, _OF_A_WHOLE = terms.of("rounded_down"), regex(r"^[\s　・└┗├-]*(?:うち|of which|incl)")
_STEM = 3  # letters of a label that a note has of it
_ROUNDED, _RESULTS, _GOALS = terms.of("rates_rounded"), terms.of("results"), terms.of("goal_sheet")
_DOUBLES = terms.of("unique", "overlap")
_IN_BRACKETS = regex(r"[(（]([^()（）]+)[)）]")
_UNIT = regex(
    r"(10{1,3}|5)\s*(?:件|人|名|社|本|枚|台)?(?:単位|の倍数|刻み)|(?:nearest|up to|multiples? of|in steps of|to the next) (10{1,3}|5)\b"
)
_ABROAD = regex(r"[$€£]|\b(?:usd|eur|gbp|chf)\b")
_SIGNS = {"usd": "$", "eur": "€", "gbp": "£", "chf": "CHF "}
_YEN = regex(r"円|[¥\\]|\b(?:yen|jpy)\b")
_ONE = ("1週", "1週間", "1日")
_IN_THOUSANDS = regex(
    r"[$€£]\s?(?:k|m|bn|000|'000)\b|\b(?:k|m)[$€£]|(?:usd|eur|gbp|chf|[$€£])\s?(?:thousand|million|k\b|m\b)|\bin thousands|\bin millions|\b\d+[km]\b"
)
_LOCALE = regex(r"\[\$-[^\]]*\]")
_WIDE = 64  # rows or columns of a merged label that are looked along; a merge of a whole sheet is no label

_WORDS = 400  # of a sheet that say what it is
_ROUNDS = 4  # of rates that name stages, by which further rates are known
_GAP = 3  # blank rows between a number and its heading, at most


_NUMBERS = (int, float)
_NUMBER = None, None
"""What most cells say: no word, and no word with a number in it."""
_ROW, _COL = attrgetter("row"), attrgetter("col")


def _is_number(filled: Filled) -> bool:
    """Return whether a cell holds a number and nothing else, or a formula whose value is still missing; 4 shown as 4月 is a month."""
    value = filled.value
    return value is None or (type(value) in _NUMBERS and "月" not in filled.format)


class Spot:
    """One stored cell: a word, or (``word`` None) something that may be a number; with ``inside`` it is both.

    A text is interpreted when it is asked for: most cells of a long list never are.
    """

    __slots__ = ("_amount", "_filled", "_flat", "_said", "col", "last_col", "last_row", "row", "text")

    def __init__(self, row: int, col: int, last_row: int, last_col: int, filled: Filled) -> None:
        self.row, self.col, self.last_row, self.last_col = row, col, last_row, last_col
        self._filled = filled
        self._said: tuple[Word | None, Composite | None] | None = _NUMBER if _is_number(filled) else None
        self._flat: str | None = None
        self._amount: Amount | Literal[False] | None = False
        self.text = filled.value.strip() if isinstance(filled.value, str) and filled.formula is None else ""
        """The cell's text; empty if it holds a number or a formula."""

    @property
    def word(self) -> Word | None:
        if self._said is None:
            self._said = _said(self._filled)
        return self._said[0]

    def means(self, word: Word) -> None:
        """Take the cell's text for a word that the rest of the sheet gives it."""
        self._said = word, None

    @property
    def inside(self) -> Composite | None:
        return self._said[1] if self.word is None and self._said is not None else None

    @property
    def kind(self) -> str:
        """The kind of its word; empty for a number."""
        word = self._said[0] if self._said is not None else self.word
        return word.kind if word is not None else ""

    @property
    def flat(self) -> str:
        """Its text as words are looked for in it, whatever their width and case."""
        if self._flat is None:
            self._flat = plain(self.text).strip()
        return self._flat

    @property
    def written(self) -> str:
        """Its text as it is written, with the spaces before it."""
        return self._filled.value if self.text and isinstance(self._filled.value, str) else self.text

    @property
    def format(self) -> str:
        """The cell's number format."""
        return self._filled.format

    @property
    def amount(self) -> Amount | None:
        """The stored number; None if there is none."""
        if self.word is not None:
            return None
        if self._amount is False:
            value, code = self._filled.value, self._filled.format
            self._amount = stored(value, code) if type(value) in _NUMBERS else amount(held(value), code)
        return self._amount

    @property
    def beyond(self) -> str | None:
        """The stored number that is larger, or smaller, than anybody means, as a program shows it; None for any other."""
        value = self._filled.value
        return f"{value:.6G}" if type(value) in _NUMBERS and self.amount is None else None

    @property
    def number(self) -> bool:
        return self.word is None and self.inside is None and self.amount is not None


class Plane:
    """The spots of one sheet, by row and by column in order. ``unit`` is the sheet's own: 単位:万円."""

    def __init__(self, title: str, merged: Iterable[tuple[int, int, int, int]]) -> None:
        self.title = title
        self.merged = {(area[0], area[1]): area for area in merged}
        self.rows: dict[int, list[Spot]] = {}
        self.cols: dict[int, list[Spot]] = {}
        self.fields: list[Spot] = []
        self.unit: Unit | None = title_unit(title)
        self._headings: dict[int, dict[int, Spot | None]] = {}

    def heading(self, row: int, col: int) -> Spot | None:
        """Return the first word up a column from a cell, over numbers, with no long gap; None where that is a field's label."""
        if col not in self._headings:
            self._headings[col] = dict(_headed(self.cols.get(col, ())))
        return self._headings[col].get(row)

    def add(self, row: int, col: int, filled: Filled) -> None:
        """Add a stored cell."""
        area = self.merged.get((row, col))
        spot = Spot(row, col, *(area[2:] if area else (row, col)), filled)
        if isinstance(filled.value, str) and likely(filled.value):
            word = spot.word
            if (word is not None and word.kind == FIELD) or (spot.inside is not None and spot.inside.word.kind == FIELD):
                self.fields.append(spot)
            self.unit = sheet_unit(filled.value) or self.unit
        if area is None or spot.word is None:
            self.rows.setdefault(row, []).append(spot)
            self.cols.setdefault(col, []).append(spot)
            return
        for each in range(row, min(spot.last_row, row + _WIDE) + 1):
            self.rows.setdefault(each, []).append(spot)
        for each in range(col, min(spot.last_col, col + _WIDE) + 1):
            self.cols.setdefault(each, []).append(spot)

    def counts_doubles(self, label: str) -> bool:
        """Return whether a note on people who are counted twice names a label's figures: リード数 without those who came by two channels."""
        return bool(self.doubles) and key(label)[:_STEM] in self.doubles

    def says_of_doubles(self, label: str) -> bool:
        """Return whether such a note is on just what a label calls its figures: 顧客数は重複除く."""
        return f"{key(label)}は" in self.doubles

    @staticmethod
    def is_of_doubles(text: str) -> bool:
        """Return whether a text says that some are counted twice, or that each is counted once."""
        return _DOUBLES.search(text)

    @cached_property
    def abroad(self) -> str | None:
        """The sign of the one other currency that the sheet is in; empty where it is in thousands of it; None where it is in yen."""
        texts = [spot.flat for spots in self.rows.values() for spot in spots if spot.text]
        codes = {_LOCALE.sub("", spot.format) for spots in self.rows.values() for spot in spots if not spot.text}
        found = {match[0] for each in (*texts, *codes) for match in _ABROAD.finditer(each)}
        signs = {_SIGNS.get(each, each.upper()) for each in found}
        if len(signs) != 1 or any(_YEN.search(each) for each in (*texts, *codes)):
            return None
        return "" if any(_IN_THOUSANDS.search(each) for each in texts) else next(iter(signs))

    @cached_property
    def sections(self) -> Mapping[tuple[int, int], int]:
        """The sections of the sheet by place: tables and lists that blank lines part."""
        every = [(row, spot) for row, spots in self.rows.items() for spot in spots]
        words = [(row, spot.col) for row, spot in every if spot.text]
        return sections([(row, spot.col) for row, spot in every if not spot.text], words)

    def are_of_one_section(self, one: tuple[int, int], other: tuple[int, int]) -> bool:
        """Return whether two places are of one table or list, and not of two that blank lines part."""
        return self.sections.get(one) == self.sections.get(other)

    @cached_property
    def words(self) -> list[str]:
        """The words of the sheet from its title on, as they are compared: a goal sheet says early what it is."""
        found = [self.title]
        for _, spots in sorted(self.rows.items()):
            for spot in spots:
                if spot.word is not None and spot.word.kind != MONTH:
                    found.append(spot.word.text)
                elif spot.inside is not None:
                    found.append(spot.inside.word.text)
            if len(found) > _WORDS:
                break
        return [unicodedata.normalize("NFKC", each).casefold().strip() for each in found]

    @cached_property
    def doubles(self) -> str:
        """The notes of the sheet on people who are counted twice, 計（顧客数は重複除く）, as words are compared; empty without such a note."""
        every = {spot.text for spots in self.rows.values() for spot in spots if spot.text}
        texts = {part for each in every for part in (_IN_BRACKETS.findall(each) if len(each) <= _SENTENCE else [each])}
        return " ".join(sorted(key(each) for each in texts if _DOUBLES.search(each)))

    @cached_property
    def rounds_rates(self) -> bool:
        """Whether a note says that the rates are rounded: ※率は四捨五入."""
        return any(_ROUNDED.search(spot.flat) for spots in self.rows.values() for spot in spots if len(spot.text) > _STEM)

    @cached_property
    def rounds_down(self) -> bool:
        """Whether a note says that the counts are rounded down: ※人数は切り捨て."""
        return any(_DOWN.search(spot.flat) for spots in self.rows.values() for spot in spots if len(spot.text) > _STEM)

    def unit_of_whole(self, label: Spot) -> Unit | None:
        """Return the unit that the line above a part says, うち新規 below 売上目標（万円）; None where a label says of no part."""
        if not _OF_A_WHOLE.match(label.flat):
            return None
        above = [each for each in self.cols.get(label.col, []) if each.row < label.row and each.text]
        whole = next((each for each in reversed(above) if not _OF_A_WHOLE.match(each.flat)), None)
        return whole.word.unit if whole is not None and whole.word is not None else None

    @cached_property
    def of_results(self) -> bool:
        """Whether the sheet's title, or the first line, says that it is of what came out, and not of what is planned."""
        first = min(self.rows, default=0)
        said = " ".join([plain(self.title), *(spot.flat for spot in self.rows.get(first, []) if spot.text)])
        return _RESULTS.search(said) and not _GOALS.search(said)

    @cached_property
    def rounded_to(self) -> set[int]:
        """The units to which the sheet says that it rounds its counts: 10件単位に切上げ."""
        said = (_UNIT.search(spot.flat) for spots in self.rows.values() for spot in spots if spot.text)
        return {int(match[1] or match[2]) for match in said if match is not None}

    def settle(self) -> None:
        """Find the stages that rates name, sort rows and columns; to be called once, after the last cell."""
        self._declare()
        for spots in self.rows.values():
            spots.sort(key=_COL)
        for spots in self.cols.values():
            spots.sort(key=_ROW)
        self.fields.sort(key=lambda spot: (spot.row, spot.col))

    def _declare(self) -> None:
        # 年間 | 月間 | 週間 | 1日: the year is one of several periods, no total of the others.
        for spots in self.rows.values():
            over = [spot for spot in spots if spot.kind == PERIOD]
            for spot in spots if len(over) > 1 else ():
                if spot.kind == TOTAL and spot.word is not None and over[0].col > spot.col:
                    spot.means(spot.word._replace(kind=PERIOD))
        for line in (*self.rows.values(), *self.cols.values()):
            named = {spot.flat for spot in line}
            for spot in line:
                # The first of several weeks, 1週 beside 2週, is no figure of a week.
                if spot.flat in _ONE and spot.word is not None and f"2{spot.flat[1:]}" in named:
                    spot.means(spot.word._replace(kind=TEXT))
        names: frozenset[str] = frozenset()
        for _ in range(_ROUNDS):
            before, names = names, self._ends()
            if names == before:
                break
            for spots in self.rows.values():
                for spot in spots:
                    if spot.kind == TEXT and (word := declared(spot.text, names)) is not None:
                        spot.means(word)
                        self.fields.append(spot)

    def _ends(self) -> frozenset[str]:
        """Return the sheet's own stages that its rates lead from and to."""
        words = (spot.inside.word if spot.inside is not None else spot.word for spot in self.fields)
        ends = (end for word in words if word is not None for end in word.ends)
        return frozenset(end.removeprefix(OPEN) for end in ends if end.startswith(OPEN))


def _headed(spots: Iterable[Spot]) -> Iterator[tuple[int, Spot | None]]:
    """Yield the rows of a column, in their order, each with its heading."""
    heading, last = None, 0
    for spot in spots:
        if spot.row - last > _GAP + 1:
            heading = None
        yield spot.row, heading
        last = spot.last_row
        if spot.word is not None and spot.word.kind not in (UNIT, MARK):
            heading = spot if spot.word.kind != FIELD else None


_BLANKS = ("-", "―", "‐", "–", "—", "ー", "n/a", "na", "なし", "未定", "tbd", "?", "？", "未入力", "x")


def _is_said(joined: Composite) -> bool:
    """Return whether a count's label also says its rate, Leads 2.5%: the count is beside it or below."""
    unit = joined.amount.unit
    return unit is not None and unit.kind == RATE and unit_of_field(joined.word.field) == COUNT


def _said(filled: Filled) -> tuple[Word | None, Composite | None]:
    """Return the word that a cell holds (None: maybe a number), and the number in the same cell."""
    value = filled.value
    if isinstance(value, bool):
        return Word(MARK, ""), None
    date = as_date(value)
    if date is not None:
        return (Word(MONTH, f"{date:%Y-%m}", month=(date.year, date.month)) if date.day == 1 else Word(TEXT, f"{date}")), None
    if isinstance(value, (int, float)):
        if filled.formula is None and "月" in filled.format and isinstance(held(value), Fraction) and 1 <= value <= 12:
            return Word(MONTH, f"{value:g}月", month=(0, int(value))), None
        return None, None
    if not isinstance(value, str):
        return None, None
    text = value.strip()
    if text.casefold() in _BLANKS or not text:
        return Word(MARK, text), None
    word = understand(text)
    if word.kind == TEXT:
        if typed(text) is not None:
            return None, None
        joined = composite(text)
        if joined is not None and joined.word.kind == FIELD and _is_said(joined):
            return joined.word._replace(text=text), None
        if joined is not None:
            return None, joined
        if filled.formula is not None and re.fullmatch(r"#[A-Z/0!?]+", text):
            return None, None  # an error is a number that failed
    elif word.kind == "unit" and unit_of(text) is None:
        return Word(TEXT, text), None
    return word, None


def percent_by(amount: Amount, spots: list[Spot], spot: Spot) -> Amount:
    """Return a figure without a unit as the % that a cell next to it says: 25 | %, 2 | 割; as it is beside anything else."""
    beside = next((each for each in spots if each.col == spot.last_col + 1), None)
    unit = beside.word.unit if beside is not None and beside.word is not None and beside.kind == UNIT else None
    if unit is None or unit.kind != RATE:
        return amount
    return amount._replace(number=amount.number * unit.factor, unit=PERCENT)
