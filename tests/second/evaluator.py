"""A naive second evaluator of plan 298, written from the design documents alone (design/02-rules.md, "02" below, and
03-formats.md). It shares no code with the library: plain Python, exact fractions, no cleverness, no speed.

    evaluate(facts, as_of, readings) -> (verdicts, ceilings)
        verdicts  {(rule, subject_kind, subject_id, from, to): verdict}
        ceilings  {(subject_id, year, scale): (band, provisional)}

Of the plan file only ids, names, dates and numbers are read (tables body, body_group, reorganisation, rule, reading,
scale). Lines that start with "# 02:" quote the sentence that the code below them carries out; "# Ambiguous:" marks a
place where 02 leaves a choice, and says which one was taken.
"""
import datetime as dt
import functools
import tomllib
import unicodedata
from fractions import Fraction
from math import floor
from pathlib import Path

PLAN = tomllib.loads((Path(__file__).parents[2] / "core/data/plan-298.toml").read_text("utf-8"))
RULES = {r["id"]: r for r in PLAN["rule"]}
DEFAULTS = {r["key"]: r["default"] for r in PLAN["reading"]}
BODIES = {b["id"]: b for b in PLAN["body"]}
GROUPS = {g["id"]: g for g in PLAN["body_group"]}
SCALES = {s["id"]: [b["id"] for b in s["bands"]] for s in PLAN["scale"]}  # best band first
CITY = PLAN["document"]["body"]
PLAN_FROM = 2023

# Known differences, each switched on to let others show; compare.py --strict switches all of them off.
SWITCHES = {
    # 02, exact ends: nothing resolved and pending unpublished (reading due or portal) may be 0 of 0, which binds nothing.
    # The library says 100 % and binding.
    "possibly_nothing_is_all_late": True,
    # 02, exact ends: 90 in time and the late ones unpublished is [0, 100), the library closes it at 100 and lets a
    # published 100 % agree with it.
    "ends_at_100_are_closed": True,
    # 02: a city figure is the city's own record, else the sum over bodies. The library takes the sum of bodies' dossier
    # counts before the city's own published share (and, for satisfaction, the share before the sum).
    "city_sum_before_own_published_share": True,
    # 02: with a complete table absence means none, so a city sum over no record is 0 of 0 (not_applicable, as the library
    # itself says for a body under the same declaration). The library leaves the city unknown.
    "city_sum_of_nothing_is_unknown": True,
}


# ---------------------------------------------------------------- dates, numbers, names

@functools.cache
def day(text):
    return dt.date.fromisoformat(text)


def first_day(year):
    return dt.date(year, 1, 1)


def last_day(year):
    return dt.date(year, 12, 31)


def number(value):
    """03: read as decimals, digit by digit, never through a float (a JSON float is taken by its shortest digits)."""
    return Fraction(str(value))


@functools.cache
def spelling(name):
    """03, domain 7: NFC and NFD, old and new tone placement are one spelling: the tone of a word, wherever written, last."""
    words = []
    for word in unicodedata.normalize("NFD", name.replace("Ð", "Đ").replace("Ɖ", "Đ")).lower().split():
        tones = "".join(c for c in word if c in "\u0300\u0301\u0303\u0309\u0323")
        words.append("".join(c for c in word if c not in tones) + tones)
    return " ".join(words)


KIND_WORDS = [spelling(p) + " " for p in ("ủy ban nhân dân", "ubnd", "thành phố", "tp.", "phường", "p.", "xã", "x.")]


@functools.cache
def bare(name):
    """The name without the words that say what kind of body it is."""
    text = spelling(name)
    for word in KIND_WORDS:
        text = text.removeprefix(word)
    return text


def in_force(body, start, end):
    return day(body.get("valid_from", "0001-01-01")) <= end and day(body.get("valid_to", "9999-12-31")) >= start


