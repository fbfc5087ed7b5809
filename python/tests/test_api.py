"""Plan, facts, assessment and findings as a caller meets them."""

from __future__ import annotations

import copy
import datetime
import json
import pathlib
import threading
import time
from decimal import Decimal

import caicach
import pytest
from caicach import Facts, Plan, Verdict

from conftest import ROOT, SCHEMA, WARD_2024


def test_plan(plan: Plan) -> None:
    assert plan.number == "298/KH-UBND"
    assert len(plan.tasks) == 55
    assert plan.fingerprint.startswith("sha256:")
    assert plan.document.date == datetime.date(2023, 1, 13)
    assert [rule.id for rule in plan.rules] == [rule["id"] for rule in plan.to_dict()["rule"]]
    assert plan.rule("late_share_caps_rank").clause == "annex I.9"
    assert plan.task("I.9").duties
    assert plan.body("loc_tho").names[0] == plan.body("loc_tho").name
    assert plan.reading("late_denominator").default in {o.id for o in plan.reading("late_denominator").options}
    assert plan.clauses[0].text
    assert plan.rules is plan.rules
    assert copy.copy(plan) is plan and copy.deepcopy(plan) is plan
    assert plan == Plan.builtin() and hash(plan) == hash(Plan.builtin())
    assert json.loads(plan.to_json()) == plan.to_dict()


def test_plan_from_file(plan: Plan, tmp_path: pathlib.Path) -> None:
    source = ROOT / "core" / "data" / "plan-298.toml"
    assert Plan.load(source) == plan == Plan.load(str(source)) == Plan.from_toml(source.read_text("utf-8"))
    with pytest.raises(FileNotFoundError) as caught:
        Plan.load(tmp_path / "none.toml")
    assert caught.value.filename == str(tmp_path / "none.toml")
    with pytest.raises(TypeError):
        Plan.load(3)  # type: ignore[arg-type]


@pytest.mark.parametrize("ask", ["rule", "task", "body", "reading"])
def test_not_found(plan: Plan, ask: str) -> None:
    with pytest.raises(caicach.NotFoundError) as caught:
        getattr(plan, ask)("no such")
    assert isinstance(caught.value, KeyError)
    assert caught.value.code == "unknown_reference"
    assert "no such" in str(caught.value)


def test_did_you_mean(plan: Plan) -> None:
    with pytest.raises(caicach.NotFoundError) as caught:
        plan.rule("late_share_cap_rank")
    assert caught.value.help == "did you mean `late_share_caps_rank`?"


def test_finding(ward: caicach.Assessment) -> None:
    finding, = ward.select(rule="late_share_caps_rank", subject="loc_tho", verdict=Verdict.BINDING)
    assert finding.subject.kind == "body" and finding.subject.name == "UBND phường Lộc Thọ"
    assert (finding.period.from_, finding.period.to) == (datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))
    assert finding.period.year == 2024 and finding.period.name() == "năm 2024"
    assert finding.verdict is Verdict.BINDING and finding.verdict == "binding"
    assert finding.measured == {"part": 212, "whole": 3905, "percent": Decimal("5.43")}
    assert finding.required == {"comparison": "at_least", "percent": Decimal("5")}
    assert finding.margin == Decimal("-0.43")
    part, whole = finding.margin_ratio or (0, 1)
    assert part * 3905 == whole * (5 * 3905 - 21200)
    assert finding.counts == (212, 3905)
    assert finding.headroom is not None and finding.headroom.unit == "timely_dossiers"
    assert isinstance(finding.headroom.value, int)
    assert finding.sources == ("Báo cáo 12/BC-UBND",)
    assert finding.explanation().startswith(
        "UBND phường Lộc Thọ năm 2024 có 212/3.905 hồ sơ giải quyết trễ hạn (5,43%)"
    )
    assert "212" in finding.explanation(lang="en")
    assert json.loads(finding.to_json()) == finding.to_dict()
    assert not finding.aspirational and not finding.retrospective and finding.due is None
    with pytest.raises(ValueError, match="lang"):
        finding.explanation("fr")  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        finding.rule = "x"  # type: ignore[misc]


