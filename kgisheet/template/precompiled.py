"""The shipped templates parsed and settled when the wheel is built, in files that load in a tenth of the time.

A file is used only where the texts and the modules that it was made from are the ones that are here; else, as in a
checkout, the template is made from its text. Only files of this package are read: a pickle can run code, and no
workbook brings one. `precompile` writes them.
"""

from __future__ import annotations

import functools
import hashlib
import pickle
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..values.toml import Source
from . import locate

if TYPE_CHECKING:
    from .model import Template
    from .raw import Declaration

PACKAGE = Path(__file__).resolve().parent.parent
FOLDER = Path(__file__).resolve().parent / "precompiled"
MODULES = "modules.txt"
_DIGEST = hashlib.sha256().digest_size
DECLARATION, TEMPLATE, EVERYDAY = "declaration", "template", "everyday"


def declaration(source: Source) -> Declaration | None:
    """Return what a shipped template's own text and its bases declare; None if it wasn't precompiled.

    A new object each time, since a template that has it as its base modifies it.
    """
    found: Declaration | None = _load(DECLARATION, [source])
    return found


def template(sources: Sequence[Source], kind: str = TEMPLATE) -> Template | None:
    """Return a shipped template settled in its first way, with all sheets or (EVERYDAY) those of a workbook that is asked for no others.

    None if it wasn't precompiled.
    """
    found: Template | None = _load(kind, sources)
    return found


def _load(kind: str, sources: Sequence[Source]) -> Any:
    name, code = sources[0].name.removesuffix(".toml"), _code()
    if code is None or not (name.isascii() and name.isalpha()):  # a workbook names its template as it likes
        return None
    try:
        data = (FOLDER / f"{name}.{kind}").read_bytes()
    except OSError:
        return None
    return pickle.loads(data[_DIGEST:]) if data[:_DIGEST] == digest(sources, code) else None  # noqa: S301


@functools.cache
def _code() -> bytes | None:
    """Return the digest of the modules that the files were made with, as they are now; None without files."""
    try:
        return digest_of((FOLDER / MODULES).read_text(encoding="utf-8").split())
    except OSError:
        return None


def digest_of(modules: Iterable[str]) -> bytes:
    digest = hashlib.sha256("\0".join(locate.macros()).encode())
    for each in modules:
        digest.update((PACKAGE / each).read_bytes())
    return digest.digest()


def digest(sources: Sequence[Source], code: bytes) -> bytes:
    texts = "\0".join(part for source in sources for part in (source.name, source.text))
    return hashlib.sha256(code + texts.encode("utf-8", "replace")).digest()
