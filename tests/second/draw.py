"""Drawing records: near boundaries, with holes, under several spellings."""
import unicodedata

from world import BODIES, PLAN

READINGS = {r["key"]: [o["id"] for o in r["options"]] for r in PLAN["reading"]}
COMMUNES = ["loc_tho", "vinh_hai", "tan_lap", "phuong_sai", "tan_tien", "phuong_nha_trang", "vinh_hoa"]
OFFICES = ["phong_noi_vu", "trung_tam_van_hoa_thong_tin_va_the_thao"]
YEARS = range(2019, 2028)


def valid(body, start, end):
    if body not in BODIES:      # one that the facts add: by its id alone
        return False
    b = BODIES[body]
    return b.get("valid_from", "0001-01-01") <= start and b.get("valid_to", "9999-12-31") >= end


def chance(rng, p):
    return rng.random() < p


def near(rng, total, percent):
    """A count at, just below or just above percent of the total."""
    at = total * percent // 100
    return min(max(at + rng.choice([-1, 0, 0, 1, 1, 2]), 0), total)


def percent_near(rng, percent):
    return rng.choice([str(percent), percent, f"{percent}.0", f"{percent - 1}.9999999", f"{percent}.000001", percent - 1,
                       percent + 1, 0, 100, f"{percent + 0.5}", f"{percent - 0.5}"])


def split(rng, total, ways):
    cuts = sorted(rng.randint(0, total) for _ in range(ways - 1))
    return [b - a for a, b in zip([0, *cuts], [*cuts, total])]


def drop(rng, group, p):
    return {k: v for k, v in group.items() if not chance(rng, p)}


def counts(rng, holes):
    """The three groups of form II.06a, whole or with holes, with totals or without, at times not adding up."""
    total = rng.choice([0, 1, 2, 10, 19, 20, 21, 40, 60, 100, 101, 200, 1000])
    late = rng.choice([near(rng, total, 5), near(rng, total, 5), near(rng, total, 10), 0, rng.randint(0, total)])
    early, on_time = split(rng, total - late, 2)
    waiting = rng.choice([0, 0, 1, 2, 5, 20, 100])
    overdue = rng.choice([0, 0, min(1, waiting), near(rng, waiting, 5), near(rng, waiting, 10), rng.randint(0, waiting)])
    resolved = {"early": early, "on_time": on_time, "late": late}
    if chance(rng, 0.3):
        resolved = {"in_time": early + on_time, "late": late}
    pending = {"in_time": waiting - overdue, "overdue": overdue}
    cancelled = rng.choice([0, 0, 1, 3])
    coming = total + waiting + cancelled
    carried = rng.choice([0, min(5, coming), rng.randint(0, coming)])
    online = rng.choice([near(rng, coming - carried, 50), near(rng, coming - carried, 80), rng.randint(0, coming - carried)])
    received = {"online": online, "direct": coming - carried - online, "carried_over": carried}
    out = {}
    for name, group, whole in (("received", received, coming), ("resolved", resolved, total), ("pending", pending, waiting)):
        if chance(rng, 0.5):
            group["total"] = max(0, whole + (rng.choice([0, 1, 5, -1, -3]) if chance(rng, 0.15) else 0))   # a residual at times
        if chance(rng, holes):
            group = drop(rng, group, rng.choice([0.2, 0.5]))
        if group and not chance(rng, holes / 3):
            out[name] = group
    if cancelled and chance(rng, 0.5):
        out["cancelled"] = cancelled
    return out


def sparse(rng):
    """The same of a few dossiers, of which most parts are missing and many totals contradict them."""
    out = {}
    for name, parts in (("received", ["online", "direct", "carried_over"]),
                        ("resolved", rng.choice([["early", "on_time", "late"], ["in_time", "late"]])), ("pending", ["in_time", "overdue"])):
        most = rng.choice([1, 2, 5, 20, 100])
        group = {part: rng.choice([0, 0, 1, most, rng.randint(0, most)]) for part in parts}
        total = sum(group.values())
        group["total"] = max(0, total + (rng.choice([-3, -1, 1, 2, -total]) if chance(rng, 0.3) else 0))
        group = drop(rng, group, rng.choice([0.2, 0.6]))
        if group and chance(rng, 0.85):
            out[name] = group
    return out


PARTS = {
    "year": [("01-01", "12-31")],
    "quarters": [("01-01", "03-31"), ("04-01", "06-30"), ("07-01", "09-30"), ("10-01", "12-31")],
    "halves": [("01-01", "06-30"), ("07-01", "12-31")],
    "months": [("01-01", "01-31"), ("02-01", "02-28"), ("12-01", "12-31")],
    "odd": [("01-01", "10-31")],
    "one": [("04-01", "06-30")],
}


def periods(rng, year):
    kind = rng.choice(["year"] * 6 + ["quarters", "halves", "halves", "months", "odd", "one"])
    parts = PARTS[kind]
    if len(parts) > 1 and chance(rng, 0.4):
        parts = rng.sample(parts, rng.randint(1, len(parts)))
    return [(f"{year}-{a}", f"{year}-{b}") for a, b in parts]


