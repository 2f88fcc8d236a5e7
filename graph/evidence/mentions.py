"""The models that a phrase names, one after the other: "the X model and [Y](link)".

A mention is an id where a link leads to the Hub or the words name one repository; else it is the
family, as far as the words tell it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from graph.catalogue.model import DATASET_PREFIX
from graph.catalogue.naming import OWNED, Bare, Named, resolve
from graph.catalogue.words import SIZE
from graph.evidence.prose import BEGIN, CLOSE, OPEN

MAX_MENTIONS = 12
_LEAD = re.compile(
    r"(?:[\s:?\"'“”‘’(\[–—]{1,6}|(?:[\w.]{2,20}(?: ai)?['’]s?|the|an?|our|its|both|meta|google"
    r"|openai|microsoft|original|official|open[- ]source|powerful|popular|large|small|latest"
    r"|previous|great|new|now|deprecated|state[- ]of[- ]the[- ]art|foundation(?:al)?|pre-?trained"
    r"|fine-?tuned|instruction-tuned|base|language|models?|llm|weights (?:of|from)|weights"
    r"|checkpoint of|checkpoint|version of|recent|excellent|amazing|awesome|multilingual"
    r"|unquanti[sz]ed|full[- ]precision|newly|released|public|publicly available|repo(?:sitory)?"
    r"|following|backbone|derivative model of|from|series of|via|using|with|frozen|our own"
    r"|see|intermediate)"
    rf"(?=[\s:\"'“‘({BEGIN}]))",
    re.IGNORECASE,
)
# A folder on somebody's disk: its last name tells what lies there, but not whose it is.
_FOLDER = re.compile(r"(?:[A-Za-z]:)?[.~]{0,2}/(?:[\w.\-]{1,60}/){0,8}")
_WORD = re.compile(r"[A-Za-z0-9π][\w.+/:π\-]{0,100}|\[[a-z]{2,10}\]|\(\d{1,3}(?:\.\d)?[BM]\)")
_UNKNOWN = re.compile(
    r"(?=[\w.\-]*\d)[A-Z][\w.]{1,30}(?:-[\w.]{1,30}){1,4}"
)  # in a list: "ChatTTS-200M"
_STOP = re.compile(
    r"an?|the|and|or|but|with|using|on|for|via|by|to|which|that|is|was|are|were|be|in|at|from|as|of"
    r"|(?:fine-?)?tuned|trained|through|under|over|after|models?|llms?|checkpoints?|series|family"
    r"|weights|architecture|it|we|this|our|its|released|developed|where|when|has|have|can|if|than"
    r"|then|into|instead|plus|not|language|large|foundation|backbone",
    re.IGNORECASE,
)
_TUNED = "IT"  # "Gemma 3 27B IT": no pronoun
_ENDS = re.compile(  # a whole name, but not before what tells its variants apart: "SDXL turbo"
    r"(?!(?:turbo|refiner|inpaint|lightning|vae|hyper|mini|nano|tiny|small|medium|large|base|instruct"
    r"|chat|vision|coder|math|audio|omni|pt|sft|dpo|distil|quant|lcm|v\d))[a-z][a-z\-]*"
    r"|(?:Q?L[oO]RA|[Cc]ontrol-?[Nn]et|[Ff]ine-?[Tt]une)s?"
)
_OTHER = re.compile(
    r"[\s'’s]{0,4}(?:architectur|tokeni[sz]er|design|framework|paper|codebase|code\b|repo\b"
    r"|repositor|prompt|dataset|data\b|method|recipe|technique|chat template|template|format"
    r"|librar|(?:community )?licen[sc]e|implementation|model card|vocab|pipeline|outputs?\b"
    r"|\((?:build|revision)\b|responses|generations\b|completions|traces|text[- ]encoder"
    r"|-?generated|reward\b)",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"[\s\"'”’)\]]{0,3}(?:(?:text-only |base |language )?models?|llms?|checkpoints?|series|weights"
    r"|as (?:the |an? |its )?(?:\w+ )?(?:encoder|decoder|backbone|tower))?\s{0,2}"
    r"(?:,\s{0,2}and\b|,|and\b|&|\+)\s"
)
_CLOSES = re.compile(r"[\s\"'”’)\]]{0,3}(?:models?)?\s{0,2}(?:[,.;&)]|and\b|$)")
_MARKS = (BEGIN, OPEN)
_LATE_LINK = re.compile(
    rf" [–—-] (?={BEGIN})|"  # "Name - [what it adds](link)"
    r"[ (\[:]{0,3}(?:(?:base )?(?:models?|llms?|checkpoints?|weights|series))?[ (\[:]{0,3}"
    r"(?:(?:made |publicly )?(?:available|found|released) (?:in|at|on|from|under|via)? ?)?"
    rf"(?={OPEN}|{BEGIN}(?:(?:in |at )?(?:this )?(?:here|link|hf|hugging ?face|model"
    rf"|repo(?:sitory)?|source|original|commit|page))?{OPEN})",
    re.IGNORECASE,
)
_BASED = re.compile(r"-(?:based|derived|finetuned|fine-tuned)$", re.IGNORECASE)
_FILE = re.compile(
    r"\.(?:py|md|ya?ml|jsonl?|txt|csv|tsv|parquet|sh|safetensors|bin|pt|gguf|ipynb|zip|gz|pdf|html?"
    r"|png|jpe?g|gif|mp[34]|wav)$",
    re.IGNORECASE,
)
# What stands before a slash and owns nothing: a DOI, a number or version, a host, a folder.
_NO_OWNER = re.compile(
    r"10\.\d{4,9}|v?\d[\d.\-]*|.+\.(?:com|org|net|io|edu|gov|co|de|cn|ru|uk|eu|info)"
    r"|(?:data|datasets?|src|scripts?|docs?|outputs?|results?|images?|examples?|configs?|notebooks?"
    r"|train|tests?|eval|valid(?:ation)?|tools?|utils?|assets?|papers?|arxiv|doi|abs|and|w|n)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A model in a text: its id or its family, where the mention ends, its link if it has one."""

    words: str
    named: Named
    end: int
    link: str | None = None

    @property
    def id(self) -> str | None:
        """The repository's id, if it is told."""
        return self.named.id


