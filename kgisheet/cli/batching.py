"""`kgisheet batch`: a roster and a plan in, a workbook for each row out."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from ..errors import BookError, CsvError, OutputError, PlanError, Problem
from ..handout import columns, job, manifest, split
from ..handout.course import Course, Wanted, refuse
from ..handout.headings import Headings
from ..handout.plans import Base, base, plan_of
from ..handout.roster import Roster, roster
from ..handout.stock import whole as whole_ones
from ..handout.sums import Sums, department, sums
from ..language.reasons import why
from ..language.text import Text
from ..many.executors import opened
from ..many.limits import problem
from ..many.window import each
from ..output import tidy, write
from . import bar, files, tables
from .speech import LANG, complain, put, say

_SAVED_EVERY = 5.0  # seconds


class Asked(NamedTuple):
    """The options of the command."""

    plan: str
    output: str
    split: str | None
    jobs: int | None
    executor: str | None
    resume: bool
    force: bool
    lang: str


class _Run:
    """One batch: what was read, and the manifest, which is written again and again on the way."""

    def __init__(self, asked: Asked, course: Course, head: manifest.Manifest) -> None:
        self.asked = asked
        self.course = course
        self.head = head
        self.path = str(Path(asked.output) / manifest.NAME)
        self.saved = time.monotonic()

    def save(self, at_once: bool = False) -> None:
        if at_once or time.monotonic() - self.saved > _SAVED_EVERY:
            write(self.path, manifest.to_bytes(self.head._replace(rows=tuple(self.course.rows))), force=True)
            self.saved = time.monotonic()


def run(path: str, asked: Asked) -> int:
    """Make the workbooks of the rows of a roster; 1 where some have none."""
    people, read, of = _read(path, asked)
    template, whole = department(of)
    more = split.tables(of, people, asked.split) if asked.split is not None else []
    with _folder(asked.output):
        course = Course(of, people, more, _wanted(asked), _last(asked))
        refuse(course.in_the_way(), asked.output)
        complain(changed for row in people.rows for changed in row.changed)
        complain(wrong for row in people.rows for wrong in row.problems)
        head = manifest.Manifest(
            (Path(asked.plan).name, manifest.digest(of.toml)),
            (Path(path).name, read),
            asked.split,
            {name: value for name, value in whole.items() if value is not None},
            (),
        )
        run = _Run(asked, course, head)
        with opened(asked.executor, asked.jobs, len(course.open())) as executor:
            _look(run, executor)
            _say_sums(sums(template, whole, course.tally, asked.split is not None))
            _say_standing(course.standing)
            if asked.split is not None and (note := whole_ones(plan_of(of), people)) is not None:
                complain([note], say("参考: ", "note: "))
            run.save(at_once=True)
            try:
                made = _make(run, executor)
            finally:
                run.save(at_once=True)
        return _summary(run, made)


def _read(path: str, asked: Asked) -> tuple[Roster, str, Base]:
    """Return the roster, the digest of its file, and the plan of all."""
    if asked.split is not None:
        split.key(asked.split)
    data = files.read_bytes(path, CsvError)
    text = files.read_bytes(asked.plan, PlanError)
    if asked.plan.lower().endswith(".csv"):
        raise PlanError(
            Problem(
                "not-toml",
                Text("計画(TOML)ではなくCSVです", "it is a CSV, not a plan (TOML)"),
                Text(
                    "--plan には全員に共通の計画(TOML)を指定してください。名簿(CSV)は batch のすぐ後に書きます",
                    "give the plan (TOML) that all rows share as --plan; the roster (CSV) comes right after batch",
                ),
                files.shown(asked.plan),
            )
        )
    if files.is_workbook(asked.plan, text):
        raise PlanError(
            Problem(
                "not-toml",
                Text("計画(TOML)ではなくブックです", "it is a workbook, not a plan (TOML)"),
                Text("kgisheet extract でブックから計画を取り出せます", "kgisheet extract gets the plan out of a workbook"),
                files.shown(asked.plan),
            )
        )
    of = base(text, files.shown(asked.plan), asked.lang, files.templates_beside(asked.plan))
    headings = Headings(of)
    people = roster(data, files.shown(path), asked.split, headings.key)
    columns.known(of, people, headings)
    return people, manifest.digest(data), of


def _wanted(asked: Asked) -> Wanted:
    return Wanted(asked.output, files.created(), asked.resume, asked.force, LANG)


def _last(asked: Asked) -> manifest.Manifest | None:
    """Return the manifest of the last batch in the folder, where it is gone on with."""
    path = Path(asked.output) / manifest.NAME
    if not asked.resume or not path.exists():
        return None
    return manifest.read(files.read_bytes(str(path), BookError), str(path))


@contextmanager
def _folder(output: str) -> Iterator[None]:
    """Make the folder, and have it for this run alone, where the system can say so."""
    try:
        Path(output).mkdir(parents=True, exist_ok=True)
        handle = os.open(output, os.O_RDONLY) if os.name == "posix" else None
    except (OSError, ValueError) as bad:
        reason = why(bad)
        raise OutputError(
            Problem(
                "folder",
                Text(f"フォルダーを作れません({reason.ja})", f"the folder can't be made ({reason.en})"),
                Text("-o で書き込めるフォルダーを指定してください", "give a folder that can be written with -o"),
                output,
            )
        ) from None
    try:
        if handle is not None:
            _alone(handle, output)
        tidy(Path(output))
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _alone(handle: int, output: str) -> None:
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise OutputError(
            Problem(
                "at-work",
                Text(
                    "別の kgisheet batch がこのフォルダーに書き出しています", "another kgisheet batch is writing to this folder"
                ),
                Text("終わるのを待ってから実行してください", "wait until it has finished"),
                output,
            )
        ) from None
    except OSError:
        return  # a file system without locks


def _look(run: _Run, executor: Executor) -> None:
    """Work out what each row's plan comes to, and say what is wrong with it."""
    course = run.course
    rows = course.open()
    orders = (course.order(at) for at in rows)
    with bar.over(len(rows), say("名簿を確かめています", "looking through the roster")) as line:
        for at, done in zip(rows, each(job.looked, orders, executor), strict=True):
            found = done.result
            if found is None:
                assert done.error is not None
                found = job.Looked(problems=(_failed(done.error, course, at),))
            course.look(at, found)
            if found.problems:
                line.clear()
                complain(found.problems)
            line.step()


