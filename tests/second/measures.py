"""From records to a measure: dossier counts, published shares, surveys, standards of titles."""
from fractions import Fraction

from intervals import FAR, Both, Known, Ratio, Unknown
from world import CITY, day, first_day, last_day, number


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
    rows = world.table("dossier_counts") if body is None else world.of_body("dossier_counts", body)
    mine = [r for r in rows if r.get("officer") == officer]
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
    return [c for b in world.bodies if b != CITY for c in year_chains(world, year, body=b) or []]


def published(record):
    """(low, high, high is open) of a percentage."""
    percent = number(record["percent"])
    if "rounded_to" not in record:
        return percent, percent, False
    half = Fraction(1, 2 * 10 ** record["rounded_to"])
    return max(percent - half, Fraction(0)), percent + half, True


def published_share(world, measure, year, body=None, officer=None):
    """03, shares: a share known only as a published percentage; with rounded_to = 2, 1.79 means [1.785, 1.795)."""
    rows = world.table("shares") if officer is not None else world.of_body("shares", body)
    mine = [s for s in rows if s["measure"] == measure and s.get("officer") == officer and s.get("field") is None]
    found = []
    for s in year_records(world, mine, year):
        found.append(published(s))
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
    # 02: A city figure is the city's own record; else the sum over bodies
    if body == CITY and share and not own_counts:
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
    return [s for s in world.of_body("surveys", body) if s["year"] == year and s["field"] == field]


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
        return Known(*published(own[0]))
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


