"""Shipped templates that were settled beforehand are the templates that their texts make, or are not used."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from kgisheet.template import declaration, locate, precompile, precompiled, settling
from kgisheet.template.model import INPUT
from kgisheet.template.settle import settle
from kgisheet.values.toml import Source

STANDARD = str(locate.read("standard"))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("precompiled")
    precompile.write(folder)
    return folder


def look_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program read the files of a folder."""
    monkeypatch.setattr(precompiled, "FOLDER", folder)
    monkeypatch.setattr(precompiled, "_code", precompiled._code.__wrapped__)


@pytest.fixture
def _written(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    look_in(written, monkeypatch)


def test_without_the_files_nothing_is_ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    look_in(tmp_path, monkeypatch)
    assert precompiled.declaration(Source("standard.toml", STANDARD)) is None


@pytest.mark.usefixtures("_written")
@pytest.mark.parametrize("name", ["standard", "access", "short"])
def test_a_template_is_the_one_that_its_text_makes(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    ready = precompiled.declaration(Source(f"{name}.toml", str(locate.read(name))))
    assert ready is not None
    everything, everyday = (precompiled.template(ready.sources, kind) for kind in (precompiled.TEMPLATE, precompiled.EVERYDAY))
    monkeypatch.setattr(precompiled, "_load", lambda *_: None)
    made = declaration._parse(str(locate.read(name)), f"{name}.toml", {}, 0)
    assert ready[:4] == made[:4]  # head, words, references, example
    assert [[raw.keys for _, group in each.groups() for raw in group] for each in ready.sections] == [
        [raw.keys for _, group in each.groups() for raw in group] for each in made.sections
    ]
    for settled, sheets in ((everything, made.listed.whole), (everyday, made.listed.with_needed(made.listed.everyday))):
        assert settled is not None
        fresh = settling.settled(made, frozenset(), frozenset(sheets))
        assert settled.cells.keys() == fresh.cells.keys()
        assert settled == fresh._replace(
            cells={each: cell._replace(origin=settled.cells[each].origin) for each, cell in fresh.cells.items()}
        )


@pytest.mark.usefixtures("_written")
def test_other_choices_are_settled_from_the_text() -> None:
    standard = declaration.open_shipped("standard")
    assert len(settle(standard, sheets=["goals"]).cells) < len(settle(standard, sheets=standard.listed.everyday).cells)
    assert "channel_meetings" in settle(standard, sheets=standard.listed.everyday).cells
    assert settle(standard, ["channel_meetings"]).cells["channel_meetings"].role == INPUT


@pytest.mark.usefixtures("_written")
def test_a_text_of_another_state_is_not_ready() -> None:
    source = Source("standard.toml", STANDARD)
    assert precompiled.declaration(source) is not None
    assert precompiled.declaration(Source("standard.toml", STANDARD + "\n")) is None
    assert precompiled.declaration(Source("mine.toml", STANDARD)) is None
    assert precompiled.template([source]) is not None
    assert precompiled.template([source, Source("standard.toml", STANDARD)]) is None


def test_what_other_modules_made_is_not_used(written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(written, tmp_path / "copy")
    look_in(tmp_path / "copy", monkeypatch)
    source = Source("standard.toml", STANDARD)
    assert precompiled.declaration(source) is not None
    # As if one of them had changed: their digest is then another one.
    modules = tmp_path / "copy" / "modules.txt"
    modules.write_text(modules.read_text().replace("units.py\n", ""))
    assert precompiled.declaration(source) is None
    modules.write_text("gone.py\n")
    assert precompiled.declaration(source) is None


@pytest.mark.usefixtures("_written")
@pytest.mark.parametrize(
    "name", ["../standard.toml", "standard\0.toml", "", "/etc/passwd", "C:standard.toml", "ｓtandard.toml"]
)
def test_a_workbook_that_names_its_template_as_it_likes_opens_no_file(name: str) -> None:
    assert precompiled.declaration(Source(name, STANDARD)) is None
    assert precompiled.template([Source(name, STANDARD)]) is None


@pytest.mark.usefixtures("_written")
def test_a_template_whose_base_has_changed_is_made_from_its_text() -> None:
    short, changed = str(locate.read("short")), STANDARD + "\n"
    for bases in ({"standard": changed}, {"standard": STANDARD}):
        made = declaration._parse(short, "short.toml", bases, 0)
        assert [each.text for each in made.sources] == [short, bases["standard"]]


def test_the_files_are_the_same_in_every_process(tmp_path: Path) -> None:
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed}
        command = [sys.executable, "-m", "kgisheet.template.precompile", str(tmp_path / seed)]
        subprocess.run(command, check=True, cwd=ROOT, env=environment)
    one, other = ({each.name: each.read_bytes() for each in (tmp_path / seed).iterdir()} for seed in ("1", "2"))
    assert len(one) == 10  # three of each template, and what they were made with
    assert one == other
