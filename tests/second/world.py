"""The facts of one case with names, dates and readings settled: what every rule asks of them.

Lines that start with "# 02:" or "# 03:" quote the sentence that the code below them carries out; "# Ambiguous:" marks a
place where the design leaves a choice, and says which one was taken.
"""
import datetime as dt
import functools
import re
import tomllib
import unicodedata
from fractions import Fraction
from pathlib import Path

import states

PLAN = tomllib.loads((Path(__file__).parents[2] / "core/data/plan-298.toml").read_text("utf-8"))
RULES = {r["id"]: r for r in PLAN["rule"]}
DEFAULTS = {r["key"]: r["default"] for r in PLAN["reading"]}
BODIES = {b["id"]: b for b in PLAN["body"]}
GROUPS = {g["id"]: g for g in PLAN["body_group"]}
SCALES = {s["id"]: [b["id"] for b in s["bands"]] for s in PLAN["scale"]}  # best band first
CITY = PLAN["document"]["body"]


@functools.cache
def day(text):
    return dt.date.fromisoformat(text)


PLAN_START = day(PLAN["document"]["valid_from"])
PLAN_FROM = PLAN_START.year


@functools.cache
def first_day(year):
    return dt.date(year, 1, 1)


@functools.cache
def last_day(year):
    return dt.date(year, 12, 31)


def number(value):
    """03: read as decimals, digit by digit, never through a float (a JSON float is taken by its shortest digits)."""
    return Fraction(str(value))


@functools.cache
def spelling(name):
    """03, domain 7: NFC and NFD, old and new tone placement are one spelling: the tone of a word, wherever written, last."""
    words = []
    # domain 7: look-alikes of letters; dashes of any length
    name = name.translate({0xD0: "Đ", 0x189: "Đ", 0x1A2: "Ư", 0x1A3: "ư", 0x2013: "-", 0x2014: "-"})
    for word in unicodedata.normalize("NFD", name).lower().split():
        tones = "".join(c for c in word if c in "\u0300\u0301\u0303\u0309\u0323")
        words.append("".join(c for c in word if c not in tones) + tones)
    return " ".join(words)


# domain 7: abbreviations, each read out (the words as `spelling` leaves them)
READ_OUT = [(re.compile(rf"(?<!\S)({short})(\.\s*|\s+|$)"), spelling(full) + " ") for short, full in (
    (re.escape(spelling("ủy ban nhân dân")), "ubnd"), (r"t\.?p", "thành phố"), ("p", "phường"), ("x", "xã"))]
HERE = re.compile(r"\s*[,–-]\s*(" + spelling("thành phố") + r"\s+)?" + spelling("Nha Trang") + "$")


@functools.cache
def placed(name):
    """The name with its abbreviations read out, without the city that it may add at its end."""
    text = spelling(name.replace(",", " , "))
    for short, full in READ_OUT:
        text = short.sub(full, text)
    return HERE.sub("", " ".join(text.split()))


@functools.cache
def unprefixed(name):
    return placed(name).removeprefix("ubnd ")


KIND_WORDS = [spelling(p) + " " for p in ("ubnd", "thành phố", "phường", "xã")]


@functools.cache
def bare(name):
    """The name without the words that say what kind of body it is."""
    text = placed(name)
    for word in KIND_WORDS:
        text = text.removeprefix(word)
    return text


class UnknownName(Exception):
    """A name that no single body bears."""


BEFORE, AFTER = dt.date.min, dt.date.max


