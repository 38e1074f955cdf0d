"""A second language is a folder and a row. Nothing else changes."""

from dataclasses import replace
from pathlib import Path

import pytest

from audiobook import languages
from audiobook.attribution.analyze import write_script
from audiobook.languages import get_language
from audiobook.model.book import Book
from audiobook.normalization import spoken_form
from audiobook.readers import headings, matter, read_book

TAG = "qtx"
STORY = """KAPO UNUA

La domo dormas. «Brena,» diras Oto. Gundel estas tie, kaj Oto silentas. «Mi venas,» diras Brena. Oto ne venas.

KAPO DUA

«Bona,» diras Gundel. Brena kaj Oto estas tie. «Ne,» diras Oto. Brena kaj Gundel silentas.
"""


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(languages.LANGUAGES, TAG, "tests.languages.tiny")


@pytest.fixture
def book(tmp_path: Path) -> Book:
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return read_book(path)


def tags_in(book: Book, language: str) -> list[tuple[str | None, str]]:
    """Return the speakers that tags name, and the tags."""
    script = write_script(replace(book, facts=replace(book.facts, language=language)))
    lines = [line for chapter in script.chapters for line in chapter.lines if line.kind == "dialogue"]
    return [(line.speaker, line.evidence) for line in lines if "diras" in line.evidence]


@pytest.mark.usefixtures("tiny")
def test_chapters_are_found_by_the_heading_words_of_a_second_language(book: Book) -> None:
    assert [chapter.title for chapter in book.chapters] == ["KAPO UNUA", "KAPO DUA"]


def test_the_same_words_are_not_headings_without_the_language() -> None:
    assert headings.recognise("Kapo Unua") is None
    assert matter.find_unread_reason("Dedico") is None


@pytest.mark.usefixtures("tiny")
def test_headings_and_matter_of_a_second_language_are_recognised() -> None:
    heading = headings.recognise("Kapo Dua")
    assert heading is not None
    assert (heading.family, heading.number) == ("chapter", 2)
    prologue = headings.recognise("Antaulibro")
    assert prologue is not None
    assert prologue.family == headings.NAMED
    assert headings.recognise("Finitas") is None
    assert matter.find_unread_reason("Dedico") == "dedication"


@pytest.mark.usefixtures("tiny")
def test_a_speaker_is_named_by_the_speech_verb_of_the_book_s_language(book: Book) -> None:
    assert [speaker for speaker, _ in tags_in(book, TAG)] == ["Oto", "Brena", "Gundel", "Oto"]


@pytest.mark.usefixtures("tiny")
def test_the_speech_verb_of_a_language_names_no_speaker_in_a_book_of_another(book: Book) -> None:
    assert tags_in(book, "en") == []


@pytest.mark.usefixtures("tiny")
def test_numbers_and_abbreviations_are_spoken_with_the_words_of_the_language() -> None:
    assert spoken_form("«Sro. Oto havas 1342 domojn kaj 27.»", language=TAG) == (
        "Sinjoro Oto havas unu mil tri cent kvardek du domojn kaj dudek sep."
    )
    assert spoken_form("Je 3:15, 1.234 kaj 2/3.", language=TAG) == "Je 3:15, 1.234 kaj 2/3."


def test_numbers_stay_figures_in_a_language_without_words_for_them() -> None:
    assert spoken_form("M. Oto a 12 maisons.", language="fr") == "M. Oto a 12 maisons."


def test_a_language_that_is_not_known_is_empty() -> None:
    unknown = get_language("x-none")
    assert not unknown.headings.keywords
    assert not unknown.speech.verbs
    assert unknown.numbers is None


@pytest.mark.parametrize("tag", ["en", "en-GB", "EN_us", "eng", "English"])
def test_every_tag_of_english_gives_english(tag: str) -> None:
    assert get_language(tag).tag == "en"


@pytest.mark.parametrize("tag", sorted(languages.LANGUAGES))
def test_every_row_names_a_folder_of_its_language(tag: str) -> None:
    assert get_language(tag).tag == tag


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "«Bonjour,» dit Marie. Paul regarda Marie. «Non,» répondit Paul."),
        ("es", "«Hola,» dijo Marie. Paul miró a Marie. «No,» respondió Paul."),
        ("de", "„Hallo,“ sagte Marie. Dann sah Paul zu Marie. „Nein,“ antwortete Paul."),
        ("it", "«Ciao,» disse Marie. Poi Paul guardò Marie. «No,» rispose Paul."),
    ],
)
def test_tags_of_other_languages_name_their_speakers(language: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text(f"{text}\n\n" * 3, encoding="utf-8")
    book = read_book(path)
    script = write_script(replace(book, facts=replace(book.facts, language=language)))
    spoken = [line for chapter in script.chapters for line in chapter.lines if line.kind == "dialogue"]
    assert [line.speaker for line in spoken] == ["Marie", "Paul"] * 3
    assert all(line.evidence.startswith("tag") for line in spoken)
