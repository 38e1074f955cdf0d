"""The convention by which a book marks speech, found by a vote of its paragraphs; and paragraphs of a play."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from audiobook.attribution.dashes.dialogue import DashConvention, DashWeights, begins_with_dash, read_dash_convention
from audiobook.attribution.quotes import marks
from audiobook.attribution.quotes.marks import FAMILIES, FAMILY, ROLES, Family, Mark, Role, Shape, find_marks
from audiobook.languages.en.quotations import NO_SPEAKERS
from audiobook.languages.letters import CAPITALS
from audiobook.model.book import Paragraph

# A speaker's name before a speech: "OONA:", "Ned (aside):".
_NAME_WORD = rf"[{CAPITALS}][\w.'’\-]{{0,30}}"
LABEL = re.compile(
    rf"(?:[{CAPITALS}][{CAPITALS}.'’\- ]{{0,30}}|{_NAME_WORD}(?: {_NAME_WORD}){{0,2}})(?: \([^()]{{0,60}}\))?:\s+(?=\S)"
)
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_ENDS_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]_*]*\s*$")
_MIN_LABEL_SHARE = 0.4  # share of paragraphs with a label that makes a book a play
_MIN_DASH_SHARE = 0.25  # dashes at the start of paragraphs, as a share of the marks there, that make dash dialogue
_CLEAR_RATIO = 4  # a mark that opens this many times as often as it closes is an opening mark
_MIN_SINGLE_SHARE = 0.1
_PARAGRAPH_START_WEIGHT = 3  # weight of a mark at the start of a paragraph, where one within it weighs 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Convention:
    """The marks with which a book encloses speech."""

    name: str  # for display: "double “…”"
    share: float  # of the votes, 0 to 1
    families: tuple[Family, ...]  # families of marks that may enclose speech, the most frequent first
    roles: tuple[tuple[str, Role], ...]  # the role of each mark in this book
    dashes: DashConvention | None = None  # how dashes set off speech, if paragraphs of speech begin with one
    dashes_alone: bool = False  # dashes are more frequent than marks, which then mostly enclose other quotations
    labelled: bool = False  # paragraphs of speech begin with a name and a colon, as in a play
    doubled: bool = False  # two single marks in a row are a double mark
    language: str = "en"  # BCP 47
    # Replaces the package's own weights.
    dash_weights: DashWeights | None = field(default=None, compare=False, repr=False)


@dataclass(slots=True)
class _Tally:
    """The votes of the paragraphs."""

    votes: Counter[Family] = field(default_factory=Counter)  # marks that surely open speech
    starts: Counter[Family] = field(default_factory=Counter)  # those that begin a paragraph
    shapes: Counter[tuple[str, Shape]] = field(default_factory=Counter)  # of each mark, by its text
    paragraphs: int = 0
    labels: Counter[str] = field(default_factory=Counter)  # names before a colon at the start of paragraphs
    dashed: list[str] = field(default_factory=list)  # paragraphs that begin with a dash
    undashed: list[str] = field(default_factory=list)  # the others

    def weight(self, family: Family) -> int:
        """Return the weight of a family's votes."""
        return self.votes[family] + _PARAGRAPH_START_WEIGHT * self.starts[family]


def find_convention(paragraphs: Iterable[Paragraph], language: str = "en") -> Convention:
    """Find the convention of most of the book. With little evidence, it is the usual one of the marks."""
    tally = _Tally()
    for paragraph in paragraphs:
        if not (paragraph.speaker or paragraph.directions):  # otherwise the reader has already found the speaker
            _count(paragraph, tally)
    _drop_list_items(tally)
    dash_weight = (1 + _PARAGRAPH_START_WEIGHT) * len(tally.dashed)
    families = _rank_families(tally, dash_weight)
    winner = families[0]
    total = sum(map(tally.weight, FAMILIES)) + dash_weight
    dashes = bool(tally.dashed) and len(tally.dashed) >= _MIN_DASH_SHARE * tally.starts.total()
    by_dash = dash_weight > tally.weight(winner)
    return Convention(
        name="dashes —" if by_dash else _describe(winner, tally),
        share=max(dash_weight, tally.weight(winner)) / max(1, total),
        families=families,
        roles=tuple((mark, _find_role(mark, tally)) for mark in FAMILY),
        dashes=read_dash_convention(tally.dashed, tally.undashed) if dashes else None,
        dashes_alone=dashes and by_dash,
        labelled=_is_labelled(tally),
        doubled=_are_doubled(tally),
        language=language,
    )


