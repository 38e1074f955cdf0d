"""What a story told in the first person shows of its teller's gender, as votes in log-odds."""

import re
from collections.abc import Iterator, Sequence

from audiobook.script import Gender
from audiobook.scripting.turns import NEAR_TURNS, Passage, Turn

_MALE = "man|gentleman|bachelor|widower|husband|father|boy|lad|schoolboy|fellow|chap|grandfather|uncle"
_FEMALE = "woman|lady|spinster|widow|wife|mother|girl|maiden|schoolgirl|lass|grandmother|aunt"
_ONE = r"(?:an? |the |only |just |but |still |not |quite |merely |another ){1,3}(?:[a-z-]+ ){0,2}?"


def _about_me(nouns: str) -> str:
    return (
        rf"\bI(?: am|['’]m| was| had been|['’]d been) {_ONE}(?:{nouns})\b(?!['’])"
        rf"|\b[Aa]s {_ONE}(?:{nouns}),? I\b"
        rf"|\b(?:an?|any|no|every|another) (?:[a-z]+ )?(?:{nouns}) (?:of|at|in) my (?:age|years|position|size)\b"
        rf"|\b(?:an?|another|other) (?:[a-z]+ )?(?:{nouns}) like (?:me|myself)\b"
    )


_MINE_MALE = "wife|bride|fiancée|beard|moustache|mustache|whiskers|boyhood|manhood|cravat|razor"
_MINE_FEMALE = "husband|bridegroom|fiancé|skirts?|petticoats?|gown|bonnet|corset|bodice|girlhood|womanhood|lipstick"
_SHOWN = re.compile(
    rf"(?P<male>\b[Mm]y (?:[a-z]+ )?(?:{_MINE_MALE})\b|{_about_me(_MALE)}|\bI (?:had |was )?shav(?:ed|ing)\b)"
    rf"|\b[Mm]y (?:[a-z]+ )?(?:{_MINE_FEMALE})\b|{_about_me(_FEMALE)}"
)
_SAYS_SO = 3.0
_CALLED_SO = 1.5  # by whoever speaks right before or after


def hear_teller(passages: Sequence[Passage], turns: Sequence[Turn]) -> Iterator[tuple[Gender, float]]:
    """Votes for the teller's gender: by what "I" says of itself, and what others call whoever says "I said"."""
    for passage in passages:
        for start, end in told(passage, turns):
            for match in _SHOWN.finditer(passage.text, start, end):
                yield "male" if match["male"] else "female", _SAYS_SO
    for index, turn in enumerate(turns):
        if is_mine(turn):
            for match in _SHOWN.finditer(passages[turn.passage].text, turn.start, turn.end):
                yield "male" if match["male"] else "female", _SAYS_SO
            called = (other.addressed_gender for other in answers(passages, turns, index))
            yield from ((gender, _CALLED_SO) for gender in called if gender is not None)


def told(passage: Passage, turns: Sequence[Turn]) -> Iterator[tuple[int, int]]:
    """The stretches of a passage that are narration."""
    at = 0
    for index in passage.turns:
        yield at, turns[index].start
        at = turns[index].end
    yield at, len(passage.text)


def is_mine(turn: Turn) -> bool:
    """Whether the teller surely says the turn: "I said"."""
    return turn.tag is not None and turn.tag.subject.pronoun == "i" and turn.tag.sure


def answers(passages: Sequence[Passage], turns: Sequence[Turn], index: int) -> Iterator[Turn]:
    """The turns of others in the paragraphs of talk right before and after that of a turn."""
    own = passages[turns[index].passage].turns
    for beside in (own[0] - 1, own[-1] + 1):
        if 0 <= beside < len(turns) and abs(turns[beside].passage - turns[index].passage) <= NEAR_TURNS:
            others = [turns[i] for i in passages[turns[beside].passage].turns]
            if not any(map(is_mine, others)):
                yield from others
