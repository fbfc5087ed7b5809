"""The agenda, and its calendar file as a real client library reads it."""

from __future__ import annotations

import datetime
import json
from typing import Any

import caicach
import icalendar
import pytest
from caicach import Plan
from test_html import ALLOWED, tags

STAMP = "2023-01-13"


@pytest.fixture(scope="module")
def agenda(plan: Plan) -> caicach.Agenda:
    return plan.agenda("2023-01-01", datetime.date(2030, 12, 31))


def read(text: str) -> icalendar.Calendar:
    calendar = icalendar.Calendar.from_ical(text)
    assert isinstance(calendar, icalendar.Calendar)
    # The library keeps what it could not read with the component.
    assert [error for part in calendar.walk() for error in part.errors] == []
    return calendar


def events(calendar: icalendar.Calendar) -> list[Any]:
    return list(calendar.walk("VEVENT"))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_calendar_client_reads_it(agenda: caicach.Agenda, lang: caicach.types.Lang) -> None:
    calendar = read(agenda.to_ical(stamp=STAMP, lang=lang))
    assert calendar["VERSION"] == "2.0" and "caicach" in calendar["PRODID"]
    found = events(calendar)
    assert len(found) == len(agenda) == len(agenda.items) > 100
    for event, item in zip(found, agenda.items, strict=True):
        start, end = event.decoded("DTSTART"), event.decoded("DTEND")
        # Whole days: no datetime.
        assert type(start) is type(end) is datetime.date
        assert (start, end) == (item.due, item.due + datetime.timedelta(days=1))
        assert str(event["SUMMARY"]) == item.text(lang)
        assert event["SUMMARY"].params["LANGUAGE"] == lang
        assert event.decoded("DTSTAMP") == datetime.datetime(2023, 1, 13, tzinfo=datetime.UTC)
        assert event.categories == [item.kind]
        assert event["TRANSP"] == "TRANSPARENT"
        clause = item.clause.removeprefix("annex ")
        assert clause in str(event["DESCRIPTION"]) and "\n" in str(event["DESCRIPTION"])


def test_uids_name_the_same_thing_in_every_file(plan: Plan, agenda: caicach.Agenda) -> None:
    def uids(whole: caicach.Agenda, lang: caicach.types.Lang = "vi", stamp: str = STAMP) -> list[str]:
        return [str(event["UID"]) for event in events(read(whole.to_ical(stamp=stamp, lang=lang)))]

    all_of_them = uids(agenda)
    assert len(set(all_of_them)) == len(all_of_them)
    assert uids(agenda, "en", "2024-05-05") == all_of_them
    year = plan.agenda("2025-01-01", "2025-12-31")
    assert len(year) > 10 and set(uids(year)) <= set(all_of_them)


def test_it_is_read_again_as_it_was_written(agenda: caicach.Agenda) -> None:
    text = agenda.to_ical(stamp=STAMP)
    assert text == agenda.to_ical(stamp=datetime.date(2023, 1, 13))
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    again = read(read(text).to_ical().decode())
    key = [(str(e["UID"]), e.decoded("DTSTART"), str(e["SUMMARY"])) for e in events(read(text))]
    assert [(str(e["UID"]), e.decoded("DTSTART"), str(e["SUMMARY"])) for e in events(again)] == key


def test_one_body(plan: Plan) -> None:
    ward = plan.agenda("2023-01-01", "2025-12-31", "loc_tho")
    assert ward.to_dict() == plan.agenda("2023-01-01", "2025-12-31", body="UBND phường Lộc Thọ").to_dict()
    everybody = plan.agenda("2023-01-01", "2025-12-31")
    assert 0 < len(ward) < len(everybody)
    # It ended on 30/06/2025: what is owed for the year falls due on that day, and nothing afterwards.
    assert max(item.due for item in ward.items) == plan.body("loc_tho").valid_to == datetime.date(2025, 6, 30)
    with pytest.raises(caicach.NotFoundError) as caught:
        plan.agenda("2023-01-01", "2023-12-31", "UBND phường Lộc Tho")
    assert caught.value.path == "body"


