"""A worksheet worked out: every figure, what it is called and how it appears, and where it came from."""
