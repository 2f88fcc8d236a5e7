"""A Hub of any size."""

from __future__ import annotations

from tests.hub_replica import Replica, multiply
from tests.hub_replica.sample import files_of, model, numbered


def test_copies_descend_from_their_own_and_from_the_official() -> None:
    tuned = model("acme/T", "base_model:meta-llama/L", "base_model:finetune:meta-llama/L")
    small = files_of("acme/S", _id="1" * 24, cardData={"base_model": ["acme/T"], "license": "x"})
    small["tags"] = ["base_model:quantized:acme/T", "license:acme"]
    grown = multiply([model("meta-llama/L"), model("gpt2"), tuned, small], 3)
    assert [r["id"] for r in grown[4:]] == ["acme-1/T", "acme-1/S", "acme-2/T", "acme-2/S"]
    last = grown[-1]
    assert last["author"] == "acme-2"
    assert last["tags"] == ["base_model:quantized:acme-2/T", "license:acme"]
    assert last["cardData"] == {"base_model": ["acme-2/T"], "license": "x"}
    assert grown[-2]["tags"] == tuned["tags"]
    assert last["files"] is small["files"]
    assert len({r.get("_id") for r in grown[3::2]}) == 3
    assert multiply(grown, 1) == grown


def test_copies_of_the_sample_are_told_apart_by_their_object_id() -> None:
    world = Replica(multiply(numbered(10), 4)).world
    assert len(world.models) == 40
