"""What a card's sentences in other languages say of where this model comes from.

As in English (`graph.evidence.statements`), a statement counts where it speaks of this model, and
is not denied or compared; only the words are data here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from graph.catalogue.model import DATASET_PREFIX, Relation
from graph.catalogue.naming import Bare, Role, resolve
from graph.evidence.languages.places import ENDS, named_at, named_before, sentences
from graph.evidence.languages.words import Language, Phrase, load
from graph.evidence.mentions import Mention
from graph.evidence.prose import CLOSE, MAX_CARD, OPEN, Sentence
from graph.evidence.record import HubRecord
from graph.evidence.relation import quantised
from graph.evidence.statements import Statement, names

MAX_LISTED = 12
_PLAINLY = 3  # different words from which on a card is in a language
_NEAR = 20  # characters between a name and the link that it is the words of
_LATE = 16  # characters behind a phrase in which it may be taken back: "…ではない"
_REACH = 60  # characters on either side of a phrase in which its model stands
_LATIN = r"A-Za-z0-9"
_SCRIPTS = re.compile(
    rf"(?<=[{_LATIN}{CLOSE}])(?=[\u0370-\u1dff\u3040-\ud7ff])|(?<=[\u0370-\u1dff\u3040-\ud7ff])(?=[{_LATIN}])"
)
_WIDE = {0x3000: " ", **{n: chr(n - 0xFEE0) for n in range(0xFF01, 0xFF5F)}}
_PLAIN = bytes(
    (n + 32 if 65 <= n <= 90 else n) if n > 127 or chr(n).isalnum() else 32 for n in range(256)
)
_ASCII = bytes(range(128))
_CLAUSE = re.compile(r"[,;:。、!?(]")
_LINKED = re.compile(rf"[^,;:。、!?|(){OPEN}]{{0,80}}(?={OPEN})")
_FOREIGN = re.compile(r"[^\x00-\x7f\u2000-\u303f\ue000-\uf8ff]{1,12}\s?")  # "Meta 开源的 Llama 3"
_ID = re.compile(r"\b[A-Za-z][\w.\-]{2,90}/(?=[\w.]{0,90}[\d\-])[\w.\-]{3,90}", re.ASCII)
_NAME = re.compile(r"[A-Za-z][\w.+\-]{2,80}", re.ASCII)
_SIZE = re.compile(r"(?<=[A-Za-z][-_ ])\d{1,3}(?:\.\d)?[bB]\b")  # of a name


def statements(record: HubRecord) -> tuple[Statement, ...]:
    """Return what a model's card says of its origin in other languages than English, in order."""
    return _read(record.name, record.files.get("README.md", ""))


@lru_cache(maxsize=8)  # a signal and a feature ask for the same card
def _read(name: str, card: str) -> tuple[Statement, ...]:
    spoken = spoken_in(card)
    if not spoken:
        return ()
    copy = quantised(name, ()) is not None
    found: dict[tuple[str | None, int], Statement] = {}
    for sentence in sentences(card, {word for language, _ in spoken for word in language.words}):
        here = {id(language) for language, _ in spoken_in(sentence.text)}
        for language, seen in spoken:
            if seen < _PLAINLY and id(language) not in here:
                continue  # a word or two of it in a card of another language
            for told in _told(name, sentence, language):
                if copy and told.relation is not Relation.QUANTIZED:
                    told = replace(told, copied=True)  # it repeats what its original's card says
                found.setdefault((told.mention.id or told.mention.words, sentence.line), told)
    return tuple(found.values())


def generators(card: str) -> Iterator[tuple[Mention, Sentence]]:
    """Yield the models that a data set's card names as its generators, with their sentences."""
    spoken = [language for language, _ in spoken_in(card) if language.generating]
    words = {word for language in spoken for word in language.generating}
    for sentence in sentences(card, words) if words else ():
        for language in spoken:
            text = _in_one_spelling(sentence.text, language)
            for one in _generators(text, replace(language, made=language.judged)):
                yield one, sentence


