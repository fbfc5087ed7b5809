"""Changes the code as cargo-mutants would and tells which changes no test notices: see docs/mutants.md.

    python run.py [--shard 0/20] [--files PART] [--again missed,unreached] [--jobs 1] [--folder build/mutants]

All mutants are built into one program (schemata.py, build.py), and the tests that reach a mutant are run with it switched on
(campaign.py). Results are kept in results.jsonl of the folder: a run that was stopped goes on where it was. Exit status 1
where a mutant is missed that explained.toml does not explain.
"""
import argparse
import hashlib
import json
import re
import subprocess
import sys
import time
from pathlib import Path

import build
import campaign
import report
import schemata

ROOT = Path(__file__).resolve().parents[2]
# So many mutants go through the shared cases before those that pass go through the other tests.
TOGETHER = 100


def listed(cargo_mutants):
    """What cargo-mutants would change, by number; numbers begin at 1, as 0 is none."""
    command = [*cargo_mutants.split(), "mutants", "--list", "--json", "--package", "caicach-core"]
    text = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
    mutants = dict(enumerate(json.loads(text), start=1))
    lines = {}
    for mutant in unwritten({mutant["file"] for mutant in mutants.values()}):
        mutants[len(mutants) + 1] = mutant
    for mutant in mutants.values():
        source = lines.setdefault(mutant["file"], (ROOT / mutant["file"]).read_text().split("\n"))
        start = mutant["span"]["start"]
        mutant["line"] = source[start["line"] - 1].strip()
        mutant["change"] = mutant["name"].split(": ", 1)[1]
        mutant["key"] = key(mutant)
        mutant.pop("diff", None)
    return mutants


def unwritten(files):
    """A member of an object that is not written, which cargo-mutants does not list."""
    for file in sorted(files):
        for span, function, call in schemata.written((ROOT / file).read_text()):
            start = span["start"]
            name = f"{file}:{start['line']}:{start['column']}: delete {call} in {function}"
            place = {"function_name": function, "span": span}
            yield {"name": name, "file": file, "function": place, "span": span, "genre": "Member", "replacement": "()"}


def key(mutant):
    """A mutant of a file as it is now, its tests aside."""
    code = (ROOT / mutant["file"]).read_text().split("\n#[cfg(test)]")[0]
    return f"{mutant['name']} {hashlib.sha256(code.encode()).hexdigest()[:12]}"


def unplaced(key):
    """A key without the place of the change and without what the file was like."""
    return re.sub(r":\d+:\d+: ", ": ", key).rsplit(" ", 1)[0]


class Results:
    """What was found out of mutants, kept in a file as it comes."""

    def __init__(self, path):
        self.path, self.by_key = path, {}
        if path.exists():
            for line in path.read_text().splitlines():
                entry = json.loads(line)
                self.by_key[entry["key"]] = entry

    def of(self, mutant):
        return self.by_key.get(mutant["key"])

    def state(self, mutant):
        entry = self.of(mutant)
        return entry and entry["state"]

    def all_of(self, mutants, state):
        """Why, by number, of the mutants in a state."""
        return {number: self.of(mutant)["by"] for number, mutant in mutants.items() if self.state(mutant) == state}

    def caught(self, mutants):
        """What caught which mutants, by number: now, or before its file changed."""
        before = {unplaced(entry["key"]): entry["by"] for entry in self.by_key.values() if entry["state"] == "caught"}
        found = {number: before.get(unplaced(mutant["key"])) for number, mutant in mutants.items()}
        return {number: by for number, by in found.items() if by}

    def put(self, mutant, state, by=""):
        entry = {"key": mutant["key"], "state": state, "by": by}
        self.by_key[entry["key"]] = entry
        with self.path.open("a") as file:
            file.write(json.dumps(entry) + "\n")


def chosen(mutants, options):
    shard, of = (int(part) for part in options.shard.split("/"))
    parts = options.files.split(",")
    return {n: m for n, m in mutants.items() if any(part in m["file"] for part in parts) and n % of == shard}


def put_aside(program, mutants, results):
    print(f"{len(mutants)} mutants, {len(program.unviable)} unviable, {len(program.plain)} plain", flush=True)
    for state, aside in (("plain", program.plain), ("unviable", program.unviable)):
        for number, why in aside.items():
            if results.of(mutants[number]) is None:
                results.put(mutants[number], state, why)


def caught_at_once(program, tests, results, todo):
    """Those that a test catches which caught others of the same function."""
    found = set()
    for number in todo:
        test = tests.nearest(number)
        state, by = tests.run_group([test], number) if test else ("passed", "")
        if state != "passed":
            results.put(program.mutants[number], state, by)
            found.add(number)
    return found