class World:
    """The facts with names resolved, the date and the readings."""

    def __init__(self, facts, as_of, readings):
        self.facts, self.as_of, self.year = facts, day(as_of), day(as_of).year
        self.reading = {**DEFAULTS, **readings}
        self.bodies = {**BODIES, **{b["id"]: b for b in facts.get("bodies", [])}}
        self.people = {p["id"]: p for p in facts.get("people", [])}

    def table(self, name):
        return self.facts.get(name, [])

    def resolve(self, name, start, end):
        """03: `body` is a body id or any name that resolves to one on that date."""
        if name in self.bodies:
            return name
        for test in (spelling, bare):
            found = [b["id"] for b in self.bodies.values()
                     if in_force(b, start, end) and any(test(n) == test(name) for n in b["names"])]
            if len(found) == 1:
                return found[0]
        raise ValueError(f"{name}: {found}")

    def body_of(self, record):
        """None and the city itself are one: the whole city."""
        if record.get("body") is None:
            return CITY
        if "year" in record:
            start, end = first_day(record["year"]), last_day(record["year"])
        elif "from" in record:
            start, end = day(record["from"]), day(record["to"])
        else:
            start = end = day(record.get("date") or record.get("since") or str(self.as_of))
        return self.resolve(record["body"], start, end)

    def complete(self, table, start, end, body=None, kind=None):
        # 02: `complete` (03) declares that a table lists everything of a scope, and only then does absence mean none
        # and may body records be summed to a city figure.
        # Ambiguous: a year that still runs. It is covered when what has passed of it is.
        end = max(min(end, self.as_of), start)
        return any(c["table"] == table and day(c["from"]) <= start and day(c["to"]) >= end
                   and (c.get("body") is None or self.resolve(c["body"], start, end) == body)
                   and (c.get("kind") is None or c["kind"] == kind)
                   for c in self.table("complete"))

    def members(self, group, start, end):
        g = GROUPS[group]
        return [b["id"] for b in self.bodies.values()
                if (b["id"] in g.get("members", []) or b["kind"] in g.get("kinds", [])) and in_force(b, start, end)]


# ---------------------------------------------------------------- comparing a bounded measure

def holds(comparison, threshold, low, high, high_open=False):
    """02: A comparison is decided when the whole interval lies on one side, undetermined otherwise.
    True, False or None for an interval [low, high] (open above with high_open)."""
    test = {"at_least": lambda v: v >= threshold, "more_than": lambda v: v > threshold, "at_most": lambda v: v <= threshold}
    if comparison == "at_most":
        if high <= threshold:
            return True
        return False if low > threshold else None
    if test[comparison](low):
        return True
    if not test[comparison](high) or (high_open and high == threshold):
        return False
    return None


class Known:
    """A measure known as an interval of percent."""
    empty = False

    def __init__(self, low, high=None, high_open=False):
        self.low, self.high, self.high_open = low, low if high is None else high, high_open

    def holds(self, comparison, threshold):
        return holds(comparison, threshold, self.low, self.high, self.high_open)


class Ratio:
    """part / whole, where both are sums of independent blocks and each block is known up to a list of corner points
    (part, whole): exactly one where it is exact, the corners of its bounds where parts are missing, possibly far out.
    part/whole >= t is part - t*whole >= 0, which is linear, so its least and greatest value are sums of the blocks'."""

    def __init__(self, blocks):
        self.blocks = blocks
        # Ambiguous: a share of nothing. 02 says "whole 0 is not_applicable" of coverage alone; taken for every share.
        self.empty = all(w == 0 for block in blocks for _, w in block)

    def holds(self, comparison, threshold, if_any=False):
        t = threshold / 100
        least = sum(min(w for _, w in block) for block in self.blocks)
        parts = [p for block in self.blocks for p, _ in block]
        if all(p == 0 for p in parts):
            # the part is 0 whatever the whole: 0 % (also where the whole is 0: nothing was late)
            return holds(comparison, threshold, Fraction(0), Fraction(0))
        possible = [(p, w) for block in self.blocks for p, w in block if w]
        if least <= 0 and SWITCHES["possibly_nothing_is_all_late"] and len(self.blocks) > 1 and all(p == w for p, w in possible):
            return holds(comparison, threshold, Fraction(100), Fraction(100))
        if least <= 0 and not if_any:   # it may be a share of nothing, which lies on no side
            return None
        low = sum(min(minus(p, t, w) for p, w in block) for block in self.blocks)
        high = sum(max(minus(p, t, w) for p, w in block) for block in self.blocks)
        return holds(comparison, 0, low, high)


FAR = Fraction(10) ** 30   # stands for "no upper bound": beyond every count there is


def minus(part, t, whole):
    return part - t * whole


class Both:
    """Ambiguous: counts and a published share of the same year. The counts are taken; a published share that agrees with
    what the counts leave open narrows it, one that contradicts them is left aside."""

    def __init__(self, counts, share):
        self.counts, self.share, self.empty = counts, share, counts.empty

    def holds(self, comparison, threshold):
        first = self.counts.holds(comparison, threshold)
        if first is not None:
            return first
        above = self.counts.holds("at_least" if self.share.high_open else "more_than", self.share.high, if_any=True)
        below = self.counts.holds("at_least", self.share.low, if_any=True)
        if self.share.low == 100 and SWITCHES["ends_at_100_are_closed"]:
            below = None
        return None if above is True or below is False else self.share.holds(comparison, threshold)


