"""Shares measured on the real data, from which `tests.bench.herd` draws.

Measured in November 2026 on ``../shared/hub``, imported and built by this code. *Series*: the ten
states of ``series/``, 13,192 live models, 540 of them Llama's without being official. *Both*: the
series and ``leaderboard-2025-03.jsonl.gz``, 1,794 such models. Merges are rare in the series' Llama
models (7 of 463) and frequent in the leaderboard, so relations, names and tags are those of both;
depth, strength and data sets are the series'. Each table maps a value to a count.
"""

from __future__ import annotations

from graph.catalogue.model import Relation

# Both: the relation of a Llama descendant to its parents, where it names one.
RELATION = {
    Relation.FINETUNE: 847,
    Relation.MERGE: 194,
    Relation.ADAPTER: 123,
    Relation.QUANTIZED: 69,
}
# Series, all models: how many parents a merge names.
MERGED = {1: 134, 2: 44, 3: 22, 4: 10, 5: 3, 7: 2, 11: 1, 12: 2, 13: 1, 15: 1, 18: 5, 58: 2}
# Series: edges from a Llama descendant up to the family's root; 0: no parent known, guessed.
DEPTH = {0: 90, 1: 223, 2: 42, 3: 181, 4: 4}
# Series: families of Llama's descendants, those of an untold version aside.
FAMILY = {
    "llama-3.1": 321,
    "llama-3.2": 122,
    "llama-3": 36,
    "llama-3.3": 17,
    "llama-2": 7,
    "llama-4": 6,
    "code-llama": 4,
}
# Series: families of guessed models; the last two are versions that nothing tells.
CLASSIFIED = {"llama-3.1": 39, "llama-3.2": 20, "llama-3": 3, "llama-3.x": 18, "llama": 10}
INFERRED = 71 / 450  # series: inferred lineage among those that have an edge
RIVAL = 1 / 540  # series: descendants of another family's weights as well
# Series, all models: data sets that a model names.
DATASETS = {0: 11768, 1: 1129, 2: 139, 3: 54, 4: 45, 5: 23, 6: 7, 7: 3, 8: 6, 11: 3, 12: 9, 21: 4}
DATASETS_A_MODEL = 1086 / 13192  # series: data sets that are named, for each live model
GENERATED = 6 / 581  # datasets.jsonl.gz: data sets with a generator whose repository is known
GENERATED_BY_RIVAL = 1 / 6  # of these, by another family's model

# Both: how the name of a Llama descendant stands to the word.
NAME = {"Llama-{}": 728, "{}": 684, "{}-Llama": 350, "Meta-Llama-{}": 32}
# Both: the licences declared.
TAGS = {
    (): 714,
    ("apache-2.0",): 406,
    ("llama3.1",): 201,
    ("llama3.2",): 143,
    ("llama3",): 122,
    ("other",): 64,
    ("mit",): 55,
    ("cc-by-nc-4.0",): 31,
    ("llama2",): 19,
    ("llama3.3",): 18,
    ("creativeml-openrail-m",): 6,
    ("llama4",): 3,
}
# Both: the year of creation.
CREATED = {2023: 36, 2024: 773, 2025: 302, 2026: 518}

# cards.jsonl.gz has 399 cards for the series' 13,192 models; the series itself has no file lists,
# and the crawl fetches a list with its card.
FETCHED = 399 / 13192
# cards.jsonl.gz, characters: the deciles of the cards that name Llama, and their shortest and
# longest.
CARD_LENGTHS = (
    400, 4_910, 7_326, 8_837, 10_214, 13_995, 15_962, 16_884, 22_093, 29_560, 94_092,
)  # fmt: skip
BUILT_WITH = 10 / 399  # cards.jsonl.gz: cards that say "Built with"
GATED = 31 / 399  # cards.jsonl.gz: cards with an extra_gated_prompt
LICENCE_FILE = 0.15  # not measured, for no file list is in the data: an assumption
