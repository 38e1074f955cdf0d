"""A passage in another language is spoken by a voice of that language, from the book to the cues."""

from pathlib import Path

import pytest

from audiobook import engines
from audiobook.model.cue import Cue
from audiobook.model.request import BuildRequest
from audiobook.pipeline.planning import cues_ahead
from audiobook.project import Project
from tests.readers.epubs import Epub, page, prose

pytestmark = pytest.mark.engine

FRENCH = "Il a payé 21 francs ce matin."
ENGLISH = 'The <i lang="fr">boulangerie</i> was shut.'


def find_cue(tmp_path: Path, body: str, words: str) -> Cue:
    """The cue of a book that has these words."""
    text = f"<h1>Chapter 1</h1>{prose()}{body}"
    book = Epub(pages={"one.xhtml": page(text)}).write(tmp_path)
    project = Project(BuildRequest(book=book, cache=tmp_path / "cache"))
    return next(cue for _, cue in cues_ahead(project.script, project.cast) if words in cue.text)


def test_a_french_paragraph_of_an_english_book_is_spoken_in_french(tmp_path: Path) -> None:
    cue = find_cue(tmp_path, f'<p xml:lang="fr">{FRENCH}</p>', "francs")
    languages = {facts.name: facts.language for facts in engines.list_voices(cue.voice.engine)}
    assert languages[cue.voice.name].startswith("fr")
    assert cue.text == FRENCH  # an English number would be written out: "twenty-one"


def test_a_french_word_is_spoken_by_the_usual_voice(tmp_path: Path) -> None:
    usual = find_cue(tmp_path, "<p>It rained all day.</p>", "rained").voice
    assert find_cue(tmp_path, f"<p>{ENGLISH}</p>", "boulangerie").voice == usual
