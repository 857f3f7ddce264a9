"""The extension's component: LibreOffice loads this file by its path, from the folder that it has unpacked the extension into."""

import os
import sys

_FOLDER = os.path.join(os.path.dirname(__file__), "python")
if _FOLDER not in sys.path:
    sys.path.insert(0, _FOLDER)  # before another kgisheet that this Python may have

from kgisheet.addin.libreoffice.office.handler import g_ImplementationHelper  # noqa: E402

__all__ = ["g_ImplementationHelper"]
