"""Renderers of an expression's tree: a formula, a number, or a sentence; one target per file."""
