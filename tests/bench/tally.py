"""caicach beside its peers on the same dossiers in the same run; prints a markdown table.

    make bench-tally                 10 million rows
    make bench-tally ROWS=1000000    a smoke test
    make bench-tally GROWTH=1        and how time grows from 1 to 10 to 50 million rows

Runs are interleaved: all contenders once, then all again; what is shown is the median. Whoever is far behind in the first
run is not run again. Before anything is timed, the
counts of all contenders are compared with ours, to the last one.
"""

from __future__ import annotations

import argparse
import gc
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from typing import Any

# Before polars is imported.
os.environ["POLARS_MAX_THREADS"] = "2"

import numpy as np  # noqa: E402
import pyarrow as pa  # noqa: E402

import data  # noqa: E402
import peers  # noqa: E402

THREE = [peers.BODY, peers.OFFICER, peers.MONTHS]
#: The work, its groupings, the input, and how many times faster than the fastest peer we want to be.
WORK: list[tuple[str, list[peers.Grouping], str, float]] = [
    ("by body, dictionary keys", [peers.BODY], "keys", 6),
    ("by officer, dictionary keys", [peers.OFFICER], "keys", 6),
    ("body x field x month, dictionary keys", [peers.MONTHS], "keys", 10),
    ("all three together, dictionary keys", THREE, "keys", 12),
    ("all three together, plain text keys", THREE, "text", 4),
    ("CSV file to all three", THREE, "csv", 5),
]


#: Whoever takes so many times as long as the fastest in the first run is not run again.
FAR = 6


def check(answers: dict[str, list[peers.Counts]]) -> None:
    ours = answers["caicach"]
    assert all(ours), "nothing was counted"
    for name, theirs in answers.items():
        for mine, other in zip(ours, theirs, strict=True):
            if mine != other:
                keys = [key for key in mine.keys() | other.keys() if mine.get(key) != other.get(key)]
                key = keys[0]
                raise SystemExit(f"{name} counts otherwise: {key}: {other.get(key)}, we {mine.get(key)} ({len(keys)} keys)")


def used(groupings: list[peers.Grouping], made: pa.Table) -> int:
    """The bytes of the columns that a request is about."""
    names = {name for by in groupings for name in by if name != "month"} | {"channel", "received", "due", "completed"}
    return sum(chunk.nbytes for name in names for chunk in made[name].chunks)


