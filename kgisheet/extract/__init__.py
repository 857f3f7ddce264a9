"""Extraction: a filled workbook → the plan that makes it again, and what no plan can carry."""
