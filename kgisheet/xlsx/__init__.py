"""Workbooks as bytes: written anew (`writer`, the only importer of XlsxWriter), read (`read`), changed in place (`patch`)."""