class World:
    """The facts with names resolved, the date and the readings."""

    def __init__(self, facts, as_of, readings, known_on=None):
        self.as_of, self.year = day(as_of), day(as_of).year
        self.reading = {**DEFAULTS, **readings}
        self.bodies = {**BODIES, **{b["id"]: b for b in facts.get("bodies", [])}}
        self.life = {i: (day(b.get("valid_from", "0001-01-01")), day(b.get("valid_to", "9999-12-31"))) for i, b in self.bodies.items()}
        self.names, self.homes, self.cache = {}, {}, {}
        self.facts = facts = states.known(facts, known_on, self.body_of)
        self.people = {p["id"]: p for p in facts.get("people", [])}
        for record in [*facts.get("dossier_counts", []), *facts.get("shares", [])]:     # officers that no list of people has
            if "officer" in record and span(record)[0] <= self.as_of:
                self.people.setdefault(record["officer"], {"id": record["officer"]})
        self.collectives = {c["id"]: c for c in facts.get("collectives", [])}
        self.declared = [(c["table"], day(c["from"]), day(c["to"]), c.get("kind"),
                          c.get("body") and self.resolve(c["body"], day(c["from"]), day(c["to"])))
                         for c in facts.get("complete", [])]

    def table(self, name):
        return self.facts.get(name, [])

    def once(self, key, make):
        """The value of make(), made once."""
        if key not in self.cache:
            self.cache[key] = make()
        return self.cache[key]

    def in_force(self, body, start, end):
        return self.life[body][0] <= end and self.life[body][1] >= start

    def resolve(self, name, start, end):
        """03: `body` is a body id or any name that resolves to one on that date."""
        if name in self.bodies:
            return name
        key = name, start, end
        if key not in self.names:
            self.names[key] = self.look_up(name, start, end)
        return self.names[key]

    def look_up(self, name, start, end):
        if len(name) == 5 and name.isdigit():
            # domain 5: a body is (code, valid from), never a code alone
            found = [b["id"] for b in self.bodies.values() if b.get("code") == name and self.in_force(b["id"], start, end)]
            if len(found) != 1:
                raise UnknownName(f"{name}: {found}")
            return found[0]
        for test in (spelling, placed, unprefixed, bare):
            found = [b["id"] for b in self.bodies.values()
                     if self.in_force(b["id"], start, end) and any(test(n) == test(name) for n in b["names"])]
            if len(found) == 1:
                return found[0]
        # Ambiguous: a person's body has no date. Where no body of as-of bears the name, any that ever did.
        if start == end == self.as_of:
            return self.look_up(name, BEFORE, AFTER)
        raise UnknownName(f"{name}: {found}")

    def body_of(self, record):
        """None and the city itself are one: the whole city."""
        name = record.get("body")
        if name is None:
            return CITY
        if name in self.bodies:
            return name
        if id(record) not in self.homes:
            start, end = span(record) or (self.as_of, self.as_of)
            self.homes[id(record)] = self.resolve(name, start, end)
        return self.homes[id(record)]

    def of_body(self, table, body):
        """The records of a table that are of a body, in the order of the facts."""
        def sort():
            out = {}
            for record in self.table(table):
                out.setdefault(self.body_of(record), []).append(record)
            return out
        return self.once(("of_body", table), sort).get(body, [])

    def complete(self, table, start, end, body=None, kind=None, own=False):
        # 02: `complete` (03) declares that a table lists everything of a scope, and only then does absence mean none
        # and may body records be summed to a city figure.
        # Ambiguous: a table declared half-year by half-year. What lists everything of each half lists everything of both.
        scopes = [(since, until) for t, since, until, k, b in self.declared
                  if t == table and (b == body or b is None and not own) and k in (None, kind)]
        while True:
            reach = max((until for since, until in scopes if since <= start <= until), default=None)
            if reach is None or reach >= end:
                return reach is not None
            start = reach + dt.timedelta(1)

    def complete_so_far(self, table, start, end, body=None):
        # Ambiguous: a figure of a year that still runs. It is covered when what has passed of it is.
        return self.complete(table, start, max(min(end, self.as_of), start), body=body)

    def members(self, group, start, end):
        return self.once(("members", group, start, end), lambda: self.find_members(group, start, end))

    def find_members(self, group, start, end):
        g = GROUPS[group]
        return [i for i, b in self.bodies.items()
                if (i in g.get("members", []) or b["kind"] in g.get("kinds", [])) and self.in_force(i, start, end)]

    def events(self):
        """Reorganisations up to as-of, by day: (date, kind, from, to, {body: share in percent})."""
        def find():
            out = {}
            for e in PLAN.get("reorganisation", []) + self.facts.get("reorganisations", []):
                date = day(e["date"])
                before, after = [tuple(sorted(self.resolve(b, d, d) for b in e[side])) for side, d in
                                 (("from", date - dt.timedelta(1)), ("to", date))]
                shares = {self.resolve(s["body"], date, date): number(s["percent"]) for s in e.get("shares", [])}
                # one event told twice is one, and the shares may come with the second
                key = date, e["kind"], before, after
                out[key] = out.get(key) or shares
            return [(*key, shares) for key, shares in sorted(out.items()) if key[0] <= self.as_of]
        return self.once("events", find)

    def links(self):
        """[(date, from, to, part, event)] of what goes from body to body: part is a share of 1, or None where a split or a
        transfer to several does not declare it. What a dissolution ends goes nowhere, a company is no longer a body of the
        city's."""
        def find():
            out = []
            for n, (date, kind, before, after, shares) in enumerate(self.events()):
                if kind in ("dissolve", "equitise"):
                    continue
                stay = set() if kind == "split" else set(before) & set(after)
                for f in before:
                    for t in after:
                        if f in stay or (t in stay and kind != "merge"):
                            continue    # a body that goes on as itself is nobody's predecessor
                        part = 1 if kind in ("merge", "rename") or (kind == "transfer" and len(set(after) - stay) == 1) else None
                        if kind == "split" and shares:
                            part = shares.get(t, 0) / 100
                        out.append((date, f, t, part, n))
            return out
        return self.once("links", find)

    def before(self, body, year, until):
        """[(date, body, part)] of what went into a body after the first day of a year and up to a day."""
        return [(date, f, part) for date, f, t, part, _ in self.links() if t == body and first_day(year) < date <= until]

    def after(self, body, year):
        """The other bodies that a body went into during a year."""
        return [(date, t) for date, f, t, _, _ in self.links() if f == body and t != body and date.year == year]

    def gone(self, body, date):
        """Whether a reorganisation has ended a body by a day."""
        return any(when <= date and body in before and body not in after for when, _, before, after, _ in self.events())

    def in_territory(self, body):
        # Ambiguous: a body that the facts add. It is the city's, unless it comes of a transfer elsewhere or is a company.
        elsewhere = {t for e in self.facts.get("reorganisations", []) if e["kind"] in ("transfer", "equitise") for t in e["to"]
                     if t not in e["from"]}
        return self.bodies[body]["kind"] not in ("province", "outside") and (body not in elsewhere or body in BODIES)

    def cut(self, body, start, end):
        """A period cut to the body's life; the city's territory outlives the city."""
        if body == CITY:
            return start, end
        return max(start, self.life[body][0]), min(end, self.life[body][1])

    def years(self, city):
        # 02: Years judged: caps and other yearly rules on bodies in each year up to as-of's for which the facts hold any
        # body-level record, for every ranked body in force in that year (the city too where it has records); years before
        # the plan's first are judged as well and marked `retrospective`.
        return self.once(("years", city), lambda: self.find_years(city))

    def find_years(self, city):
        years = set()
        # Ambiguous: the city's stocks. A count of posts without body is of the whole territory, not of the city as a body.
        for name in (t for t in BODY_TABLES if not city or t not in STOCKS):
            for record in self.table(name):
                if name == "task_reports" and "body" not in record:
                    continue
                if name == "shares" and "officer" in record and "body" not in record:
                    continue        # a person's, wherever they serve
                if (self.body_of(record) == CITY) == city:
                    start, end = span(record)
                    years |= set(range(start.year, end.year + 1))
        return sorted(y for y in years if y <= self.year)

    def years_of_people(self):
        """The years of records of persons' own dossiers."""
        rows = [*self.table("dossier_counts"), *self.table("shares")]
        return self.once("years of people", lambda: {
            span(r)[0].year for r in rows if "officer" in r and span(r)[0].year == span(r)[1].year and span(r)[0].year <= self.year
            and span(r)[0] <= self.as_of})

    def told(self, city):
        """The years of duties: those of records, and those for which a table is declared to list everything."""
        def find():
            years = set(self.years(city))
            for _, since, until, _, body in self.declared:
                if body is None or (body == CITY) == city:
                    years |= set(range(since.year, min(until.year, self.year) + 1))
            return years
        return self.once(("told", city), find)


