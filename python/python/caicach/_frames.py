"""Tables as data frames."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from decimal import Decimal
    from fractions import Fraction
    from typing import Any

    from pandas import DataFrame as _PandasFrame
    from polars import DataFrame as _PolarsFrame

    from ._core import AgendaItem, Ceiling, Change, Dependence, Finding, Rating, TargetProgress, TaskState

    _Columns = dict[str, str]
    _Row = dict[str, Any]

#: The columns of each table and what they hold.
_TABLES: dict[str, _Columns] = {
    "findings": {
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
    },
    "ceilings": {
        "subject_kind": "text",
        "subject": "text",
        "subject_name": "text",
        "year": "count",
        "scale": "text",
        "ceiling": "text",
        "provisional": "flag",
        "binding": "text",
        "undetermined": "text",
    },
    # One line for each ceiling of a rating; a rating without any has one line all the same.
    "ratings": {
        "body": "text",
        "body_name": "text",
        "year": "count",
        "rank": "text",
        "role": "text",
        "subject": "text",
        "subject_name": "text",
        "scale": "text",
        "ceiling": "text",
        "provisional": "flag",
        "measures": "text",
        "reasons": "text",
        "missing": "text",
    },
    "tasks": {
        "task": "text",
        "schedule": "text",
        "status": "text",
        "from": "day",
        "due": "day",
        "done": "day",
        "next_due": "day",
        "days_overdue": "count",
        "missed": "count",
        "lead": "text",
        "reports": "count",
        "last_report": "day",
        "owes": "text",
    },
    "progress": {
        "rule": "text",
        "subject": "text",
        "subject_name": "text",
        "unit": "text",
        "start": "day",
        "now": "day",
        "value": "decimal",
        "even": "decimal",
        "back_loaded": "decimal",
        "deadline": "day",
        "target": "decimal",
        "per_year": "decimal",
        "reached": "decimal",
        "short": "decimal",
        "enough": "flag",
        "text": "text",
        "text_en": "text",
    },
    "sensitivity": {
        "reading": "text",
        "taken": "text",
        "option": "text",
        "rule": "text",
        "subject": "text",
        "subject_name": "text",
        "from": "day",
        "to": "day",
        "verdict": "text",
        "would_be": "text",
    },
    "agenda": {
        "due": "day",
        "from": "day",
        "to": "day",
        "kind": "text",
        "id": "text",
        "clause": "text",
        "who": "text",
        "about": "text",
        "text": "text",
        "text_en": "text",
    },
}


def _joined(words: Iterable[str]) -> str | None:
    return "; ".join(words) or None


def _percent(amount: dict[str, Any]) -> Decimal | None:
    """A percentage as published where it was, else to two places."""
    if "percent" not in amount:
        return None
    percent: Decimal = amount.get("value", amount["percent"])
    return percent


def _finding(finding: Finding) -> _Row:
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
        "sensitive_to": _joined(f"{other.reading}={other.option}" for other in finding.sensitive_to),
        "missing": _joined(missing.vi for missing in finding.missing),
        "sources": _joined(finding.sources),
        "explanation": finding.explanation("vi"),
        "explanation_en": finding.explanation("en"),
    }


def _ceiling(ceiling: Ceiling) -> _Row:
    return {
        "subject_kind": ceiling.subject.kind,
        "subject": ceiling.subject.id,
        "subject_name": ceiling.subject.name,
        "year": ceiling.year,
        "scale": ceiling.scale,
        "ceiling": ceiling.ceiling,
        "provisional": ceiling.provisional,
        "binding": _joined(ceiling.binding),
        "undetermined": _joined(ceiling.undetermined),
    }


def _rating(rating: Rating) -> Iterable[_Row]:
    groups = (("body", () if rating.rank_ceiling is None else (rating.rank_ceiling,)), ("head", rating.heads),
              ("deputy", rating.deputies), ("staff", rating.staff), ("collective", rating.collectives))
    ceilings: list[tuple[str, Ceiling | None]] = [(role, ceiling) for role, group in groups for ceiling in group]
    for role, ceiling in ceilings or [("body", None)]:
        subject = rating.body if ceiling is None else ceiling.subject
        yield {
            "body": rating.body.id,
            "body_name": rating.body.name,
            "year": rating.year,
            "rank": rating.rank,
            "role": role,
            "subject": subject.id,
            "subject_name": subject.name,
            "scale": None if ceiling is None else ceiling.scale,
            "ceiling": None if ceiling is None else ceiling.ceiling,
            "provisional": ceiling is not None and ceiling.provisional,
            "measures": _joined(due.vi for due in rating.measures if due.finding.subject == subject),
            "reasons": _joined(reason.text() for reason in rating.reasons if reason.finding.subject == subject),
            "missing": _joined(fact.missing.vi for fact in rating.missing if fact.of == subject.id),
        }


def _task(state: TaskState) -> _Row:
    return {
        "task": state.task,
        "schedule": state.schedule,
        "status": state.status.value,
        "from": state.from_,
        "due": state.due,
        "done": state.done,
        "next_due": state.next_due,
        "days_overdue": state.days_overdue,
        "missed": state.missed,
        "lead": _joined(state.lead),
        "reports": state.reports,
        "last_report": state.last_report,
        "owes": _joined(owed.body for owed in state.owes),
    }


def _shown(value: Fraction) -> Decimal:
    """A fraction to two places, rounded half away from zero as the engine does, for display."""
    from decimal import Decimal

    hundredths, rest = divmod(abs(value.numerator) * 100, value.denominator)
    hundredths += 2 * rest >= value.denominator
    return Decimal(-hundredths if value < 0 else hundredths).scaleb(-2)


def _progress(progress: TargetProgress) -> _Row:
    leads = progress.projection
    return {
        "rule": progress.rule,
        "subject": progress.subject.id,
        "subject_name": progress.subject.name,
        "unit": progress.unit,
        "start": progress.start.date,
        "now": progress.now.date,
        "value": _shown(progress.now.value),
        "even": _shown(progress.required.even),
        "back_loaded": _shown(progress.required.back_loaded),
        "deadline": progress.target.date,
        "target": _shown(progress.target.value),
        "per_year": None if leads is None else _shown(leads.per_year),
        "reached": None if leads is None else _shown(leads.reached),
        "short": None if leads is None else _shown(leads.short),
        "enough": None if leads is None else leads.enough,
        "text": progress.text("vi"),
        "text_en": progress.text("en"),
    }


def _change(other: Dependence, change: Change) -> _Row:
    return {
        "reading": other.reading,
        "taken": other.taken,
        "option": other.option.id,
        "rule": change.rule,
        "subject": change.subject.id,
        "subject_name": change.subject.name,
        "from": change.period.from_,
        "to": change.period.to,
        "verdict": change.verdict.value,
        "would_be": change.would_be.value,
    }


def _item(item: AgendaItem) -> _Row:
    return {
        "due": item.due,
        "from": item.period.from_,
        "to": item.period.to,
        "kind": item.kind,
        "id": item.id,
        "clause": item.clause,
        "who": _joined(item.who),
        "about": item.about,
        "text": item.text("vi"),
        "text_en": item.text("en"),
    }


_ROWS: dict[str, Callable[[Any], Iterable[_Row]]] = {
    "findings": lambda whole: map(_finding, whole.findings),
    "ceilings": lambda whole: map(_ceiling, whole.ceilings),
    "ratings": lambda whole: (row for rating in whole.ratings for row in _rating(rating)),
    "tasks": lambda whole: map(_task, whole.tasks),
    "progress": lambda whole: map(_progress, whole.progress),
    "sensitivity": lambda whole: (_change(other, change) for other in whole.sensitivity for change in other.changes),
    "agenda": lambda whole: map(_item, whole.items),
}


def _columns(whole: object, table: str) -> tuple[_Columns, dict[str, list[Any]]]:
    if table not in _TABLES or (table == "agenda") is hasattr(whole, "findings"):
        known = ", ".join(name for name in _TABLES if name != "agenda")
        raise ValueError(f"there is no table {table!r}, expected one of {known}")
    kinds, rows = _TABLES[table], list(_ROWS[table](whole))
    return kinds, {name: [row[name] for row in rows] for name in kinds}


def _install(name: str) -> ImportError:
    return ImportError(f'to_{name}() needs {name}: pip install "caicach[{name}]"', name=name)


def to_pandas(whole: object, table: str) -> _PandasFrame:
    """See ``Assessment.to_pandas``."""
    try:
        import pandas
    except ImportError as error:
        raise _install("pandas") from error
    dtypes = {"text": "string", "count": "Int64", "day": "datetime64[s]", "decimal": "object"}
    kinds, columns = _columns(whole, table)

    def dtype(name: str, kind: str) -> str:
        if kind == "flag":
            return "boolean" if None in columns[name] else "bool"
        return dtypes[kind]

    return pandas.DataFrame({name: pandas.Series(columns[name], dtype=dtype(name, kind)) for name, kind in kinds.items()})


def _places(values: list[Decimal | None]) -> int:
    """The most decimals among the values, so that none is lost."""
    exponents = (value.as_tuple().exponent for value in values if value is not None)
    return max((-exponent for exponent in exponents if isinstance(exponent, int) and exponent < 0), default=0)


def to_polars(whole: object, table: str) -> _PolarsFrame:
    """See ``Assessment.to_polars``."""
    try:
        import polars
    except ImportError as error:
        raise _install("polars") from error
    kinds, columns = _columns(whole, table)

    def dtype(name: str, kind: str) -> Any:
        if kind == "decimal":
            return polars.Decimal(38, _places(columns[name]))
        return {"text": polars.String, "count": polars.Int64, "day": polars.Date, "flag": polars.Boolean}[kind]

    return polars.DataFrame(columns, schema={name: dtype(name, kind) for name, kind in kinds.items()})
