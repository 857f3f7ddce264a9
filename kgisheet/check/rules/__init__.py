"""The rules, a family of findings a file."""
