"""A finished file listened to, by a recogniser that is told what it hears."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import pytest

from audiobook.errors import UsageError
from audiobook.model.request import BuildResult
from audiobook.quality import SAMPLE_RATE, Excerpt
from audiobook.runtime.cache import Cache
from audiobook.services import Verification, Wanted, re_record_lines, request_for, verify_file
from audiobook.services.utterances import Utterance, list_utterances, timeline_of_file

Build = Callable[..., BuildResult]


@dataclass
class Ears:
    """Hear the script's own words where they lie in the file, but for what is told otherwise, so many times."""

    spots: list[Utterance]
    otherwise: dict[str, str] = field(default_factory=dict)  # a line's text → what is heard
    times: int = 1000
    languages: list[str] = field(default_factory=list)

    def transcribe(self, excerpt: Excerpt) -> str:
        end = excerpt.start + len(excerpt.pcm) / 2 / SAMPLE_RATE
        return " ".join(self._one(s.text) for s in self.spots if excerpt.start <= s.start and s.end <= end + 0.01)

    def _one(self, text: str) -> str:
        if text in self.otherwise and self.times > 0:
            self.times -= 1
            return self.otherwise[text]
        return text

    def open(self, language: str) -> "Ears":
        self.languages.append(language)
        return self


def ears_for(file: Path, **settings: object) -> Ears:
    utterances = list_utterances(timeline_of_file(file, Cache()))
    return Ears(spots=utterances, **settings)  # type: ignore[arg-type]  # a test's keywords are the fields


def listed(proof: Verification) -> list[str]:
    return [one.utterance.text for one in proof.doubted]


def test_a_file_that_says_what_is_written_has_nothing_listed(built: Build) -> None:
    (file,) = built().files
    ears = ears_for(file)
    proof = verify_file(file, request_for(file), ears.open)
    assert (proof.errors, proof.doubted) == (0, ())
    assert proof.words == sum(len(spot.text.split()) for spot in ears.spots)
    assert ears.languages == ["en"]


def test_every_line_lies_where_it_is_heard(built: Build) -> None:
    result = built()
    (file,) = result.files
    spots = ears_for(file).spots
    assert [spot.text for spot in spots][:3] == ["Chapter one", "Is it far?", "asked Oona."]
    starts = {spot.chapter: spot.start for spot in reversed(spots)}
    assert list(starts.values())[::-1] == pytest.approx(
        [mark.start / result.sample_rate for mark in result.marks], abs=0.01
    )
    assert all(this.end <= that.start for this, that in pairwise(spots))


@pytest.mark.parametrize(
    ("heard", "fault"),
    [
        ("said Bram. He sky.", {"missing": ("looked", "at", "the")}),
        ("said Bram. said Bram. He looked at the sky.", {"doubled": ("said", "bram")}),
        ("said Bram. Purple elephant umbrella the sky.", {"wrong": (("he", "purple"), ("looked", "elephant"))}),
        ("said Bram. He looked at the sky, thank you for watching.", {"added": ("thank", "you", "for", "watching")}),
    ],
)
def test_a_line_with_words_missing_doubled_wrong_or_too_many_is_listed(
    built: Build, heard: str, fault: dict[str, tuple[str, ...]]
) -> None:
    (file,) = built().files
    line = "said Bram. He looked at the sky."
    proof = verify_file(file, request_for(file), ears_for(file, otherwise={line: heard}).open)
    assert listed(proof) == [line]
    for name, words in fault.items():
        assert set(words) <= set(getattr(proof.doubted[0].fault, name))


def test_what_is_heard_right_at_the_second_listen_is_not_listed(built: Build) -> None:
    (file,) = built().files
    ears = ears_for(file, otherwise={"said Bram. He looked at the sky.": "said Bram."}, times=1)
    proof = verify_file(file, request_for(file), ears.open)
    assert proof.errors > 0
    assert proof.doubted == ()


class Losing(Ears):
    """Say one phrase again and again over more than two lines at once."""

    def transcribe(self, excerpt: Excerpt) -> str:
        end = excerpt.start + len(excerpt.pcm) / 2 / SAMPLE_RATE
        lines = sum(excerpt.start <= spot.start and spot.end <= end + 0.01 for spot in self.spots)
        return super().transcribe(excerpt) if lines <= 2 else "thank you " * 50


def test_a_excerpt_that_the_recogniser_lost_is_heard_again_in_parts(built: Build) -> None:
    (file,) = built().files
    proof = verify_file(file, request_for(file), Losing(spots=ears_for(file).spots).open)
    assert (proof.errors, proof.doubted) == (0, ())


