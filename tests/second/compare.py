"""Runs the library and the second evaluator on the same random fact sets and shows where they differ.

    python3 compare.py --cases 20000 --seed 1 [--cli PATH] [--show 5] [--rules late_share_caps_rank,...] [--themes stocks,...]

Without --cli the Python package `caicach` is used; with it, a program that reads JSON lines {facts, as_of, readings} and
prints one assessment (or {"error": text}) per line. Exit status 1 on any difference.
"""
import argparse
import collections
import copy
import json
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import evaluator  # noqa: E402
import generate  # noqa: E402


class Cli:
    def __init__(self, path):
        self.process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def assess(self, case):
        self.process.stdin.write(json.dumps(case) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


class Package:
    def __init__(self):
        import caicach
        self.caicach, self.plan = caicach, caicach.Plan.builtin()

    def assess(self, case):
        try:
            facts = self.caicach.Facts.from_json(json.dumps(case["facts"]))
            return json.loads(self.plan.assess(facts, as_of=case["as_of"], readings=case["readings"]).to_json())
        except self.caicach.CaicachError as error:
            return {"error": str(error)}


def library(result):
    """The assessment as the evaluator states it, and the rules it does not judge yet."""
    skipped = set(result["summary"].get("not_yet_evaluated", []))
    verdicts = {}
    for f in result["findings"]:
        key = (f["rule"], f["subject"]["kind"], f["subject"]["id"], f["period"]["from"], f["period"]["to"])
        if key in verdicts:
            verdicts[(*key, "twice")] = f["verdict"]
        verdicts[key] = f["verdict"]
    ceilings = {(c["subject"]["id"], c["year"], c["scale"]): (c["ceiling"], c["provisional"]) for c in result["ceilings"]}
    return verdicts, ceilings, skipped


def differences(lib, case, rules):
    """{key: (library, evaluator)} of one case, and the evaluator's verdicts."""
    result = lib.assess(case)
    if "error" in result:
        return {("error",): (result["error"], "accepted")}, {}
    theirs, their_ceilings, skipped = library(result)
    judged = {r for r in evaluator.RULES if r not in skipped and (rules is None or r in rules)}
    mine, my_ceilings = evaluator.evaluate(case["facts"], case["as_of"], case["readings"], judged)
    mine = {k: v for k, v in mine.items() if k[0] in judged}
    theirs = {k: v for k, v in theirs.items() if k[0] in judged and evaluator.RULES[k[0]]["kind"] in evaluator.KINDS}
    out = {k: (theirs.get(k), mine.get(k)) for k in {*theirs, *mine} if theirs.get(k) != mine.get(k)}
    if rules is None:
        out |= {("ceiling", *map(str, k)): (their_ceilings.get(k), my_ceilings.get(k))
                for k in {*their_ceilings, *my_ceilings} if their_ceilings.get(k) != my_ceilings.get(k)}
    return out, mine


def looser(case, pair):
    """Known: over a sum of several records with missing parts the library's interval is wider than the exact one, so that
    it leaves undetermined what the bounds decide. Counted apart."""
    several = len(case["facts"].get("dossier_counts", [])) > 1
    decided = ("binding", "not_binding", "met", "not_met")
    if several and case["facts"].get("shares"):   # and then a published share narrows it that contradicts the exact one
        return pair[0] in decided and pair[1] in ("undetermined", "pending") or pair[0] in decided and pair[1] in decided \
            or pair[0] in ("undetermined", "pending") and pair[1] in decided
    return several and pair[0] in ("undetermined", "pending") and pair[1] in decided


def smaller(case):
    """Every case with one table, record, group or number less, or one reading less."""
    for key in list(case["readings"]):
        c = copy.deepcopy(case)
        del c["readings"][key]
        yield c
    for name, rows in case["facts"].items():
        if name == "schema":
            continue
        c = copy.deepcopy(case)
        del c["facts"][name]
        yield c
        for i, row in enumerate(rows):
            c = copy.deepcopy(case)
            del c["facts"][name][i]
            yield c
            for key, value in row.items():
                if key in ("from", "to", "year", "field", "body", "percent", "rounded_to", "date", "table", "officer"):
                    continue
                c = copy.deepcopy(case)
                del c["facts"][name][i][key]
                yield c
                for part in value if isinstance(value, dict) else ():
                    c = copy.deepcopy(case)
                    del c["facts"][name][i][key][part]
                    yield c


def minimise(lib, case, key, rules):
    """The smallest case found in which the same rule still differs in the same way."""
    want = differences(lib, case, rules)[0][key]
    again = True
    while again:
        again = False
        for c in smaller(case):
            try:
                found = differences(lib, c, rules)[0]
            except Exception:
                continue
            if found.get(key) == want:
                case, again = c, True
                break
    return case


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--cases", type=int, default=2000)
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--cli")
    args.add_argument("--show", type=int, default=5)
    args.add_argument("--rules")
    args.add_argument("--themes")
    args.add_argument("--strict", action="store_true", help="count known differences too")
    args = args.parse_args()
    lib = Cli(args.cli) if args.cli else Package()
    rules = set(args.rules.split(",")) if args.rules else None
    themes = [getattr(generate, t) for t in args.themes.split(",")] if args.themes else None
    if args.strict:
        evaluator.SWITCHES = dict.fromkeys(evaluator.SWITCHES, False)
    loose = 0
    reached, differing, kinds, begin = collections.Counter(), 0, {}, time.time()
    for n in range(args.cases):
        case = generate.case(args.seed * 10_000_000 + n, themes)
        found, mine = differences(lib, case, rules)
        for rule, verdict in {(k[0], v) for k, v in mine.items()}:
            reached[rule, verdict] += 1
        if not args.strict and any(looser(case, p) for p in found.values()):
            loose += 1
            found = {k: p for k, p in found.items() if not looser(case, p) and k[0] != "ceiling"}
        if found:
            differing += 1
            for key, pair in found.items():
                kind = (key[0], pair if key[0] not in ("error", "ceiling") else key[0] + pair[0][:30] if key[0] == "error" else "")
                kinds.setdefault(kind, []).append((case, key))
    print(f"{args.cases} cases, seed {args.seed}, {time.time() - begin:.0f} s; cases that reached each verdict (library and evaluator agree unless listed below):")
    for rule in evaluator.RULES:
        line = {v: c for (r, v), c in sorted(reached.items()) if r == rule}
        if line:
            print(f"  {rule:32}" + "  ".join(f"{v} {c}" for v, c in line.items()))
    print(f"{differing} cases differ" + (f"; known looseness set aside in {loose}" if loose else ""))
    for kind, examples in sorted(kinds.items(), key=lambda k: -len(k[1]))[:args.show]:
        case, key = min(examples[:200], key=lambda e: len(json.dumps(e[0])))
        case = minimise(lib, case, key, rules)
        print(f"\n{kind[0]} library/evaluator {differences(lib, case, rules)[0][key]} at {key[1:]} ({len(examples)} times)")
        print(json.dumps(case, ensure_ascii=False))
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
