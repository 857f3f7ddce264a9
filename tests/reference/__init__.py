"""The pages of docs/reference, made from the program itself: a module per page."""
