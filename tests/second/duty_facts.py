"""Random facts on duties, ranks, indices and tasks."""
import datetime as dt

from draw import COMMUNES, OFFICES, alive, chance, declare, dossiers, near, survey, valid
from world import BODIES as ALL
from world import PLAN, RULES

FREQUENT = [r for r in RULES.values() if r["kind"] == "frequency" and r["per"] != "week" and r["activity"] != "inspection"]
BODIES = COMMUNES + OFFICES


def put(facts, table, row):
    facts.setdefault(table, []).append(row)


def edge(rng, year, days=None):
    """A day at the edge of a period, or somewhere."""
    days = days or [(1, 1), (12, 31), (3, 31), (4, 1), (6, 30), (7, 1), (9, 30), (10, 1), (10, 31), (11, 1)]
    month, date = rng.choice(days)
    return dt.date(year, month, date) + dt.timedelta(rng.choice([0, 0, 0, -1, 1, rng.randint(-40, 40)]))


def activity(rng, facts, kind, body, date):
    if valid(body, str(date), str(date)):
        row = {"kind": kind, "body": body, "date": str(date)}
        if chance(rng, 0.2):
            row["count"] = rng.choice([0, 1, 2, 3])
        put(facts, "activities", row)


def scope(rng, body, kind):
    return {**({"body": body} if chance(rng, 0.5) else {}), **({"kind": kind} if chance(rng, 0.5) else {})}


def activities(rng, facts, year):
    rule = rng.choice(FREQUENT)
    for kind in [rule["activity"], *rule.get("also_activities", [])]:
        subject = rule["subject"]
        body = "nha_trang" if subject["kind"] == "city" or (subject.get("city_too") and chance(rng, 0.4)) else alive(rng, BODIES, year)
        if rule["activity"] == "autonomy_decision":
            body = "trung_tam_van_hoa_thong_tin_va_the_thao"
        for _ in range(rng.choice([0, 1, 1, 1, 2, 4])):
            activity(rng, facts, kind, body, edge(rng, year))
        declare(rng, facts, "activities", year, 0.6, **scope(rng, body, kind))
    if chance(rng, 0.3):
        activity(rng, facts, "other", alive(rng, BODIES, year), dt.date(year, 5, 5))
    if rule["per"] == "phase" and chance(rng, 0.7):
        start, end = rng.choice([("2021-01-01", "2025-06-30"), ("2021-01-01", "2025-12-31"), ("2021-01-02", "2025-06-30")])
        put(facts, "complete", {"table": "activities", "from": start, "to": end})


def weeks(rng, facts, year):
    body = alive(rng, BODIES, year)
    monday = dt.date.fromisocalendar(year, rng.choice([1, 2, 20, 44, 51, 52]), 1)
    for n in range(rng.randint(1, 4)):
        activity(rng, facts, "review_meeting", body, monday + dt.timedelta(7 * n + rng.choice([0, 6, 0, 6, 3, -1, 7])))
    if chance(rng, 0.7):
        start = min(monday + dt.timedelta(rng.choice([0, 0, 1, -7])), dt.date.fromisoformat(ALL[body].get("valid_to", "9999-12-31")))
        put(facts, "complete", {"table": "activities", "from": str(start), "to": str(start + dt.timedelta(rng.choice([6, 13, 20, 27]))),
                                **scope(rng, body, "review_meeting")})


def deadlines(rng, facts, year):
    kind, body, days = rng.choice([
        ("coordination_regulation", "nha_trang", [(2023, 3, 31)]),
        ("self_evaluation", alive(rng, BODIES, year), [(year, 11, 1), (year, 12, 31), (year, 10, 31)]),
        ("pilot_completed", rng.choice(["loc_tho", "phuong_sai", "tan_lap", "vinh_hiep", "vinh_phuong"]),
         [(2024, 12, 31), (2023, 1, 1), (2024, 10, 31)])])
    for _ in range(rng.choice([0, 1, 1, 2])):
        activity(rng, facts, kind, body, dt.date(*rng.choice(days)) + dt.timedelta(rng.choice([0, 0, 1, -1, 30])))
    for of in {days[0][0], year}:
        declare(rng, facts, "activities", of, 0.5, **scope(rng, body, kind))
    if chance(rng, 0.3):
        start, end = rng.choice([("2023-01-01", "2024-12-31"), ("2023-01-13", "2023-03-31"), (f"{year}-11-01", f"{year}-12-31")])
        put(facts, "complete", {"table": "activities", "from": start, "to": end})
    if chance(rng, 0.4):
        activity(rng, facts, "other", alive(rng, BODIES, year), dt.date(year, 5, 5))


