"""The options of `kgisheet monthly`."""

from __future__ import annotations

import datetime
from typing import NamedTuple

import click

from ..values.amounts import FigureError, month
from .speech import LANG


class Wanted(NamedTuple):
    """As they were given."""

    plan: str | None
    start: str | None
    dry_run: bool
    as_json: bool
    output: str | None
    in_place: bool
    take: tuple[str, ...]
    goals: str | None
    actuals: str | None
    undo: bool
    backups: int
    deep: bool = False
    jobs: int | None = None
    executor: str | None = None


def start_month(text: str | None) -> datetime.date | None:
    """Return the month of --start; raise click.UsageError."""
    if text is None:
        return None
    try:
        return month(text)
    except FigureError as bad:
        raise click.UsageError(f"--start: {bad.what.to(LANG)} → {bad.fix.to(LANG)}") from None
