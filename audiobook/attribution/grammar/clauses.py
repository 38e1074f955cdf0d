"""Who does what in a clause that has been read into pieces: the subject of a verb, however far before it.

There is no grammar behind this: a subject stands where subjects stand, at the head of a clause or right before its
verb, and what a preposition or another verb governs is none.
"""

from collections.abc import Iterator, Sequence

from audiobook.attribution.grammar.phrases import Phrase, Piece
from audiobook.languages.en.clauses import AFTER_AT, NEGATIVE
from audiobook.languages.en.lexicon import grammar, persons

VERBS = frozenset(["verb", "weak verb"])
PARTICIPLES = frozenset(["participle", "weak participle"])
BASES = frozenset(["base", "weak base"])

_AUXILIARIES = grammar("auxiliaries")
_BE = grammar("be")
_MODALS = grammar("modals")
_JOINING = grammar("joining")
_PREPOSITIONS = grammar("prepositions")
_SUBORDINATING = grammar("subordinating")


def subject_of(pieces: Sequence[Piece], verb: int) -> Phrase | None:
    """Whose words the verb of speech among the pieces introduces; None for "was told" or "did not say"."""
    kind = pieces[verb].kind
    at = _start_of_verb(pieces, verb)
    between = {piece.text for piece in pieces[at + 1 : verb]}
    if not between.isdisjoint(NEGATIVE) or (kind in VERBS and not between.isdisjoint(_BE)):
        return None
    if kind in BASES and at >= 0 and pieces[at].kind == "object" and "to" in between:
        return None  # "asked him to say"
    beside = _beside(pieces, at, kind)
    if beside is not None:
        return beside
    if kind in BASES and between.isdisjoint(_MODALS):
        return None
    return _nearest(pieces, at, main=kind in VERBS)


def first_subject(pieces: Sequence[Piece]) -> Phrase | None:
    """Whom the clause is about: its first subject, of a main clause if there is one."""
    fallback: Phrase | None = None
    for at, main in _subjects(pieces, range(len(pieces))):
        if main:
            return pieces[at].phrase
        fallback = fallback or pieces[at].phrase
    return fallback


def last_subject(pieces: Sequence[Piece]) -> Phrase | None:
    """The subject that is nearest to the end of the pieces, of a main clause if there is one."""
    return _nearest(pieces, len(pieces) - 1, main=True)


def all_subjects(pieces: Sequence[Piece]) -> Iterator[Phrase]:
    """The subjects of all clauses of one or more sentences, in order."""
    start = 0
    for at in [*(i for i, piece in enumerate(pieces) if piece.kind == "end"), len(pieces)]:
        sentence = pieces[start:at]
        for found, _ in _subjects(sentence, range(len(sentence))):
            if (phrase := sentence[found].phrase) is not None:
                yield phrase
        start = at + 1


def _start_of_verb(pieces: Sequence[Piece], verb: int) -> int:
    """The piece before the verb with its auxiliaries and adverbs; -1 where there is none."""
    at = verb - 1
    while at >= 0 and (_is_helping(pieces[at]) or (pieces[at].text == "at" and pieces[at + 1].text in AFTER_AT)):
        at -= 1
    return at


def _is_helping(piece: Piece) -> bool:
    if piece.kind != "word":
        return False
    word = piece.text
    return word in _AUXILIARIES or word in _BE or word in _MODALS or word.endswith("ly") or word in NEGATIVE


def _beside(pieces: Sequence[Piece], at: int, kind: str) -> Phrase | None:
    """The person right before the verb, if that is its subject."""
    if at >= 0 and pieces[at].text == "who":
        return _antecedent(pieces, at)
    if at < 0 or (phrase := pieces[at].phrase) is None or not phrase.speaks:
        return None
    if kind in BASES and phrase.kind == "noun" and phrase.head not in persons():
        return None  # "the absurd answer"
    if pieces[at].kind == "object":
        return phrase if kind not in VERBS and not _is_governed(pieces, at) else None
    if phrase.nominative or not _is_governed(pieces, at):
        return phrase
    return None


def _antecedent(pieces: Sequence[Piece], who: int) -> Phrase | None:
    """Whom a "who" goes back to."""
    at = who - 1
    if at > 0 and pieces[at].text == "and":  # "who sat there, and who said"
        at = next((i - 1 for i in range(at, 0, -1) if pieces[i].text == "who"), -1)
    if at > 0 and pieces[at].kind == "mark":
        at -= 1
    return pieces[at].phrase if at >= 0 else None


def _is_governed(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a preposition stands before the phrase: "with the old man"."""
    return at > 0 and pieces[at - 1].text in _PREPOSITIONS


def _nearest(pieces: Sequence[Piece], at: int, *, main: bool) -> Phrase | None:
    """The subject nearest before; with `main`, of a main clause or of one that waits for its verb, if there is one."""
    fallback: Phrase | None = None
    for found, is_main in _subjects(pieces, range(at, -1, -1)):
        phrase = pieces[found].phrase
        certain = phrase is not None and (phrase.kind != "noun" or phrase.head in persons())
        if certain and (is_main or not main or _ends_phrase(pieces, found)):
            return phrase
        fallback = fallback or phrase
    return fallback


def _subjects(pieces: Sequence[Piece], places: range) -> Iterator[tuple[int, bool]]:
    """The places of the subjects, and whether each is a main clause's."""
    for at in places:
        if pieces[at].text == "who" and _ends_phrase(pieces, at) and _antecedent(pieces, at) is not None:
            yield (at - 2 if pieces[at - 1].kind == "mark" else at - 1), True
        elif _may_be_subject(pieces, at):
            before = _start_of_verb(pieces, at)
            if _heads_clause(pieces, at, before):
                yield at, before < 0 or pieces[before].text not in _SUBORDINATING


def _may_be_subject(pieces: Sequence[Piece], at: int) -> bool:
    phrase = pieces[at].phrase
    if phrase is None or pieces[at].kind == "object" or not phrase.speaks:
        return False
    return phrase.pronoun != "it" or at + 1 >= len(pieces) or not _is_helping(pieces[at + 1])  # "it was"


def _heads_clause(pieces: Sequence[Piece], at: int, before: int) -> bool:
    """Whether the phrase stands where a subject does; `before` is the piece that decides."""
    phrase = pieces[at].phrase
    if before < 0 or (phrase is not None and phrase.nominative):
        return True
    piece = pieces[before]
    if piece.kind in ("mark", "end"):
        return not _is_apposition(pieces, at, before)
    opens = before == 0 or pieces[before - 1].kind == "mark"
    if piece.kind in VERBS:  # "said Tom"
        return opens
    if piece.text in _JOINING:
        return piece.text not in _PREPOSITIONS or not _ends_phrase(pieces, at)
    governs = piece.text in _PREPOSITIONS or piece.text.endswith(("ing", "ed"))
    return before == 0 and piece.kind == "word" and not governs  # "Meanwhile Tom"


def _is_apposition(pieces: Sequence[Piece], at: int, mark: int) -> bool:
    """Whether the phrase says again who the one before the comma is: "Das, the more articulate, said"."""
    if mark == 0 or pieces[mark - 1].phrase is None or pieces[mark - 1].kind == "object" or pieces[mark].text != ",":
        return False
    phrase, other = pieces[at].phrase, pieces[mark - 1].phrase
    named = phrase is not None and phrase.kind == "name" and other is not None and other.kind == "noun"
    return _ends_phrase(pieces, at) and not named


def _ends_phrase(pieces: Sequence[Piece], at: int) -> bool:
    return at + 1 >= len(pieces) or pieces[at + 1].kind in ("mark", "end")
