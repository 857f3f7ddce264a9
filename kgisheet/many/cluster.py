"""A Dask cluster as an executor: the only importer of its library, the extra `kgisheet[dask]`."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, NamedTuple

from ..errors import Problem, RequestError
from ..language.text import Text
from ..version import __version__
from .lane import Lane
from .limits import Limits, RunError, ended, settled
from .worker import called

_AHEAD = 4
"""Items on their way for each thread of the cluster."""
_PATIENCE = 20
"""Seconds for a scheduler to answer, and for its first worker."""


_EMPTY = 60
"""Seconds that a cluster may be without any worker: one that was lost is started again by its nanny meanwhile."""


class _Task(NamedTuple):
    answer: Future[Any]
    function: Callable[..., Any]
    args: tuple[Any, ...]


class Cluster(Executor):
    """The cluster; on its machines each item has a process of its own within limits, as on this one.

    A lost machine's items are done again by the others; where that happens several times, Dask gives up all that were
    there (KilledWorker), the one that ends its machines and those that only waited beside it. These are
    tried again one by one, each alone, before anything new is begun: so only the first one's error is left.
    Where no machine is left, or the scheduler has gone, all that is under way ends in RunError.
    """

    def __init__(self, client: Any, limits: Limits, logging_was: int = 0) -> None:
        self.window = max(8, _AHEAD * sum(client.nthreads().values()))
        self._client = client
        self._logging_was = logging_was
        self._limits = limits
        self._executor = client.get_executor(pure=False, retries=2)
        self._lock = threading.RLock()
        self._open: dict[int, _Task] = {}
        self._flying = 0
        self._held: deque[_Task] = deque()
        self._suspects: deque[_Task] = deque()
        self._lost: RunError | None = None
        self._over = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def submit(self, function: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:
        assert not named
        task = _Task(Future(), function, args)
        with self._lock:
            if self._lost is not None:
                return settled(task.answer, None, self._lost)
            self._open[id(task.answer)] = task
            if self._suspects:
                self._held.append(task)
            else:
                self._start(task, is_alone=False)
        return task.answer

    def _start(self, task: _Task, is_alone: bool) -> None:
        try:
            asked = self._executor.submit(_on_cluster, self._limits, task.function, *task.args)
        except Exception as bad:  # noqa: BLE001  # a scheduler that has gone says so in many ways
            self._give_up(_lost(bad))
            return
        self._flying += 1
        asked.add_done_callback(lambda done: self._ended(done, task, is_alone))

    def _ended(self, done: Future[tuple[Any, Exception | None]], task: _Task, is_alone: bool) -> None:
        bad = None if done.cancelled() else done.exception()
        with self._lock:
            self._flying -= 1
            if type(bad).__name__ != "KilledWorker":
                if done.cancelled() or bad is not None:
                    self._give_up(_lost(bad))
                else:
                    self._settle(task, *done.result())
            elif is_alone:
                self._settle(task, None, ended("KilledWorker"))
            else:
                self._suspects.append(task)
            self._next()

    def _settle(self, task: _Task, value: Any, error: Exception | None) -> None:
        if self._open.pop(id(task.answer), None) is not None:
            settled(task.answer, value, error)

    def _next(self) -> None:
        """Start a suspect once nothing else is under way; after the last of them, what was held back meanwhile."""
        while self._suspects and not self._flying:
            self._start(self._suspects.popleft(), is_alone=True)
        while self._held and not self._suspects and not self._flying:
            held, self._held = self._held, deque()
            for task in held:
                self._start(task, is_alone=False)

    # -- a cluster that is no more --------------------------------------------------

    def _watch(self) -> None:
        """Give up where nobody has been there to do the work for a while: Dask itself would wait for ever."""
        empty_since: float | None = None
        while not self._over.wait(min(5, _EMPTY / 4)):
            if not self._open or self._has_workers():
                empty_since = None
            elif empty_since is None:
                empty_since = time.monotonic()
            elif time.monotonic() - empty_since > _EMPTY:
                self._give_up(_empty())

    def _has_workers(self) -> bool:
        try:
            return bool(self._client.nthreads(callback_timeout=_PATIENCE))
        except Exception:  # noqa: BLE001  # no answer is no worker
            return False

    def _give_up(self, error: RunError) -> None:
        with self._lock:
            self._lost = self._lost or error
            self._held.clear()
            self._suspects.clear()
            for task in list(self._open.values()):
                self._settle(task, None, self._lost)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._over.set()
        self._executor.shutdown(wait=wait and not cancel_futures)
        _close(self._client, self._logging_was)


_LANES = threading.local()


def _on_cluster(limits: Limits, function: Callable[..., Any], *args: Any) -> tuple[Any, Exception | None]:
    """Run in a thread of a Dask worker: the item's error is an answer, so that Dask doesn't take it for one of its own."""
    lane = getattr(_LANES, "lane", None)
    if lane is None:
        lane = _LANES.lane = Lane(limits)
    return called(lane.run, function, *args)


def connected(address: str, limits: Limits) -> Cluster:
    """Return the cluster whose scheduler is at ``address``; raise RequestError where there is none that could do the work."""
    try:
        from distributed import Client
    except ImportError:
        what = Text("--executor dask=… には dask が要ります", "--executor dask=… needs dask")
        fix = Text("pip install 'kgisheet[dask]' で加えてください", "add it by pip install 'kgisheet[dask]'")
        raise RequestError(Problem("executor", what, fix)) from None
    was = logging.root.manager.disable
    logging.disable()  # Dask's own words on stderr, with their tracebacks, tell a user of this program nothing more than ours
    client: Any = None
    client_class: Any = Client
    try:
        client = client_class(address, timeout=_PATIENCE, set_as_default=False)
        client.wait_for_workers(1, timeout=_PATIENCE)
        found = set(client.run(_version).values())
    except Exception as bad:  # noqa: BLE001  # what can't be reached, or can't load this package, says so in many ways
        _close(client, was)
        raise _unreachable(address, bad) from None
    if found != {__version__}:
        _close(client, was)
        raise _others(sorted(str(each) for each in found - {__version__}))
    return Cluster(client, limits, was)


def _close(client: Any, was: int) -> None:
    if client is not None:
        client.close(timeout=_PATIENCE)
    logging.disable(was)


def _version() -> str:
    return __version__


def _lost(bad: BaseException | None) -> RunError:
    reason = "" if bad is None else f"({type(bad).__name__}: {bad})"
    return RunError(
        Problem(
            "cluster-lost",
            Text(f"クラスターとの接続が切れました{reason}", f"the cluster was lost{reason and f' {reason}'}"),
            Text("もう一度実行してください", "run this again"),
        )
    )


def _empty() -> RunError:
    what = Text("クラスターのワーカーがすべて失われました", "the cluster has lost all its workers")
    fix = Text("ワーカーを起動し、もう一度実行してください", "start some, and run this again")
    return RunError(Problem("cluster-lost", what, fix))


def _unreachable(address: str, bad: BaseException) -> RequestError:
    reason = type(bad).__name__
    what = Text(
        f"クラスター {address} に接続できないか、使えるワーカーがいません({reason})",
        f"the cluster at {address} does not answer, or has no workers that can be used ({reason})",
    )
    fix = Text(
        "アドレス、スケジューラー、ワーカーが動いていて kgisheet が入っていることを確かめてください",
        "check the address, the scheduler, and that its workers run and have kgisheet",
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