def _generators(text: str, language: Language) -> Iterator[Mention]:
    for phrase in language.generated:
        for start, found in _found(text, phrase, language, listed=True):
            clause = _CLAUSE.split(text[:start])[-1]
            if language.denied.search(clause) or language.judged.search(clause):
                continue
            for one in found:
                told = None if text[one.end - 1] == CLOSE else resolve(one.words, Bare.FAMILY)
                yield replace(one, named=told) if told else one


def spoken_in(text: str) -> list[tuple[Language, int]]:
    """Return the languages of which words or letters stand in a text, and how many words."""
    read, known = text[:MAX_CARD].encode("utf-8", "surrogatepass"), load()
    told = known.seen.intersection(read.translate(_PLAIN).split())
    letters = set(read.translate(None, _ASCII).decode("utf-8", "surrogatepass"))
    if not told and not letters:
        return []
    found = ((language, len(language.seen & told)) for language in known.languages)
    return [one for one in found if one[1] or not letters.isdisjoint(one[0].letters)]


def _told(name: str, sentence: Sentence, language: Language) -> Iterator[Statement]:
    """Yield what one sentence says; of several phrases about a model, the most telling one."""
    text = _in_one_spelling(sentence.text, language)
    taken: set[str] = set()
    if label := language.label.match(text):
        place = _start(text, label.end(), language)
        found = _chain(text, place, language, listed=False) if place is not None else []
        yield from _statements(name, None, found, sentence, text, taken)
    for relation, phrases in language.phrases:
        for phrase in phrases:
            for start, found in _found(text, phrase, language, listed=relation is Relation.MERGE):
                if speaks_of(name, text, start, language):
                    yield from _statements(name, relation, found, sentence, text, taken)


def _statements(
    name: str,
    relation: Relation | None,
    found: list[Mention],
    sentence: Sentence,
    text: str,
    taken: set[str],
) -> Iterator[Statement]:
    for one in found:
        said = one.id or one.words
        if said in taken or one.named.role is Role.SOURCE or names(name, said.rpartition("/")[2]):
            continue
        if not (one.id or "").startswith(DATASET_PREFIX):
            taken.add(said)
            yield Statement(relation, one, sentence)


def _in_one_spelling(text: str, language: Language) -> str:
    """Return a sentence with narrow signs, one spelling, and spaces where scripts meet."""
    plain = text.translate(_WIDE).translate(language.same)
    return _SCRIPTS.sub(" ", plain)


def _found(
    text: str, phrase: Phrase, language: Language, listed: bool
) -> Iterator[tuple[int, list[Mention]]]:
    """Yield where a phrase begins, and the models that stand in it."""
    if phrase.before is None:
        yield from _named_first(text, phrase, language, listed)
        return
    for before in phrase.before.finditer(text):
        if _taken_back(before.groups(), language):
            continue
        place = _start(text, before.end(), language)
        found = _chain(text, place, language, listed) if place is not None else []
        if found and _closes(text, found[-1].end, phrase, language):
            yield before.start(), found


def _closes(text: str, end: int, phrase: Phrase, language: Language) -> bool:
    """Tell whether a phrase goes on behind its model as it must, and speaks of no part of it."""
    near = end + (text[end : end + 1] == " ")
    if language.other.match(text, end) or language.made.match(text, near):
        return False
    if phrase.behind is None:
        return language.spaced or not _is_late(text, end, language)
    behind = _behind(text, end, phrase, language)
    return behind is not None and (language.spaced or not _is_late(text, behind.end(), language))


def _is_late(text: str, end: int, language: Language) -> bool:
    """Tell whether what follows in a clause takes back what was said."""
    return language.denied.search(_CLAUSE.split(text[end : end + _LATE])[0]) is not None


def _past(text: str, place: int, language: Language) -> int:
    """Return where the words that may stand beside a name end."""
    for _ in range(6):
        found = language.beside.match(text, place)
        if not found or found.end() == place:
            break
        place = found.end()
    return place


