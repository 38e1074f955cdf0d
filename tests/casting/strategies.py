"""Hypothesis strategies for scripts."""

from itertools import chain

from hypothesis import strategies as st

from audiobook.model.book import Facts
from audiobook.model.script import NARRATOR, Character, Line, Place, Script, ScriptChapter

names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(
    lambda name: name.strip() and name.strip().casefold() != NARRATOR
)
characters = st.builds(
    Character,
    name=names,
    aliases=st.lists(names, max_size=2).map(tuple),
    gender=st.sampled_from([None, "female", "male"]),
    age=st.sampled_from([None, None, "adult", "child", "old"]),
)


@st.composite
def scripts(draw: st.DrawFn, *, cast: st.SearchStrategy[Character] = characters, most: int = 12) -> Script:
    """A book of one to four chapters in which the characters talk in bursts."""
    people = draw(st.lists(cast, min_size=1, max_size=most, unique_by=lambda c: c.name))
    speakers = [NARRATOR, None, *(person.name for person in people)]
    burst = st.lists(st.sampled_from(speakers), min_size=1, max_size=4).flatmap(
        lambda who: st.integers(1, 8).map(lambda times: who * times)
    )
    chapters = draw(st.lists(st.lists(burst, min_size=1, max_size=3), min_size=1, max_size=4))
    return Script(
        facts=Facts(title=draw(names), language=draw(st.sampled_from(["en", "en-US", "en-GB"]))),
        characters=tuple(people),
        chapters=tuple(
            _chapter(number, list(chain.from_iterable(bursts))) for number, bursts in enumerate(chapters, 1)
        ),
        narrator=draw(st.sampled_from([None, people[0].name])),
    )


def _chapter(number: int, speakers: list[str | None]) -> ScriptChapter:
    lines = tuple(
        Line(
            place=Place(chapter=number, paragraph=paragraph, line=1),
            kind="narration" if speaker == NARRATOR else "dialogue",
            speaker=speaker,
            text=f"“Line {paragraph}, ” she said.",
        )
        for paragraph, speaker in enumerate(speakers, 1)
    )
    return ScriptChapter(number=number, title=f"Chapter {number}", lines=lines)
