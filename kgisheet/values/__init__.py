"""Figures, amounts, units, addresses and days: read, compared and written, knowing nothing of templates."""
