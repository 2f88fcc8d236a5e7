"""What is known of a family: the keys of its entry in a file of ``families/``, and no others."""

from __future__ import annotations

from datetime import date

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

DEFAULT_SHARE = 0.02  # of a family too new to be counted: as rare as the rarest that was counted
_KNOWN_KEYS = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True, config=_KNOWN_KEYS)
class Name:
    """How a family is written beside its id and its title.

    ``words`` speak of it wherever they stand in a repository's name; ``version`` is the number
    after its line's word, ``short`` is what people abbreviate that to. ``needs`` says what must
    stand beside the name in prose for it to be one: a "number" or a "size". ``alone`` are sizes
    that the line's bare word has only in this version, ``plain`` those that its maker published
    under the bare word, which others used for later ones. ``runtimes`` and ``others`` hold the word
    and mean a program, or models that only look like it.
    """

    words: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    version: str = ""
    short: tuple[str, ...] = ()
    needs: str = ""
    role: str = "model"
    alone: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    runtimes: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, config=_KNOWN_KEYS)
class Weights:
    """How the official weights look: numbers of parameters, dimensions, what configs call them.

    ``totals`` are parameters to the unit, ``gguf_totals`` those of GGUF files where they differ;
    ``sizes`` are the billions in names. A dimension is hidden size, layers, heads and key-value
    heads; ``vocabulary`` the least and the greatest size; ``rope`` the type of rope scaling or
    "none". ``copied`` says that others trained models of this shape, so that it tells less.
    """

    totals: tuple[int, ...] = ()
    gguf_totals: tuple[int, ...] = ()
    sizes: tuple[float, ...] = ()
    dimensions: tuple[tuple[int, ...], ...] = ()
    vocabulary: tuple[int, ...] = ()
    rope: str = ""
    architectures: tuple[str, ...] = ()
    model_types: tuple[str, ...] = ()
    copied: bool = False


@dataclass(frozen=True, slots=True, config=_KNOWN_KEYS)
class Tokenizer:
    """The family's own tokens: one that begins a text, those that its chat template holds.

    ``telling`` words tell it from families with the same ``template``; any of them does.
    """

    begin: str = ""
    template: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, config=_KNOWN_KEYS)
class Family:
    """A line of models that share one origin, and the licence their maker gave them.

    ``official`` names the maker's repositories one by one, ``patterns`` by shape where they are
    too many (``Qwen/Qwen2.5-*``, an owner and a name with ``*``). ``roots`` are repositories of
    others that hold the origin's weights where the maker published none on the Hub.

    ``within`` names the family of untold version that this one is a version of. Such a family has
    no repository, and ``candidates``: the licences of its versions, one of which it has.
    ``share`` is how many of Llama's descendants are the family's. A ``component`` stands beside
    a language model in others' models, which do not come from it.
    """

    id: str
    title: str
    maker: str
    licence: str
    llama: bool = False
    released: date | None = None
    within: str = ""
    share: float = DEFAULT_SHARE
    component: bool = False
    official: frozenset[str] = frozenset()
    multimodal: frozenset[str] = frozenset()
    roots: frozenset[str] = frozenset()
    patterns: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    name: Name = Name()
    weights: Weights = Weights()
    tokenizer: Tokenizer = Tokenizer()
