"""A paragraph is split into parts at its quotations."""

from audiobook.attribution.quotes.quotations import Quotation, QuotationKind
from audiobook.attribution.script_lines import split_paragraph
from audiobook.model.book import Paragraph


def quotation(start: int, end: int, kind: QuotationKind = "speech") -> Quotation:
    return Quotation(start=start, end=end, kind=kind)


def texts_of(text: str, *quotations: Quotation) -> list[str]:
    return [text[s.start : s.end] for s in split_paragraph(Paragraph(text=text), quotations)]


def test_marks_belong_to_the_speech_and_space_to_the_part_before_it() -> None:
    assert texts_of('"Yes," she said.', quotation(0, 6)) == ['"Yes," ', "she said."]


def test_space_at_the_start_of_a_paragraph_belongs_to_the_first_part() -> None:
    assert texts_of('  "Yes."', quotation(2, 8)) == ['  "Yes."']


def test_a_quotation_that_is_not_speech_stays_narration() -> None:
    assert texts_of('The "castle" fell.', quotation(4, 12, "other")) == ['The "castle" fell.']


def test_a_thought_is_a_line_of_dialogue() -> None:
    paragraph = Paragraph(text="'No,' he thought.")
    parts = split_paragraph(paragraph, [quotation(0, 5, "thought")])
    assert [s.is_dialogue for s in parts] == [True, False]


def test_two_adjacent_quotations_are_two_parts() -> None:
    assert texts_of('"No." "Yes."', quotation(0, 5), quotation(6, 12)) == ['"No." ', '"Yes."']
