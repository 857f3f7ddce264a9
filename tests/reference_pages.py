"""The pages of docs/reference, the list of decisions and the table of modules in docs/ARCHITECTURE.md.

Made from the program, never by hand.

.venv/bin/python tests/reference_pages.py          names the pages that are stale; exit code 1 if any is
.venv/bin/python tests/reference_pages.py --write  brings them up to date
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from reference import checks, commands, decisions, modules, plan_keys, template_language

ROOT = Path(__file__).resolve().parent.parent
_MADE = "<!-- Made by tests/reference_pages.py: edit what it is made from, not this page. -->"

PAGES: dict[str, Callable[[], str]] = {
    "docs/reference/commands.md": commands.markdown,
    "docs/reference/plan-keys.md": lambda: plan_keys.markdown("en"),
    "docs/reference/plan-keys.ja.md": lambda: plan_keys.markdown("ja"),
    "docs/reference/checks.md": lambda: checks.markdown("en"),
    "docs/reference/checks.ja.md": lambda: checks.markdown("ja"),
    "docs/reference/template-language.md": template_language.markdown,
    "docs/decisions/README.md": decisions.markdown,
}


def fresh(name: str) -> str:
    """Return the page as the program has it now."""
    if name == modules.PAGE:
        return modules.fresh()
    return f"{_MADE}\n\n{PAGES[name]().rstrip()}\n"


def stale() -> list[str]:
    """Return the pages that say something else than the program."""
    names = [*PAGES, modules.PAGE]
    return [name for name in names if not (ROOT / name).exists() or (ROOT / name).read_text(encoding="utf-8") != fresh(name)]


def main() -> int:
    """Name the stale pages, or write them."""
    write = "--write" in sys.argv
    found = stale()
    for name in found:
        if write:
            (ROOT / name).write_text(fresh(name), encoding="utf-8")
        print(f"{name}: {'written' if write else 'stale; run with --write'}")
    return int(bool(found) and not write)


if __name__ == "__main__":
    sys.exit(main())
