"""Texts in two languages, and the words that all worksheets share."""
