"""Pictures of every sheet, to be looked at: as it prints and as it is on the screen of a small laptop.

    tests/pictures [--out DIR] [--only NAME] [--screens] [--prints] [--dpi N]
    tests/pictures --samples        (the pictures of the READMEs, in samples/)

NAME is a kind (example, eight, large, half, low), a workbook of it (half.ja) or a workbook's path. DIR (pictures/ where it is
not given) then holds the workbooks, PDFs and PNGs, and index.html with the languages side by side.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import office
from picturing import plans
from picturing.png import cropped

SCREEN = "1366x768"

_READY = str(Path(__file__).parent.parent / "samples" / "ready" / "standard.{lang}.xlsx")
SAMPLES = {
    "goal-sheet": (_READY.format(lang="ja"), 1),
    "goal-sheet.en": (_READY.format(lang="en"), 1),
    "plan-vs-actual": ("half.ja", 2),
    "plan-vs-actual.en": ("half.en", 2),
    "approval": (_READY.format(lang="ja"), 4),
    "input-form": (plans.FORM, 1),
}
"""The pictures of the READMEs: a workbook, and a page of its print."""

# 游ゴシック is not free: the nearest in width (a digit is 0.56 of its size in both) takes its place.
_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<match target="pattern"><test name="family"><string>Yu Gothic</string></test>
<edit name="family" mode="assign" binding="strong"><string>Noto Sans CJK JP</string></edit></match></fontconfig>
"""
_QUIET = """<item oor:path="/org.openoffice.Office.Common/Misc">
<prop oor:name="ShowTipOfTheDay" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="FirstRun" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Setup/Product"><prop oor:name="ooSetupLastVersion" oor:op="fuse"><value>99</value></prop></item>
</oor:items>"""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="tests/pictures", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=Path("pictures"))
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--screens", action="store_true", help="screenshots alone")
    parser.add_argument("--prints", action="store_true", help="printed pages alone")
    parser.add_argument("--dpi", type=int, default=80)
    parser.add_argument("--samples", action="store_true", help="write the pictures of the READMEs")
    asked = parser.parse_args(arguments)
    if asked.samples:
        asked.only = sorted({name for name, _ in SAMPLES.values()})
    books = written(asked.only, asked.out)
    with tempfile.TemporaryDirectory(prefix="kgisheet-fonts-") as folder:
        fonts = Path(folder, "fonts.conf")
        fonts.write_text(_FONTS)
        os.environ["FONTCONFIG_FILE"] = str(fonts)
        if asked.samples:
            samples(books, asked.out)
            return 0
        if not asked.screens:
            prints(books, asked.out, asked.dpi)
        if not asked.prints:
            screens(books, asked.out)
    index(books, asked.out)
    print(asked.out / "index.html")
    return 0


def written(only: list[str], out: Path) -> list[Path]:
    """Write the workbooks that are asked for into the folder."""
    out.mkdir(parents=True, exist_ok=True)
    books = []
    for name in plans.NAMES if not only else [each for one in only for each in _named(one)]:
        if name in (*plans.NAMES, plans.FORM):
            books.append(out / f"{name}.xlsx")
            books[-1].write_bytes(plans.workbook(name))
        else:
            books.append(Path(shutil.copy(name, out / Path(name).name)))
    return books


def _named(one: str) -> list[str]:
    found = [name for name in (*plans.NAMES, plans.FORM) if one in (name, name.partition(".")[0])]
    if not found and not Path(one).exists():
        sys.exit(f"tests/pictures: no workbook {one}; there are {', '.join(plans.NAMES)}")
    return found or [one]


def prints(books: list[Path], out: Path, dpi: int) -> None:
    """Draw every printed page: BOOK/02-SHEET-1.png, named by the page's own footer."""
    for pdf in office.convert(books, "pdf", out):
        folder = _emptied(out / pdf.stem)
        subprocess.run(["pdftoppm", "-r", str(dpi), "-png", pdf, folder / "p"], check=True)
        text = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout
        for number, (page, said) in enumerate(zip(sorted(folder.glob("p-*.png")), text.split("\f"), strict=False), start=1):
            footer = re.findall(r"^ *\S+ — (.+?)(?: {2,}.*)?$", said, re.MULTILINE)
            page.rename(folder / f"{number:02}-{footer[-1].strip() if footer else 'page'}.png")


def samples(books: list[Path], out: Path) -> None:
    """Write the pictures of the READMEs, each without the white around it."""
    made = {pdf.stem: pdf for pdf in office.convert(books, "pdf", out)}
    for name, (book, page) in SAMPLES.items():
        command = ["pdftoppm", "-r", "100", "-f", str(page), "-l", str(page), made[Path(book).name.removesuffix(".xlsx")]]
        drawn = subprocess.run(command, check=True, capture_output=True).stdout
        path = Path(__file__).parent.parent / "samples" / f"{name}.png"
        path.write_bytes(cropped(drawn))
        print(path)


def screens(books: list[Path], out: Path) -> None:
    """Take each sheet on the screen, of the months' tabs the first one: BOOK/screen-02-SHEET.png."""
    jobs = []
    for book in books:
        folder = out / book.stem
        folder.mkdir(exist_ok=True)
        for old in folder.glob("screen-*.png"):
            old.unlink()
        jobs.append(json.dumps({"book": str(book.absolute()), "folder": str(folder.absolute())}))
    profile = office.profile()
    settings = profile / "user" / "registrymodifications.xcu"
    settings.write_text(settings.read_text().replace("</oor:items>", _QUIET))
    script = Path(__file__).with_name("picturing") / "screens.py"
    subprocess.run(["/usr/bin/python3", script, profile, SCREEN], input="\n".join(jobs), text=True, check=True)


def _emptied(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    for old in folder.glob("[0-9p]*.png"):
        old.unlink()
    return folder


def index(books: list[Path], out: Path) -> None:
    """Write the page that shows the pictures, each kind's languages side by side."""
    kinds: dict[str, list[str]] = {}
    for book in books:
        kinds.setdefault(book.stem.partition(".")[0], []).append(book.stem)
    parts = []
    for kind, stems in kinds.items():
        columns = []
        for stem in stems:
            pictures = sorted((out / stem).glob("*.png"), key=lambda each: (each.stem[0].isdigit(), each.name))
            shown = "".join(
                f'<p>{html.escape(each.stem)}<br><img loading="lazy" src="{stem}/{html.escape(each.name)}"></p>'
                for each in pictures
            )
            columns.append(f"<td><h3>{stem}</h3>{shown}</td>")
        parts.append(f"<h2>{kind}</h2><table><tr>{''.join(columns)}</tr></table>")
    style = "td{vertical-align:top;padding:8px}img{max-width:46vw;border:1px solid #bbb}"
    (out / "index.html").write_text(
        f"<!doctype html><meta charset=utf-8><title>kgisheet</title><style>{style}</style>{''.join(parts)}", encoding="utf-8"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
