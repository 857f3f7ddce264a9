"""A template must not change under the name of a version that has been published."""

from __future__ import annotations

from pathlib import Path

import kgisheet
from kgisheet.template import declaration, locate
from kgisheet.version import __version__


def test_this_version_publishes_its_templates_as_they_are() -> None:
    # Of a version that is out already, add the next one to published.toml and raise version.py instead.
    now = {name: declaration.open_shipped(name).digest for name in locate.shipped()}
    assert locate.published(__version__) == now, f"update {Path(kgisheet.__file__).parent / 'template/published.toml'}"


def test_a_version_that_nobody_knows_publishes_nothing() -> None:
    assert locate.published("99.0") == {}
