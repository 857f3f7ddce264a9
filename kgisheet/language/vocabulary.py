"""The words that people use for figures, totals, channels and units: one vocabulary for goal sheets and CSV files (vocabulary.toml)."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

WORDS, LABELS, EXPORTS = "words", "labels", "exports"
"""Understood everywhere; only on a goal sheet; only in a CSV file."""

ON_A_SHEET, IN_A_FILE = (WORDS, LABELS), (WORDS, EXPORTS)
"""The words of each of the two readers."""


@functools.cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("vocabulary.toml").read_text(encoding="utf-8"))


def fields() -> dict[str, str]:
    """Return the figures, each with its unit of measure: currency, count or rate."""
    return {name: each["unit"] for name, each in _table()["field"].items()}


def words(name: str, of: Sequence[str]) -> tuple[str, ...]:
    """Return the words for a figure (``field.leads``), for totals, headings or units, of the kinds asked for."""
    entry = functools.reduce(lambda table, part: table[part], name.split("."), _table())
    return tuple(word for kind in of for word in entry.get(kind, ()))


def yen(of: Sequence[str]) -> dict[str, int]:
    """Return the words for units of money, and how many yen each is."""
    entry = _table()["unit"]["yen"]
    return {word: factor for kind in of for word, factor in entry.get(kind, {}).items()}
