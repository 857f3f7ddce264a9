"""The extra ``kgisheet[recalc]``: another engine for formulas that ours does not evaluate."""
