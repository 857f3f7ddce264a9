"""Checks of a goal sheet that was never ours, on what `foreign` read of it by its labels."""
