"""Words and types of the interface."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from datetime import date
from os import PathLike
from typing import Any, Literal, TypeAlias

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

__all__ = ["Day", "FactsDict", "Lang", "Path", "Readings", "Text", "Verdict", "Words"]


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
