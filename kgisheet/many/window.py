"""Items through an executor, in their order, a bounded number of them on their way at a time."""

from __future__ import annotations

import functools
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from typing import Generic, NamedTuple, TypeVar

from ..values import budget
from .limits import RunError

Item = TypeVar("Item")
Result = TypeVar("Result")


class Done(NamedTuple, Generic[Item, Result]):
    """An item with its result, or the error that it ended in; ``limits.problem`` has words for any."""

    item: Item
    result: Result | None
    error: Exception | None = None


def each(
    function: Callable[[Item], Result], items: Iterable[Item], executor: Executor, window: int | None = None
) -> Iterator[Done[Item, Result]]:
    """Yield what became of each item, in the order of the items, which are taken as they are needed.

    At most ``window`` of them are on their way; left out, as many as suit the executor. An error is its item's and
    never the run's; only a cluster that is lost raises RunError. Each has this process's budget. ``function`` and items must be
    picklable, and a second call for the same item must do no harm: an item whose process is ended is tried again.
    """
    of_budget = functools.partial(budget.at, budget.times(), function)
    most = max(1, window or getattr(executor, "window", 1))
    pending: deque[tuple[Item, Future[Result]]] = deque()
    try:
        for item in items:
            pending.append((item, executor.submit(of_budget, item)))
            while len(pending) >= most:
                yield _done(*pending.popleft())
        while pending:
            yield _done(*pending.popleft())
    finally:
        for _, future in pending:
            future.cancel()


def _done(item: Item, future: Future[Result]) -> Done[Item, Result]:
    try:
        return Done(item, future.result())
    except RunError:
        raise
    except CancelledError as bad:
        return Done(item, None, RuntimeError(str(bad) or "cancelled"))
    except Exception as bad:  # noqa: BLE001  # whatever it is, it is this item's
        return Done(item, None, bad)