class Unknown:
    """02: Unknown is the widest interval."""
    empty = False

    def holds(self, comparison, threshold):
        return None


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


def year_chains(world, year, body=None, officer=None):
    """The record chains whose sum is the year's counts of a body (or of a person), or None where there is no record.
    02: Records with `field` or `officer` are breakdowns: fields are summed only where the body has no record without
    field; officer records serve persons."""
    mine = [r for r in world.table("dossier_counts") if r.get("officer") == officer
            and (body is None or world.body_of(r) == body)]
    whole = year_records(world, [r for r in mine if r.get("field") is None], year)
    if whole:
        return [whole] if body is not None else by_body(world, whole)
    chains = []
    for field in sorted({r["field"] for r in mine if r.get("field") is not None}):
        chain = year_records(world, [r for r in mine if r.get("field") == field], year)
        if chain:
            chains += [chain] if body is not None else by_body(world, chain)
    return chains or None


def by_body(world, records):
    chains = {}
    for r in records:
        chains.setdefault(world.body_of(r), []).append(r)
    return list(chains.values())


def late_share_of(chains, denominator):
    """02, reading late_denominator, over the chains of records."""
    blocks = []
    for chain in chains:
        # 02: flows add up; carried over is the first record's, pending the last one's
        for place, record in enumerate(chain):
            res = resolved_points(record)
            rec = received_points(record)
            last = place == len(chain) - 1
            pend = pending_points(record) if last else [{"in_time": 0, "overdue": 0, "total": 0}]
            zero = Fraction(0)
            if denominator == "resolved":       # resolved late / resolved
                blocks.append([(p["late"], p["total"]) for p in res])
            elif denominator == "due":          # (resolved late + pending overdue) / (resolved + pending overdue)
                blocks.append([(p["late"], p["total"]) for p in res])
                blocks.append([(p["overdue"], p["overdue"]) for p in pend])
            elif denominator == "received":     # (resolved late + pending overdue) / (received + carried over)
                blocks.append([(p["late"], zero) for p in res])
                blocks.append([(p["overdue"], zero) for p in pend])
                blocks.append([(zero, p["total"] - (0 if place == 0 else p["carried_over"])) for p in rec])
            elif denominator == "portal":       # 1 - (early + on time + pending in time) / (resolved + pending)
                blocks.append([(p["total"] - p["in_time"], p["total"]) for p in res])
                blocks.append([(p["total"] - p["in_time"], p["total"]) for p in pend])
    return Ratio(blocks)


def online_share_of(chains):
    """reading mainly_online (plan file): of newly received dossiers, those filed online; carried over are not new."""
    return Ratio([[(p["online"], p["total"] - p["carried_over"]) for p in received_points(r)]
                  for chain in chains for r in chain])


def city_chains(world, year):
    """02: A city figure is the city's own record; else the sum over bodies where the table is declared complete."""
    own = year_chains(world, year, body=CITY)
    if own is not None:
        return own
    if not world.complete("dossier_counts", first_day(year), last_day(year)):
        return None
    chains = [c for b in world.bodies if b != CITY for c in year_chains(world, year, body=b) or []]
    return None if not chains and SWITCHES["city_sum_of_nothing_is_unknown"] else chains


def published_share(world, measure, year, body=None, officer=None):
    """03, shares: a share known only as a published percentage; with rounded_to = 2, 1.79 means [1.785, 1.795)."""
    mine = [s for s in world.table("shares") if s["measure"] == measure and s.get("officer") == officer
            and s.get("field") is None and (officer is not None or world.body_of(s) == body)]
    found = []
    for s in year_records(world, mine, year):
        percent = number(s["percent"])
        if "rounded_to" in s:
            half = Fraction(1, 2 * 10 ** s["rounded_to"])
            found.append((max(percent - half, Fraction(0)), percent + half, True))
        else:
            found.append((percent, percent, False))
    if not found:
        return None
    # Ambiguous: several published shares inside one year. The year's own share lies between them.
    low = min(f[0] for f in found)
    high = max(f[1] for f in found)
    return Known(low, high, all(f[2] for f in found if f[1] == high))


def late_share(world, year, body=None, officer=None):
    chains = city_chains(world, year) if body == CITY else year_chains(world, year, body, officer)
    if chains is None and body != CITY and world.complete("dossier_counts", first_day(year), last_day(year), body=body or "-"):
        chains = []
    share = published_share(world, "late_share", year, body, officer)
    counts = None if chains is None else late_share_of(chains, world.reading["late_denominator"])
    return narrowed(counts, share, body, body == CITY and year_chains(world, year, CITY) is not None)


