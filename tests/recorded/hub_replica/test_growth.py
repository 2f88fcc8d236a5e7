"""A Hub of any size, and how quickly its lists are answered."""

from __future__ import annotations

import time

import httpx
import orjson

from tests.hub_replica import Replica, Rules, multiply, serve
from tests.hub_replica.sample import files_of, model, numbered

MANY = 130_000
PAGE_SECONDS = 0.06
EXPAND = "&".join(f"expand={name}" for name in Rules().list_models_expand)


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


def test_pages_of_a_large_hub_are_answered_in_well_under_a_tenth_of_a_second() -> None:
    tags = [f"tag:{n}" for n in range(12)]
    card = {"license": "llama3.1", "base_model": "meta-llama/L", "language": ["en"] * 4}
    siblings = [{"rfilename": f"model-{n}.safetensors"} for n in range(8)]
    records = numbered(MANY, tags=tags, cardData=card, siblings=siblings, downloads=1)
    with serve(Replica(records).app) as url, httpx.Client(trust_env=False, timeout=60) as http:
        answer = http.get(f"{url}/api/models?limit=1000&sort=createdAt&{EXPAND}")
        assert len(orjson.loads(answer.content)) == 1000
        took = []
        for _ in range(12):
            started = time.perf_counter()
            answer = http.get(answer.links["next"]["url"])
            took.append(time.perf_counter() - started)
            assert answer.status_code == 200
    assert sorted(took)[len(took) // 2] < PAGE_SECONDS
