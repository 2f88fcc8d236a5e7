"""Before a release: a model that does not exist yet, judged by what is known of its parents. Pure.

The planned model is the record that the Hub would have of it. The signals of the crawl read it, and
it joins the ancestry of its parents as one more node, so that relation, families, arriving licences
and checks are the very ones that judge what is on the Hub.
"""

from graph.preflight.answer import Answer
from graph.preflight.asked import RELATIONS, Asked, PlanRefused
from graph.preflight.judging import Judging, judge
from graph.preflight.plan import NoBase, Plan, plan
from graph.preflight.register import Register

__all__ = [
    "RELATIONS",
    "Answer",
    "Asked",
    "Judging",
    "NoBase",
    "Plan",
    "PlanRefused",
    "Register",
    "judge",
    "plan",
]
