"""Location of the shipped templates: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

import tomllib
from pathlib import Path

MACROS = "macros"
"""The folder among them with what is said of every template's flows."""


def folder() -> Path:
    """Return the folder of the shipped templates."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def shipped() -> list[str]:
    """Return the names of the shipped templates, ``standard`` first."""
    names = sorted(
        path.stem for path in folder().iterdir() if path.name != MACROS and (path.is_dir() or path.suffix == ".toml")
    )
    return sorted(names, key=lambda name: name != "standard")


def read(name: str) -> str | None:
    """Return the text of a shipped template, the parts of a folder joined in order; None if there is none of that name."""
    if name not in shipped():
        return None
    parts = sorted((folder() / name).glob("*.toml")) or [folder() / f"{name}.toml"]
    return "".join(part.read_text(encoding="utf-8") for part in parts)


def macros() -> list[str]:
    """Return the texts of the macros, in their order."""
    return [part.read_text(encoding="utf-8") for part in sorted((folder() / MACROS).glob("*.toml"))]


def published(version: str) -> dict[str, str]:
    """Return the digests of the templates that a version shipped, by name; {} for a version unknown to this one."""
    text = (Path(__file__).parent / "published.toml").read_text(encoding="utf-8")
    found = tomllib.loads(text).get(version, {})
    return {str(name): str(digest) for name, digest in found.items()}
