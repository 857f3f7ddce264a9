"""Goal sheets inserted into somebody's existing workbook: whatever is in the way is refused, all of it at once."""
