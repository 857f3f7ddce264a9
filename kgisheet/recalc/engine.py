"""The separate process of the engine: a workbook and changed cells in on stdin, values out on stdout. The only importer of ironcalc.

In: ``{"workbook": base64, "sets": [[[sheet, row, col, value], …], …], "ask": [[sheet, row, col], …]}``, rows and
columns from 0; out: for each set a list of the values asked for. Ends with 1 where the engine can't load the workbook.
"""

from __future__ import annotations

import base64
import contextlib
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import ironcalc

from .lean import lean

PROCESSOR, MEMORY = 4, 2**30
"""Seconds and bytes that the engine may take, where the system can hold it to them: a formula may ask it for any number of cells."""


def limit() -> None:
    """Hold this process to its limits."""
    try:
        import resource
    except ImportError:  # Windows: the client's time alone
        return
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR))
    with contextlib.suppress(ValueError, OSError):  # not on macOS
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def run(job: dict[str, Any]) -> list[list[Any]]:
    """Return the values asked for, once per set of changes; each set is applied on top of the previous one."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "book.xlsx")
        file.write_bytes(lean(base64.b64decode(job["workbook"])))
        model = ironcalc.load_from_xlsx(str(file), "en", "UTC", "en")
    sheets = {each["name"]: index for index, each in enumerate(model.get_worksheets_properties())}
    answer = []
    for changes in job["sets"]:
        for sheet, row, col, value in changes:
            where = (sheets[sheet], row + 1, col + 1)
            if value is None:
                model.clear_cell_contents(*where)
            elif isinstance(value, str):
                model.update_cell_with_text(*where, value)
            else:
                model.update_cell_with_number(*where, value)
        model.evaluate()
        answer.append(values := [model.get_cell_value(sheets[sheet], row + 1, col + 1) for sheet, row, col in job["ask"]])
        if len(answer) == 1 and all(isinstance(each, str) and each.startswith("#") for each in values):
            return answer * len(job["sets"])  # functions that it doesn't know, whatever the inputs are
    return answer


if __name__ == "__main__":
    limit()
    json.dump(run(json.load(sys.stdin)), sys.stdout)
