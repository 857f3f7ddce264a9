"""A workbook in IronCalc, without what no value hangs on. `test_referees.py` shows that the values are the same."""

from __future__ import annotations

import tempfile
from typing import Any

import ironcalc

from kgisheet.recalc.lean import lean as lean


def model(data: bytes, formulas_to_come: bool = False) -> Any:
    """The workbook in IronCalc; its workbook-wide names all stay where formulas are still to be typed into it."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(lean(data, formulas_to_come))
        file.flush()
        return ironcalc.load_from_xlsx(file.name, "en", "UTC", "en")
