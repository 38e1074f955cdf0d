"""Reels: every clip once, cut at paragraphs, and cuts that stay put."""

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.mixing import cut_reels, reel_key
from audiobook.mixing.segments import LONGEST, SHORTEST
from audiobook.model.clip import Clip, Reel
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


def cut(book: list[tuple[Clip, int]]) -> tuple[Reel, ...]:
    return cut_reels(7, [c for c, _ in book], [n for _, n in book])


@settings(deadline=None, max_examples=80)
@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 9000)), max_size=60))
def test_every_clip_is_in_one_reel_in_order_and_no_paragraph_is_cut(drawn: list[tuple[int, int]]) -> None:
    book = [(clip(paragraph, at), letters) for at, (paragraph, letters) in enumerate(sorted(drawn), 1)]
    reels = cut(book)
    assert [c for reel in reels for c in reel.clips] == [c for c, _ in book]
    assert all(reel.clips and reel.chapter == 7 for reel in reels)
    firsts = [reel.clips[0].place.paragraph for reel in reels]
    assert len(set(firsts)) == len(firsts)


def test_reels_last_half_a_minute_to_a_minute_and_a_half() -> None:
    book = novel(1)
    letters = dict(book)
    lengths = [sum(letters[c] for c in reel.clips) for reel in cut(book)]
    assert all(SHORTEST <= length <= LONGEST for length in lengths[:-1])


def test_a_long_pause_is_where_a_reel_is_cut() -> None:
    book = [(clip(number, pause=2000 if number == 13 else 450), 100) for number in range(1, 101)]
    assert cut(book)[0].clips[-1].place.paragraph == 13


def test_a_changed_line_changes_only_the_reels_around_it() -> None:
    moved = []
    for seed in range(12):
        book = novel(seed)
        before = {reel_key(reel, 22050) for reel in cut(book)}
        at = len(book) // 3
        changed = [*book[:at], (replace(book[at][0], key="new"), book[at][1] + 40), *book[at + 1 :]]
        moved.append(len({reel_key(reel, 22050) for reel in cut(changed)} - before))
    assert sum(moved) / len(moved) <= 1.5


def test_an_inserted_paragraph_leaves_the_rest_of_the_chapter_alone() -> None:
    fresh = []
    for seed in range(12):
        book = novel(seed)
        before = {reel_key(reel, 22050) for reel in cut(book)}
        later = [(replace(c, place=replace(c.place, paragraph=c.place.paragraph + 1)), n) for c, n in book[200:]]
        inserted = [*book[:200], (clip(book[199][0].place.paragraph + 1, 9, key="new"), 250), *later]
        fresh.append(len({reel_key(reel, 22050) for reel in cut(inserted)} - before))
    assert sum(fresh) / len(fresh) <= 2


def test_a_reels_key_changes_exactly_with_what_shapes_its_sound() -> None:
    reel = Reel(chapter=1, clips=(clip(1), clip(2, key="b")))
    key = reel_key(reel, 22050)
    elsewhere = Reel(
        chapter=9, clips=tuple(replace(c, place=Place(chapter=9, paragraph=1, line=1)) for c in reel.clips)
    )
    assert reel_key(elsewhere, 22050) == key
    first, second = reel.clips
    others = [
        replace(reel, clips=(replace(first, key="c"), second)),
        replace(reel, clips=(replace(first, gain=1.6), second)),
        replace(reel, clips=(replace(first, pause=451), second)),
        replace(reel, clips=(second, first)),
        replace(reel, clips=(first,)),
    ]
    assert len({key, reel_key(reel, 24000), *(reel_key(other, 22050) for other in others)}) == 7
