"""Regular expressions compiled when they are first asked: a small sheet asks fewer than half of all that are named.

Compiling takes a tenth of a millisecond each, and there are some five hundred: a fifth of the time of checking one page.
"""

from __future__ import annotations

import re
from typing import Any, cast


def regex(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that is compiled at its first use, for a name of a module; :raises re.error: at that use."""
    return cast("re.Pattern[str]", Late(text, flags))


class Late:
    """A regular expression that isn't compiled yet; it has the methods of one."""

    def __init__(self, text: str, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        # Asked once for each method: it is kept beside the text, where Python finds it without coming here.
        compiled = re.compile(self._text, self._flags)
        for each in ("search", "match", "fullmatch", "sub", "split", "findall", "finditer", "pattern", "flags"):
            setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)
