"""Differences of plans, amendments, bodies through reorganisations, apportioning."""

from __future__ import annotations

import datetime
import json
import pathlib
from fractions import Fraction

import caicach
import pytest
from caicach import Amendment, Facts, Plan, Verdict
from test_html import ALLOWED, tags

from conftest import ROOT, SCHEMA

HEAD = 'schema = "caicach/amendment/1"\n' \
    '[document]\nnumber = "120/QĐ-UBND"\ndate = "2025-02-20"\nissuer = "UBND thành phố Nha Trang"\n' \
    'title = "Sửa đổi"\ntitle_en = "Amendment"\nsource = "made up for a test"\n'
ROUNDING = HEAD + '[[change]]\ndate = "2025-03-01"\naction = "replace"\nwhat = "reading"\n' \
    'id = "reduction_rounding"\ndefault = "nearest"\nreason = "test"\n'
REMOVAL = HEAD + '[[change]]\ndate = "2025-06-01"\naction = "remove"\nwhat = "rule"\nid = "single_lead"\n'
# 10 % of 27 651 is 2 765.1: 2 765 posts are enough only where it is rounded to the nearest.
CUT = Facts.from_dict({**SCHEMA, "headcounts": [
    {"date": day, "category": "employee", "basis": "assigned", "count": count}
    for day, count in (("2022-12-31", 27651), ("2026-12-31", 24886))]})


def test_amendment(tmp_path: pathlib.Path) -> None:
    amendment = Amendment.from_toml(ROUNDING)
    assert (amendment.number, amendment.date) == ("120/QĐ-UBND", datetime.date(2025, 2, 20))
    assert (amendment.issuer, amendment.title) == ("UBND thành phố Nha Trang", "Sửa đổi")
    assert (amendment.title_en, amendment.source) == ("Amendment", "made up for a test")
    change, = amendment.changes
    assert (change.date, change.action, change.what) == (datetime.date(2025, 3, 1), "replace", "reading")
    assert (change.target, change.default, change.after, change.reason) == (
        "reduction_rounding", "nearest", None, "test")
    assert change.to_dict()["default"] == "nearest"
    path = tmp_path / "sửa đổi.toml"
    path.write_text(ROUNDING, "utf-8")
    assert Amendment.load(path) == amendment == Amendment.from_toml(ROUNDING.encode())
    with pytest.raises(FileNotFoundError):
        Amendment.load(tmp_path / "none.toml")


def test_every_problem_of_an_amendment() -> None:
    wrong = HEAD + '[[change]]\ndate = "2025-02-31"\naction = "replac"\nwhat = "reading"\nid = "x"\n'
    with pytest.raises(caicach.AmendmentError) as caught:
        Amendment.from_toml(wrong)
    assert [(p.code, p.path) for p in caught.value.problems] == [
        ("bad_date", "change[0].date"), ("unknown_choice", "change[0].action")]
    assert caught.value.problems[1].help == "did you mean `replace`?" and caught.value.problems[0].line == 10
    assert isinstance(caught.value, ValueError) and isinstance(caught.value, caicach.CaicachError)


def test_the_plan_in_force(plan: Plan) -> None:
    amended = plan.amended(Amendment.from_toml(REMOVAL), Amendment.from_toml(ROUNDING))
    assert amended.base == plan == amended.on("2025-02-28") == amended.on(datetime.date(1900, 1, 1))
    march, june = amended.on("2025-03-01"), amended.on("2025-06-01")
    assert [(day.isoformat(), version) for day, version in amended.versions] == [
        ("2025-03-01", march), ("2025-06-01", june)]
    assert march == amended.on("2025-05-31") and march.reading("reduction_rounding").default == "nearest"
    assert march.rule("single_lead") and len(june.rules) == len(plan.rules) - 1
    assert [amendment.number for amendment in amended.amendments] == ["120/QĐ-UBND"] * 2
    assert plan.amended().versions == () and plan.amended().on("2025-01-01") == plan
    with pytest.raises(caicach.NotFoundError):
        june.rule("single_lead")
    # The engine judges by the plan in force.
    verdicts = [p.assess(CUT, as_of="2027-01-15").select(rule="employee_reduction")[0].verdict for p in (plan, march)]
    assert verdicts == [Verdict.NOT_MET, Verdict.MET]
    with pytest.raises(caicach.DateError):
        amended.on("2025-3-1")


