#!/usr/bin/env python3
"""Makes the table of core/src/calendar/lunar_table.rs: the Vietnamese lunar calendar, lunar years 1900 to 2100.

    python3 lunar-table.py > ../src/calendar/lunar_table.rs      (standard library only)
    python3 lunar-table.py --margins                             how close to midnight the closest calls are

Rules (Hồ Ngọc Đức, "Thuật toán tính âm lịch"): days begin at midnight UTC+7; a month begins on the day of the new moon;
the month that holds the winter solstice is month 11; if there are 13 months between two such months, the first one
without a principal solar term (the Sun's longitude a multiple of 30 degrees) is the leap month.

New moons: Jean Meeus, Astronomical Algorithms, 2nd ed., chapter 49 (a few seconds). Longitude of the Sun: chapter 25
(0.01 degree, about 15 minutes). Delta T: polynomials of Espenak and Meeus (2006). What it was compared
with is said at the head of the generated file (HEAD, below).
"""

import math
import sys
from datetime import date, timedelta

FIRST, LAST = 1900, 2100
ZONE = 7 / 24
UNIX_EPOCH = 2440588  # Julian day number of 1970-01-01


def delta_t(year):
    """TT - UT in seconds for 1860 to 2150."""
    if year < 1900:
        t = year - 1860
        return 7.62 + t * (0.5737 + t * (-0.251754 + t * (0.01680668 + t * (-0.0004473624 + t / 233174))))
    if year < 1920:
        t = year - 1900
        return -2.79 + t * (1.494119 + t * (-0.0598939 + t * (0.0061966 - t * 0.000197)))
    if year < 1941:
        t = year - 1920
        return 21.20 + t * (0.84493 + t * (-0.076100 + t * 0.0020936))
    if year < 1961:
        t = year - 1950
        return 29.07 + t * (0.407 + t * (-1 / 233 + t / 2547))
    if year < 1986:
        t = year - 1975
        return 45.45 + t * (1.067 + t * (-1 / 260 - t / 718))
    if year < 2005:
        t = year - 2000
        return 63.86 + t * (0.3345 + t * (-0.060374 + t * (0.0017275 + t * (0.000651814 + t * 0.00002373599))))
    if year < 2050:
        t = year - 2000
        return 62.92 + t * (0.32217 + t * 0.005589)
    return -20 + 32 * ((year - 1820) / 100) ** 2 - 0.5628 * (2150 - year)


# New moons too near to midnight for this method, decided by better ones: {day it gives: day it is}. That of 7 July 1967
# comes out 2 seconds before midnight; the error of chapter 49 is up to 17 seconds. PyEphem has it 2.5 seconds after
# midnight, and calendars printed at the time began the month on 8 July.
DECIDED = {date(1967, 7, 7): date(1967, 7, 8)}


def sin(degrees):
    return math.sin(math.radians(degrees))


# Coefficient, power of E, multiples of M, M', F, Omega (Meeus, table 49.A, new moon).
PERIODIC = [
    (-0.40720, 0, 0, 1, 0, 0), (0.17241, 1, 1, 0, 0, 0), (0.01608, 0, 0, 2, 0, 0), (0.01039, 0, 0, 0, 2, 0),
    (0.00739, 1, -1, 1, 0, 0), (-0.00514, 1, 1, 1, 0, 0), (0.00208, 2, 2, 0, 0, 0), (-0.00111, 0, 0, 1, -2, 0),
    (-0.00057, 0, 0, 1, 2, 0), (0.00056, 1, 1, 2, 0, 0), (-0.00042, 0, 0, 3, 0, 0), (0.00042, 1, 1, 0, 2, 0),
    (0.00038, 1, 1, 0, -2, 0), (-0.00024, 1, -1, 2, 0, 0), (-0.00017, 0, 0, 0, 0, 1), (-0.00007, 0, 2, 1, 0, 0),
    (0.00004, 0, 0, 2, -2, 0), (0.00004, 0, 3, 0, 0, 0), (0.00003, 0, 1, 1, -2, 0), (0.00003, 0, 0, 2, 2, 0),
    (-0.00003, 0, 1, 1, 2, 0), (0.00003, 0, -1, 1, 2, 0), (-0.00002, 0, -1, 1, -2, 0), (-0.00002, 0, 1, 3, 0, 0),
    (0.00002, 0, 0, 4, 0, 0),
]
# Planetary arguments: coefficient, constant, factor of k (Meeus, p. 351).
PLANETARY = [
    (0.000325, 299.77, 0.107408), (0.000165, 251.88, 0.016321), (0.000164, 251.83, 26.651886),
    (0.000126, 349.42, 36.412478), (0.000110, 84.66, 18.206239), (0.000062, 141.74, 53.303771),
    (0.000060, 207.14, 2.453732), (0.000056, 154.84, 7.306860), (0.000047, 34.52, 27.261239),
    (0.000042, 207.19, 0.121824), (0.000040, 291.34, 1.844379), (0.000037, 161.72, 24.198154),
    (0.000035, 239.56, 25.513099), (0.000023, 331.55, 3.592518),
]


