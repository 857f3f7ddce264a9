"""Imports run downward only; the libraries that are slow or foreign have one importer each."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

from conftest import ROOT

import kgisheet

# From the bottom up: a module may import from its own layer and from those below it.
LAYERS = [
    {"version", "language"},
    {"errors"},
    {"values"},
    {"expr", "csvio", "formula", "recalc"},
    {"template"},
    {"plan"},
    {"worksheet"},
    {"layout"},
    {"xlsx"},
    {"filled"},
    {"check"},
    {"freeform", "extract"},
    {"verdict", "report", "regenerate", "diff"},
    {"api"},
    {"cli"},
    {"__main__"},
]
ONLY_IMPORTER = {"xlsxwriter": "xlsx/writer.py", "click": "cli/", "ironcalc": "recalc/engine.py"}
PACKAGE = Path(kgisheet.__file__).parent


def imports(path: Path) -> list[str]:
    """Absolute names of all that a module imports, wherever in it."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    package = parts[:-1]
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, [base, node.module or ""]))
            found.append(module)
            found += [f"{module}.{alias.name}" for alias in node.names]
    return found


def layer(name: str) -> int:
    return next(index for index, names in enumerate(LAYERS) if name in names)


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def test_the_guard_sees_imports_at_all() -> None:
    assert "kgisheet.errors" in imports(PACKAGE / "expr" / "render" / "excel.py") or "kgisheet.expr.guard" in imports(
        PACKAGE / "expr" / "render" / "excel.py"
    )
    assert sum(len(imports(path)) for path in modules()) > 200


def test_imports_run_downward_only() -> None:
    upward = []
    for path in modules():
        own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if own == "__init__":
            continue
        for name in imports(path):
            package, _, rest = name.partition(".")
            target = rest.partition(".")[0]
            known = {each for names in LAYERS for each in names}
            if package == "kgisheet" and target in known and layer(target) > layer(own):
                upward.append((str(path.relative_to(PACKAGE)), name))
    assert upward == []


def test_every_module_has_a_layer() -> None:
    tops = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in modules()} - {"__init__"}
    assert tops == {name for names in LAYERS for name in names}


def test_foreign_libraries_have_one_importer() -> None:
    for library, place in ONLY_IMPORTER.items():
        users = {
            str(path.relative_to(PACKAGE)) for path in modules() if any(n.partition(".")[0] == library for n in imports(path))
        }
        assert users
        assert all(user.startswith(place) for user in users), (library, users)


def test_new_does_not_pay_for_what_it_does_not_use() -> None:
    code = "import sys; from kgisheet.cli.main import run; run(['new', '-o', sys.argv[1]]); print('openpyxl' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code, "/dev/null/x"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "False"


def test_files_stay_small() -> None:
    long = {
        str(path.relative_to(ROOT)): n for path in modules() if (n := len(path.read_text(encoding="utf-8").splitlines())) > 420
    }
    assert long == {}
    parts = {
        path.name: n
        for path in (ROOT / "templates").rglob("*.toml")
        if (n := path.read_text(encoding="utf-8").count("\n")) > 480
    }
    assert parts == {}
