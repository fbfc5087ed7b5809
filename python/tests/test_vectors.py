"""The shared cases of tests/vectors, which Rust and C run as well (tests/vectors/README.md)."""

from __future__ import annotations

import json
from typing import Any

import caicach
import pytest

from conftest import ROOT

FOLDER = ROOT / "tests" / "vectors"
FILES = sorted(FOLDER.glob("*.json"))
CASES = [(file, case) for file in FILES for case in json.loads(file.read_text("utf-8"))]
KNOWN = {"name", "boundary", "why", "facts", "facts_text", "as_of", "known_on", "readings", "plan", "expect"}
#: What an assessment shows besides its findings and ceilings, and the keys that identify an item of it.
VIEWS = {"ratings": ("body", "year"), "tasks": ("task",), "progress": ("rule", "subject"),
         "sensitivity": ("reading", "option")}
EXPECTED = {"findings", "absent", "ceilings", "unused", "errors", "same_as", *VIEWS}


def differences(at: str, pattern: Any, value: Any) -> list[str]:
    """How a value differs from a pattern. An object's pattern says what some keys must be, null that a key is absent."""
    if at.endswith(".subject") and isinstance(pattern, str) and isinstance(value, dict):
        pattern = {"id": pattern}
    if isinstance(pattern, dict) and isinstance(value, dict):
        out = []
        for key, expected in pattern.items():
            if key in value:
                out += differences(f"{at}.{key}", expected, value[key])
            elif expected is not None:
                out.append(f"{at}.{key}: expected {expected}, is not there")
        return out
    if isinstance(pattern, list) and isinstance(value, list):
        if len(pattern) != len(value):
            return [f"{at}: expected {len(pattern)} items {pattern}, found {value}"]
        pairs = enumerate(zip(pattern, value, strict=True))
        return [text for i, (p, v) in pairs for text in differences(f"{at}[{i}]", p, v)]
    # True is not 1.
    same = pattern == value and isinstance(pattern, bool) == isinstance(value, bool)
    return [] if same else [f"{at}: expected {pattern!r}, found {value!r}"]


def one(items: list[Any], pattern: Any, keys: tuple[str, ...]) -> list[str]:
    label = {key: pattern[key] for key in keys if key in pattern}
    found = [item for item in items if not differences("", label, item)]
    if len(found) != 1:
        return [f"{label}: there are {len(found)}"]
    return [f"{label}: {text}" for text in differences("", pattern, found[0])]


def assess(plan: caicach.Plan, facts: caicach.Facts, case: dict[str, Any]) -> caicach.Assessment:
    return plan.assess(facts, as_of=case["as_of"], readings=case.get("readings"), known_on=case.get("known_on"))


def run(plan: caicach.Plan, case: dict[str, Any]) -> caicach.Assessment:
    if "facts_text" in case:
        return assess(plan, caicach.Facts.from_json(case["facts_text"]), case)
    # Both ways in must say the same; the text keeps what json.loads would change.
    text = json.dumps(case["facts"], ensure_ascii=False)
    try:
        whole = assess(plan, caicach.Facts.from_json(text), case)
    except caicach.CaicachError as error:
        with pytest.raises(type(error)) as again:
            assess(plan, caicach.Facts.from_dict(case["facts"]), case)
        assert again.value.problems == error.problems
        raise
    assert assess(plan, caicach.Facts.from_dict(case["facts"]), case).to_json() == whole.to_json()
    return whole


@pytest.mark.parametrize(("file", "case"), CASES, ids=[case["name"] for _, case in CASES])
def test_vector(plan: caicach.Plan, file: Any, case: dict[str, Any]) -> None:
    expect = case["expect"]
    assert case.keys() <= KNOWN
    assert expect.keys() <= EXPECTED
    if "errors" in expect:
        wanted = {(error["code"], error["path"]) for error in expect["errors"]}
        with pytest.raises((caicach.FactsError, caicach.PlanError, caicach.ReadingsError)) as caught:
            chosen = caicach.Plan.load(file.parent / case["plan"]) if "plan" in case else plan
            run(chosen, case)
        assert {(problem.code, problem.path) for problem in caught.value.problems} == wanted
        return
    plan = caicach.Plan.load(file.parent / case["plan"]) if "plan" in case else plan
    assessment = run(plan, case)
    document = json.loads(assessment.to_json())
    wrong: list[str] = []
    for pattern in expect.get("findings", []):
        wrong += one(document["findings"], pattern, ("rule", "subject", "period"))
    for pattern in expect.get("ceilings", []):
        wrong += one(document["ceilings"], pattern, ("subject", "year", "scale"))
    for pattern in expect.get("unused", []):
        wrong += one(document["unused"], pattern, ("table", "subject"))
    for part, keys in VIEWS.items():
        # As C and Rust write it and as Python shows it.
        for items in (document[part], [item.to_dict() for item in getattr(assessment, part)]):
            for pattern in expect.get(part, []):
                wrong += one(items, pattern, keys)
    for pattern in expect.get("absent", []):
        wrong += [f"unexpected {item['rule']}" for item in document["findings"] if not differences("", pattern, item)]
    if "same_as" in expect:
        other = assess(plan, caicach.Facts.from_json(json.dumps(expect["same_as"])), case)
        assert other.to_json() == assessment.to_json()
    assert not wrong, "\n".join(wrong)


def test_there_are_vectors() -> None:
    assert CASES
    names = [case["name"] for _, case in CASES]
    assert len(names) == len(set(names))
