"""The progress bar of a command that works on many items: on stderr, on a terminal only, once it has taken a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from .speech import is_terminal

_PATIENCE = 1.0  # seconds


class Bar:
    """Counts items. For each: ``clear``, print what there is to say of it, ``step``; so nothing is printed into the bar."""

    def __init__(self, bar: Any = None) -> None:
        self._bar = bar
        self._since = time.monotonic()
        self._shown = False

    def step(self, items: int = 1) -> None:
        """Count an item, or several, and show how many there have been."""
        if self._bar is not None:
            self._bar.make_step(items)
            if time.monotonic() - self._since > _PATIENCE:
                self._bar.render_progress()
                self._shown = True

    def clear(self) -> None:
        """Take the bar off the terminal, until the next step."""
        if self._shown:
            sys.stderr.write("\r\x1b[K\x1b[?25h")  # click has hidden the cursor
            sys.stderr.flush()
            self._shown = False


@contextmanager
def over(count: int | None, label: str) -> Iterator[Bar]:
    """Give a bar for so many items while the block runs; gone when it is done."""
    if not is_terminal(sys.stderr):
        yield Bar()
        return
    bar = Bar(click.progressbar(length=count, label=label, file=sys.stderr, show_pos=True, width=20))
    try:
        yield bar
    finally:
        bar.clear()
