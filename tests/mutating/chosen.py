"""The mutants that a leaner suite must still kill: one of each rule, of the renderers and the guard, of regeneration.

Which they are is fixed, so that two states of the suite are compared by the same ones; `tests/sweep mutants` begins with them.
"""

from __future__ import annotations

from .product import OFF, TURNED, Mutant, mutants

RULES = (
    "accounts.py:accounts", "actuals.py:actuals", "amounts.py:amounts", "blanks.py:blanks", "boundaries.py:boundaries",
    "doubtful.py:doubtful", "exported.py:exported", "fixed.py:fixed", "formulas.py:FormulaChecks.look", "inputs.py:inputs",
    "inserted.py:inserted", "marks.py:marks", "money.py:money", "months.py:year", "order.py:sorted_apart",
    "proportions.py:proportions", "shadowed.py:shadowed", "state.py:stale", "structure.py:moved", "structure.py:surroundings",
    "sums.py:sums", "unnamed.py:unnamed", "unsaid.py:unsaid", "unseen.py:unseen",
)  # fmt: skip
"""Rules that say nothing."""

CONDITIONS = (
    "expr/guard.py:Needs._collect", "expr/render/excel.py:_guarded", "expr/render/excel.py:_chain", "expr/render/prose.py:prose",
    "expr/render/value.py:_rounded", "expr/typing.py:_binary", "values/rounding.py:half_up", "worksheet/solve.py:_as_declared",
    "regenerate/aligned.py:aligned", "regenerate/closing.py:close", "regenerate/handover.py:handed_over", "regenerate/inputs.py:Merged.leave",
    "regenerate/merging.py:merge", "regenerate/results.py:Resulting.put", "regenerate/run.py:_Run._tabs", "regenerate/year.py:begin",
)  # fmt: skip
"""Conditions turned round."""

CHOSEN = (
    *(Mutant(f"check/rules/{path}", function, OFF) for path, function in (each.split(":") for each in RULES)),
    *(Mutant(path, function, TURNED) for path, function in (each.split(":") for each in CONDITIONS)),
)


def gone() -> list[Mutant]:
    """Those that the product has no more: others of their kind take their place."""
    there = set(mutants())
    return [each for each in CHOSEN if each not in there]