def match_label(text: str) -> re.Match[str] | None:
    """Return the label at the start of a paragraph; None if there is none, or if its first word is nobody's name."""
    match = LABEL.match(text)
    first = match and _FIRST_WORD.match(match[0])
    return None if first is None or first[0].lower() in NO_SPEAKERS else match


def _is_labelled(tally: _Tally) -> bool:
    """Return whether the book is a play by its labels: they open many of its paragraphs, and most of them repeat."""
    labelled = tally.labels.total()
    returning = sum(count for count in tally.labels.values() if count > 1)
    most = max(_MIN_LABEL_SHARE * tally.paragraphs, tally.starts.total(), len(tally.dashed))
    return labelled >= max(2, most) and returning * 2 >= labelled


def _drop_list_items(tally: _Tally) -> None:
    """Move the items of a list out of the paragraphs with a dash: they begin with a hyphen, and few end a sentence."""
    items = [text for text in tally.dashed if text.lstrip()[:1] == "-" and not text.lstrip().startswith("--")]
    if sum(_ENDS_SENTENCE.search(text) is not None for text in items) * 2 < len(items):
        tally.undashed += items
        listed = set(items)
        tally.dashed = [text for text in tally.dashed if text not in listed]


def _count(paragraph: Paragraph, tally: _Tally) -> None:
    text = paragraph.text
    tally.paragraphs += 1
    if paragraph.kind != "verse":
        tally.labels.update(match[0].rstrip() for match in (match_label(text),) if match)
        (tally.dashed if begins_with_dash(text) else tally.undashed).append(text)
    previous = None
    for mark in find_marks(text, doubled=True):
        tally.shapes[mark.text, mark.shape] += 1
        if _is_vote(text, mark, previous):
            tally.votes[mark.family] += 1
            tally.starts[mark.family] += mark.start == 0
        previous = mark


def _is_vote(text: str, mark: Mark, previous: Mark | None) -> bool:
    """Return whether a mark surely opens speech: after a stop and before a capital letter."""
    if mark.shape != "open" or (previous is not None and previous.end == mark.start):
        return False
    if mark.family == "single" and marks.compute_costs(text, mark)[0]:
        return False
    before = text[max(0, mark.start - 3) : mark.start].rstrip()
    return not before or before[-1] in ",:.!?…—–-"


def _rank_families(tally: _Tally, dash_weight: int) -> tuple[Family, ...]:
    """Return the families whose marks may enclose speech, the most frequent first.

    Single marks are included only if they are the main ones of the book, or begin paragraphs. Otherwise they are nested
    quotations, scare quotes and apostrophes.
    """
    ranked = sorted(FAMILIES, key=lambda family: -tally.weight(family))
    begun = tally.starts["single"]
    if begun < max(3, _MIN_SINGLE_SHARE * tally.starts.total()) and (ranked[0] != "single" or dash_weight):
        ranked.remove("single")
    return tuple(ranked)


def _describe(family: Family, tally: _Tally) -> str:
    seen = {mark for mark, _ in tally.shapes}
    return f"{family} {''.join(mark for mark in FAMILY if FAMILY[mark] == family and mark in seen)}".strip()


def _are_doubled(tally: _Tally) -> bool:
    """Return whether two single marks in a row are a double mark."""
    twice = tally.shapes["''", "close"] + tally.shapes["’’", "close"]
    return twice > tally.shapes["'", "close"] + tally.shapes["’", "close"] - twice if twice else False


def _find_role(mark: str, tally: _Tally) -> Role:
    opens, closes = tally.shapes[mark, "open"], tally.shapes[mark, "close"]
    if opens + closes < _CLEAR_RATIO or FAMILY[mark] == "single":
        return ROLES[mark]
    if opens >= _CLEAR_RATIO * closes:
        return "open"
    return "close" if closes >= _CLEAR_RATIO * opens else "either"


_NEAR = 3  # paragraphs within which another speaker of the scene has a label


def find_play_paragraphs(texts: Sequence[str], convention: Convention) -> frozenset[int]:
    """Return the paragraphs of a chapter that begin with a label.

    In a book that is not a play, labels count only where they repeat and alternate.
    """
    labels = {at: match[0].rstrip() for at, text in enumerate(texts) if (match := match_label(text))}
    if convention.labelled:
        return frozenset(labels)
    times = Counter(labels.values())
    back = {at: label for at, label in labels.items() if times[label] > 1}
    playing = {
        at
        for at, label in back.items()
        if any(back.get(other, label) != label for other in range(at - _NEAR, at + _NEAR + 1))
    }
    # A speaker with a single line in the scene has a label between those of others.
    between = {
        at for at in labels if not playing.isdisjoint((at - 1, at - 2)) and not playing.isdisjoint((at + 1, at + 2))
    }
    return frozenset(playing | between)
