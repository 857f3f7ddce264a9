"""The separate process of the engine: a workbook and changed cells in on stdin, values out on stdout. The only importer of ironcalc.

In: ``{"workbook": base64, "sets": [[[sheet, row, col, value], …], …], "ask": [[sheet, row, col], …]}``, rows and
columns from 0; out: for each set a list of the values asked for. Ends with 1 where the engine can't load the workbook.
"""

from __future__ import annotations

import base64
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import ironcalc


def run(job: dict[str, Any]) -> list[list[Any]]:
    """Return the values asked for, once per set of changes; each set is applied on top of the previous one."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "book.xlsx")
        file.write_bytes(base64.b64decode(job["workbook"]))
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
        answer.append([model.get_cell_value(sheets[sheet], row + 1, col + 1) for sheet, row, col in job["ask"]])
    return answer


if __name__ == "__main__":
    json.dump(run(json.load(sys.stdin)), sys.stdout)
