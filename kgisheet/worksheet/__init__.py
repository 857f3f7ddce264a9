"""A solved worksheet: every figure, its label, its appearance, and its provenance."""
