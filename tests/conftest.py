"""Shared pieces: the command line as a person runs it, and workbooks made in the test's process."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings

from kgisheet import api

ROOT = Path(__file__).resolve().parent.parent

# Figures, not times, are what the properties are about: these machines are noisy.
settings.register_profile("kgisheet", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.load_profile("kgisheet")


class Ran(NamedTuple):
    code: int
    out: bytes
    err: str


@pytest.fixture
def kgisheet(tmp_path: Path) -> Callable[..., Ran]:
    """Runs ``python -m kgisheet`` in an empty folder; English unless ``lang`` says otherwise."""

    def run(*args: str, stdin: bytes = b"", lang: str = "en_US.UTF-8", **env: str) -> Ran:
        environment = {k: v for k, v in os.environ.items() if k not in ("LC_ALL", "LC_MESSAGES", "SOURCE_DATE_EPOCH")}
        environment |= {"LANG": lang, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **env}
        done = subprocess.run(
            [sys.executable, "-m", "kgisheet", *args],
            cwd=tmp_path,
            input=stdin,
            capture_output=True,
            env=environment,
            timeout=120,
            check=False,
        )
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        return Ran(done.returncode, done.stdout, done.stderr.decode())

    return run


@functools.cache
def book(template: str = "standard", lang: str = "ja", **changes: str) -> bytes:
    """The workbook of a template's worked example, with some of its values changed."""
    plan = api.plan_from_example(lang, [f"{key}={value}" for key, value in changes.items()], api.open_shipped(template))
    return api.workbook(plan, lang)


PAGE = "使い方,目標設定"
"""The sheets of a workbook that stops at the page: a sixteenth of the whole one's cells."""


BEYOND = "目標設定,月次目標,逆算と積上,ABM,ジャーニー,コンテンツ,定義,稟議"
"""The sheets of a workbook without the months' tabs: half of the whole one's cells."""


@functools.cache
def page_and_beyond(template: str = "standard", lang: str = "ja", **changes: str) -> bytes:
    """The worked example without the months' tabs, where a test is about the sheets beyond them."""
    return book(template, lang, sheets=BEYOND, **changes)


def page_only(template: str = "standard", lang: str = "ja", **changes: str) -> bytes:
    """The worked example without the sheets of the months, where a test is about the page and makes many workbooks."""
    return book(template, lang, sheets=PAGE, **changes)


def values(data: bytes) -> dict[str, object]:
    """The cached values of a workbook by the names of the cells: ``channel_leads[2]``."""
    return {each.name: each.value for each in api.records_of_book(data, "book.xlsx")[1]}
