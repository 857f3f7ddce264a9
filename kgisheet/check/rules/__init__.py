"""The rules: one family of findings per file."""
