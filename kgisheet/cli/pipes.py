"""Named pipes, and those that a shell opens for a command (``<(…)``): read for as long as something comes."""

from __future__ import annotations

import os
import select

PATIENCE = 30.0
"""Seconds without a byte after which nothing is waited for any longer."""


class SilentError(Exception):
    """A pipe into which nobody writes."""


def read(path: str, most: int) -> bytes:
    """Return what comes out of a pipe until its end, ``most`` bytes at most; raise SilentError, OSError."""
    # Opened without waiting: a pipe without a writer would keep whoever opens it for ever.
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        waiting = select.poll()
        waiting.register(handle, select.POLLIN)
        pieces: list[bytes] = []
        left = most
        while left > 0:
            if not waiting.poll(PATIENCE * 1000):
                raise SilentError
            piece = os.read(handle, min(left, 1 << 16))
            if not piece:
                break
            pieces.append(piece)
            left -= len(piece)
        return b"".join(pieces)
    finally:
        os.close(handle)
