"""Spark's result is that of one machine, to the last count. Skipped only where pyspark is not installed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

import caicach
import pytest

from dossiers import TERMS, columns, csv, rows

pyspark = pytest.importorskip("pyspark")
pa = pytest.importorskip("pyarrow")

BY = [["body"], ["officer"], ["body", "field", "month"]]
MADE = rows(5000, seed=3)


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local[2]").appName("caicach")
        .config("spark.ui.enabled", "false").config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1").config("spark.driver.memory", "1g")
        .config("spark.sql.session.timeZone", "UTC").config("spark.sql.execution.arrow.maxRecordsPerBatch", "100")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def frame(spark: Any, made: list[dict[str, Any]], partitions: int) -> Any:
    schema = "body string, officer string, field string, channel string, received date, due date, completed date, " \
        "cancelled boolean, supplement_requests int, apology boolean, satisfied boolean"
    return spark.createDataFrame([tuple(row.values()) for row in made], schema).repartition(partitions)


def test_spark_counts_as_one_machine(spark: Any) -> None:
    import caicach.spark

    one = caicach.Tally.from_csv(csv(MADE), **TERMS, by=BY)
    df = frame(spark, MADE, 23)
    assert df.rdd.getNumPartitions() == 23
    found = caicach.spark.tally(df, **TERMS, by=BY, merge_into=5)
    assert found == one
    assert found.counts("body,field,month") == one.counts("body,field,month")
    assert found.to_facts(["body"]) == one.to_facts(["body"])


def test_empty_partitions_rejects_and_errors(spark: Any) -> None:
    import caicach.spark

    made = [{**MADE[0], "due": None}, *MADE[1:8]]
    df = frame(spark, made, 40)
    found = caicach.spark.tally(df, **TERMS, by="body")
    assert found == caicach.Tally.from_arrow(pa.table(columns(made)), **TERMS, by="body")
    reject, = found.rejects
    assert reject.reason == "missing_due" and reject.source.startswith("partition ") and reject.line >= 1
    with pytest.raises(caicach.TallyError) as error:
        caicach.spark.tally(df, **TERMS, by="colour")
    assert error.value.code == "unknown_dimension"
    for other, code in ((df.drop("due"), "no_column"), (df.withColumn("due", df["body"]), "wrong_type")):
        with pytest.raises(caicach.TallyError) as error:
            caicach.spark.tally(other, **TERMS, by="body")
        assert error.value.code == code
    with pytest.raises(caicach.TallyError) as error:
        caicach.spark.tally(df.drop("officer"), **TERMS, by="officer")
    assert error.value.code == "no_column"
    two = frame(spark, [{**row, "body": None} for row in MADE[:2]], 2)
    with pytest.raises(caicach.TallyError) as error:
        caicach.spark.tally(two, **TERMS, reject_limit=1)
    assert error.value.code == "too_many_rejects"
