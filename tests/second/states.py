"""What was known by a day: records of one key that differ in `known_on` are successive states of knowledge.

Not in the design: the documentation of `known_on` (crate, `Facts::known`) is quoted with "# Docs:".
"""
import copy
import datetime as dt

KEYS = {
    "complete": "table kind body from to", "reorganisations": "date kind from", "headcounts": "date category basis body",
    "quota_adjustments": "date category reason body", "service_units": "date id", "surveys": "year field body",
    "dossier_counts": "body officer field from to", "shares": "measure body officer field from to", "rankings": "year body",
    "people": "id", "collectives": "id", "activities": "kind body date document", "inspections": "enterprise body date",
    "task_reports": "task body date status deliverable document", "triggers": "task date document",
    "record_updates": "person changed", "indices": "year index", "online_payments": "year locality",
    "title_standards": "date body", "written_assignments": "date body", "documents": "year body",
    "estimates": "task body submitted fund", "deputies": "body since", "bodies": "id valid_from",
}
OF_CITY = ("headcounts", "quota_adjustments", "surveys", "shares", "title_standards")     # 03: no body: the whole city


def known(facts, by, body_of):
    """The facts known by a day (ISO text), or by now where it is None; body_of(record) says which body a record names."""
    return {name: rows if name == "schema" else latest(name, rows, by, body_of) for name, rows in facts.items()}


def latest(table, rows, by, body_of):
    # Docs: of records that differ only in `known_on` the latest such state counts, and a record without it was always known.
    def key(row):
        body = body_of(row) if "body" in row or table in OF_CITY and "officer" not in row else None
        return tuple(str(body if name == "body" else row.get(name)) for name in KEYS[table].split())
    seen = [row for row in rows if by is None or row.get("known_on", "") <= by]
    last = {}
    for row in seen:
        last[key(row)] = max(last.get(key(row), ""), row.get("known_on", ""))
    # 03: contradictory records are an error, so that records of one key and one state say the same: once.
    return list({key(row): row for row in reversed(seen) if row.get("known_on", "") == last[key(row)]}.values())[::-1]


# ---------------------------------------------------------------- making them

def other_value(rng, table, row):
    """The same record with something else said in it, or None."""
    row = copy.deepcopy(row)
    if table == "dossier_counts":
        group = row.get(rng.choice(["resolved", "pending", "received"]))
        if not group:
            return None
        part = rng.choice(sorted(group))
        group[part] = max(0, group[part] + rng.choice([-1, 1, 2, 10]))
        return row
    change = {
        "headcounts": ("count", lambda v: max(0, v + rng.choice([-1, 1, 5]))), "service_units": ("count", lambda v: v + 1),
        "quota_adjustments": ("delta", lambda v: v + rng.choice([-1, 1])), "indices": ("value", lambda v: rng.choice([80, 81, "80.5"])),
        "surveys": ("percent", lambda v: rng.choice([80, "80.01", 90, 95])), "shares": ("percent", lambda v: rng.choice([5, 4, 10])),
        "rankings": ("rank", lambda v: rng.choice(["good", "fair", "average", "weak"])), "activities": ("count", lambda v: 3),
        "record_updates": ("recorded", lambda v: str(dt.date.fromisoformat(v) + dt.timedelta(rng.choice([-1, 1, 3])))),
        "title_standards": ("meeting", lambda v: max(0, v - 1)), "written_assignments": ("assigned", lambda v: max(0, v - 1)),
        "people": ("role", lambda v: rng.choice(["head", "staff"])), "online_payments": ("paid_online", lambda v: max(0, v - 1)),
        "inspections": ("ordered_by_superior", lambda v: not v),
    }.get(table)
    if change is None or change[0] not in row:
        return None
    if table == "surveys":
        row.pop("rounded_to", None)     # the other is said to be exact
    row[change[0]] = change[1](row[change[0]])
    if row.get("recorded", "9") < row.get("changed", "0"):
        return None
    return row


def states(rng, facts, as_of):
    """Adds states of knowledge to some records; returns the day by which to judge, or None."""
    around = dt.date.fromisoformat(as_of)
    days = [str(around + dt.timedelta(n)) for n in (-400, -31, -30, -1, 0, 1, 40)]
    for table, rows in facts.items():
        if table in ("schema", "bodies", "reorganisations"):
            continue
        for row in list(rows):
            if rng.random() < 0.4:
                other = other_value(rng, table, row)
                first, second = rng.sample(range(len(days)), 2)
                if other is not None:
                    other["known_on"] = days[second]
                    rows.insert(rng.randrange(len(rows) + 1), other)
                if other is None or rng.random() < 0.5:
                    row["known_on"] = days[first]
    return rng.choice([None, *days])
