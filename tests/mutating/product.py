"""Mutations of the product itself, which the suite must kill: a rule switched off, a condition turned round.

    tests/sweep mutants [--share N] [--first K] [--only PATH]

Each is made in a copy of the repository, in which the test files run that should notice (``SUITES``), without
LibreOffice, until one fails. A mutant that no test notices is printed: the test that it lacks is cheap to write, or the
mutant is no other program (``EQUIVALENT`` says why).
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from conftest import ROOT

SUITES: dict[str, tuple[str, ...]] = {
    "check/rules": (
        "test_check_rules", "test_check_typed", "test_causes", "test_beyond_check", "test_unseen", "test_names", "test_exported", "test_record_gone",
        "test_renamed_channels", "test_marks", "test_scenarios", "test_edited_formulas", "test_sentences", "test_new_warns", "test_tolerance",
        "test_foreign", "test_foreign_odd", "test_foreign_samples", "test_foreign_random", "test_check", "test_inserted_lines",
    ),
    "expr": ("test_expr", "test_worked_example", "test_by_contract", "test_formula_forms", "test_template", "test_referees", "test_edited_formulas"),
    "values": ("test_plan", "test_plan_slips", "test_figures", "test_rounding_sweep", "test_worked_example", "test_check_typed", "test_foreign", "test_foreign_words"),
    "worksheet": ("test_worked_example", "test_by_contract", "test_monthly_worked", "test_both_ways", "test_abm", "test_scenarios"),
    "regenerate": (
        "test_regenerate", "test_monthly_files", "test_monthly_programs", "test_year", "test_typed_stays", "test_renamed_channels",
        "test_plan_of_months", "test_inserted_lines", "test_older_states", "test_backups", "test_monthly_csv",
    ),
}  # fmt: skip
"""The tests that should notice, by where a mutant is; the likeliest first."""


class Mutant(NamedTuple):
    path: str
    """Within the package: ``check/rules/actuals.py``."""
    function: str
    kind: str

    def __str__(self) -> str:
        return f"{self.path}:{self.function}: {self.kind}"


OFF, TURNED = "says nothing", "first condition turned"


def mutants(package: Path = ROOT / "kgisheet") -> list[Mutant]:
    """Of each function in reach: the rule says nothing; its first condition turned round."""
    found = []
    for folder in SUITES:
        for path in sorted((package / folder).rglob("*.py")):
            for name, node in _functions(ast.parse(path.read_text(encoding="utf-8"))):
                where = str(path.relative_to(package))
                found += [Mutant(where, name, kind) for kind in (OFF, TURNED) if _can(node, kind)]
    return found


def _functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.{each.name}", each) for each in node.body if isinstance(each, ast.FunctionDef))


def _can(node: ast.FunctionDef, kind: str) -> bool:
    if kind == OFF:
        return node.returns is not None and ast.unparse(node.returns) == "Iterator[Finding]"
    return _condition(node) is not None


def _condition(node: ast.FunctionDef) -> ast.If | ast.IfExp | None:
    return next((each for each in ast.walk(node) if isinstance(each, ast.If | ast.IfExp)), None)


def mutated(text: str, mutant: Mutant) -> str:
    """The module's text with the mutant in it."""
    tree = ast.parse(text)
    node = next(node for name, node in _functions(tree) if name == mutant.function)
    if mutant.kind == OFF:
        node.body = ast.parse("yield from ()").body
    else:
        found = _condition(node)
        assert found is not None
        found.test = ast.UnaryOp(ast.Not(), found.test)
    return ast.unparse(ast.fix_missing_locations(tree))


class Workshop:
    """A copy of the repository, in which one mutant after the other is put to the tests."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "kgisheet"
        skipped = shutil.ignore_patterns(".git", ".venv", ".sweep", "precompiled", ".*_cache", ".hypothesis", "dist", "build")
        shutil.copytree(ROOT, self.root, ignore=skipped)

    def killer(self, mutant: Mutant) -> str:
        """The test that notices it; empty where none does."""
        path = self.root / "kgisheet" / mutant.path
        text = path.read_text(encoding="utf-8")
        path.write_text(mutated(text, mutant), encoding="utf-8")
        try:
            return self._first_failure(mutant)
        finally:
            path.write_text(text, encoding="utf-8")

    def _first_failure(self, mutant: Mutant) -> str:
        suites = next(files for folder, files in SUITES.items() if mutant.path.startswith(f"{folder}/"))
        there = [path for each in suites if (path := self.root / "tests" / f"{each}.py").exists()]
        likely = sorted(there, key=lambda path: -_speaks_of(path.read_text(encoding="utf-8"), mutant))
        # -B: an edit within the second that the file was written in must not be taken for what was compiled.
        command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "--tb=no", "-m", "not office", *map(str, likely)]
        done = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=False, timeout=1800)
        if done.returncode == 0:
            return ""
        failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
        return failed[0].partition(" - ")[0].partition(" ")[2] if failed else done.stdout[-300:] or "did not start"


def _speaks_of(text: str, mutant: Mutant) -> int:
    """How often a test file says the words of a mutant's module and function: where to begin, for most fall there."""
    words = {Path(mutant.path).stem, mutant.function.rpartition(".")[2].strip("_")}
    return sum(len(re.findall(rf"\b{re.escape(word)}\b", text)) for word in words)
