"""Runs what reaches a mutant with it switched on until something fails: first the shared cases, of many mutants in one
process, then the other tests, those first that caught most for the time they take."""
import collections
import hashlib
import json
import os
import re
import resource
import select
import subprocess
import tempfile
import time
from pathlib import Path

# Random tests try the same cases every time, few of them, and do not look for the smallest that fails.
SETTINGS = {
    "PROPTEST_RNG_SEED": "298",
    "PROPTEST_CASES": "48",
    "PROPTEST_MAX_SHRINK_ITERS": "0",
    "PROPTEST_DISABLE_FAILURE_PERSISTENCE": "1",
    "INSTA_UPDATE": "no",
    "INSTA_WORKSPACE_ROOT": "",
    "RUST_BACKTRACE": "0",
}
# Seconds of processor that a shared case, or tests that are run together, may take with a mutant: at least so many, and so
# many times what they take without it.
LEAST_SECONDS, TIMES = 4, 10
# Tests that take less are run together, so many of them before the others.
QUICK, FIRST = 0.3, 4
CASES = "case"
FAILED = re.compile(r"^test (\S+) \.\.\. FAILED")
# The most memory, so that a list without end is found out.
MEMORY = 4 << 30


# How much more what was caught of the same function counts, and of the same file.
NEAR = (1000, 30)


def places(mutant):
    """Where a mutant stands: its function and its file."""
    function = mutant.get("function") or {}
    return (mutant["file"], function.get("function_name")), mutant["file"]


def limited(seconds):
    def limit():
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    return limit


