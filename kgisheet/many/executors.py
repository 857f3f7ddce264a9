"""Executors by their spec: worker processes of this machine, this process alone, or a Dask cluster."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from ..errors import Problem, RequestError
from ..language.text import Text
from ..values.budget import times
from .lane import Lane
from .limits import LIMITS, Limits, settled
from .worker import called

_DASK = "dask="

_AHEAD = 4
"""Items on their way for each processor: enough that none waits for the slowest, and few enough to be held in memory."""


@contextmanager
def opened(
    spec: str | None, jobs: int | None = None, count: int | None = None, limits: Limits | None = None
) -> Iterator[Executor]:
    """Give an executor while the block runs; its workers end with the block, however that ends.

    ``spec`` is None for this machine, with ``jobs`` processes (None: one for each processor), or ``dask=tcp://host:8786``.
    ``count``, where it is known, is the number of items: a single one is worked on in this process.
    Left out, ``limits`` are the standard ones, raised as the budget is. Raise RequestError for a spec that can't be followed.
    """
    executor: Executor
    limits = limits or LIMITS.raised(times())
    if spec is not None:
        executor = _cluster(spec, limits)
    elif count is not None and count <= 1:
        executor = Here()
    else:
        processes = jobs or processors()
        executor = Workers(processes if count is None else min(processes, count), limits)
    if not isinstance(executor, Here):
        gc.enable()  # the command line has it off, for the objects of one file
    try:
        yield executor
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def _cluster(spec: str, limits: Limits) -> Executor:
    address = spec.removeprefix(_DASK)
    if not spec.startswith(_DASK) or "://" not in address:
        what = Text(f"--executor「{spec}」の形が違います", f"--executor “{spec}” is not of a known form")
        fix = Text("dask=tcp://ホスト名:8786 の形です", "write it like dask=tcp://host:8786")
        raise RequestError(Problem("executor", what, fix))
    from .cluster import connected

    return connected(address, limits)


class Here(Executor):
    """This process, at once."""

    window = 1

    def submit(self, function: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:
        return settled(Future(), *called(lambda: function(*args, **named)))


class Workers(Executor):
    """Processes of this machine, each steered by a thread, started when there is something for it to do."""

    def __init__(self, jobs: int, limits: Limits = LIMITS) -> None:
        self.window = _AHEAD * jobs
        self._limits = limits
        self._threads = ThreadPoolExecutor(jobs, "kgisheet")
        self._lanes: list[Lane] = []
        self._own = threading.local()

    def submit(self, function: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:
        assert not named
        return self._threads.submit(self._run, function, *args)

    def _run(self, function: Callable[..., Any], *args: Any) -> Any:
        lane = getattr(self._own, "lane", None)
        if lane is None:
            lane = self._own.lane = Lane(self._limits)
            self._lanes.append(lane)
        return lane.run(function, *args)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._threads.shutdown(wait=wait, cancel_futures=cancel_futures)
        for lane in self._lanes:
            lane.close()
