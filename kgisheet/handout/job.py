"""The work for one row, in whatever process: its plan looked at, its workbook made and written."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ..check.drafted import findings
from ..errors import KgisheetError, OutputError, PlanError, Problem
from ..filled.workbook import FilledBook
from ..language.text import Text
from ..layout.build import Built, build
from ..output import write
from ..plan.lines import path_of
from ..plan.load import Plan
from ..template.model import Template
from ..values.budget import current, of_file
from ..worksheet.solve import Solution, solve
from ..xlsx.read.reader import read
from ..xlsx.writer import FIXED_DATE, to_bytes
from .common import contradictions
from .manifest import digest
from .plans import Base, at_line, fingerprint, plan_of, solved


class Order(NamedTuple):
    """One workbook: the plan of all, what the row changes, and where it goes.

    ``replaces`` is the digest of a file that may be replaced, nobody having touched it since it was written;
    ``goes_on`` says that any other file there stays.
    """

    base: Base
    roster: str
    line: int
    settings: tuple[str, ...]
    more: Mapping[str, Any]
    path: str
    created: datetime.datetime | None = None
    force: bool = False
    replaces: str | None = None
    goes_on: bool = False


class Looked(NamedTuple):
    """The result of looking at a row's plan: its fingerprint, its stages from the goal down, what says whose it is; or its problems."""

    fingerprint: str | None = None
    counts: Mapping[str, float | None] = {}
    owner: str | None = None
    title: str | None = None
    problems: tuple[Problem, ...] = ()
    stands: bool = False
    """Whether the stages are not the plan's but those of the file that lies there, and stays."""


class Made(NamedTuple):
    """A workbook that was written: its digest, and what `check` would warn of in it; or why it wasn't."""

    workbook: str | None = None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


def looked(order: Order) -> Looked:
    """Return what the plan of a row comes to."""
    found = _of_plan(order)
    if (data := there(order)) is None or (not found.problems and digest(data) == order.replaces):
        return found
    counted = counts_of_book(data, order.path)
    return found._replace(counts=counted, stands=True) if counted != found.counts else found


def _of_plan(order: Order) -> Looked:
    line = order.roster, order.line
    try:
        if order.more and (wrong := contradictions(order.base, order.settings, line)):
            return Looked(problems=wrong)
        plan = plan_of(order.base, order.settings, line, order.more)
        return _looked(plan, order)
    except KgisheetError as bad:
        return Looked(problems=at_line(bad, line))


def _looked(plan: Plan, order: Order) -> Looked:
    roles = plan.roles
    owner, title = plan.inputs.get(roles.owner), plan.inputs.get(roles.title)
    return Looked(
        fingerprint(plan, order.base.lang),
        counts(plan, order.base.lang),
        owner if isinstance(owner, str) else None,
        title if isinstance(title, str) else None,
    )


def counts(plan: Plan, lang: str) -> dict[str, float | None]:
    """Return the goal and the stages of a plan, by name; None where it has no visits."""
    return _counted(plan.template, solved(plan, lang))


def counts_of_book(data: bytes, path: str) -> dict[str, float | None]:
    """Return the goal and the stages of a workbook, by what is typed in it; none where it isn't one of ours."""
    try:
        with of_file(path):
            book = FilledBook(read(data, path), path)
            return _counted(book.template, solve(book.template, book.inputs, book.sizes, book.lang, at_once=False))
    except KgisheetError:
        return {}


def there(order: Order) -> bytes | None:
    """Return the file that a batch that goes on finds at a row's place; None where there is none, or none that a batch wrote."""
    path = Path(order.path)
    if not order.goes_on or path.is_symlink() or not path.is_file() or path.stat().st_size > current().limits.file:
        return None
    return path.read_bytes()


def _counted(template: Template, solution: Solution) -> dict[str, float | None]:
    return {name: _number(solution.at(cell.in_force or name, None)) for name, cell in stages(template).items()}


def stages(template: Template) -> dict[str, Any]:
    """Return the cells of the goal and of the stages, from the goal down."""
    names = [template.roles.web_revenue, *reversed(template.funnel)]
    return {name: template.cells[name] for name in names if name in template.cells}


def _number(value: Any) -> float | None:
    return None if value is None or isinstance(value, str) else float(value)


def made(order: Order) -> Made:
    """Make the workbook of a row and write it; whatever prevents it is the row's problem, not the run's."""
    line = order.roster, order.line
    try:
        plan = plan_of(order.base, order.settings, line, order.more)
        built = build(plan, order.base.lang)
        data = to_bytes(built.book, order.created or FIXED_DATE)
        return Made(_put(order, data), (), _warnings(plan, built, order.base.lang))
    except PlanError as bad:
        return Made(problems=at_line(bad, line))
    except KgisheetError as bad:
        return Made(problems=bad.problems)


def _warnings(plan: Plan, built: Built, lang: str) -> tuple[Problem, ...]:
    """Return what `check` would say of the figures, at the row's line where the row has them, else at the plan's."""
    return tuple(
        plan.source.problem(each.code, path_of(plan, each.name), each.message, each.fix) for each in findings(plan, built, lang)
    )


def _put(order: Order, data: bytes) -> str:
    """Write a workbook; what is there already stays unless it is the same, or nobody's work."""
    new = digest(data)
    path = Path(order.path)
    if path.is_symlink():  # it may lead out of the folder
        raise OutputError(_link(order.path))
    if os.path.lexists(path) and not order.force:
        there = digest(path.read_bytes()) if path.is_file() else None
        if there == new:
            return new
        if there is None or there != order.replaces:
            raise OutputError(changed(order.path))
        write(order.path, data, force=True)
    else:
        write(order.path, data, force=order.force)
    return new


def changed(path: str) -> Problem:
    """Return what is said of a file that somebody has worked in, or that this program didn't write."""
    return Problem(
        "changed",
        Text(
            "別の内容のファイルがあるため、上書きしませんでした(人が変更したか、別のファイルです)",
            "not overwritten: somebody has changed it, or it is another file",
        ),
        Text(
            "移してから --resume で続けるか、--force で上書きしてください",
            "move it away and --resume, or overwrite it with --force",
        ),
        path,
    )


def _link(path: str) -> Problem:
    return Problem(
        "link",
        Text("別の場所へのリンクのため、書き出しませんでした", "not written: it is a link to another place"),
        Text("リンクを移してください", "move the link away"),
        path,
    )
