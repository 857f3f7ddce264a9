"""The words for a package whose contents can't be read: of .xlsx and .ods alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ...errors import BookError, Problem
from ...language.text import Text
from .xml import XmlError


@contextmanager
def told(source: str, again: Text) -> Iterator[None]:
    """Turn what stops the reading of a package's parts into a BookError in words; ``again`` says where to save it anew."""
    try:
        yield
    except XmlError as bad:
        what = Text(
            f"ブックの内容が壊れているか、足りないため読めません({bad.said.ja})",
            f"its contents are damaged or incomplete and can't be read ({bad.said.en})",
        )
        raise BookError(Problem("unreadable", what, again, source)) from None