def test_items(agenda: caicach.Agenda, plan: Plan) -> None:
    assert json.loads(agenda.to_json()) == agenda.to_dict() == [item.to_dict() for item in agenda.items]
    assert [item.due for item in agenda.items] == sorted(item.due for item in agenda.items)
    known = {task.id for task in plan.tasks} | {rule.id for rule in plan.rules}
    assert {item.id for item in agenda.items} <= known
    assert {item.kind for item in agenda.items} == {"task", "frequency", "deadline", "milestone"}
    assert agenda.plan == plan
    weekly = plan.agenda("2025-01-01", "2025-01-31", weekly=True)
    assert {"weekly_review"} <= {item.id for item in weekly.items} - {i.id for i in
                                                                    plan.agenda("2025-01-01", "2025-01-31").items}


UPDATES = {"schema": "caicach/facts/1", "record_updates": [
    {"person": "cb1", "changed": "2024-04-26"}, {"person": "cb2", "changed": "2024-05-20", "recorded": "2024-05-21"}]}


def test_facts_put_down_what_is_due_within_days(plan: Plan) -> None:
    facts = caicach.Facts.from_dict(UPDATES)
    days = ("2024-04-27", "2024-05-31")
    found = [(item.due, item.id, item.about) for item in plan.agenda(*days, "Lộc Thọ", facts=facts).items]
    assert found == [(datetime.date(2024, 5, 1), "record_update", "cb1"), (datetime.date(2024, 5, 25), "record_update", "cb2")]
    assert plan.agenda(*days, "Lộc Thọ").items == ()
    # What was known, and how days count.
    working = plan.agenda(*days, facts=facts, as_of="2024-05-01", readings={"update_days": "working"})
    assert [(item.due, item.about) for item in working.items] == [(datetime.date(2024, 5, 7), "cb1")]
    own = caicach.Calendar.builtin().with_holidays(
        '[[day_off]]\ndate = "2024-05-02"\nvi = "Nghỉ do mưa lũ"\nsource = "Công văn"\n')
    case = plan.with_calendar(own).prepare(facts, as_of="2024-05-01", readings={"update_days": "working"})
    assert [item.due for item in case.agenda(*days).items] == [datetime.date(2024, 5, 8)]
    assert case.assess().receipt.calendar_fingerprint == own.fingerprint
    assert plan.assess(facts, as_of="2024-05-01").receipt.calendar_fingerprint is None
    with pytest.raises(TypeError, match="facts"):
        plan.agenda(*days, as_of="2024-05-01")
    text = working.to_ical(stamp=STAMP)
    assert len(events(read(text))) == len(working)


def test_arguments(plan: Plan) -> None:
    with pytest.raises(caicach.DateError) as caught:
        plan.agenda("2025-02-31", "2025-12-31")
    assert caught.value.path == "start"
    with pytest.raises(TypeError, match="end"):
        plan.agenda("2025-01-01", datetime.datetime(2025, 12, 31))
    with pytest.raises(TypeError):
        plan.agenda("2025-01-01", "2025-12-31").to_ical()  # type: ignore[call-arg]
    empty = plan.agenda("2022-01-01", "2022-06-30")
    assert len(empty) == 0 and events(read(empty.to_ical(stamp=STAMP))) == []


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_html(plan: Plan, lang: caicach.types.Lang) -> None:
    agenda = plan.agenda("2025-01-01", "2025-12-31")
    text = agenda.to_html(lang=lang, rows=5)
    assert tags(text).seen <= ALLOWED
    assert text.count("<tr>") == 6 and str(len(agenda) - 5) in text
    assert "_repr_html_" in dir(agenda) and agenda._repr_html_() == agenda.to_html()


def test_frames(agenda: caicach.Agenda) -> None:
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    frame = agenda.to_polars()
    assert frame.height == len(agenda) and frame.schema["due"] == polars.Date
    assert frame["due"].to_list() == [item.due for item in agenda.items]
    assert list(agenda.to_pandas().columns) == frame.columns
    assert agenda.to_pandas()["due"].dtype == pandas.Series([], dtype="datetime64[s]").dtype
