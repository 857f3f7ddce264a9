"""`kgisheet extract`: a workbook in, the plan of its inputs out."""

from __future__ import annotations

import click

from .. import api
from . import files
from .output import write
from .speech import complain


def run(book: str, output: str | None) -> None:
    """Print the plan, or write it to ``output``; then say what could not be carried over."""
    plan, problems = api.extract(files.read_bytes(book, api.BookError), files.shown(book))
    if output is None or output == files.STDIN:
        click.echo(plan, nl=False)
    else:
        write(output, plan.encode(), forceable=False)
    complain(problems)
