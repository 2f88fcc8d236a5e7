"""What the probes heard, as plain values for the checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from crawler.doctor.verdict import Verdict, quoted, unknown
from crawler.hub.errors import HubError
from crawler.hub.transport import PASSING, Exchange

NOT_LOOKED_AT = "not looked at"
RUN_IT = "run herdbook doctor"
UNSAID = "nothing can be said until it is asked again"
HUBS = frozenset({"huggingface.co", "hf.co"})


@dataclass(frozen=True, slots=True)
class Heard:
    """What a probe heard, retries and refused fields included; the last answer is the one.

    ``trouble`` says what went wrong, ``stray`` holds the redirects of a request that came to no
    answer, ``skipped`` says why nothing was asked.
    """

    told: tuple[Exchange, ...] = ()
    stray: tuple[Exchange, ...] = ()
    trouble: str = ""
    skipped: str = ""


@dataclass
class Case:
    """All that was heard of one endpoint, by the names of the probes."""

    heard: Mapping[str, Heard]
    endpoint: str
    authorised: bool = False
    _decoded: dict[str, Any] = field(default_factory=dict)

    @property
    def is_the_hub(self) -> bool:
        """Whether this is the Hub itself, whose lists have millions of rows, and no mirror."""
        return urlsplit(self.endpoint).hostname in HUBS

    def exchange(self, probe: str) -> Exchange:
        """Return a probe's answer."""
        return self.heard[probe].told[-1]

    def has(self, probe: str) -> bool:
        """Tell whether a probe was answered with 200."""
        heard = self.heard.get(probe)
        return bool(heard and heard.told and heard.told[-1].status == 200)

    def json(self, probe: str) -> Any:
        """Return what was answered with 200, None where that is no JSON."""
        if probe not in self._decoded:
            self._decoded[probe] = None
            with suppress(HubError):
                self._decoded[probe] = self.exchange(probe).json() if self.has(probe) else None
        return self._decoded[probe]

    def rows(self, probe: str) -> list[dict[str, Any]] | None:
        """Return the rows of a list that are objects, None where no list came."""
        value = self.json(probe)
        return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else None


Judge = Callable[[Case], Verdict]


@dataclass(frozen=True, slots=True)
class Check:
    """One belief: its id, itself in words, the probes that it needs, and how it is judged.

    ``alone``: it judges a probe that came to no answer by itself.
    """

    id: str
    belief: str
    probes: tuple[str, ...]
    judge: Judge
    alone: bool = False

    def verdict(self, case: Case) -> Verdict:
        """Judge what was heard; what was not heard is unknown."""
        for probe in self.probes:
            heard = case.heard.get(probe)
            if heard is None:
                return unknown(NOT_LOOKED_AT, RUN_IT)
            if heard.skipped:
                return unknown(heard.skipped, "nothing follows for the rest")
            if not (heard.told or self.alone):
                return unknown(heard.trouble, UNSAID)
            if heard.told and heard.told[-1].status in PASSING:
                return unknown(heard.trouble or "the Hub was in trouble", UNSAID)
        return self.judge(case)


class Checks(list[Check]):
    """The checks of a module, in the order in which they stand there."""

    def add(
        self, name: str, belief: str, *probes: str, alone: bool = False
    ) -> Callable[[Judge], Judge]:
        """Add what is decorated as the judge of a belief, told by some probes; see `Check`."""

        def add(judge: Judge) -> Judge:
            self.append(Check(name, belief, probes, judge, alone))
            return judge

        return add


def asked_fields(exchange: Exchange) -> list[str]:
    """Return the fields that a request named."""
    return [value for name, value in parse_qsl(exchange.query) if name == "expand"]


def status_and_words(exchange: Exchange) -> str:
    """Say what was answered: the status, the code, the words."""
    if exchange.status == 200:
        return f"200, {exchange.headers.get('content-type', 'of no type')[:40]}"
    code = exchange.headers.get("x-error-code")
    return f"{exchange.status}{f' {code[:40]}' if code else ''}, {quoted(exchange.words)}"