def plain_read(size: int) -> float:
    """Seconds that two threads take to read and add so many bytes, at best."""
    words = np.ones(size // 8, np.uint64)
    halves = np.array_split(words, 2)
    times = []
    for _ in range(5):
        start = time.perf_counter()
        threads = [threading.Thread(target=np.add.reduce, args=(half,)) for half in halves]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        times.append(time.perf_counter() - start)
    return min(times)


def seconds(call: Callable[[], Any]) -> float:
    gc.collect()
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def timed(rows: int, runs: int, path: pathlib.Path, only: list[str], wanted: list[str]) -> None:
    made = {"keys": data.table(rows)}
    made["text"] = data.plain(made["keys"])
    data.write_csv(made["keys"], path)
    kinds = [kind for kind in peers.CONTENDERS if not only or kind is peers.Caicach or any(w in kind.name for w in only)]
    print(f"| work, {rows:_} rows".replace("_", " "), *(kind.name for kind in kinds), "times the fastest peer | aim |", sep=" | ")
    print("|---" * (len(kinds) + 3) + "|")
    reads = []
    for work, groupings, source, aim in WORK:
        if wanted and not any(word in work for word in wanted):
            continue
        contenders = [kind(None if source == "csv" else made[source]) for kind in kinds]

        def call(contender: Any, source: str = source, groupings: list[peers.Grouping] = groupings) -> Any:
            return contender.csv(path, groupings) if source == "csv" else contender.run(groupings)

        # The first run is compared, and is the only one of whoever is far behind.
        answers, first = {}, {}
        for contender in contenders:
            gc.collect()
            start = time.perf_counter()
            answer = call(contender)
            first[contender.name] = time.perf_counter() - start
            answers[contender.name] = contender.counts(answer)
            del answer
        check(answers)
        del answers
        near = [contender for contender in contenders if first[contender.name] < FAR * min(first.values())]
        times: dict[str, list[float]] = {name: [] if any(n.name == name for n in near) else [of] for name, of in first.items()}
        for _ in range(runs):
            for contender in near:
                times[contender.name].append(seconds(lambda contender=contender: call(contender)))
        medians = {name: statistics.median(of) for name, of in times.items()}
        fastest = min(time for name, time in medians.items() if name != "caicach")
        cells = [f"{1000 * medians[kind.name]:.0f} ms" for kind in kinds]
        print(f"| {work} |", " | ".join(cells), f"| {fastest / medians['caicach']:.1f} | {aim:g} |", flush=True)
        size = path.stat().st_size if source == "csv" else used(groupings, made[source])
        reads.append((work, size, medians["caicach"], plain_read(size)))
        del contenders
    print(f"\nMedians of {runs} interleaved runs, {peers.THREADS} threads; counts of all contenders were equal.\n")
    print("| work | bytes | caicach | plain read of the same bytes | times it |\n|---|---|---|---|---|")
    for work, size, ours, read in reads:
        print(f"| {work} | {size / 1e6:.0f} MB | {1000 * ours:.0f} ms | {1000 * read:.1f} ms | {ours / read:.1f} |")


CHILD = """
import sys, pathlib, os
os.environ["POLARS_MAX_THREADS"] = "2"
sys.path.insert(0, {folder!r})
import peers
kind = peers.CONTENDERS[{index}]
groupings = [peers.BODY, peers.OFFICER, peers.MONTHS]

def status(name):
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(name))

if {source!r} == "csv":
    contender = kind(None)
    before = 0
else:
    import pyarrow as pa
    with pa.OSFile({source!r}) as file:
        contender = kind(pa.ipc.open_file(file).read_all())
    # From here on the peak is counted anew.
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")
    before = status("VmRSS")
answer = contender.csv(pathlib.Path({path!r}), groupings) if {source!r} == "csv" else contender.run(groupings)
print(status("VmHWM") - before)
"""

#: What the CSV row reports of us has to be free of what only peers import.
ALONE = """
import caicach, datetime, sys
tally = caicach.Tally.from_csv({path!r}, as_of=datetime.date(2024, 12, 31), by=["body", "officer", "body,field,month"], threads=2)
with open("/proc/self/status") as file:
    print(next(int(line.split()[1]) for line in file if line.startswith("VmHWM")))
"""


def memory(rows: int, path: pathlib.Path) -> None:
    """Peak of memory in a process of its own."""
    if not pathlib.Path("/proc/self/clear_refs").exists():
        print("\nMemory is measured on Linux only.")
        return

    def child(code: str) -> float:
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        # DuckDB draws a bar of its progress first.
        return int(done.stdout.split()[-1]) / 1000

    folder = str(pathlib.Path(__file__).parent)
    ipc = path.with_suffix(".arrow")
    made = data.table(rows)
    with pa.OSFile(str(ipc), "wb") as sink, pa.ipc.new_file(sink, made.schema) as writer:
        writer.write_table(made)
    del made
    print(f"\n| peak memory, all three, {rows:_} rows".replace("_", " "), *(kind.name for kind in peers.CONTENDERS), "aim |", sep=" | ")
    print("|---" * (len(peers.CONTENDERS) + 2) + "|")
    extra = [child(CHILD.format(folder=folder, index=i, source=str(ipc), path="")) for i in range(len(peers.CONTENDERS))]
    print("| beyond the input, dictionary keys |", " | ".join(f"{of:.0f} MB" for of in extra), "| 10 MB |")
    whole = [child(ALONE.format(path=str(path)))]
    whole += [child(CHILD.format(folder=folder, index=i, source="csv", path=str(path))) for i in range(1, len(peers.CONTENDERS))]
    size = path.stat().st_size / 1e6
    print(f"| whole process, CSV of {size:.0f} MB |", " | ".join(f"{of:.0f} MB" for of in whole), "| 150 MB |")


def growth(runs: int) -> None:
    print("\n| rows, all three, dictionary keys | caicach | for 1 million |\n|---|---|---|")
    for rows in (1_000_000, 10_000_000, 50_000_000):
        contender = peers.Caicach(data.table(rows))
        contender.run(THREE)
        median = statistics.median(seconds(lambda contender=contender: contender.run(THREE)) for _ in range(runs))
        print(f"| {rows:_}".replace("_", " "), f"{1000 * median:.0f} ms", f"{1000 * median / rows * 1e6:.1f} ms |", sep=" | ")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--work", nargs="*", default=[], help="work whose name holds one of these words")
    parser.add_argument("--only", nargs="*", default=[], help="peers whose names hold one of these words")
    chosen = parser.parse_args()
    import caicach
    import duckdb
    import pandas
    import polars

    versions = f"caicach {caicach.__version__}, polars {polars.__version__}, DuckDB {duckdb.__version__}, " \
        f"pyarrow {pa.__version__}, pandas {pandas.__version__}, Python {platform.python_version()}"
    print(f"{versions}; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start.\n")
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "dossiers.csv"
        timed(chosen.rows, chosen.runs, path, chosen.only, chosen.work)
        memory(chosen.rows, path)
    if chosen.growth:
        growth(chosen.runs)
    print(f"\nLoad {os.getloadavg()[0]:.1f} at the end.")


if __name__ == "__main__":
    main()
