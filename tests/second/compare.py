"""Runs the library and the second evaluator on the same random fact sets and shows where they differ.

    python3 compare.py --program PATH [--cases 20000] [--seed 1] [--jobs 2] [--show 5] [--rules a,b] [--themes x,y] [--vectors]

PATH is the example `second` of core: it reads JSON lines {facts, as_of, known_on, readings, rules} and prints a line of verdicts and
ceilings for each. Every finding must have the same verdict on both sides, every ceiling the same band: exit status 1 on
any difference. --vectors runs the shared cases of tests/vectors (those of the built-in plan) in place of random ones.
"""
import argparse
import collections
import copy
import json
import multiprocessing
import os
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import evaluator  # noqa: E402
import generate  # noqa: E402


class Program:
    """The library, one process that answers line by line."""

    def __init__(self, path):
        self.process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def assess(self, case, rules):
        self.process.stdin.write(json.dumps({**case, "rules": sorted(rules)}) + "\n")
        self.process.stdin.flush()
        result = json.loads(self.process.stdout.readline())
        if "error" in result:
            return result["error"]
        verdicts = {}
        for *key, verdict, marks in result["findings"]:
            key = tuple(key)
            verdicts[(*key, "twice") if key in verdicts else key] = (verdict, marks)
        ceilings = {tuple(c[:3]): tuple(c[3:]) for c in result["ceilings"]}
        return verdicts, ceilings

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def differences(program, case, rules):
    """{key: (library, evaluator)} of one case, and the evaluator's findings."""
    theirs = program.assess(case, rules)
    if isinstance(theirs, str):
        return {("error",): (theirs, "accepted")}, {}
    mine = evaluator.evaluate(case["facts"], case["as_of"], case["readings"], rules, case.get("known_on"))
    out = {k: (theirs[0].get(k), mine[0].get(k)) for k in {*theirs[0], *mine[0]} if theirs[0].get(k) != mine[0].get(k)}
    if rules >= set(evaluator.RULES):
        out |= {("ceiling", *map(str, k)): (theirs[1].get(k), mine[1].get(k))
                for k in {*theirs[1], *mine[1]} if theirs[1].get(k) != mine[1].get(k)}
    return out, mine[0]


KEPT = ("from", "to", "year", "field", "body", "percent", "rounded_to", "date", "table", "officer", "id", "measure")


def smaller(case):
    """Every case with one table, record, group or number less, or one reading less."""
    for key in list(case["readings"]):
        c = copy.deepcopy(case)
        del c["readings"][key]
        yield c
    if "known_on" in case:
        c = copy.deepcopy(case)
        del c["known_on"]
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
                if key in KEPT:
                    continue
                c = copy.deepcopy(case)
                del c["facts"][name][i][key]
                yield c
                for part in value if isinstance(value, dict) else ():
                    c = copy.deepcopy(case)
                    del c["facts"][name][i][key][part]
                    yield c


def minimise(program, case, key, rules):
    """The smallest case found in which the same finding still differs in the same way."""
    want = differences(program, case, rules)[0][key]
    again = True
    while again:
        again = False
        for c in smaller(case):
            try:
                found = differences(program, c, rules)[0]
            except Exception:
                continue
            if found.get(key) == want:
                case, again = c, True
                break
    return case


def vectors():
    """The shared cases of the built-in plan that expect findings."""
    for path in sorted((Path(__file__).parents[1] / "vectors").glob("*.json")):
        for case in json.loads(path.read_text("utf-8")):
            if "errors" not in case["expect"] and not {"plan", "facts_text"} & set(case):
                yield {"name": case["name"], "facts": case["facts"], "as_of": case["as_of"],
                       "readings": case.get("readings", {}), **({"known_on": case["known_on"]} if "known_on" in case else {})}


def kind_of(key, pair):
    if key[0] == "error":
        return "error", pair[0][:60]
    if key[0] == "ceiling":
        return "ceiling", ""
    return key[0], str([None if p is None else p[0] for p in pair])


