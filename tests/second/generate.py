"""Seeded random fact sets for the second evaluator: small, dense in boundaries and in missing parts.

    case(seed) -> {"facts": ..., "as_of": "YYYY-MM-DD", "readings": {...}, "known_on": "YYYY-MM-DD" or left out}
"""
import datetime as dt
import random

import duty_facts as duties
import states
from draw import (COMMUNES, OFFICES, READINGS, YEARS, alive, chance, counts, declare, dossiers, periods, share, sparse, spelled, survey,
                  valid, without_contradictions)
from world import BODIES

# ---- themes: each adds some records to the facts

def bodies_late(rng, facts, year):
    for body in {alive(rng, COMMUNES + OFFICES, year) for _ in range(rng.randint(1, 2))}:
        if chance(rng, 0.8):
            dossiers(rng, facts.setdefault("dossier_counts", []), body, year)
        if chance(rng, 0.3):
            share(rng, facts.setdefault("shares", []), "late_share", body, year, 5)
        if chance(rng, 0.5):
            survey(rng, facts.setdefault("surveys", []), body, year, rng.choice(["overall", "overall", "land"]), 80)
        if chance(rng, 0.2):
            share(rng, facts.setdefault("shares", []), "satisfaction", body, year, 80)
        if chance(rng, 0.1):
            declare(rng, facts, "dossier_counts", year, body=body)


def persons_late(rng, facts, year):
    body = alive(rng, COMMUNES, year)
    for n in range(rng.randint(1, 2)):
        person = f"p{len(facts.get('people', [])) + 1}"
        facts.setdefault("people", []).append({"id": person, "body": body, "role": rng.choice(["head", "deputy", "staff"]),
                                               "category": rng.choice(["cadre", "civil_servant", "employee"])})
        if chance(rng, 0.8):
            dossiers(rng, facts.setdefault("dossier_counts", []), body, year, person)
        if chance(rng, 0.3):
            share(rng, facts.setdefault("shares", []), "late_share", body, year, rng.choice([5, 10]), person)
    if chance(rng, 0.3):
        survey(rng, facts.setdefault("surveys", []), body, year, "overall", 80)


def city_dossiers(rng, facts, year):
    rows = facts.setdefault("dossier_counts", [])
    if chance(rng, 0.6):
        dossiers(rng, rows, "nha_trang", year)
    else:
        for body in {alive(rng, COMMUNES + OFFICES, year) for _ in range(rng.randint(1, 3))}:
            dossiers(rng, rows, body, year)
        declare(rng, facts, "dossier_counts", year, 0.8)
    if chance(rng, 0.3):
        share(rng, facts.setdefault("shares", []), rng.choice(["online_share", "late_share"]), None, year,
              rng.choice([50, 80, 5]))


def city_surveys(rng, facts, year):
    rows = facts.setdefault("surveys", [])
    floors = {"overall": [80, 90, 95], "land": [85, 90], "construction": [85, 90], "investment": [85, 90]}
    same = chance(rng, 0.5)
    for field, around in floors.items():
        if chance(rng, 0.7):
            if chance(rng, 0.8):
                survey(rng, rows, None, year, field, rng.choice(around))
                if same and "percent" in rows[-1]:
                    rows.pop()
                    rows.append({"year": year, "field": field, "respondents": 20, "satisfied": rng.choice([16, 17, 18, 19])})
            else:
                for body in {alive(rng, COMMUNES, year) for _ in range(2)}:
                    survey(rng, rows, body, year, field, rng.choice(around))
    declare(rng, facts, "surveys", year, 0.4)
    if chance(rng, 0.2):
        share(rng, facts.setdefault("shares", []), "satisfaction", None, year, 90)
    if chance(rng, 0.1):
        share(rng, facts.setdefault("shares", []), "online_payment_share", None, year, 50)
        facts.setdefault("online_payments", []).append({"year": year, "locality": "Cam Ranh", "payable": 10000, "paid_online": rng.choice(
            [4999, 5000, 5001, 5049, 5051])})
        declare(rng, facts, "online_payments", year, 0.7)


