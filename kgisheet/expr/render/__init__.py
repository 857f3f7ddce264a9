"""The tree of an expression as a formula, a number, or a sentence: one target a file."""