def dossiers(rng, rows, body, year, officer=None):
    holes = rng.choice([0, 0, 0.4, 0.8])
    fields = [None]
    if chance(rng, 0.2):
        fields = rng.choice([["land"], ["land", "construction"], [None, "land"]])
    for field in fields:
        for start, end in periods(rng, year):
            row = {"body": body, "from": start, "to": end, **counts(rng, holes)}
            if field:
                row["field"] = field
            if officer:
                row["officer"] = officer
            if valid(body, start, start):
                rows.append(row)
    if chance(rng, 0.02) and year != 2025 and valid(body, f"{year}-10-01", f"{year + 1}-03-31"):
        rows.append({"body": body, "from": f"{year}-10-01", "to": f"{year + 1}-03-31", **counts(rng, 0)})   # over New Year


def share(rng, rows, measure, body, year, around, officer=None):
    for start, end in periods(rng, year):
        row = {"measure": measure, "from": start, "to": end, "percent": percent_near(rng, around)}
        if chance(rng, 0.5):
            row["percent"] = rng.choice([str(around), f"{around}.01", f"{around - 1}.99", f"{around}.00", around - 1])
            row["rounded_to"] = rng.choice([0, 1, 2]) if "." not in str(row["percent"]) else 2
        if body:
            row["body"] = body
        if officer:
            row["officer"] = officer
        if body is None or valid(body, start, start):
            rows.append(row)


def survey(rng, rows, body, year, field, around):
    row = {"year": year, "field": field}
    if body:
        row["body"] = body
    if chance(rng, 0.5):
        row["respondents"] = rng.choice([0, 1, 5, 20, 100, 101, 1000])
        row["satisfied"] = rng.choice([near(rng, row["respondents"], around), near(rng, row["respondents"], around),
                                       rng.randint(0, row["respondents"])])
    else:
        row["percent"] = percent_near(rng, around)
        if chance(rng, 0.3):
            row["percent"], row["rounded_to"] = rng.choice([around, around - 1, around + 1]), rng.choice([0, 1])
    rows.append(row)


def alive(rng, bodies, year):
    some = [b for b in bodies if BODIES[b].get("valid_from", "0")[:4] <= str(year) <= BODIES[b].get("valid_to", "9")[:4]]
    return rng.choice(some or ["phuong_nha_trang"])


def declare(rng, facts, table, year, p=0.5, **scope):
    if chance(rng, p):
        start, end = rng.choice([(f"{year}-01-01", f"{year}-12-31")] * 5 + [
            ("2019-01-01", "2027-12-31"), (f"{year}-01-02", f"{year}-12-31"), (f"{year}-01-01", f"{year}-12-30")])
        if "body" not in scope or BODIES[scope["body"]].get("valid_to", "9") >= start:
            facts.setdefault("complete", []).append({"table": table, "from": start, "to": end, **scope})


KEYS = ("year", "field", "body", "officer", "from", "to", "measure", "date", "category", "basis", "id", "table", "kind", "reason",
        "index", "locality", "enterprise", "person", "changed", "task", "status", "since", "submitted", "fund")


def without_contradictions(rows):
    """Records of the same key and another value are an error (03): the first one stays, and of overlapping periods too."""
    kept, seen, spans = [], set(), {}
    for row in rows:
        key = tuple(str(row.get(k, "nha_trang") if k == "body" else row.get(k)) for k in KEYS)
        if key in seen:
            continue
        if "from" in row and "table" not in row:
            same = tuple(str(row.get(k, "nha_trang") if k == "body" else row.get(k)) for k in ("body", "officer", "field", "measure"))
            if any(row["from"] <= end and start <= row["to"] for start, end in spans.get(same, [])):
                continue
            spans.setdefault(same, []).append((row["from"], row["to"]))
        seen.add(key)
        kept.append(row)
    return kept


def spell(rng, body, start, end):
    """A body by its id or by one of the spellings that real data have."""
    if body is None or rng.random() < 0.7 or not valid(body, start, end):
        return body
    name = BODIES[body]["names"][0]
    ways = [name, unicodedata.normalize("NFD", name), name.upper(), name.replace("UBND", "Ủy ban nhân dân"),
            name.replace("òa", "oà")]
    if BODIES[body]["kind"] == "commune":
        ways += [name.replace("UBND phường ", "P. ").replace("UBND xã ", "X. "), name.replace("UBND ", ""),
                 name.replace("phường ", "P.").replace("xã ", "x "), f"{name}, TP. Nha Trang"]
        # a code is used again, and in the year of the change it names two bodies
        code = BODIES[body]["code"]
        if sum(b.get("code") == code and b.get("valid_from", "0") <= end and start <= b.get("valid_to", "9") for b in BODIES.values()) == 1:
            ways.append(code)
    return rng.choice(ways)


def spelled(rng, row):
    if row.get("body"):
        start, end = row.get("from") or row.get("date"), row.get("to") or row.get("date")
        if "year" in row:
            start, end = f"{row['year']}-01-01", f"{row['year']}-12-31"
        if start:
            row["body"] = spell(rng, row["body"], start, end)
    return row
