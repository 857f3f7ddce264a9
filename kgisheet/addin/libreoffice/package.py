"""The .oxt: the description, the component, icons, this package with XlsxWriter, their licences; the same bytes for the same files."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from ...web import site
from .. import icons
from . import registry

_FOLDER = Path(__file__).parent
_DATE = (1980, 1, 1, 0, 0, 0)
_LEFT_OUT = ("kgisheet/template/precompiled/",)
"""They are as large as all the rest, and spare a tenth of a second once per session."""


def oxt() -> bytes:
    """Return the extension's file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files().items(), key=lambda each: (not each[0].startswith("META-INF"), each[0])):
            archive.writestr(zipfile.ZipInfo(name, _DATE), data, zipfile.ZIP_DEFLATED, 9)
    return stream.getvalue()


def files() -> dict[str, bytes]:
    """Return the extension's files by their paths."""
    library = {
        f"python/{name}": data for name, data in site.packages(with_addin=True).items() if not name.startswith(_LEFT_OUT)
    }
    return {
        **{name: text.encode() for name, text in registry.files().items()},
        registry.COMPONENT: (_FOLDER / registry.COMPONENT).read_bytes(),
        **{name: data for name, data in icons.files().items() if not name.endswith("-80.png")},
        **library,
        **site.licences(),
    }
