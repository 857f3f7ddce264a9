"""A table of the HTML report; its cells are markup already."""

from __future__ import annotations


def table(heads: list[str], rows: list[str], kind: str = "") -> str:
    """Return a table with a heading row; ``rows`` are whole, ``kind`` is its class in the style sheet."""
    top = "".join(f'<th scope="col">{each}</th>' for each in heads)
    given = f' class="{kind}"' if kind else ""
    return f"<table{given}>\n<thead><tr>{top}</tr></thead>\n<tbody>\n" + "\n".join(rows) + "\n</tbody>\n</table>"
