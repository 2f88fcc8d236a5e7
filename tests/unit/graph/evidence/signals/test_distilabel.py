"""The models that a distilabel pipeline asked: who wrote the texts, and who only rated them."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from graph.catalogue.model import Strength
from graph.evidence.record import read
from graph.evidence.signals import distilabel

LLAMA = "meta-llama/Meta-Llama-3-70B-Instruct"


def step(task: str, name: str = "step_0", **fields: Any) -> dict[str, Any]:
    body = {"name": name, **fields, "type_info": {"module": "distilabel.steps", "name": task}}
    return {"step": body, "name": name}


def told(*steps: object, kind: str = "dataset") -> list[tuple[str, str]]:
    text = yaml.safe_dump({"distilabel": {"version": "1.3.2"}, "pipeline": {"steps": [*steps]}})
    record = read(
        {"id": "acme/Data", "kind": kind, "files": {"pipeline.yaml": text}}, lambda _: None
    )
    found = list(distilabel.claims(record))
    assert {(c.relation.value, c.strength) for c in found} <= {("generated_by", Strength.DECLARED)}
    return [(c.parent, c.evidence.field) for c in found]


@pytest.mark.parametrize("field", ["model_id", "model", "model_name"])
def test_the_model_that_a_step_asks_for_texts_is_a_generator(field: str) -> None:
    llm = {field: LLAMA, "generation_kwargs": {"temperature": 0.7}, "tokenizer_id": "x/y"}
    asked = told(step("LoadDataFromHub"), step("TextGeneration", "text_generation_0", llm=llm))
    assert asked == [(LLAMA, "pipeline.yaml: text_generation_0")]


@pytest.mark.parametrize(
    "task",
    ["UltraFeedback", "PrometheusEval", "QualityScorer", "ComplexityScorer", "TextClassification",
     "ArgillaLabeller", "InstructionBacktranslation", "APIGenSemanticChecker"],
)  # fmt: skip
def test_a_model_that_rates_or_labels_is_no_generator(task: str) -> None:
    assert told(step(task, llm={"model_id": LLAMA})) == []


@pytest.mark.parametrize(
    "task", ["EvolQuality", "Magpie", "SelfInstruct", "EvolInstruct", "OwnTask"]
)
def test_a_model_that_writes_anew_is_one(task: str) -> None:
    assert told(step(task, llm={"model_id": LLAMA})) == [(LLAMA, "pipeline.yaml: step_0")]


def test_models_within_models_are_found_and_each_is_said_once() -> None:
    mixture = {"aggregator_llm": {"model": "a/Aggregator"}, "proposers_llms": [{"model": LLAMA}]}
    url = {"model_id": f"https://huggingface.co/{LLAMA}"}
    asked = told(step("TextGeneration", llm=mixture), step("TextGeneration", llm=url))
    assert [parent for parent, _ in asked] == ["a/Aggregator", LLAMA]


@pytest.mark.parametrize("model", ["gpt-4", "./model", "", None, 3, "claude-3-opus", ["x/y"]])
def test_what_names_no_repository_claims_nothing(model: object) -> None:
    assert told(step("TextGeneration", llm={"model": model})) == []


@pytest.mark.parametrize("model", ["llama3.1:70b", "/models/Meta-Llama-3-70B-Instruct", "llama3"])
def test_what_speaks_of_a_llama_stays_as_it_was_written(model: str) -> None:
    assert told(step("TextGeneration", llm={"model": model})) == [(model, "pipeline.yaml: step_0")]


def test_only_a_data_set_is_generated() -> None:
    assert told(step("TextGeneration", llm={"model_id": LLAMA}), kind="model") == []


@pytest.mark.parametrize("steps", [3, "x", [1, {"step": []}, {"step": {"llm": 3}}]])
def test_a_pipeline_that_is_none_claims_nothing(steps: Any) -> None:
    assert told(*(steps if isinstance(steps, list) else [steps])) == []


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    record = {"id": "acme/Data", "kind": "dataset", "files": {"pipeline.yaml": text}}
    assert list(distilabel.claims(read(record, lambda _: None))) == []