def narrowed(counts, share, body=None, own_counts=True):
    if body == CITY and share and not own_counts and not SWITCHES["city_sum_before_own_published_share"]:
        return share
    if counts is None or (not counts.blocks and share):
        return share or Unknown()
    return Both(counts, share) if share else counts


def online_share(world, year):
    chains = city_chains(world, year)
    share = published_share(world, "online_share", year, CITY)
    counts = None if chains is None else online_share_of(chains)
    return narrowed(counts, share, CITY, year_chains(world, year, CITY) is not None)


# ---------------------------------------------------------------- satisfaction, title standards

def surveys_of(world, year, body, field):
    return [s for s in world.table("surveys") if s["year"] == year and s["field"] == field and world.body_of(s) == body]


def survey_counts(world, year, body, field):
    """(satisfied, respondents) of a field, or None where it is missing or known as a percentage."""
    rows = surveys_of(world, year, body, field)
    if not rows and body == CITY and world.complete("surveys", first_day(year), last_day(year)):
        # 02: A city figure is the city's own record; else the sum over bodies where the table is declared complete.
        rows = [s for s in world.table("surveys") if s["year"] == year and s["field"] == field]
    if not rows or any("respondents" not in s for s in rows):
        return None
    return sum(s["satisfied"] for s in rows), sum(s["respondents"] for s in rows)


def of_counts(part, whole):
    return Ratio([[(Fraction(part), Fraction(whole))]])


def satisfaction(world, year, field, body):
    # 02, satisfaction_fields: `each`: each of the three fields on its own; `pooled`: all three rules read the satisfied
    # over the respondents of the three fields together (percentages alone cannot be pooled: unknown)
    three = ["land", "construction", "investment"]
    pooled = field in three and world.reading["satisfaction_fields"] == "pooled"
    fields = three if pooled else [field]
    share = published_share(world, "satisfaction", year, body) if field == "overall" else None
    # Ambiguous: is the city's published share its own record? Taken so: it goes before the sum over bodies.
    if share and not surveys_of(world, year, body, field):
        return share
    counts = [survey_counts(world, year, body, f) for f in fields]
    if all(c is not None for c in counts):
        return of_counts(sum(c[0] for c in counts), sum(c[1] for c in counts))
    own = surveys_of(world, year, body, field)
    if not pooled and own:
        return Known(number(own[0]["percent"]))
    return Unknown()


def title_standards(world, year):
    rows = [r for r in world.table("title_standards") if day(r["date"]).year == year and day(r["date"]) <= world.as_of]
    own = sorted((r for r in rows if world.body_of(r) == CITY), key=lambda r: r["date"])
    if own:
        return of_counts(own[-1]["meeting"], own[-1]["total"])
    if rows and world.complete("title_standards", first_day(year), last_day(year)):
        latest = {}
        for r in sorted(rows, key=lambda r: r["date"]):
            latest[world.body_of(r)] = r
        return of_counts(sum(r["meeting"] for r in latest.values()), sum(r["total"] for r in latest.values()))
    return Unknown()


# ---------------------------------------------------------------- level

def steps_of(world, rule):
    for other in rule.get("under", []):
        if world.reading[other["reading"]] == other["option"] and "steps" in other:
            return other["steps"]
    return rule["steps"]


def level(world, rule, out):
    # 02: the floor of a year is that of the last step whose year has come (reading `between_milestones`); years before
    # the first step have none. A finding for each year with a floor up to as-of, and one, `pending`, for the next step.
    steps = steps_of(world, rule)
    first = steps[0]["from"]
    only = "between_milestones" in rule.get("readings", []) and world.reading["between_milestones"] == "milestone_only"
    for year in range(first, world.year + 1):
        step = [s for s in steps if s["from"] <= year][-1]
        if only and year not in [s["from"] for s in steps]:
            continue
        if rule["measure"] == "satisfaction":
            value = satisfaction(world, year, rule.get("field", "overall"), CITY)
        elif rule["measure"] == "online_share":
            value = online_share(world, year)
        else:
            value = title_standards(world, year)
        comparison = "at_least" if "at_least" in step else "more_than"
        met = value.holds(comparison, number(step[comparison]))
        # 02: Value known: met iff value >= floor (> where the rule says so). Unknown: `pending` up to the year's end,
        # `undetermined` after.
        unknown = "pending" if world.as_of <= last_day(year) else "undetermined"
        verdict = "not_applicable" if value.empty else {True: "met", False: "not_met", None: unknown}[met]
        put(out, rule, "city", CITY, first_day(year), last_day(year), verdict)
    following = [s["from"] for s in steps if s["from"] > world.year]
    if following:
        put(out, rule, "city", CITY, first_day(following[0]), last_day(following[0]), "pending")


