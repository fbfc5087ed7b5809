"""The same counts by caicach and by its peers, each by its best idiom.

Every contender answers requests, each a list of groupings, with one table for each grouping: a dict of key to counts.
By body or officer these are the columns of form II.06a (new dossiers by channel; early, on time, late; pending in time
and overdue). By month it is what came in that month by channel and what was resolved in it: early, on time, late.
"""

from __future__ import annotations

import pathlib
from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from data import AS_OF, KEYS

THREADS = 2
Grouping = tuple[str, ...]
Counts = dict[tuple[Any, ...], tuple[int, ...]]

BODY: Grouping = ("body",)
OFFICER: Grouping = ("officer",)
MONTHS: Grouping = ("body", "field", "month")

CHANNELS = ("online", "direct", "postal")
OUTCOMES = ("early", "on_time", "late")
PENDING = ("in_time", "overdue")
COLUMNS = (*CHANNELS, *OUTCOMES, *PENDING)


def _month(value: Any) -> tuple[int, int]:
    if isinstance(value, int):
        # Year times twelve and the month, from 1 on.
        return (value - 1) // 12, (value - 1) % 12 + 1
    return value.year, value.month


def _unfold(rows: Iterable[tuple[tuple[Any, ...], str, int, int]]) -> Counts:
    """Counts of rows by channel and what became of them, as columns."""
    sums: dict[tuple[Any, ...], list[int]] = {}
    for key, channel, became, count in rows:
        row = sums.setdefault(key, [0] * len(COLUMNS))
        row[CHANNELS.index(channel)] += count
        row[len(CHANNELS) + became] += count
    return {key: tuple(row) for key, row in sums.items()}


class Caicach:
    name = "caicach"

    def __init__(self, made: pa.Table | None) -> None:
        import caicach

        assert caicach.Tally
        self.made = made

    def run(self, groupings: list[Grouping]) -> Any:
        import caicach

        return caicach.Tally.from_arrow(self.made, as_of=AS_OF, by=groupings, threads=THREADS), groupings

    def csv(self, path: pathlib.Path, groupings: list[Grouping]) -> Any:
        import caicach

        return caicach.Tally.from_csv(path, as_of=AS_OF, by=groupings, threads=THREADS), groupings

    def counts(self, answer: Any) -> list[Counts]:
        tally, groupings = answer
        names = ("received_online", "received_direct", "received_postal",
                 "resolved_early", "resolved_on_time", "resolved_late", "pending_in_time", "pending_overdue")
        out = []
        for by in groupings:
            months = "month" in by
            found: Counts = {}
            for row in tally.counts(list(by)):
                key = tuple(_month(row.month) if name == "month" else getattr(row, name) for name in by)
                values = tuple(getattr(row, name) for name in (names[:6] if months else names))
                if any(values):
                    found[key] = values
            out.append(found)
        return out


def _merge_months(rows: list[tuple[tuple[Any, ...], tuple[int, ...]]]) -> Counts:
    """Received and resolved of a month side by side."""
    out: Counts = {}
    for key, values in rows:
        if any(values):
            out[key] = tuple(a + b for a, b in zip(out.get(key, (0,) * 6), values, strict=True))
    return out


