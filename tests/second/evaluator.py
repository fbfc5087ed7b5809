"""A naive second evaluator of plan 298, written from the design documents alone (design/02-rules.md, "02" below, and
03-formats.md). It shares no code with the library: plain Python, exact fractions, no cleverness.

    evaluate(facts, as_of, readings) -> (findings, ceilings)
        findings  {(rule, subject_kind, subject_id, from, to): (verdict, marks)}, marks: "r" retrospective, "a" aspirational
        ceilings  {(subject_id, year, scale): (band, provisional)}

Of the plan file only ids, names, dates and numbers are read. `world` settles names and dates, `intervals` compares what is
known within bounds, `measures`, `stocks` and `duties` go from records to numbers and verdicts; levels, ranks, caps and what
follows from them are here.
"""
from fractions import Fraction

import duties
import stocks
from measures import late_share, online_share, published_share, satisfaction, title_standards
from world import (CITY, PLAN, PLAN_START, RULES, SCALES, World, all_of, any_of, bare, first_day, last_day, number, put, settle)


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
    only = "between_milestones" in rule.get("readings", []) and world.reading["between_milestones"] == "milestone_only"
    for year in range(steps[0]["from"], world.year + 1):
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
        # 02: Value known: met iff value >= floor (> where the rule says so). Unknown: `pending` up to the year's end,
        # `undetermined` after.
        verdict = settle(world, value.holds(comparison, number(step[comparison])), last_day(year))
        put(out, rule, "city", CITY, first_day(year), last_day(year), "not_applicable" if value.empty else verdict)
    following = [s["from"] for s in steps if s["from"] > world.year]
    if following:
        put(out, rule, "city", CITY, first_day(following[0]), last_day(following[0]), "pending")


# ---------------------------------------------------------------- ranks

UNRANKED = "unranked"     # known to have no rank: a complete table does not list the body, or it was not there


def ranking_of(world, body, year):
    for r in world.of_body("rankings", body):
        if r["year"] == year:
            return r
    return None


def band_of(world, body, year):
    """The place of the body's rank in the scale (0 the best), UNRANKED or None. A score alone is ranked by the cut-offs."""
    ranked = ranking_of(world, body, year)
    if ranked is None:
        # 02: only then does absence mean none
        # Ambiguous: the city in a list of all ranks. The province ranks the city: only a list of the city itself tells.
        here = body == CITY or world.in_force(body, first_day(year), last_day(year))
        if not here or world.complete("rankings", first_day(year), last_day(year), body=body, own=body == CITY):
            return UNRANKED
        return None
    if "rank" in ranked:
        return SCALES["rank"].index(ranked["rank"])
    if "score" in ranked:
        bands = next(s["bands"] for s in PLAN["scale"] if s["id"] == "rank")
        return next(i for i, b in enumerate(bands) if number(ranked["score"]) >= number(b["from_score"]))
    return None


def rank(world, rule, out):
    for year in range(rule["from"], min(world.year, rule["to"]) + 1):
        place = band_of(world, CITY, year)
        if place == UNRANKED:
            verdict = "not_applicable"
        else:
            truth = None if place is None else place <= SCALES["rank"].index(rule["at_least"])
            verdict = settle(world, truth, last_day(year))
        put(out, rule, "city", CITY, first_day(year), last_day(year), verdict)
    # 02, level: one, `pending`, for the next step; here each year is one
    following = max(rule["from"], world.year + 1)
    if following <= rule["to"]:
        put(out, rule, "city", CITY, first_day(following), last_day(following), "pending")


# ---------------------------------------------------------------- cap

def conditions(world, rule, year):
    for other in rule.get("under", []):
        if world.reading[other["reading"]] == other["option"] and year >= other.get("from", 0) and "when" in other:
            return other["when"]
    return rule["when"]


def cap_verdict(truth):
    # 02: the finding's verdict is `binding`, `not_binding` or `undetermined`.
    return {True: "binding", False: "not_binding", None: "undetermined"}[truth]


def rank_holds(world, body, year, condition):
    """`band_at_most`: that band or a worse one; `band_below`: a worse one."""
    place = band_of(world, body, year)
    if place == UNRANKED:
        return UNRANKED
    worst = SCALES["rank"].index(condition.get("band_at_most") or condition["band_below"]) + ("band_below" in condition)
    return None if place is None else place >= worst


