"""Made-up dossiers of a city's size and beyond, the same for the same number of rows."""

from __future__ import annotations

import datetime
import pathlib

import numpy as np
import pyarrow as pa
import pyarrow.csv

BODIES, OFFICERS, FIELDS = 120, 3000, 40
AS_OF = datetime.date(2024, 12, 31)
FIRST = (datetime.date(2024, 1, 1) - datetime.date(1970, 1, 1)).days
DAYS = 366
#: Rows made at a time.
PIECE = 1_000_000

KEYS = ("body", "officer", "field", "channel")
NAMES = {
    "body": [f"UBND phường số {number}" for number in range(BODIES)],
    "officer": [f"Nguyễn Thị {number:04}" for number in range(OFFICERS)],
    "field": [f"Lĩnh vực {number}" for number in range(FIELDS)],
    "channel": ["online", "direct", "postal"],
}


def _piece(rows: int, seed: int) -> pa.RecordBatch:
    rng = np.random.default_rng(seed)
    officer = rng.integers(0, OFFICERS, rows, dtype=np.int32)
    codes = {
        # An officer serves one body.
        "body": officer % BODIES,
        "officer": officer,
        # Some fields are common, most are rare.
        "field": (rng.random(rows) ** 2 * FIELDS).astype(np.int32),
        "channel": rng.choice(3, rows, p=[0.6, 0.35, 0.05]).astype(np.int32),
    }
    received = (FIRST + rng.integers(0, DAYS, rows)).astype(np.int32)
    # On the day of an export nobody knows more than that day; a few rows are from an export of the next.
    next_day = rng.random(rows) < 0.001
    received[next_day] = FIRST + DAYS
    due = received + rng.integers(1, 30, rows).astype(np.int32)
    completed = np.maximum(due + rng.integers(-12, 4, rows).astype(np.int32), received)
    open_still = (completed > FIRST + DAYS - 1 + next_day) | (rng.random(rows) < 0.01)
    arrays = [pa.DictionaryArray.from_arrays(pa.array(codes[key]), pa.array(NAMES[key])) for key in KEYS]
    arrays += [pa.array(days, pa.int32()).cast(pa.date32()) for days in (received, due)]
    arrays.append(pa.array(completed, pa.int32(), mask=open_still).cast(pa.date32()))
    return pa.record_batch(arrays, [*KEYS, "received", "due", "completed"])


def table(rows: int) -> pa.Table:
    """Names as dictionaries of 32-bit codes, days as date32; one chunk, as every peer likes it best."""
    pieces = [_piece(min(PIECE, rows - start), start // PIECE) for start in range(0, rows, PIECE)]
    return pa.Table.from_batches(pieces).combine_chunks()


def plain(made: pa.Table) -> pa.Table:
    """The same with names as plain text."""
    for key in KEYS:
        made = made.set_column(made.schema.get_field_index(key), key, made[key].cast(pa.large_string()))
    return made


def write_csv(made: pa.Table, path: pathlib.Path) -> None:
    """The same as a CSV file with ISO dates, which every peer reads fastest."""
    options = pa.csv.WriteOptions(quoting_style="none")
    with pa.csv.CSVWriter(path, plain(made.slice(0, 0)).schema, write_options=options) as writer:
        for start in range(0, made.num_rows, PIECE):
            writer.write_table(plain(made.slice(start, PIECE)))
