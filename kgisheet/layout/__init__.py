"""Placed cells: what stands where, in which look. Knows no Excel library."""
