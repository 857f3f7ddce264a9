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
from typing import Any

FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "ods": "calc8", "pdf": "calc_pdf_Export", "csv": "Text - txt - csv (StarCalc)"}
"""What it saves as."""

Step = list[Any]
"""The name of a function of ``seeding/uno_edits.py``, then its arguments."""

REFUSED = "refused"
"""LibreOffice did nothing, as it would for a person."""

# LibreOffice converts without recalculating unless this is in its profile.
_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


refused = ""
"""Why no test may start LibreOffice, or use the one that is open: set by ``conftest.py``."""


AS_SHOWN = "44,34,76,1,,0,false,true,true,false,false"
"""The options of a CSV in UTF-8 with what the cells show, of the first sheet."""


def convert(files: Iterable[Path], to: str, into: Path, options: str = "") -> list[Path]:
    """The files as LibreOffice saves them, recalculated; ``options`` are its own for the kind of file."""
    assert not refused, refused
    files = list(files)
    into.mkdir(exist_ok=True)
    made = [into / f"{file.stem}.{to}" for file in files]
    for source, target in zip(files, made, strict=True):
        job = {"source": str(source.absolute()), "target": str(target.absolute()), "filter": FILTERS[to], "options": options}
        said = _server().ask(job)
        assert not said, f"LibreOffice, {source.name}: {said}"
    missing = [file.name for file in made if not file.exists()]
    assert not missing, f"LibreOffice made no {missing}"
    return made


Sheet = tuple[str, list[list[Any]], list[tuple[int, int, str]]]
"""Title, rows of values, and errors by row and column."""


def values(data: bytes) -> list[Sheet]:
    """What the cells of the workbook hold in the open program, which has recalculated them."""
    assert not refused, refused
    with tempfile.TemporaryDirectory(prefix="kgisheet-values-") as folder:
        source, target = Path(folder, "in.xlsx"), Path(folder, "out.json")
        source.write_bytes(data)
        said = _server().ask({"source": str(source), "target": str(target)})
        assert not said, f"LibreOffice: {said}"
        return [(title, rows, errors) for title, rows, errors in json.loads(target.read_text(encoding="utf-8"))]


def edit(data: bytes, steps: list[Step]) -> bytes | str:
    """The workbook with the steps done in the open program, or what it said to them."""
    assert not refused, refused
    with tempfile.TemporaryDirectory(prefix="kgisheet-edit-") as folder:
        source, target = Path(folder, "in.xlsx"), Path(folder, "out.xlsx")
        source.write_bytes(data)
        said = _server().ask({"source": str(source), "target": str(target), "steps": steps})
        return said or target.read_bytes()


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

    def ask(self, job: dict[str, Any]) -> str:
        """What went wrong, if anything did."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        said = self._process.stdout.readline()
        return said.rstrip("\n") if said else "it has ended"

    def stop(self) -> None:
        if self._process.poll() is None:
            assert self._process.stdin is not None
            self._process.stdin.close()
            self._process.wait(60)


@functools.cache
def _server() -> _Server:
    return _Server()