def updates(rng, facts, year):
    for n in range(rng.randint(1, 3)):
        changed = rng.choice([dt.date(2023, 1, 13), dt.date(2023, 1, 12), dt.date(2024, 4, 26), dt.date(2024, 8, 5), dt.date(2025, 1, 24),
                              dt.date(2026, 2, 13), dt.date(2026, 8, 21), dt.date(year, 3, 3) + dt.timedelta(rng.randint(0, 200))])
        row = {"person": f"cb{n}", "changed": str(changed)}
        if chance(rng, 0.8):
            row["recorded"] = str(changed + dt.timedelta(rng.choice([0, 4, 5, 5, 6, 7, 7, 8, 9, 11, 12, 13])))
        put(facts, "record_updates", row)
        if chance(rng, 0.4):
            put(facts, "complete", {"table": "record_updates", "from": str(changed + dt.timedelta(rng.choice([0, 0, 1, -5]))),
                                    "to": str(changed + dt.timedelta(rng.choice([4, 5, 7, 30])))})


def inspections(rng, facts, year):
    for enterprise in ("0100", "0200")[:rng.randint(1, 2)]:
        for _ in range(rng.randint(1, 3)):
            date, body = edge(rng, year, [(1, 1), (12, 31), (5, 5), (5, 6)]), alive(rng, BODIES, year)
            if valid(body, str(date), str(date)):
                put(facts, "inspections", {"enterprise": enterprise, "body": body, "date": str(date), "ordered_by_superior": chance(rng, 0.3)})
    declare(rng, facts, "inspections", year, 0.6)


def deputies(rng, facts, year):
    body = alive(rng, BODIES, year)
    if chance(rng, 0.7):
        since = edge(rng, year, [(1, 1), (12, 31), (6, 30)])
        if valid(body, str(since), str(since)):
            put(facts, "deputies", {"body": body, "person": "cb1", "since": str(since)})
    if chance(rng, 0.7):
        start = rng.choice(["2023-01-13", "2023-01-13", "2023-01-01", "2023-01-14", f"{year}-01-01"])
        end = rng.choice([f"{year}-12-31", f"{year}-12-31", f"{year}-06-30", f"{year}-12-30"])
        if start <= end:
            put(facts, "complete", {"table": "deputies", "from": start, "to": end, **({"body": body} if chance(rng, 0.4) else {})})
    if chance(rng, 0.5):
        activity(rng, facts, "other", body, dt.date(year, 5, 5))


def assignments(rng, facts, year):
    for body in {alive(rng, BODIES, year) for _ in range(rng.randint(1, 2))}:
        for _ in range(rng.randint(1, 2)):
            date, staff = edge(rng, year, [(1, 1), (12, 31), (6, 30)]), rng.choice([0, 1, 20, 20])
            if valid(body, str(date), str(date)):
                put(facts, "written_assignments", {"date": str(date), "body": body, "staff": staff, "assigned": max(0, staff - rng.choice([0, 0, 1]))})


