"""The extension for LibreOffice: `package` makes it, `office` speaks to the program, what is said and done lies between.

All but `answers`, `package` and `registry` also run in the Python that LibreOffice brings itself, from 3.8 on: `asking` hands over from there.
"""
