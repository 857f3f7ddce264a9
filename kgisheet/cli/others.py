"""The commands that have modules of their own for their options, `template` and `addin` with their parts."""

from __future__ import annotations

from .addin_command import addin
from .batch_command import batch
from .check_command import check
from .collect_command import collect
from .monthly_command import monthly
from .template_group import template
from .web_command import web

OTHERS = (template, web, addin, check, collect, monthly, batch)
