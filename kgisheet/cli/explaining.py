"""The command `kgisheet explain`: the page of a finding's code."""

from __future__ import annotations

import click

from ..check.explain import pages
from .speech import LANG, say


def page(code: str) -> str:
    """Return the page of ``code``, in the reader's language; raise UsageError listing the existing codes."""
    known = pages()
    code = code.strip()
    found = known.get(code.upper())
    if found is None:
        listed = ", ".join(known)
        raise click.UsageError(
            say(f"{code} というコードはありません(あるのは {listed})", f"there is no code {code} (available: {listed})")
        )
    return found.to(code.upper(), LANG)
