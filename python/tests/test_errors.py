"""What bad input gets: a typed error with its path, never a panic, never a partial result."""

from __future__ import annotations

import copy
import datetime
import json
import math
import pickle
from decimal import Decimal
from typing import Any

import caicach
import pytest
from caicach import Facts, FactsError, Plan, PlanError

from conftest import SCHEMA


def facts_error(text: str | bytes) -> FactsError:
    with pytest.raises(FactsError) as caught:
        Facts.from_json(text)
    return caught.value


def dict_error(mapping: Any) -> FactsError:
    with pytest.raises(FactsError) as caught:
        Facts.from_dict(mapping)
    return caught.value


def places(error: caicach.CaicachError) -> list[tuple[str, str]]:
    return [(problem.code, problem.path) for problem in error.problems]


def document(**tables: object) -> str:
    return json.dumps({**SCHEMA, **tables})


HEADCOUNT = {"date": "2022-12-31", "category": "cadre", "basis": "assigned", "count": 1}


def test_all_problems_at_once() -> None:
    error = facts_error(document(headcounts=[
        {**HEADCOUNT, "count": -1}, {**HEADCOUNT, "categry": "cadre"}, {**HEADCOUNT, "date": "2022-02-31"},
        {**HEADCOUNT, "count": "many"}]))
    assert {("out_of_range", "headcounts[0].count"), ("unknown_field", "headcounts[1].categry"),
            ("bad_date", "headcounts[2].date"), ("wrong_type", "headcounts[3].count")} <= set(places(error))
    assert error.total == len(error.problems)
    assert (error.code, error.path, error.help) == (
        error.problems[0].code, error.problems[0].path, error.problems[0].help)
    assert "headcounts[1].categry" in str(error)
    assert isinstance(error, ValueError) and isinstance(error, caicach.CaicachError)


def test_help() -> None:
    error = facts_error(document(surveis=[]))
    assert (error.code, error.path, error.help) == ("unknown_field", "surveis", "did you mean `surveys`?")


@pytest.mark.parametrize("text", [
    b"", b"  ", b"null", b"[]", b'"facts"', b"{", b"\xff\xfe", b'{"schema": "caicach/facts/1", "x": "\xc3"}',
    b'{"schema": "caicach/facts/1"} 1', b"\x00", "\ud800", "\ufeff{}", b"NaN", b'{"schema": "caicach/facts/2"}'])
def test_not_facts(text: str | bytes) -> None:
    error = facts_error(text)
    assert error.code in ("syntax", "wrong_type", "unknown_schema", "missing_field")


@pytest.mark.parametrize("text", [b"[" * 10_000_000, b'{"a":' * 2_000_000, b"[" * 5_000_000 + b"]" * 5_000_000])
def test_ten_megabytes_of_brackets(text: bytes) -> None:
    assert facts_error(text).code == "too_large"


def test_duplicate_keys() -> None:
    text = ('{"schema": "caicach/facts/1", "headcounts": [{"date": "2022-12-31", "category": "cadre", '
            '"basis": "assigned", "count": 1, "count": 2}]}')
    assert places(facts_error(text)) == [("duplicate_key", "headcounts[0].count")]


@pytest.mark.parametrize(("value", "code"), [
    ("NaN", "syntax"), ("Infinity", "syntax"), ("1e400", "out_of_range"), ("-1", "out_of_range"),
    ("100.0000000000000000000000001", "out_of_range"), ('"6x"', "wrong_type"), ("null", "wrong_type"),
    ("true", "wrong_type"), ("[]", "wrong_type")])
def test_percentages(value: str, code: str) -> None:
    text = '{"schema": "caicach/facts/1", "surveys": [{"year": 2024, "field": "overall", "percent": ' + value + "}]}"
    error = facts_error(text)
    assert (error.code, error.path) == (code, "surveys[0].percent")


@pytest.mark.parametrize(("field", "value", "code"), [
    ("count", -1, "out_of_range"), ("count", True, "wrong_type"), ("count", 1.5, None), ("count", 10**40, "out_of_range"),
    ("count", math.nan, "wrong_type"), ("count", math.inf, "wrong_type"), ("count", Decimal("NaN"), "wrong_type"),
    ("count", Decimal("-Infinity"), "wrong_type"), ("count", b"1", "wrong_type"), ("count", object(), "wrong_type"),
    ("count", 1j, "wrong_type"), ("date", datetime.datetime(2022, 12, 31), "wrong_type"),
    ("date", datetime.date(1, 1, 1), "bad_date"), ("date", datetime.time(1), "wrong_type"),
    ("date", "31/02/2022", "bad_date"), ("source", "\ud800", "syntax"), ("source", {"a"}, "wrong_type"),
    ("categry", "cadre", "unknown_field")])
def test_values_of_a_mapping(field: str, value: object, code: str | None) -> None:
    error = dict_error({**SCHEMA, "headcounts": [HEADCOUNT | {"date": "2021-12-31"}, {**HEADCOUNT, field: value}]})
    assert error.path == f"headcounts[1].{field}"
    assert code is None or error.code == code
    assert len(error.problems) == 1