def documents(rng, facts, year):
    body = alive(rng, BODIES, year)
    total = rng.choice([0, 5, 100, 1000])
    secret = rng.choice([0, min(5, total), total])
    row = {"year": year, "body": body, "total": total, "secret": secret}
    if chance(rng, 0.5):
        row["excepted"] = rng.choice([0, min(3, total - secret)])
    due = total - secret - row.get("excepted", 0)
    row["electronic"] = min(max(due + rng.choice([0, 0, -1, 1]), 0), total)
    if chance(rng, 0.8):
        put(facts, "documents", row)
    declare(rng, facts, "documents", year, 0.3, **({"body": body} if chance(rng, 0.5) else {}))
    if chance(rng, 0.3):
        put(facts, "documents", {**row, "body": alive(rng, COMMUNES, year + 1), "year": year + 1})


def courtesies(rng, facts, year):
    rows = []
    body = rng.choice([alive(rng, BODIES, year), "nha_trang"])
    dossiers(rng, rows, body, year)
    for row in rows:
        if chance(rng, 0.8):
            row["supplement_requests"] = rng.choice([0, 1, 12])
            if chance(rng, 0.8):
                row["supplement_notices"] = max(0, row["supplement_requests"] + rng.choice([0, 0, 0, -1, 1]))
        late = row.get("resolved", {}).get("late")
        if late is None and "total" in row.get("resolved", {}):
            late = max(0, row["resolved"]["total"] - row["resolved"].get("in_time", row["resolved"].get("early", 0)))
        if chance(rng, 0.8):
            row["apologies"] = max(0, (late or 0) + rng.choice([0, 0, 0, -1, 1]))
    facts.setdefault("dossier_counts", []).extend(rows)
    declare(rng, facts, "dossier_counts", year, 0.2, **({"body": body} if chance(rng, 0.4) else {}))


LED = {}
for task in PLAN["task"]:
    for duty in task.get("duties", []):
        if duty["role"] == "lead":
            for led_by in duty.get("bodies", []):
                LED.setdefault(led_by, set()).add(task["id"])


def estimates(rng, facts, year):
    body = rng.choice(["phong_giao_duc_va_dao_tao", "phong_giao_duc_va_dao_tao", "phong_tu_phap", "phong_tai_chinh_ke_hoach"])
    for task in sorted(LED.get(body, set())):
        submitted = edge(rng, min(year, 2024), [(2, 1), (6, 1)])
        if chance(rng, 0.85) and valid(body, str(submitted), str(submitted)):
            row = {"task": task, "body": body, "amount": "1500000", "submitted": str(submitted),
                   "fund": rng.choice(["annual", "project", "outside_budget"])}
            if chance(rng, 0.85):
                row["appraised"] = str(submitted + dt.timedelta(rng.choice([0, 30])))
            put(facts, "estimates", row)
    if chance(rng, 0.5):
        start, end = rng.choice([("2023-01-13", "2027-12-31"), ("2023-01-01", "2025-06-30"), ("2023-01-14", "2027-12-31")])
        put(facts, "complete", {"table": "estimates", "from": start, "to": end, **({"body": body} if chance(rng, 0.3) else {})})


TASKS = {t["id"]: t["schedule"]["kind"] for t in PLAN["task"]}


def tasks(rng, facts, year):
    dated = [t for t, k in TASKS.items() if k not in ("continuous", "on_trigger", "within")]
    for task in {rng.choice(dated) for _ in range(rng.randint(1, 3))}:
        years = sorted({2023, year}) if chance(rng, 0.5) else range(2023, max(year, 2023) + 1)
        for of in years:
            if chance(rng, 0.8):
                date = edge(rng, of, [(3, 31), (12, 31), (11, 1), (1, 1), (6, 1)])
                if date >= dt.date(2023, 1, 1):
                    put(facts, "task_reports", {"task": task, "date": str(date), "status": rng.choice(["completed"] * 4 + ["started"])})
        if task == "VII.7" or chance(rng, 0.2):
            put(facts, "task_reports", {"task": task, "date": rng.choice(["2024-12-31", "2025-01-01", "2026-12-31", "2027-01-01", "2023-03-31", "2023-04-01"]),
                                        "status": "completed"})
    if chance(rng, 0.5):
        start, end = rng.choice([("2023-01-13", "2027-12-31"), ("2023-01-01", "2023-12-31"), ("2023-01-13", f"{max(year, 2023)}-12-31"), ("2023-01-14", "2027-12-31")])
        put(facts, "complete", {"table": "task_reports", "from": start, "to": end})
    trigger = rng.choice([t for t, k in TASKS.items() if k == "on_trigger"])
    if chance(rng, 0.3):
        put(facts, "triggers", {"task": trigger, "date": f"{max(year, 2023)}-05-05"})


