"""Each open question is asked by a check, and no profile hides a finding."""

from __future__ import annotations

import inspect
from types import ModuleType

import pytest

from graph.catalogue.model import Outcome
from graph.compliance import check
from graph.compliance.checks import CHECKS
from graph.compliance.policies import PROFILES, Policy
from tests.tools.reading_checks import module_of
from tests.tools.write_docs import all_policies

MODULES = [check, *map(module_of, CHECKS.values())]
NAMED = [
    (module, name, policy)
    for module in MODULES
    for name, policy in vars(module).items()
    if isinstance(policy, Policy)
]


@pytest.mark.parametrize(("module", "name", "policy"), NAMED, ids=[p.name for _, _, p in NAMED])
def test_a_policy_is_asked_where_it_stands(module: ModuleType, name: str, policy: Policy) -> None:
    assert f"chosen({name})" in inspect.getsource(module)
    assert policy in all_policies()


def test_policies_have_a_name_each() -> None:
    names = [policy.name for policy in all_policies()]
    assert len(set(names)) == len(names) > 20


def test_no_policy_hides_a_finding_as_passed() -> None:
    said = {profile.of(policy) for profile in PROFILES.values() for policy in all_policies()}
    assert said == {Outcome.FAILED, Outcome.REVIEW, Outcome.INFO}