def put(out, rule, kind, ident, start, end, verdict):
    out[rule["id"], kind, ident, str(start), str(end)] = verdict


# ---------------------------------------------------------------- reduction

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


# ---------------------------------------------------------------- cap

def record_years(record):
    if "year" in record:
        return {record["year"]}
    if "from" in record:
        return set(range(day(record["from"]).year, day(record["to"]).year + 1))
    when = record.get("date") or record.get("since")
    return {day(when).year} if when else set()


BODY_TABLES = ["headcounts", "surveys", "dossier_counts", "shares", "rankings", "activities", "inspections",
               "task_reports", "title_standards", "written_assignments", "documents", "deputies", "quota_adjustments"]


def years_judged(world, city):
    # 02: Years judged: caps and other yearly rules on bodies in each year up to as-of's for which the facts hold any
    # body-level record, for every ranked body in force in that year (the city too where it has records); years before
    # the plan's first are judged as well and marked `retrospective`.
    tables = BODY_TABLES if not city else ["surveys", "dossier_counts", "shares", "rankings"]
    years = set()
    for name in tables:
        for record in world.table(name):
            if (world.body_of(record) == CITY) == city:
                years |= record_years(record)
    return sorted(y for y in years if y <= world.year)


def conditions(world, rule, year):
    for other in rule.get("under", []):
        if world.reading[other["reading"]] == other["option"] and year >= other.get("from", 0) and "when" in other:
            return other["when"]
    return rule["when"]


def all_of(truths):
    if any(t is False for t in truths):
        return False
    return None if any(t is None for t in truths) else True


def cap_verdict(truth):
    # 02: the finding's verdict is `binding`, `not_binding` or `undetermined`.
    return {True: "binding", False: "not_binding", None: "undetermined"}[truth]


def compare(value, condition):
    comparison = next(c for c in ("at_least", "more_than", "at_most") if c in condition)
    return value.holds(comparison, number(condition[comparison]))


def band_of(world, body, year):
    """The place of the body's rank in the scale (0 the best), or None. A score alone is ranked by the scale's cut-offs."""
    for r in world.table("rankings"):
        if r["year"] == year and world.body_of(r) == body:
            return place_of(r)
    return None


def place_of(ranked):
    if "rank" in ranked:
        return SCALES["rank"].index(ranked["rank"])
    if "score" in ranked:
        bands = next(s["bands"] for s in PLAN["scale"] if s["id"] == "rank")
        return next(i for i, b in enumerate(bands) if number(ranked["score"]) >= number(b["from_score"]))
    return None


def rank_holds(place, condition):
    """`band_at_most`: that band or a worse one; `band_below`: a worse one."""
    if place is None:
        return None
    if "band_at_most" in condition:
        return place >= SCALES["rank"].index(condition["band_at_most"])
    return place > SCALES["rank"].index(condition["band_below"])


def area_holds(world, who, body, year, condition):
    # 02: people tied to a content area scored average or below
    # Ambiguous: a person for whom no areas are given at all. Unknown; an empty list says "none".
    if "areas" not in who:
        return None
    scored = {}
    for r in world.table("rankings"):
        if r["year"] == year and world.body_of(r) == body:
            scored = {a["area"]: place_of(a) for a in r.get("areas", [])}
    truths = [rank_holds(scored.get(a), condition) for a in who["areas"]]
    return True if True in truths else None if None in truths else False


def cap_subjects(world, rule):
    kind = rule["subject"]["kind"]
    if kind == "body":
        subjects = [("body", b, y) for y in years_judged(world, False)
                    for b in world.members(rule["subject"]["group"], first_day(y), last_day(y))]
        if rule["subject"].get("city_too"):
            subjects += [("city", CITY, y) for y in years_judged(world, True)]
        return subjects
    rows = world.people.values() if kind == "person" else world.table("collectives")
    return [(kind, r["id"], y) for y in years_judged(world, False) for r in rows
            if rule["subject"].get("role") in (None, r.get("role"))]


def home(world, kind, ident):
    """The person or collective, and the body it belongs to."""
    who = world.people[ident] if kind == "person" else next(c for c in world.table("collectives") if c["id"] == ident)
    return who, world.resolve(who["body"], world.as_of, world.as_of)


