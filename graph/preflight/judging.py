"""The one way to judge a planned model, for the command line, REST and the page alike."""

from __future__ import annotations

from dataclasses import dataclass

from graph.catalogue.model import Derivation, Finding, Unknown
from graph.compliance.ambiguous import judge_all
from graph.compliance.judge import complete
from graph.compliance.policies import DEFAULT, Policies
from graph.engines.port.ports import GraphStore
from graph.lineage.families import Families
from graph.lineage.inherited import InheritedLicences
from graph.lineage.membership import THRESHOLD
from graph.lineage.output_provenance import every_inherited
from graph.preflight.ancestry import ancestry
from graph.preflight.answer import Answer
from graph.preflight.kinship import kin_of
from graph.preflight.plan import Plan
from graph.preflight.register import Register
from graph.preflight.resolution import Resolution, resolution


@dataclass(frozen=True, slots=True)
class Judging:
    """The user's choices: from how sure on a guess at a family counts, and the policies."""

    threshold: float = THRESHOLD
    policies: Policies = DEFAULT


def judge(plan: Plan, store: GraphStore, register: Register, how: Judging = Judging()) -> Answer:
    """Judge a plan by what the graph and the register know above it."""
    wanted = [claim.parent for claim in plan.claims]
    above = ancestry(store, register, wanted)
    kin = kin_of(plan, above, register, how.threshold)
    families, node = kin.families, kin.node(plan.id)
    told = resolution(plan, above, kin, register)
    findings = _findings(plan, families, node, how.policies)
    licensor = families.is_licensor(node)
    unknown = _unknown(told) if kin.is_open(plan.id) and not licensor else []
    return Answer(
        plan,
        tuple(complete(plan.id, findings, unknown)),
        tuple(families.memberships(node)),
        tuple(_parents(families, node)),
        told.unresolved,
        told.guessed,
    )


def _findings(plan: Plan, families: Families, node: int, policies: Policies) -> list[Finding]:
    inherited = InheritedLicences(families)
    return judge_all(
        plan.artifact(),
        every_inherited(inherited, node),
        licensor=families.is_licensor(node),
        rivals=inherited.has_rivals(node),
        policies=policies,
        whole=False,
    )


def _unknown(told: Resolution) -> list[Unknown]:
    """Return why nobody knows what arrives, as a build says it of what is on the Hub."""
    return [Unknown(one.reference, one.why, "") for one in told.unresolved]


def _parents(families: Families, node: int) -> list[Derivation]:
    """Return a node's own edges as they were resolved."""
    known = InheritedLicences(families)
    return [known.derivation(edge) for edge in families.own_edges(node)]
