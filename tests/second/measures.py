"""From records to a measure: dossier counts, published shares, surveys, standards of titles."""
import datetime as dt
from fractions import Fraction
from math import ceil, floor

from intervals import FAR, Both, Hull, Known, Ratio, Unknown
from stocks import by_body, territory_on
from world import AFTER, CITY, day, first_day, last_day, number


# ---------------------------------------------------------------- dossier counts

def corners(missing, rest):
    """02: Where parts of a record are missing but its totals bound them: the missing parts share `rest` (None: no total,
    so each may be anything). Corner points {part: value}."""
    if not missing:
        return [{}]
    if rest is None:
        points = [{}]
        for name in missing:
            points = [{**p, name: v} for p in points for v in (Fraction(0), FAR)]
        return points
    rest = max(rest, 0)
    return [{name: rest if name == taker else Fraction(0) for name in missing} for taker in missing]


def group_points(group, names):
    """All corner points of one group of a record, each with its parts and `total`."""
    known = {n: Fraction(group[n]) for n in names if n in group}
    missing = [n for n in names if n not in known]
    total = Fraction(group["total"]) if "total" in group else None
    rest = None if total is None else total - sum(known.values())
    out = []
    for point in corners(missing, rest):
        values = {**known, **point}
        # 02: Where a record gives a total and its parts disagree, the share is taken over the published total and the
        # residual is noted; where it gives no total, the sum of its parts is the total.
        values["total"] = total if total is not None else sum(values.values())
        out.append(values)
    return out


def resolved_points(record):
    group = record.get("resolved") or {}
    if "in_time" in group:     # early and on time together
        return group_points(group, ["in_time", "late"])
    return [{**p, "in_time": p["early"] + p["on_time"]} for p in group_points(group, ["early", "on_time", "late"])]


def pending_points(record):
    return group_points(record.get("pending") or {}, ["in_time", "overdue"])


def received_points(record):
    return group_points(record.get("received") or {}, ["online", "direct", "carried_over"])


def year_records(world, records, year):
    """02: A year's dossier counts of a body: the record whose period is that year; else the sum of disjoint records
    inside it."""
    records = [r for r in records if day(r["from"]) <= world.as_of]
    whole = [r for r in records if day(r["from"]) == first_day(year) and day(r["to"]) == last_day(year)]
    if whole:
        return whole
    # Ambiguous: records of days still to come. One that begins after as-of is left out.
    inside = [r for r in records if day(r["from"]) >= first_day(year) and day(r["to"]) <= last_day(year)]
    return sorted(inside, key=lambda r: r["from"])


def year_chains(world, year, body, officer=None, free=lambda record: True):
    """The record chains whose sum is the year's counts of a body (or of a person), or None where there is no record.
    02: Records with `field` or `officer` are breakdowns: fields are summed only where the body has no record without
    field; officer records serve persons."""
    rows = world.table("dossier_counts") if body is None else world.of_body("dossier_counts", body)
    mine = [r for r in rows if r.get("officer") == officer and free(r)]
    whole = year_records(world, [r for r in mine if r.get("field") is None], year)
    if whole:
        return [whole] if body is not None else list(by_body(world, whole).values())
    chains = []
    for field in sorted({r["field"] for r in mine if r.get("field") is not None}):
        chain = year_records(world, [r for r in mine if r.get("field") == field], year)
        if chain:
            chains += [chain] if body is not None else list(by_body(world, chain).values())
    return chains or None


def entries_of(chains):
    """[(record, whether its carried over counts, whether its pending counts)]
    02: flows add up; carried over is the first record's, pending the last one's"""
    return [(r, i == 0, i == len(chain) - 1) for chain in chains for i, r in enumerate(chain)]