def cap(world, rule, out):
    for kind, ident, year in cap_subjects(world, rule):
        truths, empty = [], False
        for condition in conditions(world, rule, year):
            if condition["measure"] in ("late_share", "satisfaction"):
                if condition["measure"] == "satisfaction":
                    value = satisfaction(world, year, "overall", ident)
                else:
                    value = late_share(world, year, **{"officer" if kind == "person" else "body": ident})
                truths.append(compare(value, condition))
                empty = value.empty
            elif condition["measure"] == "rank":
                truths.append(rank_holds(band_of(world, home(world, kind, ident)[1], year), condition))
            else:
                truths.append(area_holds(world, *home(world, kind, ident), year, condition))
        verdict = "not_applicable" if empty else cap_verdict(all_of(truths))
        put(out, rule, kind, ident, first_day(year), last_day(year), verdict)


def ceilings_of(verdicts):
    # 02: The ceiling of a subject and year is the lowest cap that binds, or the top of the scale; it is provisional when
    # an undetermined cap could lower it further.
    caps = {}
    for (rule_id, kind, ident, start, end), verdict in verdicts.items():
        rule = RULES[rule_id]
        if rule["kind"] == "cap":
            caps.setdefault((ident, int(start[:4]), rule["scale"]), []).append((SCALES[rule["scale"]].index(rule["ceiling"]), verdict))
    out = {}
    for key, found in caps.items():
        place = max([0] + [p for p, v in found if v == "binding"])
        provisional = any(v == "undetermined" and p > place for p, v in found)
        out[key] = (SCALES[key[2]][place], provisional)
    return out


# ---------------------------------------------------------------- all of it

# ---------------------------------------------------------------- rank, improvement, leadership, consequence
# 02: in the same spirit; ties in leadership are shared firsts (1, 1, 3); an equal index value is not a rise.

def settle(world, truth, year):
    """Unknown: `pending` up to the year's end, `undetermined` after."""
    return {True: "met", False: "not_met", None: "pending" if world.as_of <= last_day(year) else "undetermined"}[truth]


def rank(world, rule, out):
    for year in range(rule["from"], min(world.year, rule["to"]) + 1):
        place = band_of(world, CITY, year)
        truth = None if place is None else place <= SCALES["rank"].index(rule["at_least"])
        put(out, rule, "city", CITY, first_day(year), last_day(year), settle(world, truth, year))
    # Ambiguous: whether the next year has a pending finding once the years run. As for a level, the next step: where the
    # wish ("aspirational") begins counts as a step.
    following = [y for y in (rule["from"], rule["aspirational_from"]) if y > world.year]
    if following:
        put(out, rule, "city", CITY, first_day(following[0]), last_day(following[0]), "pending")


def improvement(world, rule, out):
    value = {r["year"]: number(r["value"]) for r in world.table("indices") if r["index"] == rule["index"]}
    for year in range(rule["from"], world.year + 1):
        truth = value[year] > value[year - 1] if year in value and year - 1 in value else None
        put(out, rule, "index", rule["index"], first_day(year), last_day(year), settle(world, truth, year))


def leadership(world, rule, out):
    for year in range(rule["from"], world.year + 1):
        rows = {bare(r["locality"]): Fraction(r["paid_online"], r["payable"]) for r in world.table("online_payments")
                if r["year"] == year and r["payable"]}
        own = next((v for n, v in rows.items() if n in (bare("Nha Trang"), CITY)), None)
        truth = None
        if own is not None:
            if any(v > own for v in rows.values()):
                truth = False
            elif world.complete("online_payments", first_day(year), last_day(year)):
                truth = True
        put(out, rule, "city", CITY, first_day(year), last_day(year), settle(world, truth, year))


def consequence(world, rule, out):
    for kind, ident, year in cap_subjects(world, rule):
        body = ident if kind == "body" else home(world, kind, ident)[1]
        found = [pattern_holds(world, rule, p, body, year) for p in rule["patterns"]]
        truth = True if True in found else None if None in found else False
        put(out, rule, kind, ident, first_day(year), last_day(year), cap_verdict(truth))


def pattern_holds(world, rule, pattern, body, year):
    # 02, consecutive_rank: `exactly_average`: average in both years · `average_or_below`: average or weak in both; a year
    # without a rank breaks the run
    band, truths = SCALES["rank"].index(pattern["band"]), []
    or_below = pattern.get("or_below") or (pattern["years"] > 1 and world.reading["consecutive_rank"] == "average_or_below")
    for back in range(pattern["years"]):
        place = band_of(world, body, year - back)
        if place is None:
            truths.append(None if back == 0 else False)
        else:
            truths.append(place >= band if or_below else place == band)
    return all_of(truths)


# ---------------------------------------------------------------- frequency

