"""Output for a terminal only, not for a file or a pipe: colours, its width, word of progress."""

from __future__ import annotations

import os
import shutil
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import click

from ..report.columns import cut
from .speech import is_terminal, visible

_COLOURS = {"error": "31", "unreadable": "31", "warning": "33", "not_evaluated": "33", "note": "36", "ok": "32"}
_PATIENCE = 1.0  # seconds; what takes longer says so


def width() -> int | None:
    """Return the columns of the terminal that stdout is; None where it is a file or a pipe, which nothing is cut for."""
    return max(20, shutil.get_terminal_size().columns) if is_terminal(sys.stdout) else None


def painted(text: str, kind: str) -> str:
    """Return a text in the colour of its kind (a severity, ``ok``, …); plain if stdout isn't a terminal, or under NO_COLOR."""
    # https://no-color.org: set to anything but an empty text.
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not is_terminal(sys.stdout)
    return text if plain or kind not in _COLOURS else f"\x1b[{_COLOURS[kind]}m{text}\x1b[0m"


def put_painted(lines: Iterable[tuple[str, str]]) -> None:
    """Print lines for people, each in the colour of its kind, and without control and bidirectional characters."""
    said = "\n".join(painted(visible(text), kind) for text, kind in lines)
    click.echo(said, color=True)  # in the terminal's own encoding; what is no terminal has got no colours above


class Progress:
    """One line on stderr, on a terminal only, once something has taken a second; gone when it is done."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._shown = ""
        self._timer: threading.Timer | None = None
        self._lock = threading.Lock()

    def say(self, text: str) -> None:
        """Say something else from now on."""
        with self._lock:
            self._text = text
            if self._shown:
                self._print()

    def start(self) -> None:
        self._timer = threading.Timer(_PATIENCE, self._begin)
        self._timer.daemon = True
        self._timer.start()

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        with self._lock:
            self._timer = None
            if self._shown:
                sys.stderr.write("\r\x1b[K")
                sys.stderr.flush()
                self._shown = ""

    def _begin(self) -> None:
        with self._lock:
            if self._timer is not None:
                self._print()

    def _print(self) -> None:
        self._shown = cut(visible(self._text), shutil.get_terminal_size().columns - 1)
        sys.stderr.write(f"\r\x1b[K{self._shown}")
        sys.stderr.flush()


@contextmanager
def progress(text: str) -> Iterator[Progress]:
    """Show ``text`` while the block runs, if it takes more than a second and stderr is a terminal."""
    line = Progress(text)
    if is_terminal(sys.stderr):
        line.start()
    try:
        yield line
    finally:
        line.stop()
