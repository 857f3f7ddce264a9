"""The list of decisions, from their headings."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def markdown() -> str:
    """Return the page: a line per file of docs/decisions."""
    lines = [
        "# Decisions",
        "",
        "Choices that somebody will ask about: what was decided, why, and what it costs. A new one takes the next number.",
        "",
    ]
    for path in sorted((ROOT / "docs/decisions").glob("[0-9]*.md")):
        heading = path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
        lines.append(f"- [{path.name[:4]}]({path.name}): {heading}")
    return "\n".join(lines)
