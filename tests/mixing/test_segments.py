"""Segments: every clip is in one segment, cuts are between paragraphs, and cuts are stable."""

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.mixing import cut_segments, segment_key
from audiobook.mixing.segments import LONGEST, SHORTEST
from audiobook.model.clip import Clip, Segment
from audiobook.model.script import Place


def clip(paragraph: int, line: int = 1, key: str = "a", pause: int = 450) -> Clip:
    return Clip(place=Place(chapter=7, paragraph=paragraph, line=line), key=key, gain=1.5, pause=pause)


def novel(seed: int, paragraphs: int = 400) -> list[tuple[Clip, int]]:
    dice = random.Random(seed)
    return [
        (clip(number, line, key=f"{number}/{line}"), dice.randint(5, 300))
        for number in range(1, paragraphs + 1)
        for line in range(1, dice.randint(2, 5))
    ]


def cut(book: list[tuple[Clip, int]]) -> tuple[Segment, ...]:
    return cut_segments(7, [c for c, _ in book], [n for _, n in book])


@settings(deadline=None, max_examples=80)
@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 9000)), max_size=60))
def test_every_clip_is_in_one_segment_in_order_and_no_paragraph_is_cut(drawn: list[tuple[int, int]]) -> None:
    book = [(clip(paragraph, at), letters) for at, (paragraph, letters) in enumerate(sorted(drawn), 1)]
    segments = cut(book)
    assert [c for segment in segments for c in segment.clips] == [c for c, _ in book]
    assert all(segment.clips and segment.chapter == 7 for segment in segments)
    firsts = [segment.clips[0].place.paragraph for segment in segments]
    assert len(set(firsts)) == len(firsts)


def test_segments_last_between_half_a_minute_and_a_minute_and_a_half() -> None:
    book = novel(1)
    letters = dict(book)
    lengths = [sum(letters[c] for c in segment.clips) for segment in cut(book)]
    assert all(SHORTEST <= length <= LONGEST for length in lengths[:-1])


def test_a_segment_is_cut_at_a_long_pause() -> None:
    book = [(clip(number, pause=2000 if number == 13 else 450), 100) for number in range(1, 101)]
    assert cut(book)[0].clips[-1].place.paragraph == 13


def test_a_changed_line_changes_only_the_adjacent_segments() -> None:
    moved = []
    for seed in range(12):
        book = novel(seed)
        before = {segment_key(segment, 22050) for segment in cut(book)}
        at = len(book) // 3
        changed = [*book[:at], (replace(book[at][0], key="new"), book[at][1] + 40), *book[at + 1 :]]
        moved.append(len({segment_key(segment, 22050) for segment in cut(changed)} - before))
    assert sum(moved) / len(moved) <= 1.5


def test_an_inserted_paragraph_does_not_change_the_rest_of_the_chapter() -> None:
    fresh = []
    for seed in range(12):
        book = novel(seed)
        before = {segment_key(segment, 22050) for segment in cut(book)}
        later = [(replace(c, place=replace(c.place, paragraph=c.place.paragraph + 1)), n) for c, n in book[200:]]
        inserted = [*book[:200], (clip(book[199][0].place.paragraph + 1, 9, key="new"), 250), *later]
        fresh.append(len({segment_key(segment, 22050) for segment in cut(inserted)} - before))
    assert sum(fresh) / len(fresh) <= 2


def test_a_segments_key_changes_exactly_if_its_sound_may_change() -> None:
    segment = Segment(chapter=1, clips=(clip(1), clip(2, key="b")))
    key = segment_key(segment, 22050)
    elsewhere = Segment(
        chapter=9, clips=tuple(replace(c, place=Place(chapter=9, paragraph=1, line=1)) for c in segment.clips)
    )
    assert segment_key(elsewhere, 22050) == key
    first, second = segment.clips
    others = [
        replace(segment, clips=(replace(first, key="c"), second)),
        replace(segment, clips=(replace(first, gain=1.6), second)),
        replace(segment, clips=(replace(first, pause=451), second)),
        replace(segment, clips=(second, first)),
        replace(segment, clips=(first,)),
    ]
    assert len({key, segment_key(segment, 24000), *(segment_key(other, 22050) for other in others)}) == 7
