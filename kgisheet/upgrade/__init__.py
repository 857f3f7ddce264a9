"""An older workbook → the same goals in today's form: what people typed is moved, what can't be is listed."""