def late_share_of(entries, denominator):
    """02, reading late_denominator, over records."""
    blocks = []
    zero = Fraction(0)
    for record, carried, last in entries:
        if isinstance(record, Counts):
            blocks += counted_blocks(record, carried, last, denominator)
            continue
        res = resolved_points(record)
        pend = pending_points(record) if last else [{"in_time": zero, "overdue": zero, "total": zero}]
        if denominator == "resolved":       # resolved late / resolved
            blocks.append([(p["late"], p["total"]) for p in res])
        elif denominator == "due":          # (resolved late + pending overdue) / (resolved + pending overdue)
            blocks.append([(p["late"], p["total"]) for p in res])
            blocks.append([(p["overdue"], p["overdue"]) for p in pend])
        elif denominator == "received":     # (resolved late + pending overdue) / (received + carried over)
            blocks.append([(p["late"], zero) for p in res])
            blocks.append([(p["overdue"], zero) for p in pend])
            blocks.append([(zero, p["total"] if carried else fresh(p)) for p in received_points(record)])
        elif denominator == "portal":       # 1 - (early + on time + pending in time) / (resolved + pending)
            blocks.append([(p["total"] - p["in_time"], p["total"]) for p in res])
            blocks.append([(p["total"] - p["in_time"], p["total"]) for p in pend])
    return Ratio(blocks)


def counted_blocks(counts, carried, last, denominator):
    """The same of what a split gave, of which bounds are known."""
    zero = Fraction(0)
    late, overdue = counts.corners("late", "not_late", "resolved"), counts.bounds["overdue"] if last else (zero, zero)
    if denominator == "resolved":
        return [late]
    if denominator == "due":
        return [late, [(n, n) for n in overdue]]
    if denominator == "received":
        received = counts.bounds["received" if carried else "fresh"]
        return [[(n, zero) for n in counts.bounds["late"]], [(n, zero) for n in overdue], [(zero, n) for n in received]]
    # 1 - what is in time: that is what is published of the parts
    blocks = [("in_time", "untimely", "resolved"), *([("waiting", "untimely_waiting", "pending")] if last else [])]
    return [[(whole - part, whole) for part, whole in counts.corners(*names)] for names in blocks]


def online_share_of(entries):
    """reading mainly_online (plan file): of newly received dossiers, those filed online; carried over are not new."""
    return Ratio([[(p["online"], fresh(p)) for p in received_points(r)] for r, _, _ in entries])


def fresh(point):
    # Ambiguous: more carried over than received in all, by a published slip. Nothing is newly received.
    return max(point["total"] - point["carried_over"], Fraction(0))


# ---------------------------------------------------------------- a year over the bodies that a body came of

def overlaps(record, spans):
    return any(day(record["from"]) <= end and start <= day(record["to"]) for start, end in spans)


def covered(spans, start, end):
    if not spans:
        return False
    days = {start + dt.timedelta(n) for n in range((end - start).days + 1)}
    for first, last in spans:
        days -= {d for d in days if first <= d <= last}
    return not days


class Counts:
    """Dossiers of which only bounds of each part are known: what a split gives of a body's, each count by itself."""

    PARTS = ("late", "not_late", "in_time", "untimely", "resolved", "received", "fresh", "overdue", "waiting",
             "untimely_waiting", "pending", "requests", "notices", "apologies")
    LAST = ("overdue", "waiting", "untimely_waiting", "pending")

    def __init__(self, bounds):
        self.bounds = bounds

    @staticmethod
    def of(entries):
        """The bounds of each part of entries together."""
        out = {name: (Fraction(0), Fraction(0)) for name in Counts.PARTS}
        for entry, carried, last in entries:
            own = entry.bounds if isinstance(entry, Counts) else bounds_of(entry)
            for name, (low, high) in own.items():
                if name in Counts.LAST and not last:
                    continue
                if name == "received" and not carried:
                    low, high = own["fresh"]
                out[name] = out[name][0] + low, out[name][1] + high
        return Counts(out)

    def part(self, share):
        """A share of it, as far as whole things allow; of an undeclared share anything from nothing to all."""
        if share is None:
            return Counts({name: (min(low, Fraction(0)), max(high, Fraction(0))) for name, (low, high) in self.bounds.items()})
        return Counts({name: (Fraction(floor(low * share)), Fraction(ceil(high * share)) if high < FAR else high)
                       for name, (low, high) in self.bounds.items()})

    def corners(self, part, rest, whole):
        """(part, whole) at the ends of both, the whole within what the totals say of it: 02, the share is taken over them."""
        low, high = self.bounds[whole]
        return [(p, min(max(p + r, low), high)) for p in self.bounds[part] for r in self.bounds[rest]]


