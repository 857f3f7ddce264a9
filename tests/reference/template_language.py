"""The language of templates: its tables and keys, kinds, units, sheets and functions."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from kgisheet import api
from kgisheet.expr.functions import TABLE
from kgisheet.template.roles import SHIPPED
from kgisheet.template.sheets import DRAWN

_WORDS = tomllib.loads((Path(__file__).parent / "template_keys.toml").read_text(encoding="utf-8"))

_HEADINGS = {
    "template": "[template]",
    "stage": "[[stage]]",
    "rate": "[stage.rate]",
    "sheet": "[[sheet]]",
    "section": "[[section]]",
    "cell": "[[section.cell]]",
    "check": "[[section.check]]",
    "flow": "[[section.flow]]",
}
_UNKNOWN = """
[template]
schema = 1
name = "asked"
base = "standard"
unknown_key = 1
[[sheet]]
id = "asked"
unknown_key = 1
[[stage]]
name = "leads"
unknown_key = 1
[stage.rate]
name = "meeting_rate"
unknown_key = 1
[[section]]
key = "asked"
unknown_key = 1
kind = "unknown"
[[section.cell]]
name = "a_cell"
unknown_key = 1
unit = "unknown"
[[section.check]]
name = "a_check"
unknown_key = 1
[[section]]
key = "month"
[[section.flow]]
name = "leads"
unknown_key = 1
"""


def known() -> dict[str, list[str]]:
    """Return the keys of each table, and the kinds and units: those that the program names on meeting an unknown one."""
    try:
        api.check_template(api.template_from_toml(_UNKNOWN, "asked.toml"))
    except api.TemplateError as refused:
        told = {(each.line, each.code): each.fix.en for each in refused.problems if each.fix is not None}
    at = dict(enumerate(_UNKNOWN.splitlines(), 1))
    found: dict[str, list[str]] = {}
    for (line, code), fix in told.items():
        table = next(text for number, text in sorted(at.items(), reverse=True) if number <= (line or 0) and text[:1] == "[")
        name = table.strip("[]").rpartition(".")[2]
        listed = fix.removeprefix("available: ").removeprefix("one of ").rpartition(" are ")[2].split(", ")
        if code == "unknown-key":
            found[name] = listed
        elif code in ("kind", "unit") and fix.startswith("one of "):
            found[f"{code}s"] = listed
    return found


def markdown() -> str:
    """Return the page."""
    keys = known()
    lines = _OPENING.strip().splitlines()
    for table, heading in _HEADINGS.items():
        lines += ["", f"## `{heading}`", *_table("key", _described(table, keys[table]))]
    lines += ["", "## Kinds of sections", *_table("kind", _described("kinds", keys["kinds"]))]
    lines += ["", "## Units", *_table("unit", _described("units", keys["units"]))]
    lines += ["", "## Sheets", "", *_SHEETS.strip().splitlines(), "", "| id | kind | title | needs |", "|---|---|---|---|"]
    for each in api.open_shipped("standard").listed.all:
        needs = ", ".join(f"`{need}`" for need in each.needs)
        lines.append(f"| `{each.id}` | `{each.kind}` | {each.title.ja} / {each.title.en} | {needs} |")
    lines += ["", f"On sheets of kind `{DRAWN}` belong sections of the kinds {_DRAWN}, and these only there."]
    cells = api.check_template(api.open_shipped("standard")).cells
    lines += ["", "## Roles", "", *_ROLES.strip().splitlines(), "", "| role | in `standard` |", "|---|---|"]
    lines += [f"| `{role}` | {cells[role].full_label.ja} / {cells[role].full_label.en} |" for role in SHIPPED]
    lines += ["", *_EXPRESSIONS.strip().splitlines(), "", "## Functions", ""]
    lines += ["| function | makes |", "|---|---|"]
    lines += [f"| `{name}({', '.join(each.params)})` | {each.about.en} |" for name, each in TABLE.items()]
    lines += ["", *_PARAMETERS.strip().splitlines()]
    return "\n".join(lines)


def _described(table: str, keys: list[str]) -> dict[str, str]:
    words: dict[str, str] = _WORDS[table]
    differ = set(keys) ^ set(words)
    assert not differ, f"tests/reference/template_keys.toml, [{table}]: to be described, or gone: {sorted(differ)}"
    return words


def _table(head: str, words: Mapping[str, str]) -> list[str]:
    return ["", f"| {head} | meaning |", "|---|---|", *(f"| `{key}` | {text} |" for key, text in words.items())]


_DRAWN = "`lines`, `form`, `rows`, `grid`, `axis`, `matrix` and `stamps`"

_SHEETS = """
Each sheet is declared once, in the workbook's order. A template with a `base` inherits its sheets: `[[sheet]]` with the id of
one changes what it says (a title, say), another id adds a sheet. A template without any `[[sheet]]` has those that there were
before sheets were declared, and may name them by title. These are the sheets of `standard`:
"""

_ROLES = """
The program itself looks for some cells: to draw them in a place of their own, to say what is odd about a price, to bring a month's
actuals. Each of these is a role, and is called as the cell of `standard` that has it. A template that calls it otherwise says so:

```toml
[roles]
deal_size = "unit_price"
```

A worksheet without such a cell goes without what is about it; `kgisheet template check` says which cells it can't do without.
Fixed are the names of the settings (`period`, `display_unit`, `rounding`, `scenario`, `start_from`, `opportunity_stage`), of the
units that `rounded`, `money` and `amount` work with (`unit_yen`, `unit_large`, `unit_small` and their `…_name`), of a tab's month
(`tab_month`), and of what [macros](../macros.md) make.
"""

_OPENING = """
# The template language

A template is a TOML file that declares each cell of the workbook once. [A template of your own](../templates.md) is the
introduction; `kgisheet template export standard` prints a complete, commented example, and `kgisheet template check FILE`
finds what is wrong with yours.

Besides the tables below there are `[words]` (texts that formulas use by key, `'row_ok'`), `[roles]` (which
of its cells have [a role](#roles) under another name), `[source]` (references that
`usual` names) and `[example]` (the worked example, a plan), and what is repeated for stages and other lists:
[macros](../macros.md), with `[[macro]]`, `[[word]]`, `[list]`, `[text]` and `[derived]`. A text is either a string or `{ ja = "…", en = "…" }`.
"""

_EXPRESSIONS = """
## Expressions

An expression has names of cells, numbers (`1.5`, `30%`), words in single quotes (keys of `[words]`), functions and
operators. From the loosest to the tightest: `or`, `and`, `not`, the comparisons `=` `<>` `<` `<=` `>` `>=`, `&` (joins
texts), `+` `-`, `*` `/`, and a leading `-`. `blank` is the empty value.

Units are checked: yen ÷ yen is a plain number, a count × yen is yen, and yen + a count is refused. Within a table, the name
of a column means the cell in the same row; `sum(…)` and the like take the whole column.

A cell of which an operand is empty is empty itself.
"""

_PARAMETERS = """
`number` is any numeric expression, `column` a table's column, `cell` a single cell, `cell_of_any` a cell of any unit,
`month` a cell that holds a month, `truth` a condition, `word` a word in quotes, `literal` a number written out, `digits` a
whole number written out, and `any` anything.
"""
