"""The one place through which every file is written: the old file whole or the new file whole."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from .errors import OutputError, Problem
from .language.reasons import why
from .language.text import Text


def write(path: str, data: bytes | Iterable[bytes], force: bool = False, forceable: bool = True) -> None:
    """Write ``data``, whole or in pieces, to ``path`` in one step; without ``force`` an existing file is left alone.

    ``forceable``: whether the command has --force, to be named then.

    Raises OutputError, with nothing half-written.
    """
    free(path, force, forceable)
    # A link is followed, so that what it points to is replaced and the link stays.
    real = Path(os.path.realpath(path))
    try:
        _write(real, data, force)
    except FileExistsError:
        raise _exists(path, forceable) from None
    except FileNotFoundError:
        raise _homeless(path) from None
    except PermissionError:
        raise _unwritable(path, Text("書き込む権限がありません", "you have no permission to write there")) from None
    except (OSError, ValueError) as bad:
        reason = why(bad)
        raise _unwritable(path, Text(f"書き込めません({reason.ja})", f"it can't be written ({reason.en})")) from None


def free(path: str, force: bool = False, forceable: bool = True) -> None:
    """Raise OutputError for a path that `write` would refuse, as far as can be seen beforehand."""
    target = Path(path)
    if not path.strip():
        raise _unwritable("-o", Text("ファイル名が空です", "the file name is empty"))
    if os.path.isdir(target):
        raise _unwritable(path, Text("フォルダーです", "it is a folder"))
    if os.path.lexists(target) and not force:
        raise _exists(path, forceable)
    if os.path.exists(target) and not target.is_file():
        # A device, a pipe: replacing it would destroy it.
        raise _unwritable(path, Text("ふつうのファイルではありません", "it is not a regular file"))
    if os.path.lexists(target) and (lock := locked(target)) is not None:
        raise OutputError(lock._replace(source=path))
    if not os.path.isdir(os.path.dirname(os.path.realpath(target))):
        raise _homeless(path)


def locked(path: Path) -> Problem | None:
    """Return the message for a file that is open in Excel or LibreOffice, by the lock file beside it."""
    for name, program in ((f"~${path.name}", "Excel"), (f".~lock.{path.name}#", "LibreOffice")):
        if os.path.lexists(path.with_name(name)):
            return Problem(
                "open-elsewhere",
                Text(f"{program}で開かれています", f"it is open in {program}"),
                Text(f"{program}で閉じてから実行してください", "close it there, then run this again"),
                str(path),
            )
    return None


def tidy(folder: Path) -> None:
    """Remove what killed runs left in a folder, once in a process: whatever command reads or writes there next does."""
    where = os.path.abspath(folder)
    if where not in _TIDIED:
        _TIDIED.add(where)
        _sweep(Path(where))


_TIDIED: set[str] = set()
"""The folders that this process has looked through: ten thousand files in one would else be looked through as often."""


def _write(real: Path, data: bytes | Iterable[bytes], force: bool) -> None:
    tidy(real.parent)
    file, name = _temporary(real.parent)
    try:
        with file:
            file.writelines([data] if isinstance(data, bytes) else data)
            file.flush()
            os.fsync(file.fileno())
            os.chmod(name, _mode(real))
            if _LOCKS:  # held until the file has its name, so that no other run takes it for a leftover
                _name(name, real, force)
        if not _LOCKS:  # Windows renames no open file
            _name(name, real, force)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _name(name: str, real: Path, force: bool) -> None:
    if force:
        os.replace(name, real)
    else:
        _move_to_new(name, real)


_PREFIX, _SUFFIX = ".kgisheet-", ".tmp"
_LOCKS = os.name == "posix"


def _temporary(folder: Path) -> tuple[BinaryIO, str]:
    """Return a new file beside the target, locked as long as it is open."""
    import tempfile  # half the commands write nothing

    while True:
        handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=folder)
        file = os.fdopen(handle, "wb")
        # Another run may have swept it away before it was locked.
        if _lock(handle) is not False and os.path.exists(name):
            return file, name
        file.close()


def _lock(handle: int) -> bool | None:
    """Return whether the file is ours alone now; None where the file system has no locks."""
    if not _LOCKS:
        return None
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def _sweep(folder: Path) -> None:
    """Remove what a killed run left behind; files that another one is still writing are locked, or can't be removed."""
    with contextlib.suppress(OSError, ValueError):  # ValueError: a name with NUL in it
        for name in os.listdir(folder):
            if not (name.startswith(_PREFIX) and name.endswith(_SUFFIX)):
                continue
            path = folder / name
            with contextlib.suppress(OSError):
                if not _LOCKS:
                    path.unlink()
                    continue
                handle = os.open(path, os.O_WRONLY | os.O_NOFOLLOW)
                try:
                    if _lock(handle):
                        path.unlink()
                finally:
                    os.close(handle)


def _move_to_new(name: str, real: Path) -> None:
    """Rename, but never over a file that has appeared meanwhile."""
    try:
        os.link(name, real)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if real.exists():
            raise FileExistsError(real) from None
        os.replace(name, real)
    else:
        os.unlink(name)


def _mode(real: Path) -> int:
    """Return the mode of the file that is replaced, else what a new file would get."""
    try:
        return real.stat().st_mode & 0o7777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _homeless(path: str) -> OutputError:
    return _unwritable(path, Text("フォルダーがありません", "its folder does not exist"))


def _exists(path: str, forceable: bool) -> OutputError:
    return OutputError(
        Problem(
            "exists",
            Text("同名のファイルがあります。上書きしませんでした", "the file already exists and was not overwritten"),
            Text("別の名前にするか、--force を付けてください", "choose another name, or add --force")
            if forceable
            else Text("-o で別の名前にしてください", "choose another name with -o"),
            path,
        )
    )


def _unwritable(path: str, what: Text) -> OutputError:
    return OutputError(
        Problem("unwritable", what, Text("-o で書き込める場所を指定してください", "choose another place with -o"), path)
    )
