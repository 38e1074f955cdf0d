"""Train the decision between speech and quoted words: quotations as rows, and the weights fitted to them."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from audiobook.attribution.quotes.quotations import find_convention, find_quotation_contexts
from audiobook.attribution.quotes.speech_classifier import QuotationContext, extract_features
from audiobook.model.book import Book, Paragraph

_ROUNDS = 30  # passes over the rows; the weights converge to a tenth of a logit well before
_RATE = 0.5  # of the first steps; later steps are smaller (AdaGrad)
_TENTHS = 10  # of a logit, the unit of weights


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechRow:
    """A quotation: its features, and whether it is speech."""

    features: tuple[str, ...]
    is_speech: bool
    letters: int  # number of letters and digits


def speech_rows(book: Book, spoken: Iterable[tuple[int, int]]) -> Iterator[SpeechRow]:
    """The rows of a book whose speech is at `spoken`, (start, end) offsets in the source text, end exclusive.

    Quotations that are decided in other ways, letters and paragraphs of dash dialogue, are left out. A quotation is
    speech if most of its letters are. Raises ValueError if a paragraph has no offsets in the source.
    """
    said = _said(spoken)
    convention = find_convention((p for c in book.chapters for p in c.paragraphs), book.facts.language)
    for chapter in book.chapters:
        for index, context in find_quotation_contexts(chapter.paragraphs, convention):
            row = _row(chapter.paragraphs[index], context, said)
            if row.letters:
                yield row


def fit_weights(rows: Sequence[SpeechRow]) -> dict[str, int]:
    """The weight of each feature in tenths of a logit, by logistic regression; rows count by the root of their letters.

    The same rows in the same order give the same weights on every machine.
    """
    weights = dict.fromkeys(sorted({feature for row in rows for feature in row.features}), 0.0)
    learned = dict.fromkeys(weights, 1e-6)
    mean = sum(math.sqrt(row.letters) for row in rows) / max(1, len(rows))
    for _ in range(_ROUNDS):
        for row in rows:
            error = (row.is_speech - _chance(weights, row)) * math.sqrt(row.letters) / mean
            for feature in row.features:
                learned[feature] += error * error
                weights[feature] += _RATE * error / math.sqrt(1.0 + learned[feature])
    return {feature: round(_TENTHS * weight) for feature, weight in weights.items()}


def letters_wrong(rows: Iterable[SpeechRow], weights: Mapping[str, int]) -> tuple[int, int]:
    """The number of letters wrongly taken for speech, and of letters of speech that were missed."""
    falsely = missed = 0
    for row in rows:
        taken = sum(weights.get(feature, 0) for feature in row.features) > 0
        falsely += row.letters * (taken and not row.is_speech)
        missed += row.letters * (row.is_speech and not taken)
    return falsely, missed


def _chance(weights: Mapping[str, float], row: SpeechRow) -> float:
    """The probability that a row is speech."""
    score = sum(weights[feature] for feature in row.features)
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


def _said(spoken: Iterable[tuple[int, int]]) -> frozenset[int]:
    return frozenset(offset for start, end in spoken for offset in range(start, end))


def _row(paragraph: Paragraph, context: QuotationContext, said: frozenset[int]) -> SpeechRow:
    offsets = [paragraph.source_at(at) for at in range(context.start, context.end) if context.text[at].isalnum()]
    if None in offsets:
        raise ValueError("the book has no offsets in its source: annotations cannot be laid on it")
    hits = sum(offset in said for offset in offsets)
    return SpeechRow(features=tuple(extract_features(context)), is_speech=2 * hits > len(offsets), letters=len(offsets))
