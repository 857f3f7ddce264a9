"""The worker's side: one request at a time from stdin, within limits, its answer to stdout; ends when stdin does.

A request is a pickled function with its arguments, an answer a pickled pair (value, error) after a byte, each preceded by its length.
"""

from __future__ import annotations

import gc
import os
import pickle
import queue
import struct
import sys
import threading
from collections.abc import Callable
from typing import IO, Any

from ..errors import located
from .limits import Limits, too_much

MORE, LAST = b"+", b"."
"""The first byte of an answer: whether the process goes on, or ends with it."""
_GROWN = 400 * 2**20
"""Bytes after which a process is replaced: Python seldom gives back what a large file has taken."""

_LENGTH = struct.Struct(">Q")


def send(stream: IO[bytes], message: bytes) -> None:
    stream.write(_LENGTH.pack(len(message)) + message)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """Return the next message; None where the other side has gone, in the middle of one too."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    message = stream.read(length)
    return message if len(message) == length else None


def serve(limits: Limits) -> None:
    """Work until nobody asks any more."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a function prints must not get among the answers
    requests: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests,), daemon=True).start()
    _memory(limits.memory)
    gc.disable()  # looking for cycles now and then, in all that was loaded, would be a seventh of the time
    while True:
        request = requests.get()
        _processor(limits.seconds)
        answer = _answer(request, limits)
        _tidy()
        has_grown = _resident() > _GROWN
        try:
            send(answers, (LAST if has_grown else MORE) + answer)
        except OSError:
            os._exit(1)
        if has_grown:
            os._exit(0)


def _tidy() -> None:
    """Free the cycles that an item has left; what is there after the first ones stays and is not gone through again."""
    if gc.get_count()[0] > _LEFT:
        gc.collect()
        if not gc.get_freeze_count():
            gc.freeze()


_LEFT = 50_000
"""Objects: some megabytes."""


def _listen(requests: queue.SimpleQueue[bytes]) -> None:
    """Take requests, and end the process with whoever makes them, also in the middle of an item."""
    stdin = os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    while (request := receive(stdin)) is not None:
        requests.put(request)
    os._exit(0)


def _answer(request: bytes, limits: Limits) -> bytes:
    value: Any = None
    error: Exception | None = None
    try:
        function, args = pickle.loads(request)  # noqa: S301  # from the process that started this one
        value = function(*args)
    except MemoryError:
        error = too_much(limits)
    except Exception as bad:  # noqa: BLE001  # it is the item's, whatever it is
        error = located(bad)
    return packed(value, error)


def packed(value: Any, error: Exception | None) -> bytes:
    """Return an answer's bytes; what can't be pickled is told by its kind and text."""
    try:
        answer = pickle.dumps((value, error), pickle.HIGHEST_PROTOCOL)
        if error is not None:
            pickle.loads(answer)  # noqa: S301  # an exception may be packed and yet not unpacked
    except Exception as bad:  # noqa: BLE001
        said = error if error is not None else bad
        answer = pickle.dumps((None, RuntimeError(f"{type(said).__name__}: {said}")))
    return answer


def loaded(_: Callable[..., Any]) -> None:
    """Do nothing: with its argument, the module of a function has been loaded."""


def called(function: Callable[..., Any], *args: Any) -> tuple[Any, Exception | None]:
    """Return what a worker would answer, from this process."""
    try:
        return function(*args), None
    except Exception as bad:  # noqa: BLE001
        return None, located(bad)


# -- limits of the system, where it has them -------------------------------------------


def _resident() -> int:
    """Return the bytes of memory that the process holds; 0 where the system doesn't say."""
    try:
        import resource

        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * resource.getpagesize()
    except (ImportError, OSError, ValueError):
        return 0


def _memory(most: int) -> None:
    """Let the process grow by so many bytes: then Python raises MemoryError, and nothing else of the machine suffers."""
    try:
        import resource

        with open("/proc/self/statm", encoding="ascii") as file:
            now = int(file.read().split()[0]) * resource.getpagesize()
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        if hard == resource.RLIM_INFINITY or hard > now + most:
            resource.setrlimit(resource.RLIMIT_AS, (now + most, hard))
    except (ImportError, OSError, ValueError):
        return  # Windows and macOS have none that holds


def _processor(seconds: float) -> None:
    """End the process where one item takes far more than its time, should nobody be left to do so."""
    try:
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        most = int(used.ru_utime + used.ru_stime + 2 * seconds) + 2
        if hard == resource.RLIM_INFINITY or hard > most:
            resource.setrlimit(resource.RLIMIT_CPU, (most, hard))
    except (ImportError, OSError, ValueError):
        return
