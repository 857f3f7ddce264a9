"""Workbooks as bytes: the only importers of XlsxWriter and openpyxl."""