def judge(program, tests, results, todo):
    """The shared cases of some mutants first, then for those that pass the other tests; and so on."""
    began = time.monotonic()
    for first in range(0, len(todo), TOGETHER):
        left, some = [], todo[first : first + TOGETHER]
        at_once = caught_at_once(program, tests, results, some)
        for number, state, by in tests.round([number for number in some if number not in at_once]):
            if state == "passed":
                left.append(number)
            else:
                results.put(program.mutants[number], state, by)
        for number in left:
            mutant = program.mutants[number]
            state, by = tests.judge(number)
            results.put(mutant, state, by)
            if state in ("missed", "unreached"):
                print(f"{state} {mutant['name']}\n    {mutant['line']}", flush=True)
        done = first + len(some)
        print(f"{done} of {len(todo)}, {len(left)} of the last passed the cases, {time.monotonic() - began:.0f} s", flush=True)


def refused(program, results, todo, jobs):
    """Puts aside those of the few for which no switch stands that do not compile. Gives the others."""
    left, rest = list(todo), []
    while left:
        batch = {}
        for number in left:
            mutant = program.mutants[number]
            # An operator that may not stand there ends the build before any arm is looked at.
            batch.setdefault((mutant["genre"], mutant["file"], mutant["function"]["function_name"]), number)
        first = min(key[0] for key in batch)
        batch = [number for key, number in batch.items() if key[0] == first]
        found = program.refused(batch, jobs)
        for number in batch:
            if number in found:
                results.put(program.mutants[number], "unviable", found[number])
        rest += [number for number in batch if number not in found]
        left = [number for number in left if number not in batch]
    return rest


def judge_plainly(program, results, todo, jobs, core):
    """Those of them that may compile, each built alone."""
    for number in refused(program, results, todo, jobs):
        programs, why = program.plainly(number, jobs)
        state, by = ("unviable", why) if programs is None else campaign.Tests(programs, core).judge_plainly()
        print(f"{state} {program.mutants[number]['name']}", flush=True)
        results.put(program.mutants[number], state, by)


def main():
    parse = argparse.ArgumentParser()
    parse.add_argument("--shard", default="0/1")
    parse.add_argument("--files", default="")
    parse.add_argument("--again", default="")
    parse.add_argument("--skip", default="", help="test programs to leave out")
    parse.add_argument("--cases", type=int, help="at most so many shared cases for each mutant")
    parse.add_argument("--plain", action="store_true", help="those too that must be built alone")
    parse.add_argument("--show", action="store_true", help="tell what those that are missed change")
    parse.add_argument("--jobs", type=int, default=1)
    parse.add_argument("--folder", type=Path, default=ROOT / "build/mutants")
    parse.add_argument("--cargo", default="cargo")
    options = parse.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    folder = options.folder.resolve()
    mutants = listed(options.cargo)
    results = Results(folder / "results.jsonl")
    again = set(options.again.split(","))
    mine = chosen(mutants, options)
    todo = [n for n, m in mine.items() if results.state(m) in (None, *again)]
    if todo or options.show:
        # Once judged, a plain one has another state; the copy must be as it was, or it is built anew.
        file = folder / "plain.json"
        kept = json.loads(file.read_text()) if file.exists() else {}
        plain = {number: kept[mutant["key"]] for number, mutant in mutants.items() if mutant["key"] in kept}
        plain |= results.all_of(mutants, "plain")
        program = build.Program(ROOT, folder / "tree", mutants, plain, results.all_of(mutants, "unviable"))
        programs = program.build(options.jobs)
        file.write_text(json.dumps({mutants[number]["key"]: why for number, why in program.plain.items()}))
        put_aside(program, mutants, results)
        core = folder / "tree" / "caicach"
        tests = campaign.Tests(programs, core, mutants, options.cases).measure(options.skip.split(","), folder)
        for number, by in results.caught(mutants).items():
            tests.caught_before(*by.split(" ", 1), number)
        print(f"{len(tests.seconds)} tests in {sum(tests.seconds.values()):.0f} s", flush=True)
        judge(program, tests, results, [n for n in todo if n not in program.plain and n not in program.unviable])
        for number in [n for n in mine if options.show and results.state(mutants[n]) == "missed"]:
            print(mutants[number]["name"], *tests.shown(number), sep="\n", flush=True)
        if options.plain:
            judge_plainly(program, results, [n for n in mine if n in program.plain], options.jobs, core)
    sys.exit(report.tell(mine, results))


if __name__ == "__main__":
    main()
