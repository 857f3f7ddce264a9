"""`kgisheet new`: a plan in, its workbook out."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from .. import api
from . import files, tables, terminal
from .speech import LANG, complain, put, say


class Wanted(NamedTuple):
    """The options of the command."""

    template: str | None
    settings: tuple[str, ...]
    lang: str
    force: bool
    target: str


def _named(plan: str | None) -> str:
    """Return what a workbook is called without -o: as its plan, and not as its form."""
    if plan in (None, files.STDIN):
        return "kgi-goal.xlsx"
    path = Path(str(plan))
    return f"{path.stem}-goal.xlsx" if path.suffix.lower() == ".xlsx" else f"{path.stem}.xlsx"


def run(plan: str | None, output: str | None, wanted: Wanted) -> None:
    """Write the workbook of ``plan``, or of the worked example; then say what was made."""
    output = output or _named(plan)
    files.refuse_output(output, (plan, wanted.template))
    created = files.created()
    loaded = files.plan(plan, wanted.lang, wanted.settings, wanted.template)
    with terminal.progress(say("ブックを作っています …", "making the workbook …")):
        built = api.build(loaded, wanted.lang, wanted.target)
        data = api.to_bytes(built, created)
    files.write_binary(output, data, wanted.force)
    complain(api.warnings(loaded, built, wanted.lang), say("要確認: ", "warning: "))
    if output != files.STDIN:
        put(tables.made(output, built, LANG, is_example=plan is None))
