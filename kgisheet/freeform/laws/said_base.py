"""Of which figure a rate in words is: 5% of delivered, below 2,400 opened and 4,800 delivered; 配信数の5%."""

from __future__ import annotations

from ...values.regex import regex
from .lists import names
from .tables import Tables, Value

_OF = regex(r"\d\s*%\s*of\s+(?:the |all )?(?P<of>[a-z][a-z -]*)|(?P<base>[^\s\d、。%（(]{2,12})の\s*\d+(?:\.\d+)?\s*(?:%|割)")
_FAR = 6


def said_base(tables: Tables, rate: Value, usual: Value) -> Value:
    """Return the figure that the words of a rate name, above it in the column of the usual one; that one where they name none, or several."""
    match = _OF.search(rate.spot.flat) if rate.spot.text else None
    wanted = names(match["of"] or match["base"]) if match is not None else frozenset()
    row, col = usual.at
    if not wanted or wanted & names(tables.name(usual, across=False)):
        return usual
    above = (tables.values.get((row - step, col)) for step in range(1, _FAR))
    called = [each for each in above if each is not None and wanted <= names(tables.name(each, across=False))]
    return called[0] if len(called) == 1 and called[0].kind == usual.kind else usual
