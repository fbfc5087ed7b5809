"""Reductions: a stock falls by at least so many per cent of its baseline."""
import datetime as dt
from fractions import Fraction
from math import floor

from world import AFTER, BEFORE, CITY, PLAN_FROM, UnknownName, day, first_day, last_day, number, put


class Stock:
    """A sum of counts: what is known of it exactly, and the counts that went over splits without shares, by event and body
    before, each with the bodies that have a part of it."""

    def __init__(self, known=Fraction(0), told=False):
        self.known, self.open, self.told = known, {}, told

    def add(self, other):
        self.known = None if None in (self.known, other.known) else self.known + other.known
        for key, (count, bodies) in other.open.items():
            self.open[key] = self.open.get(key, (count, frozenset()))[0], self.open.get(key, (count, frozenset()))[1] | bodies
        self.told |= other.told

    def part(self, share, event, before, after):
        """What of it goes over a link. What is open already cannot be divided further."""
        whole = None if self.open else self.known
        if share == 1:
            return self
        out = Stock(told=self.told)
        if share is None:
            out.open[event, before] = whole, frozenset([after])
        else:
            out.known = None if whole is None else whole * share
        return out


def stock_on(world, rows, body, date, what):
    """A body's stock on a day: its last record, with what it has taken over since from bodies whose records are older. Of a
    body that was split since and goes on, what was left to it comes over the split."""
    own = [r for r in rows.get(body, []) if day(r["date"]) <= date]
    last = max(own, key=lambda r: r["date"]) if own else None
    since = day(last["date"]) if last else BEFORE
    links = [link for link in world.links() if link[2] == body and since < link[0] <= date]
    out = Stock(Fraction(last[what]), True) if last and all(f != body for _, f, *_ in links) else Stock()
    for when, other, _, part, event in links:
        out.add(stock_on(world, rows, other, when - dt.timedelta(1), what).part(part, event, other, body))
    return out


def territory_on(world, rows, date, what="count"):
    """The stock of the bodies of the territory on a day; None where no record tells, or not in whole numbers."""
    out = Stock()
    for body in world.bodies:
        if body != CITY and world.in_force(body, date, date) and world.in_territory(body) and not world.gone(body, date):
            out.add(stock_on(world, rows, body, date, what))
    for (event, _), (count, bodies) in out.open.items():
        # all parts of a split together are the whole again
        whole = count if len(bodies) == len(world.events()[event][3]) else None
        out.known = None if None in (out.known, whole) else out.known + whole
    whole = out.told and out.known is not None and out.known.denominator == 1
    return int(out.known) if whole else None


def by_body(world, rows):
    out = {}
    for r in rows:
        out.setdefault(world.body_of(r), []).append(r)
    return out


def stock_records(world, rule):
    """[(date, count)] of the city's posts in time order."""
    rows = [r for r in world.table("headcounts") if day(r["date"]) <= world.as_of
            and r["category"] == rule["category"] and r["basis"] == world.reading["headcount_basis"]]
    bodies = by_body(world, rows)
    own = [(day(r["date"]), r["count"]) for r in bodies.pop(CITY, [])]
    # 02: A city figure is the city's own record; else the sum over bodies where the table is declared complete.
    # Ambiguous: on which dates. On every date of a record that a declaration covers, each body with its last record. Where
    # the city has records: after its end, in the years for which it has none after that.
    end, out = world.life[CITY][1], []
    for date in sorted({day(r["date"]) for b in bodies.values() for r in b}):
        asked = not own or (date > end and not any(d > end and d.year == date.year for d, _ in own))
        found = territory_on(world, bodies, date) if asked and world.complete("headcounts", date, date) else None
        if found is not None:
            out.append((date, found))
    return sorted(own + out)


def last_units(world, first, last):
    """The last (date, number of service units) between two days: counted, or listed one by one. Listed units count only
    where the list is declared complete (02, silence).
    Ambiguous: the date of a list. The last day up to `last` for which it is declared complete."""
    counted = [(day(r["date"]), r["count"]) for r in world.table("service_units")
               if "count" in r and first <= day(r["date"]) <= min(last, world.as_of)]
    rows = [r for r in world.table("service_units") if "id" in r]
    ends = [min(last, until) for t, since, until, _, _ in world.declared if t == "service_units" and since <= last]
    if rows and ends and max(ends) >= first:
        date = max(ends)
        number_listed = sum(1 for since, until in units(world, rows) if since <= date < until)
        if not counted or date > max(counted)[0]:
            return date, number_listed
    return max(counted) if counted else None


def units(world, rows):
    """(established, first day gone) of each unit, by the list and by what reorganisations did to it."""
    out = []
    for r in rows:
        since = day(r["established"])
        try:
            body = world.resolve(r["id"], since, since)
        except UnknownName:
            body = None     # a unit need not be a body of the plan
        out.append([body, since, day(r["dissolved"]) if r.get("dissolved") else AFTER])
    for date, kind, before, after, _ in world.events():
        if not any(body in before for body, *_ in out):
            continue
        for unit in out:
            if unit[0] in before and unit[0] not in after:
                unit[2] = min(unit[2], date)
        if kind not in ("dissolve", "equitise"):    # a company is no service unit
            out += [[b, date, AFTER] for b in after if b not in [u[0] for u in out] and world.in_territory(b)]
    return [(since, until) for _, since, until in out]


def reduction(world, rule, out):
    start, deadline = first_day(rule.get("from", PLAN_FROM)), last_day(rule["by"])
    posts = stock_records(world, rule) if rule["stock"] == "headcount" else None

    def last(first, until):
        if posts is None:
            return last_units(world, first, until) if first <= until else None
        return max((p for p in posts if first <= p[0] <= until), default=None)
    # 02: `eve_of_period`: last record on or before 31/12 of the year before the period (2022; the same for
    # unit_reduction, whose clause names no start) · `year_2021`: last record dated in 2021
    if world.reading["reduction_baseline"] == "eve_of_period":
        eve = last_day(start.year - 1)
        base = last(BEFORE, min(eve, world.as_of))
    else:
        eve = last_day(2021)
        base = last(first_day(2021), min(eve, world.as_of))
    # 02: now = last record on or before the earlier of as-of and deadline and after the baseline
    now = last((base[0] if base else eve) + dt.timedelta(1), min(world.as_of, deadline))
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