STOCKS = ["headcounts", "quota_adjustments", "title_standards"]
BODY_TABLES = ["headcounts", "surveys", "dossier_counts", "shares", "rankings", "activities", "inspections",
               "task_reports", "title_standards", "written_assignments", "documents", "deputies", "quota_adjustments", "estimates"]


def span(record):
    """The days a record speaks of, or None."""
    if "year" in record:
        return first_day(record["year"]), last_day(record["year"])
    if "from" in record:
        return day(record["from"]), day(record["to"])
    when = record.get("date") or record.get("since") or record.get("submitted")
    return when and (day(when), day(when))


def put(out, rule, kind, ident, start, end, verdict):
    # 02: years before the plan's first are judged as well and marked `retrospective`; an aspirational rule's finding is
    # marked so
    wish = rule.get("aspirational") or start.year >= rule.get("aspirational_from", 9999)
    marks = ("r" if end.year < PLAN_FROM else "") + ("a" if wish else "")
    out[rule["id"], kind, ident, str(start), str(end)] = verdict, marks


def settle(world, truth, until):
    """02: Unknown: `pending` up to the year's end, `undetermined` after."""
    return {True: "met", False: "not_met", None: "pending" if world.as_of <= until else "undetermined"}[truth]


def all_of(truths):
    if any(t is False for t in truths):
        return False
    return None if any(t is None for t in truths) else True


def any_of(truths):
    if any(t is True for t in truths):
        return True
    return None if any(t is None for t in truths) else False
