"""Tallies on Apache Spark (extra ``spark``): each executor counts its partitions, Spark merges what they found.

    import caicach.spark
    tally = caicach.spark.tally(df, as_of="2025-12-31", start="2025-01-01", by=[["body"], ["body", "field", "month"]])

``df`` is a DataFrame of dossiers, read by Spark from wherever it lies; the result is a ``caicach.Tally``, the same to the
last count as of one machine. caicach has to be installed where the executors run. What travels between machines is one
tally for each partition, its size that of the groups in it and not of the rows.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from pyarrow import RecordBatch as _RecordBatch
    from pyarrow import Table as _Table
    from pyspark.sql import DataFrame as _DataFrame

    from .types import Day, Groupings

import pickle

from ._core import Problem, Tally
from .exceptions import TallyError

__all__ = ["tally"]

_SCHEMA = "tally binary"


def _one(tally: Tally) -> _RecordBatch:
    import pyarrow

    return pyarrow.record_batch({"tally": pyarrow.array([pickle.dumps(tally)], pyarrow.binary())})


def _counter(options: Mapping[str, Any]) -> Callable[[Iterator[_RecordBatch]], Iterator[_RecordBatch]]:
    def count(batches: Iterator[_RecordBatch]) -> Iterator[_RecordBatch]:
        from pyspark import TaskContext

        context = TaskContext.get()
        label = "" if context is None else f"partition {context.partitionId()}"
        yield _one(Tally.from_arrow(batches, label=label, **options))

    return count


def _merged(batches: Iterator[_RecordBatch]) -> Iterator[_RecordBatch]:
    found: Tally | None = None
    for batch in batches:
        for part in batch.column(0):
            part_tally: Tally = pickle.loads(part.as_py())
            found = part_tally if found is None else found + part_tally
    if found is not None:
        yield _one(found)


def tally(
    df: _DataFrame,
    *,
    as_of: Day,
    by: Groupings | None = None,
    start: Day | None = None,
    suspension: str = "working",
    repeat_supplement: str = "ignore",
    cancelled: str = "counted",
    mapping: Mapping[str, str | None] | None = None,
    keep_rejects: int = 10_000,
    reject_limit: int | None = None,
    merge_into: int = 16,
) -> Tally:
    """Counts the rows of a Spark DataFrame; options are those of ``Tally.from_arrow``, working days those of the built-in
    calendar.

    Each partition is counted by one thread, as Spark gives a task one core. What is more than ``reject_limit`` is found
    out in the end. The tallies of partitions are merged on the
    executors into ``merge_into`` before they come to the driver. A rejected row says its partition and its place there.
    """
    options: dict[str, Any] = {
        "as_of": as_of, "by": _plain(by), "start": start, "suspension": suspension,
        "repeat_supplement": repeat_supplement, "cancelled": cancelled, "mapping": None if mapping is None else dict(mapping),
        "keep_rejects": keep_rejects, "threads": 1,
    }
    # Wrong options and columns are told here, not from an executor; the tally of no rows begins the sum.
    whole = Tally.from_arrow(_no_rows(df), **options)
    parts = df.mapInArrow(_counter(options), _SCHEMA)
    parts = parts.repartition(merge_into).mapInArrow(_merged, _SCHEMA)
    for row in parts.toLocalIterator():
        part: Tally = pickle.loads(bytes(row["tally"]))
        whole += part
    rejected = whole.rejects.total
    if reject_limit is not None and rejected > reject_limit:
        message = f"{rejected} rows were rejected, more than the {reject_limit} allowed"
        raise TallyError(message, [Problem("too_many_rejects", "", message)])
    return whole


def _no_rows(df: _DataFrame) -> _Table:
    from pyspark.sql.pandas.types import to_arrow_schema

    none: _Table = to_arrow_schema(df.schema).empty_table()
    return none


def _plain(by: Groupings | None) -> Any:
    """Groupings as what can be read twice and sent anywhere."""
    if by is None or isinstance(by, str):
        return by
    return [grouping if isinstance(grouping, str) else list(grouping) for grouping in by]
