"""What a tally of dossiers says, row by row; the tally itself is ``caicach.Tally``.

>>> import caicach
>>> from caicach.tally import Counts
>>> text = b"body,received,due\\nA,01/02/2024,05/02/2024\\n"
>>> isinstance(caicach.Tally.from_csv(text, as_of="2024-02-29").total, Counts)
True
"""

from __future__ import annotations

from ._core import Act, Counts, CsvFile, Progress, Reckoning, Reject, Rejects, Room, Table, Watch

__all__ = ["Act", "Counts", "CsvFile", "Progress", "Reckoning", "Reject", "Rejects", "Room", "Table", "Watch"]
