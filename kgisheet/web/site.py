"""The page as a folder of static files: its own, those made from the templates, Python, and this package for it."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Set
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from ..addin import icons
from ..start.fields import SHORT, STANDARD
from ..template.locate import folder
from . import figures, form

PAGE = Path(__file__).parent / "page"
_PACKAGES = ("kgisheet", "xlsxwriter")
_LICENCES = {"kgisheet": ("LICENSE",), "xlsxwriter": ("LICENSE.txt", "LICENSE")}
_LEFT_OUT = {"__pycache__", "addin", "cli", "many", "web", "openpyxl"}
_NEEDED_OF_WEB = ("__init__.py", "bridge.py", "drawn.py")
_DATE = (1980, 1, 1, 0, 0, 0)
PYTHON = "python/kgisheet.zip"

_RULES = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'{styles}; img-src 'self' data:; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"
)
POLICY = _RULES.format(scripts="", styles="")
"""What the page may load and run: nothing but its own files."""

PANE = "pane.html"
PANE_POLICY = _RULES.format(scripts=" https://appsforoffice.microsoft.com", styles=" 'unsafe-inline'")
"""What the pane in Excel may besides: Office's script from its vendor, which styles what it shows; no answer goes back there."""


def files(runtime: Mapping[str, bytes], archive: bytes, snapshot: bytes | None = None) -> dict[str, bytes]:
    """Return the page's files by their paths, with those of the runtime, the archive of `python`, and a snapshot of both."""
    found = {**own(), **{f"pyodide/{name}": data for name, data in runtime.items()}, PYTHON: archive}
    named = snapshot_name(runtime, archive) if snapshot is not None else ""
    found["start.js"] = found["start.js"].replace(b"@SNAPSHOT@", named.encode())
    version = hashlib.sha256(b"".join(hashlib.sha256(data).digest() for _, data in sorted(found.items()))).hexdigest()[:16]
    listed = json.dumps(
        {"version": version, "files": ["./", *sorted(found)], "sizes": {name: len(found[name]) for name in found}}
    )
    found["sw.js"] = found["sw.js"].replace(b'"@LISTED@"', listed.encode())
    return found if snapshot is None else {**found, named: snapshot}


def snapshot_name(runtime: Mapping[str, bytes], archive: bytes) -> str:
    """Return the path of the snapshot of a runtime and a package: no other version's is taken for it."""
    return f"python/ready-{hashlib.sha256(b''.join([*runtime.values(), archive])).hexdigest()[:16]}.snapshot"


def own() -> dict[str, bytes]:
    """Return the page's own files, and those made from the templates."""
    found = {each.name: each.read_bytes() for each in sorted(PAGE.iterdir()) if each.is_file() and ".d." not in each.name}
    found["index.html"] = found["index.html"].replace(b"@POLICY@", POLICY.encode())
    found[PANE] = found[PANE].replace(b"@PANE_POLICY@", PANE_POLICY.encode())
    found |= icons.files()  # of the add-in's buttons
    found["form.js"] = form.module().encode()
    for name in (STANDARD, SHORT):
        found[f"figures.{name}.js"] = figures.module(form.template(name), form.cells(name)).encode()
    return found


def python() -> bytes:
    """Return this package and XlsxWriter with their licences as an archive, the same bytes for the same files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted({**packages(), **licences()}.items()):
            archive.writestr(zipfile.ZipInfo(name, _DATE), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def packages(with_addin: bool = False) -> Mapping[str, bytes]:
    """Return the files of this package and XlsxWriter by their paths: what the library is without terminal and page."""
    left_out = _LEFT_OUT - {"addin"} if with_addin else _LEFT_OUT
    found: dict[str, bytes] = {}
    for name in _PACKAGES:
        spec = find_spec(name)
        assert spec is not None
        assert spec.origin is not None
        root = Path(spec.origin).parent
        for path in _files(root, left_out):
            found[f"{name}/{path.relative_to(root).as_posix()}"] = path.read_bytes()
    # In a checkout the templates lie beside the package.
    templates = folder()
    return found | {
        f"kgisheet/templates/{path.relative_to(templates).as_posix()}": path.read_bytes() for path in templates.rglob("*.toml")
    }


def _files(root: Path, left_out: Set[str]) -> Iterator[Path]:
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if not path.is_file() or (
            parts[0] in left_out and not (parts[0] == "web" and parts[1:] in {(each,) for each in _NEEDED_OF_WEB})
        ):
            continue
        if "__pycache__" not in parts:
            yield path


def licences() -> Mapping[str, bytes]:
    """Return the licences of this package and XlsxWriter by the paths that they have wherever both are passed on."""
    return {f"licenses/{name}.txt": _licence(name) for name in _PACKAGES}


def _licence(name: str) -> bytes:
    """Return a package's licence: where it is installed, or in this checkout."""
    for each in metadata.files(name) or ():
        if each.name in _LICENCES[name]:
            path = Path(str(each.locate()))
            if path.is_file():
                return path.read_bytes()
    return (Path(__file__).parents[2] / "LICENSE").read_bytes()
