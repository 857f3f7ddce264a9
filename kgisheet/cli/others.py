"""The commands that have modules of their own for their options: `template` and `addin` with their parts, `web`, `check`, `monthly`."""

from __future__ import annotations

from .addin_command import addin
from .check_command import check
from .monthly_command import monthly
from .template_group import template
from .web_command import web

OTHERS = (template, web, addin, check, monthly)
