"""`kgisheet collect`: the files that came back in, one summary out; one file that can't be read never stops the rest."""

from __future__ import annotations

import os
from typing import NamedTuple

from .. import api
from ..check.finding import Report
from ..errors import BookError, Problem
from ..gather.matching import named, said_missing
from ..gather.merge import headline
from ..gather.model import ANSWERED, BROKEN, MISSING, NO_GOALS, SUMMARY, UNREADABLE, UNTOUCHED, Answer, Gathered
from ..gather.stage_sheet import totals
from ..language.text import Text, many
from ..many.executors import opened
from ..many.limits import problem
from ..many.window import each
from ..output import free
from ..values import budget
from ..worksheet.shown import in_unit
from . import bar, files, manifests
from .folders import look
from .speech import LANG, complain, put, say

_LISTED = 20
_LONGEST_LINK = 1000


class Wanted(NamedTuple):
    """The options of the command."""

    output: str
    deep: bool
    lang: str
    jobs: int | None
    executor: str | None
    force: bool


class _Job(NamedTuple):
    """One file to be read: where a worker finds it, what it is called, and how much it may take."""

    path: str
    name: str
    lang: str
    times: int


def _read(job: _Job) -> Answer:
    """Return a file's answer, in a worker."""
    with budget.raised(job.times):
        try:
            data = files.read_bytes(job.path, BookError)
        except BookError as bad:
            return _unread(job.name, bad.problems[0], job.lang)
        return api.answer(data, job.name, job.lang)


def _unread(name: str, why: Problem, lang: str) -> Answer:
    return Answer(name, UNREADABLE, "", problem=why.what.to(lang))


def run(paths: tuple[str, ...], wanted: Wanted) -> int:
    """Return the exit code: 1 where any file has errors; else 3 where any could not be read; else 0."""
    if wanted.output != files.STDIN:
        files.refuse_output(wanted.output, paths)
        free(wanted.output, wanted.force)
    lists, paths = manifests.named(paths)
    looked = look(paths, wanted.deep)
    own = os.path.realpath(wanted.output)
    books = [each for each in looked.books if isinstance(each, Report) or os.path.realpath(each) != own]
    answers = [
        found
        for found in _answers(books, wanted)
        if found.kind != SUMMARY and not (found.kind == NO_GOALS and found.file in looked.texts)
    ]
    folders = [path for path in paths if os.path.isdir(path)] + [
        os.path.dirname(each) for each in looked.books if isinstance(each, str) and wanted.deep
    ]
    handed = manifests.handed([*lists, *manifests.inside(folders)])
    complain(handed.problems)
    gathered = api.collect(answers, wanted.lang, handed.dues, handed.department)
    data = api.summary(gathered, _links(answers, wanted.output), files.created())
    files.write_binary(wanted.output, data, wanted.force)
    if wanted.output != files.STDIN:
        for line in _said(gathered, answers, wanted.output):
            put(line)
    if any(found.errors for found in answers):
        return 1
    return 3 if handed.problems or any(found.kind in (UNREADABLE, NO_GOALS) for found in answers) else 0


def _answers(books: list[str | Report], wanted: Wanted) -> list[Answer]:
    """Return the answer of each file, in their order."""
    jobs = [
        _Job(path if path == files.STDIN else os.path.abspath(path), files.shown(path), wanted.lang, budget.times())
        for path in books
        if isinstance(path, str)
    ]
    read: dict[str, Answer] = {}
    label = say("読み取っています", "reading")
    with opened(wanted.executor, wanted.jobs, count=len(jobs)) as executor, bar.over(len(jobs), label) as line:
        for done in each(_read, jobs, executor):
            line.clear()
            if done.result is not None:
                read[done.item.name] = done.result
            elif done.error is not None:
                read[done.item.name] = _unread(done.item.name, problem(done.error, done.item.name), wanted.lang)
            line.step()
    found = []
    for path in books:
        if isinstance(path, Report):
            assert path.problem is not None
            found.append(_unread(path.file, path.problem, wanted.lang))
        else:
            found.append(read[files.shown(path)])
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


# -- what is said -------------------------------------------------------------


def _said(gathered: Gathered, answers: list[Answer], output: str) -> list[str]:
    """Return the lines for the terminal."""
    found = [Text(f"{output} を書き出しました", f"{output} written"), _returned(gathered), *_achieved(gathered)]
    for state, text in _ASKED.items():
        names = [each.name for each in gathered.of_state(state)]
        if names:
            ja, en = (said_missing(names, lang, _LISTED) for lang in ("ja", "en"))
            found.append(Text(f"{text.ja}({len(names)}名): {ja}", f"{text.en} ({len(names)}): {en}"))
    for answer in answers:
        if answer.kind in (UNREADABLE, NO_GOALS):
            found.append(
                Text(f"読めないファイル: {answer.file}: {answer.problem}", f"not read: {answer.file}: {answer.problem}")
            )
    wrong = [named(answer.file) for answer in answers if answer.errors]
    if wrong:
        ja, en = (said_missing(wrong, lang, _LISTED).replace("名", "件") for lang in ("ja", "en"))
        found.append(Text(f"誤りのあるファイル({len(wrong)}件): {ja}", f"with errors ({many(len(wrong), 'file')}): {en}"))
    twice = [each for each in gathered.files if each.state in _TWICE]
    found += [
        Text(f"重複: {each.name}: {each.remarks[0]}", f"duplicate: {each.name}: {each.remarks[0]}") for each in twice[:_LISTED]
    ]
    return [each.to(LANG) for each in found]


_ASKED = {MISSING: Text("未提出", "not returned"), UNTOUCHED: Text("配布時のまま", "not filled in")}
_TWICE = ("重複(集計しない)", "Duplicate (not counted)")


def _returned(gathered: Gathered) -> Text:
    answered, all_ = len(gathered.of_state(ANSWERED)), len(gathered.managers)
    if gathered.expected:
        return Text(f"提出 {answered}/{all_}名", f"{answered} of {all_} answered")
    broken = len(gathered.of_state(BROKEN))
    ja, en = (f"(読めないもの {broken}名)", f" ({broken} unreadable)") if broken else ("", "")
    return Text(
        f"担当者 {all_}名{ja}(名簿の記録がないため、未提出の人は分かりません)",
        f"{many(all_, 'manager')}{en}; without a batch's record it isn't known who is missing",
    )


def _achieved(gathered: Gathered) -> list[Text]:
    """Return how far the whole is."""
    if not gathered.columns:
        return [Text("集計できる数字がありません", "there are no figures to add up")]
    at = headline(gathered)
    stage, sums = gathered.columns[at], totals(gathered, at)
    if sums.achievement is None or sums.actual is None or sums.due is None:
        return [Text(f"{stage.label}: 実績はまだありません", f"{stage.label}: no actuals yet")]
    rate, actual, due = (
        f"{float(sums.achievement):.1%}",
        in_unit(float(sums.actual), stage.unit),
        in_unit(float(sums.due), stage.unit),
    )
    return [
        Text(
            f"全体の達成率({stage.label}) {rate} = 実績 {actual.ja} ÷ 同期間の目標 {due.ja}",
            f"achievement of the whole ({stage.label}): {rate} = actual {actual.en} ÷ goal to date {due.en}",
        )
    ]
