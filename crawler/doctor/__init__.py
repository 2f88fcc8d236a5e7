"""The doctor: each belief about the Hub that a crawl rests on, tested against a live one.

``probes`` and ``listening`` ask; the checks (``lists``, ``paging``, ``filters``, ``limits``,
``absence``, ``files``) are pure functions of what was heard; ``recording`` keeps it. The beliefs
and their sources: docs/hub.md; how to read a report: docs/doctor.md.
"""

from crawler.doctor.examine import CHECKS, examine
from crawler.doctor.probes import LISTS, QUICK, REQUESTS
from crawler.doctor.recording import Recorder
from crawler.doctor.verdict import Report, Result, Verdict

__all__ = [
    "CHECKS",
    "LISTS",
    "QUICK",
    "REQUESTS",
    "Recorder",
    "Report",
    "Result",
    "Verdict",
    "examine",
]
