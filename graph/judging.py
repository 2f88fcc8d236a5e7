"""What a build finds out about each artifact: its families, what arrives, what the checks say."""

from __future__ import annotations

from graph.arrivals import Arrivals
from graph.compliance.policies import Policies
from graph.compliance.unsure import judge_all
from graph.families import Families
from graph.model import Artifact
from graph.outputs import every_arrival
from graph.projection import Judged


class Judge:
    """Judges the artifacts of one graph."""

    def __init__(self, families: Families, policies: Policies) -> None:
        self._families, self._policies = families, policies
        self._arrivals = Arrivals(families)

    def judged(self, node: int, key: int, artifact: Artifact) -> Judged:
        """Return an artifact with what is found out about it; one not crawled is not judged."""
        families = self._families
        memberships = families.memberships(node)
        arrivals = every_arrival(self._arrivals, node) if artifact.crawled else []
        if not arrivals:
            return Judged(node, key, artifact, memberships, [])
        findings = judge_all(
            artifact,
            arrivals,
            licensor=families.is_licensor(node),
            rivals=any(not families.family(m.family).llama for m in memberships),
            policies=self._policies,
            whole=False,
        )
        return Judged(node, key, artifact, memberships, findings)
