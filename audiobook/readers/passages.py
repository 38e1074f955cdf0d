"""Decide which paragraphs are passages in another language than their book."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from audiobook.languages.codes import get_primary_language
from audiobook.languages.identify import choose_language, take_sample
from audiobook.model.book import Paragraph, count_words

_FEWEST_WORDS = 3
_MOST_OF_BOOK = 0.5  # a statement about more of the book than this is wrong, because the book's language is known
_SENTENCE_END = re.compile("[.!?…。！？؟۔।](?![^\\W_])")

Chapters = Sequence[tuple[Paragraph, ...]]


def keep_passages(chapters: Chapters, language: str) -> list[tuple[Paragraph, ...]]:
    """The chapters with the language of a paragraph only where it is a passage in another language than the book.

    A passage has at least one sentence, or is verse. The language that the source states is not used if the text of
    the chapter contradicts it, or if it is stated for most of the book.
    """
    if not any(paragraph.language for chapter in chapters for paragraph in chapter):
        return list(chapters)
    letters: Counter[str] = Counter()
    for chapter in chapters:
        for paragraph in chapter:
            letters[paragraph.language] += len(paragraph.text)
    most = _MOST_OF_BOOK * letters.total()
    own = get_primary_language(language)
    foreign = {tag for tag in letters if tag and get_primary_language(tag) != own and letters[tag] <= most}
    return [_keep_in_chapter(chapter, foreign, own) for chapter in chapters]


def _keep_in_chapter(chapter: tuple[Paragraph, ...], foreign: set[str], own: str) -> tuple[Paragraph, ...]:
    passages: defaultdict[str, list[str]] = defaultdict(list)
    for paragraph in chapter:
        if paragraph.language in foreign:
            passages[paragraph.language].append(paragraph.text)
    right = _find_right(passages, own)
    return tuple(
        replace(one, language="") if one.language and not (one.language in right and _is_passage(one)) else one
        for one in chapter
    )


def _find_right(passages: Mapping[str, list[str]], own: str) -> set[str]:
    """The stated languages, without those whose text is clearly in the language of the book."""
    return {
        tag for tag, texts in passages.items() if get_primary_language(choose_language(tag, take_sample(texts))) != own
    }


def _is_passage(paragraph: Paragraph) -> bool:
    if paragraph.kind in {"heading", "break"} or count_words(paragraph.text) < _FEWEST_WORDS:
        return False
    return paragraph.kind == "verse" or _SENTENCE_END.search(paragraph.text) is not None
