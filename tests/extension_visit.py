"""A folder of its own for a visit to LibreOffice with the extension, and the visit as a user that isn't root: `unopkg` refuses root."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kgisheet.addin.libreoffice import package

TESTS = Path(__file__).parent
_OTHER = 65534
"""The user nobody, where root runs the tests."""

_SCRIPTS = ("extension_client.py", "extension_shots.py", "running_office.py")


@contextlib.contextmanager
def folder(files: Mapping[str, bytes]) -> Iterator[Path]:
    """The folder with these files, the extension and the scripts that look at it; it is gone afterwards."""
    found = Path(tempfile.mkdtemp(prefix="kgisheet-extension-", dir="/tmp"))
    try:
        for name, content in {**files, "kgisheet.oxt": package.oxt()}.items():
            (found / name).write_bytes(content)
        for name in _SCRIPTS:
            shutil.copy(TESTS / name, found)
        if os.geteuid() == 0:
            for each in (found, *found.iterdir()):
                os.chown(each, _OTHER, _OTHER)
        yield found
    finally:
        shutil.rmtree(found, ignore_errors=True)


def run(where: Path, command: Sequence[str], **environment: str) -> str:
    """What a command says there, which runs as another user if we are root."""
    as_other = ["setpriv", f"--reuid={_OTHER}", f"--regid={_OTHER}", "--clear-groups"] if os.geteuid() == 0 else []
    known = {"PATH": os.environ["PATH"], "HOME": str(where), "LC_ALL": "C.UTF-8", **environment}
    ran = subprocess.run([*as_other, *command], cwd=where, env=known, capture_output=True, text=True, timeout=240, check=False)
    assert ran.returncode == 0, ran.stderr[-3000:]
    return ran.stdout
