"""Books that are no stories: no speakers are invented from lists, ditto marks, definitions and points."""

from pathlib import Path

import pytest

from audiobook.attribution.analyze import write_script
from audiobook.model.book import Book, Chapter, Facts, Paragraph
from audiobook.model.script import Script
from audiobook.readers import read_book
from tests.readers.epubs import Epub, page, prose


def written(*paragraphs: str) -> Script:
    texts = tuple(Paragraph(text=text) for text in paragraphs)
    return write_script(Book(facts=Facts(title="x"), chapters=(Chapter(number=1, title="One", paragraphs=texts),)))


TOLD = "The sea is wide here, and the boats that cross it are small and slow."
KINDS = {
    "points": (
        TOLD,
        "First: The sea is wet, and men are made wet by it.",
        "Secondly: The sea is deep, and dark.",
        TOLD,
    ),
    "remarks": (TOLD, "Note: It may rain.", "Warning: It will rain.", "Note: It may snow.", "Warning: It will snow."),
    "questions": ("Question: Is it deep?", "Answer: It is.", "Question: Is it wide?", "Answer: It is not."),
    "definitions": (TOLD, "Barge: a flat boat for goods.", "Punt: a boat with a pole.", "Skiff: a light boat."),
    "hyphen list": ("John Clark asked what it must have.", "- Notes at the foot", "- Pictures and maps", "- A list"),
    "ditto marks": ("John Clark was chosen.", "Edward Telford", "1803", '"', '" "', "1806", '"', "Hugh Smith", '"'),
}


@pytest.mark.parametrize("kind", KINDS)
def test_no_speaker_is_invented(kind: str) -> None:
    script = written(*KINDS[kind])
    assert script.characters == ()
    assert {line.kind for line in script.lines()} == {"narration"}


def test_a_talk_with_labels_that_come_back_has_speakers() -> None:
    script = written("Anna: Is it deep?", "Ben: It is.", "Anna: Is it wide?", "Ben: No.")
    assert {character.name for character in script.characters} == {"Anna", "Ben"}


def test_hyphens_before_sentences_are_speech() -> None:
    script = written("- Is it deep? asked Anna.", "- It is, said Ben.", "- And wide?", "- It is not.")
    assert any(line.kind == "dialogue" for line in script.lines())


def test_a_name_that_is_spelled_out_is_nobodys_name() -> None:
    script = written(
        "I came to the house at noon.",
        '"Good morning," I said.',
        '"The name," she said, "is Lafaye--L-a-f-a-y-e. It is an old one."',
        '"I never heard it," I said.',
    )
    assert script.narrator is None
    assert not any("-" in character.name for character in script.characters)


def test_code_is_left_out_and_preformatted_verse_is_read(tmp_path: Path) -> None:
    body = "<pre><code>print(1)\nprint(2)</code></pre><pre>The rain\nit raineth</pre>"
    book = read_book(Epub(pages={"a.xhtml": page(f"<h1>One</h1>{prose()}{body}")}).write(tmp_path))
    assert [part.reason for part in book.skipped if "print" in part.title or part.words == 2] == ["code"]
    assert any("raineth" in paragraph.text for paragraph in book.chapters[0].paragraphs)