class Tests:
    """The test programs, and of each test how long it takes and which mutants it reaches. The shared cases, which one test
    runs, count as tests of their own: `case 7 late: 212 of 3 905`."""

    def __init__(self, programs, core, mutants=(), most_cases=None):
        self.programs, self.core, self.most_cases = programs, core, most_cases
        self.near = collections.defaultdict(collections.Counter)
        self.places = {number: places(mutant) for number, mutant in dict(mutants).items()}
        self.seconds, self.reached, self.caught = {}, collections.defaultdict(set), collections.Counter()

    def start(self, program, tests, seconds, **settings):
        environment = {**os.environ, **SETTINGS, "INSTA_WORKSPACE_ROOT": str(self.core.parent), **settings}
        environment["CARGO_MANIFEST_DIR"] = str(self.core)
        return subprocess.Popen(
            [self.programs[program], "--exact", "--test-threads=1", *tests],
            cwd=self.core,
            env=environment,
            stdin=subprocess.PIPE if "CAICACH_ROUND" in settings else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            preexec_fn=limited(seconds),
        )

    def measure(self, skipped, kept):
        """Runs every test alone and without a mutant. What was found of a program is kept until it or the cases change."""
        cases = [path.stat().st_mtime for path in (self.core.parent / "tests/vectors").iterdir()]
        for program in sorted(set(self.programs) - set(skipped)):
            path = self.programs[program]
            file = kept / f"{program}.json"
            if file.exists() and file.stat().st_mtime > max(Path(path).stat().st_mtime, *cases):
                for *key, seconds, numbers in json.loads(file.read_text()):
                    self.seconds[tuple(key)], self.reached[tuple(key)] = seconds, set(numbers)
                continue
            before = set(self.seconds)
            listed = subprocess.run([path, "--list", "--format=terse"], stdout=subprocess.PIPE, text=True, check=True)
            names = [line.removesuffix(": test") for line in listed.stdout.splitlines() if line.endswith(": test")]
            for name in names:
                self.measure_one(program, name)
            new = set(self.seconds) - before
            file.write_text(json.dumps([[*key, self.seconds[key], sorted(self.reached[key])] for key in new]))
        return self

    def measure_one(self, program, name):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "reached"
            began = time.monotonic()
            process = self.start(program, [name], 600, CAICACH_REACHED=str(file))
            output = process.communicate()[0]
            if process.returncode:
                raise SystemExit(f"{program} {name} fails without any mutant:\n{output[-2000:]}")
            took = time.monotonic() - began
            lines = file.read_text().splitlines() if file.exists() else []
        numbers = set()
        for line in lines:
            if line.isdigit():
                numbers.add(int(line))
                continue
            if line.startswith("case "):
                _, case, micros, title = line.split(" ", 3)
                key = (CASES, f"{case} {title}")
                self.seconds[key], self.reached[key] = int(micros) / 1e6, numbers
            numbers = set()
        if program != "vectors":
            self.seconds[(program, name)], self.reached[(program, name)] = took, numbers

    def reaching(self, number):
        """Tests that reach a mutant: first those that caught most of the same function or file, and most at all, for the
        time they take; then the others in no order, as those next to each other are alike."""
        found = [key for key, numbers in self.reached.items() if number in numbers]
        near = [self.near[place] for place in self.places.get(number, ())]

        def worth(key):
            caught = self.caught[key] + sum(weight * counts[key] for weight, counts in zip(NEAR, near))
            return -caught / (self.seconds[key] + 0.01), hashlib.md5(key[1].encode()).digest()

        return sorted(found, key=worth)

    def caught_before(self, program, name, number):
        """The same of an earlier run, in which cases may have had other numbers."""
        titles = {key[1].split(" ", 1)[1]: key for key in self.seconds if key[0] == CASES}
        key = titles.get(name.split(" ", 1)[-1]) if program == CASES else (program, name)
        if key in self.seconds:
            self.catches(key, number)

    def catches(self, key, number):
        """Notes what caught a mutant, so that it is tried early with those near it."""
        self.caught[key] += 1
        for place in self.places.get(number, ()):
            self.near[place][key] += 1

    def nearest(self, number):
        """The test that is first to be tried where it is no shared case and caught something of the same function."""
        first = next(iter(self.reaching(number)), None)
        function = self.places.get(number, (None,))[0]
        return first if first and first[0] != CASES and self.near[function][first] else None

    def judge(self, number):
        """(state, what caught it) of a mutant that no shared case catches: caught, timeout, missed or unreached."""
        tests = self.reaching(number)
        if not tests:
            return "unreached", ""
        for group in self.groups([key for key in tests if key[0] != CASES]):
            state, by = self.run_group(group, number)
            if state != "passed":
                return state, by
        return "missed", ""

    def round(self, numbers):
        """Runs the shared cases that reach each of the mutants. Gives (mutant, state, what caught it); `passed` where none did."""
        left = list(numbers)
        while left:
            done = 0
            for number, state, by in self.in_one_process(left):
                done += 1
                yield number, state, by
            left = left[done:]

    def cases_of(self, number):
        return [name for program, name in self.reaching(number) if program == CASES][: self.most_cases]

    def in_one_process(self, left):
        """The same up to the first mutant that ends the process or takes too long."""
        process = self.start("vectors", ["every_vector_holds", "--nocapture"], 1 << 30, CAICACH_ROUND="1")
        lines = Lines(process)
        for number in left:
            cases = self.cases_of(number)
            if not cases:
                yield number, "passed", ""
                continue
            limit = max(LEAST_SECONDS, TIMES * max(self.seconds[(CASES, case)] for case in cases))
            try:
                process.stdin.write(" ".join([str(number), *(case.split(" ")[0] for case in cases)]) + "\n")
                process.stdin.flush()
            except BrokenPipeError:
                pass
            line = "held"
            while line and line.startswith("held"):
                line = lines.next(limit, ("held", "caught", "passed"))
            if line is None:
                yield number, "timeout", "cases"
                break
            if not line:
                yield number, "caught", f"cases ended with {process.wait()}"
                break
            state, _, *place = line.split()
            by = [case for case in cases if case.split(" ")[0] in place]
            for case in by:
                self.catches((CASES, case), number)
            yield number, state, f"{CASES} {by[0]}" if by else ""
        process.kill()
        process.wait()
        process.stdout.close()

    def shown(self, number):
        """What the first shared cases that give something else with a mutant give."""
        cases = [case.split(" ")[0] for case in self.cases_of(number)]
        process = self.start("vectors", ["every_vector_holds", "--nocapture"], 600, CAICACH_ROUND="1", CAICACH_SHOW="1")
        lines = process.communicate(" ".join([str(number), *cases]) + "\n")[0].splitlines()
        return [line for line in lines if line.startswith("  ")] or ["  nothing that a case gives"]

    def judge_plainly(self):
        """As `judge`, of programs that hold one mutant and no switch."""
        for program in sorted(self.programs):
            state, by = self.run_group([(program, "")], 0)
            if state != "passed":
                return state, by
        return "missed", ""

    def groups(self, tests):
        """Tests of one program that are run together: those that take little time, the first few of them before the others,
        as a program runs its tests by name; then each of the others alone."""
        first, quick, slow = {}, {}, []
        for key in tests:
            if self.seconds[key] >= QUICK:
                slow.append([key])
            elif sum(map(len, first.values())) < FIRST:
                first.setdefault(key[0], []).append(key)
            else:
                quick.setdefault(key[0], []).append(key)
        return [*first.values(), *quick.values(), *slow]

    def run_group(self, group, number):
        limit = int(max(LEAST_SECONDS, TIMES * sum(self.seconds.get(key, LEAST_SECONDS) for key in group)))
        program, names, settings = group[0][0], [name for _, name in group], {"CAICACH_MUTANT": str(number)}
        process = self.start(program, [name for name in names if name], limit, **settings)
        failed = self.first_failed(process)
        if failed:
            self.catches((program, failed), number)
            return "caught", f"{program} {failed}"
        code = process.wait()
        if code == 0:
            return "passed", ""
        # Killed for the processor's time it took, or aborted: no memory, no stack.
        return ("timeout" if code in (-24, -9) else "caught"), f"{program} ended with {code}"

    @staticmethod
    def first_failed(process):
        """The test that fails first, if one does; ends the process there."""
        failed = None
        for line in process.stdout:
            failed = FAILED.search(line)
            if failed:
                process.kill()
                break
        process.wait()
        process.stdout.close()
        return failed and failed[1]


class Lines:
    """What a process prints, line by line, while it takes no more of the processor for one than it may."""

    def __init__(self, process):
        self.process, self.buffer = process, b""
        os.set_blocking(process.stdout.fileno(), False)

    def used(self):
        try:
            fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            return 0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def next(self, seconds, words):
        """The next line that begins with one of the words; empty at the end, none after so many seconds."""
        began = self.used()
        while True:
            line, found, rest = self.buffer.partition(b"\n")
            if found:
                self.buffer = rest
                if line.decode(errors="replace").startswith(words):
                    return line.decode()
                continue
            if not select.select([self.process.stdout], [], [], 1)[0]:
                if self.used() - began > seconds:
                    return None
                continue
            data = os.read(self.process.stdout.fileno(), 1 << 16)
            if not data:
                return ""
            self.buffer += data
