"""Actuals from analytics or a CRM as CSV: long (month, stage, value) or wide (a row per month, a column per stage)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from ..errors import CsvError, Problem
from ..language.text import Text
from ..values import amounts
from ..values.amounts import FigureError
from ..values.units import COUNT, CURRENCY
from . import cells, columns, headings, table
from .columns import Columns, lines_of
from .headings import CHANNEL, MONTH, STAGE, STAGES, UNIT, VALUE, Heading, Own, Unit
from .table import Record

LONG, WIDE = "long", "wide"


class ActualRow(NamedTuple):
    """One month's result at one stage: things, or yen for ``revenue``; of one channel, or of all (None)."""

    month: datetime.date
    stage: str
    channel: str | None
    value: Fraction
    line: int


class Actuals(NamedTuple):
    """The rows that could be read, the problems that prevent their use, and mere notes."""

    rows: list[ActualRow]
    problems: list[Problem]
    notes: list[Problem]
    form: str

    def checked(self) -> list[ActualRow]:
        """Return the rows; raise CsvError with all the problems."""
        if self.problems:
            raise CsvError(*self.problems)
        return self.rows


class _Cell(NamedTuple):
    """One figure in the file: its stage as written there, and its text."""

    record: Record
    stage: Heading
    text: str


def read_actuals(data: bytes, source: str, start: datetime.date | None = None, own: Own = ()) -> Actuals:
    """Return the actuals in ``data``; raises CsvError where no table of actuals can be found in it.

    ``start`` is the first month of the year, for months without a year (4月); ``own`` are the words of a
    workbook for its stages, which may be others than the six.
    """
    stages = (*STAGES, *dict.fromkeys(stage for _, stage in own if stage not in STAGES))
    read = table.read(data, source)
    found = columns.find(read, lambda said: bool(_form(said, stages)), own)
    if found is None:
        raise CsvError(_no_header(read.records[0], source))
    form = _form(found[1], stages)
    wanted = (MONTH, STAGE, VALUE, CHANNEL, UNIT) if form == LONG else (MONTH, CHANNEL, *stages)
    of, notes = columns.assign(read, *found, wanted, ("actual",), source)
    return _Reader(of, form, start, source, notes, stages, own).all()


def _form(said: list[Heading], stages: tuple[str, ...]) -> str:
    """Return the form of a header; empty if it has none."""
    fields = {each.field for each in said if each.role in ("", "actual")}
    if MONTH not in fields:
        return ""
    if {STAGE, VALUE} <= fields:
        return LONG
    return WIDE if fields & set(stages) else ""


def _no_header(first: Record, source: str) -> Problem:
    shown = " | ".join(cell[:20] for cell in first.cells[:8])
    return Problem(
        "header",
        Text(
            f"「月」と実績の列の見出しが見つかりません(最初の行: {shown})",
            f"no header with a month and actuals (the first row: {shown})",
        ),
        Text(
            "見出しを「月,段階,実績」か「月,訪問数,リード数,商談数,…」にしてください",
            "let the header be “Month,Stage,Actual” or “Month,Visits,Leads,Meetings,…”",
        ),
        source,
        first.line,
    )


