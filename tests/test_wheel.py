"""The built wheel does the main job in a fresh environment, of every Python there is from 3.11 on."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT, more, values


@functools.cache
def pythons() -> dict[str, str]:
    """A program per minor version that runs, can make environments, and is new enough."""
    found: dict[str, str] = {}
    names = [sys.executable, *more([shutil.which(f"python3.{minor}") for minor in range(11, 20)])]
    names += more(list(map(str, Path.home().glob(".pyenv/versions/3.*/bin/python"))))
    for name in names:
        if name is None:
            continue
        code = "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])"
        done = subprocess.run([name, "-c", code], capture_output=True, text=True, check=False)
        version = done.stdout.strip()
        if done.returncode == 0 and tuple(map(int, version.split("."))) >= (3, 11):
            found.setdefault(version, name)
    return found


def test_the_python_that_runs_the_tests_is_among_them() -> None:
    assert f"{sys.version_info[0]}.{sys.version_info[1]}" in pythons()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    # From a copy: building must not leave anything in the checkout.
    source = folder / "source"
    shutil.copytree(
        ROOT, source, ignore=shutil.ignore_patterns(".venv", ".git", "node_modules", "__pycache__", ".*_cache", ".hypothesis")
    )
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(source)], check=True, capture_output=True
    )
    (made,) = folder.glob("*.whl")
    return made


@pytest.mark.long
def test_type_checkers_find_our_types_in_it(wheel: Path) -> None:
    """PEP 561: mypy and pyright read the annotations of an installed package that has this file."""
    assert "kgisheet/py.typed" in zipfile.ZipFile(wheel).namelist()


@pytest.mark.long
def test_the_main_job(wheel: Path, tmp_path: Path) -> None:
    """Of the Python that runs the tests; of every other that there is by `tests/sweep whole`."""
    mine = f"{sys.version_info[0]}.{sys.version_info[1]}"
    for version, program in sorted(pythons().items(), key=lambda each: each[0] != mine):
        (tmp_path / version).mkdir()
        main_job(program, wheel, tmp_path / version)


def main_job(program: str, wheel: Path, tmp_path: Path) -> None:
    # The pip that runs here installs into it: to give it one of its own takes longer than all the rest. It may be too old for
    # another Python than ours.
    is_ours = program == pythons()[f"{sys.version_info[0]}.{sys.version_info[1]}"]
    subprocess.run([program, "-m", "venv", *(["--without-pip"] if is_ours else []), str(tmp_path / "env")], check=True)
    binaries = tmp_path / "env" / "bin"
    pip = [sys.executable, "-m", "pip", "--python", str(binaries / "python")] if is_ours else [str(binaries / "pip")]
    subprocess.run([*pip, "--disable-pip-version-check", "install", "--quiet", str(wheel)], check=True)
    clean = {"PATH": os.environ["PATH"], "LANG": "ja_JP.UTF-8", "HOME": str(tmp_path)}
    for template in ("standard", "short", "access"):
        few = [] if template == "standard" else ["--set", "sheets=目標設定"]
        command = [str(binaries / "kgisheet"), "new", "--template", template, *few, "-o", f"{template}.xlsx"]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, env=clean)
    ready = "from kgisheet.template import declaration, precompiled as p; print(p.template(declaration.open_shipped('standard').sources) is not None)"
    asked = subprocess.run(
        [str(binaries / "python"), "-c", ready], cwd=tmp_path, check=True, capture_output=True, text=True, env=clean
    )
    assert asked.stdout.strip() == "True"  # a wheel's templates are settled already
    found = values((tmp_path / "standard.xlsx").read_bytes())
    assert (found["won_deals"], found["opportunities"], found["required_meetings"]) == (3, 10, 40)
    assert ([found[f"channel_leads[{row}]"] for row in (1, 2, 3)], found["visits"]) == ([100, 67, 50], 21_700)
    shown = subprocess.run(
        [str(binaries / "kgisheet"), "show", "short.xlsx"], cwd=tmp_path, check=True, capture_output=True, env=clean
    )
    assert "必要商談数" in shown.stdout.decode()
    # The style sheet, the vocabulary and the pages of the codes are files of the package.
    html = ["check", "access.xlsx", "--format", "html"]
    by_labels = ["check", str(ROOT / "samples/foreign/1-list.xlsx"), "--annotate", "copy.xlsx"]
    for args in (html, by_labels, ["extract", "short.xlsx"], ["explain", "F01"]):
        subprocess.run([str(binaries / "kgisheet"), *args], cwd=tmp_path, check=True, capture_output=True, env=clean)
