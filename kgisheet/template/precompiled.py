"""The shipped templates parsed and settled when the wheel is built, in files that load in a tenth of the time.

A file is used only where the texts and the modules that it was made from are the ones that are here; else, as in a
checkout, the template is made from its text. Only files of this package are read: a pickle can run code, and no
workbook brings one.

    python -m kgisheet.template.precompiled [FOLDER]     writes them, where they are looked for unless told otherwise
"""

from __future__ import annotations

import functools
import hashlib
import pickle
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..values.toml import Source
from . import locate

if TYPE_CHECKING:
    from .model import Template
    from .raw import Declaration

_PACKAGE = Path(__file__).resolve().parent.parent
_FOLDER = Path(__file__).resolve().parent / "precompiled"
_MODULES = "modules.txt"
_DIGEST = hashlib.sha256().digest_size
DECLARATION, TEMPLATE = "declaration", "template"


def declaration(source: Source) -> Declaration | None:
    """Return what a shipped template's own text and its bases declare; None if it wasn't precompiled.

    A new object each time, since a template that has it as its base modifies it.
    """
    found: Declaration | None = _load(DECLARATION, [source])
    return found


def template(sources: Sequence[Source]) -> Template | None:
    """Return a shipped template settled in its first way, with all sheets; None if it wasn't precompiled."""
    found: Template | None = _load(TEMPLATE, sources)
    return found


def _load(kind: str, sources: Sequence[Source]) -> Any:
    name, code = sources[0].name.removesuffix(".toml"), _code()
    if code is None or not (name.isascii() and name.isalpha()):  # a workbook names its template as it likes
        return None
    try:
        data = (_FOLDER / f"{name}.{kind}").read_bytes()
    except OSError:
        return None
    return pickle.loads(data[_DIGEST:]) if data[:_DIGEST] == _digest(sources, code) else None  # noqa: S301


@functools.cache
def _code() -> bytes | None:
    """Return the digest of the modules that the files were made with, as they are now; None without files."""
    try:
        return _digest_of((_FOLDER / _MODULES).read_text(encoding="utf-8").split())
    except OSError:
        return None


def _without_origins(template: Template) -> Template:
    """Return the template without the origins of its cells' keys, a third of its size: only messages name them, and it has passed."""
    from .model import Origin

    nowhere = Origin(next(iter(template.cells.values())).origin.source, (), {})
    return template._replace(cells={name: cell._replace(origin=nowhere) for name, cell in template.cells.items()})


def _digest_of(modules: Iterable[str]) -> bytes:
    digest = hashlib.sha256("\0".join(locate.macros()).encode())
    for each in modules:
        digest.update((_PACKAGE / each).read_bytes())
    return digest.digest()


def _digest(sources: Sequence[Source], code: bytes) -> bytes:
    texts = "\0".join(part for source in sources for part in (source.name, source.text))
    return hashlib.sha256(code + texts.encode("utf-8", "replace")).digest()


def write(folder: Path = _FOLDER) -> None:
    """Write the files of all shipped templates to ``folder``."""
    from .declaration import open_shipped
    from .settle import settle

    folder.mkdir(parents=True, exist_ok=True)
    made = [(name, declared := open_shipped(name), settle(declared)) for name in locate.shipped()]
    modules = sorted(
        Path(module.__file__).resolve().relative_to(_PACKAGE).as_posix()
        for name, module in sys.modules.items()
        if name.startswith(f"{_PACKAGE.name}.") and module.__file__ is not None
    )
    code = _digest_of(modules)
    for name, declared, settled in made:
        for kind, sources, content in (
            (DECLARATION, declared.sources[:1], declared),
            (TEMPLATE, declared.sources, _without_origins(settled)),
        ):
            data = pickle.dumps(content, pickle.HIGHEST_PROTOCOL)
            (folder / f"{name}.{kind}").write_bytes(_digest(sources, code) + data)
    (folder / _MODULES).write_text("\n".join(modules) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(*map(Path, sys.argv[1:2]))
