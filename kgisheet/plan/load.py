"""Loader: a plan's table → the inputs of a template, reporting every problem at once."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any, NamedTuple

from ..errors import PlanError, Problem, TemplateError
from ..language import words
from ..language.text import Text
from ..template import declaration as declared
from ..template.locate import shipped
from ..template.model import Cell, Template
from ..template.raw import Declaration
from ..template.roles import SHIPPED, Roles
from ..template.settle import settle
from ..template.switches import is_read
from ..template.tables import OF_MONTHS
from ..values import amounts
from ..values.amounts import FigureError
from ..values.toml import Path, Source, write
from ..values.units import RATE
from . import drawn, misplaced, months, reading, typed, wording
from .channels import ChannelReader
from .inputs import Input
from .sheets import chosen, unless_said

# Keys of the plan that are no cell of the worksheet.
FRAME = ("template", "sheets", "months", "channel", *typed.FRAME)


class Plan(NamedTuple):
    """The inputs of one worksheet. ``table`` is the plan's TOML as read, with settings applied.

    ``inputs`` holds a value per single input and a list, a value per channel,
    per column. Choices hold the plan's word (``up``), not the workbook's.
    ``source`` is the text that it was read from, for messages.
    """

    template: Template
    declaration: Declaration
    inputs: dict[str, Input | list[Input]]
    channels: int
    sheets: tuple[str, ...]
    table: dict[str, Any]
    source: Source

    @property
    def roles(self) -> Roles:
        """The names of the cells that the program looks for."""
        return self.template.roles

    def text(self) -> str:
        """Return the plan as the TOML that a workbook carries."""
        return write(self.table)


OpenTemplate = Callable[[str], Declaration]
"""Finds a template by what a plan calls it: a name, or a file."""


class PlanText(NamedTuple):
    """The text of a plan file; ``name`` is how messages refer to it."""

    data: bytes | str
    name: str
    settings: tuple[str, ...] = ()
    open_template: OpenTemplate = declared.open_shipped


def load(
    table: dict[str, Any],
    source: Source,
    lang: str,
    open_template: OpenTemplate = declared.open_shipped,
    declaration: Declaration | None = None,
    problems: Iterable[Problem] = (),
) -> Plan:
    """Return the plan in ``table``; ``declaration`` overrides its own ``template``.

    ``lang`` decides defaults that differ by language (the display unit). Raises
    PlanError with all the problems, those handed in among them, TemplateError where the template is at fault.
    """
    return _Loader(table, source, lang, problems).load(open_template, declaration)


class _Loader(ChannelReader):
    def __init__(self, table: dict[str, Any], source: Source, lang: str, problems: Iterable[Problem]) -> None:
        self.table = table
        self.source = source
        self.lang = lang
        self.problems: list[Problem] = list(problems)
        self.beyond: frozenset[str] = frozenset()
        """The sections of the sheets beyond the months: a margin, a share of articles may be 0."""
        self.roles = SHIPPED
        self.counted: dict[str, tuple[int, int]] = {}
        """The rates that were given as counts: how many did, of how many."""

    def load(self, open_template: OpenTemplate, declaration: Declaration | None) -> Plan:
        declaration = self._declaration(open_template, declaration)
        asked = self.table["sheets"] if "sheets" in self.table else unless_said(self.table, declaration)
        sheets = chosen(asked, declaration.listed, self._say)
        template = settle(declaration, self._typed(declaration), sheets)
        self.beyond = frozenset(section.key for section in template.drawn())
        self.roles = template.roles
        inputs = self._inputs(template, declaration)
        channels = self._channels(template, inputs, drawn.channel_keys(declaration))
        inputs |= drawn.inputs(template, self.table, self.lang, self._read, self._say)
        drawn.fill_counts(inputs, self.counted)
        self._across(template, inputs)
        if "months" in self.table:
            start = inputs.get(self.roles.start_month)
            first = start if isinstance(start, datetime.date) else None
            self.problems += months.check(self.table["months"], self.source, first, declaration.lead_times())
        by_hand = self._typed_in(template, inputs, channels)
        if template.is_monthly and not self.problems:
            inputs |= months.inputs(template, self.table.get("months", {}), inputs) | by_hand
        if self.problems:
            raise PlanError(*misplaced.said(self.problems, template, drawn.channel_keys(declaration), months.KEYS))
        # What the workbook carries names the template that was really used.
        table = {"template": None, **self.table} | {"template": _known_as(declaration)}
        return Plan(template, declaration, inputs, channels, sheets, table, self.source)

    # -- the template -----------------------------------------------------

    def _declaration(self, open_template: OpenTemplate, given: Declaration | None) -> Declaration:
        declaration = given
        if declaration is None:
            name = self.table.get("template", "standard")
            if not isinstance(name, str) or not name:
                raise PlanError(declared.unknown(str(name), self.source.name, self.source.line(("template",))))
            try:
                declaration = open_template(name)
            except TemplateError as bad:
                # What has no place of its own was said here.
                raise TemplateError(*(self._placed(each) for each in bad.problems)) from None
        # "opportunity_rate left out: as template short" (docs/plan.md): the template says which.
        without = declaration.head.get("without", {})
        for key, other in without.items() if isinstance(without, dict) else ():
            # The page's own switch says itself whether the stage is there: skipped it needs no rate, used it lacks one.
            if key not in self.table and "opportunity_stage" not in self.table:
                return declared.open_shipped(str(other))
        return declaration

    def _placed(self, problem: Problem) -> Problem:
        if problem.source is not None:
            return problem
        return problem._replace(source=self.source.name, line=self.source.line(("template",)), key="template")

    def _typed(self, declaration: Declaration) -> list[str]:
        """Return the cells of ``either`` that the plan gives: shares or numbers of meetings."""
        given = {key for row in self._rows() for key in row}
        return [name for group in declaration.either() for name in group[1:] if declaration.plan_key(name) in given]

    # -- single inputs ----------------------------------------------------

    def _inputs(self, template: Template, declaration: Declaration) -> dict[str, Input | list[Input]]:
        single = [cell for cell in template.page_inputs() if cell.table is None]
        known = {cell.plan_key for cell in single} | set(FRAME) | drawn.keys(declaration)
        for key in self.table:
            if key not in known:
                self._say((key,), "unknown-key", *wording.unknown(key, known, template))
        inputs: dict[str, Input | list[Input]] = {}
        for cell in single:
            inputs[cell.name] = self._single(template, cell, self.table.get(cell.plan_key))
        return inputs

    def _single(self, template: Template, cell: Cell, value: Any) -> Input:
        if value is None:
            if cell.required and is_read(template, cell, self.table.get):
                self._say((cell.plan_key,), "missing", *wording.missing(cell))
                return None
            value = cell.default.get(self.lang) if isinstance(cell.default, dict) else cell.default
            if value is None:
                return None
        # A share of the total, the one amount that may be written so (docs/plan.md).
        if cell.name == self.roles.web_revenue and isinstance(value, str) and amounts.plain(value).endswith("%"):
            return self._share_of_total(value, cell.plan_key, template)
        return self._read(cell, value, (cell.plan_key,))

    def _share_of_total(self, value: str, key: str, template: Template) -> Input:
        of = template.cells.get(self.roles.total_revenue)
        given = None if of is None else self.table.get(of.plan_key)
        try:
            share = amounts.rate(value, zero=True)
            total = amounts.money(given)
        except FigureError as bad:
            if given is not None:
                self._say((key,), "figure", bad.what, bad.fix)
            return None
        return share * total

    def _read(self, cell: Cell, value: Any, path: Path) -> Input:
        """Return the value for the cell's unit; None, with a problem recorded, if it can't be accepted."""
        try:
            if cell.unit == RATE and (pair := amounts.counted(value)) is not None:
                self.counted[cell.name] = pair
                return Fraction(*pair)
            # A share may be 0, a rate that divides may not.
            may_be_zero = cell.name == self.roles.channel_share or cell.section in self.beyond or cell.recorded
            value_read: Input = reading.read(
                cell, value, may_be_zero, not self._may_be_parted(cell), cell.on_tab or cell.section in self.beyond
            )
            return value_read
        except FigureError as bad:
            self._say(path, "figure", bad.what, bad.fix)
            return None

    def _may_be_parted(self, cell: Cell) -> bool:
        """Return whether a count may be fractional: recorded figures; a month's goal or actual when counts aren't made whole."""
        is_unrounded = self.table.get("rounding") in ("none", *words.ROUNDING["none"])
        return bool(cell.decimals) or cell.recorded or (is_unrounded and cell.table in OF_MONTHS)

    def _typed_in(self, template: Template, inputs: dict[str, Input | list[Input]], channels: int) -> dict[str, Any]:
        """Return the figures typed into the months, and recorded of them."""
        start, names = inputs.get(self.roles.start_month), inputs.get(self.roles.channel_name)
        around = typed.Around(
            start if isinstance(start, datetime.date) else None,
            names if isinstance(names, list) else (),
            template.channel_rows(channels),
        )
        return typed.inputs(template, self.table, around, self._read, self._say)

    # -- what concerns several keys ---------------------------------------

    def _across(self, template: Template, inputs: dict[str, Input | list[Input]]) -> None:
        total, web = inputs.get(self.roles.total_revenue), inputs.get(self.roles.web_revenue)
        if web is not None and not is_read(template, template.cells[self.roles.web_revenue], self.table.get):
            web = None
        if isinstance(total, Fraction) and isinstance(web, Fraction) and web > total:
            self._say(
                (template.cells[self.roles.web_revenue].plan_key,),
                "web-above-total",
                Text(
                    f"Web売上({wording.yen(web)}円)が全体売上({wording.yen(total)}円)を超えています",
                    f"web revenue ({wording.yen(web)} yen) exceeds the total ({wording.yen(total)} yen)",
                ),
                Text("全体売上のうちWebの分を書いてください", "write the web's part of the total"),
            )
        for name, values in inputs.items():
            cell = template.cells[name]
            if cell.unit != RATE or name != self.roles.channel_share or not isinstance(values, list):
                continue
            shares = [value for value in values if isinstance(value, Fraction)]
            if len(shares) == len(values) and shares and sum(shares) != 1:
                self._say(("channel",), "shares", *wording.off_by(sum(shares, Fraction(0))))

    def _say(self, path: Path, code: str, what: Text, fix: Text | None) -> None:
        self.problems.append(self.source.problem(code, path, what, fix))


def _known_as(declaration: Declaration) -> str:
    """Return how a plan refers to a template: by a shipped name, or by file."""
    source = declaration.sources[0].name
    name = source.removesuffix(".toml")
    return name if name in shipped() else source
