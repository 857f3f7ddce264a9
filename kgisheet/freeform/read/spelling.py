"""The spelling of words as they are compared: full and half width, capitals, and what Japanese writes in several ways are one."""

from __future__ import annotations

import unicodedata


def plain(text: str) -> str:
    """Return a text as labels are compared: 1件当り and １件当たり are 1件あたり."""
    return spelt(unicodedata.normalize("NFKC", text).casefold())


def spelt(flat: str) -> str:
    """Return a text in small letters with one spelling for what has several."""
    return flat.replace("当たり", "あたり").replace("当り", "あたり") if "当" in flat else flat
