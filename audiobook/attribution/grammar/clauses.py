"""Finds the subject of a verb in a clause that was read into chunks.

No grammar is parsed. A subject is recognised by its position: at the head of a clause, or right before its verb. An
object of a preposition or of another verb is not a subject.
"""

from collections.abc import Iterator, Sequence

from audiobook.attribution.grammar.phrases import Chunk, Phrase
from audiobook.languages.en.grammar import AFTER_AT, NEGATIVE
from audiobook.languages.en.lexicon import load_persons, load_words

VERBS = frozenset(["verb", "weak verb"])
PARTICIPLES = frozenset(["participle", "weak participle"])
BASES = frozenset(["base", "weak base"])

_AUXILIARIES = load_words("auxiliaries")
_BE = load_words("be")
_MODALS = load_words("modals")
_JOINING = load_words("joining")
_PREPOSITIONS = load_words("prepositions")
_SUBORDINATING = load_words("subordinating")


def find_subject(chunks: Sequence[Chunk], verb: int) -> Phrase | None:
    """Return the subject of the speech verb at `verb`, or None for "was told" or "did not say"."""
    kind = chunks[verb].kind
    at = _find_verb_start(chunks, verb)
    between = {chunk.text for chunk in chunks[at + 1 : verb]}
    if not between.isdisjoint(NEGATIVE) or (kind in VERBS and not between.isdisjoint(_BE)):
        return None
    if kind in BASES and at >= 0 and chunks[at].kind == "object" and "to" in between:
        return None  # "asked him to say"
    beside = _find_adjacent_subject(chunks, at, kind)
    if beside is not None:
        return beside
    if kind in BASES and between.isdisjoint(_MODALS):
        return None
    return _find_nearest_subject(chunks, at, main=kind in VERBS)


def find_first_subject(chunks: Sequence[Chunk]) -> Phrase | None:
    """Return the first subject, of a main clause if there is one."""
    fallback: Phrase | None = None
    for at, main in _find_subjects(chunks, range(len(chunks))):
        if main:
            return chunks[at].phrase
        fallback = fallback or chunks[at].phrase
    return fallback


def find_last_subject(chunks: Sequence[Chunk]) -> Phrase | None:
    """Return the last subject, of a main clause if there is one."""
    return _find_nearest_subject(chunks, len(chunks) - 1, main=True)


def find_all_subjects(chunks: Sequence[Chunk]) -> Iterator[Phrase]:
    """Yield the subjects of all clauses of one or more sentences, in order."""
    start = 0
    for at in [*(i for i, chunk in enumerate(chunks) if chunk.kind == "end"), len(chunks)]:
        sentence = chunks[start:at]
        for found, _ in _find_subjects(sentence, range(len(sentence))):
            if (phrase := sentence[found].phrase) is not None:
                yield phrase
        start = at + 1


def _find_verb_start(chunks: Sequence[Chunk], verb: int) -> int:
    """Return the index of the chunk before the verb with its auxiliaries and adverbs, or -1."""
    at = verb - 1
    while at >= 0 and (_is_helping(chunks[at]) or (chunks[at].text == "at" and chunks[at + 1].text in AFTER_AT)):
        at -= 1
    return at


def _is_helping(chunk: Chunk) -> bool:
    if chunk.kind != "word":
        return False
    word = chunk.text
    return word in _AUXILIARIES or word in _BE or word in _MODALS or word.endswith("ly") or word in NEGATIVE


def _find_adjacent_subject(chunks: Sequence[Chunk], at: int, kind: str) -> Phrase | None:
    """Return the person right before the verb, if that is its subject."""
    if at >= 0 and chunks[at].text == "who":
        return _find_relative_antecedent(chunks, at)
    if at < 0 or (phrase := chunks[at].phrase) is None or not phrase.speaks:
        return None
    if kind in BASES and phrase.kind == "noun" and phrase.head not in load_persons():
        return None  # "the absurd answer"
    if chunks[at].kind == "object":
        return phrase if kind not in VERBS and not _is_governed(chunks, at) else None
    if phrase.nominative or not _is_governed(chunks, at):
        return phrase
    return None


