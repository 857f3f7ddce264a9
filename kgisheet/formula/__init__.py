"""Formulas as other programs saved them: parsed, compared and evaluated, with no knowledge of templates."""
