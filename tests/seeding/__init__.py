"""Faults planted in workbooks, and edits that do no harm, independent of how the checker works.

subjects   the workbooks of ours that are edited
case       what is planted: a change, where, and the codes that may come of it
standing   what stands where in a subject: formulas, inputs, columns, divisors
formulas, inputs, states, structure    the operators, by kind of fault
harmless   edits that must stay silent
months     both kinds on the sheets of the months
beyond     faults on the sheets beyond them; beyond_harmless, what may be done there
scenarios  both kinds at the switch of the scenarios and its multipliers
disguised  formulas that show today's figure and are wrong
misfilled  figures in another unit, texts like numbers, inputs that contradict one another
trappings  names, formats that lie, formulas that became texts; tabs, the same on the other sheets, and exports
doubles    two faults at once
honest     more that is harmless; honest_year, in a year on the other sheets
engines    IronCalc with a subject loaded once
proof      shows in a foreign engine that a mutant differs, or that a rewriting does not
savers     the routes by which a changed workbook comes to lie in a file
uno_edits  what a person does in the open LibreOffice, for its own Python
judge      what was found of it, and the table
harness    all of it, on two processes
"""

import os

# With lxml (openxml-audit needs it) openpyxl would write otherwise than where only openpyxl is installed.
os.environ.setdefault("OPENPYXL_LXML", "False")
