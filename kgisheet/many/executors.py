"""Executors by their spec: worker processes of this machine, this process alone, or a Dask cluster (its only importer)."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from ..errors import Problem, RequestError
from ..language.text import Text
from ..version import __version__
from .lane import Lane
from .limits import LIMITS, Limits, ended
from .worker import called

DASK = "dask="

_AHEAD = 4
"""Items on their way for each processor: enough that none waits for the slowest, and few enough to be held in memory."""


@contextmanager
def opened(spec: str | None, jobs: int | None = None, count: int | None = None, limits: Limits = LIMITS) -> Iterator[Executor]:
    """Give an executor while the block runs; its workers end with the block, however that ends.

    ``spec`` is None for this machine, with ``jobs`` processes (None: one for each processor), or ``dask=tcp://host:8786``.
    ``count``, where it is known, is the number of items: a single one is worked on in this process.
    Raise RequestError for a spec that can't be followed.
    """
    executor: Executor
    if spec is not None:
        executor = _cluster(spec, limits)
    elif count is not None and count <= 1:
        executor = Here()
    else:
        processes = jobs or processors()
        executor = Workers(processes if count is None else min(processes, count), limits)
    try:
        yield executor
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


class Here(Executor):
    """This process, at once."""

    window = 1

    def submit(self, function: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:
        return _settled(Future(), *called(lambda: function(*args, **named)))


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


class Cluster(Executor):
    """A Dask cluster; on its machines each item has a process of its own within limits, as on this one."""

    def __init__(self, client: Any, limits: Limits) -> None:
        self.window = max(8, _AHEAD * sum(client.nthreads().values()))
        self._client = client
        self._limits = limits
        # What is lost with a worker is done again; an item that has ended several of them is given up by the scheduler.
        self._executor = client.get_executor(pure=False, retries=2)

    def submit(self, function: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:
        assert not named
        answer: Future[Any] = Future()
        try:
            asked = self._executor.submit(_on_cluster, self._limits, function, *args)
        except Exception as bad:  # noqa: BLE001  # a scheduler that has gone says so in many ways
            return _settled(answer, None, _lost(bad))
        asked.add_done_callback(lambda done: _pass_on(done, answer))
        return answer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._executor.shutdown(wait=wait and not cancel_futures)
        self._client.close()


_LANES = threading.local()


def _on_cluster(limits: Limits, function: Callable[..., Any], *args: Any) -> tuple[Any, Exception | None]:
    """Run in a thread of a Dask worker: the item's error is an answer, so that Dask doesn't take it for one of its own."""
    lane = getattr(_LANES, "lane", None)
    if lane is None:
        lane = _LANES.lane = Lane(limits)
    return called(lane.run, function, *args)


def _pass_on(done: Future[tuple[Any, Exception | None]], answer: Future[Any]) -> None:
    if done.cancelled():
        _settled(answer, None, _lost(None))
        return
    bad = done.exception()
    if bad is None:
        _settled(answer, *done.result())
    elif type(bad).__name__ == "KilledWorker":
        _settled(answer, None, ended("KilledWorker"))
    else:
        _settled(answer, None, _lost(bad))


def _settled(answer: Future[Any], value: Any, error: Exception | None) -> Future[Any]:
    if error is None:
        answer.set_result(value)
    else:
        answer.set_exception(error)
    return answer


def _lost(bad: BaseException | None) -> RequestError:
    reason = "" if bad is None else f"({type(bad).__name__}: {bad})"
    return RequestError(
        Problem(
            "cluster-lost",
            Text(f"クラスターとの接続が切れました{reason}", f"the cluster was lost{reason and f' {reason}'}"),
            Text("もう一度実行してください", "run this again"),
        )
    )


def _cluster(spec: str, limits: Limits) -> Cluster:
    address = spec.removeprefix(DASK)
    if not spec.startswith(DASK) or "://" not in address:
        what = Text(f"--executor「{spec}」の形が違います", f"--executor “{spec}” is not of a known form")
        raise RequestError(
            Problem("executor", what, Text("dask=tcp://ホスト名:8786 の形です", "write it like dask=tcp://host:8786"))
        )
    try:
        from distributed import Client
    except ImportError:
        what = Text("--executor dask=… には dask が要ります", "--executor dask=… needs dask")
        fix = Text("pip install 'kgisheet[dask]' で加えてください", "add it by pip install 'kgisheet[dask]'")
        raise RequestError(Problem("executor", what, fix)) from None
    import logging

    # The client's own words on stderr, about a connection, tell a user of this program nothing more than ours.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    client: Any = None
    client_class: Any = Client
    try:
        client = client_class(address, timeout=_PATIENCE, set_as_default=False)
        client.wait_for_workers(1, timeout=_PATIENCE)
        found = set(client.run(_version).values())
    except (OSError, TimeoutError, ValueError) as bad:
        if client is not None:
            client.close()
        raise _unreachable(address, bad) from None
    if found != {__version__}:
        client.close()
        raise _others(sorted(str(each) for each in found - {__version__}))
    return Cluster(client, limits)


_PATIENCE = 20
"""Seconds for a scheduler to answer, and for its first worker."""


def _version() -> str:
    return __version__


def _unreachable(address: str, bad: BaseException) -> RequestError:
    what = Text(
        f"クラスター {address} に接続できません、またはワーカーがいません({type(bad).__name__})",
        f"the cluster at {address} does not answer, or has no workers ({type(bad).__name__})",
    )
    fix = Text(
        "アドレスと、スケジューラー・ワーカーが動いているかを確かめてください",
        "check the address, the scheduler and its workers",
    )
    return RequestError(Problem("executor", what, fix))


def _others(versions: list[str]) -> RequestError:
    named = ", ".join(versions)
    what = Text(
        f"ワーカーの kgisheet のバージョンが違います({named}、こちらは {__version__})",
        f"the workers have another version of kgisheet ({named}; here it is {__version__})",
    )
    fix = Text("すべてのマシンに同じバージョンを入れてください", "install the same version on all machines")
    return RequestError(Problem("executor", what, fix))
