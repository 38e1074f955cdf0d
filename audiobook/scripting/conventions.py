"""How a book marks what is said, found by a vote of its paragraphs."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from audiobook.book import Paragraph
from audiobook.scripting import apostrophes
from audiobook.scripting.marks import FAMILY, ROLES, Family, Mark, Role, find_marks

_SURE = 4  # a mark that opens this many times as often as it closes is an opening mark
_PARAGRAPH_START = 3  # a mark that begins a paragraph weighs as much as this many within one


@dataclass(frozen=True, slots=True, kw_only=True)
class Convention:
    """The marks a book puts around speech."""

    name: str  # for people: "double “…”"
    share: float  # of the votes, 0 to 1
    families: tuple[Family, ...]  # families of marks that may hold speech, the most used first
    roles: tuple[tuple[str, Role], ...]  # what each mark does in this book
    doubled: bool = False  # two single marks in a row stand for a double one
    language: str = "en"  # BCP 47


def find_convention(paragraphs: Iterable[Paragraph], language: str = "en") -> Convention:
    """The convention most of the book follows; the usual one of its marks where there is little to go by."""
    votes: Counter[Family] = Counter()
    starts: Counter[Family] = Counter()
    shapes: Counter[tuple[str, str]] = Counter()
    doubled = 0
    for paragraph in paragraphs:
        previous = None
        for mark in find_marks(paragraph.text, doubled=True):
            doubled += len(mark.text) > 1
            shapes[mark.text, mark.shape] += 1
            if _is_vote(paragraph.text, mark, previous):
                votes[mark.family] += 1
                starts[mark.family] += mark.start == 0
            previous = mark
    return _elect(votes, starts, shapes, language)


def _is_vote(text: str, mark: Mark, previous: Mark | None) -> bool:
    """Whether a mark surely opens speech: behind a stop and before a capital letter."""
    if mark.shape != "open" or (previous is not None and previous.end == mark.start):
        return False
    if mark.family == "single" and apostrophes.costs(text, mark)[0]:
        return False
    before = text[max(0, mark.start - 3) : mark.start].rstrip()
    return not before or before[-1] in ",:.!?…—–-"


def _elect(
    votes: Counter[Family], starts: Counter[Family], shapes: Counter[tuple[str, str]], language: str
) -> Convention:
    weights = Counter({family: votes[family] + _PARAGRAPH_START * starts[family] for family in votes})
    ranked = [family for family, _ in sorted(weights.items(), key=lambda item: (-item[1], item[0]))]
    winner = ranked[0] if ranked else "double"
    singles_speak = winner == "single" or starts["single"] >= max(3, 0.1 * sum(starts.values()))
    families = [winner, *(f for f in dict.fromkeys((*ranked, *FAMILY.values())) if f != winner)]
    if not singles_speak:
        families.remove("single")
    roles = tuple((mark, _role(mark, shapes)) for mark in FAMILY)
    used = "".join(
        mark for mark in FAMILY if FAMILY[mark] == winner and any(shapes[mark, s] for s in ("open", "close"))
    )
    return Convention(
        name=f"{winner} {used}".strip(),
        share=weights[winner] / max(1, sum(weights.values())),
        families=tuple(families),
        roles=roles,
        doubled=shapes["''", "close"] + shapes["’’", "close"] > shapes["'", "close"],
        language=language,
    )


def _role(mark: str, shapes: Counter[tuple[str, str]]) -> Role:
    opens, closes = shapes[mark, "open"], shapes[mark, "close"]
    if opens + closes < _SURE or FAMILY[mark] == "single":
        return ROLES[mark]
    if opens >= _SURE * closes:
        return "open"
    return "close" if closes >= _SURE * opens else "either"