def test_a_name_that_is_never_heard_is_the_recognisers_fault(built: Build, story: Path) -> None:
    story.write_text(story.read_text().replace("Bram", "Xanthippe Ploughwright"))
    (file,) = built().files
    ears = ears_for(file)
    for spot in ears.spots:
        if "Xanthippe" in spot.text:
            ears.otherwise[spot.text] = spot.text.replace("Xanthippe Ploughwright", "some diapers")
    proof = verify_file(file, request_for(file), ears.open)
    assert len(ears.otherwise) == 2
    assert proof.doubted == ()


def test_figures_and_spellings_are_no_errors(built: Build, story: Path) -> None:
    story.write_text(story.read_text().replace("The ferry rocked.", "Twenty-three grey ferries left at half past ten."))
    (file,) = built().files
    text = "Twenty-three grey ferries left at half past ten."
    proof = verify_file(
        file, request_for(file), ears_for(file, otherwise={text: "23 gray fairies left at half-past 10."}).open
    )
    assert proof.errors == 0


def test_the_book_is_known_from_the_build_wherever_the_file_is(built: Build, story: Path, tmp_path: Path) -> None:
    file = tmp_path / "elsewhere" / "other name.mp3"
    built(output=file, chapters="2")
    request = request_for(file)
    assert (request.book, request.chapters, request.engine) == (story, "2", "tone")
    assert verify_file(file, request, ears_for(file).open).doubted == ()


def test_without_a_note_the_book_beside_the_file_is_taken_or_the_one_named(
    built: Build, story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file,) = built().files
    monkeypatch.setenv("AUDIOBOOK_CACHE", str(tmp_path / "another"))
    assert request_for(file).book == story
    moved = file.rename(tmp_path / "moved.mp3")
    with pytest.raises(UsageError, match="nothing says which book"):
        request_for(moved)
    assert request_for(moved, Wanted(book=story, engine="tone")).book == story


def test_a_file_is_held_against_what_it_was_built_from_not_the_book_as_it_is_now(built: Build, story: Path) -> None:
    (file,) = built().files
    story.write_text(story.read_text().replace("Two, if it blows.", "Two, if it blows, and it does, and how it does."))
    proof = verify_file(file, request_for(file), ears_for(file).open)
    assert (proof.errors, proof.doubted) == (0, ())


def test_a_file_that_was_not_built_here_is_not_judged(built: Build, tmp_path: Path) -> None:
    (file,) = built().files
    request = request_for(file)
    other = tmp_path / "other.mp3"
    other.write_bytes(file.read_bytes())
    with pytest.raises(UsageError, match="no timeline") as caught:
        verify_file(other, request, Ears([]).open)
    assert "build it again" in (caught.value.hint or "")
    (longer,) = built(output=other, chapters="1").files
    longer.replace(file)
    with pytest.raises(UsageError, match="lasts"):
        verify_file(file, request, Ears([]).open)


def test_lines_are_not_redone_for_a_book_that_has_changed(built: Build, story: Path) -> None:
    (file,) = built().files
    line = "said Bram. He looked at the sky."
    proof = verify_file(file, request_for(file), ears_for(file, otherwise={line: "said Bram."}).open)
    story.write_text(story.read_text().replace("He looked at the sky.", "He looked at the sea."))
    before = file.read_bytes()
    with pytest.raises(UsageError, match="changed since"):
        re_record_lines(proof, ears_for(file).open)
    assert file.read_bytes() == before
    assert Cache().peek("takes", proof.doubted[0].utterance.key) is not None


def test_each_file_of_a_book_in_chapters_is_verified_by_itself(built: Build) -> None:
    result = built(per_chapter=True)
    for file in result.files[:-1]:
        assert verify_file(file, request_for(file), ears_for(file).open).doubted == ()
    texts = [spot.text for file in result.files[:-1] for spot in ears_for(file).spots]
    assert texts[:2] == ["Chapter one", "Is it far?"]
    assert len(texts) == len(set(texts)) == 13


def test_an_engine_that_says_the_same_again_is_told(built: Build) -> None:
    (file,) = built().files
    before = file.read_bytes()
    line = "said Bram. He looked at the sky."
    ears = ears_for(file, otherwise={line: "said Bram."})
    proof = verify_file(file, request_for(file), ears.open)
    re_recordings = re_record_lines(proof, ears.open)
    assert [(one.doubted.utterance.text, one.outcome) for one in re_recordings] == [(line, "same")]
    assert file.read_bytes() == before


def test_a_file_of_a_format_that_cannot_be_written_keeps_its_takes_when_lines_are_to_be_redone(
    built: Build, tmp_path: Path
) -> None:
    (file,) = built().files
    line = "said Bram. He looked at the sky."
    proof = verify_file(file, request_for(file), ears_for(file, otherwise={line: "said Bram."}).open)
    request = replace(proof.request, output=tmp_path / "ferry.aac")
    with pytest.raises(UsageError, match="cannot be written"):
        re_record_lines(replace(proof, request=request), ears_for(file).open)
    key = proof.doubted[0].utterance.key
    assert Cache().peek("takes", key) is not None
