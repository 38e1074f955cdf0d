"""Speech tags: a quotation in its paragraph → the verb and the subject of its tag."""

import time

import pytest

from audiobook.attribution.grammar.names import count_capitals
from audiobook.attribution.quotes.quotations import Quotation
from audiobook.attribution.turns import Passage, Turn, find_paragraph_names, read_passage
from tests.attribution.test_golden_cases import book_of

# Sentences that make each name of this file known as a name.
NAMES = "Then Oona went. So did Bram Tuohy, Mr. Haq and Mrs. Quill, who knew Kit and Oona well and sent Bram away."


def turns_of(text: str) -> list[Turn]:
    """Return the turns of a paragraph whose quotations have straight double marks."""
    paragraph = book_of(text).chapters[0].paragraphs[0]
    marks = [at for at, character in enumerate(text) if character == '"']
    quotations = [
        Quotation(start=start, end=end + 1, kind="speech") for start, end in zip(marks[::2], marks[1::2], strict=True)
    ]
    names = find_paragraph_names(paragraph, count_capitals([NAMES, text]), {})
    passage = Passage(chapter=0, paragraph=0, text=text, scene=1, names=[])
    return read_passage(passage, quotations, names, 0)


def tags_of(text: str) -> list[str]:
    tags = [turn.tag for turn in turns_of(text)]
    return [f"{tag.verb}: {tag.subject.text}" if tag else "" for tag in tags]


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ('"The tide is early," said Oona.', "said: Oona"),
        ('"The tide is early," said poor Oona, and sat down.', "said: Oona"),
        ('"The tide is early," put in Mrs. Quill.', "put: Mrs. Quill"),
        ('"The tide is early," stipulated Mr. Haq.', "stipulated: Mr. Haq"),
        ('"The tide is early," said a thin, elderly gentleman.', "said: a thin, elderly gentleman"),
        ('"The tide is early," said his wife, Mrs. Quill.', "said: Mrs. Quill"),
        ('"The tide is early," said my aunt Oona.', "said: my aunt Oona"),
        ('"The tide is early," quoth she.', "quoth: she"),
    ],
)
def test_a_verb_before_its_subject_makes_a_tag(text: str, tag: str) -> None:
    assert tags_of(text) == [tag]


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ('"The tide is early," Oona slowly answered.', "answered: Oona"),
        ('"The tide is early!" she burst out.', "burst: she"),
        ('"The tide is early," he flashed.', "flashed: he"),
        ('"The tide is early," Bram summed up.', "summed: Bram"),
        ('"The tide is early," as Mrs. Quill said.', "said: Mrs. Quill"),
        ('"The tide is early," Mr. Haq hastened to add.', "add: Mr. Haq"),
    ],
)
def test_a_subject_before_its_verb_makes_a_tag(text: str, tag: str) -> None:
    assert tags_of(text) == [tag]


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ('Bram Tuohy, who had not slept, laughed, and said: "No oil."', "said: Bram Tuohy"),
        ('Oona rose and, turning to him, said, "No oil."', "said: Oona"),
        ('The light was poor, and Bram, sharing her doubts, called out: "No oil."', "called: Bram"),
        ('Kit waited for Bram, and, as the others came out, said, "No oil."', "said: Kit"),
        ('Oona put her head in at the door, saying, "No oil."', "saying: Oona"),
        ('Mrs. Quill took the opportunity of adding, "No oil."', "adding: Mrs. Quill"),
        ('She stopped, for she heard Mr. Haq say, "No oil."', "say: Mr. Haq"),
        ('She listened, and heard him reply, "No oil."', "reply: him"),
        ('Kit looked at Bram, who said in a low voice, "No oil."', "said: Bram"),
        ('At the end of it Oona said, "No oil."', "said: Oona"),
        ('From Mr. Haq: "No oil."', ": Mr. Haq"),
        ('After a pause Oona went on. "No oil."', "went: Oona"),
    ],
)
def test_the_subject_of_a_lead_in_is_found_at_any_distance(text: str, tag: str) -> None:
    assert tags_of(text) == [tag]


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ('"No oil," was Oona\'s answer.', "answer: Oona"),
        ('"No oil," was his first reply.', "reply: his"),
        ('"No oil," came the harbour-master\'s voice.', "voice: the harbour-master's voice"),
        ('"No oil," said the voice of Mr. Haq.', "said: Mr. Haq"),
        ('"No oil," was all that she allowed herself.', "said: she"),
        ('Mrs. Quill\'s last word had been: "No oil."', "word: Mrs. Quill"),
    ],
)
def test_a_noun_for_words_makes_a_tag_with_its_owner(text: str, tag: str) -> None:
    assert tags_of(text) == [tag]


@pytest.mark.parametrize(
    "text",
    [
        '"Who was it?" Bram said nothing.',
        '"Who was it?" The half-hour crept on.',
        'Bram was greeted with, "Who was it?"',
        'A moment\'s pause, and then: "Who was it?"',
        '"Who was it?" He laughed and sat down.',
    ],
)
def test_acts_without_speech_and_subjects_that_are_not_people_make_no_tag(text: str) -> None:
    assert tags_of(text) == [""]


def test_a_tag_between_two_speakers_belongs_to_the_quotation_that_it_introduces() -> None:
    assert tags_of('"No oil." He answered, "None at all?"') == ["", "answered: He"]
    assert tags_of('"No oil," cried Oona, while Bram, thoughtful again, said: "None."') == ["cried: Oona", "said: Bram"]


def test_both_parts_of_an_interrupted_sentence_have_the_same_tag() -> None:
    first, second = turns_of('"There is," said Oona, as Bram called from below, "no oil in it."')
    assert first.tag == second.tag
    assert second.joined


def test_a_quotation_after_the_sentence_of_a_tag_continues_the_speech() -> None:
    assert [turn.joined for turn in turns_of('"No oil," said Oona, shaking the can. "Not a drop."')] == [False, True]
    assert [turn.joined for turn in turns_of('"No oil." Bram grinned. "None." Kit shrugged.')] == [False, False]


def test_a_tag_has_its_listener_and_its_dialogue_act() -> None:
    (turn,) = turns_of('"Is there oil?" Oona asked Bram.')
    assert turn.tag is not None
    assert turn.tag.dialogue_act == "asks"
    assert turn.tag.listener is not None
    assert turn.tag.listener.text == "Bram"


def test_the_wording_of_a_quotation_shows_whether_it_asks_or_answers() -> None:
    asked, answered = turns_of('"Is there oil?" "No--"')
    assert (asked.wording.ending, asked.wording.asks, asked.wording.answers) == ("asks", True, False)
    assert (answered.wording.ending, answered.wording.asks, answered.wording.answers) == ("breaks off", False, True)


def test_a_paragraph_of_many_clauses_is_read_in_linear_time() -> None:
    started = time.process_time()
    turns_of("Oona, who came and saw the old man of the sea, and " * 4000 + 'Kit said, "No."')
    assert time.process_time() - started < 2
