"""Tell a person at a terminal what takes long, without filling the log of a scheduled job.

Standard error only: standard output belongs to what the command produces.
"""

import sys
import time
from types import TracebackType
from typing import Self


class Progress:
    """A callable that shows one line of text. On a terminal the line is updated in place and wiped at the end of the
    ``with`` block; elsewhere a line is printed when its first word block is new, or every 10 seconds."""

    def __init__(self, terminal: bool | None = None) -> None:
        self.terminal = sys.stderr.isatty() if terminal is None else terminal
        self._topic = ""
        self._next = 0.0

    def __call__(self, text: str) -> None:
        if self.terminal:
            sys.stderr.write(f"\r\x1b[K{text}")
            sys.stderr.flush()
            return
        topic = text.partition(":")[0]
        if topic != self._topic or time.monotonic() >= self._next:
            self._topic, self._next = topic, time.monotonic() + 10
            print(text, file=sys.stderr, flush=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.terminal:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
