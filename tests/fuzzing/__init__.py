"""Fuzzing: files and texts that went wrong somewhere, by the thousand; what must never happen to any of them."""
