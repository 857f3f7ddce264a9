"""A form that somebody has filled in, as a plan; each problem is reported with its cell."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Any

from ..errors import PlanError, Problem
from ..language.text import Text, Wording, lowered
from ..plan import settings as plan_settings
from ..plan.load import OpenTemplate, Plan, load
from ..template.declaration import open_shipped
from ..template.raw import Declaration
from ..values.a1 import ROWS, address, row_and_column
from ..values.amounts import trimmed
from ..values.toml import Decimal, Path, Source, write
from ..values.units import CURRENCY, DATE, MONTH, TEXT
from ..xlsx.read.formats import as_date
from ..xlsx.read.reader import Read
from ..xlsx.read.reader import read as read_book
from . import fields
from .fields import CHANNEL, NAME, OPPORTUNITY_RATE, SHARE, SHORT, SINGLE, STAGE, STANDARD, START, Field
from .form import MARK, UNUSED, USED, USES, VERSION, name_of

_ONCE = Text("使わない", "not used")
"""How forms made before said that the stage of opportunities is skipped."""

_OURS = 5  # names of ours that make a workbook a goal workbook, also where it has lost what it carries
_FIRST_DAY, _LAST_DAY = 366, 110_000
"""The serial numbers that may be a date whose format was lost."""


def plan_from_form(
    data: bytes,
    name: str,
    lang: str,
    settings: Iterable[str] = (),
    open_template: OpenTemplate = open_shipped,
    template: Declaration | None = None,
) -> Plan:
    """Return the plan in a filled form; raise BookError if it can't be read, PlanError with all that is wrong in it."""
    filled = _Filled(read_book(data, name), name)
    table, source = filled.table()
    made, problems = plan_settings.apply(table, source, settings)
    try:
        return load(made, source, lang, open_template, template, [*filled.problems, *problems])
    except PlanError as bad:
        refused = {problem.key for problem in bad.problems if problem.code != "missing"}
        told = [problem for problem in bad.problems if problem.code != "missing" or problem.key not in refused]
        raise PlanError(*sorted(told, key=_down)) from None


def _down(problem: Problem) -> tuple[int, int]:
    """Return where a problem is in the order in which a form is read; settings come last."""
    where = (problem.key or "").partition(":")[0]
    return row_and_column(where) if re.fullmatch(r"[A-Z]{1,3}[1-9]\d*", where) else (ROWS, 0)


class _Cells(Source):
    """The form as the source of a plan: the place of a key is its cell, and what lacks is said for a form."""

    def __init__(self, name: str, text: str, places: dict[Path, str]) -> None:
        super().__init__(name, text)
        self.places = places

    def line(self, path: Path) -> int | None:  # noqa: ARG002  # a form has cells
        return None

    def problem(self, code: str, path: Path, what: Wording, fix: Wording | None = None, key: str | None = None) -> Problem:
        if path in self.elsewhere:
            return super().problem(code, path, what, fix, key)
        if code == "split":
            path = (*path[:2], SHARE.key)
        what, fix = _in_a_form(code, path, what, fix)
        while path and path not in self.places:
            path = path[:-1]
        return Problem(code, what, fix, self.name, None, self.places.get(path, key))


def _in_a_form(code: str, path: Path, what: Wording, fix: Wording | None) -> tuple[Wording, Wording | None]:
    """Return a problem of a plan in the words of a form, where the plan's speak of keys."""
    if code in ("missing", "split"):
        return _missing(_field(path))
    if code == "no-channel":
        what = Text("チャネルがありません", "there is no channel")
        fix = Text("名前・配分・アポ率を1行以上入力してください", "fill in at least one row: name, share, meeting rate")
    elif code == "shares":
        return Text(what.ja.replace("(share)", ""), what.en), fix
    return what, fix


def _field(path: Path) -> Field:
    fields_there = CHANNEL if path[0] == "channel" else SINGLE
    return next(field for field in fields_there if field.key == path[-1])


def _missing(field: Field) -> tuple[Text, Text]:
    label = fields.cell(field).full_label
    if field is NAME:
        label = Text("チャネルの名前", "channel's name")
    sample = fields.sample(field)
    return (
        Text(f"{label.ja}が入力されていません", f"the {lowered(label.en)} is missing"),
        Text(f"{sample.ja}のように入力してください", f"type it like {sample.en}"),
    )


