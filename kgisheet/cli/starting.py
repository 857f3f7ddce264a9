"""`kgisheet init`: a plan from a few answers, or a form to be filled in."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from .. import api
from ..start.plantext import toml
from . import asking, files, tables
from .speech import LANG, put, say

_PLAN = "plan.toml"


def run(form: str | None, output: str | None, lang: str, force: bool) -> None:
    """Write the form, or ask for the figures and write their plan to ``output``; then say what to do next."""
    if form is None:
        _plan(output or _PLAN, force)
    elif output is not None:
        what = say("--form と -o は同時に使えません(フォームか計画のどちらか)", "use either --form or -o: a form or a plan")
        raise click.UsageError(what)
    else:
        _form(form, lang, force)


def _form(path: str, lang: str, force: bool) -> None:
    files.refuse_output(path, ())
    files.write_binary(path, api.input_form(lang, files.created()), force)
    if path != files.STDIN:
        option = "" if lang == "ja" else f" --lang {lang}"
        put(say(f"{path} を作りました", f"{path} written"))
        put(
            say(
                f"次にすること: 黄色のセルに入力して保存し、kgisheet new {path}{option}",
                f"Next: fill in the yellow cells, save, then kgisheet new {path}{option}",
            )
        )


def _plan(path: str, force: bool) -> None:
    files.refuse_plan_output(path, force)
    date = files.created() or datetime.datetime.now()
    answers = asking.answers()
    answers = answers._replace(single={**answers.single, "date": date.date()})
    name = "plan.toml" if path == files.STDIN else path
    text = toml(answers, Path(name).name, LANG)
    plan = api.plan_from_toml(text, name, LANG)
    files.write_text(path, text.encode(), force)
    if path != files.STDIN:
        option = "" if LANG == "ja" else " --lang en"
        put(tables.planned(path, f"kgisheet new {path}{option}", api.build(plan, LANG).solution, LANG))
