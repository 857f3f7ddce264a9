"""What may import what, and what a command may load: the tables come first, then those who look, then faults planted for them."""

from __future__ import annotations

import ast
import functools
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import source
from conftest import ROOT

import kgisheet

# From the bottom up: a module may import from its own layer and from those below it.
LAYERS = [
    {"version", "language"},
    {"errors"},
    {"values", "many", "output"},
    {"expr", "csvio", "formula", "recalc"},
    {"template"},
    {"plan"},
    {"worksheet"},
    {"layout"},
    {"xlsx"},
    {"sheetfiles"},
    {"filled"},
    {"check"},
    {"freeform", "extract", "handout"},
    {"verdict", "report", "regenerate", "diff", "into", "start", "gather"},
    {"upgrade"},
    {"api"},
    {"openpyxl", "web", "addin"},
    {"cli"},
    {"__main__"},
]

FORBIDDEN = [
    # who, must not import, why: "a.b" is the package or module and all in it, wherever the import is
    ("check", "xlsx.writer", "what looks at a workbook writes none"),
    ("check", "xlsx.patch", "what looks at a workbook writes none"),
    ("filled", "xlsx.writer", "what looks at a workbook writes none"),
    ("filled", "xlsx.patch", "what looks at a workbook writes none"),
    ("freeform", "xlsx.writer", "what looks at a workbook writes none"),
    ("freeform", "layout", "a sheet that was never ours is read as it is, not as ours are drawn"),
    ("xlsx.read", "xlsx.writer", "reading is of use without writing"),
    ("xlsx.read", "xlsx.patch", "reading is of use without writing"),
    ("xlsx.writer", "xlsx.read", "writing is of use without reading"),
    ("diff", "report", "a comparison is data; a report shows it"),
    ("regenerate", "report", "what changed is data; a report shows it"),
    ("regenerate", "cli", "files are the command line's"),
    ("upgrade", "report", "what was moved is data; a report shows it"),
    ("formula", "expr", "a workbook's formulas are read without our own expressions"),
]

# Foreign libraries: where alone each may be imported, wherever in a module; an importer may be yet to come.
FOREIGN = {
    "click": "cli.",
    "xlsxwriter": "xlsx.writer",
    "ironcalc": "recalc.engine",
    "openpyxl": "openpyxl.",
    "uno": "addin.libreoffice.office",
    "unohelper": "addin.libreoffice.office",
    "com": "addin.libreoffice.office",
    "distributed": "many.cluster",
    "lxml": "nowhere",
}

# What a command may load besides Python's own modules: of this package by the first two words, and of others.
_START = {
    "cli.addin_command",
    "cli.batch_command",
    "cli.check_command",
    "cli.collect_command",
    "cli.help",
    "cli.main",
    "cli.monthly_command",
    "cli.options",
    "cli.others",
    "cli.speech",
    "cli.template_group",
    "cli.web_command",
    "errors",
    "language.text",
    "version",
}
_MAKES = _START | {"api", "cli.files", "cli.tables", "output", "cli.terminal", "expr", "language", "layout", "plan", "template", "values", "worksheet"}  # fmt: skip
LOADED: dict[str, set[str]] = {
    "--version": _START,
    "-h": _START,
    "check -h": _START,
    # `new` says what `check` would say of the inputs: it loads the rules, and neither a check's run nor its reports.
    "new": _MAKES
    | {
        "cli.making",
        "check.called",
        "check.compare",
        "check.drafted",
        "check.finding",
        "check.grades",
        "check.letter",
        "check.rulebook",
        "check.rules",
        "check.subject",
    }
    | {"filled", "formula", "recalc.client", "report.columns", "xlsx.quickrows", "xlsx.read", "xlsx.writer"},
    "check": _MAKES
    | {
        "check",
        "cli.annotating",
        "cli.bar",
        "cli.checked",
        "cli.checking",
        "cli.folders",
        "filled",
        "handout.manifest",
        "formula",
        "recalc.client",
        "report.columns",
    }
    | {
        "report.filetext",
        "report.jsonpieces",
        "report.render",
        "report.rows",
        "report.spool",
        "report.text",
        "report.words",
        "sheetfiles.reading",
        "verdict",
        "xlsx.read",
    },
}
OTHERS = {"--version": {"click"}, "-h": {"click"}, "check -h": {"click"}, "new": {"click", "xlsxwriter"}, "check": {"click"}}
SLOW = {"tomllib", "zipfile", "hashlib", "decimal", "fractions", "xml", "email", "asyncio", "multiprocessing", "unittest"}
"""Of Python's own modules those that help and version do without."""

# In lines. A long module has two things to own.
LONGEST_MODULE, LONGEST_PART_OF_A_TEMPLATE = 400, 480

