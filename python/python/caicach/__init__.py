"""caicach (cải cách, "reform"): a government's administrative-reform plan as something software can ask.

Is this target met, by how much, who may still be rated good, which clause says so?

>>> import caicach
>>> facts = caicach.Facts.from_dict({"schema": "caicach/facts/1", "headcounts": [
...     {"date": "2022-12-31", "category": "cadre", "basis": "assigned", "count": 1247},
...     {"date": "2024-12-31", "category": "cadre", "basis": "assigned", "count": 1215}]})
>>> assessment = caicach.Plan.builtin().assess(facts, as_of="2025-01-15")
>>> print(assessment.select(rule="cadre_reduction")[0].explanation(lang="en"))
On 31 December 2024 ...

Percentages are ``decimal.Decimal``, counts ``int``, days ``datetime.date``; there is no float anywhere. Nothing is
guessed: a verdict is met, not met, pending, undetermined (the finding names what is missing) or not applicable.
"""

from __future__ import annotations

from ._core import (
    Agenda,
    AgendaItem,
    AmendedPlan,
    Amendment,
    AmendmentChange,
    Apportionment,
    Assessment,
    Bilingual,
    Body,
    Calendar,
    Case,
    Ceiling,
    Change,
    Clause,
    DataNote,
    Dependence,
    Difference,
    Document,
    Duty,
    FactNote,
    Facts,
    FieldDifference,
    Finding,
    Headroom,
    Lot,
    Measure,
    Missing,
    Owed,
    PathPoint,
    Period,
    Plan,
    PlanDiff,
    Point,
    Problem,
    Projection,
    Rating,
    Reading,
    ReadingOption,
    Reason,
    Receipt,
    Rule,
    Schedule,
    Sensitivity,
    Subject,
    Summary,
    Tally,
    TargetProgress,
    Task,
    TaskState,
    Unused,
    VerdictChange,
    Wanted,
    __version__,
    apportion,
    format_number,
)
from .exceptions import (
    AmendmentError,
    ApportionError,
    CaicachError,
    CalendarError,
    DateError,
    FactsError,
    InternalError,
    NotFoundError,
    PlanError,
    ReadingsError,
    TallyError,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .types import LunarDate, TaskStatus, Verdict

__all__ = [
    "Agenda",
    "AgendaItem",
    "AmendedPlan",
    "Amendment",
    "AmendmentChange",
    "AmendmentError",
    "ApportionError",
    "Apportionment",
    "Assessment",
    "Bilingual",
    "Body",
    "CaicachError",
    "Calendar",
    "CalendarError",
    "Case",
    "Ceiling",
    "Change",
    "Clause",
    "DataNote",
    "DateError",
    "Dependence",
    "Difference",
    "Document",
    "Duty",
    "FactNote",
    "Facts",
    "FactsError",
    "FieldDifference",
    "Finding",
    "Headroom",
    "InternalError",
    "Lot",
    "LunarDate",
    "Measure",
    "Missing",
    "NotFoundError",
    "Owed",
    "PathPoint",
    "Period",
    "Plan",
    "PlanDiff",
    "PlanError",
    "Point",
    "Problem",
    "Projection",
    "Rating",
    "Reading",
    "ReadingOption",
    "ReadingsError",
    "Reason",
    "Receipt",
    "Rule",
    "Schedule",
    "Sensitivity",
    "Subject",
    "Summary",
    "Tally",
    "TallyError",
    "TargetProgress",
    "Task",
    "TaskState",
    "TaskStatus",
    "Unused",
    "Verdict",
    "VerdictChange",
    "Wanted",
    "__version__",
    "apportion",
    "format_number",
]


def __getattr__(name: str) -> object:
    # `enum` costs more than the rest of the import: it waits until a verdict is asked for.
    if name in ("LunarDate", "TaskStatus", "Verdict"):
        from . import types

        globals()[name] = found = getattr(types, name)
        return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
