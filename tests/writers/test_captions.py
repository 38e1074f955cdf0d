"""Captions are cut from a timeline as subtitles are: short, in order, and with nothing lost."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobook.errors import UsageError
from audiobook.model.script import Place
from audiobook.model.timeline import TimedChapter, TimedCue, TimedLine, TimedSentence
from audiobook.writers.companions.captions import LINE_CHARACTERS, LINES, make_captions
from audiobook.writers.companions.contract import TimedSound
from audiobook.writers.companions.page import write_page
from audiobook.writers.companions.subtitles import write_ass, write_chapters_vtt, write_lrc, write_srt, write_vtt
from audiobook.writers.companions.table import COMPANIONS, parse_companions

RATE = 1000  # times are milliseconds


def line(text: str, start: int, end: int, *, speaker: str = "narrator", paragraph: int = 1) -> TimedLine:
    """A line of one sentence."""
    cue = TimedCue(take="t", text=text, engine="tone", voice="low", start=start, end=end)
    sentence = TimedSentence(text_start=0, text_end=len(text), start=start, end=end, timing="exact")
    place = Place(chapter=1, paragraph=paragraph, line=1)
    return TimedLine(place=place, speaker=speaker, text=text, start=start, end=end, sentences=(sentence,), cues=(cue,))


def chapter(*lines: TimedLine, title: str = "One") -> TimedChapter:
    return TimedChapter(number=1, title=title, start=0, end=max(each.end for each in lines) + 500, lines=lines)


def sound(*lines: TimedLine, title: str = "The Lantern") -> TimedSound:
    return TimedSound(
        file=Path("book one.mp3"), title=title, language="en", sample_rate=RATE, chapters=[chapter(*lines)]
    )


STORY = (
    line("The lamp was lit.", 0, 1_500),
    line("“Is it far?”", 1_600, 2_400, speaker="Oona", paragraph=2),
    line("asked Oona <softly>.", 2_400, 3_300, paragraph=2),
    line("“An hour, {or} two --> three.”", 3_500, 5_000, speaker="Bram", paragraph=3),
)


def test_a_long_sentence_becomes_captions_of_similar_length_cut_where_a_clause_ends() -> None:
    text = (
        "The post office on Gull Rock stood ninety feet above the sea, on the third floor of the lighthouse, "
        "between the oil store and the keeper's bed."
    )
    texts = [caption.text for caption in make_captions(chapter(line(text, 0, 9_000)), RATE)]
    assert texts == [
        "The post office on Gull Rock stood ninety feet above the sea,",
        "on the third floor of the lighthouse,",
        "between the oil store and the keeper's bed.",
    ]
    assert " ".join(texts) == text


@given(
    st.lists(
        st.text(alphabet=st.sampled_from("abcdefgh ,.;—é語"), min_size=1, max_size=400).filter(str.strip),
        min_size=1,
        max_size=5,
    )
)
def test_captions_have_every_letter_in_order_fit_the_screen_and_never_overlap(texts: list[str]) -> None:
    lines = [line(text, 1_000 * n, 1_000 * n + 900, paragraph=n) for n, text in enumerate(texts, 1)]
    captions = list(make_captions(chapter(*lines), RATE))
    assert re.sub(r"\s", "", "".join(c.text for c in captions)) == re.sub(r"\s", "", "".join(texts))
    assert all(len(c.lines) <= LINES and max(map(len, c.lines)) <= LINE_CHARACTERS for c in captions)
    assert all(c.start <= c.end for c in captions)
    assert all(before.end <= after.start + 1e-9 for before, after in pairwise(captions))


def test_a_short_caption_stays_long_enough_to_be_read_if_nothing_follows_at_once() -> None:
    (caption,) = make_captions(chapter(line("Yes, of course it is.", 0, 300)), RATE)
    assert caption.end == pytest.approx(0.8)  # the end of the chapter
    first, _ = make_captions(chapter(line("Yes, of course it is.", 0, 300), line("No.", 5_000, 5_300)), RATE)
    assert first.end == pytest.approx(21 / 17)


def test_srt_names_a_speaker_where_they_begin() -> None:
    text = "".join(write_srt(sound(*STORY)))
    assert "2\n00:00:01,600 --> 00:00:02,400\nOona: “Is it far?”\n\n" in text
    assert "\n4\n" in text
    assert "narrator" not in text


def test_webvtt_puts_each_caption_into_a_voice_and_escapes_its_text() -> None:
    text = "".join(write_vtt(sound(*STORY)))
    assert text.startswith("WEBVTT - The Lantern\n\nNOTE One\n\n")
    assert "<v Oona>“Is it far?”" in text
    assert "<v Narrator>asked Oona &lt;softly&gt;." in text
    assert "two --&gt; three" in text


def test_the_chapters_are_captions_of_a_file_of_their_own() -> None:
    assert "1\n00:00:00.000 --> 00:00:05.500\nOne\n" in "".join(write_chapters_vtt(sound(*STORY)))


def test_lyrics_have_a_time_before_each_text() -> None:
    assert "[00:01.60]“Is it far?”\n" in "".join(write_lrc(sound(*STORY)))


def test_ass_gives_each_speaker_a_colour_and_no_text_becomes_an_override() -> None:
    text = "".join(write_ass(sound(*STORY, title="A {b} title")))
    assert "Title: A (b) title\n" in text
    (oona,) = re.findall(r"Oona,0,0,0,,\{\\c(&H00[0-9A-F]{6})\}", text)
    (bram,) = re.findall(r"Bram,0,0,0,,\{\\c(&H00[0-9A-F]{6})\}", text)
    assert oona != bram
    assert "(or)" in text


def test_the_page_holds_the_text_and_cannot_be_ended_by_it() -> None:
    text = "".join(write_page([sound(*STORY, line("</script><script>alert(1)</script>", 6_000, 7_000, paragraph=4))]))
    assert text.count("</script>") == 2
    assert '"file":"book%20one.mp3"' in text
    assert '["Oona",[[1.6,2.4,"“Is it far?”"]]]' in text
    assert "@" not in re.sub(r"@media", "", text)


def test_names_of_companions_are_taken_in_any_case_and_groups_are_taken_apart() -> None:
    assert parse_companions("Captions, page,srt") == ("srt", "vtt", "page")
    assert parse_companions(None) == ()
    with pytest.raises(UsageError) as caught:
        parse_companions("karaoke")
    assert all(name in (caught.value.hint or "") for name in COMPANIONS)
