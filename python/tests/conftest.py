"""What the tests share."""

from __future__ import annotations

import pathlib

import caicach
import pytest

ROOT = pathlib.Path(__file__).parents[2]

SCHEMA = {"schema": "caicach/facts/1"}

WARD_2024 = {
    "body": "UBND phường Lộc Thọ",
    "from": "2024-01-01",
    "to": "2024-12-31",
    "resolved": {"late": 212, "total": 3905},
    "source": "Báo cáo 12/BC-UBND",
}


@pytest.fixture(scope="session")
def plan() -> caicach.Plan:
    return caicach.Plan.builtin()


@pytest.fixture(scope="session")
def ward(plan: caicach.Plan) -> caicach.Assessment:
    facts = caicach.Facts.from_dict({**SCHEMA, "dossier_counts": [WARD_2024]})
    return plan.assess(facts, as_of="2025-01-15")


@pytest.fixture(scope="session")
def demo(plan: caicach.Plan) -> caicach.Assessment:
    return plan.assess(caicach.Facts.load(ROOT / "demo" / "nha-trang.json"), as_of="2025-01-15")
