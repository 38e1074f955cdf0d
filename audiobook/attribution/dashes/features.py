"""Features of the fragments of dash dialogue: evidence for speech and for narration.

Each fragment of a paragraph is speech or narration. Its words are evidence for one of them. The boundary before it is
evidence for speech to begin there, to end there, or to go on.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from audiobook.attribution.dashes.forms import convert_to_past, extract_form_features
from audiobook.attribution.dashes.fragments import DashConvention, Fragment, Words, merge_words, read_words

_QUOTE_MARKS = re.compile('["“”„«»]')


@dataclass(frozen=True, slots=True)
class ParagraphContext:
    """A paragraph's fragments, and the context of each."""

    text: str
    fragments: Sequence[Fragment]
    led: bool  # the paragraph begins with a dash
    words: Sequence[Words]  # of each fragment
    heads: Sequence[int]  # for each fragment, the first one of its sentence
    sentences: Sequence[Words]  # the words of each fragment's sentence
    # The words from each fragment to the next dash of the book's kind, or to the end of the paragraph.
    rests: Sequence[Words]
    dash_ahead: Sequence[bool]  # whether there is such a dash
    quoting: int  # offset of the first quotation mark, or the end of the text


def read_paragraph_context(
    text: str, fragments: Sequence[Fragment], dashes: DashConvention, *, led: bool
) -> ParagraphContext:
    """Compute the context of each fragment of a paragraph."""
    words = [_read_words(text[fragment.words : fragment.end], fragment, dashes) for fragment in fragments]
    own = [p.boundary == "dash" and dashes.begins_speech(p.mark) for p in fragments]
    heads: list[int] = []
    sentences: dict[int, Words] = {}
    for at, fragment in enumerate(fragments):
        heads.append(at if own[at] or fragment.boundary in ("start", "stop") else heads[-1])
        known = sentences.get(heads[at])
        sentences[heads[at]] = words[at] if known is None else merge_words(known, words[at])
    rests, ahead = words[:], [False] * len(fragments)
    for at in range(len(fragments) - 2, -1, -1):
        ahead[at] = own[at + 1] or ahead[at + 1]
        if not own[at + 1]:
            rests[at] = merge_words(words[at], rests[at + 1])
    quoting = first.start() if (first := _QUOTE_MARKS.search(text)) else len(text)
    return ParagraphContext(
        text, fragments, led, words, heads, [sentences[head] for head in heads], rests, ahead, quoting
    )


def _read_words(text: str, fragment: Fragment, dashes: DashConvention) -> Words:
    """Read the words of a fragment, as past tense whatever the tense of the book."""
    words = read_words(text, dashes.word_log_odds, begins_sentence=fragment.boundary != "comma")
    past = convert_to_past(text) if dashes.present_tense else text
    if past == text:
        return words
    return replace(read_words(past, {}, begins_sentence=fragment.boundary != "comma"), log_odds=words.log_odds)


_HOW = re.compile(
    r"(?:\w+ing|\w+ed|and|with|without|in|as|who|to|at|after|while|when|for|his|her|but|en|et|con|sin|mit|und)\b"
)
_CLOSING = frozenset('”"»')
_OPENING = frozenset("“„«")
_MAX_INDEX = 3  # fragments; later ones are not told apart
_LOG_ODDS_BINS = (-6, -3, -1.5, -0.5, 0.5, 1.5, 3, 6)  # limits of the bins of log-odds


@dataclass(frozen=True, slots=True)
class PrecedingTags:
    """The kinds of the tags before a fragment. Each is empty if there is none."""

    last: str = ""  # in the fragment before it
    sentence: str = ""  # in its sentence so far, or at the start of a sentence, in the sentence before
    paragraph: str = ""  # the last one in its paragraph


