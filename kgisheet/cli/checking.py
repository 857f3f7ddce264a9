"""`kgisheet check`: files in, one report out, an exit code that scripts can use."""

from __future__ import annotations

from typing import NamedTuple

import click

from .. import api
from ..check.finding import CODES, SEVERITIES, Report
from ..errors import BookError
from ..language.text import Text
from ..recalc.client import available
from ..report.render import render
from ..verdict import chosen, refused
from . import annotating, files
from .folders import look
from .output import write
from .speech import say, visible


class Wanted(NamedTuple):
    """The options of the command."""

    form: str
    output: str | None
    annotate: str | None
    fail_on: str
    select: str | None
    ignore: str | None
    template: str | None
    lang: str
    deep: bool


def run(paths: tuple[str, ...], wanted: Wanted) -> int:
    """Return the exit code: 1 for findings; else 3 where a file was not, or not wholly, read; else 0."""
    select, ignore = _codes(wanted.select), _codes(wanted.ignore)
    if wanted.annotate is not None:
        annotating.refuse(wanted.annotate, paths, wanted.output)
    template = None if wanted.template is None else files.open_template(wanted.template)
    reports, data = [], b""
    looked = look(paths, wanted.deep)
    for path in looked.books:
        if isinstance(path, Report):
            reports.append(path)
            continue
        report, data = _checked(path, template)
        reports.append(chosen(report, select, ignore))
    said = _said(reports, looked.passed, wanted.form, wanted.lang)
    # A name that is no UTF-8 must not stop the report; in JSON, \udc80 is how it is written.
    encoded = said.encode(errors="backslashreplace")
    if wanted.output is not None and wanted.output != files.STDIN:
        write(wanted.output, encoded + b"\n", forceable=False)
    elif wanted.form == "text":
        click.echo(said)  # in the terminal's own encoding
    else:
        click.echo(encoded)
    if wanted.annotate is not None:
        written = annotating.write_copy(wanted.annotate, data, reports[0], wanted.lang)
        if written and wanted.form == "text" and wanted.output is None:
            copy = visible(wanted.annotate)
            click.echo(Text(f"写し: {copy}", f"copy: {copy}").to(wanted.lang))
    return _exit_code(reports, wanted.fail_on)


def _said(reports: list[Report], passed: list[str], form: str, lang: str) -> str:
    """Return the reports in the requested form; text is sanitised for a terminal."""
    said = render(reports, form, lang, passed)
    return "\n".join(map(visible, said.splitlines())) if form == "text" else said


def _checked(path: str, template: api.Declaration | None) -> tuple[Report, bytes]:
    """Return the report of a file, and the bytes read: stdin can be read only once."""
    try:
        data = files.read_bytes(path, BookError)
    except BookError as bad:
        return refused(files.shown(path), bad.problems[0]), b""
    return api.check(data, files.shown(path), template, available()), data


def _codes(given: str | None) -> list[str]:
    codes = [each.strip().upper() for each in (given or "").split(",") if each.strip()]
    unknown = [each for each in codes if not any(code.startswith(each) for code in CODES)]
    if unknown:
        raise click.UsageError(
            say(f"{', '.join(unknown)} という指摘のコードはありません", f"there is no finding {', '.join(unknown)}")
        )
    return codes


def _exit_code(reports: list[Report], fail_on: str) -> int:
    """Return the exit code: findings take precedence over what could not be checked."""
    grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    if any(each.severity in grave for report in reports for each in report.findings):
        return 1
    return 3 if any(report.status in ("incomplete", "unreadable") for report in reports) else 0
