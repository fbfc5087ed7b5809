"""Tallies from whatever gives Arrow data: every library, every type, sliced and chunked, all the same."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import caicach
import pytest

from dossiers import TERMS, columns, csv, rows

pa = pytest.importorskip("pyarrow")
pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")
duckdb = pytest.importorskip("duckdb")

BY = [["body"], ["officer"], ["body", "field", "month"]]
MADE = rows(2000)
WHOLE = caicach.Tally.from_csv(csv(MADE), **TERMS, by=BY)
TABLE = pa.table(columns(MADE))


def count(data: Any, **options: Any) -> caicach.Tally:
    return caicach.Tally.from_arrow(data, **{**TERMS, "by": BY, **options})


def replaced(name: str, array: Any) -> Any:
    return TABLE.set_column(TABLE.schema.get_field_index(name), name, array)


def batches() -> Iterator[Any]:
    yield from TABLE.to_batches(max_chunksize=300)


def test_arrow_is_csv() -> None:
    assert count(TABLE) == WHOLE
    assert WHOLE.reckoning.rejected == 0


@pytest.mark.parametrize("data", [
    lambda: TABLE.to_batches()[0],
    lambda: pa.RecordBatchReader.from_batches(TABLE.schema, batches()),
    lambda: pa.concat_tables([TABLE.slice(0, 37), TABLE.slice(37, 1000), TABLE.slice(1037)]),
    lambda: batches(),
    lambda: [TABLE.slice(1000), TABLE.slice(0, 1000).to_batches()[0], []],
    lambda: pl.DataFrame(TABLE),
    lambda: pl.DataFrame(TABLE).lazy(),
    lambda: pl.concat([pl.DataFrame(TABLE)[:50], pl.DataFrame(TABLE)[50:]], rechunk=False),
    lambda: pl.DataFrame(columns(MADE)).with_columns(pl.col("body", "officer", "field").cast(pl.Categorical)),
    lambda: pl.DataFrame(columns(MADE)).with_columns(pl.col("received", "due", "completed").cast(pl.Datetime("ns"))),
    lambda: TABLE.to_pandas(),
    lambda: TABLE.to_pandas(types_mapper=pd.ArrowDtype),
    lambda: pd.DataFrame(columns(MADE)).convert_dtypes(),
    lambda: pd.DataFrame(columns(MADE)).astype({"body": "category", "officer": "category"}),
    lambda: pd.DataFrame(columns(MADE)).assign(received=lambda df: pd.to_datetime(df["received"])),
    lambda: duckdb.sql("select * from dossiers"),
    lambda: duckdb.sql("select * exclude (body), body::enum('UBND phường Lộc Thọ', 'UBND phường Vĩnh Hải', "
                       "'UBND xã Vĩnh Thái') as body from dossiers"),
], ids=["batch", "reader", "chunks", "generator", "list", "polars", "polars lazy", "polars chunks", "polars categories",
        "polars datetime", "pandas", "pandas arrow", "pandas nullable", "pandas categories", "pandas datetime", "duckdb", "duckdb enum"])
def test_every_library(data: Any) -> None:
    duckdb.register("dossiers", TABLE)
    assert count(data()) == WHOLE


@pytest.mark.parametrize("kind", [
    pa.string(), pa.large_string(), pa.string_view(),
    *(pa.dictionary(key, pa.string()) for key in (pa.int8(), pa.int16(), pa.int32(), pa.int64(),
                                                  pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64())),
    pa.dictionary(pa.int32(), pa.large_string()),
], ids=str)
def test_every_type_of_name(kind: Any) -> None:
    for name in ("body", "officer", "field", "channel"):
        array = pa.array(columns(MADE)[name], pa.string())
        if pa.types.is_dictionary(kind):
            encoded = array.dictionary_encode()
            values = encoded.dictionary.cast(kind.value_type)
            array = pa.DictionaryArray.from_arrays(encoded.indices.cast(kind.index_type), values)
        else:
            array = array.cast(kind)
        assert count(replaced(name, array)) == WHOLE
        both = replaced(name, array)
        assert count([both.slice(0, 701), both.slice(701)]) == WHOLE


@pytest.mark.parametrize("zone", [None, "UTC", "Asia/Ho_Chi_Minh"])
@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_every_type_of_time(unit: str, zone: str | None) -> None:
    table = TABLE
    for name in ("received", "due", "completed"):
        # Noon in Vietnam is five o'clock UTC; an instant is that of the same day for everyone here.
        hour = datetime.time(5 if zone else 12)
        stamps = [None if day is None else datetime.datetime.combine(day, hour) for day in columns(MADE)[name]]
        array = pa.array(stamps, pa.timestamp(unit, zone))
        table = table.set_column(table.schema.get_field_index(name), name, array)
    # At one hour of the day "on the due date" is at the due instant, so the counts stay.
    assert count(table) == WHOLE


def test_dates_of_64_bits_and_days_beside_instants() -> None:
    assert count(replaced("received", pa.array(columns(MADE)["received"], pa.date64()))) == WHOLE
    late_evening = [None if day is None else datetime.datetime.combine(day, datetime.time(17)) for day in columns(MADE)["due"]]
    moved = count(replaced("due", pa.array(late_evening, pa.timestamp("us", "UTC"))))
    plain = count(replaced("due", pa.array([day + datetime.timedelta(1) for day in columns(MADE)["due"]])))
    # 17:00 UTC is midnight in Vietnam, the beginning of the next day.
    assert moved == plain != WHOLE


@pytest.mark.parametrize("kind", [pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64()], ids=str)
def test_every_type_of_number(kind: Any) -> None:
    assert count(replaced("supplement_requests", pa.array(columns(MADE)["supplement_requests"], kind))) == WHOLE
    assert count(replaced("satisfied", pa.array(columns(MADE)["satisfied"], pa.bool_()).cast(kind))) == WHOLE


def test_missing_values_everywhere() -> None:
    holes = [{name: None for name in MADE[0]}, *({**row, name: None} for row, name in zip(MADE, MADE[0], strict=False))]
    arrow = count(pa.table(columns(holes), schema=TABLE.schema))
    text = caicach.Tally.from_csv(csv(holes), **TERMS, by=BY)
    assert arrow == text
    assert sorted(reject.reason for reject in arrow.rejects) == ["missing_body", "missing_body", "missing_due", "missing_received"]
    assert [reject.line for reject in arrow.rejects] == [reject.line - 1 for reject in text.rejects]


def test_rejects_are_labelled_and_become_a_table() -> None:
    bad = pa.table({**columns(MADE), "due": [None, *columns(MADE)["due"][1:]]})
    found = count(bad, label="kho dữ liệu")
    assert [(r.source, r.line, r.column, r.reason) for r in found.rejects] == [("kho dữ liệu", 1, "due", "missing_due")]
    frame = found.rejects.table().to_polars()
    assert frame["message"].to_list() == ["the row has no due date"]
    assert found.rejects.table().to_pandas()["line"].tolist() == [1]
    with pytest.raises(caicach.TallyError) as error:
        count(bad, reject_limit=0)
    assert error.value.code == "too_many_rejects"


def test_headings_and_mapping() -> None:
    vietnamese = TABLE.rename_columns(["Đơn vị", "Cán bộ thụ lý", "Lĩnh vực", "Kênh tiếp nhận", "Ngày tiếp nhận",
                                       "Ngày hẹn trả", "Ngày hoàn thành", "Hủy", "Số lần bổ sung", "Thư xin lỗi", "Hài lòng"])
    assert count(vietnamese) == WHOLE
    odd = TABLE.rename_columns(["x", *TABLE.column_names[1:]]).append_column("Cơ quan", TABLE["officer"])
    assert count(odd, mapping={"x": "Đơn vị", "Cơ quan": None}) == WHOLE
    assert count(odd, mapping={"x": "body"}) == WHOLE


def test_threads_make_no_difference() -> None:
    many = pa.concat_tables([TABLE] * 100).combine_chunks()
    assert count(many, threads=1) == count(many, threads=2) == count(many, threads=5) == count([TABLE] * 100)


@pytest.mark.parametrize(("data", "kind", "code"), [
    (lambda: TABLE.drop_columns(["due"]), caicach.TallyError, "no_column"),
    (lambda: TABLE.drop_columns(["officer"]), caicach.TallyError, "no_column"),
    (lambda: TABLE.append_column("Đơn vị", TABLE["body"]), caicach.TallyError, "two_columns"),
    (lambda: replaced("due", pa.array([1.5] * len(MADE))), caicach.TallyError, "wrong_type"),
    (lambda: replaced("body", pa.array([1] * len(MADE))), caicach.TallyError, "wrong_type"),
    (lambda: pa.array([1, 2]), caicach.TallyError, "arrow"),
    (lambda: pa.array([{"body": "A"}, None]), caicach.TallyError, "arrow"),
    (lambda: {"body": ["A"]}, TypeError, None),
    (lambda: "dossiers.parquet", TypeError, None),
    (lambda: 5, TypeError, None),
    (lambda: [5], TypeError, None),
])
def test_what_cannot_be_counted(data: Any, kind: type[Exception], code: str | None) -> None:
    with pytest.raises(kind) as error:
        count(data())
    if isinstance(error.value, caicach.TallyError):
        assert error.value.code == code


def test_errors_on_the_way_come_through() -> None:
    def fails() -> Iterator[Any]:
        yield TABLE
        raise LookupError("the warehouse is closed")

    with pytest.raises(LookupError, match="the warehouse is closed"):
        count(fails())
    reader = pa.RecordBatchReader.from_batches(TABLE.schema, (batch for table in fails() for batch in table.to_batches()))
    with pytest.raises(caicach.TallyError, match="the warehouse is closed"):
        count(reader)
    spent = pa.RecordBatchReader.from_batches(TABLE.schema, TABLE.to_batches())
    stream = spent.__arrow_c_stream__()

    class Once:
        def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
            return stream

    assert count(Once()) == WHOLE
    with pytest.raises(caicach.TallyError, match="released"):
        count(Once())


def test_tables_for_others() -> None:
    expected = {(row.body, row.field, row.month): row.received_total for row in WHOLE.counts("body,field,month")}
    arrow = WHOLE.to_arrow()
    assert pa.table(WHOLE).equals(arrow) and pa.schema(WHOLE.table()) == arrow.schema
    polars, pandas = WHOLE.to_polars(), WHOLE.to_pandas()
    for found in (arrow.to_pylist(), polars.to_dicts(), duckdb.sql("from arrow").df().to_dict("records")):
        got = {(row["body"], row["field"] if isinstance(row["field"], str) else None, row["month"]): row["received_total"]
               for row in found}
        assert {(b, f, getattr(m, "date", lambda m=m: m)()): n for (b, f, m), n in got.items()} == expected
    assert pandas["received_total"].dtype == "Int64" and pandas["received_total"].sum() == polars["received_total"].sum()
    assert str(pandas["month"].dtype) == "datetime64[s]" and polars.schema["month"] == pl.Date
    assert WHOLE.to_polars("body").columns[0] == "body" and len(WHOLE.to_polars("body")) == 3
    assert len(WHOLE.to_pandas(["officer"])) == 8 and len(WHOLE.to_arrow([])) == 1
    assert polars["pending_overdue"].null_count() == pandas["pending_overdue"].isna().sum() > 0