def indices(rng, facts, year):
    index = rng.choice(["par", "pci", "papi", "ict", "dti", "sipas"])
    at = rng.choice(["88.60", "0.5", "42.7"])
    for of in (year - 1, year, year + 1):
        if chance(rng, 0.8):
            put(facts, "indices", {"year": of, "index": index, "value": rng.choice([at, at, at + "00", at + "0001", "90.49", "0.4999999"])})


def payments(rng, facts, year):
    for locality in ("Nha Trang", "Cam Ranh", "Ninh Hòa"):
        if chance(rng, 0.8):
            payable = rng.choice([0, 2, 100, 100, 1000])
            paid = rng.choice([near(rng, payable, 50), near(rng, payable, 60)])
            put(facts, "online_payments", {"year": year, "locality": "nha_trang" if locality == "Nha Trang" and (year > 2024 or chance(rng, 0.5)) else locality,
                                           "paid_online": paid, "payable": payable})
    declare(rng, facts, "online_payments", year, 0.6)


def ranked(rng, row):
    if chance(rng, 0.7):
        row["rank"] = rng.choice(["good", "fair", "average", "average", "weak", "weak"])
    elif chance(rng, 0.6):
        row["score"] = rng.choice(["85", "84.99", "70", "69.999999", "50", "49.99", "0", "100"])
    return row


def ranks(rng, facts, year):
    """Ranks over some years, of bodies with heads, staff tied to areas, collectives; now and then what caps a rank too."""
    for body in {alive(rng, [*BODIES, "nha_trang"], year) for _ in range(rng.randint(1, 2))}:
        for of in (year - 1, year, year + 1):
            if chance(rng, 0.75) and valid(body, f"{of}-06-01", f"{of}-06-01"):
                row = ranked(rng, {"year": of, "body": body})
                if chance(rng, 0.5):
                    row["areas"] = [ranked(rng, {"area": area}) for area in ("đất đai", "hộ tịch") if chance(rng, 0.7)]
                put(facts, "rankings", row)
        who(rng, facts, body)
        if chance(rng, 0.3):
            dossiers(rng, facts.setdefault("dossier_counts", []), body, year)
        if chance(rng, 0.3) and valid(body, f"{year}-01-01", f"{year}-12-31"):
            survey(rng, facts.setdefault("surveys", []), body, year, "overall", 80)
        if chance(rng, 0.4):
            declare(rng, facts, "rankings", rng.choice([year, year - 1]), 1, **({"body": body} if chance(rng, 0.3) else {}))


def who(rng, facts, body):
    for role in ("head", "deputy", "staff"):
        if chance(rng, 0.5):
            row = {"id": f"w{len(facts.get('people', []))}", "body": body, "role": role, "category": "civil_servant"}
            if chance(rng, 0.6):
                row["areas"] = [a for a in ("đất đai", "hộ tịch", "y tế") if chance(rng, 0.5)]
            put(facts, "people", row)
    if chance(rng, 0.6):
        put(facts, "collectives", {"id": f"c{len(facts.get('collectives', []))}", "body": body, "kind": rng.choice(["leadership", "party_organisation"])})


def city_rank(rng, facts, year):
    for of in {year, rng.choice([2025, 2026, 2030])}:
        put(facts, "rankings", ranked(rng, {"year": of, "body": "nha_trang"}))
        declare(rng, facts, "rankings", of, 0.15)


THEMES = [activities, activities, activities, weeks, weeks, deadlines, deadlines, updates, inspections, deputies, assignments, documents,
          courtesies, courtesies, estimates, tasks, tasks, indices, payments, ranks, ranks, ranks, city_rank]