class Polars:
    name = "polars, streaming"
    engine = "streaming"

    def __init__(self, made: pa.Table | None) -> None:
        import polars as pl

        self.made = None
        if made is not None:
            dictionary = pa.types.is_dictionary(made.schema.field("body").type)
            self.made = pl.DataFrame(made).with_columns(pl.col(KEYS).cast(pl.Categorical if dictionary else pl.String))

    def _queries(self, frame: Any, groupings: list[Grouping]) -> list[Any]:
        import polars as pl

        done = pl.col("completed") <= AS_OF
        completed, due, received = pl.col("completed"), pl.col("due"), pl.col("received")
        frame = frame.filter(received <= AS_OF)
        channels = [(pl.col("channel") == word).sum().alias(word) for word in CHANNELS]
        outcomes = [(done & (completed < due)).sum().alias("early"), (done & (completed == due)).sum().alias("on_time"),
                    (done & (completed > due)).sum().alias("late")]
        waiting = done.fill_null(False).not_()
        pending = [(waiting & (due >= AS_OF)).sum().alias("in_time"), (waiting & (due < AS_OF)).sum().alias("overdue")]
        # One number for what became of a row, its place in (*OUTCOMES, *PENDING).
        became = pl.when(done).then(pl.when(completed < due).then(0).when(completed == due).then(1).otherwise(2)) \
            .otherwise(pl.when(due >= AS_OF).then(3).otherwise(4)).cast(pl.UInt8).alias("became")

        def month(day: pl.Expr) -> pl.Expr:
            # Quicker than truncating.
            return (day.dt.year() * 12 + day.dt.month()).alias("month")

        queries = []
        for by in groupings:
            if by == BODY:
                # Where groups are few, rows are counted by what they are; where they are many, flags are added.
                queries.append(frame.group_by(*by, "channel", became).agg(pl.len()))
            elif "month" not in by:
                queries.append(frame.group_by(by).agg(*channels, *outcomes, *pending))
            else:
                keys = [name for name in by if name != "month"]
                queries.append(frame.group_by(*keys, month(received)).agg(*channels))
                queries.append(frame.filter(done).group_by(*keys, month(completed)).agg(*outcomes))
        return queries

    def run(self, groupings: list[Grouping]) -> Any:
        return self._collect(self.made.lazy(), groupings)  # type: ignore[attr-defined]

    def _collect(self, frame: Any, groupings: list[Grouping]) -> Any:
        import polars as pl

        return pl.collect_all(self._queries(frame, groupings), engine=self.engine), groupings

    def csv(self, path: pathlib.Path, groupings: list[Grouping]) -> Any:
        import polars as pl

        days = {name: pl.Date for name in ("received", "due", "completed")}
        return self._collect(pl.scan_csv(path, schema_overrides=days), groupings)

    def counts(self, answer: Any) -> list[Counts]:
        frames, groupings = answer
        frames, out = list(frames), []
        for by in groupings:
            if by == BODY:
                rows = ((row["body"], row["channel"], row["became"], row["len"]) for row in frames.pop(0).to_dicts())
                out.append(_unfold(((key,), channel, became, count) for key, channel, became, count in rows))
                continue
            if "month" not in by:
                out.append({tuple(row[name] for name in by): tuple(row[name] for name in COLUMNS)
                            for row in frames.pop(0).to_dicts()})
                continue
            rows = []
            for names in (CHANNELS, OUTCOMES):
                for row in frames.pop(0).to_dicts():
                    values = tuple(row.get(name, 0) for name in (*CHANNELS, *OUTCOMES))
                    rows.append(((*(row[name] for name in by if name != "month"), _month(row["month"])), values))
            out.append(_merge_months(rows))
        return out


class PolarsInMemory(Polars):
    name = "polars, in memory"
    engine = "in-memory"


