"""One LibreOffice that does job after job: run by /usr/bin/python3, which has its UNO.

    /usr/bin/python3 tests/office_server.py PROFILE

A job is a line of JSON on stdin: {"source", "target", "filter", "options"} to convert a file, recalculated, {"source", "target",
"steps"} to edit it (`seeding/uno_edits.py`), or {"source", "target"} for what its cells hold, recalculated, as JSON. Its answer is a line on stdout: empty, "refused", or what went wrong. The
office ends with stdin. `office.py` is the other side of it. Imports nothing of ours.
"""

import contextlib
import json
import sys
from pathlib import Path

from running_office import option, running, uno

sys.path.insert(0, str(Path(__file__).resolve().parent / "seeding"))

from uno_edits import RefusedError, edited


@contextlib.contextmanager
def loaded(desktop, job):
    doc = desktop.loadComponentFromURL(uno.systemPathToFileUrl(job["source"]), "_blank", 0, (option("Hidden", True),))
    if doc is None:
        raise ValueError("LibreOffice can't load it")
    try:
        yield doc
    finally:
        doc.close(True)


def convert(desktop, job):
    with loaded(desktop, job) as doc:
        more = (option("FilterOptions", job["options"]),) if job.get("options") else ()
        doc.storeToURL(uno.systemPathToFileUrl(job["target"]), (option("FilterName", job["filter"]), *more))


ERRORS = 4
"""com.sun.star.sheet.FormulaResult.ERROR"""


def values(desktop, job):
    """Writes a list of [title, rows of values, [[row, column, error], …]]: to store the file takes as long again as to load it."""
    found = []
    with loaded(desktop, job) as doc:
        for sheet in doc.Sheets:
            cursor = sheet.createCursor()
            cursor.gotoEndOfUsedArea(False)
            end = cursor.RangeAddress
            rows = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow).getDataArray()
            wrong = [
                [row, column, sheet.getCellByPosition(column, row).getString()]
                for area in sheet.queryFormulaCells(ERRORS).RangeAddresses
                for row in range(area.StartRow, area.EndRow + 1)
                for column in range(area.StartColumn, area.EndColumn + 1)
            ]
            at_errors = {(row, column) for row, column, _ in wrong}
            plain = [
                [None if (at, column) in at_errors else value for column, value in enumerate(row)]
                for at, row in enumerate(rows)
            ]
            found.append([sheet.Name, plain, wrong])
    Path(job["target"]).write_text(json.dumps(found), encoding="utf-8")


def main():
    with running(sys.argv[1]) as desktop:
        for line in sys.stdin:
            job = json.loads(line)
            try:
                (edited if "steps" in job else convert if "filter" in job else values)(desktop, job)
                print(flush=True)
            except RefusedError:
                print("refused", flush=True)
            except Exception as error:  # noqa: BLE001  (said, and the next job is done)
                print(repr(error).replace("\n", " "), flush=True)


if __name__ == "__main__":
    main()
