"""The difference between two formulas, in brief: a message has no room for a formula of a thousand letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from ...language.catalogue import Phrase
from ...values.regex import regex
from ...worksheet.shown import quoted

_SHORT = 60
"""Letters of a formula, or of a part of one, that a message has room for."""

_PARTS = 2
_TOKEN = regex(r'"(?:[^"]|"")*+(?:"|\Z)|\'(?:[^\']|\'\')*+(?:\'!?|\Z)|[\w.$!]+\(?|<>|<=|>=|\s+|.', re.DOTALL)
_PLAIN_TITLE = regex(r"'([^'\s]+)'!")
_CONSTANT = regex(r"\b(TRUE|FALSE)\(\)", re.IGNORECASE)
_RESPELT = (("FALSE", "0"), ("TRUE", "1"))
"""LibreOffice writes FALSE as FALSE(), or as 0: nobody has changed it."""

_WORD = regex(r"\w")


def changed(is_now: str, wanted: str) -> Phrase:
    """Return the parts that differ: 「ROUNDUP(」→「ROUND(」; a short formula is quoted whole."""
    wanted, is_now = (_PLAIN_TITLE.sub(r"\1!", each) for each in (wanted, is_now))  # programs differ in these quotes
    before, now = (_TOKEN.findall(_CONSTANT.sub(r"\1", each)) for each in (wanted, is_now))
    parts = [each for each in _parts(before, now) if each not in _RESPELT]
    if len(is_now) <= _SHORT or not parts:
        said = quoted(is_now, _SHORT)
        return Phrase("part.formula_now", said=said)
    told = [
        Phrase("part.became", before=quoted(before, _SHORT), now=quoted(now, _SHORT))
        for before, now in list(dict.fromkeys(parts))[:_PARTS]
    ]
    more = len(parts) - len(told)
    return Phrase("part.became_more", told=told, more=more) if more else Phrase("part.became_all", told=told)


def _parts(before: Sequence[str], now: Sequence[str]) -> list[tuple[str, str]]:
    """Return the differing runs of characters, each with its neighbours if it isn't a word itself."""
    found: list[tuple[str, str]] = []
    for kind, first, last, start, end in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        words = any(_WORD.search(each) for each in [*before[first:last], *now[start:end]])
        more = 0 if words and first != last and start != end else 1
        then, here = (each[max(at - more, 0) : to + more] for each, at, to in ((before, first, last), (now, start, end)))
        found.append(("".join(then).strip(), "".join(here).strip()))
    return found
