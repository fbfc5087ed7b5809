"""What must be done so often, by a day, or for every member of a set; and the plan's own structure."""
import datetime as dt
import functools
import tomllib
from pathlib import Path

from measures import Counts, year_entries
from world import BEFORE, CITY, PLAN, PLAN_FROM, PLAN_START, day, first_day, last_day, put, settle


def subjects(world, rule, year):
    """Whom a rule judges in a year: the city, or bodies in the years that are judged."""
    out = []
    if rule["subject"]["kind"] == "city":
        out = [("city", CITY)]
    elif rule["subject"]["kind"] == "body":
        if year in world.told(False):
            out = [("body", b) for b in world.members(rule["subject"]["group"], first_day(year), last_day(year)) if b != CITY]
        if rule["subject"].get("city_too") and year in world.told(True):
            out.append(("city", CITY))
    return out


# ---------------------------------------------------------------- frequency

@functools.cache
def periods(per, year):
    """The periods of a rule that begin (reports: end) in a year."""
    if per == "year":
        return [(first_day(year), last_day(year))]
    if per == "report":     # 02: (quarter, half-year, nine months, year), all from 1 January on
        return [(first_day(year), dt.date(year, m, d)) for m, d in ((3, 31), (6, 30), (9, 30), (12, 31))]
    if per == "phase":      # five years: 2021-2025, 2026-2030
        return [(first_day(year), last_day(year + 4))] if year % 5 == 1 else []
    start = monday_of(year)         # the weeks of an ISO year
    return [(d, d + dt.timedelta(6)) for d in (start + dt.timedelta(7 * n) for n in range(53)) if d < monday_of(year + 1)]


def monday_of(year):
    return dt.date.fromisocalendar(year, 1, 1)


def life_in(world, rule, body, start, end):
    """A period cut to a body's life. A rule on the city is on the plan's territory, which outlives it; Ambiguous: what the
    city owes beside its bodies. That ends with the city."""
    if body == CITY and rule["subject"]["kind"] != "city":
        return max(start, world.life[CITY][0]), min(end, world.life[CITY][1])
    return world.cut(body, start, end)


def events(world, activity, ident, start, end):
    if activity == "inspection":
        # annex II.9: inspections ordered by a superior aside
        return sum(1 for i in world.table("inspections") if i["enterprise"] == ident and not i["ordered_by_superior"]
                   and start <= day(i["date"]) <= min(end, world.as_of))
    return sum(a.get("count", 1) for a in world.of_body("activities", ident)
               if a["kind"] == activity and start <= day(a["date"]) <= min(end, world.as_of))


def frequency_verdict(world, rule, activity, ident, start, end):
    # 02: At least N: `met` when reached, `pending` while the period runs; after it `not_met` where the table is complete
    # for the scope, else `undetermined`. At most N: `not_met` as soon as exceeded, `pending` until the period ends, then
    # `met` where complete, else `undetermined`.
    n = events(world, activity, ident, start, end)
    table = "inspections" if activity == "inspection" else "activities"
    after = world.complete(table, start, end, body=ident, kind=None if activity == "inspection" else activity)
    if "at_least" in rule:
        return "met" if n >= rule["at_least"] else "pending" if world.as_of <= end else "not_met" if after else "undetermined"
    return "not_met" if n > rule["at_most"] else "pending" if world.as_of <= end else "met" if after else "undetermined"


def frequency(world, rule, out):
    if rule["subject"]["kind"] == "enterprise":
        for year in range(rule["from"], world.year + 1):
            known = {i["enterprise"] for i in world.table("inspections") if day(i["date"]).year == year and day(i["date"]) <= world.as_of}
            for enterprise in known:
                put(out, rule, "enterprise", enterprise, first_day(year), last_day(year),
                    frequency_verdict(world, rule, rule["activity"], enterprise, first_day(year), last_day(year)))
        return
    if rule["per"] == "phase":
        frequency_phase(world, rule, out)
        return
    for year in range(rule["from"], world.year + 1):
        for kind, ident in subjects(world, rule, year):
            frequency_year(world, rule, kind, ident, year, out)


