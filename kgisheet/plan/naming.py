"""When two channels have the same name: in a plan, in a workbook, in a CSV, between two workbooks."""

from __future__ import annotations

import unicodedata


def name_key(name: object) -> str:
    """What a name is compared by, whatever its width, case and outer spaces; "" for what is no text."""
    return unicodedata.normalize("NFKC", name).casefold().strip() if isinstance(name, str) else ""
