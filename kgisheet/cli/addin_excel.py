"""The command ``kgisheet addin excel``: writes the manifest and its icons, and says what to do with them."""

from __future__ import annotations

from pathlib import Path

from ..addin import excel
from . import newfolder
from .speech import put, say


def run(folder: str, base: str | None) -> int:
    """Write the add-in into a folder that is new or empty; raise OutputError, RequestError for an address that can't be."""
    where = base if base is not None else excel.ADDRESS
    newfolder.write(folder, excel.files(where))
    file = Path(folder) / "manifest.xml"
    put(
        say(
            f"{file} を書き出しました。{excel.address(where)} にページを置き(kgisheet web --build)、このファイルをExcelに登録してください",
            f"{file} written; put the page (kgisheet web --build) at {excel.address(where)} and give Excel this file",
        )
    )
    return 0
