"""The commands that have modules of their own for their options: `template` and `addin` with their parts, `web`."""

from __future__ import annotations

from .addin_command import addin
from .template_group import template
from .web_command import web

OTHERS = (template, web, addin)