def test_missing_is_named(plan: Plan) -> None:
    assessment = plan.assess(Facts.from_dict(SCHEMA), as_of="2025-01-15")
    finding = assessment.select(rule="cadre_reduction")[0]
    assert finding.verdict in (Verdict.UNDETERMINED, Verdict.PENDING)
    assert {missing.table for missing in finding.missing} == {"headcounts"}
    assert finding.missing[0].period.from_ <= finding.missing[0].period.to


def test_no_floats_anywhere(demo: caicach.Assessment) -> None:
    def walk(value: object) -> None:
        assert not isinstance(value, float)
        if isinstance(value, dict):
            for key, item in value.items():
                walk(key), walk(item)
        elif isinstance(value, (list, tuple)):
            for item in value:
                walk(item)

    for finding in demo.findings:
        for value in (finding.measured, finding.required, finding.margin, finding.to_dict(), finding.margin_ratio):
            walk(value)
        if finding.headroom is not None:
            walk(finding.headroom.value)
    walk(demo.plan.to_dict())


def test_assessment(demo: caicach.Assessment, plan: Plan) -> None:
    assert json.loads(demo.to_json()) == demo.to_dict()
    assert demo.findings is demo.findings
    receipt = demo.receipt
    assert receipt.plan_fingerprint == plan.fingerprint and receipt.as_of == datetime.date(2025, 1, 15)
    assert set(receipt.readings) == {reading.key for reading in plan.readings}
    counted = sum(demo.summary.verdicts.values()) + sum(demo.summary.aspirational.values())
    assert counted == len(demo.findings)
    assert set(demo.summary.verdicts) == set(Verdict)
    assert all(ceiling.scale in ("rank", "rating") for ceiling in demo.ceilings)
    assert demo.plan == plan
    assert copy.copy(demo) is demo and copy.deepcopy(demo) is demo
    assert "298/KH-UBND" in repr(demo)


def test_select(ward: caicach.Assessment) -> None:
    assert ward.select() == ward.findings
    both = ward.select(rule=["late_share_caps_rank", "satisfaction_caps_rank"])
    assert {finding.rule for finding in both} == {"late_share_caps_rank", "satisfaction_caps_rank"}
    assert ward.select(subject="UBND phường Lộc Thọ") == ward.select(subject={"loc_tho"})
    assert ward.select(verdict=[]) == ()
    with pytest.raises(caicach.NotFoundError):
        ward.select(rule="late_share")
    with pytest.raises(ValueError, match="no verdict"):
        ward.select(verdict="bound")
    with pytest.raises(TypeError):
        ward.select(rule=3)  # type: ignore[arg-type]


def test_readings(plan: Plan) -> None:
    facts = Facts.from_dict({**SCHEMA, "headcounts": [
        {"date": day, "category": "employee", "basis": "assigned", "count": count}
        for day, count in (("2021-12-31", 27651), ("2026-12-31", 24886))]})
    exact = plan.assess(facts, as_of="2027-01-15", readings={"baseline": "year_2021"} if any(
        r.key == "baseline" for r in plan.readings) else None)
    assert exact.findings


def test_case(plan: Plan) -> None:
    case = plan.prepare(Facts.from_dict({**SCHEMA, "dossier_counts": [WARD_2024]}), as_of="2025-01-15")
    ceiling = case.ceiling("loc_tho", year=2024)
    assert (ceiling.ceiling, ceiling.binding, ceiling.scale) == ("fair", ("late_share_caps_rank",), "rank")
    assert ceiling == case.ceiling("P. Lộc Thọ", year=2024, scale="rank")
    whole = case.assess()
    assert ceiling in whole.ceilings
    assert case.plan == plan and len(case.facts) == 1 and case.as_of == datetime.date(2025, 1, 15)
    for body, options in (("nobody", {}), ("loc_tho", {"scale": "rnk"}), ("loc_tho", {"year": 20024})):
        with pytest.raises(caicach.NotFoundError):
            case.ceiling(body, **{"year": 2024, **options})


def test_facts() -> None:
    one = Facts.from_dict({**SCHEMA, "dossier_counts": [WARD_2024]})
    other = Facts.from_dict({**SCHEMA, "surveys": [{"year": 2024, "field": "overall", "percent": 86.36}]})
    assert len(one + other) == 2
    assert (one + other).fingerprint == (other + one).fingerprint
    assert one + other == other + one and hash(one + other) == hash(other + one)
    assert Facts.from_json(one.to_json()) == one == Facts.from_json(one.to_json().encode())
    assert Facts.from_json(bytearray(one.to_json().encode())) == one
    assert json.loads(one.to_json()) == one.to_dict()
    against = Facts.from_dict({**SCHEMA, "dossier_counts": [{**WARD_2024, "resolved": {"late": 1, "total": 2}}]})
    with pytest.raises(caicach.FactsError) as caught:
        one + against
    assert caught.value.code == "contradiction"
    with pytest.raises(TypeError):
        one + 1  # type: ignore[operator]
    assert copy.deepcopy(one) is one
    assert (one + one).notes[0].kind == "repeat"


