"""The library's front door: bytes and texts in, bytes and records out (docs/library.md).

Knows neither files nor terminals nor clocks nor the environment, so that it
runs in a browser as well; the one thing it may ask its caller for is a
template that a plan names by its file (``open_template``).

What is imported late is what takes long to import: nobody needs the writer, the checker and the regenerator at once.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from .errors import (
    BookError,
    CsvError,
    KgisheetError,
    OutputError,
    PlanError,
    Problem,
    RequestError,
    TemplateError,
    not_a_goal_sheet,
)
from .language.text import Text
from .plan import settings as plan_settings
from .plan.examples import beginning, fitted
from .plan.load import OpenTemplate, Plan, PlanText, load
from .template.declaration import example, open_shipped
from .template.declaration import parse as template_from_toml
from .template.locate import shipped
from .template.raw import Declaration
from .template.settle import check as check_template
from .values.budget import of_file, per_file, per_old_and_new
from .values.toml import Source, read, write

if TYPE_CHECKING:
    from .check.finding import Finding, Reading, Report, Unchecked
    from .diff.outcome import Difference
    from .extract.bylabels.run import Extracted
    from .filled.records import Record
    from .gather.handed import Handed, handed_out
    from .gather.matching import Due
    from .gather.model import Answer, Gathered
    from .gather.run import answer, collect, summary
    from .handout.each import HandedOut, batch
    from .layout.build import Built
    from .recalc.client import Recalculate
    from .regenerate.outcome import Change, Outcome
    from .upgrade.outcome import Upgraded

__all__ = [
    "Answer", "BookError", "Built", "Change", "CsvError", "Declaration", "Difference", "Due", "Extracted", "Finding",
    "Gathered", "Handed", "HandedOut", "KgisheetError", "Outcome", "OutputError", "Plan", "PlanError", "PlanText", "Problem", "Reading",
    "Record", "Report", "RequestError", "TemplateError", "Text", "Unchecked", "Upgraded", "annotate", "answer",
    "batch", "build", "check", "check_template", "collect", "diff", "explain", "extract", "extract_by_labels", "goal_screen",
    "handed_out", "input_form", "insert", "open_shipped", "plan_from_example", "plan_from_form", "plan_from_toml",
    "records_of_book", "records_of_plan", "records_to_dict", "regenerate", "render", "reports_to_dict", "shipped",
    "summary", "template_from_toml", "to_bytes", "upgrade", "warnings", "workbook",
]  # fmt: skip

_LATE = {
    "check.finding": ("Finding", "Reading", "Report", "Unchecked"),
    "diff.outcome": ("Difference",),
    "extract.bylabels.run": ("Extracted",),
    "filled.records": ("Record",),
    "gather.handed": ("Handed", "handed_out"),
    "gather.matching": ("Due",),
    "gather.model": ("Answer", "Gathered"),
    "gather.run": ("answer", "collect", "summary"),
    "handout.each": ("HandedOut", "batch"),
    "layout.build": ("Built",),
    "regenerate.outcome": ("Change", "Outcome"),
    "upgrade.outcome": ("Upgraded",),
}
"""Where the types are that are imported when they are asked for, and what is for many workbooks together."""


def __getattr__(name: str) -> Any:
    """Return what is imported when it is asked for."""
    for module, names in _LATE.items():
        if name in names:
            return getattr(import_module(f".{module}", __package__), name)
    raise AttributeError(f"module {__name__} has no attribute {name}")


# -- plans and templates ----------------------------------------------------


@per_file
def plan_from_toml(
    data: bytes | str,
    name: str,
    lang: str,
    settings: Iterable[str] = (),
    open_template: OpenTemplate = open_shipped,
    template: Declaration | None = None,
) -> Plan:
    """Return the plan in a TOML text, with settings (``KEY=VALUE``) on top; raise PlanError or TemplateError.

    ``name`` is what messages call it; ``template`` overrides the plan's own.
    """
    table, source = read(data, name, PlanError)
    made, problems = plan_settings.apply(table, source, settings)
    return load(made, source, lang, open_template, template, problems)


def plan_from_example(lang: str, settings: Iterable[str] = (), template: Declaration | None = None) -> Plan:
    """Return the worked example of a template (of ``standard`` if none is given), with settings on top."""
    declaration = template if template is not None else open_shipped("standard")
    settings = tuple(settings)
    whole = example(declaration, lang)
    if declaration.inherits_example:
        whole = fitted(declaration, whole)
    table = beginning(declaration, whole, settings)
    if table is whole:  # what it has for other sheets asks for none of them
        table = {"sheets": list(declaration.listed.everyday), **whole}
    source = Source(f"{declaration.sources[0].name} [example]", write(table))
    made, problems = plan_settings.apply(table, source, settings)
    return load(made, source, lang, declaration=declaration, problems=problems)


def input_form(lang: str, created: datetime.datetime | None = None) -> bytes:
    """Return the input form as .xlsx bytes: a sheet with the few figures that a goal needs, to be filled in without TOML."""
    from .start.form import form
    from .xlsx.writer import FIXED_DATE
    from .xlsx.writer import to_bytes as write_book

    return write_book(form(lang), created or FIXED_DATE)


@per_file
def plan_from_form(
    data: bytes,
    name: str,
    lang: str,
    settings: Iterable[str] = (),
    open_template: OpenTemplate = open_shipped,
    template: Declaration | None = None,
) -> Plan:
    """Return the plan in a filled form, as ``plan_from_toml`` does; problems are reported with the form's cells. Raise BookError, PlanError."""
    from .start.filledform import plan_from_form as read_form

    return read_form(data, name, lang, settings, open_template, template)