def new_moon(k):
    """Julian date, UTC+7, of the k-th new moon after that of 6 January 2000."""
    t = k / 1236.85
    jde = 2451550.09766 + 29.530588861 * k + t * t * (0.00015437 + t * (-0.000000150 + t * 0.00000000073))
    e = 1 - 0.002516 * t - 0.0000074 * t * t
    m = 2.5534 + 29.10535670 * k - t * t * (0.0000014 + 0.00000011 * t)
    mm = 201.5643 + 385.81693528 * k + t * t * (0.0107582 + t * (0.00001238 - t * 0.000000058))
    f = 160.7108 + 390.67050284 * k - t * t * (0.0016118 + t * (0.00000227 - t * 0.000000011))
    omega = 124.7746 - 1.56375588 * k + t * t * (0.0020672 + t * 0.00000215)
    for c, power, a, b, g, o in PERIODIC:
        jde += c * e ** power * sin(a * m + b * mm + g * f + o * omega)
    for i, (c, constant, factor) in enumerate(PLANETARY):
        jde += c * sin(constant + factor * k - (0.009173 * t * t if i == 0 else 0))
    return jde - delta_t(2000 + k / 12.3685) / 86400 + ZONE


def sun(jd_local):
    """Apparent longitude of the Sun in degrees."""
    ut = jd_local - ZONE
    t = (ut + delta_t(2000 + (ut - 2451545) / 365.25) / 86400 - 2451545) / 36525
    m = 357.52911 + t * (35999.05029 - t * 0.0001537)
    centre = (1.914602 - t * (0.004817 + t * 0.000014)) * sin(m)
    centre += (0.019993 - 0.000101 * t) * sin(2 * m) + 0.000289 * sin(3 * m)
    omega = 125.04 - 1934.136 * t
    return (280.46646 + t * (36000.76983 + t * 0.0003032) + centre - 0.00569 - 0.00478 * sin(omega)) % 360


def sun_reaches(longitude, near):
    """Julian date, UTC+7, at which the Sun reaches a longitude, near a given date."""
    jd = near
    for _ in range(20):
        away = (longitude - sun(jd) + 180) % 360 - 180
        jd += away * 365.2422 / 360
        if abs(away) < 1e-7:
            break
    return jd


def day(jd):
    """The local day, as a Julian day number, that a local Julian date falls on."""
    return math.floor(jd + 0.5)


def number(d):
    return d.toordinal() - date(1970, 1, 1).toordinal() + UNIX_EPOCH


def months():
    """[(first day, lunar year, month, leap)] for all of FIRST..LAST and a little more."""
    first_k = math.floor((FIRST - 2 - 2000) * 12.3685)
    decided = {number(given): number(right) for given, right in DECIDED.items()}
    starts = [day(new_moon(k)) for k in range(first_k, first_k + (LAST - FIRST + 5) * 13)]
    starts = [decided.get(s, s) for s in starts]
    out = []
    for year in range(FIRST - 1, LAST + 2):
        # From the month with the solstice of year - 1 up to, not with, that of year.
        a = month_with(starts, solstice(year - 1))
        b = month_with(starts, solstice(year))
        leap = None
        if b - a == 13:
            terms = {day(sun_reaches(30 * i % 360, starts[a] + 30.4 * (i - 9))) for i in range(9, 22)}
            leap = next(i for i in range(a + 1, b) if not any(starts[i] <= s < starts[i + 1] for s in terms))
        month, lunar = 11, year - 1
        for i in range(a, b):
            if i > a and i != leap:
                month, lunar = (1, lunar + 1) if month == 12 else (month + 1, lunar)
            out.append((starts[i], lunar, month, i == leap))
    return out


def solstice(year):
    return day(sun_reaches(270, number(date(year, 12, 21))))


def month_with(starts, jdn):
    return max(i for i, s in enumerate(starts) if s <= jdn)


def table():
    """One number a year; the layout is described in the generated file."""
    rows = months()
    out = []
    for year in range(FIRST, LAST + 1):
        mine = [i for i, r in enumerate(rows) if r[1] == year]
        assert [rows[i][2] for i in mine if not rows[i][3]] == list(range(1, 13)), year
        bits = 0
        for position, i in enumerate(mine):
            length = rows[i + 1][0] - rows[i][0]
            assert length in (29, 30), (year, length)
            bits |= (length - 29) << position
        leap = next((rows[i][2] for i in mine if rows[i][3]), 0)
        offset = rows[mine[0]][0] - number(date(year, 1, 1))
        out.append(offset << 17 | leap << 13 | bits)
    return out


