"""Formulas as other programs saved them: parsed, compared and evaluated. Knows no templates."""