def area_holds(world, who, body, year, condition):
    # 02: people tied to a content area scored average or below
    worst = SCALES["rank"].index(condition["band_at_most"])
    ranked = ranking_of(world, body, year)
    # Ambiguous: the score of an area. Its highest score is not known, so a score gives no rank.
    areas = {a["area"]: SCALES["rank"].index(a["rank"]) for a in (ranked or {}).get("areas", []) if "rank" in a}
    return any_of([None if a not in areas else areas[a] >= worst for a in who["areas"]])


def cap_subjects(world, rule):
    """[(kind, id, year)]"""
    kind = rule["subject"]["kind"]
    if kind == "body":
        subjects = [("body", b, y) for y in world.years(False)
                    for b in world.members(rule["subject"]["group"], first_day(y), last_day(y)) if b != CITY]
        if rule["subject"].get("city_too"):
            subjects += [("city", CITY, y) for y in world.years(True)]
        return subjects
    rows = world.people.values() if kind == "person" else world.collectives.values()
    return [(kind, r["id"], y) for r in rows for y in years_at_home(world, kind, r["id"])
            if rule["subject"].get("role") in (None, r.get("role")) and (tied(rule) <= bool(r.get("areas")))]


def tied(rule):
    """Whether a rule is about people tied to content areas."""
    return any(c["measure"] == "area_rank" for c in rule.get("when", []))


def years_at_home(world, kind, ident):
    """The years of bodies, for those of the city its own too."""
    years = world.years(False)
    if kind == "person":
        # Ambiguous: 02 judges where there is a body-level record. A person's own record is one, whatever body it names.
        years = sorted({*years, *world.years_of_people()})
    return sorted({*years, *world.years(True)}) if home(world, kind, ident)[1] == CITY else years


def home(world, kind, ident):
    """The person or collective, and the body it belongs to."""
    who = world.people[ident] if kind == "person" else world.collectives[ident]
    return who, who.get("body") and world.resolve(who["body"], world.as_of, world.as_of)


def one_cap(world, rule, kind, ident, year):
    truths = []
    for condition in conditions(world, rule, year):
        if condition["measure"] in ("late_share", "satisfaction"):
            if condition["measure"] == "satisfaction":
                value = satisfaction(world, year, "overall", ident)
            else:
                value = late_share(world, year, **{"officer" if kind == "person" else "body": ident})
            if value.empty:
                return "not_applicable"
            comparison = next(c for c in ("at_least", "more_than", "at_most", "less_than") if c in condition)
            truths.append(value.holds(comparison, number(condition[comparison])))
        elif condition["measure"] == "rank":
            truths.append(rank_holds(world, home(world, kind, ident)[1], year, condition))
        else:
            truths.append(area_holds(world, *home(world, kind, ident), year, condition))
    return "not_applicable" if UNRANKED in truths else cap_verdict(all_of(truths))


def cap(world, rule, out):
    for kind, ident, year in cap_subjects(world, rule):
        put(out, rule, kind, ident, first_day(year), last_day(year), one_cap(world, rule, kind, ident, year))


def ceilings_of(findings):
    # 02: The ceiling of a subject and year is the lowest cap that binds, or the top of the scale; it is provisional when
    # an undetermined cap could lower it further.
    caps = {}
    for (rule_id, kind, ident, start, end), (verdict, _) in findings.items():
        rule = RULES[rule_id]
        if rule["kind"] == "cap":
            caps.setdefault((ident, int(start[:4]), rule["scale"]), []).append((SCALES[rule["scale"]].index(rule["ceiling"]), verdict))
    out = {}
    for key, found in caps.items():
        place = max([0] + [p for p, v in found if v == "binding"])
        out[key] = (SCALES[key[2]][place], any(v == "undetermined" and p > place for p, v in found))
    return out


# ---------------------------------------------------------------- improvement, leadership, consequence
# 02: in the same spirit; ties in leadership are shared firsts (1, 1, 3); an equal index value is not a rise.

def improvement(world, rule, out):
    value = {r["year"]: number(r["value"]) for r in world.table("indices") if r["index"] == rule["index"]}
    for year in range(rule["from"], world.year + 1):
        truth = value[year] > value[year - 1] if year in value and year - 1 in value else None
        put(out, rule, "index", rule["index"], first_day(year), last_day(year), settle(world, truth, last_day(year)))


