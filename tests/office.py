"""LibreOffice, started once per test process: workbooks are saved by it as by a person, recalculated when they are opened."""

from __future__ import annotations

import atexit
import functools
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "pdf": "calc_pdf_Export"}
"""What the one that stays open can save as; what asks for more options gets a start of its own."""

# LibreOffice converts without recalculating unless this is in its profile.
_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


refused = ""
"""Why no test may start LibreOffice, or use the one that is open: set by ``conftest.py``."""


def convert(files: Iterable[Path], to: str, into: Path) -> list[Path]:
    """The files as LibreOffice saves them, recalculated."""
    assert not refused, refused
    files = list(files)
    into.mkdir(exist_ok=True)
    made = [into / f"{file.stem}.{to}" for file in files]
    if to in FILTERS:
        for source, target in zip(files, made, strict=True):
            _server().convert(source.absolute(), target.absolute(), FILTERS[to])
    else:
        _started("--convert-to", to, "--outdir", str(into), *map(str, files))
    missing = [file.name for file in made if not file.exists()]
    assert not missing, f"LibreOffice made no {missing}"
    return made


def profile() -> Path:
    """A folder for LibreOffice's settings: it always recalculates."""
    folder = Path(tempfile.mkdtemp(prefix="kgisheet-soffice-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "user").mkdir()
    (folder / "user" / "registrymodifications.xcu").write_text(_RECALCULATE)
    return folder


class _Server:
    """The other side of ``office_server.py``."""

    def __init__(self) -> None:
        script = Path(__file__).with_name("office_server.py")
        self._folder = profile()
        self._process = subprocess.Popen(
            ["/usr/bin/python3", str(script), str(self._folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        atexit.register(self.stop)

    def convert(self, source: Path, target: Path, name: str) -> None:
        job = {"source": str(source), "target": str(target), "filter": name}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        said = self._process.stdout.readline()
        assert said == "\n", f"LibreOffice, {source.name}: {said or 'it has ended'}"

    def stop(self) -> None:
        if self._process.poll() is None:
            assert self._process.stdin is not None
            self._process.stdin.close()
            self._process.wait(60)


@functools.cache
def _server() -> _Server:
    return _Server()


def _started(*args: str) -> None:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    assert program, "LibreOffice is missing: tests/run installs it"
    command = [program, f"-env:UserInstallation=file://{profile()}", "--headless", *args]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
