"""`kgisheet collect`: the files that came back in, one summary out; one file that can't be read never stops the rest."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .. import api
from ..check.finding import Report
from ..errors import BookError, OutputError, Problem, RequestError
from ..gather.model import BROKEN, INSIDE, NO_GOALS, PASSED, SUMMARY, UNREADABLE, Answer, Gathered
from ..gather.said import nothing, said
from ..language.text import Text
from ..many.executors import opened
from ..many.limits import problem
from ..many.window import each
from ..output import free
from . import bar, files, manifests
from .checked import Asked, asked
from .folders import NO_BOOKS, look
from .passing import other_kind, passed
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


def _read(lang: str, file: Asked) -> Answer:
    """Return a file's answer, in a worker."""
    if file.known is not None:
        assert file.known.problem is not None
        return _unread(file.file, file.known.problem)
    try:
        data = files.read_bytes(file.path, BookError) if file.data is None else file.data
    except BookError as bad:
        return _unread(file.file, bad.problems[0])
    return api.answer(data, file.file, lang)


def _unread(name: str, why: Problem) -> Answer:
    return Answer(name, UNREADABLE, "", problem=why.what)


def run(paths: tuple[str, ...], wanted: Wanted) -> int:
    """Return the exit code: 1 where any file has errors; else 3 where any could not be read; else 0."""
    lists, paths = manifests.named(paths)
    _are_there((*lists, *paths))
    if wanted.output != files.STDIN:
        _refuse(wanted, paths)
    looked = look(paths, wanted.deep)
    books = [
        each for each in looked.books if not (isinstance(each, str) and _is_same(each, wanted.output) and each not in paths)
    ]
    empty = [each for each in books if isinstance(each, Report) and each.problem is not None and each.problem.code == NO_BOOKS]
    books = [each for each in books if each not in empty]
    answers = [_placed(found, looked.texts) for found in _answers(books, wanted)]
    answers += passed([each for each in looked.passed if not _is_same(each, wanted.output)])
    folders = [path for path in paths if os.path.isdir(path)] + [
        os.path.dirname(each) for each in looked.books if isinstance(each, str) and wanted.deep
    ]
    handed, unread = manifests.handed([*lists, *manifests.inside(folders)])
    complain(unread)
    gathered = api.collect(answers, wanted.lang, handed.dues, handed.department)
    if gathered.is_empty:
        complain(_nothing(paths, gathered, empty))
        return BookError.exit_code
    data = api.summary(gathered, _links(answers, wanted.output), files.created())
    files.write_binary(wanted.output, data, wanted.force)
    if wanted.output != files.STDIN:
        put(say(f"{wanted.output} を書き出しました", f"{wanted.output} written"))
        for text in said(gathered, answers):
            put(text.to(LANG))
    if any(found.errors for found in answers):
        return 1
    left = {each.file for each in gathered.of_state(BROKEN)} | set(paths)
    is_all_read = not any(
        found.kind in (UNREADABLE, NO_GOALS) or (found.kind in (PASSED, INSIDE) and found.file in left) for found in answers
    )
    return 0 if is_all_read and not unread else BookError.exit_code


def _placed(found: Answer, texts: set[str]) -> Answer:
    """Return an answer as one of those that are only listed, where a file of a folder is a CSV without goals."""
    if found.kind == NO_GOALS and found.file in texts:
        return Answer(found.file, PASSED, "", problem=other_kind(found.file))
    return found


def _nothing(paths: tuple[str, ...], gathered: Gathered, empty: list[Report]) -> Iterator[Problem]:
    """Yield why there is nothing to be collected."""
    yield from (each.problem for each in empty if each.problem is not None)
    if not empty or gathered.managers:
        yield nothing(gathered)._replace(source=" ".join(map(files.shown, paths)) or None)


# -- before anything is read ----------------------------------------------------


def _are_there(paths: tuple[str, ...]) -> None:
    """Raise RequestError for names that nothing has: a summary without somebody's workbook would look whole."""
    gone = [each for each in paths if each != files.STDIN and not os.path.lexists(each)]
    if gone:
        what = Text("ファイルもフォルダーもありません", "there is no such file or folder")
        fix = Text("名前を確かめてください(何も書き出しませんでした)", "check the name; nothing was written")
        raise RequestError(*(Problem("not-there", what, fix, each) for each in gone))


def _refuse(wanted: Wanted, paths: tuple[str, ...]) -> None:
    """Raise OutputError for an output that can't be written, or in whose place one of the files lies that are collected.

    With --force too: what people filled in has no other copy. An earlier summary may be replaced.
    """
    output = wanted.output
    files.refuse_output(output, paths)
    if Path(output).suffix.lower() != ".xlsx":
        what = Text("書き出すのは .xlsx のブックです", "what is written is an .xlsx workbook")
        raise OutputError(Problem("kind", what, Text(f"{output}.xlsx としてください", f"name it {output}.xlsx"), output))
    free(output, wanted.force)
    if os.path.lexists(output) and _is_below(output, paths) and _read(wanted.lang, Asked(output, output)).kind != SUMMARY:
        raise OutputError(
            Problem(
                "same-file",
                Text(
                    "集計するフォルダーの中のファイルです。上書きしませんでした(--force でも上書きしません)",
                    "this is a file of the folder that is collected; it was not overwritten, and isn't with --force either",
                ),
                Text("-o で別の名前にしてください", "choose another name with -o"),
                output,
            )
        )


def _is_below(output: str, paths: tuple[str, ...]) -> bool:
    """Return whether a file lies in one of the folders, however deep: an argument is what it is, too."""
    above = [os.path.realpath(output), *map(str, Path(os.path.realpath(output)).parents)]
    return any(
        os.path.realpath(each) in above or any(_is_same(each, one) for one in above) for each in paths if each != files.STDIN
    )


def _is_same(one: str, other: str) -> bool:
    """Return whether two names are of the same file, links and a file system's own spelling included."""
    try:
        return os.path.samefile(one, other)
    except (OSError, ValueError):
        return False


def _answers(books: list[str | Report], wanted: Wanted) -> list[Answer]:
    """Return the answer of each file, in their order."""
    read = functools.partial(_read, wanted.lang)
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
