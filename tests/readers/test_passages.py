"""Paragraphs that a book marks as being in another language keep that language; single words change nothing."""

from pathlib import Path

import pytest

from audiobook.readers import read_book
from tests.readers.epubs import WORDS, Epub, page, prose

FRENCH = "Je ne sais pas pourquoi la pluie tombe ce matin. La rue est vide."


def passages(tmp_path: Path, body: str, paragraphs: int = 6) -> list[tuple[str, str]]:
    """The language and the text of each paragraph that has a language."""
    text = f"<h1>Chapter 1</h1>{prose(paragraphs)}{body}"
    book = read_book(
        Epub(pages={"one.xhtml": page(text), "two.xhtml": page(f"<h1>Chapter 2</h1>{prose()}")}).write(tmp_path)
    )
    return [(one.language, one.text) for chapter in book.chapters for one in chapter.paragraphs if one.language]


@pytest.mark.parametrize(
    "body",
    [
        f'<p xml:lang="fr">{FRENCH}</p>',
        f'<p lang="fre">{FRENCH}</p>',
        f'<p><i lang="fr">{FRENCH[:-1]}</i>.</p>',
        f'<div lang="fr"><p>{FRENCH}</p><p lang="en">{WORDS}</p></div><p>{WORDS}</p>',
    ],
)
def test_a_paragraph_that_is_wholly_in_another_language_keeps_it(tmp_path: Path, body: str) -> None:
    assert passages(tmp_path, body) == [("fr", FRENCH)]


@pytest.mark.parametrize(
    "body",
    [
        f'<p>{WORDS}The <i lang="fr">boulangerie</i> was shut.</p>',
        f'<p>He said: <i lang="fr">{FRENCH}</i></p>',
        f'<p lang="fr">{FRENCH} <span lang="en">She did not know why.</span></p>',
        '<p lang="fr">Oui.</p>',
        '<p lang="fr">Les misérables du quai</p>',
        '<h2 lang="fr">Il pleut ce matin.</h2>',
        f'<p lang="en-US">{WORDS}</p>',
        f'<p lang="und">{FRENCH}</p>',
        f'<p lang="fr">{WORDS * 4}</p>',
    ],
)
def test_words_titles_and_wrong_statements_are_no_passages(tmp_path: Path, body: str) -> None:
    assert passages(tmp_path, body) == []


def test_a_stanza_needs_no_end_of_a_sentence(tmp_path: Path) -> None:
    found = passages(tmp_path, '<p lang="fr">Il pleure dans mon cœur<br/>comme il pleut sur la ville</p>')
    assert [language for language, _ in found] == ["fr"]


def test_a_language_that_is_stated_for_most_of_a_book_is_no_passage(tmp_path: Path) -> None:
    text = f'<h1>Chapter 1</h1><div lang="fr">{prose()}<p>It rained all day.</p></div>'
    book = read_book(Epub(pages={"one.xhtml": page(text)}).write(tmp_path))
    assert not any(one.language for chapter in book.chapters for one in chapter.paragraphs)


def test_the_language_of_a_whole_page_makes_no_passages(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(f'<html lang="fr"><body lang="fr"><h1>Chapter 1</h1>{prose()}<p>Yes, I do.</p></body></html>')
    assert not any(one.language for chapter in read_book(file).chapters for one in chapter.paragraphs)
