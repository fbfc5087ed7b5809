"""Progress on the terminal."""

from __future__ import annotations

import sys
import time

from ._core import Progress

_MEGABYTE = 1_000_000
#: Seconds between two lines.
_PAUSE = 0.2


class Line:
    """One line on standard error, written over and over."""

    def __init__(self) -> None:
        self._last = time.monotonic()

    def __call__(self, progress: Progress) -> None:
        now, done = time.monotonic(), progress.bytes == progress.total
        if now - self._last < _PAUSE and not done:
            return
        self._last = now
        megabytes = f"{progress.bytes // _MEGABYTE} MB"
        if progress.total:
            megabytes += f" of {progress.total // _MEGABYTE} MB ({100 * progress.bytes // progress.total} %)"
        # Some environments, pythonw among them, have no standard error.
        if sys.stderr is not None:
            end = "\n" if done else ""
            print(f"\r{megabytes}, {progress.rows} rows, {progress.rejected} rejected", end=end, file=sys.stderr, flush=True)
