"""Part of every wheel: the shipped templates as they load fast (kgisheet/template/precompile.py)."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PrecompiledTemplates(BuildHookInterface):  # type: ignore[type-arg]
    """Puts the files beside the module that reads them; an editable install, whose templates change, goes without."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        self._folder = tempfile.TemporaryDirectory()
        made = [sys.executable, "-m", "kgisheet.template.precompile", self._folder.name]
        subprocess.run(made, cwd=self.root, check=True)
        build_data["force_include"][self._folder.name] = "kgisheet/template/precompiled"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        if version != "editable":
            self._folder.cleanup()
