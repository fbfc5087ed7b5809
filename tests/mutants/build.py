"""Builds the program that holds all mutants, and finds those that do not compile."""
import collections
import json
import os
import re
import subprocess
from pathlib import Path

import schemata

SWITCH = (Path(__file__).with_name("switch.rs")).read_text()
VECTORS = (Path(__file__).with_name("vectors.rs")).read_text()
PROFILE = """
[profile.dev]
opt-level = 1
debug = false
incremental = false
codegen-units = 16
[profile.dev.package.caicach-core]
codegen-units = 1
[profile.dev.package."*"]
opt-level = 2
"""
# `rustc` says that something constant calls what no longer is.
NOT_CONST = re.compile(r"cannot call non-const (?:associated )?(?:function|method) `(?:.*::)?(\w+)(?:::<.*>)?`")


def run(command, **more):
    return subprocess.run(command, check=True, text=True, **more)


def files(root):
    listed = run(["git", "ls-files", "-co", "--exclude-standard"], cwd=root, stdout=subprocess.PIPE).stdout
    return [name for name in listed.splitlines() if (root / name).is_file()]


def write(path, data):
    """Writes a file unless it is as it should be: cargo goes by times."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_bytes() != data:
        path.write_bytes(data)


def copy(root, tree, rewritten):
    """A copy of the project in which some files are others."""
    names = set(files(root))
    for name in names:
        data = rewritten[name].encode() if name in rewritten else (root / name).read_bytes()
        write(tree / name, data)
    for path in [p for p in tree.rglob("*") if p.is_file() or p.is_symlink()]:
        if str(path.relative_to(tree)) not in names | set(rewritten):
            path.unlink()
    for name in set(rewritten) - names:
        write(tree / name, rewritten[name].encode())


class Program:
    """The copy with all mutants. `plain` says of a number why no switch stands for it, `unviable` what rustc said."""

    def __init__(self, root, tree, mutants, plain=(), unviable=()):
        self.root, self.tree, self.mutants = root, tree, mutants
        self.plain, self.unviable, self.constant = dict(plain), dict(unviable), set()
        self.texts = {}

    def rewrite(self):
        by_file = collections.defaultdict(list)
        for number, mutant in self.mutants.items():
            by_file[mutant["file"]].append(number)
        self.texts = {}
        for name, numbers in by_file.items():
            source = schemata.Source((self.root / name).read_text(), self.constant)
            for number in numbers:
                if number in self.unviable or number in self.plain:
                    continue
                try:
                    source.add(number, self.mutants[number])
                except schemata.Unswitchable as why:
                    self.plain[number] = str(why)
            self.texts[name] = source.rewritten()
        extra = dict(self.texts)
        most = f"MOST: usize = {max(self.mutants) + 1};"
        extra["core/src/mutant.rs"] = re.sub(r"MOST: usize = \d+;", most, SWITCH)
        extra["core/src/lib.rs"] = (self.root / "core/src/lib.rs").read_text() + "\n#[allow(missing_docs)]\npub mod mutant;\n"
        extra["caicach/src/lib.rs"] = (self.root / "caicach/src/lib.rs").read_text() + "\npub use caicach_core::mutant;\n"
        extra["caicach/tests/vectors.rs"] = VECTORS
        extra["Cargo.toml"] = self.manifest()
        copy(self.root, self.tree, extra)

    def manifest(self):
        manifest = (self.root / "Cargo.toml").read_text()
        return re.sub(r"\n\[profile\.dev\]\n[^\[]*", "\n", manifest) + PROFILE

    def plainly(self, number, jobs):
        """Builds one mutant alone, as cargo-mutants does. Gives its test programs, or what rustc says where it is unviable."""
        mutant = self.mutants[number]
        source = schemata.Source((self.root / mutant["file"]).read_text())
        tree = self.tree.parent / "plain"
        copy(self.root, tree, {mutant["file"]: source.replaced(mutant), "Cargo.toml": self.manifest()})
        errors = self.errors(["check", "-p", "caicach-core", "--lib"], jobs, tree)
        if errors:
            return None, errors[0]["message"]
        return self.programs(jobs, tree), ""

    def refused(self, numbers, jobs):
        """Builds mutants, each of a function of its own, together. Gives what rustc says of their functions, by number."""
        texts = {}
        for name in {self.mutants[number]["file"] for number in numbers}:
            source = schemata.Source((self.root / name).read_text())
            texts[name] = source.replaced(*(self.mutants[number] for number in numbers if self.mutants[number]["file"] == name))
        tree = self.tree.parent / "plain"
        copy(self.root, tree, {**texts, "Cargo.toml": self.manifest()})
        found = {}
        for error in self.errors(["check", "-p", "caicach-core", "--lib"], jobs, tree):
            for number in numbers:
                function = self.mutants[number]["function"]["span"]
                # Lines may move by that of an arm that goes.
                lines = range(function["start"]["line"] - 1, function["end"]["line"] + 1)
                if any(s["file_name"] == self.mutants[number]["file"] and s["line_start"] in lines for s in error["spans"]):
                    found[number] = error["message"]
        return found

    def build(self, jobs):
        """Rewrites and checks until it compiles; then builds the tests. Gives the test programs by name."""
        while True:
            self.rewrite()
            errors = self.errors(["check", "-p", "caicach-core", "--lib"], jobs, self.tree)
            if not errors:
                break
            print(f"{len(errors)} errors; {self.sort(errors)} mutants put aside", flush=True)
        return self.programs(jobs, self.tree)

    def cargo(self, arguments, jobs, tree):
        command = ["cargo", *arguments, "--offline", "--jobs", str(jobs), "--message-format=json"]
        target = str(self.tree.parent / "target")
        settings = {**os.environ, "CARGO_TARGET_DIR": target, "RUSTFLAGS": "--cap-lints=allow"}
        done = subprocess.run(
            command, cwd=tree, env=settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        messages = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        return done, messages

    def errors(self, arguments, jobs, tree):
        done, messages = self.cargo(arguments, jobs, tree)
        found = [m["message"] for m in messages if m["reason"] == "compiler-message" and m["message"]["level"] == "error"]
        if done.returncode and not found:
            raise SystemExit(done.stderr)
        return [error for error in found if error["spans"]]

    def sort(self, errors):
        """Finds the mutants that errors belong to and puts them aside. Gives their number."""
        before = len(self.plain) + len(self.unviable) + len(self.constant)
        maps = {name: schemata.regions(text) for name, text in self.texts.items()}
        lost = []
        for error in errors:
            if not self.blame(error, maps):
                lost.append(error["rendered"])
        after = len(self.plain) + len(self.unviable) + len(self.constant)
        if after == before:
            raise SystemExit("errors that belong to no mutant:\n" + "\n".join(lost[:5]))
        return after - before

    def blame(self, error, maps):
        match = NOT_CONST.search(error["message"])
        if match and match[1] != "on":
            self.constant.add(match[1])
            return True
        blamed = False
        for span in [span for span in error["spans"] if span["is_primary"]]:
            around = [
                region
                for region in maps.get(span["file_name"], [])
                if region[0] <= span["byte_start"] and span["byte_end"] <= region[1]
            ]
            if not around:
                continue
            _, _, numbers, is_place = min(around, key=lambda region: region[1] - region[0])
            for number in numbers:
                (self.plain if is_place else self.unviable)[number] = error["message"]
            blamed = True
        return blamed

    def programs(self, jobs, tree):
        done, messages = self.cargo(["test", "--no-run", "-p", "caicach-core", "-p", "caicach", "--lib", "--tests"], jobs, tree)
        if done.returncode:
            raise SystemExit(done.stderr)
        return {
            m["target"]["name"]: m["executable"]
            for m in messages
            if m["reason"] == "compiler-artifact" and m.get("executable") and m["profile"]["test"]
        }
