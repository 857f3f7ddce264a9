"""A share of `kills.py`: a batch and the update in place, killed a few times, on a full disk; its judge says no where it should."""

from __future__ import annotations

import random
from pathlib import Path

import kills
import pytest


@pytest.mark.parametrize("name", ["batch", "monthly"])
def test_a_kill_destroys_nothing(name: str, tmp_path: Path) -> None:
    ground = kills.Ground(kills.CASES[name], tmp_path)
    rng = random.Random(3)  # noqa: S311
    _, wrong = kills.kills(ground, 1, rng)
    assert wrong + kills.full_disk(ground, 1, rng) == []
    # What is half written is seen, and what is gone.
    ground.reset()
    broken = next(iter(ground.before))
    (ground.folder / broken).write_bytes(ground.before[broken][:-1])
    assert [each.partition(":")[0] for each in ground.wrong()] == [broken]
    (ground.folder / broken).unlink()
    assert ground.wrong() == [f"{broken}: gone"]