def frequency_phase(world, rule, out):
    for year in range(rule["from"] - 4, world.year + 1):
        for start, end in periods(rule["per"], year):
            for body in world.members(rule["subject"]["group"], start, end):
                since, until = world.cut(body, start, end)
                if since <= world.as_of and until >= PLAN_START:
                    put(out, rule, "body", body, since, until, frequency_verdict(world, rule, rule["activity"], body, since, until))


def frequency_year(world, rule, kind, ident, year, out):
    activities = [rule["activity"], *rule.get("also_activities", [])]
    if rule["per"] == "week":
        # the weeks from that of the plan's first day to that of as-of in which the body is there
        weeks = [w for w in periods(rule["per"], year) if w[1] >= PLAN_START and w[0] <= world.as_of]
        weeks = [w for w in (world.cut(ident, *w) for w in weeks) if w[0] <= w[1]]
        if not weeks or world.life[ident][0] > world.as_of:
            return
        if not knows(world, rule["activity"], ident, weeks[0][0], weeks[-1][1]):
            # Ambiguous: 02 asks for weeks. Of a year of which nothing is known, one finding in place of fifty-two, pending
            # only while no week of it has passed.
            start, end = world.cut(ident, first_day(year), last_day(year))
            start, end = (start, end) if start <= end else (weeks[0][0], weeks[-1][1])
            put(out, rule, kind, ident, start, end, settle(world, None, weeks[0][1]))
            return
        for week in weeks:
            put(out, rule, kind, ident, *week, frequency_verdict(world, rule, rule["activity"], ident, *week))
        return
    for start, end in periods(rule["per"], year):
        since, until = life_in(world, rule, ident, start, end)
        if since > world.as_of or until < since or until < PLAN_START:
            continue
        if rule["per"] == "report":
            # Ambiguous: reports of nested periods. One report is one report: it belongs to the period that ends in its
            # quarter. Who ends before a period does owes no report of it.
            since = max(since, dt.date(end.year, end.month - 2, 1))
            if until == end and since <= world.as_of:
                put(out, rule, kind, ident, start, end, frequency_verdict(world, rule, activities[0], ident, since, until))
            continue
        verdicts = [frequency_verdict(world, rule, a, ident, since, until) for a in activities]
        put(out, rule, kind, ident, since, until, next(v for v in ("not_met", "undetermined", "pending", "met") if v in verdicts))


def knows(world, activity, body, first, last):
    """Whether the facts say anything of an activity of a body between two days."""
    last_read = min(last, world.as_of)
    if any(a["kind"] == activity and first <= day(a["date"]) <= last_read for a in world.of_body("activities", body)):
        return True
    return any(t == "activities" and b in (None, body) and k in (None, activity) and since <= last and until >= first
               for t, since, until, k, b in world.declared)


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


def update_of(world, rule, record):
    """The verdict of one change in a person's record."""
    changed = day(record["changed"])
    due = due_after(changed, rule["within_days"], world.reading["update_days"] == "working")
    done = [day(record["recorded"])] if record.get("recorded") and day(record["recorded"]) <= world.as_of else []
    return deadline_verdict(world, done, changed, due, world.complete("record_updates", changed, due))


def deadline(world, rule, out):
    # 02: done on or before: `met`; done later or not done after it and complete: `not_met`; not yet: `pending`.
    if rule["activity"] == "record_update":
        for r in world.table("record_updates"):
            if PLAN_START <= day(r["changed"]) <= world.as_of:
                put(out, rule, "person", r["person"], day(r["changed"]), day(r["changed"]), update_of(world, rule, r))
        return
    if "months" in rule:
        for year in range(PLAN_FROM, world.year + 1):
            for kind, ident in subjects(world, rule, year):
                first, last = life_in(world, rule, ident, dt.date(year, rule["months"][0], 1), last_day(year))
                if first <= last:
                    whole = life_in(world, rule, ident, first_day(year), last_day(year))
                    if whole[0] <= world.as_of:
                        put(out, rule, kind, ident, *whole, one_deadline(world, rule, ident, first, last, year))
        return
    start, end = day(rule["from"]) if "from" in rule else PLAN_START, day(rule["by"])
    who = [("city", CITY)] if rule["subject"]["kind"] == "city" else [
        ("body", b) for b in world.members(rule["subject"]["group"], start, end)]
    for kind, ident in who:
        since, until = world.cut(ident, start, end)
        if world.life[ident][0] <= world.as_of:
            put(out, rule, kind, ident, since, until, one_deadline(world, rule, ident, since, until, None))


