"""Why a turn was given to somebody, in a few words for the person who reads the script."""

from collections.abc import Sequence

from audiobook.scripting.deciding import Decision
from audiobook.scripting.stage import Stage
from audiobook.scripting.tags import Tag

_MOST_OF_A_TAG = 50  # characters of the text that are quoted


def reason_for(stage: Stage, index: int, decisions: Sequence[Decision], names: Sequence[str]) -> str:
    """The plainest thing that speaks for the decision on a turn."""
    turn, who = stage.turns[index], decisions[index].person
    if turn.tag is not None and turn.tag.subject.pronoun == "they":
        return f"several people: {_words_of_tag(stage, index, turn.tag)}"
    if who is None:
        return "nobody to choose from"
    if (named := _own_words(stage, index, who)) is not None:
        return named
    if turn.joined or turn.continues:
        return "goes on with the same speech"
    beat = next((p for p in (turn.before, turn.after) if p is not None and stage.person_of(p) == who), None)
    if beat is not None:
        return f"beside: {beat.text}"
    return _from_neighbours(stage, index, decisions, names)


def _own_words(stage: Stage, index: int, who: int) -> str | None:
    """What names the speaker outright: a label, a name they give as their own, a tag."""
    turn = stage.turns[index]
    if turn.tag is not None and turn.tag.side == "label":
        return f"label: {turn.tag.subject.text}"
    own = next((mention for mention in turn.introduces if stage.found.get(mention.name) == who), None)
    if own is not None:
        return f"gives the name {own.surface}"
    if turn.tag is not None and stage.person_of(turn.tag.subject) in (who, None):
        return f"tag: {_words_of_tag(stage, index, turn.tag)}"
    return None


def _words_of_tag(stage: Stage, index: int, tag: Tag) -> str:
    """The tag as it stands in the text, if that is short: "said Holmes", "Emma's answer"."""
    subject = tag.subject.text
    if tag.end == tag.subject.end and tag.verb:
        return f"{tag.verb} {subject}"
    words = stage.passages[stage.turns[index].passage].text[tag.subject.start : tag.end]
    if words.startswith(subject) and len(words) <= _MOST_OF_A_TAG:
        return words
    return f"{subject} … {tag.verb}" if tag.verb else subject


def _from_neighbours(stage: Stage, index: int, decisions: Sequence[Decision], names: Sequence[str]) -> str:
    who = decisions[index].person
    passage = stage.turns[index].passage
    for other, where in ((index - 1, "the line before"), (index + 1, "the next line")):
        if not (0 <= other < len(stage.turns)) or abs(stage.turns[other].passage - passage) > 3:
            continue
        called = next((m for m in stage.turns[other].addressed[-1:] if stage.found.get(m.name) == who), None)
        if called is not None:
            return (
                f"answers '{called.surface}' in {where}" if other < index else f"called '{called.surface}' in {where}"
            )
    previous = decisions[index - 1].person if index else None
    if previous is not None and previous != who and passage - stage.turns[index - 1].passage in (1, 2):
        return f"takes turns with {names[previous]}"
    if previous is not None and previous == who and passage == stage.turns[index - 1].passage:
        return "same paragraph"
    return "most likely of those present"
