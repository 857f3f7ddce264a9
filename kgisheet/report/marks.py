"""The mark of a severity in a workbook, beside its word: a fill that differs in lightness as well as in colour."""

from __future__ import annotations

from ..check.finding import ERROR, NOTE, WARNING

FILLS = {ERROR: "F4A9A3", WARNING: "FFD98A", NOTE: "CFE3F8"}
"""Inputs are pale yellow and headings pale blue; these are stronger than both."""
