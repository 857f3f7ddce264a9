"""Reading of a goal sheet that a person typed by hand, by its labels; `freeform.rules` checks it."""
