"""What a worker gives up before it answers anybody, so that a query cannot use it.

By the kernel's limits on a process: they hold whatever an engine's parser lets through. Windows
has none of them; the process that asks then says so (docs/console.md).
"""

from __future__ import annotations

import mmap
import signal
from contextlib import suppress
from pathlib import Path

MIB = 1 << 20
LATE = 5.0  # seconds after the time limit at which the process ends itself


def keep_memory(mebibytes: int) -> None:
    """Allow so much more memory than there is now."""
    with suppress(OSError, ValueError):  # where the system knows no such limit
        _limit(AS=_address_space() + mebibytes * MIB)


def write_nothing() -> bool:
    """Write to no file any more, and leave none behind when the process dies.

    Return whether the system has such limits at all.
    """
    return _limit(FSIZE=0, CORE=0)


def open_nothing() -> None:
    """Open no further file and no connection; what is open stays."""
    _limit(NOFILE=0)


def end_by_itself(seconds: float) -> None:
    """End the process when a query is long over its time, whatever it is doing; 0 takes it back."""
    if hasattr(signal, "setitimer"):  # else whoever asks ends it
        signal.setitimer(signal.ITIMER_REAL, seconds + LATE if seconds else 0)


def _limit(**most: int) -> bool:
    """Set the kernel's limits, by name, for good. Return whether there are any."""
    try:
        import resource
    except ImportError:
        return False
    for name, value in most.items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (value, value))
    return True


def _address_space() -> int:
    """Return how much memory the process has reserved, in bytes."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    return pages * mmap.PAGESIZE
