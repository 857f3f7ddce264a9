"""Backups beside a workbook: ``goal.bak.xlsx`` is the latest, older ones have their creation time in their name.

A backup is never overwritten: before another one takes its name, it is renamed. Only if there are
more than are wanted, the oldest are removed.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ..errors import BookError, OutputError, Problem
from ..language.reasons import why
from ..language.text import Text
from ..output import locked, write


class Undone(NamedTuple):
    """The result of an undo: what was restored, and where what it replaced is now (None: the workbook itself was gone)."""

    backup: str
    replaced: str | None


_BACKUP = re.compile(r".\.(bak|undone)(\.\d{4}-\d\d-\d\d-\d{6}(-\d+)?)?\.\w+$")


def is_backup(name: str) -> bool:
    """Return whether a file is called like a backup, or like what was undone."""
    return _BACKUP.search(os.path.basename(name)) is not None


class Shelf:
    """The backups of one workbook (``bak``), or what was undone (``undone``)."""

    def __init__(self, book: Path, kind: str) -> None:
        self.book = book
        self.last = book.with_name(f"{book.stem}.{kind}{book.suffix}")
        dated = rf"{re.escape(book.stem)}\.{kind}\.(\d{{4}}-\d\d-\d\d-\d{{6}})(?:-(\d+))?{re.escape(book.suffix)}"
        self._dated = re.compile(dated)

    def newest_first(self) -> list[Path]:
        """Return all of them, the latest first."""
        return [
            *([self.last] if os.path.lexists(self.last) else []),
            *(path for _, path in sorted(self._older(), reverse=True)),
        ]

    def put(self, data: bytes, keep: int) -> None:
        """Add a backup as the latest; beyond ``keep`` the oldest are removed. Raise OutputError, leaving all others where they were."""
        if (lock := locked(self.last)) is not None:
            raise OutputError(lock)
        if not (os.path.lexists(self.last) and _holds(self.last, data)):
            dated = self._date()
            try:
                write(str(self.last), data, forceable=False)
            except OutputError:
                if dated is not None:
                    _rename(dated, self.last)
                raise
        for path in self.newest_first()[keep:]:
            with contextlib.suppress(OSError):  # one that can't be removed harms nobody
                path.unlink()

    def drop(self, path: Path) -> None:
        """Remove the latest one, which is the workbook now; the one before becomes the latest."""
        with contextlib.suppress(OSError):  # it stays, then, and is passed over the next time
            path.unlink()
        older = self.newest_first()
        if older and older[0] != self.last:
            _rename(older[0], self.last)

    def _older(self) -> Iterator[tuple[tuple[str, int], Path]]:
        for name in os.listdir(self.book.parent):
            found = self._dated.fullmatch(name)
            if found is not None:
                yield (found[1], int(found[2] or 1)), self.book.with_name(name)

    def _date(self) -> Path | None:
        """Rename the latest backup by its time, so that another one can be the latest."""
        if not os.path.lexists(self.last):
            return None
        made = time.strftime("%Y-%m-%d-%H%M%S", time.localtime(self.last.lstat().st_mtime))
        for number in itertools.count(1):
            dated = self.last.with_name(f"{self.last.stem}.{made}{f'-{number}' if number > 1 else ''}{self.last.suffix}")
            if _rename(self.last, dated):
                return dated
        raise AssertionError


def undo(book: Path, keep: int) -> Undone:
    """Restore the latest backup; raise BookError if there is none. Calling it again restores the one before."""
    shelf = Shelf(book, "bak")
    now = _read(book) if os.path.lexists(book) else None
    for backup in shelf.newest_first():
        data = _read(backup)
        if data == now:
            shelf.drop(backup)  # nothing to put back: the workbook is this one already
            continue
        undone = Shelf(book, "undone")
        if now is not None:
            undone.put(now, keep)
        write(str(book), data, force=True, forceable=False)
        shelf.drop(backup)
        return Undone(backup.name, None if now is None else undone.last.name)
    raise BookError(
        Problem(
            "no-backup",
            Text("元に戻せるバックアップがありません", "there is no backup to restore"),
            Text(
                f"--in-place で更新すると {shelf.last.name} に残ります",
                f"monthly --in-place keeps one in {shelf.last.name}",
            ),
            str(book),
        )
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as bad:
        what = Text(f"読めません({why(bad).ja})", f"it can't be read ({why(bad).en})")
        raise BookError(Problem("unreadable", what, None, str(path))) from None


def _holds(path: Path, data: bytes) -> bool:
    with contextlib.suppress(OSError):
        return path.is_file() and path.read_bytes() == data
    return False


def _rename(path: Path, to: Path) -> bool:
    """Rename, but never over an existing file; return whether it did."""
    if os.path.lexists(to):
        return False
    try:
        path.rename(to)
    except OSError as bad:
        what = Text(f"バックアップの名前を変えられません({why(bad).ja})", f"the backup can't be renamed ({why(bad).en})")
        raise OutputError(
            Problem("unwritable", what, Text("権限を確かめてください", "check the permissions"), str(path))
        ) from None
    return True
