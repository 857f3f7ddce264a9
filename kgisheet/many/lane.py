"""A lane: one worker process, given one item after the other, replaced when it ends."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

from .limits import LIMITS, Limits, ended, too_slow
from .worker import LAST, called, loaded, receive, send


class Closed(Exception):  # noqa: N818  # the run is over, by somebody's wish
    """The lane was closed while its item was worked on."""


_START = 60
"""Seconds for a process to load what its function needs."""


class Lane:
    """One worker process, started for the first item. ``run`` is for one thread, ``close`` for any."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False
        self._asking: object = None
        self._late = False
        self._lock = threading.Lock()

    def run(self, function: Callable[..., Any], *args: Any) -> Any:
        """Return the function's result, or raise its error; WorkerError where the item hit a limit or ended two processes."""
        request = pickle.dumps((function, args), pickle.HIGHEST_PROTOCOL)
        how = ""
        for _ in range(2):
            try:
                process = self._ready(function)
            except OSError:  # a system that starts no processes: a browser, a sandbox
                value, error = called(function, *args)
                break
            answer = self._asked(process, request, self._limits.seconds)
            if answer is not None:
                value, error = pickle.loads(answer[1:])  # noqa: S301  # from a process of our own
                break
            how = self._gone(process)
        else:
            raise ended(how)
        if error is not None:
            raise error
        return value

    def close(self) -> None:
        """End the process; an item that it works on comes to nothing."""
        with self._lock:
            self._closed = True
            process = self._process
        if process is not None:
            _end(process)

    def _ready(self, function: Callable[..., Any]) -> subprocess.Popen[bytes]:
        """Return the process; a new one has loaded what the function needs, which is not counted as the item's time."""
        with self._lock:
            if self._closed:
                raise Closed
            if self._process is not None:
                return self._process
            process = self._process = _started(self._limits)
        self._asked(process, pickle.dumps((loaded, (function,)), pickle.HIGHEST_PROTOCOL), max(_START, self._limits.seconds))
        return process

    def _asked(self, process: subprocess.Popen[bytes], request: bytes, seconds: float) -> bytes | None:
        """Return the answer; None where the process ended instead."""
        assert process.stdin is not None
        assert process.stdout is not None
        self._asking = this = object()
        timer = threading.Timer(seconds, self._stop, (process, this))
        timer.daemon = True
        timer.start()
        try:
            send(process.stdin, request)
            answer = receive(process.stdout)
        except (OSError, ValueError):
            return None
        finally:
            timer.cancel()
            with self._lock:
                self._asking = None
        if answer is not None and answer[:1] == LAST:
            _end(process)
            with self._lock:
                self._process = None
        return answer

    def _stop(self, process: subprocess.Popen[bytes], asking: object) -> None:
        with self._lock:
            if self._asking is asking:  # else its answer has come in the last moment
                self._late = True
                process.kill()

    def _gone(self, process: subprocess.Popen[bytes]) -> str:
        """Return how the process ended; raise where that is the item's time limit, or the end of the run."""
        _end(process)
        with self._lock:
            self._process = None
            late, self._late = self._late, False
            if self._closed:
                raise Closed
        if late:
            raise too_slow(self._limits)
        code = process.returncode
        with contextlib.suppress(ValueError):
            if code < 0:
                return signal.Signals(-code).name
        return str(code)


def _started(limits: Limits) -> subprocess.Popen[bytes]:
    """Return a new worker process; it finds this package where this process does, and nothing in the current folder."""
    if hasattr(signal, "pthread_sigmask"):
        # Ctrl-C is for the process that people see, which ends its workers. A child inherits what its thread blocks.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    code = f"import sys; sys.path[:] = {[each or os.getcwd() for each in sys.path]!r}\n" + (
        "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        f"from kgisheet.many import limits, worker; worker.serve(limits.Limits{tuple(limits)!r})"
    )
    return subprocess.Popen([sys.executable or "", "-P", "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):
            if stream is not None:
                stream.close()
