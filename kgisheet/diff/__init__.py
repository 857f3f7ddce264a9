"""Two versions of a goal sheet: which inputs changed, and what that did to each stage."""