def _find_relative_antecedent(chunks: Sequence[Chunk], who: int) -> Phrase | None:
    """Return the antecedent of "who"."""
    at = who - 1
    if at > 0 and chunks[at].text == "and":  # "who sat there, and who said"
        at = next((i - 1 for i in range(at, 0, -1) if chunks[i].text == "who"), -1)
    if at > 0 and chunks[at].kind == "mark":
        at -= 1
    return chunks[at].phrase if at >= 0 else None


def _is_governed(chunks: Sequence[Chunk], at: int) -> bool:
    """Return whether a preposition governs the phrase: "with the old man"."""
    return at > 0 and chunks[at - 1].text in _PREPOSITIONS


def _find_nearest_subject(chunks: Sequence[Chunk], at: int, *, main: bool) -> Phrase | None:
    """Return the nearest subject before.

    With `main`, prefer the subject of a main clause, or one that is still without its verb.
    """
    fallback: Phrase | None = None
    for found, is_main in _find_subjects(chunks, range(at, -1, -1)):
        phrase = chunks[found].phrase
        certain = phrase is not None and (phrase.kind != "noun" or phrase.head in load_persons())
        if certain and (is_main or not main or _ends_phrase(chunks, found)):
            return phrase
        fallback = fallback or phrase
    return fallback


def _find_subjects(chunks: Sequence[Chunk], places: range) -> Iterator[tuple[int, bool]]:
    """Yield the index of each subject, and whether it is that of a main clause."""
    for at in places:
        if chunks[at].text == "who" and _ends_phrase(chunks, at) and _find_relative_antecedent(chunks, at) is not None:
            yield (at - 2 if chunks[at - 1].kind == "mark" else at - 1), True
        elif _may_be_subject(chunks, at):
            before = _find_verb_start(chunks, at)
            if _is_at_clause_head(chunks, at, before):
                yield at, before < 0 or chunks[before].text not in _SUBORDINATING


def _may_be_subject(chunks: Sequence[Chunk], at: int) -> bool:
    phrase = chunks[at].phrase
    if phrase is None or chunks[at].kind == "object" or not phrase.speaks:
        return False
    return phrase.pronoun != "it" or at + 1 >= len(chunks) or not _is_helping(chunks[at + 1])  # "it was"


def _is_at_clause_head(chunks: Sequence[Chunk], at: int, before: int) -> bool:
    """Return whether the phrase is in the position of a subject. `before` is the index of the chunk that decides."""
    phrase = chunks[at].phrase
    if before < 0 or (phrase is not None and phrase.nominative):
        return True
    chunk = chunks[before]
    if chunk.kind in ("mark", "end"):
        return not _is_apposition(chunks, at, before)
    opens = before == 0 or chunks[before - 1].kind == "mark"
    if chunk.kind in VERBS:  # "said Tom"
        return opens
    if chunk.text in _JOINING:
        return chunk.text not in _PREPOSITIONS or not _ends_phrase(chunks, at)
    governs = chunk.text in _PREPOSITIONS or chunk.text.endswith(("ing", "ed"))
    return before == 0 and chunk.kind == "word" and not governs  # "Meanwhile Tom"


def _is_apposition(chunks: Sequence[Chunk], at: int, mark: int) -> bool:
    """Return whether the phrase is an apposition to the one before the comma: "Das, the more articulate, said"."""
    if mark == 0 or chunks[mark - 1].phrase is None or chunks[mark - 1].kind == "object" or chunks[mark].text != ",":
        return False
    phrase, other = chunks[at].phrase, chunks[mark - 1].phrase
    named = phrase is not None and phrase.kind == "name" and other is not None and other.kind == "noun"
    return _ends_phrase(chunks, at) and not named


def _ends_phrase(chunks: Sequence[Chunk], at: int) -> bool:
    return at + 1 >= len(chunks) or chunks[at + 1].kind in ("mark", "end")
