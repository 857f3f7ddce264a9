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
from ..report.text import lines
from ..verdict import chosen, refused
from . import annotating, files, terminal
from .folders import Looked, look, no_books
from .output import write
from .speech import put, put_answer, say, visible


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
    explain: bool = False


def run(paths: tuple[str, ...], wanted: Wanted) -> int:
    """Return the exit code: 1 for findings; else 3 where a file was not, or not wholly, read; else 0."""
    if wanted.explain and wanted.form == "sarif":
        raise click.UsageError(
            say("--explain-reading は text、json、html で使えます", "--explain-reading works with text, json and html")
        )
    select, ignore = _codes(wanted.select), _codes(wanted.ignore)
    if wanted.annotate is not None:
        annotating.refuse(wanted.annotate, paths, wanted.output)
    template = None if wanted.template is None else files.open_template(wanted.template)
    looked = look(paths, wanted.deep)
    reports, data = _reports(looked.books, template, (select, ignore))
    reports = _without_others(reports, looked, paths, wanted.deep)
    _put_out(reports, looked.passed, wanted)
    if wanted.annotate is not None:
        written = annotating.write_copy(wanted.annotate, data, reports[0], wanted.lang)
        if written and wanted.form == "text" and wanted.output is None:
            put(Text(f"コピー: {wanted.annotate}", f"copy: {wanted.annotate}").to(wanted.lang))
    return _exit_code(reports, wanted.fail_on)


def _reports(
    books: list[str | Report], template: api.Declaration | None, codes: tuple[list[str], list[str]]
) -> tuple[list[Report], bytes]:
    """Return a report for each file, and the bytes of the last one that was read."""
    reports, data = [], b""
    with terminal.progress(say("検査しています …", "checking …")) as line:
        for number, path in enumerate(books, 1):
            if isinstance(path, Report):
                reports.append(path)
                continue
            if len(books) > 1:
                line.say(f"{say('検査しています', 'checking')} {number}/{len(books)} {path}")
            report, data = _checked(path, template)
            reports.append(chosen(report, *codes))
    return reports, data


def _without_others(reports: list[Report], looked: Looked, paths: tuple[str, ...], deep: bool) -> list[Report]:
    """Return the reports without those of a folder's CSV files that are not goal sheets: they are listed as not checked."""
    others = {each.file for each in reports if each.file in looked.texts and each.problem and each.problem.code == "not-ours"}
    looked.passed.extend(each.file for each in reports if each.file in others)
    kept = [each for each in reports if each.file not in others]
    return kept or ([no_books(paths[0], deep)] if others else [])


def _put_out(reports: list[Report], passed: list[str], wanted: Wanted) -> None:
    """Print the reports, or write them to the file asked for; text is sanitised for a terminal."""
    to_file = wanted.output is not None and wanted.output != files.STDIN
    if wanted.form == "text":
        found = lines(reports, wanted.lang, passed, None if to_file else terminal.width(), wanted.explain)
        if not to_file:
            terminal.put_painted(found)
            return
        said = "\n".join(visible(line.text) for line in found)
    else:
        said = render(reports, wanted.form, wanted.lang, passed, wanted.explain)
    if to_file:
        # A name that is no UTF-8 must not stop the report; in JSON, \udc80 is how it is written.
        write(str(wanted.output), said.encode(errors="backslashreplace") + b"\n", forceable=False)
    else:
        put_answer(said)


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
            say(f"{', '.join(unknown)} という指摘のコードはありません", f"there is no finding code {', '.join(unknown)}")
        )
    return codes


def _exit_code(reports: list[Report], fail_on: str) -> int:
    """Return the exit code: findings take precedence over what could not be checked."""
    grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    if any(each.severity in grave for report in reports for each in report.findings):
        return 1
    return 3 if any(report.status in ("incomplete", "unreadable") for report in reports) else 0
