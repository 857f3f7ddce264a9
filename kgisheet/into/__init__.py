"""Goal sheets put into a workbook that is somebody's already: whatever is in the way is refused, all of it at once."""