KNOWN = {
    2023: ("2023-01-22", "2023-04-29"), 2024: ("2024-02-10", "2024-04-18"), 2025: ("2025-01-29", "2025-04-07"),
    2026: ("2026-02-17", "2026-04-26"), 2027: ("2027-02-06", "2027-04-16"), 2028: ("2028-01-26", "2028-04-04"),
    2029: ("2029-02-13", "2029-04-23"), 2030: ("2030-02-02", "2030-04-12"),
    # Years in which Vietnam and China differ: Tết a day or a month apart.
    1968: ("1968-01-29", None), 1969: ("1969-02-16", None), 1985: ("1985-01-21", None), 2007: ("2007-02-17", None),
}


def check(rows):
    """Tết and Hùng Kings' day (10/3) as officially published."""
    firsts = {(r[1], r[2]): r[0] for r in rows if not r[3]}
    for year, (tet, hung) in KNOWN.items():
        assert firsts[year, 1] == number(date.fromisoformat(tet)), (year, "Tet")
        assert hung is None or firsts[year, 3] + 9 == number(date.fromisoformat(hung)), (year, "Hung Kings")


def show_margins():
    """The new moons nearest to midnight, and the principal terms nearest to the midnight between two months."""
    month_of = {r[0]: r[2] for r in months()}
    first_k = math.floor((FIRST - 2000) * 12.3685)
    moons = [new_moon(k) for k in range(first_k, first_k + 2490)]
    print("new moons, minutes after midnight (method: 17 seconds; Delta T of the future: a minute or more)")
    show_nearest(moons, "new moon")
    print("those that begin month 1 or 3 from 2026 on, which days off depend on")
    show_nearest([m for m in moons if day(m) > number(date(2026, 1, 1)) and month_of.get(day(m)) in (1, 3)], "new moon")
    print("principal terms, minutes after the beginning of a month (method: 15 minutes)")
    starts = {day(jd) for jd in moons}
    terms = [sun_reaches(30 * (i % 12), number(date(FIRST, 3, 21)) + 30.4369 * i) for i in range(201 * 12)]
    show_nearest([jd for jd in terms if round(jd + 0.5) in starts], "term")


def show_nearest(dates, what):
    after = lambda jd: ((jd + 0.5) - round(jd + 0.5)) * 1440
    for jd in sorted(dates, key=lambda jd: abs(after(jd)))[:8]:
        midnight = date(1970, 1, 1) + timedelta(days=round(jd + 0.5) - UNIX_EPOCH)
        print(f"  {what} at midnight of {midnight} {after(jd):+7.2f}")


HEAD = """\
//! The table behind [`super::lunar`]; made by `data/lunar-table.py`, not by hand.
//!
//! One number for each lunar year from {first} to {last}: bits 0 to 12 say which months have 30 days (bit 0: the first month;
//! the leap month has a bit of its own, after the month whose number it repeats), bits 13 to 16 hold the number of the
//! month that is repeated (0: none), bits 17 to 22 the days from 1 January to Tết. Days begin at midnight UTC+7 in all
//! years.
//!
//! New moons after Meeus (chapter 49), solar longitude after Meeus (chapter 25). Checked month by month:
//! - against PyEphem: every month agrees but July 1967, where the new moon fell 2.5 seconds after midnight and the
//!   script's own method is too coarse (see DECIDED there);
//! - against Hồ Ngọc Đức's table: from 1968 on every month agrees but one, the new moon of 8 May 2054, 23 seconds after
//!   midnight by this script, which hangs on the Earth's rotation until then. Before 1968 his table is for UTC+8, as
//!   calendars printed then were, and differs in 24 years; computed for UTC+8, this script gives his table but for five
//!   months, all before 1926;
//! - against the official dates of Tết and Hùng Kings' day, 2023 to 2030.
//!
//! What cannot be known yet: the new moons of November 2077 and October 2085 fall within half a minute of midnight. From
//! 2026 to 2100 no new moon that begins month 1 or 3 comes nearer than 2.9 minutes, so days off do not depend on it.

/// The first lunar year of the table.
pub(super) const FIRST_YEAR: i32 = {first};

/// Lunar years from [`FIRST_YEAR`] on.
#[rustfmt::skip]
pub(super) const YEARS: [u32; {count}] = ["""

if __name__ == "__main__":
    if "--margins" in sys.argv:
        show_margins()
        sys.exit()
    check(months())
    numbers = table()
    print(HEAD.format(first=FIRST, last=LAST, count=len(numbers)))
    for i in range(0, len(numbers), 10):
        print("    " + " ".join(f"0x{n:06x}," for n in numbers[i:i + 10]))
    print("];")
