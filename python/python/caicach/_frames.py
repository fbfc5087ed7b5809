"""Findings as data frames."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from decimal import Decimal
    from typing import Any

    from pandas import DataFrame as _PandasFrame
    from polars import DataFrame as _PolarsFrame

    from ._core import Assessment, Finding

#: The columns and what they hold.
_COLUMNS = {
    "rule": "text",
    "clause": "text",
    "subject_kind": "text",
    "subject": "text",
    "subject_name": "text",
    "from": "day",
    "to": "day",
    "verdict": "text",
    "part": "count",
    "whole": "count",
    "percent": "decimal",
    "percent_low": "decimal",
    "percent_high": "decimal",
    "required": "decimal",
    "margin": "decimal",
    "headroom": "decimal",
    "headroom_unit": "text",
    "due": "day",
    "aspirational": "flag",
    "retrospective": "flag",
    "sensitive_to": "text",
    "missing": "text",
    "sources": "text",
    "explanation": "text",
    "explanation_en": "text",
}


def _percent(amount: dict[str, Any]) -> Decimal | None:
    """A percentage as published where it was, else to two places."""
    if "percent" not in amount:
        return None
    percent: Decimal = amount.get("value", amount["percent"])
    return percent


def _row(finding: Finding) -> dict[str, Any]:
    from decimal import Decimal

    measured = finding.measured or {}
    part, whole = finding.counts or (None, None)
    headroom = finding.headroom
    return {
        "rule": finding.rule,
        "clause": finding.clause,
        "subject_kind": finding.subject.kind,
        "subject": finding.subject.id,
        "subject_name": finding.subject.name,
        "from": finding.period.from_,
        "to": finding.period.to,
        "verdict": finding.verdict.value,
        "part": part,
        "whole": whole,
        "percent": _percent(measured),
        "percent_low": _percent(measured.get("low", {})),
        "percent_high": _percent(measured.get("high", {})),
        "required": (finding.required or {}).get("percent"),
        "margin": finding.margin,
        "headroom": None if headroom is None else Decimal(headroom.value),
        "headroom_unit": None if headroom is None else headroom.unit,
        "due": finding.due,
        "aspirational": finding.aspirational,
        "retrospective": finding.retrospective,
        "sensitive_to": "; ".join(f"{other.reading}={other.option}" for other in finding.sensitive_to) or None,
        "missing": "; ".join(missing.vi for missing in finding.missing) or None,
        "sources": "; ".join(finding.sources) or None,
        "explanation": finding.explanation("vi"),
        "explanation_en": finding.explanation("en"),
    }


def _columns(assessment: Assessment) -> dict[str, list[Any]]:
    rows = [_row(finding) for finding in assessment.findings]
    return {name: [row[name] for row in rows] for name in _COLUMNS}


def _install(name: str) -> ImportError:
    return ImportError(f'to_{name}() needs {name}: pip install "caicach[{name}]"', name=name)


def to_pandas(assessment: Assessment) -> _PandasFrame:
    """See ``Assessment.to_pandas``."""
    try:
        import pandas
    except ImportError as error:
        raise _install("pandas") from error
    kinds = {"text": "string", "count": "Int64", "day": "datetime64[s]", "decimal": "object", "flag": "bool"}
    columns = _columns(assessment)
    return pandas.DataFrame(
        {name: pandas.Series(columns[name], dtype=kinds[kind]) for name, kind in _COLUMNS.items()},
    )


def _places(values: list[Decimal | None]) -> int:
    """The most decimals among the values, so that none is lost."""
    exponents = (value.as_tuple().exponent for value in values if value is not None)
    return max((-exponent for exponent in exponents if isinstance(exponent, int) and exponent < 0), default=0)


def to_polars(assessment: Assessment) -> _PolarsFrame:
    """See ``Assessment.to_polars``."""
    try:
        import polars
    except ImportError as error:
        raise _install("polars") from error
    columns = _columns(assessment)

    def dtype(name: str, kind: str) -> Any:
        if kind == "decimal":
            return polars.Decimal(38, _places(columns[name]))
        return {"text": polars.String, "count": polars.Int64, "day": polars.Date, "flag": polars.Boolean}[kind]

    schema = {name: dtype(name, kind) for name, kind in _COLUMNS.items()}
    return polars.DataFrame(columns, schema=schema)
