"""Keys in the wrong table: in TOML a line belongs to the last table begun above it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from ..errors import Problem
from ..language.text import Text
from ..template.model import Template

_FRAME = ("template", "sheets")


def said(
    problems: Iterable[Problem], template: Template, of_channels: Collection[str], of_months: Collection[str]
) -> Iterator[Problem]:
    """Return the problems; a key that belongs elsewhere is reported with its proper place, and not also as missing there."""
    problems = list(problems)
    top = {cell.plan_key for cell in template.page_inputs() if cell.table is None} | set(_FRAME)
    columns = {cell.plan_key for cell in template.inputs() if cell.table == "channel"} | set(of_channels) | {"meetings"}
    moved: set[str] = set()
    found: list[Problem] = []
    for problem in problems:
        table, _, key = (problem.key or "").rpartition(".")
        if problem.code == "unknown-key" and table and key in top and not table.startswith("--set"):
            moved.add(key)
            found.append(_to_the_top(problem, table, key))
        elif problem.code == "unknown-key" and not table and (key in columns or key in of_months):
            found.append(_into(problem, key, "[[channel]]" if key in columns else "[months]"))
        else:
            found.append(problem)
    return (each for each in found if not (each.code == "missing" and each.key in moved))


def _to_the_top(problem: Problem, table: str, key: str) -> Problem:
    name, _, row = table.partition("[")
    header = f"[[{name}]]" if row else f"[{name}]"
    what = Text(f"{key} が {header} の中にあります", f"{key} is in {header}")
    fix = Text(
        "この行を、最初の [ ] の見出しより上へ移してください(見出しの後の行は、その表のものになります)",
        f"move the line above the first heading in brackets: what comes after {header} belongs to it",
    )
    return problem._replace(code="misplaced", what=what, fix=fix)


def _into(problem: Problem, key: str, header: str) -> Problem:
    what = Text(f"{key} は {header} の中に書くキーです", f"{key} belongs into {header}")
    fix = Text(f"この行を {header} の見出しの下へ移してください", f"move the line below {header}")
    return problem._replace(code="misplaced", what=what, fix=fix)