# -- workbooks from plans ---------------------------------------------------


def workbook(plan: Plan, lang: str, created: datetime.datetime | None = None, target: str = "excel") -> bytes:
    """Return the workbook of a plan as .xlsx bytes; the same bytes for the same plan, language, date and target."""
    return to_bytes(build(plan, lang, target), created)


def build(plan: Plan, lang: str, target: str = "excel") -> Built:
    """Return the figures of a plan, and its workbook as data; raise PlanError where a count is too large.

    ``target`` is the program that it is for, ``excel`` or ``sheets`` (Google Sheets); ``left_out`` of the answer says what
    the workbook was made without.
    """
    from .layout.build import build as build_book

    try:
        return build_book(plan, lang, target)
    except PlanError as bad:
        raise PlanError(*(each._replace(source=each.source or plan.source.name) for each in bad.problems)) from None


def warnings(plan: Plan, built: Built, lang: str) -> list[Problem]:
    """Return what `check` would say of the workbook that ``build`` made, at the lines of the plan."""
    from .check.drafted import findings
    from .plan.lines import path_of

    return [
        plan.source.problem(each.code, path_of(plan, each.name), each.message, each.fix) for each in findings(plan, built, lang)
    ]


def to_bytes(built: Built, created: datetime.datetime | None = None) -> bytes:
    """Return the .xlsx of what ``build`` made."""
    from .xlsx.writer import FIXED_DATE
    from .xlsx.writer import to_bytes as write_book

    return write_book(built.book, created or FIXED_DATE)


@per_file
def insert(data: bytes, name: str, built: Built, created: datetime.datetime | None = None) -> bytes:
    """Return the workbook ``data`` with the sheets that ``build`` made behind its own; raise BookError with all that is in the way.

    All else that the workbook holds stays: its sheets, cached values, macros, drawings, what no program knows.
    """
    from .into.insert import insert as run
    from .xlsx.writer import FIXED_DATE

    return run(data, name, built.book, created or FIXED_DATE)


# -- records, and plans from workbooks --------------------------------------


def records_of_plan(plan: Plan, lang: str) -> list[Record]:
    """Return the cells of a plan, as ``workbook`` would write them."""
    from .filled.records import of_plan

    return of_plan(plan, lang)


@per_file
def records_of_book(data: bytes, name: str, lang: str | None = None) -> tuple[str | None, list[Record]]:
    """Return the template's name and the cells of a workbook, its texts in ``lang`` or its own language; raise BookError."""
    from .filled.lost_record import remade
    from .filled.records import of_book
    from .xlsx.read.reader import read as read_book

    return of_book(remade(read_book(data, name)), name, lang)


def records_to_dict(template: str | None, records: list[Record]) -> dict[str, Any]:
    """Return the answer of ``show --json`` (docs/contract.md, JSON)."""
    from .filled.records import to_dict

    return to_dict(template, records)


def goal_screen(records: list[Record], lang: str, encoding: str) -> bytes:
    """Return the months of a plan or a workbook as CSV (month, CV goal, CV rate, visits); raise BookError without months.

    ``encoding`` is ``utf-8-sig`` (UTF-8 with the mark that Excel wants) or ``cp932``.
    """
    from .csvio.goals import write_goals
    from .filled.records import goal_rows

    return write_goals(goal_rows(records), lang, encoding)


