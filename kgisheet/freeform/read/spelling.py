"""The spelling of words as they are compared: full and half width, capitals, and what Japanese writes in several ways are one."""

from __future__ import annotations

import unicodedata

from ...values.regex import regex

_TWICE = regex(
    r"^(?P<first>[^A-Za-z]*[\u30a1-\u30fa\u4e00-\u9fff][^A-Za-z]*?)\s+(?:/\s*)?(?P<second>[A-Za-z][A-Za-z .&'-]{3,})$"
)
_OF_ANY = regex(r"^\W*(?:平均|目標|計画|実績|年間|月間|新規|既存|必要|総|純|合計)?\W*$")


def plain(text: str) -> str:
    """Return a text as labels are compared: 1件当り and １件当たり are 1件あたり."""
    return spelt(unicodedata.normalize("NFKC", text).casefold())


def spelt(flat: str) -> str:
    """Return a text in small letters with one spelling for what has several."""
    return flat.replace("当たり", "あたり").replace("当り", "あたり") if "当" in flat else flat


def in_one_language(text: str) -> str:
    """Return the Japanese of a label that is in English, too; as it is where that says something else: 新規 MQL.

    >>> in_one_language("受注額 Bookings"), in_one_language("新規 Leads")
    ('受注額', '新規 Leads')
    """
    match = _TWICE.match(text)
    return text if match is None or _OF_ANY.match(match["first"]) else match["first"]