def bounds_of(record):
    """The bounds of each part of one record."""
    res, pend, recv = resolved_points(record), pending_points(record), received_points(record)
    values = {"late": [p["late"] for p in res], "not_late": [p["total"] - p["late"] for p in res],
              "in_time": [p["in_time"] for p in res], "untimely": [p["total"] - p["in_time"] for p in res],
              "resolved": [p["total"] for p in res], "pending": [p["total"] for p in pend],
              "received": [p["total"] for p in recv], "fresh": [fresh(p) for p in recv],
              "overdue": [p["overdue"] for p in pend], "waiting": [p["in_time"] for p in pend],
              "untimely_waiting": [p["total"] - p["in_time"] for p in pend]}
    for name, key in (("requests", "supplement_requests"), ("notices", "supplement_notices"), ("apologies", "apologies")):
        values[name] = [Fraction(record[key])] if key in record else [Fraction(0), FAR]
    # what a total leaves beside a part is below nothing where the part is published beyond it
    return {name: (min(v), max(v)) for name, v in values.items()}


class Year:
    """What is known of a body's dossiers of a year: records that add up, and percentages of bodies without records."""

    def __init__(self):
        self.entries, self.shares, self.over = None, [], False


def read(world, year, body, until, taken=()):
    return world.once(("read", year, body, until, tuple(taken)), lambda: read_now(world, year, body, until, taken))


def read_now(world, year, body, until, taken):
    """A body's own records up to a day and, where it came of others or took others in during the year, theirs (issue B,
    item 6: a ward's late share is read over its predecessors). A new body's record that reaches back before its first day
    has theirs in it. Percentages cannot be weighed: their hull is known."""
    def free(record):
        return day(record["from"]) <= until and not overlaps(record, taken)
    out, links = Year(), world.before(body, year, until)
    if not links and not world.of_body("dossier_counts", body) and not world.of_body("shares", body):
        return out
    divided = min((date for date, other, _ in links if other == body), default=None)
    # of a body that was split and goes on, its own records count from the split on; what was before is divided below
    chains = year_chains(world, year, body, free=lambda r: free(r) and (divided is None or day(r["to"]) >= divided))
    own = None if chains is None else entries_of(chains)
    if own is not None and divided and any(day(r["from"]) < divided for r, _, _ in own):
        # a record over the day of the split: at least the body's share of it, at most all
        share = next(part for date, other, part in links if other == body)
        whole = Counts.of(own)
        least = whole.part(share)
        own = [(Counts({name: (min(least.bounds[name][0], low), max(least.bounds[name][1], high))
                        for name, (low, high) in whole.bounds.items()}), True, True)]
        out.over = True
    shares = [published_share(world, m, year, body, free=free) if own is None else None for m in MEASURES]
    records = [r for chain in chains or [] for r in chain] if own is not None else \
        [s for m in MEASURES for s in share_records(world, m, year, body, free=free)]
    spans = [(day(r["from"]), day(r["to"])) for r in records]
    before = Year()
    for date, other, part in links:
        eve = date - dt.timedelta(1)
        new = not world.in_force(body, eve, eve)
        gone = [*taken, *(s for s in spans if (new or other == body) and s[0] < date)]
        if covered(gone, first_day(year), eve):
            continue
        found = read(world, year, other, eve, gone)
        if found.entries is None and not found.shares:
            # a table that lists everything says that there was nothing
            out.over = out.over or other != body and not world.complete("dossier_counts", first_day(year), eve, body=other)
            continue
        out.over = True
        entries, shares_of = found.entries, found.shares
        if part != 1:
            entries = entries and [(Counts.of(entries).part(part), True, True)]
            # nothing says that an undeclared part is as the whole was
            shares_of = [(m, s if part is not None else Known(Fraction(0), Fraction(100))) for m, s in shares_of]
        before.entries = entries if before.entries is None else before.entries + (entries or [])
        before.shares += shares_of
    out.shares = before.shares + [(m, s) for m, s in zip(MEASURES, shares) if s]
    if own is None:
        out.entries = before.entries
    elif before.entries is None or not links:
        out.entries = own
    else:
        start = min(date for date, _, _ in links)
        # what it carried over is what the others left pending, and what was pending at the end is its own
        begins = any(s[0] < start for s in spans)
        reaches = any(s[1] >= start and s[0] <= until for s in spans)
        out.entries = [(r, c, p and not reaches) for r, c, p in before.entries] + [(r, c and begins, p) for r, c, p in own]
    return out


