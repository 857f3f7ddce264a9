"""`kgisheet collect`: the files that came back in, one summary out; one file that can't be read never stops the rest."""

from __future__ import annotations

import functools
import os
from typing import NamedTuple

from .. import api
from ..check.finding import Report
from ..errors import BookError, Problem
from ..gather.model import NO_GOALS, SUMMARY, UNREADABLE, Answer
from ..gather.said import said
from ..many.executors import opened
from ..many.limits import problem
from ..many.window import each
from ..output import free
from ..values import budget
from . import bar, files, manifests
from .checked import Asked, asked
from .folders import NO_BOOKS, look
from .speech import LANG, complain, put, say

_LONGEST_LINK = 1000


class Wanted(NamedTuple):
    """The options of the command."""

    output: str
    deep: bool
    lang: str
    jobs: int | None
    executor: str | None
    force: bool


def _read(lang: str, times: int, file: Asked) -> Answer:
    """Return a file's answer, in a worker; ``times`` is how much it may take."""
    if file.known is not None:
        assert file.known.problem is not None
        return _unread(file.file, file.known.problem)
    with budget.raised(times):
        try:
            data = files.read_bytes(file.path, BookError) if file.data is None else file.data
        except BookError as bad:
            return _unread(file.file, bad.problems[0])
        return api.answer(data, file.file, lang)


def _unread(name: str, why: Problem) -> Answer:
    return Answer(name, UNREADABLE, "", problem=why.what)


def run(paths: tuple[str, ...], wanted: Wanted) -> int:
    """Return the exit code: 1 where any file has errors; else 3 where any could not be read; else 0."""
    if wanted.output != files.STDIN:
        files.refuse_output(wanted.output, paths)
        free(wanted.output, wanted.force)
    lists, paths = manifests.named(paths)
    looked = look(paths, wanted.deep)
    own = os.path.realpath(wanted.output)
    books = [each for each in looked.books if isinstance(each, Report) or os.path.realpath(each) != own]
    empty = [each for each in books if isinstance(each, Report) and each.problem is not None and each.problem.code == NO_BOOKS]
    books = [each for each in books if each not in empty]
    answers = [
        found
        for found in _answers(books, wanted)
        if found.kind != SUMMARY and not (found.kind == NO_GOALS and found.file in looked.texts)
    ]
    folders = [path for path in paths if os.path.isdir(path)] + [
        os.path.dirname(each) for each in looked.books if isinstance(each, str) and wanted.deep
    ]
    handed, unread = manifests.handed([*lists, *manifests.inside(folders)])
    complain(unread)
    if not books and not handed.dues:
        complain(each.problem for each in empty if each.problem is not None)
        return BookError.exit_code
    gathered = api.collect(answers, wanted.lang, handed.dues, handed.department)
    data = api.summary(gathered, _links(answers, wanted.output), files.created())
    files.write_binary(wanted.output, data, wanted.force)
    if wanted.output != files.STDIN:
        put(say(f"{wanted.output} を書き出しました", f"{wanted.output} written"))
        for text in said(gathered, answers):
            put(text.to(LANG))
    if any(found.errors for found in answers):
        return 1
    return 3 if unread or any(found.kind in (UNREADABLE, NO_GOALS) for found in answers) else 0


def _answers(books: list[str | Report], wanted: Wanted) -> list[Answer]:
    """Return the answer of each file, in their order."""
    read = functools.partial(_read, wanted.lang, budget.times())
    found = list[Answer]()
    label = say("読み取っています", "reading")
    with opened(wanted.executor, wanted.jobs, count=len(books)) as executor, bar.over(len(books), label) as line:
        for done in each(read, (asked(book, is_elsewhere=True) for book in books), executor):
            line.clear()
            if done.result is not None:
                found.append(done.result)
            elif done.error is not None:
                found.append(_unread(done.item.file, problem(done.error, done.item.file)))
            line.step()
    return found


# -- links --------------------------------------------------------------------


def _links(answers: list[Answer], output: str) -> dict[str, str]:
    """Return the paths from the summary's folder to the files; none for what has no such path."""
    if output == files.STDIN:
        return {}
    folder = os.path.dirname(os.path.abspath(output))
    found: dict[str, str] = {}
    for answer in answers:
        try:
            path = os.path.relpath(os.path.abspath(answer.file), folder).replace(os.sep, "/")
            path.encode()
        except ValueError:  # another drive, or a name that is no text
            continue
        if os.path.isfile(answer.file) and path.isprintable() and len(path) <= _LONGEST_LINK:
            found[answer.file] = path
    return found
