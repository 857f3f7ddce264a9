"""The table of packages in docs/ARCHITECTURE.md, from their docstrings."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import kgisheet

ROOT = Path(__file__).resolve().parents[2]
PAGE = "docs/ARCHITECTURE.md"
_PACKAGE = Path(kgisheet.__file__).parent
_BLOCK = re.compile(r"(<!-- modules -->\n)(.*?)(<!-- /modules -->)", re.DOTALL)


def fresh() -> str:
    """Return the page with its table as the packages are now."""
    text = (ROOT / PAGE).read_text(encoding="utf-8")
    assert _BLOCK.search(text), f"{PAGE} has no place for the table of modules"
    rows = "\n".join(f"| `{name}` | {about} |" for name, about in listed())
    return _BLOCK.sub(lambda found: f"{found[1]}\n| module | owns |\n|---|---|\n{rows}\n\n{found[3]}", text)


def listed() -> Iterator[tuple[str, str]]:
    """Yield each package and each module at the top, with the first sentence of its docstring; packages within packages too."""
    for path in sorted(_PACKAGE.rglob("*.py")):
        parts = path.relative_to(_PACKAGE).parts
        is_package = path.name == "__init__.py"
        if is_package == (len(parts) == 1):  # the package itself, and modules within packages
            continue
        name = ".".join(parts[:-1] if is_package else (*parts[:-1], path.stem))
        yield name, _first_sentence(path)


def _first_sentence(path: Path) -> str:
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert text, f"{path} has no docstring"
    return " ".join(text.split("\n\n")[0].split()).replace("|", "\\|").replace("``", "`")
