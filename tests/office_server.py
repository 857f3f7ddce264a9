"""One LibreOffice that does job after job: run by /usr/bin/python3, which has its UNO.

    /usr/bin/python3 tests/office_server.py PROFILE

A job is a line of JSON on stdin: {"source", "target", "filter"} to convert a file, recalculated, or {"source", "target",
"steps"} to edit it (`seeding/uno_edits.py`). Its answer is a line on stdout: empty, "refused", or what went wrong. The
office ends with stdin. `office.py` is the other side of it. Imports nothing of ours.
"""

import json
import sys
from pathlib import Path

from running_office import option, running, uno

sys.path.insert(0, str(Path(__file__).resolve().parent / "seeding"))

from uno_edits import RefusedError, edited


def convert(desktop, job):
    doc = desktop.loadComponentFromURL(uno.systemPathToFileUrl(job["source"]), "_blank", 0, (option("Hidden", True),))
    if doc is None:
        raise ValueError("LibreOffice can't load it")
    try:
        doc.storeToURL(uno.systemPathToFileUrl(job["target"]), (option("FilterName", job["filter"]),))
    finally:
        doc.close(True)


def main():
    with running(sys.argv[1]) as desktop:
        for line in sys.stdin:
            job = json.loads(line)
            try:
                (edited if "steps" in job else convert)(desktop, job)
                print(flush=True)
            except RefusedError:
                print("refused", flush=True)
            except Exception as error:  # noqa: BLE001  (said, and the next job is done)
                print(repr(error).replace("\n", " "), flush=True)


if __name__ == "__main__":
    main()