class _Filled:
    """The cells of a form, found by their names wherever a program has put them."""

    def __init__(self, read: Read, source: str) -> None:
        self.read = read
        self.source = source
        self.problems: list[Problem] = []
        self.places: dict[Path, str] = {}
        self._known()

    def _known(self) -> None:
        """Raise PlanError for a workbook that isn't a form, or is a later version's."""
        mark = self.read.names.get(MARK)
        said = None if mark is None else self._value(MARK, 0)
        version = re.search(r"(\d{1,6})\s*$", said) if isinstance(said, str) else None
        wanted = {USES, *(name_of(field) for field in (*SINGLE, *CHANNEL))}
        if version is None or not wanted <= self.read.names.keys():
            raise PlanError(self._no_form(version is not None))
        if len({self.read.names[name_of(field)].rows for field in CHANNEL}) > 1:
            raise PlanError(self._no_form(has_mark=True))
        if int(version[1]) > VERSION:
            what = Text("新しいバージョンの kgisheet のフォームです", "this form is of a newer version of kgisheet")
            raise PlanError(Problem("newer", what, Text("kgisheet を更新してください", "update kgisheet"), self.source))

    def _no_form(self, has_mark: bool) -> Problem:
        if has_mark:
            what = Text(
                "入力フォームのセルが足りません(行や列が削除されています)", "the form lacks cells: rows or columns were deleted"
            )
            fix = Text(
                "新しいフォームに書き写してください(kgisheet init --form)", "copy it into a new form (kgisheet init --form)"
            )
            return Problem("form", what, fix, self.source)
        template = fields.template(STANDARD)
        if self.read.carried or len(self.read.names.keys() & template.cells.keys()) >= _OURS:
            what = Text("目標シートのブックです。入力フォームではありません", "this is a goal workbook, not an input form")
            fix = Text(
                f"計画を取り出すには kgisheet extract {self.source} -o plan.toml、内容を見るには kgisheet show {self.source}",
                f"kgisheet extract {self.source} -o plan.toml takes the plan out of it; kgisheet show {self.source} prints it",
            )
            return Problem("not-a-plan", what, fix, self.source)
        what = Text("入力フォームでも計画(TOML)でもありません", "this is neither an input form nor a plan (TOML)")
        fix = Text("フォームは kgisheet init --form form.xlsx で作れます", "kgisheet init --form form.xlsx makes a form")
        return Problem("not-a-plan", what, fix, self.source)

    # -- cells -----------------------------------------------------------------

    def table(self) -> tuple[dict[str, Any], Source]:
        """Return the form's contents as a plan's table, and where each of its keys is."""
        table: dict[str, Any] = {"template": STANDARD if self._uses_stage() else SHORT}
        for field in SINGLE:
            self._take(table, field, (field.key,), 0)
        self._stage(table)
        if START.key not in table and (START.key,) not in self._refused():
            self._say((START.key,), "missing", *_missing(START))
        rows: list[dict[str, Any]] = []
        self.places["channel",] = self._cell(name_of(NAME), 0)
        for at in range(self.read.names[name_of(NAME)].rows):  # rows that somebody inserted count
            row: dict[str, Any] = {}
            path: Path = ("channel", len(rows))
            before = len(self.problems)
            for field in CHANNEL:
                self._take(row, field, (*path, field.key), at)
            if row or len(self.problems) > before:
                self.places[path] = self.places[*path, NAME.key]
                rows.append(row)
        if rows:
            table["channel"] = rows
            self._place_of_shares(table)
        return table, _Cells(self.source, write(table), self.places)

    def _place_of_shares(self, table: dict[str, Any]) -> None:
        """Shares that don't add up are a fault of all of them together."""
        shares = [self.places["channel", at, SHARE.key] for at in range(len(table["channel"]))]
        self.places["channel",] = shares[0] if len(shares) == 1 else f"{shares[0]}:{shares[-1]}"

    def _uses_stage(self) -> bool:
        said = self._value(USES, 0)
        if isinstance(said, str) and said.strip() in (*UNUSED, *_ONCE):
            return False
        if said is not None and not (isinstance(said, str) and said.strip() in USED):
            self._choice(USES, said, USED, UNUSED)
        return True

    def _stage(self, table: dict[str, Any]) -> None:
        """Hold the switch of ③ against its rate: a plan says both by the rate alone."""
        given = STAGE in table
        if table["template"] == STANDARD and not given and (STAGE,) not in self._refused():
            what, _ = _missing(OPPORTUNITY_RATE)
            where = self._cell(USES, 0)
            fix = Text(
                f"「25%」のように入力するか、{where} を「{UNUSED.ja}」にしてください",
                f"type it like 25%, or set {where} to “{UNUSED.en}”",
            )
            self._say((STAGE,), "missing", what, fix)
        if table["template"] == SHORT and given:
            del table[STAGE]
            where = self._cell(USES, 0)
            what = Text(
                f"{where} が「{UNUSED.ja}」なのに、案件化率が入力されています",
                f"there is an opportunity rate, but {where} says “{UNUSED.en}”",
            )
            fix = Text(f"空欄にするか、{where} を「{USED.ja}」にしてください", f"empty it, or set {where} to “{USED.en}”")
            self._say((STAGE,), "unused", what, fix)

    def _refused(self) -> set[Path]:
        cells = {problem.key for problem in self.problems}
        return {path for path, cell in self.places.items() if cell in cells}

    def _take(self, table: dict[str, Any], field: Field, path: Path, at: int) -> None:
        """Put the content of one cell into the table as a plan would hold it; leave out a blank one."""
        name, cell = name_of(field), fields.cell(field)
        self.places[path] = self._cell(name, at)
        value = self._value(name, at)
        place = self.read.names[name].spot(at)
        filled = self.read.cells.get((place.sheet, place.row, place.col))
        if value is None:
            if filled is not None and filled.formula is not None:
                what = Text("数式の結果が保存されていません", "the result of its formula is not stored")
                self._say(path, "formula", what, Text("数字を直接入力してください", "type the figure itself"))
            return
        is_error = filled is not None and filled.formula is not None and isinstance(value, str) and value.startswith("#")
        if is_error or isinstance(value, bool):
            shown = str(value).upper()
            what = Text(f"「{shown}」は使えません", f"“{shown}” can't be used")
            self._say(path, "figure", what, Text("文字か数字を入力してください", "type a text or a figure"))
            return
        if cell.choices is not None:
            key = next((key for key, text in cell.choices.items() if str(value).strip() in (key, *text)), None)
            if key is None:
                self._choice(name, value, *cell.choices.values())
            else:
                table[field.key] = key
            return
        if cell.unit in (DATE, MONTH) and isinstance(value, int) and _FIRST_DAY < value < _LAST_DAY:
            value = as_date(value, self.read.facts.from_1904)
        if cell.unit == CURRENCY and isinstance(value, (int, float)) and 0 < value < 1:  # a share in a cell for money
            what = Text(f"{value}円では小さすぎます", f"{value} yen is too little")
            self._say(path, "figure", what, Text("割合ではなく金額を入力してください", "type an amount, not a share"))
            return
        table[field.key] = _as_written(value, cell.unit)

    def _choice(self, name: str, said: Any, *choices: Text) -> None:
        what = Text(f"「{said}」は選べません", f"“{said}” is not among the choices")
        listed = Text("、".join(f"「{each.ja}」" for each in choices), ", ".join(each.en for each in choices))
        fix = Text(f"{listed.ja} のどれかを選んでください", f"choose one of {listed.en}")
        self.problems.append(Problem("figure", what, fix, self.source, None, self._cell(name, 0)))

    def _say(self, path: Path, code: str, what: Text, fix: Text) -> None:
        self.problems.append(Problem(code, what, fix, self.source, None, self.places[path]))

    def _value(self, name: str, at: int) -> Any:
        """Return the content of a named cell; None for a blank one and for one of spaces only."""
        place = self.read.names[name].spot(at)
        filled = self.read.cells.get((place.sheet, place.row, place.col))
        value = None if filled is None else filled.value
        return None if isinstance(value, str) and not value.strip() else value

    def _cell(self, name: str, at: int) -> str:
        place = self.read.names[name].spot(at)
        return address(place.row, place.col)


def _as_written(value: Any, unit: str) -> Any:
    """Return a cell's content as a plan would write it: a number as its decimal, a name as text."""
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, (int, float)):
        return _decimal(value) if unit == TEXT else value if isinstance(value, int) else Decimal(_decimal(value))
    return value.strip() if isinstance(value, str) else str(value) if unit == TEXT else value


def _decimal(value: float) -> str:
    return trimmed(value, 12, "")
