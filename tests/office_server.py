"""One LibreOffice that converts file after file: run by /usr/bin/python3, which has its UNO.

    /usr/bin/python3 tests/office_server.py PROFILE

A job is a line of JSON on stdin, {"source", "target", "filter"}; its answer is a line on stdout: empty, or what
went wrong. The office ends with stdin. `office.py` is the other side of it. Imports nothing of ours.
"""

import json
import sys

from running_office import option, running, uno


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
            try:
                convert(desktop, json.loads(line))
                print(flush=True)
            except Exception as error:  # noqa: BLE001  (said, and the next job is done)
                print(repr(error).replace("\n", " "), flush=True)


if __name__ == "__main__":
    main()