def leadership(world, rule, out):
    for year in range(rule["from"], world.year + 1):
        rows = [r for r in world.table("online_payments") if r["year"] == year]
        own = next((r for r in rows if r["locality"] == CITY or bare(r["locality"]) == bare("Nha Trang")), None)
        truth, complete = None, world.complete("online_payments", first_day(year), last_day(year))
        published = None if own else published_share(world, "online_payment_share", year, CITY)
        if published:
            # 03, shares: a share known only as a published percentage
            others = [Fraction(r["paid_online"], r["payable"]) * 100 for r in rows if r["payable"]]
            ahead = all_of([published.holds("at_least", other) for other in others])
            truth = ahead if ahead is False or complete else None
        if own and own["payable"]:
            share = Fraction(own["paid_online"], own["payable"])
            if any(r["payable"] and Fraction(r["paid_online"], r["payable"]) > share for r in rows):
                truth = False
            elif complete:
                truth = True
        none = not own["payable"] if own else complete and not published
        verdict = "not_applicable" if none else settle(world, truth, last_day(year))
        put(out, rule, "city", CITY, first_day(year), last_day(year), verdict)


def consequence(world, rule, out):
    if rule["subject"]["kind"] == "body":
        for kind, body, year in cap_subjects(world, rule):
            put(out, rule, kind, body, first_day(year), last_day(year), patterns_hold(world, rule, body, year))
        return
    headed = set()
    for kind, ident, year in cap_subjects(world, rule):
        body = home(world, kind, ident)[1]
        headed.add(body)
        put(out, rule, kind, ident, first_day(year), last_day(year), patterns_hold(world, rule, body, year))
    # Ambiguous: a body of which no head is listed. It stands for its head where a rank of the years in question is known.
    back = max(p["years"] for p in rule["patterns"])
    for body in world.bodies:
        for year in {*world.years(False), *world.years(True)}:
            here = body == CITY or world.in_force(body, first_day(year), last_day(year))
            if here and body not in headed and any(ranking_of(world, body, year - n) for n in range(back)):
                kind = "city" if body == CITY else "body"
                put(out, rule, kind, body, first_day(year), last_day(year), patterns_hold(world, rule, body, year))


def patterns_hold(world, rule, body, year):
    if band_of(world, body, year) == UNRANKED:
        return "not_applicable"
    return cap_verdict(any_of([pattern_holds(world, rule, p, body, year) for p in rule["patterns"]]))


def pattern_holds(world, rule, pattern, body, year):
    # 02, consecutive_rank: `exactly_average`: average in both years · `average_or_below`: average or weak in both; a year
    # without a rank breaks the run
    band, truths = SCALES["rank"].index(pattern["band"]), []
    or_below = pattern.get("or_below") or (pattern["years"] > 1 and world.reading["consecutive_rank"] == "average_or_below")
    for back in range(pattern["years"]):
        place = band_of(world, body, year - back)
        truths.append(None if place is None else place != UNRANKED and (place >= band if or_below else place == band))
    return all_of(truths)


# ---------------------------------------------------------------- all of it

KINDS = {"level": level, "reduction": stocks.reduction, "cap": cap, "rank": rank, "improvement": improvement,
         "leadership": leadership, "consequence": consequence, "frequency": duties.frequency, "deadline": duties.deadline,
         "coverage": duties.coverage, "structure": duties.structure}


FOUR = {"met", "not_met", "pending", "undetermined"}
REACHABLE = {
    "level": FOUR | {"not_applicable"},         # a share of nothing
    "reduction": FOUR | {"not_applicable"},     # nothing to reduce
    "rank": FOUR | {"not_applicable"},          # declared to have no rank
    "leadership": FOUR | {"not_applicable"},    # nothing was payable
    "improvement": FOUR,
    "frequency": FOUR,
    "deadline": FOUR,
    "coverage": FOUR | {"not_applicable"},      # nothing to cover
    "structure": {"met", "not_met"},            # the plan itself is all there is to know
    "cap": {"binding", "not_binding", "undetermined", "not_applicable"},
    "consequence": {"binding", "not_binding", "undetermined", "not_applicable"},
}


def reachable(rule):
    """The verdicts that 02 lets a rule reach."""
    if rule.get("of") == "deputies":            # every body owes one
        return sorted(FOUR)
    if rule.get("of") == "estimates":           # tasks that a body leads: no day by which, and always some
        return sorted(FOUR - {"pending"})
    return sorted(REACHABLE[rule["kind"]])


def evaluate(facts, as_of, readings, rules=None, known_on=None):
    """rules: the ids to judge (all of them where None)."""
    world, findings = World(facts, as_of, readings, known_on), {}
    for rule in PLAN["rule"]:
        # Ambiguous: days before the plan's own. What it asks to be done is not asked yet.
        early = world.as_of < PLAN_START and (rule["kind"] in ("frequency", "coverage", "structure") or "months" in rule)
        if (rules is None or rule["id"] in rules) and not early:
            KINDS[rule["kind"]](world, rule, findings)
    return findings, ceilings_of(findings)