MEASURES = ("late_share", "online_share")


def territory_sum(world, year, first):
    """Every body's records from a day on, each thing once."""
    owns = {}
    for body in world.bodies:
        if body == CITY or not world.in_territory(body):
            continue
        taken = successors_spans(world, year, body)
        chains = year_chains(world, year, body, free=lambda r: day(r["to"]) >= first and not overlaps(r, taken))
        if chains:
            owns[body] = chains
    if any(day(r["from"]) < first for chains in owns.values() for c in chains for r in c):
        return None         # a record on both sides of the day cannot be divided
    out = []
    for body, chains in owns.items():
        records = [r for c in chains for r in c]
        # what a body has pending that is split and goes on is its own
        after = [(d, b) for d, b in world.after(body, year)
                 if world.gone(body, d) and any(day(r["to"]) >= d for c in owns.get(b, []) for r in c)]
        before = [(d, b) for d, b, _ in world.before(body, year, world.as_of) if b != body and all(day(r["from"]) >= d for r in records)
                  and any(day(r["from"]) < d for c in owns.get(b, []) for r in c)]
        out += [(r, c and not before, p and not after) for r, c, p in entries_of(chains)]
    return out


def successors_spans(world, year, body, seen=()):
    """The days of a year before a successor's first that its own records cover already."""
    spans = []
    for date, other in world.after(body, year):
        if other in seen:
            continue
        eve = date - dt.timedelta(1)
        if not world.in_force(other, eve, eve):
            spans += [(day(r["from"]), day(r["to"])) for c in year_chains(world, year, other) or [] for r in c if day(r["from"]) < date]
        spans += successors_spans(world, year, other, (*seen, other))
    return spans


def city_entries(world, year):
    """02: A city figure is the city's own record; else the sum over bodies where the table is declared complete.
    In the year in which the city ends, its own records and then the sum over what came after it."""
    def listed(start, body=None):
        return world.complete_so_far("dossier_counts", start, last_day(year), body=body)
    own = year_chains(world, year, CITY)
    if own is not None:
        end = world.life[CITY][1]
        first = end + dt.timedelta(1) if end < AFTER else None
        rest = first and first_day(year) < first <= min(last_day(year), world.as_of)
        if not rest or any(day(r["to"]) >= first for c in own for r in c) or not listed(first):
            return entries_of(own)
        after = territory_sum(world, year, first)
        if not after:
            return entries_of(own)
        return [(r, c, False) for r, c, _ in entries_of(own)] + [(r, False, p) for r, _, p in after]
    if not listed(first_day(year)):
        # a declaration of the city alone says that it had none
        return [] if listed(first_day(year), CITY) else None
    return territory_sum(world, year, first_day(year))


def year_entries(world, year, body):
    """The records that make up a body's year, or None."""
    return world.once(("entries", year, body), lambda: city_entries(world, year) if body == CITY
                      else read(world, year, body, min(world.as_of, last_day(year))).entries)


def published(record):
    """(low, high, high is open) of a percentage."""
    percent = number(record["percent"])
    if "rounded_to" not in record:
        return percent, percent, False
    half = Fraction(1, 2 * 10 ** record["rounded_to"])
    return max(percent - half, Fraction(0)), percent + half, True


def share_records(world, measure, year, body=None, officer=None, free=lambda record: True):
    rows = world.table("shares") if officer is not None else world.of_body("shares", body)
    mine = [s for s in rows if s["measure"] == measure and s.get("officer") == officer and s.get("field") is None and free(s)]
    return year_records(world, mine, year)


