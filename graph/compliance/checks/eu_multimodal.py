"""The grant for multimodal models is withheld in the European Union: use policy of 3.2 and 4.

Where somebody lives is not shown by a repository, so this is information, and only where one of
the release's multimodal models is on the path. For a text tower taken out of one, too: the
policy does not say whether it still is one.
"""

from __future__ import annotations

from graph.catalogue.model import Outcome
from graph.catalogue.roster import load as load_roster
from graph.compliance.case import Case, Verdict, not_applicable
from graph.compliance.check import Check


def _judge(case: Case) -> Verdict:
    """Say whether a multimodal model of the release is on the path."""
    if (model := multimodal(case)) is None:
        return not_applicable("No multimodal model of the release is on the path.")
    return Verdict(
        Outcome.INFO,
        f"{model} is a multimodal model: the rights of 1.a are not granted to individuals "
        "domiciled, or companies with a principal place of business, in the European Union. End "
        "users of a product that incorporates it are excepted.",
        case.seen("lineage", model),
    )


def multimodal(case: Case) -> str | None:
    """Return the multimodal model of the release that the artifact is or comes from."""
    roster = load_roster()
    family = roster.families.get(case.inherited.family)
    if family is None:
        return None
    ids = [case.artifact.id, *(e.parent for e in (*case.inherited.path, *case.inherited.steps))]
    known = (roster.renamed.get(one, one) for one in ids)
    return next((one for one in known if one in family.multimodal), None)


CHECK = Check("eu-multimodal", _judge, lambda _: "See whether this concerns you.", order=100)
