"""The worked example as a start for somebody's own figures: only the page's stay."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..template.raw import Declaration
from . import drawn

_LOOKS = frozenset({"sheets", "unit", "rounding"})
"""Settings that say how the example is shown; any other makes it somebody's own."""


def beginning(declaration: Declaration, table: dict[str, Any], settings: Iterable[str]) -> dict[str, Any]:
    """Return the example's table as a plan with these settings begins with it.

    What the example has on the sheets beyond the page (today's visits, costs, a budget) would
    otherwise become facts about whoever sets a goal of their own.
    """
    if {setting.partition("=")[0].strip() for setting in settings} <= _LOOKS:
        return table
    beyond, of_channels = drawn.keys(declaration), drawn.channel_keys(declaration)
    own = {key: value for key, value in table.items() if key not in beyond}
    if isinstance(own.get("channel"), list):
        own["channel"] = [{key: value for key, value in row.items() if key not in of_channels} for row in own["channel"]]
    return own
