"""Screenshots of workbooks in LibreOffice Calc, at 100 % on a screen of its own: run by /usr/bin/python3, which has its UNO.

    /usr/bin/python3 tests/picturing/screens.py PROFILE WIDTHxHEIGHT < jobs

A job is a line of JSON: {"book", "folder"}. Each sheet that can be seen becomes FOLDER/screen-02-TITLE.png, of the months'
tabs the first one. Imports nothing of ours.
"""

import contextlib
import json
import os
import re
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from running_office import option, running, uno

from picturing.png import png


@contextlib.contextmanager
def screen(size):
    """An X server without a monitor; gives the file that holds what is on it."""
    with tempfile.TemporaryDirectory(prefix="kgisheet-screen-") as folder:
        reads, writes = os.pipe()
        command = [
            "Xvfb",
            "-displayfd",
            str(writes),
            "-screen",
            "0",
            f"{size}x24",
            "-dpi",
            "96",
            "-fbdir",
            folder,
            "-nolisten",
            "tcp",
        ]
        server = subprocess.Popen(command, pass_fds=[writes], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(writes)
        try:
            with os.fdopen(reads) as said:
                number = said.readline().strip()
            if not number:
                sys.exit("Xvfb did not start")
            os.environ |= {"DISPLAY": f":{number}", "SAL_USE_VCLPLUGIN": "gen"}
            yield Path(folder, "Xvfb_screen0")
        finally:
            server.terminate()
            server.wait(30)


def pictured(dump):
    """A dump of an X screen (XWD: a header of 32-bit numbers, colours, then 4 bytes a pixel) as a PNG."""
    head = struct.unpack(">25I", dump[:100])
    width, height, line, colours = head[4], head[5], head[12], head[19]
    start = head[0] + 12 * colours
    rows = []
    for y in range(height):
        row = dump[start + y * line : start + y * line + 4 * width]
        pixels = bytearray(3 * width)
        pixels[0::3], pixels[1::3], pixels[2::3] = row[2::4], row[1::4], row[0::4]
        rows.append(bytes(pixels))
    return png(width, rows)


def settled(shown):
    """What is on the screen once nothing has changed for a second."""
    before, since = b"", time.monotonic()
    while time.monotonic() - since < 1:
        time.sleep(0.25)
        now = shown.read_bytes()
        if now != before:
            before, since = now, time.monotonic()
    return before


def chosen(sheets):
    """The sheets that are looked at: those that can be seen, of the months' tabs the first one."""
    seen = [sheet for sheet in (sheets.getByIndex(at) for at in range(sheets.Count)) if sheet.IsVisible]
    tabs = [sheet.Name for sheet in seen if re.fullmatch(r"\d{4}-\d\d", sheet.Name)]
    return [sheet for sheet in seen if sheet.Name not in tabs[1:]]


def main():
    width, height = (int(each) for each in sys.argv[2].split("x"))
    with screen(sys.argv[2]) as shown, running(sys.argv[1], shown=True) as desktop:
        for line in sys.stdin:
            job = json.loads(line)
            doc = desktop.loadComponentFromURL(
                uno.systemPathToFileUrl(job["book"]), "_default", 0, (option("ReadOnly", False),)
            )
            try:
                controller = doc.CurrentController
                controller.Frame.ContainerWindow.setPosSize(0, 0, width, height, 15)
                if controller.Sidebar is not None:
                    controller.Sidebar.setVisible(False)
                controller.ZoomType, controller.ZoomValue = 3, 100
                for number, sheet in enumerate(chosen(doc.Sheets), start=1):
                    controller.setActiveSheet(sheet)
                    picture = Path(job["folder"], f"screen-{number:02}-{sheet.Name}.png")
                    picture.write_bytes(pictured(settled(shown)))
            finally:
                doc.close(True)


if __name__ == "__main__":
    main()
