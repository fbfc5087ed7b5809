"""Form II.06a of a country on Spark: python spark_tally.py dossiers.parquet 2025-01-01 2025-12-31

The rows stay where they are; what comes to this machine is one tally. Run with spark-submit on a cluster whose executors
have caicach installed, or as it is for Spark's local mode.
"""

from __future__ import annotations

import sys

import caicach
import caicach.spark
from pyspark.sql import SparkSession


def main(path: str, start: str, as_of: str) -> None:
    spark = SparkSession.builder.appName("form II.06a").getOrCreate()
    df = spark.read.parquet(path)
    by = [["body", "officer"], ["body", "field", "month"]]
    tally = caicach.spark.tally(df, start=start, as_of=as_of, by=by)
    spark.stop()
    print(tally.reckoning)
    for reject in list(tally.rejects)[:3]:
        print(reject)
    for row in sorted(tally.counts("body"), key=lambda row: -row.resolved_late)[:10]:
        late, resolved = row.late_share
        print(f"{row.body}: {late} of {resolved} late")
    # The rules of a plan read the same counts.
    assessment = caicach.Plan.builtin().assess(tally.to_facts(source=path), as_of=as_of)
    for finding in assessment.select(rule="late_share_caps_rank", verdict="binding"):
        print(finding.explanation())


if __name__ == "__main__":
    main(*sys.argv[1:4])
