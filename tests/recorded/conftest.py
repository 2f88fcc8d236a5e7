"""Fixtures of the recorded tests."""

from tests.recorded.front import front, url

__all__ = ["front", "url"]