def test_an_amendment_that_does_not_fit(plan: Plan) -> None:
    twice = [Amendment.from_toml(ROUNDING), Amendment.from_toml(ROUNDING)]
    with pytest.raises(caicach.AmendmentError) as caught:
        plan.amended(*twice)
    assert (caught.value.code, caught.value.path) == ("contradiction", "amendment[1].change[0]")
    with pytest.raises(TypeError):
        plan.amended(ROUNDING)  # type: ignore[arg-type]


def test_diff(plan: Plan) -> None:
    assert not plan.diff(plan) and plan.diff(plan).text() == "Hai kế hoạch không khác nhau."
    june = plan.amended(Amendment.from_toml(REMOVAL), Amendment.from_toml(ROUNDING)).on("2025-06-01")
    diff = plan.diff(june)
    assert len(diff) == 2 and diff.verdict_changes is None
    assert [(d.part, d.id, d.fate) for d in diff.differences] == [
        ("reading", "reduction_rounding", "changed"), ("rule", "single_lead", "removed")]
    field, = diff.differences[0].fields
    assert (field.path, field.before, field.after) == ("default", '"exact"', '"nearest"')
    assert diff.text().splitlines() == [difference.text() for difference in diff.differences]
    assert json.loads(diff.to_json()) == diff.to_dict()
    assert diff.to_dict()["before"] == plan.fingerprint and diff.to_dict()["after"] == june.fingerprint
    assert diff.thresholds == ()


def test_thresholds(plan: Plan) -> None:
    toml = (ROOT / "core" / "data" / "plan-298.toml").read_text("utf-8")
    toml = toml.replace("ít nhất 5% biên chế cán bộ", "ít nhất 6% biên chế cán bộ")
    before, after = toml.split('id = "cadre_reduction"')
    other = Plan.from_toml(before + 'id = "cadre_reduction"' + after.replace('percent = "5"', 'percent = "6"', 1))
    (rule, field), = plan.diff(other).thresholds
    assert (rule, field.path, field.before, field.after) == ("cadre_reduction", "percent", '"5"', '"6"')


def test_verdicts_that_change(plan: Plan) -> None:
    march = plan.amended(Amendment.from_toml(ROUNDING)).on("2025-03-01")
    diff = plan.diff(march, CUT, as_of="2027-01-15")
    change, = diff.verdict_changes or ()
    assert (change.rule, change.subject.id) == ("employee_reduction", "nha_trang")
    assert (change.before, change.after) == (Verdict.NOT_MET, Verdict.MET)
    assert change.period.to == datetime.date(2026, 12, 31)
    # The reading chosen holds for both.
    assert plan.diff(march, CUT, as_of="2027-01-15", readings={"reduction_rounding": "exact"}).verdict_changes == ()
    removed = plan.amended(Amendment.from_toml(REMOVAL)).on("2025-06-01")
    gone = plan.diff(removed, CUT, as_of="2027-01-15").verdict_changes or ()
    assert gone and all(c.rule == "single_lead" and c.after is None and c.before is not None for c in gone)
    for wrong in ({"facts": CUT}, {"as_of": "2027-01-15"}, {"readings": {}}):
        with pytest.raises(TypeError):
            plan.diff(march, **wrong)  # type: ignore[arg-type]
    with pytest.raises(caicach.ReadingsError):
        plan.diff(march, CUT, as_of="2027-01-15", readings={"x": "y"})


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_diff_html(plan: Plan, lang: caicach.types.Lang) -> None:
    march = plan.amended(Amendment.from_toml(ROUNDING)).on("2025-03-01")
    text = plan.diff(march, CUT, as_of="2027-01-15").to_html(lang=lang)
    assert tags(text).seen <= ALLOWED and "reduction_rounding" in text and "employee_reduction" in text
    assert tags(plan.diff(plan)._repr_html_()).seen <= ALLOWED


