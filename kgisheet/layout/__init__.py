"""Placed cells: position, content and style, independent of any Excel library."""