class DuckDB:
    name = "DuckDB, over Arrow"

    def __init__(self, made: pa.Table | None) -> None:
        import duckdb

        self.db = duckdb.connect()
        self.db.execute(f"set threads to {THREADS}")
        if made is not None:
            self._take(made)

    def _take(self, made: pa.Table) -> None:
        self.db.register("dossiers", made)

    def _answer(self, source: str, groupings: list[Grouping]) -> Any:
        day = f"date '{AS_OF}'"
        resolved = "case when completed < due then 0 when completed = due then 1 else 2 end"
        became = f"case when completed <= {day} then {resolved} when due >= {day} then 3 else 4 end"
        rows = f"from {source} where received <= {day}"
        # To count rows by what they are is twice as quick as filtered counts, and to number months than to truncate days.
        queries = []
        for by in groupings:
            keys = ", ".join(name for name in by if name != "month")
            if "month" not in by:
                queries.append(f"select {keys}, channel, {became}, count(*) {rows} group by all")
                continue
            month = "year({0}) * 12 + month({0})"
            queries.append(f"select {keys}, {month.format('received')}, channel, count(*) {rows} group by all")
            queries.append(f"select {keys}, {month.format('completed')}, {resolved}, count(*) {rows} "
                           f"and completed <= {day} group by all")
        return [self.db.sql(query).to_arrow_table() for query in queries], groupings

    def run(self, groupings: list[Grouping]) -> Any:
        return self._answer("dossiers", groupings)

    def csv(self, path: pathlib.Path, groupings: list[Grouping]) -> Any:
        types = ", ".join([*(f"'{key}': 'VARCHAR'" for key in KEYS),
                           *(f"'{day}': 'DATE'" for day in ("received", "due", "completed"))])
        return self._answer(f"read_csv('{path}', header = true, columns = {{{types}}})", groupings)

    def counts(self, answer: Any) -> list[Counts]:
        tables, groupings = answer
        tables, out = list(tables), []

        def rows() -> list[tuple[Any, ...]]:
            return list(zip(*(column.to_pylist() for column in tables.pop(0).columns), strict=True))

        for by in groupings:
            if "month" not in by:
                out.append(_unfold((row[:-3], *row[-3:]) for row in rows()))
                continue
            found = []
            for place in (CHANNELS.index, lambda outcome: len(CHANNELS) + outcome):
                for *key, month, what, count in rows():
                    values = tuple(count if at == place(what) else 0 for at in range(6))
                    found.append(((*key, _month(month)), values))
            out.append(_merge_months(found))
        return out


class DuckDBTable(DuckDB):
    name = "DuckDB, its own table"

    def _take(self, made: pa.Table) -> None:
        self.db.register("given", made)
        enums = ""
        if pa.types.is_dictionary(made.schema.field("body").type):
            for key in KEYS:
                self.db.execute(f"create type {key}s as enum (select distinct {key}::varchar from given)")
            enums = " replace (" + ", ".join(f"{key}::varchar::{key}s as {key}" for key in KEYS) + ")"
        self.db.execute(f"create table dossiers as select *{enums} from given")
        self.db.unregister("given")


class PyArrow:
    name = "pyarrow"

    def __init__(self, made: pa.Table | None) -> None:
        pa.set_cpu_count(THREADS)
        self.made = made

    def run(self, groupings: list[Grouping]) -> Any:
        assert self.made is not None
        return self._answer(self.made, groupings)

    def _answer(self, made: pa.Table, groupings: list[Grouping]) -> Any:
        made = made.filter(pc.less_equal(made["received"], pa.scalar(AS_OF, pa.date32())))
        day = pa.scalar(AS_OF, pa.date32())
        done = pc.fill_null(pc.less_equal(made["completed"], day), False)
        columns = {word: pc.equal(made["channel"], word) for word in CHANNELS}
        for name, compare in zip(OUTCOMES, (pc.less, pc.equal, pc.greater), strict=True):
            columns[name] = pc.and_kleene(done, compare(made["completed"], made["due"]))
        if any("month" not in by for by in groupings):
            waiting = pc.invert(done)
            columns["in_time"] = pc.and_(waiting, pc.greater_equal(made["due"], day))
            columns["overdue"] = pc.and_(waiting, pc.less(made["due"], day))
        flags = pa.table({**{key: made[key] for key in KEYS}, **columns})

        def sums(of: pa.Table, keys: list[str], names: tuple[str, ...]) -> pa.Table:
            return of.select([*keys, *names]).group_by(keys).aggregate([(name, "sum") for name in names])

        out = []
        for by in groupings:
            if "month" not in by:
                out.append(sums(flags, list(by), COLUMNS))
                continue
            keys = [name for name in by if name != "month"]
            month = pc.floor_temporal(made["received"], unit="month")
            out.append(sums(flags.append_column("month", month), [*keys, "month"], CHANNELS))
            month = pc.floor_temporal(made["completed"], unit="month")
            out.append(sums(flags.append_column("month", month).filter(done), [*keys, "month"], OUTCOMES))
        return out, groupings

    def csv(self, path: pathlib.Path, groupings: list[Grouping]) -> Any:
        text = pa.dictionary(pa.int32(), pa.string())
        types = {**{key: text for key in KEYS}, **{day: pa.date32() for day in ("received", "due", "completed")}}
        # Pieces of a file have dictionaries of their own, which a grouping by several keys needs to be one.
        made = pa.csv.read_csv(path, convert_options=pa.csv.ConvertOptions(column_types=types)).unify_dictionaries()
        return self._answer(made, groupings)

    def counts(self, answer: Any) -> list[Counts]:
        tables, groupings = answer
        tables, out = list(tables), []
        for by in groupings:
            if "month" not in by:
                out.append({tuple(row[name] for name in by): tuple(row[f"{name}_sum"] or 0 for name in COLUMNS)
                            for row in tables.pop(0).to_pylist()})
                continue
            rows = []
            for _ in range(2):
                for row in tables.pop(0).to_pylist():
                    values = tuple(row.get(f"{name}_sum") or 0 for name in (*CHANNELS, *OUTCOMES))
                    rows.append(((*(row[name] for name in by if name != "month"), _month(row["month"])), values))
            out.append(_merge_months(rows))
        return out


