"""`kgisheet check`: files in, one report out, an exit code that scripts can use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from .. import api
from ..check.finding import CODES, SEVERITIES, Report
from ..check.run import chosen, refused
from ..errors import BookError
from ..output import write
from ..recalc.client import available
from ..report.text import text
from ..version import __version__
from . import files
from .speech import say, visible

_BOOKS = (".xlsx", ".xlsm")


def run(
    paths: tuple[str, ...],
    form: str,
    output: str | None,
    fail_on: str,
    codes: tuple[str | None, str | None],
    lang: str,
    template: str | None = None,
) -> int:
    """The exit code: 3 where a file was not, or not wholly, read; 1 for findings; else 0."""
    select, ignore = (_codes(each) for each in codes)
    declaration = None if template is None else files.open_template(template)
    reports = [chosen(_report(path, declaration), select, ignore) for path in _expanded(paths)]
    said = _said(reports, form, lang)
    # A name that is no UTF-8 must not stop the report; in JSON, \udc80 is how it is written.
    data = said.encode(errors="backslashreplace")
    if output is not None and output != files.STDIN:
        write(output, data + b"\n")
    elif form == "text":
        click.echo(said)  # in the terminal's own encoding
    else:
        click.echo(data)
    return _exit_code(reports, fail_on)


def _said(reports: list[Report], form: str, lang: str) -> str:
    """The reports in the form asked for; only text is for a terminal, and made harmless for one."""
    if form == "html":
        from ..report.html import html

        return html(reports, lang)
    if form == "sarif":
        from ..report.sarif import sarif

        return _json(sarif(reports, lang, __version__))
    if form == "json":
        return _json({"schema_version": 1, "reports": [each.to_json(lang) for each in reports]})
    return "\n".join(map(visible, text(reports, lang).splitlines()))


def _json(answer: dict[str, Any]) -> str:
    return json.dumps(answer, ensure_ascii=False, indent=2)


def _report(path: str, template: api.Declaration | None) -> Report:
    try:
        data = files.read_bytes(path, BookError)
    except BookError as bad:
        return refused(files.shown(path), bad.problems[0])
    return api.check(data, files.shown(path), template, available())


def _expanded(paths: tuple[str, ...]) -> list[str]:
    """The files, and of folders the workbooks in them; what Excel keeps beside an open book is left out."""
    found: list[str] = []
    for path in paths:
        if path != files.STDIN and Path(path).is_dir():
            books = sorted(each for each in Path(path).iterdir() if each.suffix.lower() in _BOOKS)
            found += [str(each) for each in books if not each.name.startswith("~$")]
        else:
            found.append(path)
    return found


def _codes(given: str | None) -> list[str]:
    codes = [each.strip().upper() for each in (given or "").split(",") if each.strip()]
    unknown = [each for each in codes if not any(code.startswith(each) for code in CODES)]
    if unknown:
        raise click.UsageError(
            say(f"{', '.join(unknown)} という指摘のコードはありません", f"there is no finding {', '.join(unknown)}")
        )
    return codes


def _exit_code(reports: list[Report], fail_on: str) -> int:
    if any(report.status in ("incomplete", "unreadable") for report in reports):
        return 3
    grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return 1 if any(each.severity in grave for report in reports for each in report.findings) else 0
