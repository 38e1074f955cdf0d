"""Training rows of speech, and fitting of the weights."""

import pytest

from audiobook.attribution.quotes.speech_classifier import WEIGHTS
from audiobook.model.book import Book, Chapter, Facts, Paragraph, Run
from tools.training.speech_rows import SpeechRow, fit_weights, letters_wrong, speech_rows

TEXT = 'He called it a "castle" all his life. "I never saw it," said Oona.'


def book_of(text: str, *, offsets: bool = True) -> Book:
    runs = (Run(text=0, source=0, length=len(text)),) if offsets else ()
    chapter = Chapter(number=1, title="1", paragraphs=(Paragraph(text=text, runs=runs),))
    return Book(facts=Facts(title="T"), chapters=(chapter,))


def test_a_row_has_the_features_and_the_class_of_a_quotation() -> None:
    start = TEXT.index('"I never')
    word, speech = speech_rows(book_of(TEXT), [(start, start + 16)])
    assert (word.is_speech, word.letters) == (False, 6)
    assert "determiner before" in word.features
    assert (speech.is_speech, speech.letters) == (True, 11)
    assert {"tag behind", "I or you"} <= set(speech.features)


def test_a_book_without_offsets_is_refused() -> None:
    with pytest.raises(ValueError, match="offsets"):
        list(speech_rows(book_of(TEXT, offsets=False), []))


def test_the_weights_separate_separable_rows() -> None:
    rows = [
        SpeechRow(features=("any", "tag behind"), is_speech=True, letters=40),
        SpeechRow(features=("any", "capitals"), is_speech=False, letters=9),
    ] * 20
    weights = fit_weights(rows)
    assert weights["tag behind"] > 0 > weights["capitals"]
    assert letters_wrong(rows, weights) == (0, 0)
    assert fit_weights(rows) == weights


def test_wrong_and_missed_letters_are_counted() -> None:
    rows = [
        SpeechRow(features=("tag behind",), is_speech=False, letters=7),
        SpeechRow(features=("capitals",), is_speech=True, letters=5),
    ]
    assert letters_wrong(rows, WEIGHTS) == (7, 5)
