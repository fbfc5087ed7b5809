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
    Assessment,
    Bilingual,
    Body,
    Case,
    Ceiling,
    Clause,
    DataNote,
    Document,
    Duty,
    FactNote,
    Facts,
    Finding,
    Headroom,
    Missing,
    Period,
    Plan,
    Problem,
    Reading,
    ReadingOption,
    Receipt,
    Rule,
    Schedule,
    Sensitivity,
    Subject,
    Summary,
    Tally,
    Task,
    Unused,
    __version__,
    format_number,
)
from .exceptions import (
    CaicachError,
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
    from .types import Verdict

__all__ = [
    "Assessment",
    "Bilingual",
    "Body",
    "CaicachError",
    "Case",
    "Ceiling",
    "Clause",
    "DataNote",
    "DateError",
    "Document",
    "Duty",
    "FactNote",
    "Facts",
    "FactsError",
    "Finding",
    "Headroom",
    "InternalError",
    "Missing",
    "NotFoundError",
    "Period",
    "Plan",
    "PlanError",
    "Problem",
    "Reading",
    "ReadingOption",
    "ReadingsError",
    "Receipt",
    "Rule",
    "Schedule",
    "Sensitivity",
    "Subject",
    "Summary",
    "Tally",
    "TallyError",
    "Task",
    "Unused",
    "Verdict",
    "__version__",
    "format_number",
]


def __getattr__(name: str) -> object:
    # `enum` costs more than the rest of the import: it waits until a verdict is asked for.
    if name == "Verdict":
        from .types import Verdict

        globals()["Verdict"] = Verdict
        return Verdict
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
