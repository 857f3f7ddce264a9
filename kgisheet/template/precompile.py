"""The writing of the files that `precompiled` loads.

python -m kgisheet.template.precompile [FOLDER]     where they are looked for, unless told otherwise
"""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

from . import locate, precompiled
from .declaration import open_shipped
from .model import Origin, Template
from .raw import Declaration
from .settle import settle


def write(folder: Path = precompiled.FOLDER) -> None:
    """Write the files of all shipped templates to ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    made = [
        (name, declared := open_shipped(name), settle(declared), settle(declared, sheets=_everyday(declared)))
        for name in locate.shipped()
    ]
    modules = sorted(
        Path(module.__file__).resolve().relative_to(precompiled.PACKAGE).as_posix()
        for name, module in sys.modules.items()
        if name.startswith(f"{precompiled.PACKAGE.name}.") and module.__file__ is not None
    )
    code = precompiled.digest_of(modules)
    for name, declared, settled, everyday in made:
        for kind, sources, content in (
            (precompiled.DECLARATION, declared.sources[:1], declared),
            (precompiled.TEMPLATE, declared.sources, _without_origins(settled)),
            (precompiled.EVERYDAY, declared.sources, _without_origins(everyday)),
        ):
            data = pickle.dumps(content, pickle.HIGHEST_PROTOCOL)
            (folder / f"{name}.{kind}").write_bytes(precompiled.digest(sources, code) + data)
    (folder / precompiled.MODULES).write_text("\n".join(modules) + "\n", encoding="utf-8")


def _everyday(declared: Declaration) -> tuple[str, ...]:
    return declared.listed.with_needed(declared.listed.everyday)


def _without_origins(template: Template) -> Template:
    """Return the template without the origins of its cells' keys, a third of its size: only messages name them, and it has passed."""
    nowhere = Origin(next(iter(template.cells.values())).origin.source, (), {})
    return template._replace(cells={name: cell._replace(origin=nowhere) for name, cell in template.cells.items()})


if __name__ == "__main__":
    write(*map(Path, sys.argv[1:2]))
