"""Console queries in processes of their own: what a query may do to one, it does to that one.

The store asks `Workers`; each is a process (`python -m graph.engines.console`) that opens one
engine for reading, gives up what it does not need, and answers one question after the other. A
process that is late, or dies, is ended and replaced by another when it is next needed.
"""

from graph.engines.console.workers import Workers

__all__ = ["Workers"]
