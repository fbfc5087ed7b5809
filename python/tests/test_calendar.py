"""The working calendar, by the days of domain.md that official decisions gave, and the lunar calendar."""

import json
import pickle
from datetime import date, timedelta
from typing import Any

import caicach
import pytest

from conftest import ROOT

LUNAR = json.loads((ROOT / "tests" / "vectors" / "calendar" / "lunar.json").read_text("utf-8"))
CALENDAR = caicach.Calendar.builtin()
TET = {2023: "2023-01-22", 2024: "2024-02-10", 2025: "2025-01-29", 2026: "2026-02-17", 2027: "2027-02-06",
       2028: "2028-01-26", 2029: "2029-02-13", 2030: "2030-02-02"}
HUNG_KINGS = {2023: "2023-04-29", 2024: "2024-04-18", 2025: "2025-04-07", 2026: "2026-04-26", 2027: "2027-04-16",
              2028: "2028-04-04", 2029: "2029-04-23", 2030: "2030-04-12"}


@pytest.mark.parametrize(("year", "days"), [(2023, 249), (2024, 251), (2025, 250), (2026, 250)])
def test_working_days_of_a_year(year: int, days: int) -> None:
    assert CALENDAR.working_days(f"{year}-01-01", f"{year}-12-31") == days
    one_by_one = [date(year, 1, 1) + timedelta(n) for n in range(366)]
    assert sum(CALENDAR.is_working(day) for day in one_by_one if day.year == year) == days


@pytest.mark.parametrize("year", TET)
def test_lunar_days(year: int) -> None:
    assert CALENDAR.lunar_new_year(year) == date.fromisoformat(TET[year])
    assert caicach.Calendar.hung_kings_day(year) == date.fromisoformat(HUNG_KINGS[year])
    assert CALENDAR.is_estimated(year) == (year > 2026)


@pytest.mark.parametrize("case", LUNAR, ids=lambda case: " ".join(map(str, [case.get("solar"), case.get("lunar")])))
def test_lunar_dates(case: dict[str, Any]) -> None:
    solar, lunar, error = case.get("solar"), case.get("lunar"), case.get("error")
    assert (solar is None or lunar is None) == (error is not None)
    if error is None:
        assert CALENDAR.solar_to_lunar(solar) == caicach.LunarDate(**lunar)
        assert CALENDAR.solar_to_lunar(date.fromisoformat(solar)).leap is lunar["leap"]
        assert CALENDAR.lunar_to_solar(**lunar) == date.fromisoformat(solar)
        return
    with pytest.raises(caicach.CalendarError) as caught:
        CALENDAR.solar_to_lunar(solar) if solar else CALENDAR.lunar_to_solar(**lunar)
    assert caught.value.code == error
    paths = {"out_of_range": "year", "no_such_month": "month", "no_leap_month": "leap", "no_such_day": "day"}
    assert caught.value.path == ("date" if solar else paths[error])


def test_lunar_dates_are_values() -> None:
    found = caicach.Calendar.solar_to_lunar("2023-03-22")
    assert pickle.loads(pickle.dumps(found)) == found == (2023, 2, True, 1)
    for wrong, code in (((2**40, 1, 1), "out_of_range"), ((2024, -1, 1), "no_such_month"), ((2024, 258, 1), "no_such_month"),
                        ((2024, 1, 257), "no_such_day"), ((2024, 1, -1), "no_such_day")):
        with pytest.raises(caicach.CalendarError) as caught:
            caicach.Calendar.lunar_to_solar(*wrong)
        assert caught.value.code == code


def test_counting() -> None:
    assert CALENDAR.add_working_days("2024-04-26", 1) == date(2024, 5, 2)
    # Received on a day off: the next working day is day 0.
    assert CALENDAR.add_working_days("2024-04-29", 0) == date(2024, 5, 2)
    assert CALENDAR.working_days_between("2024-04-26", "2024-05-04") == 3
    assert CALENDAR.add_half_days("2024-08-16", "morning", 3) == (date(2024, 8, 19), "afternoon")
    assert CALENDAR.add_half_days("2024-08-17", "afternoon", 1) == (date(2024, 8, 19), "afternoon")
    assert CALENDAR.add_working_days("2101-01-01", 1) is None and CALENDAR.lunar_new_year(1899) is None
    with pytest.raises(ValueError, match="half"):
        CALENDAR.add_half_days("2024-08-16", "noon", 1)  # type: ignore[arg-type]


def test_days_of_ones_own() -> None:
    off = CALENDAR.days_off("2024-04-29", "2024-05-05")
    assert [(day["date"], day["kind"]) for day in off] == [
        ("2024-04-29", "swap"), ("2024-04-30", "holiday"), ("2024-05-01", "holiday")]
    own = CALENDAR.with_holidays(
        '[[working_day]]\ndate = "2024-05-11"\nsource = "QĐ"\n[[day_off]]\ndate = "2024-05-10"\nvi = "Lũ"\nsource = "CV"\n')
    assert own.is_working("2024-05-11") and not own.is_working("2024-05-10")
    assert own.fingerprint != CALENDAR.fingerprint == caicach.Calendar.builtin().fingerprint
    assert not CALENDAR.with_optional("culture_day").is_working("2026-11-24")
    for broken in ("[[day_off]]", "x", b"\xff", '[[day_off]]\ndate = "2024-02-30"\nvi = "x"\nsource = "x"\n'):
        with pytest.raises(caicach.CalendarError) as caught:
            CALENDAR.with_holidays(broken)
        assert caught.value.path == "toml"
