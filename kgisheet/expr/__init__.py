"""Expressions: parsed once, rendered as a formula, a number and a sentence."""
