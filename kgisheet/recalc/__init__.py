"""The extra ``kgisheet[recalc]``: another engine for formulas that ours doesn't evaluate."""
