"""Reductions: a stock falls by at least so many per cent of its baseline."""
from fractions import Fraction
from math import floor

from world import CITY, PLAN_FROM, day, first_day, last_day, number, put


def stock_records(world, rule):
    """[(date, count)] of the city's stock in time order."""
    if rule["stock"] == "service_units":
        rows = world.table("service_units")
        return sorted((day(r["date"]), r["count"]) for r in rows if "count" in r)
    rows = [r for r in world.table("headcounts")
            if r["category"] == rule["category"] and r["basis"] == world.reading["headcount_basis"]]
    rows = [r for r in rows if day(r["date"]) <= world.as_of]
    own = sorted((day(r["date"]), r["count"]) for r in rows if world.body_of(r) == CITY)
    if own:
        return own
    # 02: A city figure is the city's own record; else the sum over bodies where the table is declared complete.
    # Ambiguous: on which dates. On every date of a record that a declaration covers, each body with its last record.
    out = []
    for date in sorted({day(r["date"]) for r in rows}):
        if world.complete("headcounts", date, date):
            latest = {}
            for r in sorted(rows, key=lambda r: r["date"]):
                if day(r["date"]) <= date:
                    latest[world.body_of(r)] = r["count"]
            out.append((date, sum(latest.values())))
    return out


def listed_units(world, date):
    """Units listed one by one count only where the list is declared complete on that date."""
    rows = [r for r in world.table("service_units") if "id" in r]
    if not rows or not world.complete("service_units", date, date):
        return None
    return sum(1 for r in rows if day(r["established"]) <= date and not (r.get("dissolved") and day(r["dissolved"]) <= date))


def reduction(world, rule, out):
    start, deadline = first_day(rule.get("from", PLAN_FROM)), last_day(rule["by"])
    records = [r for r in stock_records(world, rule) if r[0] <= world.as_of]
    # 02: `eve_of_period`: last record on or before 31/12 of the year before the period (2022; the same for
    # unit_reduction, whose clause names no start) · `year_2021`: last record dated in 2021
    if world.reading["reduction_baseline"] == "eve_of_period":
        eve = last_day(start.year - 1)
        bases = [r for r in records if r[0] <= eve]
    else:
        eve = last_day(2021)
        bases = [r for r in records if r[0].year == 2021]
    base = bases[-1] if bases else None
    # 02: now = last record on or before the earlier of as-of and deadline and after the baseline
    until = min(world.as_of, deadline)
    nows = [r for r in records if r[0] <= until and (r[0] > base[0] if base else r[0] > eve)]
    now = nows[-1] if nows else None
    if rule["stock"] == "service_units" and not records:
        # Ambiguous: before the eve has come, the baseline is that of as-of.
        count = listed_units(world, min(eve, world.as_of))
        base = None if count is None else (eve, count)
        # Ambiguous: the date of "the last record" of a list. The last day up to then for which it is declared complete.
        ends = [min(until, day(c["to"])) for c in world.table("complete") if c["table"] == "service_units"]
        until = max([e for e in ends if e > eve], default=eve)
        count = listed_units(world, until) if until > eve else None
        now = None if count is None else (until, count)
    reached, amount = None, base[1] if base else None
    if base and now:
        # 02: base = baseline record (+ adjustments dated after it, up to now's record)
        if rule["stock"] == "headcount" and world.reading["baseline_adjustment"] == "adjusted":
            amount += sum(a["delta"] for a in world.table("quota_adjustments")
                          if a["category"] == rule["category"] and base[0] < day(a["date"]) <= now[0])
        # 02: `exact`: posts to cut = ceiling · `nearest`: p x baseline rounded half up to a whole post
        cut = number(rule["percent"]) / 100 * amount
        required = -floor(-cut) if world.reading["reduction_rounding"] == "exact" else floor(cut + Fraction(1, 2))
        reached = now[1] <= amount - required
    # 02: now <= base - required: `met`. Else up to and on the deadline `pending`, after it `not_met`, or `undetermined`
    # where a record is missing. A stock is only judged after its deadline with a record of the deadline's calendar
    # year; an older one leaves it undetermined.
    # Ambiguous: a baseline of 0. A share of nothing: not_applicable.
    if base and amount <= 0:
        verdict = "not_applicable"
    elif world.as_of <= deadline:
        verdict = "met" if reached else "pending"
    elif reached is None or now[0].year != deadline.year:
        verdict = "undetermined"
    else:
        verdict = "met" if reached else "not_met"
    put(out, rule, "city", CITY, start, deadline, verdict)