def titles(rng, facts, year):
    rows = facts.setdefault("title_standards", [])
    for body in ([None] if chance(rng, 0.6) else ["loc_tho", "vinh_hai"]):
        for date in rng.sample([f"{year}-01-01", f"{year}-06-30", f"{year}-12-31"], rng.randint(1, 2)):
            total = rng.choice([0, 1, 10, 1000])
            row = {"date": date, "total": total, "meeting": max(0, total - rng.choice([0, 0, 1]))}
            if body:
                row["body"] = body
            if body is None or valid(body, date, date):
                rows.append(row)
    declare(rng, facts, "title_standards", year, 0.5)


STOCK_DATES = ["2020-12-31", "2021-01-01", "2021-06-30", "2021-12-31", "2022-01-01", "2022-12-31", "2023-01-01", "2023-12-31",
               "2024-06-30", "2024-12-31", "2025-01-01", "2025-06-30", "2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01"]


def stocks(rng, facts, year):
    for category, percent in (("cadre", 5), ("employee", 10)):
        if chance(rng, 0.3):
            continue
        base = rng.choice([0, 1, 9, 10, 19, 20, 21, 30, 100, 105, 109, 110, 1000, 2677])
        added = rng.choice([0, 0, 1, 5, 20])
        rows = facts.setdefault("headcounts", [])
        both = chance(rng, 0.2)
        for basis in (["assigned", "actual"] if both else [rng.choice(["assigned", "assigned", "actual"])]):
            for date in rng.sample(STOCK_DATES, rng.randint(1, 5)):
                count = base if date < "2023" and chance(rng, 0.8) else \
                    max(0, base - base * percent // 100 + rng.choice([-1, 0, 0, 1, added, added - added * percent // 100, added + 1]))
                rows.append({"date": date, "category": category, "basis": basis, "count": count})
        if added:
            for date in rng.sample(STOCK_DATES + ["2024-06-29", "2024-07-01"], rng.randint(1, 2)):
                facts.setdefault("quota_adjustments", []).append(
                    {"date": date, "category": category, "delta": rng.choice([added, added, -added]), "reason": "giáo viên"})
    rng.shuffle(facts.get("headcounts", []))


def body_stocks(rng, facts, year):
    """Headcounts of bodies that live through the whole period, to be summed where declared complete."""
    base = rng.choice([10, 20, 30])
    for body in ["loc_tho", "vinh_hai"]:
        for date in rng.sample(["2021-12-31", "2022-06-30", "2022-12-31", "2023-12-31", "2024-12-31"], rng.randint(1, 4)):
            count = base if date < "2023" else base - rng.choice([0, 1, 2, 3])
            facts.setdefault("headcounts", []).append(
                {"date": date, "category": "employee", "basis": "assigned", "count": count, "body": body})
    if chance(rng, 0.8):
        start, end = rng.choice([("2020-01-01", "2027-12-31"), ("2020-01-01", "2024-12-31"), ("2022-01-01", "2022-12-31")])
        facts.setdefault("complete", []).append({"table": "headcounts", "from": start, "to": end})


def sparse_dossiers(rng, facts, year):
    """Few dossiers of the city, of a body or of two bodies together, most parts of them missing or contradicted."""
    wards = [alive(rng, COMMUNES, year) for _ in range(2)]
    bodies = rng.choice([["nha_trang"], wards[:1], sorted(set(wards))])
    for body in bodies:
        facts.setdefault("dossier_counts", []).extend({"body": body, "from": start, "to": end, **sparse(rng)}
                                                      for start, end in periods(rng, year) if valid(body, start, start))
    declare(rng, facts, "dossier_counts", year, 0.7)


def units(rng, facts, year):
    base = rng.choice([0, 1, 5, 9, 10, 11, 15, 19, 20, 95])
    if "service_units" in facts:
        return
    rows = facts.setdefault("service_units", [])
    if chance(rng, 0.75):
        for date in rng.sample(STOCK_DATES, rng.randint(1, 4)):
            rows.append({"date": date, "count": base if date < "2023" else max(0, base - base // 10 + rng.choice([-1, 0, 0, 1]))})
    else:
        for n in range(base):
            row = {"id": f"u{n}", "name": f"Trường {n}", "established": rng.choice(["2010-01-01", "2010-01-01", "2022-12-31", "2023-01-01"])}
            if chance(rng, 0.1):
                row["dissolved"] = rng.choice(["2023-01-02", "2024-06-30", "2025-12-31", "2026-01-01"])
            rows.append(row)
        if chance(rng, 0.8):
            facts.setdefault("complete", []).append({"table": "service_units", "from": "2010-01-01", "to": rng.choice(["2025-12-31", "2027-12-31", "2024-12-31"])})
    if not rows:
        del facts["service_units"]


def few_or_many(rng):
    return sparse(rng) if chance(rng, 0.2) else counts(rng, rng.choice([0, 0, 0.4]))


def reorganised(rng, facts, year):
    """Bodies of the facts' own that are merged, renamed, transferred, split or dissolved on one day: records before, after and
    over it."""
    if "bodies" in facts:
        return
    of, first = rng.choice([2024, 2025]), rng.choice(["07-01", "11-01", "01-01"])
    date = dt.date.fromisoformat(f"{of}-{first}")
    eve = str(date - dt.timedelta(1))
    kind = rng.choice(["merge", "merge", "rename", "transfer", "split", "split", "split", "dissolve", "equitise"])
    old = ["xa_a", "xa_b"] if kind == "merge" else ["xa_a"]
    new = {"merge": [["xa_c"], ["xa_a"]], "split": [["xa_c", "xa_d"], ["xa_a", "xa_c"]], "dissolve": [[], ["xa_c"]]}.get(kind, [["xa_c"]])
    new = rng.choice(new)
    lives = {b: {"valid_to": eve} for b in old if b not in new} | {b: {} if b in old else {"valid_from": str(date)} for b in new}
    facts["bodies"] = [{"id": b, "kind": "commune", "names": [f"UBND xã {b[-1].upper()} mới"], **life} for b, life in lives.items()]
    facts["reorganisations"] = [{"date": str(date), "kind": kind, "from": old, "to": new}]
    if kind == "split" and chance(rng, 0.7):
        part, rest = rng.choice([(50, 50), (60, 40), (0, 100), ("33.3", "66.7"), ("12.5", "87.5")])
        facts["reorganisations"][0]["shares"] = [{"body": new[0], "percent": part},
                                                {"body": new[1], "percent": rest}]
    start, end = f"{of}-01-01", f"{of}-12-31"
    for body, life in lives.items():
        spans = [(start, end)] if not life else [(start, eve)] if "valid_to" in life else [(str(date), end), (str(date), end), (start, end)]
        first_of, last_of = rng.choice(spans)
        if not life and chance(rng, 0.4):       # one that goes on: its records before and after
            spans = [(start, eve), (str(date), end)]
            facts.setdefault("dossier_counts", []).extend(
                {"body": body, "from": a, "to": b, **few_or_many(rng)} for a, b in spans if a < b)
        elif first_of < last_of and chance(rng, 0.8):
            row = {"body": body, "from": first_of, "to": last_of, **few_or_many(rng)}
            if chance(rng, 0.5):
                row["apologies"] = row.get("resolved", {}).get("late", 0)
            facts.setdefault("dossier_counts", []).append(row)
        elif first_of < last_of and chance(rng, 0.5):
            facts.setdefault("shares", []).append({"measure": "late_share", "body": body, "from": first_of, "to": last_of,
                                                   "percent": rng.choice([4, 5, "4.99"])})
        if chance(rng, 0.5) and life.get("valid_to", "9") >= start:
            survey(rng, facts.setdefault("surveys", []), body, of, "overall", 80)
        for day in (f"{of - 1}-12-31", end):
            if life.get("valid_from", "0") <= day <= life.get("valid_to", "9") and chance(rng, 0.7):
                facts.setdefault("headcounts", []).append({"date": day, "category": "cadre", "basis": "assigned", "body": body,
                                                           "count": rng.choice([20, 38, 19])})
    if chance(rng, 0.6):
        table = rng.choice(["dossier_counts", "headcounts", "surveys"])
        facts.setdefault("complete", []).append({"table": table, "from": "2022-01-01", "to": "2026-12-31"})


def units_reorganised(rng, facts, year):
    """Service units listed one by one, of which one is dissolved, made a company, merged or split."""
    if "bodies" in facts or "service_units" in facts:
        return
    facts["service_units"] = [{"id": f"u{n}", "name": f"Trung tâm {n}", "established": "2010-01-01"} for n in range(rng.choice([9, 10, 11]))]
    kind = rng.choice(["dissolve", "equitise", "merge", "split", "rename"])
    old = ["u1", "u2"] if kind == "merge" else ["u1"]
    new = {"dissolve": [], "split": ["u20", "u21"], "merge": rng.choice([["u20"], ["u1"]])}.get(kind, ["u20"])
    facts["bodies"] = [{"id": b, "kind": "service_unit", "names": [f"Đơn vị {b}"]} for b in sorted({*old, *new})]
    date = rng.choice(["2022-12-31", "2023-01-01", "2024-07-01", "2025-12-31", "2026-01-01"])
    facts["reorganisations"] = [{"date": date, "kind": kind, "from": old, "to": new}]
    facts.setdefault("complete", []).append({"table": "service_units", "from": "2010-01-01", "to": rng.choice(["2025-12-31", "2027-12-31"])})


THEMES = [units_reorganised, bodies_late, bodies_late, persons_late, city_dossiers, city_dossiers, city_surveys, city_surveys, titles, stocks, stocks,
          units, body_stocks, sparse_dossiers, reorganised, reorganised, *duties.THEMES]

AS_OF = ["2022-12-31", "2023-01-01", "2024-06-30", "2025-06-30", "2025-12-30", "2025-12-31", "2026-01-01", "2026-06-30",
         "2026-12-31", "2027-01-01", "2027-12-31", "2030-12-31", "2031-01-01"]


def as_of(rng, facts, year):
    days = sorted(days_in(facts))
    if days and chance(rng, 0.3):       # on, before or after a day that a record names
        return str(dt.date.fromisoformat(rng.choice(days)) + dt.timedelta(rng.choice([-1, 0, 0, 1, 4, 5, 6, 7, 8, 9])))
    if chance(rng, 0.3):
        return rng.choice(AS_OF)
    end = dt.date(year, 12, 31)
    return str(rng.choice([end, end, end + dt.timedelta(1), end + dt.timedelta(1), dt.date(year, 1, 1), dt.date(year - 1, 12, 31),
                           dt.date(year, 6, 15), dt.date(year + 1, 6, 15)]))


def known_then(scope):
    """A declaration on a body must be of days on which there is such a body."""
    life = BODIES.get(scope.get("body"), {})
    return life.get("valid_from", "0") <= scope["to"] and scope["from"] <= life.get("valid_to", "9")


def days_in(facts):
    return {v for rows in facts.values() if isinstance(rows, list) for r in rows for k, v in r.items()
            if k in ("date", "to", "changed", "recorded", "since", "submitted", "appraised") and isinstance(v, str)}


def case(seed, themes=None):
    rng = random.Random(seed)
    facts = {"schema": "caicach/facts/1"}
    year = rng.choice([*YEARS, 2023, 2024, 2024, 2025, 2025, 2026, 2026])
    for theme in {rng.choice(themes or THEMES) for _ in range(rng.choice([1, 1, 1, 2]))}:
        theme(rng, facts, year)
        if chance(rng, 0.25):
            theme(rng, facts, year + 1 if year < 2027 else year - 1)
    for name, rows in facts.items():
        if name != "schema":
            facts[name] = [row if name == "complete" else spelled(rng, row) for row in without_contradictions(rows)]
    facts["complete"] = [c for c in facts.get("complete", []) if known_then(c)]
    readings = {k: rng.choice(v) for k, v in READINGS.items() if chance(rng, 0.4)}
    facts = {k: v for k, v in facts.items() if v}
    made = {"facts": facts, "as_of": as_of(rng, facts, year), "readings": readings}
    if chance(rng, 0.25) and (known_on := states.states(rng, facts, made["as_of"])):
        made["known_on"] = known_on
    return made
