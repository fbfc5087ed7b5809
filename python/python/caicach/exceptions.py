"""What caicach raises.

Every exception carries what is wrong as data: ``problems``, and ``code``, ``path`` and ``help`` of the first of them.

>>> import caicach
>>> try:
...     caicach.Facts.from_json('{"schema": "caicach/facts/1", "surveis": []}')
... except caicach.FactsError as error:
...     error.code, error.path, error.help
('unknown_field', 'surveis', 'did you mean `surveys`?')
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ._core import Problem

__all__ = [
    "AmendmentError",
    "ApportionError",
    "CaicachError",
    "CalendarError",
    "DateError",
    "FactsError",
    "InternalError",
    "NotFoundError",
    "PlanError",
    "ReadingsError",
    "TallyError",
]


class CaicachError(Exception):
    """The base of all exceptions of caicach.

    >>> import caicach
    >>> try:
    ...     caicach.Plan.builtin().rule("no such rule")
    ... except caicach.CaicachError as error:
    ...     type(error).__name__
    'NotFoundError'
    """

    # Readers of a traceback know it as caicach.CaicachError, not by the file it stands in.
    __module__ = "caicach"

    #: What is wrong, in the order of the input; at most 1000 problems are kept.
    problems: list[Problem]
    #: How many problems there are in all.
    total: int
    #: The kind of the first problem, a word that is stable across versions.
    code: str | None
    #: Where the first problem stands: ``headcounts[3].category``; empty for the whole input.
    path: str | None
    #: What would be right, where that can be said of the first problem.
    help: str | None

    def __init__(self, message: str, problems: Iterable[Problem] = (), total: int | None = None) -> None:
        super().__init__(message)
        self.problems = list(problems)
        self.total = len(self.problems) if total is None else total
        first = self.problems[0] if self.problems else None
        self.code = first.code if first else None
        self.path = first.path if first else None
        self.help = first.help if first else None

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class PlanError(CaicachError, ValueError):
    """A plan file that cannot be loaded.

    >>> import caicach
    >>> try:
    ...     caicach.Plan.from_toml("schema = ")
    ... except caicach.PlanError as error:
    ...     error.code, error.problems[0].line
    ('syntax', 1)
    """

    __module__ = "caicach"


class AmendmentError(CaicachError, ValueError):
    """An amendment that cannot be read, or does not fit the plan.

    >>> import caicach
    >>> try:
    ...     caicach.Amendment.from_toml("schema = ")
    ... except caicach.AmendmentError as error:
    ...     error.code, error.problems[0].line
    ('syntax', 1)
    """

    __module__ = "caicach"


class ApportionError(CaicachError, ValueError):
    """A cut that cannot be apportioned.

    >>> import caicach
    >>> caicach.apportion(5, {"a": 4, "b": 3}, floors={"a": 3})
    Traceback (most recent call last):
    caicach.ApportionError: 5 posts are to be cut, but floors and exemptions leave only 4
    """

    __module__ = "caicach"


class CalendarError(CaicachError, ValueError):
    """Days off that make no calendar, or a lunar date that is no day.

    >>> import caicach
    >>> caicach.Calendar.builtin().with_optional("no_day")
    Traceback (most recent call last):
    caicach.CalendarError: no optional day `no_day`
    """

    __module__ = "caicach"


class FactsError(CaicachError, ValueError):
    """Facts that cannot be read, cannot be true, or do not fit the plan.

    >>> import caicach
    >>> try:
    ...     caicach.Facts.from_json("")
    ... except caicach.FactsError as error:
    ...     error.code
    'syntax'
    """

    __module__ = "caicach"


class ReadingsError(CaicachError, ValueError):
    """Readings or options that the plan does not have.

    >>> import caicach
    >>> facts = caicach.Facts.from_json('{"schema": "caicach/facts/1"}')
    >>> try:
    ...     caicach.Plan.builtin().assess(facts, as_of="2025-01-15", readings={"late_denominator": "resolvd"})
    ... except caicach.ReadingsError as error:
    ...     error.path, error.help
    ('readings.late_denominator', 'did you mean `resolved`?')
    """

    __module__ = "caicach"


class DateError(CaicachError, ValueError):
    """A day that is not a day of the calendar.

    >>> import caicach
    >>> facts = caicach.Facts.from_json('{"schema": "caicach/facts/1"}')
    >>> caicach.Plan.builtin().assess(facts, as_of="2025-02-31")
    Traceback (most recent call last):
    caicach.DateError: `as_of`: 2025-02-31: February 2025 has 28 days
    """

    __module__ = "caicach"


class NotFoundError(CaicachError, KeyError):
    """An id or a name that nothing bears.

    >>> import caicach
    >>> caicach.Plan.builtin().task("I.99")
    Traceback (most recent call last):
    caicach.NotFoundError: the plan has no task `I.99`; did you mean `I.9`?
    """

    __module__ = "caicach"


class TallyError(CaicachError, ValueError):
    """Rows, files or tallies that cannot be counted or added; ``code`` says why.

    >>> import caicach
    >>> try:
    ...     caicach.Tally.from_csv(b"body,received\\n", as_of="2024-12-31")
    ... except caicach.TallyError as error:
    ...     error.code, error.path
    ('no_column', 'due')
    """

    __module__ = "caicach"


class InternalError(CaicachError, RuntimeError):
    """A defect of caicach itself; nothing a caller does should raise it. Please report it.

    >>> import caicach
    >>> issubclass(caicach.InternalError, RuntimeError)
    True
    """

    __module__ = "caicach"