def published_share(world, measure, year, body=None, officer=None, free=lambda record: True):
    """03, shares: a share known only as a published percentage; with rounded_to = 2, 1.79 means [1.785, 1.795)."""
    found = [published(s) for s in share_records(world, measure, year, body, officer, free)]
    if not found:
        return None
    # Ambiguous: several published shares inside one year. The year's own share lies between them.
    low = min(f[0] for f in found)
    high = max(f[1] for f in found)
    return Known(low, high, all(f[2] for f in found if f[1] == high))


def late_share(world, year, body=None, officer=None):
    share = published_share(world, "late_share", year, body, officer)
    if officer is not None:
        chains = year_chains(world, year, None, officer)
        if chains is None and world.complete_so_far("dossier_counts", first_day(year), last_day(year)):
            chains = []
        return narrowed(None if chains is None else late_share_of(entries_of(chains), world.reading["late_denominator"]), share)
    if body != CITY:
        over = read(world, year, body, min(world.as_of, last_day(year)))
        if over.over and (over.entries is not None or over.shares):
            of = [s for m, s in over.shares if m == "late_share"]
            return hull([late_share_of(over.entries, world.reading["late_denominator"])] if over.entries else [], of)
    entries = year_entries(world, year, body)
    if entries is None and body != CITY and world.complete_so_far("dossier_counts", first_day(year), last_day(year), body=body):
        entries = []
    counts = None if entries is None else late_share_of(entries, world.reading["late_denominator"])
    return narrowed(counts, share, body, body == CITY and year_chains(world, year, CITY) is not None)


def hull(counts, shares):
    """Figures that cannot be weighed: the whole lies between the lowest and the highest."""
    values = [v for v in counts + shares if not v.empty] or counts
    return Hull(values) if values else Unknown()


def narrowed(counts, share, body=None, own_counts=True):
    # 02: A city figure is the city's own record; else the sum over bodies
    if body == CITY and share and not own_counts:
        return share
    if counts is None or (not counts.blocks and share):
        return share or Unknown()
    return Both(counts, share) if share else counts


def online_share(world, year):
    entries = year_entries(world, year, CITY)
    share = published_share(world, "online_share", year, CITY)
    return narrowed(None if entries is None else online_share_of(entries), share, CITY, year_chains(world, year, CITY) is not None)


# ---------------------------------------------------------------- satisfaction, title standards

def surveys_of(world, year, body, field):
    return [s for s in world.of_body("surveys", body) if s["year"] == year and s["field"] == field]


def own_surveys(world, year, body, field):
    """A body's own survey of a year; a published percentage of the whole stands for one."""
    rows = surveys_of(world, year, body, field)
    share = published_share(world, "satisfaction", year, body) if field == "overall" else None
    if share and rows and "percent" in rows[0]:
        # Ambiguous: a rounded percentage beside another of the same year. Both are published: what both allow, if anything.
        two = [Known(*published(rows[0])), share]
        low, (high, closed) = max(k.low for k in two), min((k.high, not k.high_open) for k in two)
        return [{"known": Known(low, high, not closed)}] if low < high or (low == high and closed) else rows
    return [{"known": share}] if share and not rows else rows


class Surveys:
    """Surveys read together: bounds of satisfied and respondents, as long as each has them, and what each says."""

    def __init__(self, rows=()):
        self.bounds, self.values = (0, 0, 0, 0), []
        for r in rows:
            counted = "respondents" in r
            self.join((r["satisfied"], r["satisfied"], r["respondents"], r["respondents"]) if counted else None, [
                r.get("known") or (of_counts(r["satisfied"], r["respondents"]) if counted else Known(*published(r)))])

    def join(self, bounds, values):
        self.bounds = bounds and self.bounds and tuple(a + b for a, b in zip(self.bounds, bounds))
        self.values = self.values + values

    def part(self, share):
        """The share that a split gives: nothing says that an undeclared part is as satisfied as the whole was."""
        out = Surveys()
        if self.bounds:
            out.bounds = tuple((ceil if n % 2 else floor)(b * share) if share is not None else b if n % 2 else 0
                               for n, b in enumerate(self.bounds))
        else:
            out.bounds = None
        out.values = self.values if share is not None else [Known(Fraction(0), Fraction(100))] * len(self.values)
        return out

    def value(self):
        if not self.values:
            return Unknown()
        if self.bounds is None:
            return hull([], self.values)
        return Ratio([[(Fraction(s), Fraction(n)) for s in self.bounds[:2] for n in self.bounds[2:]]])


