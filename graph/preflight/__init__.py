"""Before a release: a model that does not exist yet, judged by what is known of its parents. Pure.

The planned model joins the ancestry of its parents as one more node, so that families, arriving
licences and checks are the very ones that judge what is on the Hub.
"""

from graph.preflight.ancestry import Ancestry, ancestry
from graph.preflight.answer import Answer, judge
from graph.preflight.kinship import MemberOf
from graph.preflight.plan import Plan, PlanRefused, relation_of

__all__ = [
    "Ancestry",
    "Answer",
    "MemberOf",
    "Plan",
    "PlanRefused",
    "ancestry",
    "judge",
    "relation_of",
]
