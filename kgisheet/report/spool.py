"""Reports that wait in a temporary file, where a form of report has to go through all of them several times."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, Protocol

from ..check.finding import Report


class Reports(Protocol):
    """Reports that can be gone through again and again: a list, or those of `spooled`."""

    def __iter__(self) -> Iterator[Report]: ...

    def __len__(self) -> int: ...


@contextmanager
def spooled(reports: Iterable[Report]) -> Iterator[Reports]:
    """Give the reports when all of them are there, from a file that goes away with the block: in memory there is one at a time."""
    with tempfile.TemporaryFile() as file:
        number = 0
        for report in reports:
            pickle.dump(report, file, pickle.HIGHEST_PROTOCOL)
            number += 1
        yield _Spool(file, number)


class _Spool:
    def __init__(self, file: IO[bytes], number: int) -> None:
        self._file = file
        self._number = number

    def __len__(self) -> int:
        return self._number

    def __iter__(self) -> Iterator[Report]:
        place = 0
        for _ in range(self._number):
            self._file.seek(place)  # another round may have moved on meanwhile
            yield pickle.load(self._file)  # noqa: S301  # of our own making
            place = self._file.tell()
