"""Tables of a tally as tables of others, each of which is only needed when asked for."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pandas import DataFrame as _PandasFrame
    from polars import DataFrame as _PolarsFrame
    from pyarrow import Table as _ArrowTable

    from ._core import Table

#: Columns that are not counts.
_TEXTS = {"body", "officer", "field", "source", "column", "value", "reason", "message"}
_DAYS = {"month"}


def to_arrow(table: Table) -> _ArrowTable:
    """See ``Table.to_arrow``."""
    try:
        import pyarrow
    except ImportError as error:
        raise ImportError('to_arrow() needs pyarrow: pip install "caicach[arrow]"', name="pyarrow") from error
    found: _ArrowTable = pyarrow.table(table)
    return found


def to_polars(table: Table) -> _PolarsFrame:
    """See ``Table.to_polars``."""
    try:
        import polars
    except ImportError as error:
        raise ImportError('to_polars() needs polars: pip install "caicach[polars]"', name="polars") from error
    return polars.DataFrame(table)


def to_pandas(table: Table) -> _PandasFrame:
    """See ``Table.to_pandas``."""
    try:
        import pandas
    except ImportError as error:
        raise ImportError('to_pandas() needs pandas: pip install "caicach[pandas]"', name="pandas") from error

    def dtype(name: str) -> str:
        return "string" if name in _TEXTS else "datetime64[s]" if name in _DAYS else "Int64"

    columns = table.to_dict()
    return pandas.DataFrame({name: pandas.Series(values, dtype=dtype(name)) for name, values in columns.items()})
