"""CSV files of other programs: the goal screen's twelve months, and actuals from analytics or a CRM; bytes in, rows out.

Knows neither files nor plans nor workbooks. Bottom up: `coding` (bytes ↔ text),
`table` (text ↔ records with their lines), `headings` and `cells` (what a
heading and a cell say), `columns` (which column holds what), `twelve` (whether
months are a year), `goals` and `actuals` (the two kinds of file).
"""
