"""The form of the page: the plan's inputs in the worksheet's order, with labels, hints and usual ranges from the template."""

from __future__ import annotations

import datetime
import functools
import json
from fractions import Fraction
from typing import Any

from ..api import Plan, plan_from_toml
from ..expr.render.figures import EPOCH
from ..language.text import Text
from ..start import fields
from ..start.fields import CHANNEL, SHORT, SINGLE, STANDARD, Field
from ..template.model import Template, Usual
from ..template.sources import with_sources
from ..values.rounding import half_up, number
from ..values.toml import write
from ..worksheet.solve import sizes, solve

LANGS = ("ja", "en")

RESULTS = (
    "web_revenue_used", "won_deals", "opportunities", "required_meetings", "meetings", "leads", "visits", "share_total",
    "meetings_per_month", "leads_per_month", "visits_per_month", "deals_per_month", "status", "overall", "missing",
)  # fmt: skip
COLUMNS = ("channel_meetings", "channel_leads", "channel_visits")
"""The figures that the form shows: of the page, and of each channel."""

MOST = 12
"""Channels of the page's form."""


def module() -> str:
    """Return the module of the form's data: fields, labels of results, the worked examples."""
    data = {
        "fields": {each.key: _field(each) for each in (*SINGLE, *CHANNEL)},
        "labels": {of: _labels(of) for of in (STANDARD, SHORT)},
        "examples": {of: {lang: fields.typed(of, lang) for lang in LANGS} for of in (STANDARD, SHORT)},
        "most": MOST,
        "figures": {of: _figures(of) for of in (STANDARD, SHORT)},
    }
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return f"// Made by kgisheet.web.form from the templates.\nexport const form = {text};\n"


@functools.cache
def template(of: str) -> Template:
    """Return a shipped template with its sheets of every day, as a plan of the form has it."""
    return _plan(of, "ja").template


def _plan(of: str, lang: str) -> Plan:
    return plan_from_toml(write(fields.typed(of, lang) | {"template": of}), f"{of}.toml", lang)


def cells(of: str) -> list[str]:
    """Return the cells of a template whose figures the form needs."""
    known = template(of).cells
    return [name for name in (*RESULTS, *COLUMNS, *(each.cell for each in (*SINGLE, *CHANNEL))) if name in known]


def _field(field: Field) -> dict[str, Any]:
    cell = fields.cell(field)
    return {
        "cell": field.cell,
        "unit": cell.unit,
        "step": cell.step,
        "label": _both(cell.full_label),
        "hint": _both(field.hint),
        "usual": _usual(cell.usual),
        "choices": {key: _both(word) for key, word in (cell.choices or {}).items()},
    }


def _usual(usual: Usual | None) -> dict[str, Any] | None:
    if usual is None:
        return None
    low, high = (str(number(half_up(each * 100, 1))) for each in (usual.low, usual.high))
    return {"low": low, "high": high, "source": _both(usual.source)}


def _figures(of: str) -> dict[str, Any]:
    """Return what the figures need beside the form's fields: the other inputs as a plan leaves them, the rows of each table."""
    own = {each.cell for each in (*SINGLE, *CHANNEL)}
    needed = set(with_sources(template(of), cells(of)))
    solutions = {
        lang: solve(plan.template, plan.inputs, sizes(plan.template, plan.channels), lang)
        for lang in LANGS
        for plan in [_plan(of, lang)]
    }
    inputs = [each.name for each in template(of).inputs() if each.name in needed - own]
    return {
        "inputs": {lang: {name: told(found.values[name]) for name in inputs} for lang, found in solutions.items()},
        "rows": [sizes(template(of), many) for many in range(MOST + 1)],
    }


def told(value: Any) -> Any:
    """Return a value of a cell as JSON: a fraction by its two numbers, a date by its days."""
    if isinstance(value, list):
        return [told(each) for each in value]
    if isinstance(value, datetime.date):
        value = Fraction((value - EPOCH).days)
    return {"n": str(value.numerator), "d": str(value.denominator)} if isinstance(value, Fraction) else value


def _labels(of: str) -> dict[str, Any]:
    known = template(of).cells
    return {name: _both(known[name].label) for name in (*RESULTS, *COLUMNS) if name in known}


def _both(text: Text) -> dict[str, str]:
    return {"ja": text.ja, "en": text.en}
