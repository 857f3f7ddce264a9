"""The command line run in the test's own process, as a process of its own would: its streams, folder, environment and language."""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import NamedTuple
from unittest import mock

from kgisheet.many import executors

PACKAGE = "kgisheet.cli"


class InTurn(executors.Here):
    """Takes the place of worker processes, which start and import for longer than they work on a few small files."""

    def __init__(self, jobs: int, limits: object) -> None:
        self.window = jobs


class Ran(NamedTuple):
    code: int
    out: bytes
    err: str


processes = False
"""Whether many files get worker processes, as they do for a person: set by ``conftest.py`` for the tests that are about them."""


def failed(said: str) -> bool:
    """Whether the program failed itself: a fault, whatever it was given."""
    return any(each in said for each in ("Traceback", "this program failed", "kgisheet の不具合"))


class _Screen(io.TextIOWrapper):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


def run(args: tuple[str, ...], folder: Path, stdin: bytes, environment: Mapping[str, str], on_terminal: bool = False) -> Ran:
    """``kgisheet`` with these arguments in ``folder``; what it does not catch is the test's to see.

    Many files are worked on in this process too, but where ``processes`` is true.
    """
    kind = _Screen if on_terminal else io.TextIOWrapper
    streams = [kind(io.BytesIO(given), encoding="utf-8", write_through=True) for given in (stdin, b"", b"")]
    with (
        contextlib.chdir(folder),
        mock.patch.dict(os.environ, environment, clear=True),
        mock.patch.multiple(sys, stdin=streams[0], stdout=streams[1], stderr=streams[2]),
        contextlib.nullcontext() if processes else mock.patch.object(executors, "Workers", InTurn),
        _imported(environment["LANG"]) as main,
    ):
        code = main.answered(list(args))
    out, err = (each.buffer.getvalue() for each in streams[1:])  # type: ignore[attr-defined]
    return Ran(code, out, err.decode())


_COMMANDS: dict[str, dict[str, ModuleType]] = {}
"""The modules of the command line by the language that they were imported under: they settle it once."""


@contextlib.contextmanager
def _imported(lang: str) -> Iterator[ModuleType]:
    """The commands in a language; a command's own module is imported when it is first used."""
    before = _taken()
    sys.modules.update(_COMMANDS.get(lang, {}))
    try:
        yield importlib.import_module(f"{PACKAGE}.main")
    finally:
        _COMMANDS[lang] = _taken()
        sys.modules.update(before)


def _taken() -> dict[str, ModuleType]:
    names = [name for name in sys.modules if name == PACKAGE or name.startswith(f"{PACKAGE}.")]
    return {name: sys.modules.pop(name) for name in names}