def extract_boundary_features(
    context: ParagraphContext, at: int, dashes: DashConvention, tags: PrecedingTags
) -> Iterator[str]:
    """Yield the features of the boundary at which a fragment begins."""
    fragment, before, words = context.fragments[at], context.words[at - 1], context.words[at]
    yield from _extract_mark_features(context, fragment, dashes, tags.last)
    boundary = _name_boundary(fragment, dashes)
    case = _classify_case(context.text, fragment)
    yield f"{boundary} {case}"
    yield f"{boundary} shape {words.shape[:2]}"
    yield f"{boundary} shape {words.shape}"
    if words.forms:
        yield f"{boundary} first {words.forms[0]}"
    if before.forms:
        yield f"{before.forms[0]} first, {boundary}"
    yield f"shape {before.shape[:2]}, {boundary} {case}"
    yield f"shape {before.shape[:2]}, {boundary} shape {words.shape[:2]}"
    yield f"{_bin_few(before.count)} words, {boundary} {case}"
    yield f"{min(at, _MAX_INDEX)} pieces, {boundary}{'' if context.led else ', no dash at the start'}"
    if at + 1 == len(context.fragments):
        yield f"{boundary} last"
    if context.text[: fragment.start].rstrip()[-1:] in _CLOSING:
        yield f"{boundary} behind marks {case}"
        yield f"{boundary} behind marks, shape {words.shape[:2]}"
    if context.heads[at] == at:
        yield from _extract_sentence_features(context, at, dashes, tags)
    else:
        yield f"{boundary} {_strip_tense(before)} > {words.signs}"
        yield f"{boundary} lean {_bin_log_odds(before.log_odds)} > {_bin_log_odds(words.log_odds)}"


def _extract_sentence_features(
    context: ParagraphContext, at: int, dashes: DashConvention, tags: PrecedingTags
) -> Iterator[str]:
    """Yield the features of the sentences before and after a boundary, and of the rest of the paragraph."""
    before, sentence, rest = context.sentences[at - 1], context.sentences[at], context.rests[at]
    boundary = "sentence" if context.fragments[at].boundary == "stop" else "own dash"
    ends = "dash ahead" if context.dash_ahead[at] else "no dash ahead"
    yield f"{boundary} {before.signs} > {sentence.signs}"
    yield f"{boundary} lean {_bin_log_odds(before.log_odds)} > {_bin_log_odds(sentence.log_odds)}"
    tagged = " tagged" if tags.last else ""
    yield f"{boundary} behind {_find_end_mark(context, at - 1)}, {_strip_tense(sentence)}{tagged}"
    told = f"{_locate_tag(tags)}, {boundary}"
    yield told
    yield f"{told} {_strip_tense(sentence)}"
    yield f"{told} lean {_bin_log_odds(sentence.log_odds)}"
    yield f"{told} shape {context.words[at].shape[:2]}"
    yield f"{boundary} rest {_strip_tense(rest)} {_bin_many(rest.count)}, {ends}"
    yield f"{boundary} rest {rest.signs}, {ends}{_name_narrator(dashes)}"
    yield f"{boundary} rest lean {_bin_log_odds(10 * rest.log_odds / (3 + rest.count))}, {ends}"


def _locate_tag(tags: PrecedingTags) -> str:
    """Return where the last tag is."""
    if tags.sentence:
        return f"behind a sentence with a {tags.sentence}"
    return "no tag in the sentence" if tags.paragraph else "no tag yet"


def _extract_mark_features(
    context: ParagraphContext, fragment: Fragment, dashes: DashConvention, tagged: str
) -> Iterator[str]:
    """Yield the features of the mark between two fragments."""
    text = context.text
    if tagged:
        how = ", how" if fragment.boundary == "comma" and _HOW.match(text, fragment.words) else ""
        yield f"{fragment.boundary} behind a {tagged}{how}"
    late = "" if context.led else ", no dash at the start"
    if fragment.boundary == "dash":
        kind = "own" if dashes.begins_speech(fragment.mark) else "other"
        before = _describe_before(text[fragment.start - 1 : fragment.start])
        yield f"{kind} dash behind {before}{late if kind == 'other' else ''}"
        yield f"{kind} dash, {_describe_space(fragment.mark)}"
        return
    yield f"{'colon' if fragment.mark[0] in ';:' else fragment.boundary}{late}"
    if fragment.boundary == "stop":
        hard = "! or ?" if "!" in fragment.mark or "?" in fragment.mark else "a stop"
        yield f"{_classify_case(text, fragment)} behind {hard}"