def run(args, first, count):
    """One process's share: cases that reached each verdict, differing cases, examples by kind of difference."""
    program = Program(args.program)
    rules = set(args.rules.split(",")) if args.rules else set(evaluator.RULES)
    themes = [getattr(generate, t) for t in args.themes.split(",")] if args.themes else None
    cases = vectors() if args.vectors else (generate.case(args.seed * 10_000_000 + n, themes) for n in range(first, first + count))
    reached, differing, kinds, done = collections.Counter(), 0, {}, 0
    for case in cases:
        found, mine = differences(program, case, rules)
        done += 1
        reached.update({(k[0], v[0]) for k, v in mine.items()})
        differing += bool(found)
        for key, pair in found.items():
            seen = kinds.setdefault(kind_of(key, pair), [0, None, None])
            seen[0] += 1
            if seen[1] is None or len(json.dumps(case)) < len(json.dumps(seen[1])):
                seen[1:] = case, key
    program.close()
    return done, reached, differing, kinds


def share(args):
    return run(*args)


def report(reached):
    """A line for each rule; returns how many reachable verdicts no case reached."""
    never = 0
    for rule in evaluator.RULES.values():
        line = {v: c for (r, v), c in sorted(reached.items()) if r == rule["id"]}
        missed = [v for v in evaluator.reachable(rule) if v not in line]
        never += len(missed)
        print(f"  {rule['id']:32}" + "  ".join(f"{v} {c}" for v, c in line.items())
              + (f"  NEVER {', '.join(missed)}" if missed else ""))
    return never


def arguments():
    args = argparse.ArgumentParser()
    args.add_argument("--program", required=True)
    args.add_argument("--cases", type=int, default=2000)
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    args.add_argument("--show", type=int, default=5)
    args.add_argument("--rules")
    args.add_argument("--themes")
    args.add_argument("--vectors", action="store_true")
    args.add_argument("--all-reached", action="store_true", help="fail where a verdict that a rule can reach was never reached")
    return args.parse_args()


def main():
    args = arguments()
    begin = time.time()
    if args.vectors:
        parts = [run(args, 0, 0)]
    else:
        size = min(1000, -(-args.cases // (args.jobs * 4)))
        shares = [(args, first, min(size, args.cases - first)) for first in range(0, args.cases, size)]
        with multiprocessing.Pool(args.jobs) as pool:
            parts = []
            for part in pool.imap_unordered(share, shares):
                parts.append(part)
                if len(parts) % 10 == 0:
                    print(f"{sum(p[0] for p in parts)} cases, {sum(p[2] for p in parts)} differ", file=sys.stderr)
    done, differing = sum(p[0] for p in parts), sum(p[2] for p in parts)
    reached = sum((p[1] for p in parts), collections.Counter())
    print(f"{done} cases, seed {args.seed}, {time.time() - begin:.0f} s; cases that reached each verdict of each rule:")
    never = report(reached)
    print(f"{differing} of {done} cases differ; {never} reachable verdicts never reached")
    kinds = {}
    for kind, (count, case, key) in (item for p in parts for item in p[3].items()):
        if kind not in kinds or len(json.dumps(case)) < len(json.dumps(kinds[kind][1])):
            kinds[kind] = [kinds.get(kind, [0])[0], case, key]
        kinds[kind][0] += count
    program = Program(args.program)
    for kind, (count, case, key) in sorted(kinds.items(), key=lambda k: -k[1][0])[:args.show]:
        rules = set(evaluator.RULES) if key[0] in ("error", "ceiling") else {key[0]}
        case = minimise(program, case, key, rules)
        print(f"\n{kind[0]} library/evaluator {differences(program, case, rules)[0][key]} at {key[1:]} ({count} times)")
        print(json.dumps(case, ensure_ascii=False))
    return 1 if differing or (args.all_reached and never) else 0


if __name__ == "__main__":
    sys.exit(main())
