"""A workbook that people have worked in: its template, its inputs, and where each cell is by now."""
