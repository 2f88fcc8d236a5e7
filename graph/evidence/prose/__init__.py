"""A card's prose: its sentences, what a card's other parts say, and of whom they speak."""

from graph.evidence.prose.blocks import MAX_CARD
from graph.evidence.prose.markup import BEGIN, CLOSE, OPEN, plain, unmarked
from graph.evidence.prose.text import Sentence, sentences

__all__ = ["BEGIN", "CLOSE", "MAX_CARD", "OPEN", "Sentence", "plain", "sentences", "unmarked"]