def frequency_periods(world, rule):
    """The periods from the rule's first year on that have begun by as-of."""
    out = []
    for year in range(rule["from"], world.year + 1):
        if rule["per"] == "year":
            out.append((first_day(year), last_day(year)))
        elif rule["per"] == "report":     # quarter, half-year, nine months, year: all from 1 January on
            out += [(first_day(year), dt.date(year, m, d)) for m, d in ((3, 31), (6, 30), (9, 30), (12, 31))]
        elif rule["per"] == "phase" and (year % 5 == 1 or year == rule["from"]):      # 2021-2025, 2026-2030
            start = year - (year - 1) % 5
            out.append((first_day(start), last_day(start + 4)))
    if rule["per"] == "week":             # Monday to Sunday
        start = first_day(rule["from"])
        start += dt.timedelta(-start.weekday() % 7)
        while start <= world.as_of:
            out.append((start, start + dt.timedelta(6)))
            start += dt.timedelta(7)
    return [p for p in out if p[0] <= world.as_of]


def subjects_of(world, rule, start, end):
    kind = rule["subject"]["kind"]
    if kind == "enterprise":
        return [("enterprise", e) for e in sorted({i["enterprise"] for i in world.table("inspections")})]
    out = [("city", CITY)] if kind == "city" or rule["subject"].get("city_too") else []
    return out + ([("body", b) for b in world.members(rule["subject"]["group"], start, end)] if kind == "body" else [])


def events(world, rule, activity, ident, start, end):
    if activity == "inspection":
        # annex II.9: inspections ordered by a superior aside
        return sum(1 for i in world.table("inspections") if i["enterprise"] == ident and not i["ordered_by_superior"]
                   and start <= day(i["date"]) <= min(end, world.as_of))
    return sum(a.get("count", 1) for a in world.table("activities") if a["kind"] == activity
               and start <= day(a["date"]) <= min(end, world.as_of) and world.body_of(a) == ident)


def frequency(world, rule, out):
    # 02: At least N: `met` when reached, `pending` while the period runs; after it `not_met` where the table is complete
    # for the scope, else `undetermined`. At most N: `not_met` as soon as exceeded, `pending` until the period ends, then
    # `met` where complete, else `undetermined`.
    table = "inspections" if rule["activity"] == "inspection" else "activities"
    for start, end in frequency_periods(world, rule):
        for kind, ident in subjects_of(world, rule, start, end):
            verdicts = []
            for activity in [rule["activity"], *rule.get("also_activities", [])]:
                n = events(world, rule, activity, ident, start, end)
                complete = world.complete(table, start, end, body=ident, kind=activity)
                if "at_least" in rule:
                    done, over = n >= rule["at_least"], "met"
                    after = "not_met" if complete else "undetermined"
                else:
                    done, over = n > rule["at_most"], "not_met"
                    after = "met" if complete else "undetermined"
                verdicts.append(over if done else "pending" if world.as_of <= end else after)
            for worst in ("not_met", "undetermined", "pending", "met"):
                if worst in verdicts:
                    put(out, rule, kind, ident, start, end, worst)
                    break


# ---------------------------------------------------------------- deadline

OFF = {}


def days_off():
    if not OFF:
        data = tomllib.loads((Path(__file__).parents[2] / "core/data/holidays-vn.toml").read_text("utf-8"))
        for year in data["year"]:
            for name in ("off", "worked"):
                OFF.setdefault(name, set()).update(str(d["date"] if isinstance(d, dict) else d) for d in year.get(name, []))
    return OFF


def due_after(changed, days, working):
    if not working:
        return changed + dt.timedelta(days)
    # 03: Receipt day is not counted; received on a day off, the next working day is day 0; N working days end on the
    # N-th working day after.
    off = days_off()

    def works(d):
        return str(d) in off.get("worked", ()) or (d.weekday() < 5 and str(d) not in off.get("off", ()))
    due = changed
    while not works(due):
        due += dt.timedelta(1)
    for _ in range(days):
        due += dt.timedelta(1)
        while not works(due):
            due += dt.timedelta(1)
    return due