def _make(run: _Run, executor: Executor) -> int:
    """Make and write the workbooks; return how many."""
    course, made = run.course, 0
    todo = list(course.to_make())
    warned: set[Problem] = set()  # what concerns the plan is said once
    orders = (course.order(at) for at in todo)
    with bar.over(len(todo), say("ブックを作っています", "making the workbooks")) as line:
        for at, done in zip(todo, each(job.made, orders, executor), strict=True):
            result = done.result
            if result is None:
                assert done.error is not None
                result = job.Made(problems=(_failed(done.error, course, at),))
            result = result._replace(problems=tuple(_here(each, run.asked.output) for each in result.problems))
            course.take(at, result)
            news = [each for each in result.warnings if each not in warned]
            warned.update(news)
            if result.problems or news:
                line.clear()
                complain(result.problems)
                complain(news, say("要確認: ", "warning: "))
            made += not result.problems
            run.save()
            line.step()
    return made


def _here(said: Problem, output: str) -> Problem:
    """Return a problem of a file in the folder under the path by which the folder was given; workers know it by its whole path."""
    path = Path(said.source or "")
    return said._replace(source=str(Path(output) / path.name)) if path.parent == Path(os.path.abspath(output)) else said


def _failed(error: Exception, course: Course, at: int) -> Problem:
    said = problem(error, course.roster.name)
    return said if said.source != course.roster.name else said._replace(line=course.rows[at].line)


def _say_sums(found: Sums) -> None:
    if not found.lines:
        return
    rows = [[say("合計", "in all"), *(each.label.to(LANG) for each in found.lines)]]
    rows.append([say("各ブックの合計", "the workbooks"), *(_shown(each.sheets, each.is_amount) for each in found.lines)])
    if any(each.plan is not None for each in found.lines):
        rows.append([say("計画", "the plan"), *(_shown(each.plan, each.is_amount) for each in found.lines)])
        gaps = [None if each.plan is None else each.sheets - each.plan for each in found.lines]
        rows.append([say("差", "difference"), *(_gap(gap) for gap in gaps)])
    put(tables.aligned(rows, right=set(range(1, len(found.lines) + 1))))
    if found.advice is not None:
        complain([Problem("sums", found.advice)], say("参考: ", "note: "))


def _say_standing(files: list[str]) -> None:
    if files:
        named = "、".join(files[:3]), ", ".join(files[:3])
        more = " …" if len(files) > 3 else ""
        what = Text(
            f"フォルダーに残る前のブックは、その内容で数えています({len(files):,}件: {named[0]}{more})",
            f"counted as they lie in the folder, where they stay: {named[1]}{more} ({len(files):,})",
        )
        complain([Problem("standing", what)], say("参考: ", "note: "))


def _shown(value: float | None, is_amount: bool) -> str:
    return "―" if value is None else tables.value_text("currency" if is_amount else "count", value)


def _gap(value: float | None) -> str:
    if value is None:
        return ""
    return "0" if abs(value) < 0.005 else f"{value:+,.2f}".removesuffix(".00")


def _summary(run: _Run, made: int) -> int:
    course = run.course
    failed = len(course.failed)
    words = [say(f"{made:,}件を作成", f"{made:,} made")]
    if course.kept:
        words.append(say(f"{course.kept:,}件は前回のまま", f"{course.kept:,} kept as they were"))
    if failed:
        words.append(say(f"{failed:,}件は失敗", f"{failed:,} failed"))
    folder = run.asked.output
    put(say(f"{folder}: {'、'.join(words)}", f"{folder}: {', '.join(words)}"))
    if left := course.left_over():
        put(
            say(
                f"名簿にない前回のブックが{len(left):,}件残っています({'、'.join(left[:3])} など)",
                f"{len(left):,} workbooks of the last batch are no longer in the roster, and stay ({', '.join(left[:3])} …)",
            )
        )
    if failed:
        put(
            say(
                "上に示した原因を直してから --resume を付けると、作れなかった分だけを作ります",
                "fix what is said above and add --resume: only what is missing is then made",
            )
        )
    else:
        put(
            say(
                f"次にすること: 配ってください。戻ったら kgisheet check {folder} で検査、kgisheet collect {folder} -o summary.xlsx で集計できます",
                f"Next: hand them out; once they are back, kgisheet check {folder} checks them, kgisheet collect {folder} -o summary.xlsx sums them up",
            )
        )
    return int(failed > 0)
