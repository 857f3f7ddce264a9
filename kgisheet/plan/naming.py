"""When two channels count as having the same name: in a plan, in a workbook, in a CSV, between two workbooks."""

from __future__ import annotations

import unicodedata


def name_key(name: object) -> str:
    """Return the form in which names are compared, ignoring width, case and outer spaces; "" for a value that isn't text."""
    return unicodedata.normalize("NFKC", name).casefold().strip() if isinstance(name, str) else ""
