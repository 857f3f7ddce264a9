"""openxml-audit, a judge of files that is not ours: the schemas and rules of the Open XML SDK, in Python."""

from __future__ import annotations

import functools
import tempfile

from openxml_audit import OpenXmlValidator, ValidationSeverity


@functools.cache
def _validator() -> OpenXmlValidator:
    return OpenXmlValidator()


def found(data: bytes) -> list[str]:
    """The errors that it finds in a workbook; advice, as to share strings, is none."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(data)
        file.flush()
        said = _validator().validate(file.name).errors
    return [f"{each.part_uri} {each.description}" for each in said if each.severity is ValidationSeverity.ERROR]
