"""One LibreOffice that converts file after file: run by /usr/bin/python3, which has its UNO.

    /usr/bin/python3 tests/office_server.py PROFILE

A job is a line of JSON on stdin, {"source", "target", "filter"}; its answer is a line on stdout: empty, or what
went wrong. The office ends with stdin. `office.py` is the other side of it. Imports nothing of ours.
"""

import contextlib
import json
import shutil
import signal
import subprocess
import sys
import time

try:
    import uno
    from com.sun.star.beans import PropertyValue
    from com.sun.star.connection import NoConnectException
    from com.sun.star.lang import DisposedException
except ImportError as error:
    sys.exit(f"python3-uno is missing ({error}): tests/run installs it")


def option(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def convert(desktop, job):
    doc = desktop.loadComponentFromURL(uno.systemPathToFileUrl(job["source"]), "_blank", 0, (option("Hidden", True),))
    if doc is None:
        raise ValueError("LibreOffice can't load it")
    try:
        doc.storeToURL(uno.systemPathToFileUrl(job["target"]), (option("FilterName", job["filter"]),))
    finally:
        doc.close(True)


def connected(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(600):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            time.sleep(0.1)
    sys.exit("LibreOffice did not answer within a minute")


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # the office is ours to end
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        sys.exit("LibreOffice is missing: tests/run installs it")
    pipe = f"kgisheet{time.time_ns()}"
    command = [program, f"-env:UserInstallation=file://{sys.argv[1]}", "--headless", "--norestore"]
    office = subprocess.Popen(
        [*command, f"--accept=pipe,name={pipe};urp;"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        desktop = connected(pipe)
        for line in sys.stdin:
            try:
                convert(desktop, json.loads(line))
                print(flush=True)
            except Exception as error:  # noqa: BLE001  (said, and the next job is done)
                print(repr(error).replace("\n", " "), flush=True)
        with contextlib.suppress(DisposedException):
            desktop.terminate()
    except BaseException:
        office.terminate()
        raise
    finally:
        try:
            office.wait(30)
        except subprocess.TimeoutExpired:
            office.kill()


if __name__ == "__main__":
    main()
