"""Limits of a worker process for one item, and the words for an item that wanted more."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any, NamedTuple

from ..errors import KgisheetError, Problem, RequestError, internal
from ..language.text import Text


class Limits(NamedTuple):
    """Of one item: seconds by the clock, and bytes of memory beyond those of the idle process."""

    seconds: float = 120
    memory: int = 2 * 2**30

    def raised(self, times: int) -> Limits:
        """Return the limits so many times as high."""
        return Limits(self.seconds * times, self.memory * times)


LIMITS = Limits()
"""Far above what any file needs that the readers' own limits let pass; a processor that others share may be slow."""


class WorkerError(KgisheetError):
    """An item that came to no end: it took too long or too much, or its process was ended."""


class RunError(RequestError):
    """The end of the whole run, of which no item is the cause."""


def settled(answer: Future[Any], value: Any, error: Exception | None) -> Future[Any]:
    """Return a future that has come to a value or an error."""
    if error is None:
        answer.set_result(value)
    else:
        answer.set_exception(error)
    return answer


def too_slow(limits: Limits) -> WorkerError:
    seconds = f"{limits.seconds:g}"
    what = Text(
        f"{seconds}秒で終わらなかったため打ち切りました", f"it was not finished within {seconds} seconds and was stopped"
    )
    return WorkerError(Problem("time-limit", what))


def too_much(limits: Limits) -> WorkerError:
    most = limits.memory >> 20
    what = Text(f"メモリの上限({most:,} MiB)を超えました", f"it needs more memory than allowed ({most:,} MiB)")
    return WorkerError(Problem("memory-limit", what))


def ended(how: str) -> WorkerError:
    """Return what there is to say of an item whose process ended twice; ``how`` is its signal or exit code."""
    what = Text(
        f"処理するプロセスが途中で終了しました({how})。やり直しても同じでした",
        f"the process working on it ended ({how}), and ended again when it was retried",
    )
    return WorkerError(Problem("worker-ended", what))


def problem(error: BaseException, source: str) -> Problem:
    """Return the first thing to say of an item's error, whatever it is, at ``source`` if the error names no place itself."""
    if isinstance(error, KgisheetError) and error.problems:
        first = error.problems[0]
        return first if first.source is not None else first._replace(source=source)
    if isinstance(error, MemoryError | RecursionError):
        return Problem("too-large", Text("複雑すぎて処理できません", "it is too complex to be worked on"), None, source)
    return internal(error, source)
