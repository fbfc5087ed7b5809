"""Ratings, tasks, progress and sensitivity against the JSON of the same assessment."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import caicach
import pytest
from caicach import Facts, Plan, TaskStatus, Verdict
from test_html import ALLOWED, tags

from conftest import SCHEMA

PEOPLE = [{"id": who, "body": "loc_tho", "role": role, "category": "cadre"}
            for who, role in (("h", "head"), ("d", "deputy"), ("s", "staff"))]
RANKED = Facts.from_dict({**SCHEMA, "people": PEOPLE, "rankings": [
    {"body": "loc_tho", "year": year, "rank": "weak"} for year in (2023, 2024)]})


def test_they_say_what_the_json_says(demo: caicach.Assessment) -> None:
    whole = json.loads(demo.to_json())
    for name in ("ratings", "tasks", "progress", "sensitivity"):
        made = getattr(demo, name)
        assert whole[name], name
        assert [one.to_dict() for one in made] == whole[name], name


def test_ratings_by_their_fields(demo: caicach.Assessment) -> None:
    for rating, expected in zip(demo.ratings, json.loads(demo.to_json())["ratings"], strict=True):
        assert (rating.body.id, rating.body.name) == (expected["body"]["id"], expected["body"]["name"])
        assert (rating.year, rating.rank) == (expected["year"], expected.get("rank"))
        ceilings = {"rank_ceiling": [rating.rank_ceiling] if rating.rank_ceiling else [], "heads": rating.heads,
                    "deputies": rating.deputies, "staff": rating.staff, "collectives": rating.collectives}
        for name, made in ceilings.items():
            told = expected.get(name, [])
            for ceiling, one in zip(made, [told] if isinstance(told, dict) else told, strict=True):
                assert ceiling in demo.ceilings and ceiling.year == rating.year
                assert (ceiling.subject.id, ceiling.ceiling, ceiling.provisional) == (
                    one["subject"], one["ceiling"], one["provisional"])
                assert (list(ceiling.binding), list(ceiling.undetermined)) == (one["binding"], one["undetermined"])
        assert [{"rule": r.finding.rule, "subject": r.finding.subject.id, "verdict": r.finding.verdict.value,
                 "vi": r.text(), "en": r.text("en")} for r in rating.reasons] == expected["reasons"]
        assert [{"rule": m.finding.rule, "subject": m.finding.subject.id, "vi": m.vi, "en": m.en}
                for m in rating.measures] == expected["measures"]
        for wanted, one in zip(rating.missing, expected["missing"], strict=True):
            assert (wanted.missing.what, wanted.missing.table, wanted.of, list(wanted.rules)) == (
                one["what"], one["table"], one["subject"], one["rules"])
            assert (wanted.missing.vi, wanted.missing.en) == (one["vi"], one["en"])
        assert [note.to_dict() for note in rating.data_notes] == expected["data_notes"]


def test_a_weak_rank_and_what_follows(plan: Plan) -> None:
    assessment = plan.assess(RANKED, as_of="2025-06-30")
    rating = next(r for r in assessment.ratings if r.body.id == "loc_tho" and r.year == 2024)
    assert rating.rank == "weak" and assessment.ratings is assessment.ratings
    assert [c.subject.id for c in (*rating.heads, *rating.deputies, *rating.staff)] == ["h", "d", "s"]
    assert {due.finding.subject.id for due in rating.measures} == {"loc_tho", "h"}
    for due in rating.measures:
        assert due.finding.verdict is Verdict.BINDING
        assert due.vi in {text.vi for text in due.finding.measures}
    head = [r for r in rating.reasons if r.finding.subject.id == "h"]
    accountable = [r.text(lang="en") for r in head if r.finding.verdict is Verdict.BINDING]
    assert accountable and all(text.startswith("ranked weak in") and "→" in text for text in accountable)
    assert {finding.body.id for finding in (r.finding for r in head) if finding.body} == {"loc_tho"}
    with pytest.raises(ValueError, match="lang"):
        head[0].text("fr")  # type: ignore[arg-type]


def test_ceilings_of_a_case(plan: Plan) -> None:
    facts = RANKED + Facts.from_dict({**SCHEMA, "collectives": [{"id": "c", "kind": "leadership", "body": "loc_tho"}]})
    case = plan.prepare(facts, as_of="2025-06-30")
    whole = case.assess()
    head, collective = case.person_ceiling("h", year=2024), case.collective_ceiling("c", year=2024)
    assert head in whole.ceilings and head.binding == ("rank_caps_head",)
    assert collective in whole.ceilings and collective.subject.id == "c" and collective.binding
    rating = next(r for r in whole.ratings if r.body.id == "loc_tho" and r.year == 2024)
    assert rating.heads == (head,) and rating.collectives == (collective,)
    for ask in (case.person_ceiling, case.collective_ceiling):
        for who, options in (("nobody", {}), ("h", {"scale": "rnk"}), ("h", {"year": 20024})):
            with pytest.raises(caicach.NotFoundError):
                ask(who, **{"year": 2024, **options})  # type: ignore[arg-type]


def test_capped(ward: caicach.Assessment) -> None:
    finding = ward.select(rule="late_share_caps_rank", subject="loc_tho", verdict="binding")[0]
    assert finding.capped == ("rank", "fair") and finding.measures == ()
    assert ward.select(rule="cadre_reduction")[0].capped is None


def test_tasks(plan: Plan) -> None:
    facts = Facts.from_dict({**SCHEMA, "task_reports": [
        {"task": "I.1", "date": "2024-02-01", "status": "started", "body": "loc_tho"}]})
    assessment = plan.assess(facts, as_of="2025-01-15")
    states = {state.task: state for state in assessment.tasks}
    assert list(states) == [task.id for task in plan.tasks]
    first = states["I.1"]
    assert first.status is TaskStatus.IN_PROGRESS and (first.reports, first.last_report) == (1, date(2024, 2, 1))
    assert first.from_ is None and first.due is None and first.days_overdue is None
    overdue = [state for state in assessment.tasks if state.status is TaskStatus.OVERDUE]
    assert overdue
    for state in overdue:
        assert state.due is not None and state.days_overdue == (date(2025, 1, 15) - state.due).days
        assert state.missed >= 1 and state.owes and state.from_ is not None
    for state in assessment.tasks:
        expected = state.to_dict()
        assert [(o.body, o.role, o.members) for o in state.owes] == [
            (o["body"], o["role"], o.get("members")) for o in expected["owes"]]
        for name, value in (("from", state.from_), ("due", state.due), ("done", state.done),
                            ("next_due", state.next_due)):
            assert expected.get(name) == (None if value is None else value.isoformat())
        assert list(state.lead) == expected["lead"] and state.schedule == expected["schedule"]
    assert {status.label() for status in TaskStatus} == {
        "chờ sự kiện", "chưa đến kỳ", "cần thực hiện", "đang thực hiện", "hoàn thành", "hoàn thành trễ", "quá hạn"}


def test_progress(plan: Plan) -> None:
    facts = Facts.from_dict({**SCHEMA, "headcounts": [
        {"date": day, "category": "cadre", "basis": "assigned", "count": count}
        for day, count in (("2022-12-31", 1247), ("2024-12-31", 1230))]})
    progress, = plan.assess(facts, as_of="2025-01-15").progress
    assert (progress.rule, progress.subject.id, progress.unit) == ("cadre_reduction", "nha_trang", "posts")
    # 5 % of 1247 is 62.35: 63 posts. Two of four years, 731 days of 1461, are over.
    assert (progress.start.date, progress.start.value) == (date(2022, 12, 31), 0)
    assert (progress.now.value, progress.target.value) == (17, 63)
    assert progress.required.even == Fraction(63 * 731, 1461)
    assert progress.required.back_loaded == Fraction(63, 6)
    assert [point.date.year for point in progress.path] == [2023, 2024, 2025, 2026]
    assert progress.path[-1].even == progress.path[-1].back_loaded == 63
    leads = progress.projection
    assert leads is not None and not leads.enough
    # 17 posts in 731 days, 730 more days: 33 whole posts.
    assert leads.per_year == Fraction(17 * 365, 731)
    assert (leads.reached, leads.short) == (33, 30)
    assert "30 posts short in 2026" in progress.text(lang="en") and "không phải kết luận" in progress.text()


def test_sensitivity(plan: Plan) -> None:
    facts = Facts.from_dict({**SCHEMA, "headcounts": [
        {"date": day, "category": "employee", "basis": "assigned", "count": count}
        for day, count in (("2022-12-31", 27651), ("2026-12-31", 24886))]})
    assessment = plan.assess(facts, as_of="2027-01-15")
    seen = {(f.rule, f.subject.id, s.reading, s.option, s.verdict) for f in assessment.findings for s in f.sensitive_to}
    told = {(c.rule, c.subject.id, d.reading, d.option.id, c.would_be) for d in assessment.sensitivity for c in d.changes}
    assert told == seen and seen
    for other in assessment.sensitivity:
        assert other.taken == assessment.receipt.readings[other.reading]
        assert sum(other.by_rule.values()) == len(other.changes)
        assert other.question == plan.reading(other.reading).question
        again = plan.assess(facts, as_of="2027-01-15", readings={other.reading: other.option.id})
        for change in other.changes:
            assert change.finding.verdict is change.verdict
            same = again.select(rule=change.rule, subject=change.subject.id)
            # Where the other reading finds nothing to judge, there is no finding.
            found = [f.verdict for f in same if f.period == change.period] or [Verdict.NOT_APPLICABLE]
            assert found == [change.would_be]
        assert other.text().startswith("Nếu ") and other.text(lang="en").startswith("If ")


def test_without_alternatives(plan: Plan) -> None:
    facts = Facts.from_dict({**SCHEMA, "headcounts": [
        {"date": day, "category": "employee", "basis": "assigned", "count": count}
        for day, count in (("2022-12-31", 27651), ("2026-12-31", 24886))]})
    full = plan.assess(facts, as_of="2027-01-15")
    bare = plan.assess(facts, as_of="2027-01-15", alternatives=False)
    assert [f.verdict for f in bare.findings] == [f.verdict for f in full.findings]
    assert full.sensitivity and bare.sensitivity == () and bare.summary.sensitive == 0
    assert plan.prepare(facts, as_of="2027-01-15", alternatives=False).assess().to_json() == bare.to_json()


TABLES: tuple[caicach.types.FrameName, ...] = ("findings", "ceilings", "ratings", "tasks", "progress", "sensitivity")


@pytest.mark.parametrize("table", TABLES)
def test_frames(demo: caicach.Assessment, table: caicach.types.FrameName) -> None:
    pytest.importorskip("pandas"), pytest.importorskip("polars")
    frame, other = demo.to_polars(table), demo.to_pandas(table)
    assert frame.columns == list(other.columns) and frame.height == len(other) > 0
    rows: Any = {"findings": demo.findings, "ceilings": demo.ceilings, "tasks": demo.tasks, "progress": demo.progress,
                 "sensitivity": [c for d in demo.sensitivity for c in d.changes]}
    if table in rows:
        assert frame.height == len(rows[table])
    for name, dtype in frame.schema.items():
        assert "Float" not in str(dtype), name


def test_frames_of_ratings_and_progress(plan: Plan) -> None:
    pytest.importorskip("polars")
    ranked = plan.assess(RANKED, as_of="2025-06-30").to_polars("ratings").filter(year=2024, body="loc_tho")
    assert ranked["role"].to_list() == ["body", "head", "deputy", "staff"]
    assert ranked["measures"].is_not_null().to_list() == [True, True, False, False]
    facts = Facts.from_dict({**SCHEMA, "headcounts": [
        {"date": day, "category": "cadre", "basis": "assigned", "count": count}
        for day, count in (("2022-12-31", 1247), ("2024-12-31", 1250))]})
    assessment = plan.assess(facts, as_of="2025-01-15")
    row = assessment.to_polars("progress").row(0, named=True)
    shown = assessment.progress[0].to_dict()
    # The frame rounds as the engine does, below zero too.
    assert row["per_year"] == Decimal(shown["projection"]["per_year"]["value"]) < 0
    assert row["even"] == Decimal(shown["required"]["even"]["value"])


def test_frames_of_no_such_table(demo: caicach.Assessment) -> None:
    pytest.importorskip("pandas")
    for wrong in ("agenda", "finding"):
        with pytest.raises(ValueError, match="expected one of findings, ceilings"):
            demo.to_pandas(wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_html(plan: Plan, lang: caicach.types.Lang) -> None:
    nasty = "<script>x</script>"
    facts = RANKED + Facts.from_dict({**SCHEMA, "people": [{**PEOPLE[0], "id": nasty}]})
    rating = next(r for r in plan.assess(facts, as_of="2025-06-30").ratings
                  if r.body.id == "loc_tho" and r.year == 2024)
    text = rating.to_html(lang=lang)
    assert tags(text).seen <= ALLOWED and "<script" not in text and "&lt;script&gt;" in text
    assert "UBND phường Lộc Thọ" in text and rating.measures[0].vi in rating._repr_html_()
    with pytest.raises(ValueError, match="lang"):
        rating.to_html(lang="fr")  # type: ignore[arg-type]
