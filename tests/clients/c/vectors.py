"""Runs every vector through the C library and compares its answer, to the byte, with that of the Python package.

    python tests/clients/c/vectors.py PREFIX        (after tests/clients/c/run.sh)

What the vectors expect is checked in Rust and in Python; here it is that C says the same.
"""

import datetime
import json
import pathlib
import subprocess
import sys
import tempfile

import caicach

ROOT = pathlib.Path(__file__).resolve().parents[3]
VECTORS = ROOT / "tests" / "vectors"


def python(case: dict, folder: pathlib.Path) -> str:
    plan = caicach.Plan.load(folder / case["plan"]) if "plan" in case else caicach.Plan.builtin()
    facts = caicach.Facts.from_json(text_of(case))
    options = {"as_of": case["as_of"], "readings": case.get("readings"), "known_on": case.get("known_on")}
    return plan.assess(facts, **options).to_json()


def text_of(case: dict) -> str:
    return case["facts_text"] if "facts_text" in case else json.dumps(case["facts"], ensure_ascii=False)


def c(runner: pathlib.Path, case: dict, folder: pathlib.Path, scratch: pathlib.Path) -> tuple[bool, str]:
    path = scratch / "facts.json"
    path.write_text(text_of(case), "utf-8")
    command = [str(runner), str(path), case["as_of"]]
    if "plan" in case:
        command += ["--plan", str(folder / case["plan"])]
    if "known_on" in case:
        command += ["--known-on", case["known_on"]]
    command += [f"{key}={option}" for key, option in (case.get("readings") or {}).items()]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    return run.returncode == 0, run.stdout.rstrip("\n")


def agendas(client: pathlib.Path) -> int:
    """How many calendar files C makes otherwise than Python; what a file holds is checked in python/tests."""
    plan, different = caicach.Plan.builtin(), 0
    for body in (None, "nha_trang", "UBND phường Lộc Thọ"):
        for lang in ("vi", "en"):
            days = ("2023-01-01", "2025-06-30")
            run = subprocess.run([str(client), *days, body or "-", lang], capture_output=True, check=True)
            made = plan.agenda(*days, body).to_ical(stamp=days[0], lang=lang)
            if run.stdout != made.encode() or made.count("BEGIN:VEVENT") < 5:
                different += 1
                print(f"agenda of {body} in {lang}: C says {run.stdout[:300]!r}")
    return different


def lunar(client: pathlib.Path) -> int:
    """How many lunar dates C tells otherwise than the table, which Python is tested against too."""
    different = 0
    for case in json.loads((VECTORS / "calendar" / "lunar.json").read_text("utf-8")):
        days = words = None
        if "solar" in case:
            days = str((datetime.date.fromisoformat(case["solar"]) - datetime.date(1970, 1, 1)).days)
        if "lunar" in case:
            words = [str(int(case["lunar"][key])) for key in ("year", "month", "leap", "day")]
        asked = [([days], " ".join(words or []) or case["error"])] if days else []
        asked += [(words, days or case["error"])] if words else []
        for arguments, expected in asked:
            run = subprocess.run([str(client), *arguments], capture_output=True, text=True, check=True)
            if run.stdout != expected + "\n":
                different += 1
                print(f"lunar {' '.join(arguments)}: C says {run.stdout!r}, expected {expected}")
    return different


def main() -> int:
    clients = pathlib.Path(sys.argv[1]).resolve() / "clients"
    runner = clients / "vector_runner"
    same = different = 0
    with tempfile.TemporaryDirectory() as scratch:
        for file in sorted(VECTORS.glob("*.json")):
            for case in json.loads(file.read_text("utf-8")):
                good, said = c(runner, case, file.parent, pathlib.Path(scratch))
                try:
                    expected = python(case, file.parent)
                    agrees = good and said == expected
                except caicach.CaicachError as error:
                    wanted = [(problem.code, problem.path) for problem in error.problems]
                    agrees = not good and [(p["code"], p["path"]) for p in json.loads(said)] == wanted
                if agrees:
                    same += 1
                else:
                    different += 1
                    print(f"{file.name}: {case['name']}: C says {said[:300]}")
    calendars = agendas(clients / "agenda")
    dates = lunar(clients / "lunar")
    print(f"C and Python agree on {same} vectors, differ on {different}, and on {6 - calendars} of 6 calendar files; "
          f"{dates} lunar dates differ from the table")
    return 1 if different or calendars or dates or not same else 0


if __name__ == "__main__":
    sys.exit(main())