def test_facts_from_file(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "dữ liệu.json"
    path.write_text(json.dumps(SCHEMA), "utf-8")
    assert Facts.load(path) == Facts.load(str(path)) == Facts.from_dict(SCHEMA)
    with pytest.raises(FileNotFoundError):
        Facts.load(tmp_path / "none.json")
    with pytest.raises(IsADirectoryError):
        Facts.load(tmp_path)


def test_from_dict_is_exact() -> None:
    def percent(value: object) -> str:
        facts = Facts.from_dict({**SCHEMA, "surveys": [{"year": 2024, "field": "overall", "percent": value}]})
        text: str = facts.to_dict()["surveys"][0]["percent"]
        return text

    assert percent(86.36) == "86.36"
    assert percent(0.1 + 0.2) == "0.30000000000000004"
    assert percent(Decimal("86.3600000000000000000000001")) == "86.3600000000000000000000001"
    assert percent(Decimal("8E+1")) == percent("80") == percent(80) == "80"
    assert percent(1e-7) == "0.0000001"


def test_from_dict_takes_dates_mappings_and_sequences() -> None:
    import collections
    import types

    record = types.MappingProxyType({
        "date": datetime.date(2022, 12, 31), "category": "cadre", "basis": "assigned", "count": 1247})
    facts = Facts.from_dict({**SCHEMA, "headcounts": collections.deque([record])})
    assert facts.to_dict()["headcounts"][0]["date"] == "2022-12-31"
    assert facts == Facts.from_dict(types.MappingProxyType({**SCHEMA, "headcounts": (record,)}))


def test_numpy_whole_numbers() -> None:
    numpy = pytest.importorskip("numpy")
    record = {"date": "2022-12-31", "category": "cadre", "basis": "assigned", "count": numpy.int64(1247)}
    assert Facts.from_dict({**SCHEMA, "headcounts": [record]}).to_dict()["headcounts"][0]["count"] == 1247
    survey = {"year": numpy.int32(2024), "field": "overall", "percent": numpy.float64(86.36)}
    assert Facts.from_dict({**SCHEMA, "surveys": [survey]}).to_dict()["surveys"][0]["percent"] == "86.36"


def test_as_of(plan: Plan) -> None:
    facts = Facts.from_dict(SCHEMA)
    day = datetime.date(2025, 1, 15)
    assert plan.assess(facts, as_of=day).to_json() == plan.assess(facts, as_of="2025-01-15").to_json()
    with pytest.raises(TypeError, match="datetime"):
        plan.assess(facts, as_of=datetime.datetime(2025, 1, 15))
    for wrong in (20250115, None, True, 1.5, b"2025-01-15"):
        with pytest.raises(TypeError):
            plan.assess(facts, as_of=wrong)  # type: ignore[arg-type]
    for wrong in ("31/02/2025", "2025-02-31", "2025-1-5", "", "\ud800", datetime.date(1, 1, 1)):
        with pytest.raises(caicach.DateError) as caught:
            plan.assess(facts, as_of=wrong)  # type: ignore[arg-type]
        assert (caught.value.code, caught.value.path) == ("bad_date", "as_of")
        assert isinstance(caught.value, ValueError)
    with pytest.raises(TypeError):
        plan.assess(facts)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        plan.assess({}, as_of=day)  # type: ignore[arg-type]


def test_known_on(plan: Plan) -> None:
    facts = Facts.from_dict({**SCHEMA, "dossier_counts": [
        {**WARD_2024, "resolved": {"late": 40, "total": 1000}, "known_on": datetime.date(2025, 1, 10)},
        {**WARD_2024, "resolved": {"late": 60, "total": 1000}, "known_on": "2025-03-01"}]})

    def late(known_on: datetime.date | str | None) -> Verdict:
        assessment = plan.assess(facts, as_of="2025-12-31", known_on=known_on)
        return assessment.select(rule="late_share_caps_rank", subject="loc_tho")[0].verdict

    assert late(None) == late("2025-03-01") == "binding"
    assert late(datetime.date(2025, 2, 28)) == "not_binding"
    case = plan.prepare(facts, as_of="2025-12-31", known_on="2025-02-28")
    assert case.known_on == case.assess().receipt.known_on == datetime.date(2025, 2, 28)
    assert case.facts == facts
    with pytest.raises(caicach.DateError) as caught:
        plan.assess(facts, as_of="2025-12-31", known_on="31/02/2025")
    assert caught.value.path == "known_on"
    with pytest.raises(TypeError, match="known_on"):
        plan.assess(facts, as_of="2025-12-31", known_on=datetime.datetime(2025, 1, 1))


def test_format_number() -> None:
    assert caicach.format_number(-33232) == "-33.232"
    assert caicach.format_number(Decimal("5.40"), lang="en") == "5.40"
    for wrong in (True, 1.5, "5"):
        with pytest.raises(TypeError):
            caicach.format_number(wrong)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="28 digits"):
        caicach.format_number(Decimal("NaN"))


