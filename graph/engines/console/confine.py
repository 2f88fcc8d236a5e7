"""What a worker gives up before it answers anybody, so that a query cannot use it.

By the kernel's limits on a process: they hold whatever an engine's parser lets through.
"""

from __future__ import annotations

import resource
import signal
from contextlib import suppress
from pathlib import Path

MIB = 1 << 20
LATE = 5.0  # seconds after the time limit at which the process ends itself


def keep_memory(mebibytes: int) -> None:
    """Allow so much more memory than there is now."""
    with suppress(OSError, ValueError):  # where the system knows no such limit
        used = _address_space()
        resource.setrlimit(resource.RLIMIT_AS, (used + mebibytes * MIB,) * 2)


def write_nothing() -> None:
    """Write to no file any more, and leave none behind when the process dies."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def open_nothing() -> None:
    """Open no further file and no connection; what is open stays."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def end_by_itself(seconds: float) -> None:
    """End the process when a query is long over its time, whatever it is doing; 0 takes it back."""
    signal.setitimer(signal.ITIMER_REAL, seconds + LATE if seconds else 0)


def _address_space() -> int:
    """Return how much memory the process has reserved, in bytes."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    return pages * resource.getpagesize()
