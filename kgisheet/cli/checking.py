"""`kgisheet check`: files in, one report out as it grows, an exit code that scripts can use."""

from __future__ import annotations

import contextlib
import functools
import itertools
from collections.abc import Generator, Iterable, Iterator
from typing import NamedTuple

import click

from ..check.finding import CODES, SEVERITIES, Report
from ..errors import BookError, TemplateError
from ..language.text import Text
from ..output import free, write
from ..report.filetext import Line
from ..report.render import pieces
from ..report.text import Stream
from ..verdict import refused
from . import annotating, bar, files, terminal
from .checked import How, asked, checked, declaration, of_bytes
from .folders import Looked, look, no_books
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
    jobs: int | None = None
    executor: str | None = None

    @property
    def to_file(self) -> bool:
        return self.output is not None and self.output != files.STDIN


def run(paths: tuple[str, ...], wanted: Wanted) -> int:
    """Return the exit code: 1 for findings; else 3 where a file was not, or not wholly, read; else 0."""
    if wanted.explain and wanted.form == "sarif":
        raise click.UsageError(
            say("--explain-reading は text、json、html で使えます", "--explain-reading works with text, json and html")
        )
    if wanted.annotate is not None:
        annotating.refuse(wanted.annotate, paths, wanted.output)
    if wanted.to_file:
        free(str(wanted.output), forceable=False)
    how = How(_template(wanted.template), _codes(wanted.select), _codes(wanted.ignore))
    looked = look(paths, wanted.deep)
    worst = Worst(wanted.fail_on)
    if len(looked.books) > 1 or wanted.executor is not None:
        with contextlib.closing(_many(looked.books, how, wanted)) as reports:  # and its workers, however this ends
            _put_out(worst.seen(_without_others(reports, looked, paths, wanted.deep)), looked.passed, wanted)
        return worst.code
    report, data = _alone(looked.books[0], how)
    _put_out(worst.seen(_without_others([report], looked, paths, wanted.deep)), looked.passed, wanted)
    if wanted.annotate is not None:
        written = annotating.write_copy(wanted.annotate, data, report, wanted.lang)
        if written and wanted.form == "text" and wanted.output is None:
            put(Text(f"コピー: {wanted.annotate}", f"copy: {wanted.annotate}").to(wanted.lang))
    return worst.code


# -- the reports ------------------------------------------------------------------


def _alone(book: str | Report, how: How) -> tuple[Report, bytes]:
    """Return the report of a single file and its bytes: stdin can be read only once. Raise what its template is refused for."""
    if isinstance(book, Report):
        return book, b""
    with terminal.progress(say("検査しています …", "checking …")):
        try:
            data = files.read_bytes(book, BookError)
        except BookError as bad:
            return refused(files.shown(book), bad.problems[0]), b""
        return of_bytes(how, files.shown(book), data), data


def _many(books: list[str | Report], how: How, wanted: Wanted) -> Generator[Report, None, None]:
    """Yield the reports in the order of the files, each as soon as those before it are there."""
    from ..many.executors import opened
    from ..many.limits import problem
    from ..many.window import each

    files_asked = (asked(book, wanted.executor is not None) for book in books)
    with (
        opened(wanted.executor, wanted.jobs, len(books)) as executor,
        bar.over(len(books), say("検査しています", "checking")) as line,
    ):
        for done in each(functools.partial(checked, how), files_asked, executor):
            line.clear()
            if done.result is not None:
                yield done.result
            elif done.error is not None:
                yield refused(done.item.file, problem(done.error, done.item.file))
            line.step()


def _without_others(reports: Iterable[Report], looked: Looked, paths: tuple[str, ...], deep: bool) -> Iterator[Report]:
    """Yield the reports without those of a folder's CSV files that are not goal sheets: they are listed as not checked."""
    is_empty = True
    for report in reports:
        if report.file in looked.texts and report.problem and report.problem.code == "not-ours":
            looked.passed.append(report.file)
        else:
            is_empty = False
            yield report
    if is_empty:
        yield no_books(paths[0], deep)


# -- what is said -----------------------------------------------------------------


def _put_out(reports: Iterable[Report], passed: list[str], wanted: Wanted) -> None:
    """Print the reports as they come, or write them to the file asked for; text is sanitised for a terminal."""
    if wanted.form == "text":
        _put_text(reports, passed, wanted)
        return
    said = itertools.chain(pieces(reports, wanted.form, wanted.lang, passed, wanted.explain), "\n")
    if wanted.to_file:
        # A name that is no UTF-8 must not stop the report; in JSON, \udc80 is how it is written.
        write(str(wanted.output), (each.encode(errors="backslashreplace") for each in said), forceable=False)
    else:
        for each in said:
            put_answer(each, nl=False)


def _put_text(reports: Iterable[Report], passed: list[str], wanted: Wanted) -> None:
    stream = Stream(wanted.lang, None if wanted.to_file else terminal.width(), wanted.explain)

    def parts() -> Iterator[list[Line]]:
        yield from map(stream.of, reports)
        yield stream.end(passed)

    if wanted.to_file:
        text = (f"{visible(line.text)}\n".encode(errors="backslashreplace") for lines in parts() for line in lines)
        write(str(wanted.output), text, forceable=False)
        return
    for lines in filter(None, parts()):
        terminal.put_painted(lines)


# -- options and exit code --------------------------------------------------------------


def _template(name: str | None) -> tuple[str, bytes | None] | None:
    """Return a template as it goes to other processes; raise TemplateError for one that can't be used."""
    if name is None:
        return None
    data = None if files.is_shipped(name) else files.read_bytes(name, TemplateError)
    declaration(name, data)
    return name, data


def _codes(given: str | None) -> tuple[str, ...]:
    codes = [each.strip().upper() for each in (given or "").split(",") if each.strip()]
    unknown = [each for each in codes if not any(code.startswith(each) for code in CODES)]
    if unknown:
        raise click.UsageError(
            say(f"{', '.join(unknown)} という指摘のコードはありません", f"there is no finding code {', '.join(unknown)}")
        )
    return tuple(codes)


class Worst:
    """The exit code of the reports so far: findings take precedence over what could not be checked."""

    def __init__(self, fail_on: str) -> None:
        self._grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
        self._found = self._partly = False

    def seen(self, reports: Iterable[Report]) -> Iterator[Report]:
        for report in reports:
            self._found = self._found or any(each.severity in self._grave for each in report.findings)
            self._partly = self._partly or report.status in ("incomplete", "unreadable")
            yield report

    @property
    def code(self) -> int:
        return 1 if self._found else 3 if self._partly else 0
