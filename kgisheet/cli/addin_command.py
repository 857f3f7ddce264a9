"""`kgisheet addin`: the add-ins for spreadsheet programs, one command each."""

from __future__ import annotations

import click

from . import options
from .help import Command, Group
from .speech import say


@click.group(
    cls=Group,
    help=say(
        "表計算ソフトのアドインを書き出します。開いているブックの上で、同じ検査・更新ができます。",
        "Writes the add-ins for spreadsheet programs: the same checks and updates where the workbook is open.",
    ),
)
def addin() -> None:
    pass


@addin.command(
    "excel",
    cls=Command,
    help=say(
        "Excelのアドインのマニフェストとアイコンを書き出します。リボンに KGI のボタンが加わります。",
        "Writes the add-in for Excel: manifest and icons.",
    ),
)
@click.option(
    "-o",
    "--output",
    "folder",
    required=True,
    metavar="DIR",
    help=say("書き出す先の新しいフォルダー", "the new folder to write into"),
)
@click.option(
    "--base-url",
    "base",
    metavar="URL",
    help=say(
        "kgisheet web --build のフォルダーを公開したhttpsのアドレス(省略時は kgisheet web の http://localhost:8000/)",
        "the https address of the folder that kgisheet web --build wrote (http://localhost:8000/ of kgisheet web if left out)",
    ),
)
def excel(folder: str, base: str | None) -> int:
    from . import addin_excel

    return addin_excel.run(folder, base)


@addin.command(
    "libreoffice",
    cls=Command,
    help=say(
        "LibreOfficeの拡張機能を書き出します。Calcに KGI のメニューとツールバーが加わります。",
        "Writes the extension for LibreOffice Calc (.oxt).",
    ),
)
@options.output("FILE.oxt", "書き出す拡張機能(省略時は kgisheet.oxt)", "the extension to write (kgisheet.oxt if left out)")
@options.FORCE
@click.option("--answer", is_flag=True, hidden=True)  # asked by the extension where LibreOffice brings an older Python
def libreoffice(output: str | None, force: bool, answer: bool) -> None:
    from . import addin_libreoffice

    if answer:
        addin_libreoffice.answer()
    else:
        addin_libreoffice.write(output or "kgisheet.oxt", force)
