"""One meaning of a text."""

from __future__ import annotations

from typing import NamedTuple

from graph.catalogue.model import Relation


class Reference(NamedTuple):
    """A repository that a text means.

    ``id`` stands in the text itself where ``how`` is empty; else that says what it was guessed by,
    how surely, and what the text's thing is to the repository.
    """

    id: str
    how: str = ""
    confidence: float = 1.0
    relation: Relation = Relation.RENAMED

    @property
    def is_held(self) -> bool:
        """Whether the text holds the id itself."""
        return not self.how

    def among_others(self) -> Reference:
        """Return it as one of several that a text means: the text stands for their merge."""
        return self._replace(relation=Relation.MERGE)
