"""Workbooks that people worked in, brought up to date again and again: what is lost on the way?

plans    random plans, and another plan for the same workbook
edits    what people do to a workbook: steps, and the cells that they typed into
routes   the programs by which they do it: openpyxl, LibreOffice, the parts themselves
parts    what lies in a package beside cells: pictures, threaded comments, sparklines, what nobody knows
look     a workbook as the judge sees it, read without kgisheet
judge    what became of it
rounds   plan, edits, regeneration and verdict: one round, and many
"""

import os

# With lxml (openxml-audit needs it) openpyxl would write otherwise than where only openpyxl is installed.
os.environ.setdefault("OPENPYXL_LXML", "False")
