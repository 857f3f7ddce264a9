"""The expression: parsed once, rendered to a formula, a number and a sentence."""
