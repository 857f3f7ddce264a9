"""`kgisheet template`: the templates listed, shown, exported, checked."""

from __future__ import annotations

import os

from .. import api
from . import files, tables
from .speech import LANG, say


def listed() -> str:
    """Return the shipped templates, a line each."""
    return tables.templates(LANG)


def shown(name: str) -> str:
    """Return the cells and formulas of a template, in words."""
    return tables.template(files.open_template(name), LANG)


def exported(name: str) -> str:
    """Return the TOML of a shipped template."""
    return api.open_shipped(name).sources[0].text


def checked(file: str) -> str:
    """Return a confirmation that a template, a file or a shipped one, is valid; raise TemplateError if it isn't."""
    if file == files.STDIN or os.path.exists(file):
        declaration = api.template_from_toml(files.read_bytes(file, api.TemplateError), files.shown(file))
    else:
        declaration = files.open_template(file)  # a shipped one, by its name
    settled = api.check_template(declaration)
    if declaration.example:
        for lang in ("ja", "en"):
            plan = api.plan_from_example(lang, ["sheets=all"], template=declaration)
        api.build(plan, lang)  # raises TemplateError for cells that no sheet shows
    inputs = len(settled.inputs())
    results = len(settled.cells) - inputs
    return say(
        f"{files.shown(file)}: 使えます(入力{inputs}、結果{results}、単位と循環に問題はありません)",
        f"{files.shown(file)}: can be used ({inputs} inputs, {results} results; units fit, no cycles)",
    )
