"""The names of the functions that spreadsheet programs have: any other name gives #NAME?."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def known() -> frozenset[str]:
    """Return Excel's functions up to 2026, in upper case, without the prefixes that files give to later ones."""
    return frozenset((Path(__file__).parent / "known.txt").read_text(encoding="ascii").split())