def one_deadline(world, rule, ident, start, end, year):
    # Ambiguous: done before the first day on which it can be. What the plan wants done in 2023-2024 is not done before.
    opens = day(rule["from"]) if "from" in rule else BEFORE
    done = [day(a["date"]) for a in world.of_body("activities", ident)
            if a["kind"] == rule["activity"] and opens <= day(a["date"]) <= world.as_of and (year is None or day(a["date"]).year == year)]
    complete = world.complete("activities", start, end, body=ident, kind=rule["activity"])
    return deadline_verdict(world, done, start if year else None, end, complete)


def deadline_verdict(world, done, start, due, complete):
    if any((start is None or start <= d) and d <= due for d in done):
        return "met"
    if world.as_of <= due:
        return "pending"
    return "not_met" if complete or any(d > due for d in done) else "undetermined"


# ---------------------------------------------------------------- coverage

def coverage(world, rule, out):
    # 02: part / whole; met iff part = whole; whole 0 is `not_applicable`.
    if rule["of"] == "tasks_on_schedule":
        for task in PLAN["task"]:
            put(out, rule, "task", task["id"], PLAN_START, world.as_of, task_verdict(world, task))
        return
    if rule["of"] == "estimates":
        estimates(world, rule, out)
        return
    for year in range(rule["from"], world.year + 1):
        for kind, ident in subjects(world, rule, year):
            start, end = life_in(world, rule, ident, first_day(year), last_day(year))
            if start <= min(end, world.as_of):
                put(out, rule, kind, ident, start, end, coverage_verdict(world, rule["of"], ident, year, end))


def of_pair(world, pair, until):
    if pair is None:
        return settle(world, None, until)
    return "not_applicable" if pair[1] == 0 else "met" if pair[0] >= pair[1] else "not_met"


def coverage_verdict(world, what, body, year, until):
    last = min(until, world.as_of)
    if what == "deputies":
        if any(day(r["since"]) <= last for r in world.of_body("deputies", body)):
            return "met"
        # Ambiguous: from when the list must reach. From the plan's own day, or the body's first: who was named is named.
        complete = world.complete("deputies", max(PLAN_START, world.life[body][0]), until, body=body)
        return "not_met" if complete and world.as_of > until else settle(world, None, until)
    if what == "written_assignments":
        rows = sorted((r for r in world.of_body("written_assignments", body)
                       if day(r["date"]).year == year and day(r["date"]) <= last), key=lambda r: r["date"])
        return of_pair(world, (rows[-1]["assigned"], rows[-1]["staff"]) if rows else None, until)
    if what == "electronic_documents":
        rows = [r for r in world.of_body("documents", body) if r["year"] == year]
        if not rows and world.as_of > until and world.complete("documents", max(first_day(year), world.life[body][0]), until, body=body):
            return "not_applicable"     # 02: only then does absence mean none
        return of_pair(world, (rows[0]["electronic"], rows[0]["total"] - rows[0]["secret"] - rows[0].get("excepted", 0)) if rows else None, until)
    return of_dossiers(world, what, body, year, until)


