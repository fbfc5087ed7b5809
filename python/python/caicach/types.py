"""Words and types of the interface."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from datetime import date
from os import PathLike
from typing import Any, Literal, NamedTuple, Protocol, TypeAlias

#: The language of a text for people.
Lang: TypeAlias = Literal["vi", "en"]
#: A day: a ``date`` that is not a ``datetime``, or a text ``YYYY-MM-DD``.
Day: TypeAlias = date | str
#: The text of a document; bytes are UTF-8.
Text: TypeAlias = str | bytes | bytearray
#: The path of a file.
Path: TypeAlias = str | bytes | PathLike[str] | PathLike[bytes]
#: Options of readings by key.
Readings: TypeAlias = Mapping[str, str]
#: A document of facts as a mapping.
FactsDict: TypeAlias = Mapping[str, Any]
#: One word or several.
Words: TypeAlias = str | Iterable[str]
#: Posts by body.
Posts: TypeAlias = Mapping[str, int]
#: What of an assessment can be had as a data frame.
FrameName: TypeAlias = Literal["findings", "ceilings", "ratings", "tasks", "progress", "sensitivity"]
#: Several groupings: ``[["body"], ["body", "field", "month"]]`` or ``["body", "body,field,month"]``.
Groupings: TypeAlias = str | Iterable[str | Iterable[str]]

__all__ = [
    "ArrowArray",
    "ArrowData",
    "ArrowStream",
    "BinaryFile",
    "Day",
    "FactsDict",
    "FrameName",
    "Groupings",
    "Lang",
    "LazyRows",
    "LunarDate",
    "Path",
    "Posts",
    "Readings",
    "TaskStatus",
    "Text",
    "Verdict",
    "Words",
]


class ArrowStream(Protocol):
    """Anything that gives a stream of Arrow data: tables and readers of pyarrow, frames, relations of DuckDB.

    >>> import caicach
    >>> tally = caicach.Tally.from_csv(b"body,received,due\\nA,01/02/2024,05/02/2024\\n", as_of="2024-02-29")
    >>> hasattr(tally, "__arrow_c_stream__")
    True
    """

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        """A PyCapsule of name ``arrow_array_stream``."""


class ArrowArray(Protocol):
    """Anything that gives one batch of Arrow data, as a pyarrow.RecordBatch does.

    >>> import pyarrow
    >>> hasattr(pyarrow.record_batch({"body": ["A"]}), "__arrow_c_array__")
    True
    """

    def __arrow_c_array__(self, requested_schema: Any = None) -> Any:
        """Two PyCapsules, ``arrow_schema`` and ``arrow_array``."""


class LazyRows(Protocol):
    """A lazy frame of polars, whose rows are made when it is counted.

    >>> import polars
    >>> hasattr(polars.LazyFrame({"body": ["A"]}), "collect_schema")
    True
    """

    def collect_schema(self) -> Any:
        """The names and types of its columns."""

    def collect(self) -> Any:
        """The rows."""


class BinaryFile(Protocol):
    """An open file that gives bytes.

    >>> import io, caicach
    >>> file = io.BytesIO(b"body,received,due\\nA,01/02/2024,05/02/2024\\n")
    >>> caicach.Tally.from_csv(file, as_of="2024-02-29").total.received_total
    1
    """

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""


#: Arrow data, or several of it one after the other.
ArrowData: TypeAlias = ArrowStream | ArrowArray | LazyRows | Iterable[ArrowStream | ArrowArray]


class LunarDate(NamedTuple):
    """A date of the Vietnamese lunar calendar (ngày âm lịch), ordered as the days are.

    >>> import caicach
    >>> date = caicach.Calendar.solar_to_lunar("2025-08-01")
    >>> date, date > caicach.LunarDate(2025, 6, False, 30)
    (LunarDate(year=2025, month=6, leap=True, day=8), True)
    >>> caicach.Calendar.lunar_to_solar(**date._asdict())
    datetime.date(2025, 8, 1)
    """

    #: The lunar year, named by the calendar year in which it begins.
    year: int
    #: The month, 1 to 12.
    month: int
    #: Whether it is the leap month (tháng nhuận), which follows the month of the same number.
    leap: bool
    #: The day, 1 to 30.
    day: int


class Verdict(enum.StrEnum):
    """What is found.

    A member is its word: it compares equal to it and is written as it.

    >>> import caicach
    >>> caicach.Verdict("not_met") is caicach.Verdict.NOT_MET, caicach.Verdict.MET == "met"
    (True, True)
    >>> f"{caicach.Verdict.PENDING}", caicach.Verdict.PENDING.label()
    ('pending', 'chưa đến hạn')
    """

    MET = "met"
    NOT_MET = "not_met"
    PENDING = "pending"
    UNDETERMINED = "undetermined"
    NOT_APPLICABLE = "not_applicable"
    BINDING = "binding"
    NOT_BINDING = "not_binding"

    def label(self, lang: Lang = "vi") -> str:
        """The word for people.

        >>> import caicach
        >>> caicach.Verdict.MET.label(), caicach.Verdict.BINDING.label(lang="en")
        ('đạt', 'cap binds')
        """
        return _LABELS[lang][self.value]


_LABELS = {
    "vi": {
        "met": "đạt",
        "not_met": "chưa đạt",
        "pending": "chưa đến hạn",
        "undetermined": "chưa đủ dữ liệu",
        "not_applicable": "không áp dụng",
        "binding": "bị giới hạn",
        "not_binding": "không bị giới hạn",
    },
    "en": {
        "met": "met",
        "not_met": "not met",
        "pending": "not due yet",
        "undetermined": "not enough data",
        "not_applicable": "not applicable",
        "binding": "cap binds",
        "not_binding": "cap does not bind",
    },
}


class TaskStatus(enum.StrEnum):
    """Where a task stands.

    A member is its word: it compares equal to it and is written as it.

    >>> import caicach
    >>> caicach.TaskStatus.OVERDUE == "overdue", caicach.TaskStatus.OVERDUE.label()
    (True, 'quá hạn')
    """

    WAITING_FOR_TRIGGER = "waiting_for_trigger"
    NOT_DUE = "not_due"
    DUE = "due"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    DONE_LATE = "done_late"
    OVERDUE = "overdue"

    def label(self, lang: Lang = "vi") -> str:
        """The word for people.

        >>> import caicach
        >>> caicach.TaskStatus.DUE.label(), caicach.TaskStatus.DONE_LATE.label(lang="en")
        ('cần thực hiện', 'done late')
        """
        return _STATUS_LABELS[lang][self.value]


_STATUS_LABELS = {
    "vi": {
        "waiting_for_trigger": "chờ sự kiện",
        "not_due": "chưa đến kỳ",
        "due": "cần thực hiện",
        "in_progress": "đang thực hiện",
        "done": "hoàn thành",
        "done_late": "hoàn thành trễ",
        "overdue": "quá hạn",
    },
    "en": {
        "waiting_for_trigger": "waiting for its event",
        "not_due": "not due yet",
        "due": "due",
        "in_progress": "in progress",
        "done": "done",
        "done_late": "done late",
        "overdue": "overdue",
    },
}