def test_a_mapping_has_all_its_problems_at_once() -> None:
    error = dict_error({**SCHEMA, "headcounts": [{**HEADCOUNT, "count": math.nan}, {**HEADCOUNT, "categry": 1}], 7: []})
    assert set(places(error)) == {
        ("wrong_type", "headcounts[0].count"), ("unknown_field", "headcounts[1].categry"), ("wrong_type", "")}
    assert error.total == 3


def test_a_mapping_that_holds_itself() -> None:
    loop: dict[str, Any] = {**SCHEMA}
    loop["headcounts"] = [loop]
    assert any(code == "too_large" for code, _ in places(dict_error(loop)))
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    assert any(code == "too_large" for code, _ in places(dict_error({**SCHEMA, "headcounts": deep})))


@pytest.mark.parametrize("wrong", [None, 1, [], "facts", b"facts"])
def test_not_a_mapping(wrong: object) -> None:
    assert dict_error(wrong).code == "wrong_type"


def test_an_error_of_the_mapping_itself_comes_through() -> None:
    class Odd(dict[str, Any]):
        def items(self) -> Any:
            raise ZeroDivisionError

    import collections.abc

    class Broken(collections.abc.Mapping[str, Any]):
        def __getitem__(self, key: str) -> Any:
            raise ZeroDivisionError

        def __iter__(self) -> Any:
            return iter(["schema"])

        def __len__(self) -> int:
            return 1

    with pytest.raises(ZeroDivisionError):
        Facts.from_dict(Broken())


@pytest.mark.parametrize("wrong", [None, 1, 1.5, [], {}, memoryview(b"{}")])
def test_text_of_another_type(wrong: Any) -> None:
    with pytest.raises(TypeError):
        Facts.from_json(wrong)
    with pytest.raises(TypeError):
        Plan.from_toml(wrong)


@pytest.mark.parametrize("text", [
    "", "x = ", "[[", b"\xff", "[" * 1_000_000, 'schema = "caicach/plan/1"', "a = 1\na = 2", "\ud800"])
def test_not_a_plan(text: str | bytes) -> None:
    with pytest.raises(PlanError) as caught:
        Plan.from_toml(text)
    assert caught.value.problems and isinstance(caught.value, ValueError)


def test_a_plan_error_has_its_line() -> None:
    with pytest.raises(PlanError) as caught:
        Plan.from_toml('schema = "caicach/plan/1"\n\n[document]\nnumbr = "1"\n')
    problem = next(problem for problem in caught.value.problems if problem.path == "document.numbr")
    assert (problem.code, problem.line, problem.help) == ("unknown_field", 4, "did you mean `number`?")
    assert str(problem).startswith("line 4: `document.numbr`: ")


def test_names_that_do_not_resolve(plan: Plan) -> None:
    survey = {"year": 2024, "field": "overall", "body": "phường Không Có", "percent": 80}
    with pytest.raises(FactsError) as caught:
        plan.assess(Facts.from_dict({**SCHEMA, "surveys": [survey]}), as_of="2025-01-15")
    assert places(caught.value) == [("unknown_reference", "surveys[0].body")]


def test_readings_that_the_plan_does_not_have(plan: Plan) -> None:
    facts = Facts.from_dict(SCHEMA)
    with pytest.raises(caicach.ReadingsError) as caught:
        plan.assess(facts, as_of="2025-01-15", readings={"late_denominater": "due", "late_denominator": "x"})
    assert places(caught.value) == [
        ("unknown_reference", "readings.late_denominater"), ("unknown_choice", "readings.late_denominator")]
    assert isinstance(caught.value, ValueError)
    for wrong in ([("late_denominator", "due")], {"late_denominator": 1}, {1: "due"}, "due"):
        with pytest.raises(TypeError):
            plan.assess(facts, as_of="2025-01-15", readings=wrong)  # type: ignore[arg-type]


def test_a_panic_is_an_internal_error() -> None:
    with pytest.raises(caicach.InternalError, match="asked for") as caught:
        caicach._core._panic()
    assert isinstance(caught.value, RuntimeError) and caught.value.problems == [] and caught.value.code is None


def test_many_problems_are_counted() -> None:
    error = facts_error(document(headcounts=[{**HEADCOUNT, "x": 1} for _ in range(3000)]))
    assert len(error.problems) == 1000 and error.total == 3000
    assert "and 2000 more" in str(error)


def test_exceptions_can_be_copied_and_sent_to_other_processes() -> None:
    error = facts_error(document(surveis=[]))
    for other in (copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert type(other) is FactsError and other.problems == error.problems and str(other) == str(error)
        assert (other.path, other.total) == (error.path, error.total)


def test_exceptions_have_public_names() -> None:
    for name in caicach.exceptions.__all__:
        assert getattr(caicach, name).__module__ == "caicach"
