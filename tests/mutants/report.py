"""Says what a campaign found, beside what explained.toml explains."""
import collections
import tomllib
from pathlib import Path

EXPLAINED = Path(__file__).with_name("explained.toml")
COLUMNS = ("caught", "timeout", "explained", "missed", "plain", "unviable", "unknown")


def explanations():
    return tomllib.loads(EXPLAINED.read_text())["mutant"]


def explains(entry, mutant):
    """Whether an explanation speaks of a mutant: by its file, its change and, where it gives one, its line."""
    if entry["file"] != mutant["file"] or entry["change"] not in mutant["change"]:
        return False
    return entry.get("line", "") in mutant["line"]


def folder(mutant):
    """The folder of the core that a mutant stands in, or the file where that stands in none."""
    return mutant["file"].split("/src/", 1)[1].split("/", 1)[0]


def state(mutant, result, used):
    """The column of a mutant."""
    if result is None:
        return "unknown"
    if result["state"] not in ("missed", "unreached"):
        return result["state"]
    for place, entry in enumerate(explanations_once()):
        if explains(entry, mutant):
            used.add(place)
            return "explained"
    return "missed"


def explanations_once(kept=[]):
    if not kept:
        kept.append(explanations())
    return kept[0]


def tell(mutants, results):
    """Prints the table and what is missed. Gives the exit status."""
    used, missed = set(), []
    table = collections.defaultdict(collections.Counter)
    for mutant in mutants.values():
        column = state(mutant, results.of(mutant), used)
        table[folder(mutant)][column] += 1
        if column == "missed":
            missed.append(mutant)
    print("folder", "all", *COLUMNS, sep="\t")
    total = collections.Counter()
    for name, counts in sorted(table.items()):
        total.update(counts)
        print(name, sum(counts.values()), *(counts[column] for column in COLUMNS), sep="\t")
    print("all", sum(total.values()), *(total[column] for column in COLUMNS), sep="\t")
    for mutant in missed:
        print(f"missed: {mutant['name']}\n    {mutant['line']}")
    files = {mutant["file"] for mutant in mutants.values()}
    for place, entry in enumerate(explanations_once()):
        if place not in used and entry["file"] in files and not total["unknown"]:
            print(f"explains nothing: {entry['file']} {entry['change']}")
    return 1 if missed else 0
