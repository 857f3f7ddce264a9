"""A table of the HTML report; its cells are markup already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def table(heads: list[str], rows: Iterable[str], kind: str = "") -> str:
    """Return a table with a heading row; ``rows`` are whole, ``kind`` is its class in the style sheet."""
    return "\n".join(table_lines(heads, rows, kind))


def table_lines(heads: list[str], rows: Iterable[str], kind: str = "") -> Iterator[str]:
    """Yield the table line by line, a row when it is taken."""
    top = "".join(f'<th scope="col">{each}</th>' for each in heads)
    given = f' class="{kind}"' if kind else ""
    yield f"<table{given}>\n<thead><tr>{top}</tr></thead>\n<tbody>"
    yield from rows
    yield "</tbody>\n</table>"