def of_dossiers(world, what, body, year, until):
    entries = year_entries(world, year, body)
    if not entries:
        # Ambiguous: a year that still runs. What is to come of it may bring the first.
        if world.as_of > until and world.complete("dossier_counts", max(first_day(year), world.life[body][0]), until, body=body):
            return "not_applicable"     # 02: only then does absence mean none
        return settle(world, None, until)
    # 02: where parts of a record are missing but its totals bound them
    whole, part = ("requests", "notices") if what == "supplement_notices" else ("late", "apologies")
    bounds = Counts.of(entries).bounds
    (least, most), (low, high) = bounds[whole], bounds[part]
    if most == 0:
        return "not_applicable"
    # Ambiguous: a whole that may be nothing decides nothing; a part beyond the whole counts as the whole.
    truth = True if low >= most and least > 0 else False if high < least else None
    return settle(world, truth, until)


@functools.cache
def tasks_led(body):
    return {t["id"] for t in PLAN["task"] for d in t.get("duties", []) if d["role"] == "lead" and body in d.get("bodies", [])}


def estimates(world, rule, out):
    """Every lead body's cost estimate for its task is submitted to and appraised by the office."""
    end = world.as_of
    for body in world.members(rule["subject"]["group"], PLAN_START, max(end, PLAN_START)):
        owed = tasks_led(body)
        if not owed:
            continue
        mine = [r for r in world.of_body("estimates", body) if r["task"] in owed and day(r["submitted"]) <= end]
        done = {r["task"] for r in mine if r.get("appraised") and day(r["appraised"]) <= end}
        start, until = world.cut(body, PLAN_START, end)
        if done >= owed:
            verdict = "met"
        else:
            verdict = "not_met" if world.complete("estimates", start, until, body=body) else "undetermined"
        put(out, rule, "body", body, start, until, verdict)


# ---------------------------------------------------------------- tasks on schedule

def windows(world, task):
    """(start, due) of the times that a task falls due, those that have begun."""
    schedule = task["schedule"]
    kind = schedule["kind"]
    if kind == "by":
        out = [(first_day(PLAN_FROM), day(schedule["date"]))]
    elif kind == "period":
        out = [(day(schedule["from"]), day(schedule["to"]))]
    elif kind in ("annual", "annual_at_least"):
        month = (schedule.get("months") or [1])[0]
        out = [(dt.date(y, month, 1), last_day(y)) for y in range(PLAN_FROM, world.year + 1)]
    elif kind == "phase":
        out = [(first_day(y), last_day(y + 4)) for y in range(2021, world.year + 1, 5)]
    else:
        out = []        # continuous, and when something happens: no day to keep
    return [w for w in out if w[0] <= world.as_of]


def task_verdict(world, task):
    """Every time that has fallen due, or is done already, must have been done in time."""
    kind = task["schedule"]["kind"]
    if kind == "within":
        rule = {"within_days": task["schedule"]["days"]}
        found = [update_of(world, rule, r) for r in world.table("record_updates") if PLAN_START <= day(r["changed"]) <= world.as_of]
    else:
        done = [day(r["date"]) for r in world.table("task_reports")
                if r["task"] == task["id"] and r["status"] == "completed" and day(r["date"]) <= world.as_of]
        found = []
        for start, due in windows(world, task):
            # Ambiguous: which year a late report is of. Nothing says so: of what comes every year it decides nothing.
            once = kind in ("by", "period")
            # 02, deadline: done on or before: `met`. What is due by a day has no first one.
            mine = [d for d in done if (start <= d or kind == "by") and (once or d <= due)]
            complete = world.complete("task_reports", max(start, PLAN_START), due)
            found.append(deadline_verdict(world, mine, None, due, complete))
    for worst in ("not_met", "undetermined", "met"):
        if worst in found:
            return worst
    return "not_applicable" if kind in ("continuous", "on_trigger") else "pending"


# ---------------------------------------------------------------- structure

def structure(world, rule, out):
    """annex IV.3: a task has one lead who answers for it."""
    for task in PLAN["task"]:
        leads = {b for d in task.get("duties", []) if d["role"] == "lead" for b in d.get("bodies", [])}
        put(out, rule, "task", task["id"], PLAN_START, world.as_of, "met" if len(leads) == 1 else "not_met")
