"""Handing out: one plan and a roster → a workbook for each of its rows (docs/batch.md)."""