def _start(text: str, place: int, language: Language) -> int | None:
    """Return where a model is named: right here, or by the next link of the clause."""
    near = _past(text, place, language)
    odd = _FOREIGN.match(text, near)
    if odd and text[odd.end() : odd.end() + 1].isascii() and not _apart(odd.group(), language):
        near = odd.end()
    named = named_at(text, near, language.beside)
    if named is not None and (named.id or not _link_follows(text, named.end, language)):
        return near
    linked = _LINKED.match(text, place)
    return linked.end() if linked and not _apart(linked.group(), language) else None


def _apart(between: str, language: Language) -> bool:
    """Tell whether words between a phrase and a name part them: "based on the code of X"."""
    return _taken_back([between], language) or language.last.search(between) is not None


def _link_follows(text: str, end: int, language: Language) -> bool:
    """Tell whether a link stands so near behind a name that the name is of its words."""
    linked = _LINKED.match(text, end)
    near = linked is not None and len(linked.group()) < _NEAR
    return near and not language.joined.match(text, end)


def _taken_back(gaps: Iterable[str | None], language: Language) -> bool:
    """Tell whether words in the gaps of a phrase turn it to something else, or deny it."""
    between = " ; ".join(gap for gap in gaps if gap)
    return bool(language.made.search(between) or language.denied.search(between))


def _chain(text: str, place: int, language: Language, listed: bool) -> list[Mention]:
    """Return the model named at a place, and those joined to it: by commas in a merge alone."""
    found: list[Mention] = []
    while len(found) < MAX_LISTED and (one := named_at(text, place, language.beside)):
        found.append(one)
        then = language.joined.match(text, one.end)
        if not then or not (listed or then.group().strip(" ,、\"')").strip()):
            break
        place = _past(text, then.end(), language)
    return found


def _named_first(
    text: str, phrase: Phrase, language: Language, listed: bool
) -> Iterator[tuple[int, list[Mention]]]:
    """Yield the models that a phrase stands behind, and where they begin."""
    for run in ENDS.finditer(text) if phrase.behind else ():
        behind = _behind(text, run.end(), phrase, language)
        start, one = named_before(text, run.end()) if behind else (0, None)
        if one is None or behind is None:
            continue
        if not _is_late(text, behind.end(), language):
            yield _with_joined(text, start, one, language) if listed else (start, [one])


def _behind(text: str, end: int, phrase: Phrase, language: Language) -> re.Match[str] | None:
    """Return what of a phrase follows a model, right behind it or behind words beside it."""
    for _ in range(6):
        found = phrase.behind.match(text, end) if phrase.behind else None
        if found:
            return None if _taken_back(found.groups(), language) else found
        more = language.beside.match(text, end)
        if not more or more.end() == end:
            break
        end = more.end()
    return None


def _with_joined(
    text: str, start: int, last: Mention, language: Language
) -> tuple[int, list[Mention]]:
    """Return the models that are joined to the last one before it, and where they begin."""
    found = [last]
    while len(found) < MAX_LISTED:
        joint = language.joint.search(text, max(0, start - _REACH), start)
        before, one = named_before(text, joint.start()) if joint else (0, None)
        if one is None:
            break
        start, found = before, [one, *found]
    return start, found


def speaks_of(name: str, text: str, start: int, language: Language) -> bool:
    """Tell whether what begins at a place of a sentence is said of the model of this name."""
    head = text[:start]
    *earlier, clause = _CLAUSE.split(head)
    if earlier and language.relative.match(text, start - len(clause)):
        clause = earlier[-1] + clause
    if language.denied.search(clause) or language.last.search(clause):
        return False
    ours = [*language.this.finditer(head)]
    subject = head[ours[-1].end() :] if ours else head
    return names(name, subject) or not _names_another(subject)


def _names_another(text: str) -> bool:
    """Tell whether a text names a model."""
    if OPEN in text or _SIZE.search(text) or _ID.search(text):
        return True
    told = filter(None, map(resolve, _NAME.findall(text)))
    return any(one.family or one.llama or one.maker for one in told)