class Pandas:
    name = "pandas"

    def __init__(self, made: pa.Table | None) -> None:
        self.made = None
        if made is not None:
            self.made = made.to_pandas(date_as_object=False)

    def run(self, groupings: list[Grouping]) -> Any:
        return self._answer(self.made, groupings)

    def _answer(self, made: Any, groupings: list[Grouping]) -> Any:
        import pandas as pd

        day = pd.Timestamp(AS_OF)
        made = made[made["received"] <= day]
        done = made["completed"] <= day
        columns = {word: made["channel"] == word for word in CHANNELS}
        columns |= {"early": done & (made["completed"] < made["due"]), "on_time": done & (made["completed"] == made["due"]),
                    "late": done & (made["completed"] > made["due"])}
        columns |= {"in_time": ~done & (made["due"] >= day), "overdue": ~done & (made["due"] < day)}
        flags = pd.DataFrame(columns)

        def month(name: str) -> Any:
            return made[name].to_numpy().astype("datetime64[M]")

        out = []
        for by in groupings:
            if "month" not in by:
                out.append(flags.groupby([made[name] for name in by], observed=True, sort=False).sum())
                continue
            keys = [made[name] for name in by if name != "month"]
            came = pd.Series(month("received"), index=made.index, name="month")
            out.append(flags[list(CHANNELS)].groupby([*keys, came], observed=True, sort=False).sum())
            went = pd.Series(month("completed"), index=made.index, name="month")[done]
            keys = [key[done] for key in keys]
            out.append(flags.loc[done, list(OUTCOMES)].groupby([*keys, went], observed=True, sort=False).sum())
        return out, groupings

    def csv(self, path: pathlib.Path, groupings: list[Grouping]) -> Any:
        import pandas as pd

        made = pd.read_csv(path, engine="pyarrow", parse_dates=["received", "due", "completed"],
                           dtype={key: "category" for key in KEYS})
        return self._answer(made, groupings)

    def counts(self, answer: Any) -> list[Counts]:
        frames, groupings = answer
        frames, out = list(frames), []
        for by in groupings:
            if "month" not in by:
                rows = frames.pop(0).reset_index().to_dict("records")
                out.append({tuple(row[name] for name in by): tuple(row[name] for name in COLUMNS) for row in rows})
                continue
            found = []
            for _ in range(2):
                for row in frames.pop(0).reset_index().to_dict("records"):
                    values = tuple(row.get(name, 0) for name in (*CHANNELS, *OUTCOMES))
                    found.append(((*(row[name] for name in by if name != "month"), _month(row["month"])), values))
            out.append(_merge_months(found))
        return out


CONTENDERS = [Caicach, Polars, PolarsInMemory, DuckDB, DuckDBTable, PyArrow, Pandas]
