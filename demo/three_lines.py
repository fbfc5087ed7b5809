"""The same answer in three lines of Python: what a cell of a notebook would hold."""

import pathlib

import caicach

facts = caicach.Facts.load(pathlib.Path(__file__).with_name("nha-trang.json"))
assessment = caicach.Plan.builtin().assess(facts, as_of="2025-01-15")

print("Python:", ", ".join(f"{verdict} {count}" for verdict, count in sorted(assessment.summary.verdicts.items())))