@per_file
def extract(data: bytes, name: str) -> tuple[str, list[Problem]]:
    """Return the inputs of a filled workbook as a plan's TOML, and what no plan can carry; raise BookError."""
    from .extract.left import left
    from .extract.plan import extract as extract_plan
    from .filled.lost_record import remade
    from .filled.workbook import FilledBook
    from .sheetfiles.reading import CSV
    from .sheetfiles.reading import read as read_sheets

    found = read_sheets(data, name)
    if found.kind == CSV:
        raise not_a_goal_sheet(name)  # it has no names; `extract_by_labels` reads it
    book = FilledBook(remade(found.read), name)
    text, problems = extract_plan(book)
    return text, [*problems, *left(book)]


@per_file
def extract_by_labels(data: bytes, name: str, template_name: str = "template.toml") -> Extracted:
    """Return the plan of a goal sheet that was never ours (.xlsx, .ods, .csv), read by its labels; raise BookError.

    Where its stages aren't ours there is a template for them, which the plan calls ``template_name``.
    """
    from .extract.bylabels.run import extract as by_labels
    from .sheetfiles.reading import read as read_sheets

    return by_labels(read_sheets(data, name).read, name, template_name)


# -- checking ---------------------------------------------------------------


def check(data: bytes, name: str, template: Declaration | None = None, engine: Recalculate | None = None) -> Report:
    """Return what is wrong with a filled workbook, by its own template or by ``template``.

    A file that can't be read makes a report too. ``engine`` (`recalc.client.available()`) is asked for formulas
    that this program does not evaluate.
    """
    from .verdict import check_or_say

    return check_or_say(data, name, template, engine)


@per_file
def annotate(data: bytes, report: Report, name: str, lang: str) -> bytes:
    """Return a copy of a checked workbook with its findings marked, commented and listed, in ``lang``; raise BookError.

    All else that the workbook holds stays: cached values, macros, drawings, what no program knows.
    """
    from .report.annotated import annotated

    return annotated(data, report, name, lang)


def render(reports: list[Report], form: str, lang: str, explain: bool = False) -> str:
    """Return reports as ``text``, ``json``, ``html`` or ``sarif``, in ``lang``; ``explain`` adds how freeform sheets were read."""
    from .report.render import render as rendered

    return rendered(reports, form, lang, explain=explain)


def reports_to_dict(reports: list[Report], lang: str) -> dict[str, Any]:
    """Return the answer of ``check --format json`` (docs/contract.md, JSON)."""
    from .check.finding import to_dict

    return to_dict(reports, lang)


def explain(code: str, lang: str) -> str:
    """Return the page of a finding's code; raise KeyError for one that there isn't."""
    from .check.explain import pages

    return pages()[code].to(code, lang)


# -- workbooks in use -------------------------------------------------------


@per_old_and_new
def regenerate(
    data: bytes,
    name: str,
    plan: PlanText | None = None,
    start: datetime.date | None = None,
    take: Iterable[str] = (),
    goals: tuple[bytes, str] | None = None,
    actuals: tuple[bytes, str] | None = None,
) -> Outcome:
    """Return a workbook that people have worked in, brought up to date with the plan inside it or with ``plan``.

    ``start`` begins the next year; ``take`` names the conflicts in which the plan wins (``ours``: all);
    ``goals`` and ``actuals`` are CSV files (bytes, name). Raise BookError, PlanError, CsvError, RequestError.
    """
    from .regenerate.brought import Csv
    from .regenerate.run import regenerate as run

    return run(data, name, plan, start, take, goals and Csv(*goals), actuals and Csv(*actuals))


@per_old_and_new
def upgrade(
    data: bytes,
    name: str,
    sheets: Iterable[str] = (),
    template: Declaration | None = None,
    created: datetime.datetime | None = None,
) -> Upgraded:
    """Return a workbook that an earlier version made, in today's form: inputs, actuals, remarks and other people's sheets come along.

    What has no place in the new form is in ``left``, and on a sheet of the new workbook. ``sheets`` are wanted beside those
    that hold something (``all``: every one); ``template`` replaces that of the workbook. Raise BookError, TemplateError, PlanError.
    """
    from .upgrade.run import upgrade as run
    from .xlsx.writer import FIXED_DATE

    return run(data, name, created or FIXED_DATE, tuple(sheets), template)


def diff(a: tuple[bytes, str], b: tuple[bytes, str]) -> Difference:
    """Return what B changes against A, each being a workbook's bytes and its name: inputs, stages, which moved which.

    Every result is worked out from the inputs of its own workbook. Raise BookError with what is wrong with either.
    """
    from .diff.run import diff as run

    with of_file(f"{a[1]}, {b[1]}", files=2):
        return run(a, b)
