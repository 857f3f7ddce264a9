"""Pictures of the extension's menu and windows in a LibreOffice on a screen, in both languages: look at them after a change.

    tests/extension_pictures.py [--into FOLDER]

Needs Xvfb, ImageMagick, xdotool, a window manager (openbox) and for Japanese libreoffice-l10n-ja: it says which is missing.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import extension_visit
from test_libreoffice_addin import PLAN, wrong
from test_web import worked_in

NEEDED = {"xvfb-run": "xvfb", "import": "imagemagick", "xdotool": "xdotool", "openbox": "openbox"}
SCREEN = "openbox & sleep 1; exec /usr/bin/python3 extension_shots.py {}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", default="pictures", type=Path)
    into = parser.parse_args().into
    missing = [package for program, package in NEEDED.items() if shutil.which(program) is None]
    if missing:
        sys.exit(f"missing: apt-get install --no-install-recommends {' '.join(missing)} libreoffice-l10n-ja")
    into.mkdir(exist_ok=True)
    for lang in ("ja", "en"):
        files = {"wrong.xlsx": wrong(lang), "worked.xlsx": worked_in(), "plan.toml": PLAN.encode()}
        with extension_visit.folder(files) as folder:
            command = ["xvfb-run", "-a", "-s", "-screen 0 1366x768x24", "bash", "-c", SCREEN.format(lang)]
            extension_visit.run(folder, command)
            for each in sorted(folder.glob("*.png")):
                shutil.copyfile(each, into / f"libreoffice-{each.name}")
                print(into / f"libreoffice-{each.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
