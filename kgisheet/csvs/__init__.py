"""CSV files of other programs: bytes in, rows out. Knows neither files nor plans nor workbooks.

Bottom up: `coding` (bytes ↔ text), `table` (text ↔ records with their lines).
"""
