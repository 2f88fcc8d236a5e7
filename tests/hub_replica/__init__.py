"""A replica of the Hugging Face Hub for tests: real HTTP on loopback over a snapshot series.

It answers as the Hub's own API does (shapes, paging, rate limits, errors), and misbehaves on
demand, so that a crawl can be tested with the real client and without a network. What is believed
of the Hub stands in ``rules.toml``; each belief can be switched, and recordings can take its place.
"""

from .faults import Fault, Faults
from .growth import multiply
from .limits import Limits, Window
from .recording import Recording
from .replica import Replica
from .rules import Rules
from .series import load_series
from .server import serve

__all__ = [
    "Fault",
    "Faults",
    "Limits",
    "Recording",
    "Replica",
    "Rules",
    "Window",
    "load_series",
    "multiply",
    "serve",
]
