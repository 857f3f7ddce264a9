"""Texts in two languages, and the words that every worksheet shares."""
