"""A name that the Hub's own id tells was borne before is one, unless a repository bears it now."""

from pathlib import Path

import pytest
from sqlalchemy import text

from graph.storage.columns import OLDER_NAME
from tests.home import LLAMA, Home, model

INSERT = """
insert into claims (owner, child, parent, relation, strength, confidence, source, signal, field,
                    value)
select new.key, old.key, new.key, (select relation from claims where signal = 'identity' limit 1),
       3, 1.0, 3, :signal, '_id', '' from artifacts new, artifacts old
where new.id = 'acme/New' and old.id = 'acme/Old'
"""


@pytest.mark.parametrize("signal", OLDER_NAME)
@pytest.mark.parametrize("borne", [False, True])
def test_a_former_name_leads_on_unless_it_is_borne_again(
    tmp_path: Path, signal: str, borne: bool
) -> None:
    home = Home(tmp_path)
    home.take(
        model("acme/New", f"finetune:{LLAMA}"),
        model("b/Child", "finetune:acme/Old"),
        model("c/Other", "finetune:meta-llama/Meta-Llama-3.1-8B"),  # renamed, by the roster
        *([model("acme/Old")] if borne else []),
    )
    with home.engine.begin() as connection:
        connection.execute(text(INSERT), {"signal": signal})
    home.build()
    renamed = {(c, p) for c, relation, p, _ in home.edges() if relation == "renamed"}
    assert (("acme/Old", "acme/New") in renamed) is not borne
    assert ("meta-llama/Meta-Llama-3.1-8B", LLAMA) in renamed
    members = {row[0] for row in home.found()["members"]}
    assert ("b/Child" in members) is not borne
    home.close()