def surveys_over(world, year, body, field, until):
    """The surveys that are a body's of a year: a new body's own alone; else its own beside those of the bodies it came of
    or took in during the year. What a split left of it has its own survey."""
    own = own_surveys(world, year, body, field)
    out = Surveys(own)
    for date, other, part in world.before(body, year, until):
        eve = date - dt.timedelta(1)
        if other == body or (own and not world.in_force(body, eve, eve)):
            continue
        found = surveys_over(world, year, other, field, eve)
        if found.values:
            found = found if part == 1 else found.part(part)
            out.join(found.bounds, found.values)
    return out


def survey_taken(world, year, body, field):
    """Whether a new body's own survey says what this body's says."""
    for date, other in world.after(body, year):
        eve = date - dt.timedelta(1)
        if (not world.in_force(other, eve, eve) and own_surveys(world, year, other, field)) or survey_taken(world, year, other, field):
            return True
    return False


def city_surveys(world, year, field):
    rows = own_surveys(world, year, CITY, field)
    if not rows and world.complete_so_far("surveys", first_day(year), last_day(year)):
        # 02: A city figure is the city's own record; else the sum over bodies where the table is declared complete.
        rows = [s for b in world.bodies if b != CITY and world.in_territory(b) and not survey_taken(world, year, b, field)
                for s in own_surveys(world, year, b, field)]
    return rows


def survey_counts(world, year, field):
    """(satisfied, respondents) of a field, or None where it is missing or known as a percentage."""
    rows = city_surveys(world, year, field)
    if not rows or any("respondents" not in s for s in rows):
        return None
    return sum(s["satisfied"] for s in rows), sum(s["respondents"] for s in rows)


def of_counts(part, whole):
    return Ratio([[(Fraction(part), Fraction(whole))]])


def satisfaction(world, year, field, body):
    # 02, satisfaction_fields: `each`: each of the three fields on its own; `pooled`: all three rules read the satisfied
    # over the respondents of the three fields together (percentages alone cannot be pooled: unknown)
    if body != CITY:
        until = min(world.as_of, last_day(year))
        return surveys_over(world, year, body, field, until).value() if year <= world.year else Unknown()
    three = ["land", "construction", "investment"]
    pooled = field in three and world.reading["satisfaction_fields"] == "pooled"
    fields = three if pooled else [field]
    counts = [survey_counts(world, year, f) for f in fields]
    if all(c is not None for c in counts):
        return of_counts(sum(c[0] for c in counts), sum(c[1] for c in counts))
    if pooled:
        return Unknown()
    return Surveys(own_surveys(world, year, CITY, field)).value()


def title_standards(world, year):
    rows = [r for r in world.table("title_standards") if day(r["date"]).year == year and day(r["date"]) <= world.as_of]
    bodies = by_body(world, rows)
    own = sorted(bodies.pop(CITY, []), key=lambda r: r["date"])
    last = max((day(r["date"]) for b in bodies.values() for r in b), default=None)
    start, end = first_day(year), world.life[CITY][1]
    if own and last and end < last and day(own[-1]["date"]) <= end:
        start = max(start, end + dt.timedelta(1))   # after the city's end its territory's bodies speak for it
    elif own:
        last = None
    if last and world.complete_so_far("title_standards", start, last_day(year)):
        found = [territory_on(world, bodies, last, what) for what in ("meeting", "total")]
        if None not in found and not (own and last < day(own[-1]["date"])):
            return of_counts(*found)
    return of_counts(own[-1]["meeting"], own[-1]["total"]) if own else Unknown()