PACKAGE = Path(kgisheet.__file__).parent

# -- those who look ---------------------------------------------------------------


@functools.cache
def sources() -> Mapping[str, str]:
    """Each module's text, by its name within the package: ``check.rules.sums``; a package's own is ``check.__init__``."""
    files = sorted(PACKAGE.rglob("*.py"))
    return {".".join(path.relative_to(PACKAGE).with_suffix("").parts): path.read_text(encoding="utf-8") for path in files}


@functools.cache
def imports(module: str, text: str) -> tuple[str, ...]:
    """Absolute names of all that a module imports, wherever in it, by statement or by ``import_module``."""
    package = ("kgisheet", *module.split("."))[:-1]
    found: list[str] = []
    for node in source.nodes(text):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            name = ".".join(filter(None, [base, node.module or ""]))
            found += [name, *(f"{name}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in ("import_module", "__import__"):
            found += [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    return tuple(found)


def is_in(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def layer(module: str) -> int | None:
    return next((index for index, names in enumerate(LAYERS) if module.partition(".")[0] in names), None)


def violations(texts: Mapping[str, str]) -> Iterator[str]:
    """Each import that a table forbids."""
    for module, text in texts.items():
        for name in imports(module, text):
            package, _, target = name.partition(".")
            if package != "kgisheet":
                if package in FOREIGN and not f"{module}.".startswith(f"{FOREIGN[package].rstrip('.')}."):
                    yield f"{module} imports {name}"
                continue
            own, other = layer(module), layer(target)
            if own is not None and other is not None and other > own:
                yield f"{module} imports {target}, which is above it"
            for who, what, why in FORBIDDEN:
                if is_in(module, who) and is_in(target, what):
                    yield f"{module} imports {target}: {why}"


def loaded(command: str, folder: Path, first: str = "") -> set[str]:
    """The modules that a command has loaded when it ends."""
    code = f"""
import json, sys
{first}
from kgisheet.cli.main import run
try:
    run(sys.argv[1:])
except SystemExit:
    pass
sys.stderr.write("\\n" + json.dumps(list(sys.modules)))
"""
    given = {"new": ["new", "-o", "goal.xlsx", "--force"], "check": ["check", "goal.xlsx"]}.get(command, command.split())
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LANG": "en_US.UTF-8", "LC_ALL": ""}
    done = subprocess.run(
        [sys.executable, "-c", code, *given], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stderr.splitlines()[-1]))


def surplus(command: str, names: set[str]) -> set[str]:
    """What of the loaded modules the tables don't grant the command."""
    found: set[str] = set()
    for name in names:
        top, _, inner = name.partition(".")
        if top == "kgisheet":
            words = inner.split(".")
            if inner and not {words[0], ".".join(words[:2])} & LOADED[command] and not _is_above(inner, LOADED[command]):
                found.add(name)
        elif top not in sys.stdlib_module_names:
            if top not in OTHERS[command] and not top.startswith(("_", "sitecustomize")):
                found.add(top)
        elif LOADED[command] is _START and top in SLOW:
            found.add(top)
    return found


def _is_above(package: str, granted: set[str]) -> bool:
    """Whether a package has to be loaded for one that is granted within it."""
    return any(each.startswith(f"{package}.") for each in granted)


# -- nothing is found ------------------------------------------------------------------


def test_no_import_is_forbidden() -> None:
    assert list(violations(sources())) == []


def circles(texts: Mapping[str, str]) -> Iterator[list[str]]:
    """Modules that import one another, wherever in them the imports are, each ring once; a package's own text is its ``__init__``."""
    edges = {
        module: {target for name in imports(module, text) if (target := name.removeprefix("kgisheet.")) in texts}
        for module, text in texts.items()
    }
    done: set[str] = set()

    def visit(module: str, way: list[str]) -> Iterator[list[str]]:
        if module in way:
            yield way[way.index(module) :]
        elif module not in done:
            for target in sorted(edges[module]):
                yield from visit(target, [*way, module])
            done.add(module)

    for module in edges:
        yield from visit(module, [])


def test_no_modules_import_one_another() -> None:
    assert list(circles(sources())) == []


def test_a_planted_circle_is_found() -> None:
    planted = {**sources(), "values.a1": f"{sources()['values.a1']}\ndef late():\n    from .amounts import money\n"}
    planted["values.amounts"] += "\nfrom .a1 import address\n"
    assert [sorted(ring) for ring in circles(planted)] == [["values.a1", "values.amounts"]]


def test_every_module_has_a_layer() -> None:
    assert {module.partition(".")[0] for module in sources()} - {"__init__"} == {name for names in LAYERS for name in names}


def test_the_tables_speak_of_what_there_is() -> None:
    """A module that was renamed would leave its rule idle."""
    for who, what, _ in FORBIDDEN:
        for each in (who, what):
            assert any(is_in(module, each) for module in sources()), each
    for granted in LOADED.values():
        for each in granted:
            assert any(is_in(module.removesuffix(".__init__"), each) for module in sources()), each


@pytest.mark.parametrize("command", LOADED)
def test_a_command_loads_what_it_needs(command: str, tmp_path: Path) -> None:
    if command == "check":
        loaded("new", tmp_path)
    assert surplus(command, loaded(command, tmp_path)) == set()
    assert (tmp_path / "goal.xlsx").exists() == (command in ("new", "check"))


def test_a_workbook_is_written_without_the_checker() -> None:
    """From the library: only the command `new` says what `check` would say."""
    code = (
        "import sys; from kgisheet import api; api.workbook(api.plan_from_example('ja'), 'ja'); print(*sys.modules, sep='\\n')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    names = done.stdout.split()
    assert "kgisheet.xlsx.writer" in names
    assert [each for each in names if each.startswith(("kgisheet.check", "kgisheet.filled", "kgisheet.xlsx.read"))] == []


def too_long(files: Mapping[str, str], most: int) -> dict[str, int]:
    """The files with more lines than that, each with their number."""
    return {name: lines for name, text in files.items() if (lines := len(text.splitlines())) > most}


def of_this_repository(*patterns: str) -> dict[str, str]:
    found = (path for pattern in patterns for path in sorted(ROOT.glob(pattern)))
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in found}


def test_files_stay_small() -> None:
    """The package, its tests and the samples' makers alike; no file is excepted."""
    modules = of_this_repository("*.py", "kgisheet/**/*.py", "tests/**/*.py", "samples/**/*.py")
    assert {"hatch_build.py", "kgisheet/api.py", "tests/test_layers.py", "tests/seeding/case.py"} < modules.keys()
    assert too_long(modules, LONGEST_MODULE) == {}
    assert too_long(of_this_repository("templates/**/*.toml"), LONGEST_PART_OF_A_TEMPLATE) == {}


# -- and what is planted is ---------------------------------------------------------------

PLANTED = [
    ("values.a1", "from ..plan import load", "above"),
    ("check.run", "from ..xlsx.writer import to_bytes", "writes none"),
    ("check.rules.sums", "def late():\n    from ...xlsx import writer", "writes none"),
    ("check.subject", "if TYPE_CHECKING:\n    from ..xlsx.patch import graft", "writes none"),
    ("filled.workbook", "import kgisheet.xlsx.patch.graft", "writes none"),
    ("xlsx.writer", "from .read.reader import read", "without reading"),
    ("layout.page", "import openpyxl", "openpyxl"),
    ("check.run", "def late():\n    import openpyxl.styles", "openpyxl"),
    ("plan.load", "import importlib\nimportlib.import_module('openpyxl')", "openpyxl"),
    ("plan.load", "__import__('lxml.etree')", "lxml"),
    ("report.text", "import click", "click"),
    ("layout.build", "from xlsxwriter import Workbook", "xlsxwriter"),
    ("recalc.client", "import ironcalc", "ironcalc"),
    ("cli.checking", "import distributed", "distributed"),
]


def test_a_planted_long_file_is_found() -> None:
    planted = {"just.py": "x = 1\n" * LONGEST_MODULE, "one_more.py": "x = 1\n" * (LONGEST_MODULE + 1)}
    assert too_long(planted, LONGEST_MODULE) == {"one_more.py": LONGEST_MODULE + 1}


@pytest.mark.parametrize(("module", "line", "said"), PLANTED)
def test_a_planted_import_is_found(module: str, line: str, said: str) -> None:
    planted = {**sources(), module: f"{sources()[module]}\n{line}\n"}
    found = list(violations(planted))
    assert found
    assert all(each.startswith(f"{module} imports ") and said in each for each in found)


@pytest.mark.parametrize(
    ("command", "first", "found"),
    [
        ("--version", "import kgisheet.plan.load", "kgisheet.plan.load"),
        ("--version", "import tomllib", "tomllib"),
        ("-h", "import xlsxwriter", "xlsxwriter"),
        ("-h", "import openpyxl", "openpyxl"),
        ("new", "import kgisheet.check.run", "kgisheet.check.run"),
        ("new", "import kgisheet.freeform.read", "kgisheet.freeform"),
        ("check", "import kgisheet.xlsx.writer", "xlsxwriter"),
        ("check", "import kgisheet.regenerate.run", "kgisheet.regenerate.run"),
    ],
)
def test_a_planted_load_is_found(command: str, first: str, found: str) -> None:
    """What is loaded is asked of Python itself; what it would say is added to what the command may load."""
    code = f"import sys; {first}; print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found in surplus(command, set(done.stdout.split()))
