"""Checks of a freeform goal sheet, on what `freeform.read` read by its labels."""
