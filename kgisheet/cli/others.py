"""The commands that have modules of their own for their options: `template`, `addin` with their parts, `web`, `check`, `monthly`, `collect`."""

from __future__ import annotations

from .addin_command import addin
from .check_command import check
from .collect_command import collect
from .monthly_command import monthly
from .template_group import template
from .web_command import web

OTHERS = (template, web, addin, check, collect, monthly)
