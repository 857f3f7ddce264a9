"""What is taken over from the last solution is what would be worked out, whatever was typed in between."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

from kgisheet import api
from kgisheet.expr.render import value
from kgisheet.expr.render.figures import Value
from kgisheet.plan.load import Plan
from kgisheet.template.model import Template
from kgisheet.worksheet import solve as module
from kgisheet.worksheet.solve import Solution, View, sizes, solve

TEMPLATES = ("standard", "short", "access")


def plan(template: str, *settings: str) -> Plan:
    return api.plan_from_example("ja", ["sheets=all", *settings], api.open_shipped(template))


def anew(template: Template, inputs: Any, rows: dict[str, int]) -> Solution:
    """The solution without a last one."""
    module._LAST = module.Recent(4)
    return solve(template, inputs, rows, "ja")


def typed(inputs: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The inputs with one to three of them changed, emptied, or with a text in the place of a number."""
    now = {name: list(each) if isinstance(each, list) else each for name, each in inputs.items()}
    for name in chance.sample(sorted(now), chance.randint(1, 3)):
        held = now[name]
        if isinstance(held, list) and held:
            at = chance.randrange(len(held))
            held[at] = chance.choice([None, Fraction(chance.randint(1, 90), 100), Fraction(7), "未定"])
        elif isinstance(held, Fraction):
            now[name] = held * chance.choice([0, 2, Fraction(1, 3)])
        elif name == "rounding":
            now[name] = chance.choice(["up", "down", "nearest", "none"])
    return now


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_solution_after_another_is_that_of_its_own_inputs(template: str) -> None:
    given, chance = plan(template), random.Random(12)  # noqa: S311
    rows = sizes(given.template, given.channels)
    inputs: dict[str, Any] = dict(given.inputs)
    last = anew(given.template, inputs, rows)
    taken_over = 0
    for _ in range(6):
        inputs = typed(inputs, chance)
        after = solve(given.template, inputs, rows, "ja")
        results = [cell.name for cell in given.template.cells.values() if cell.formula is not None]
        taken_over += sum(after.values[name] is last.values[name] for name in results if isinstance(after.values[name], list))
        kept = module._LAST
        alone = anew(given.template, inputs, rows)
        module._LAST, last = kept, after
        assert after.values == alone.values
    assert taken_over > 20


def test_a_text_is_not_taken_for_the_number_that_it_equals() -> None:
    """True is 1 in Python; a spreadsheet takes it for no number."""
    given = plan("standard")
    rows = sizes(given.template, given.channels)
    weights = [Fraction(1), *list(given.inputs["month_weight"])[1:]]  # type: ignore[arg-type]
    with_one = solve(given.template, {**given.inputs, "month_weight": weights}, rows, "ja")
    with_true = solve(given.template, {**given.inputs, "month_weight": [True, *weights[1:]]}, rows, "ja")  # type: ignore[dict-item]
    assert with_one.values["month_leads"] != with_true.values["month_leads"]


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_value_looks_at_nothing_but_its_sources(template: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a change of what it looks at besides would be missed."""
    given = plan(template)
    rows, seen = sizes(given.template, given.channels), set[str]()

    class Watching(View):
        def cell(self, name: str) -> Value:
            seen.add(name)
            return super().cell(name)

        def column(self, name: str) -> Any:
            seen.update(given.template.blocks.get(name, (name,)))
            return super().column(name)

    solved = solve(given.template, given.inputs, rows, "ja")
    monkeypatch.setattr(module, "View", Watching)
    last = module._Last(given.template)
    for cell in given.template.cells.values():
        if cell.formula is None:
            continue
        for row in range(rows[cell.table] if cell.table else 1):
            value.evaluate(cell.formula, Watching(solved, cell.table, row))
        assert seen <= {*last.sources(cell), cell.name}, cell.name
        seen.clear()
