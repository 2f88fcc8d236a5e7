"""Server processes: free ports, waiting until one answers, its log, ending it."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

TAIL = 30  # lines of a log that are shown


class NotStarted(RuntimeError):
    """A server that did not start; the message holds the end of its log."""


def free_ports(count: int) -> list[int]:
    """Return ports of loopback that nothing listens on now, all different."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [int(one.getsockname()[1]) for one in sockets]


@dataclass(frozen=True, slots=True)
class Server:
    """A process that runs until it is told to end, and writes a log."""

    process: subprocess.Popen[bytes]
    log: Path

    @classmethod
    def run(
        cls,
        command: Sequence[str],
        log: Path,
        *,
        environment: Mapping[str, str] | None = None,
        user: str | None = None,
    ) -> Server:
        """Start a command, as another user if one is given. Ctrl-C is kept from it."""
        with log.open("ab") as out:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env=environment,
                cwd="/",
                start_new_session=True,
                user=user,
                group=user,
                extra_groups=None if user is None else [],
            )
        return cls(process, log)

    def wait_until(self, answers: Callable[[], bool], seconds: float) -> None:
        """Wait until it answers. Raises NotStarted, and ends it, where it does not."""
        end = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < end:
            if answers():
                return
            time.sleep(0.1)
        code = self.process.poll()
        self.kill()
        why = f"ended with code {code}" if code is not None else f"no answer in {seconds:g} s"
        raise NotStarted(f"{self.process.args!r}: {why}\n{self.tail()}")

    def tail(self) -> str:
        """Return the end of its log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-TAIL:])

    def kill(self) -> None:
        """End it at once (SIGKILL), as a crash would."""
        self.process.kill()
        self.process.wait()
