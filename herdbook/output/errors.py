"""Errors of the door itself."""


class NotKnown(LookupError):
    """An id that the register does not know; the message names the nearest it does."""
