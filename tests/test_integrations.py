"""The pre-commit hook and the GitHub Action: well formed, and the commands in them do what they are for."""

from __future__ import annotations

import io
import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
import yaml
from conftest import ROOT, Ran, page_only

PAGE = (ROOT / "docs/integrations.md").read_text(encoding="utf-8")
ACTION = (ROOT / "samples/ci/check-goals.yml").read_text(encoding="utf-8")


def faulty() -> bytes:
    """Meetings needed, which work out to 40, overwritten with 45."""
    book = openpyxl.load_workbook(io.BytesIO(page_only()))
    book["目標設定"]["C13"] = 45
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


@pytest.fixture
def goals(tmp_path: Path) -> Path:
    """A folder as the Action finds it: goals/right.xlsx and goals/team/wrong.xlsx."""
    (tmp_path / "goals/team").mkdir(parents=True)
    (tmp_path / "goals/right.xlsx").write_bytes(page_only())
    (tmp_path / "goals/team/wrong.xlsx").write_bytes(faulty())
    return tmp_path


def test_the_hook_stops_a_commit_with_a_wrong_workbook(kgisheet: Callable[..., Ran], goals: Path) -> None:
    """pre-commit runs the entry with the names of the files that match."""
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {"id", "name", "entry", "language", "files"} <= set(hook)  # https://pre-commit.com/#new-hooks
    assert set(hook) <= {"id", "name", "description", "entry", "language", "files", "exclude", "require_serial"}
    assert hook["language"] == "python"
    found = [str(path.relative_to(goals)) for path in sorted(goals.rglob("*")) if re.search(hook["files"], path.name)]
    assert found == ["goals/right.xlsx", "goals/team/wrong.xlsx"]
    assert re.search(hook["exclude"], "goals/~$right.xlsx")
    program, *args = shlex.split(hook["entry"])
    assert program == "kgisheet"
    assert kgisheet(*args, "goals/right.xlsx").code == 0
    ran = kgisheet(*args, *found)
    assert ran.code == 1
    assert "F01 目標設定!C13" in ran.out.decode()


def test_the_page_configures_that_hook(kgisheet: Callable[..., Ran], goals: Path) -> None:
    config = next(block for block in map(yaml.safe_load, blocks()) if "repos" in block)
    (use,) = config["repos"][0]["hooks"]
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert use["id"] == hook["id"]
    assert kgisheet(*shlex.split(hook["entry"])[1:], *use["args"], str(goals / "goals/right.xlsx")).code == 0


def blocks() -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


def test_the_action_writes_a_report_that_code_hosts_take(kgisheet: Callable[..., Ran], goals: Path) -> None:
    workflow: dict[Any, Any] = yaml.safe_load(ACTION)
    assert {"name", True, "permissions", "jobs"} == set(workflow)  # YAML 1.1 reads `on` as true
    steps = workflow["jobs"]["check"]["steps"]
    assert all(("uses" in step) != ("run" in step) for step in steps)
    (command,) = [step["run"] for step in steps if step.get("run", "").startswith("kgisheet ")]
    ran = kgisheet(*shlex.split(command)[1:])
    assert ran.code == 1, ran.err
    (upload,) = [step["with"] for step in steps if step.get("uses", "").startswith("github/codeql-action/upload-sarif@")]
    report = json.loads((goals / upload["sarif_file"]).read_text(encoding="utf-8"))
    jsonschema.validate(report, json.loads((ROOT / "tests/sarif-schema-2.1.0.json").read_text(encoding="utf-8")))
    assert [each["ruleId"] for each in report["runs"][0]["results"] if each["level"] == "error"] == ["F01"]
    assert next(block for block in blocks() if "Check" in block) in ACTION  # the page quotes the file
