"""Figures, amounts, units, addresses and dates: reading, comparing and writing them, with no knowledge of templates."""
