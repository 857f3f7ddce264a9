"""The commands that have modules of their own for their options: `template` and its parts, `web`."""

from __future__ import annotations

from .template_group import template
from .web_command import web

OTHERS = (template, web)