def test_verdict_words() -> None:
    assert [str(verdict) for verdict in Verdict] == [verdict.value for verdict in Verdict]
    assert all(verdict.label("vi") and verdict.label("en") for verdict in Verdict)
    assert json.dumps(Verdict.MET) == '"met"'


def test_pandas(demo: caicach.Assessment) -> None:
    pandas = pytest.importorskip("pandas")
    frame = demo.to_pandas()
    assert len(frame) == len(demo.findings)
    assert frame["from"].dtype.kind == "M" and frame["whole"].dtype == "Int64"
    assert all(isinstance(value, Decimal) for value in frame["required"].dropna())
    assert isinstance(frame, pandas.DataFrame)


def test_polars(demo: caicach.Assessment, plan: Plan) -> None:
    polars = pytest.importorskip("polars")
    frame = demo.to_polars()
    assert frame.height == len(demo.findings) and frame.schema["from"] == polars.Date
    assert frame["verdict"].to_list() == [finding.verdict.value for finding in demo.findings]
    margins = [finding.margin for finding in demo.findings]
    assert frame["margin"].to_list() == margins
    assert plan.assess(Facts.from_dict(SCHEMA), as_of="2023-01-15").to_polars().columns == frame.columns


@pytest.mark.parametrize("name", ["pandas", "polars"])
def test_frames_say_what_to_install(demo: caicach.Assessment, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ImportError, match=rf'pip install "caicach\[{name}\]"'):
        getattr(demo, f"to_{name}")()


def test_other_threads_run_meanwhile() -> None:
    # A long document is read behind the boundary; meanwhile this thread must get turns.
    record = '{"date": "2022-12-31", "category": "cadre", "basis": "assigned", "count": 1247}'
    text = '{"schema": "caicach/facts/1", "headcounts": [' + ",".join([record] * 200_000) + "]}"
    started, done = threading.Event(), threading.Event()

    def work() -> None:
        started.set()
        Facts.from_json(text)
        done.set()

    thread = threading.Thread(target=work)
    thread.start()
    started.wait()
    turns = 0
    while not done.is_set():
        time.sleep(0.001)
        turns += 1
    thread.join()
    # One turn there may have been before the reading began.
    assert turns > 1


def test_shared_between_threads(plan: Plan) -> None:
    from concurrent.futures import ThreadPoolExecutor

    facts = Facts.from_dict({**SCHEMA, "dossier_counts": [WARD_2024]})
    with ThreadPoolExecutor(4) as pool:
        texts = set(pool.map(lambda _: plan.assess(facts, as_of="2025-01-15").to_json(), range(16)))
    assert len(texts) == 1


def test_import_is_light() -> None:
    import subprocess
    import sys

    code = "import sys, caicach; print([m for m in ('enum', 'json', 'html', 'decimal', 'datetime', 'typing', " \
        "'dataclasses', 'pandas', 'polars') if m in sys.modules])"
    out = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True).stdout
    # -I skips what site packages may import on their own; nothing of ours may be in the list.
    bare = subprocess.run([sys.executable, "-I", "-c", code.replace(", caicach", "")],
                          capture_output=True, text=True, check=True).stdout
    assert out == bare
