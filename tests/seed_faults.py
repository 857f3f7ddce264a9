"""Faults planted in workbooks, and edits that do no harm: what does `check` find?

    .venv/bin/python tests/seed_faults.py [--share N] [--subject NAME] [--code CODE] [--save DIR] [--resume DIR]

`tests/seeding` says how: 20 workbooks, edited by four routes, mostly through
LibreOffice; formula faults are shown to be none of the equivalent kind first.
"""

from __future__ import annotations

from seeding.harness import main
from seeding.savers import edited, saved_by_libreoffice, setter

__all__ = ["edited", "main", "saved_by_libreoffice", "setter"]

if __name__ == "__main__":
    main()