def test_bodies_in_time(plan: Plan) -> None:
    def ids(bodies: tuple[caicach.Body, ...]) -> list[str]:
        return [body.id for body in bodies]

    assert ids(plan.successors("phuoc_tien", on="2025-01-01")) == ["tan_tien"]
    assert ids(plan.successors("phuoc_tien", on=datetime.date(2024, 1, 1))) == ["phuoc_tien"]
    assert ids(plan.predecessors("tan_tien", on="2024-06-30")) == ["phuoc_tan", "phuoc_tien", "tan_lap"]
    assert ids(plan.territory(on="2026-01-01")) == [
        "phuong_nha_trang", "bac_nha_trang", "tay_nha_trang", "nam_nha_trang"]
    with pytest.raises(caicach.NotFoundError):
        plan.successors("phuoc_tein", on="2025-01-01")


def test_apportion() -> None:
    posts = {"a": 103, "b": 57, "c": 41, "school": 400, "d": 9}
    result = caicach.apportion(21, posts, floors={"d": 9}, exempt="school")
    assert sum(result.cuts.values()) == result.cut == 21 == sum(lot.cut for lot in result.lots)
    assert [lot.id for lot in result.lots] == list(posts)
    lots = {lot.id: lot for lot in result.lots}
    assert (lots["school"].because, lots["d"].because) == ("exempt", "floor")
    # 21 of 201 posts: 10.76, 5.96, 4.28. One post each for the two largest remainders.
    assert lots["a"].quota == Fraction(21 * 103, 201)
    assert [lots[name].cut for name in "abc"] == [11, 6, 4]
    assert [lots[name].because for name in "abc"] == ["remainder", "remainder", "quota"]
    assert all(lot.posts == posts[lot.id] == lot.cut + lot.left for lot in result.lots)
    assert json.loads(result.to_json()) == result.to_dict()
    assert caicach.apportion(0, {}).lots == ()
    assert result == caicach.apportion(21, posts, floors={"d": 9}, exempt=["school"])


def test_apportion_refuses() -> None:
    with pytest.raises(caicach.ApportionError) as caught:
        caicach.apportion(9, {"a": 4, "b": 4})
    assert (caught.value.code, caught.value.path) == ("too_little", "cut") and isinstance(caught.value, ValueError)
    with pytest.raises(caicach.ApportionError) as caught:
        caicach.apportion(1, {"a": 2**64 - 1, "b": 1})
    assert caught.value.code == "out_of_range"
    for extra in ({"floors": {"scool": 1}}, {"exempt": ["scool"]}):
        with pytest.raises(caicach.NotFoundError) as missing:
            caicach.apportion(1, {"school": 5}, **extra)  # type: ignore[arg-type]
        assert missing.value.help == "did you mean `school`?"
    for cut, posts in ((True, {}), (1.0, {}), ("1", {}), (1, {"a": 1.5}), (1, {3: 1}), (1, ["a"])):
        with pytest.raises(TypeError):
            caicach.apportion(cut, posts)  # type: ignore[arg-type]
    for cut, posts in ((-1, {}), (1, {"a": -1}), (2**64, {})):
        with pytest.raises(ValueError, match="count between"):
            caicach.apportion(cut, posts)


def test_tasks_by_body_group_and_schedule() -> None:
    plan = Plan.builtin()
    assert plan.tasks_of() == plan.tasks
    for group in ("I", "II", "III", "IV", "V", "VI", "VII"):
        assert plan.tasks_of(group=group) == tuple(task for task in plan.tasks if task.group == group)
    kinds = {task.schedule.kind for task in plan.tasks}
    assert sum(len(plan.tasks_of(schedule=kind)) for kind in kinds) == 55
    # As a member of "các cơ quan, đơn vị" and "UBND cấp xã", and by name in the pilot.
    assert {"I.1", "I.4", "VII.7"} <= {task.id for task in plan.tasks_of("loc_tho")}
    assert {task.id for task in plan.tasks_of("loc_tho")} - {task.id for task in plan.tasks_of("vinh_hai")} == {"VII.7"}
    assert [task.id for task in plan.tasks_of("chi_cuc_thue")] == ["II.8"]
    for unknown in ({"body": "loctho"}, {"group": "VIII"}, {"schedule": "annually"}):
        with pytest.raises(caicach.NotFoundError):
            plan.tasks_of(**unknown)
    assert plan.clause("I.1.3") == plan.clauses[2]
    with pytest.raises(caicach.NotFoundError, match="II.1"):
        plan.clause("II.2")