class _Reader:
    """The reader of the rows under a header; what they have in common is reported once."""

    def __init__(
        self,
        of: Columns,
        form: str,
        start: datetime.date | None,
        source: str,
        notes: list[Problem],
        stages: tuple[str, ...],
        own: Own,
    ) -> None:
        self.stages, self.own = stages, own
        self.of, self.form, self.start, self.source = of, form, start, source
        self.rows: list[ActualRow] = []
        self.problems: list[Problem] = []
        self.notes = notes
        self.blank: list[int] = []
        self.totals: dict[str, list[int]] = {}
        self.unknown: dict[str, list[int]] = {}
        self.unread: dict[str, list[int]] = {}
        # The row that a month, stage and channel were first read from, and what its month cell says.
        self.first: dict[tuple[datetime.date, str, str], tuple[int, str]] = {}

    def all(self) -> Actuals:
        for record in self.of.records:
            if columns.is_remark(record):
                self.totals.setdefault(next(filter(None, record.cells))[:40], []).append(record.line)
            elif not self._total(record):
                self._record(record)
        self._sum_up()
        if not self.rows and not self.problems:
            what = Text("実績が1件も入力されていません", "no actuals are entered")
            self.problems.append(Problem("no-rows", what, None, self.source))
        return Actuals(self.rows, table.capped(self.problems, self.source), table.capped(self.notes, self.source), self.form)

    def _total(self, record: Record) -> bool:
        """Return whether a row is a sum of others: it would count everything twice."""
        for field in (MONTH, STAGE, CHANNEL):
            text = record.cell(self.of.at.get(field))
            is_stage = field == STAGE and headings.understand(text, self.own).field in self.stages
            if headings.is_total(text) and not is_stage:
                self.totals.setdefault(text[:40], []).append(record.line)
                return True
        return False

    def _record(self, record: Record) -> None:
        wide = columns.too_wide(record, len(self.of.headings), self.source)
        if wide is not None:
            self.problems.append(wide)
            return
        found = [cell for cell in self._cells(record) if cell.stage.field]
        typed = [cell for cell in found if not cells.is_blank(cell.text)]
        self.blank += [record.line] * (len(found) - len(typed))
        if not typed:
            return
        said, name = record.cell(self.of.at[MONTH]), record.cell(self.of.at.get(CHANNEL))
        try:
            channel = None if cells.is_blank(name) else amounts.text(name)
        except FigureError as bad:
            self._say("channel", bad, record, self.of.text(CHANNEL))
            return
        try:
            month = cells.month(said, self.start)
        except FigureError as bad:
            self._say("month", bad, record, self.of.text(MONTH))
            return
        for cell in typed:
            self._figure(cell, month, channel, said)

    def _cells(self, record: Record) -> Iterator[_Cell]:
        """Yield the figures of a row; an unknown stage has no field, and is kept to be reported."""
        if self.form == WIDE:
            for field in self.stages:
                if field in self.of.at:
                    yield _Cell(record, self.of.headings[self.of.at[field]], record.cell(self.of.at[field]))
            return
        name = record.cell(self.of.at[STAGE])
        stage = headings.understand(name, self.own)
        if stage.field in self.stages and stage.role in ("", "actual"):
            yield _Cell(record, stage, record.cell(self.of.at[VALUE]))
        elif headings.is_no_stage(name, self.own) or stage.role in ("goal", "other"):
            self.unread.setdefault(name, []).append(record.line)
        else:
            self.unknown.setdefault(name, []).append(record.line)

    def _figure(self, cell: _Cell, month: datetime.date, channel: str | None, said: str) -> None:
        key = (month, cell.stage.field, headings.key(channel or ""))
        line, first_said = self.first.setdefault(key, (cell.record.line, said))
        if line != cell.record.line:
            self.problems.append(self._twice(cell, month, channel, line, first_said != said))
            return
        try:
            value = self._value(cell)
        except FigureError as bad:
            self._say("figure", bad, cell.record, cell.stage.text)
            return
        self.rows.append(ActualRow(month, cell.stage.field, channel, value, cell.record.line))

    def _value(self, cell: _Cell) -> Fraction:
        """Return the figure, in the unit of its own, of the row, of the stage's name or of the column's heading."""
        wanted = CURRENCY if cell.stage.field == "revenue" else COUNT
        unit = cell.stage.unit
        if self.form == LONG:
            unit = self._unit_of(cell.record) or unit or self.of.unit(VALUE)
            if unit is self.of.unit(VALUE) and wanted == COUNT:
                unit = None  # under 値(万円), the numbers of deals are not in 万円
        if unit is not None and unit.kind != wanted and cells.is_bare(cell.text):
            raise FigureError(
                Text("単位がこの段階と合いません", "its unit doesn't fit the stage"),
                Text("金額は円・万円など、数は件・回などです", "amounts are in yen, the other stages in numbers"),
            )
        return cells.money(cell.text, unit) if wanted == CURRENCY else cells.count(cell.text)

    def _unit_of(self, record: Record) -> Unit | None:
        text = record.cell(self.of.at.get(UNIT))
        if cells.is_blank(text):
            return None
        unit = headings.unit(text)
        if unit is None:
            raise FigureError(
                Text(f"「{text[:20]}」という単位は分かりません", f"the unit “{text[:20]}” is not known"),
                Text(
                    "円・千円・万円・百万円・億円か、件・回などを書いてください",
                    "write yen, thousand yen, million yen, or a counter",
                ),
            )
        return unit

    def _twice(self, cell: _Cell, month: datetime.date, channel: str | None, line: int, daily: bool) -> Problem:
        shown = "・".join(filter(None, (f"{month:%Y-%m}", cell.stage.text, channel)))
        shown_en = ", ".join(filter(None, (f"{month:%Y-%m}", cell.stage.text, channel)))
        fix = Text("どちらか一方を残してください", "keep one of the two")
        if daily:  # the months are written differently: more likely days than a row that was copied
            fix = Text("日別なら月別に集計して書き出してください", "export it by month, if these are days")
        return Problem(
            "row-twice",
            Text(f"{shown} は{line}行目にもあります", f"{shown_en} is in line {line} as well"),
            fix,
            self.source,
            cell.record.line,
        )

    def _say(self, code: str, bad: FigureError, record: Record, key: str) -> None:
        self.problems.append(Problem(code, bad.what, bad.fix, self.source, record.line, key))

    def _sum_up(self) -> None:
        called = {stage: words[0] for stage, words in STAGES.items()} | {stage: word for word, stage in reversed(self.own)}
        names = "、".join(called[stage] for stage in self.stages)
        for number, (name, lines) in enumerate(self.unknown.items()):
            # Looking for what is near takes its time; further down than this, nobody reads.
            close = columns.near_fix(headings.near(name, self.stages, self.own) if number < table.MAX_SHOWN else [])
            self.problems.append(
                Problem(
                    "unknown-stage",
                    Text(
                        f"「{name[:40]}」という段階は分かりません({lines_of(lines)}行目)",
                        f"the stage “{name[:40]}” is not known (line {lines_of(lines)})",
                    ),
                    close or Text(f"使えるのは {names}", f"available: {', '.join(self.stages)}"),
                    self.source,
                    lines[0],
                )
            )
        for name, lines in self.unread.items():
            what = Text(
                f"「{name[:40]}」はどの段階の実績でもないので読んでいません",
                f"“{name[:40]}” isn't the actual of a stage, so it was not read",
            )
            self._note("stage-not-read", what, lines)
        for name, lines in self.totals.items():
            self._note("row-not-read", Text(f"「{name}」の行は読んでいません", f"the row “{name}” is not read"), lines)
        if self.blank:
            count = len(self.blank)
            self._note("blank", Text(f"値の未入力が{count}件あります", f"values not entered: {count}"), sorted(set(self.blank)))

    def _note(self, code: str, what: Text, lines: list[int]) -> None:
        shown = lines_of(lines)
        told = Text(f"{what.ja}({shown}行目)", f"{what.en} (line {shown})")
        self.notes.append(Problem(code, told, None, self.source, lines[0]))