def deadline(world, rule, out):
    # 02: done on or before: `met`; done later or not done after it and complete: `not_met`; not yet: `pending`.
    if rule["activity"] == "record_update":
        for r in world.table("record_updates"):
            changed = day(r["changed"])
            due = due_after(changed, rule["within_days"], world.reading["update_days"] == "working")
            done = day(r["recorded"]) if r.get("recorded") and day(r["recorded"]) <= world.as_of else None
            complete = world.complete("record_updates", changed, due)
            put(out, rule, "person", r["person"], changed, due, deadline_verdict(world, [done] if done else [], changed, due, complete))
        return
    windows = [(day(rule.get("from", f"{rule.get('by', '')[:4]}-01-01")), day(rule["by"]))] if "by" in rule else [
        (dt.date(y, rule["months"][0], 1), last_day(y)) for y in range(PLAN_FROM, world.year + 1)]
    for start, end in windows:
        for kind, ident in subjects_of(world, rule, start, end):
            done = [day(a["date"]) for a in world.table("activities") if a["kind"] == rule["activity"]
                    and world.body_of(a) == ident and day(a["date"]) <= world.as_of
                    and ("months" not in rule or day(a["date"]).year == end.year)]
            complete = world.complete("activities", start, end, body=ident, kind=rule["activity"])
            put(out, rule, kind, ident, start, end, deadline_verdict(world, done, start if "months" in rule else None, end, complete))


def deadline_verdict(world, done, start, due, complete):
    if any((start is None or start <= d) and d <= due for d in done):
        return "met"
    if world.as_of <= due:
        return "pending"
    return "not_met" if complete or any(d > due for d in done) else "undetermined"


# ---------------------------------------------------------------- coverage, structure

def coverage(world, rule, out):
    # 02: part / whole; met iff part = whole; whole 0 is `not_applicable`.
    if rule["subject"]["kind"] == "task":
        return   # by the tracker's periods; not written here
    for city in (False, True):
        for year in years_judged(world, city):
            if year < rule["from"]:
                continue
            for kind, ident in subjects_of(world, rule, first_day(year), last_day(year)):
                if (kind == "city") != city:
                    continue
                pair = coverage_of(world, rule["of"], ident, year)
                if pair is None:
                    verdict = settle(world, None, year)
                else:
                    verdict = "not_applicable" if pair[1] == 0 else "met" if pair[0] == pair[1] else "not_met"
                put(out, rule, kind, ident, first_day(year), last_day(year), verdict)


def coverage_of(world, what, body, year):
    """(part, whole) or None."""
    mine = [r for r in world.table({"deputies": "deputies", "written_assignments": "written_assignments", "estimates": "estimates",
                                    "electronic_documents": "documents"}.get(what, "dossier_counts"))
            if world.body_of(r) == body and r.get("officer") is None]
    until = min(last_day(year), world.as_of)
    if what == "deputies":
        if any(day(r["since"]) <= until for r in mine):
            return 1, 1
        return (0, 1) if world.complete("deputies", first_day(year), last_day(year), body=body) else None
    if what == "written_assignments":
        rows = sorted((r for r in mine if day(r["date"]).year == year and day(r["date"]) <= until), key=lambda r: r["date"])
        return (rows[-1]["assigned"], rows[-1]["staff"]) if rows else None
    if what == "electronic_documents":
        rows = [r for r in mine if r["year"] == year]
        return (rows[0]["electronic"], rows[0]["total"] - rows[0]["secret"] - rows[0].get("excepted", 0)) if rows else None
    if what == "estimates":
        rows = [r for r in mine if day(r["submitted"]).year == year and r["fund"] != "outside_budget"]
        return (sum(1 for r in rows if r.get("appraised") and day(r["appraised"]) <= until), len(rows)) if rows else None
    chains = year_chains(world, year, body)
    rows = [r for c in chains or [] for r in c]
    part, whole = ("supplement_notices", "supplement_requests") if what == "supplement_notices" else ("apologies", None)
    wholes = [r.get(whole) if whole else r.get("resolved", {}).get("late") for r in rows]
    if not rows or None in wholes or (sum(wholes) and any(part not in r for r in rows)):
        return None
    return sum(r.get(part, 0) for r in rows), sum(wholes)


def structure(world, rule, out):
    """annex IV.3: a task has one lead who answers for it."""
    for task in PLAN["task"]:
        leads = {b for d in task.get("duties", []) if d["role"] == "lead" for b in d.get("bodies", [])}
        put(out, rule, "task", task["id"], day(PLAN["document"]["valid_from"]), last_day(2030), "met" if len(leads) == 1 else "not_met")


KINDS = {"level": level, "reduction": reduction, "cap": cap, "rank": rank, "improvement": improvement, "leadership": leadership,
         "consequence": consequence, "frequency": frequency, "deadline": deadline, "coverage": coverage, "structure": structure}


def evaluate(facts, as_of, readings, rules=None):
    """rules: the ids to judge (all of them where None); kinds without a function here are left out."""
    world, verdicts = World(facts, as_of, readings), {}
    for rule in PLAN["rule"]:
        if (rules is None or rule["id"] in rules) and rule["kind"] in KINDS:
            KINDS[rule["kind"]](world, rule, verdicts)
    return verdicts, ceilings_of(verdicts)