def mentions(text: str, bare: Bare = Bare.BASE) -> Iterator[Mention]:
    """Yield the models that a text names from its beginning on; it ends at the first other word."""
    place, listed = 0, True
    for _ in range(MAX_MENTIONS):
        found = mention(text, place, bare)
        if not found and (unknown := _UNKNOWN.match(text, place)):
            following = _NEXT.match(text, unknown.end())
            if following:
                place, listed = following.end(), not following.group().rstrip().endswith(",")
                continue
        if found is None or _OTHER.match(text, found.end):
            return
        if not listed and not _CLOSES.match(text, found.end):
            return  # "based on X, Y is …": a comma begins a list or a clause
        yield found
        following = _NEXT.match(text, found.end)
        if not following:
            return
        place, listed = following.end(), not following.group().rstrip().endswith(",")


def mention(text: str, place: int = 0, bare: Bare = Bare.BASE) -> Mention | None:
    """Return the model that a text names at a place, after words such as "the original"."""
    for _ in range(8):
        lead = _LEAD.match(text, place)
        if not lead:
            break
        place = lead.end()
    if folder := _FOLDER.match(text, place):
        lies = mention(text, folder.end(), bare)
        return replace(lies, named=replace(lies.named, id=None)) if lies else None
    words: list[str] = []
    end = place
    while len(words) < 8:
        at = end + (text[end : end + 1] == " ")
        if text.startswith(_MARKS, at):
            return _linked(text, at, words) or _told(words, text, place, bare)
        found = _WORD.match(text, at)
        if not found or (_STOP.fullmatch(found.group()) and found.group() != _TUNED):
            break
        word = _BASED.sub("", found.group())
        if words and _ENDS.fullmatch(word) and _is_whole(words, bare):
            break  # "Qwen2.5-7B functions as …", "FLUX.1-dev LoRA"
        words.append(word)
        end = at + len(word)
        if word[-1] == ":" or text[end : end + 1] not in {" ", *_MARKS}:
            break
    late = _LATE_LINK.match(text, end) if words else None
    return (_linked(text, late.end(), words) if late else None) or _told(words, text, place, bare)


def _is_whole(words: list[str], bare: Bare) -> bool:
    told = resolve(" ".join(words), bare)
    return told is not None and told.id is not None


def _linked(text: str, start: int, before: list[str]) -> Mention | None:
    """Read a link, whose words are one unit; None where it only stands beside a known name."""
    middle, end = text.find(OPEN, start), text.find(CLOSE, start)
    if not start <= middle < end:
        return None
    reference = text[middle + 1 : end]
    if reference.startswith(DATASET_PREFIX):
        if any(resolve(word) for word in before):
            return None
        return Mention(" ".join(before), Named(reference), end + 1, reference)
    words = text[start + 1 : middle] if start < middle else ""
    words = words or " ".join(before)
    told = (
        None if reference.startswith("/") else resolve(reference)
    ) or Named()  # no folder is one
    named = told if told.id else replace(told, id=reference)
    return Mention(words, named, end + 1, reference)


def _told(words: list[str], text: str, place: int, bare: Bare) -> Mention | None:
    """Resolve the longest run of words that names a model; "our 20B X" may be X."""
    found = _longest(words, text, place, bare)
    if found and not found.id and len(words) > 1 and SIZE.fullmatch(words[0].lower()):
        behind = _longest(words[1:], text, place, bare)
        return behind if behind and behind.id else found
    return found


def _longest(words: list[str], text: str, place: int, bare: Bare) -> Mention | None:
    for count in range(len(words), 0, -1):
        said = " ".join(words[:count]).rstrip(".:/")
        if count > 1 and "/" in said:
            continue
        if OWNED.fullmatch(said) and not is_reference(said):
            continue
        named = resolve(said, bare)
        if named and (named.id or any(c.isupper() or c.isdigit() for c in said)):
            return Mention(said, named, _end(text, place, words[:count]))
    return None


def _end(text: str, place: int, words: list[str]) -> int:
    for word in words:
        place = text.index(word, place) + len(word)
    return place


def is_reference(said: str) -> bool:
    """Tell an id in prose ("acme/Base-7B") from two words with a slash ("chat/instruct")."""
    owner, _, name = said.partition("/")
    if _NO_OWNER.fullmatch(owner):
        return False
    told = resolve(said)
    if told and told.family:
        return True
    odd = any(c.isdigit() for c in name) or ("-" in name and any(c.isupper() for c in name))
    return odd and len(owner) > 2 and len(name) > 4 and not _FILE.search(name)
