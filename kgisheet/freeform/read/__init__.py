"""A goal sheet that a person typed by hand: read by its labels, judged elsewhere (`check.labelled`)."""