def _name_boundary(fragment: Fragment, dashes: DashConvention) -> str:
    if fragment.boundary == "dash":
        return "own dash" if dashes.begins_speech(fragment.mark) else "other dash"
    if fragment.boundary == "stop":
        return "!?" if "!" in fragment.mark or "?" in fragment.mark else "stop"
    return "colon" if fragment.mark[0] in ";:" else "comma"


def _classify_case(text: str, fragment: Fragment) -> str:
    return "capital" if text[fragment.words : fragment.words + 1].isupper() else "small"


def _find_end_mark(context: ParagraphContext, at: int) -> str:
    """Return the mark that ends a fragment."""
    following = context.fragments[at + 1]
    behind = context.text[context.fragments[at].words : context.fragments[at].end].rstrip()[-1:]
    return following.mark.strip()[:1] if following.boundary != "dash" else behind if not behind.isalnum() else "a word"


def _name_narrator(dashes: DashConvention) -> str:
    return ", told by I" if dashes.first_person else ""


def _strip_tense(words: Words) -> str:
    return words.signs.rstrip("pt")


def _bin_few(count: int) -> int:
    return next((most for most in (0, 1, 2, 3, 5, 9, 15) if count <= most), 99)


def _bin_many(count: int) -> int:
    return next((most for most in (3, 8, 16, 32, 64) if count <= most), 99)


def _bin_log_odds(log_odds: float) -> str:
    return next((f"< {limit}" for limit in _LOG_ODDS_BINS if log_odds < limit), "most")


def _describe_before(character: str) -> str:
    if character in {".", "!", "?", "…"}:
        return "a stop"
    return "a comma" if character in {",", ";", ":"} else "a word"


_ROOM = {
    (True, True): "room around",
    (True, False): "room before",
    (False, True): "room behind",
    (False, False): "no room",
}


def _describe_space(mark: str) -> str:
    return _ROOM[mark[:1].isspace(), mark[-1:].isspace()]


def extract_word_features(context: ParagraphContext, at: int, dashes: DashConvention) -> Iterator[str]:
    """Yield the features of a fragment's words. Those of tags come first."""
    fragment, words, sentence = context.fragments[at], context.words[at], context.sentences[at]
    said = context.text[fragment.words : fragment.end]
    yield from extract_form_features(convert_to_past(said) if dashes.present_tense else said, fragment.boundary)
    yield f"shape {words.shape}"
    yield f"{fragment.boundary} shape {words.shape[:2]}"
    if words.forms:
        yield f"first {words.forms[0]}"
    for form in dict.fromkeys(words.forms):
        yield f"has {form}"
    yield f"{_bin_few(words.count)} words"
    yield f"{_classify_case(context.text, fragment)} behind {fragment.boundary}"
    last = said.rstrip()[-1:]
    yield f"ends in {last if not last.isalnum() else 'a word'}"
    teller = _name_narrator(dashes)
    yield f"signs {words.signs}"
    yield f"signs {words.signs}{teller or ', told by none'}"
    if teller and "i" in words.forms:
        yield "I, told by I"
    if context.text[fragment.end : fragment.end + 1] in _OPENING:
        yield "before marks"
        yield f"shape {words.shape[:2]} before marks"
    if context.quoting < fragment.start:
        yield f"signs {words.signs}, quoting"
    yield f"lean {_bin_log_odds(words.log_odds)}"
    yield f"sentence lean {_bin_log_odds(sentence.log_odds)}"
    yield f"sentence {sentence.signs}"
    yield f"sentence {sentence.signs}{teller or ', told by none'}"
