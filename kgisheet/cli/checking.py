"""`kgisheet check`: files in, one report out, an exit code that scripts can use."""

from __future__ import annotations

import json
from pathlib import Path

import click

from .. import api
from ..check.finding import CODES, SEVERITIES, Report
from ..check.run import chosen, refused
from ..errors import BookError, Text
from ..output import write
from ..report.text import text
from . import annotating, files
from .speech import say, visible

_BOOKS = (".xlsx", ".xlsm")


def run(
    paths: tuple[str, ...],
    form: str,
    output: str | None,
    fail_on: str,
    codes: tuple[str | None, str | None],
    lang: str,
    copy: str | None = None,
) -> int:
    """The exit code: 3 where a file was not, or not wholly, read; 1 for findings; else 0."""
    select, ignore = (_codes(each) for each in codes)
    if copy is not None:
        annotating.refuse(copy, paths, output)
    reports, data = [], b""
    for path in _expanded(paths):
        report, data = _checked(path)
        reports.append(chosen(report, select, ignore))
    if form == "json":
        answer = {"schema_version": 1, "reports": [each.to_json(lang) for each in reports]}
        said = json.dumps(answer, ensure_ascii=False, indent=2)
    else:
        said = "\n".join(map(visible, text(reports, lang).splitlines()))
    if output is None or output == files.STDIN:
        click.echo(said)
    else:
        write(output, f"{said}\n".encode())
    if copy is not None:
        written = annotating.write_copy(copy, data, reports[0], lang)
        if written and form == "text" and output is None:
            click.echo(Text(f"写し: {visible(copy)}", f"copy: {visible(copy)}").to(lang))
    return _exit_code(reports, fail_on)


def _checked(path: str) -> tuple[Report, bytes]:
    """The report of a file, and what was read: stdin can be read only once."""
    try:
        data = files.read_bytes(path, BookError)
    except BookError as bad:
        return refused(files.shown(path), bad.problems[0]), b""
    return api.check(data, files.shown(path)), data


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
