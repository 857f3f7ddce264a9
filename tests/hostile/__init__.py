"""Files that try something, each kind by a small generator: `tests/sweep_hostile.py` runs them all."""
