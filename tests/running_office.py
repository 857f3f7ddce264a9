"""LibreOffice with its UNO, as the scripts for the distribution's own Python start it. Imports nothing of ours."""

import contextlib
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


def desktop_of(context):
    return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)


@contextlib.contextmanager
def running(profile, shown=False):
    """The desktop of an office with that profile; it ends with the block, whatever happens there."""
    with running_context(profile, shown) as context:
        yield desktop_of(context)


@contextlib.contextmanager
def running_context(profile, shown=False):
    """An office with that profile, in a window if it is to be ``shown``, by what makes its services."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # the office is ours to end
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        sys.exit("LibreOffice is missing: tests/run installs it")
    pipe = f"kgisheet{time.time_ns()}"
    command = [
        program,
        f"-env:UserInstallation=file://{profile}",
        "--norestore",
        "--nologo",
        *([] if shown else ["--headless"]),
    ]
    office = subprocess.Popen(
        [*command, f"--accept=pipe,name={pipe};urp;"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        context = _connected(pipe)
        yield context
        with contextlib.suppress(DisposedException):
            desktop_of(context).terminate()
    except BaseException:
        office.terminate()
        raise
    finally:
        try:
            office.wait(30)
        except subprocess.TimeoutExpired:
            office.kill()


def _connected(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(600):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.1)
    sys.exit("LibreOffice did not answer within a minute")
