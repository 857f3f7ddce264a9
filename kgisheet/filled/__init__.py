"""A workbook that people have worked in: its template, its inputs, and the current place of each cell."""
