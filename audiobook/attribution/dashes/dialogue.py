"""Finds speech that dashes set off, with learned weights: — Sit, said Oona. — No.

The model is a linear-chain conditional random field over the fragments of a paragraph (Lafferty and others, 2001).
There is one for each style of dashes. `tools.training` fits them to novels whose quotation marks were rewritten as
dashes.

A dash opens speech, but often no dash closes it, so the words must show where narration begins. The labels "speech" and
"narration" with the highest score over a paragraph are found by dynamic programming (Viterbi), in linear time.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from audiobook.attribution.dashes.features import (
    PrecedingTags,
    extract_boundary_features,
    extract_word_features,
    read_paragraph_context,
)
from audiobook.attribution.dashes.forms import ODD_TAG, TAGS, TOLD
from audiobook.attribution.dashes.fragments import (
    DASH,
    DashConvention,
    DashStyle,
    Fragment,
    estimate_word_log_odds,
    split_fragments,
)
from audiobook.attribution.grammar.tags import build_tag_pattern

_TRIPLE = re.compile(r"\[\n(-?\d+),\n(-?\d+),\n(-?\d+)\n\]")


@dataclass(frozen=True, slots=True)
class StyleWeights:
    """The weights for one style of dashes, in hundredths of a logit."""

    emissions: Mapping[str, int]  # feature of a fragment's words → weight for speech
    transitions: Mapping[
        str, tuple[int, int, int]
    ]  # feature of a boundary → weights for speech that begins, ends and goes on there


DashWeights = Mapping[DashStyle, StyleWeights]


@cache
def load_dash_weights() -> DashWeights:
    """Load the package's own weights."""
    return parse_dash_weights(json.loads(files(__package__).joinpath("dash_weights.json").read_bytes()))


def parse_dash_weights(data: Mapping[DashStyle, Any]) -> DashWeights:
    """Return the weights in decoded JSON."""
    return {
        style: StyleWeights(
            own["said"], {feature: (begin, end, on) for feature, (begin, end, on) in own["turns"].items()}
        )
        for style, own in data.items()
    }


def format_dash_weights(weights: DashWeights) -> str:
    """Return the weights as JSON, one feature on each line."""
    data = {style: {"said": own.emissions, "turns": own.transitions} for style, own in weights.items()}
    return _TRIPLE.sub(r"[\1,\2,\3]", json.dumps(data, ensure_ascii=False, indent=0, sort_keys=True)) + "\n"


__all__ = [
    "DashConvention",
    "begins_with_dash",
    "decode_fragments",
    "extract_features",
    "find_dashed_speech",
    "read_dash_convention",
]

# The rest of an interrupted speech may begin with a second dash.
LEAD = re.compile(r"\s*(?:--|[—–―-])\s*(?:(?:--?|[—–―]{1,2})\s?(?=[^\W_]))?(?=[^\W_]|[¿¡…\"'’“‘«_*(.])")
_INNER = re.compile(rf"(?P<stop>[,.;:!?…][\"”’»)]*)?(?P<mark>\s*{DASH}\s*[,.]?\s*)(?=[^\W\d_])")
_FIRST_WORDS = re.compile(r"[^.!?…,;—]{1,200}")  # of a speech, which are never narration
_FIRST_PERSON_SHARE = 0.01  # share of "I" in the words of narration above which there is a first-person narrator
# Share of paragraphs of speech with a dash after a stop above which dashes do more than open paragraphs.
_RESUMED_SHARE = 0.06
_NOW = re.compile(r"\b(?:is|are|has|does|says)\b")
_THEN = re.compile(r"\b(?:was|were|had|did|said)\b")
_MAX_CHARACTERS = 3000  # characters of a paragraph of narration that are read
_IMPOSSIBLE = -1_000_000  # lower than any score
_NONE = (0, 0, 0)


def begins_with_dash(text: str) -> bool:
    """Return whether a paragraph begins as in dash dialogue."""
    return LEAD.match(text) is not None


def read_dash_convention(speech: Sequence[str], narration: Sequence[str]) -> DashConvention:
    """Return how a book uses dashes, from the paragraphs that begin with a dash and those that do not."""
    leads = [(text, lead) for text in speech if (lead := LEAD.match(text))]
    looks = Counter(lead.group().lstrip() for _, lead in leads)
    own = max(looks, key=lambda look: (looks[look], look), default="— ")
    words = sum(text.count(" ") + 1 for text in narration)
    return DashConvention(
        style=_find_style([text[lead.end() :] for text, lead in leads], DashConvention(own=own)),
        own=own,
        first_person=sum(text.count(" I ") + text.startswith("I ") for text in narration) > _FIRST_PERSON_SHARE * words,
        present_tense=_is_present_tense(narration),
        word_log_odds=estimate_word_log_odds(
            (first.group() for text, lead in leads if (first := _FIRST_WORDS.match(text, lead.end()))),
            (text[:_MAX_CHARACTERS] for text in narration),
        ),
    )


def _is_present_tense(narration: Sequence[str]) -> bool:
    """Return whether the narration is in the present tense."""
    return sum(len(_NOW.findall(text)) - len(_THEN.findall(text)) for text in narration) > 0


def _find_style(speech: Sequence[str], dashes: DashConvention) -> DashStyle:
    """Return what later dashes in a paragraph do, by the words after them."""
    uses = Counter(_find_first_use(text, dashes) for text in speech)
    if uses["told"] + uses["said"] <= _RESUMED_SHARE * len(speech):
        return "open"
    return "paired" if uses["told"] > uses["said"] else "resumed"


def _find_first_use(text: str, dashes: DashConvention) -> Literal["told", "said", "none"]:
    """Return what follows the first dash within a paragraph of speech that can end or begin speech."""
    for inner in _INNER.finditer(text):
        if not dashes.is_like(inner["mark"]):
            continue
        if any(pattern.match(text, inner.end()) for pattern in (build_tag_pattern(), ODD_TAG, TOLD)):
            return "told"
        if inner["stop"]:
            return "said"
    return "none"


# Of a fragment: whether a dash that may begin speech is before it in its paragraph; the features of its words; the
# features of its boundary, which the first fragment lacks.
FragmentFeatures = tuple[bool, Sequence[str], Sequence[str]]


def find_dashed_speech(text: str, dashes: DashConvention, weights: DashWeights | None = None) -> list[tuple[int, int]]:
    """Return the spans of a paragraph that are speech, as (start, end). A dash belongs to the speech that it opens.

    `weights` replaces the package's own weights.
    """
    fragments, features = extract_features(text, dashes)
    own = (weights or load_dash_weights())[dashes.style]
    spans: list[tuple[int, int]] = []
    before = False
    for fragment, said in zip(fragments, decode_fragments(features, own), strict=True):
        end = fragment.start + len(text[fragment.start : fragment.end].rstrip())
        if said and before and spans and not _is_new_quotation(text, fragment, dashes):
            spans[-1] = (spans[-1][0], end)
        elif said:
            begin = _find_begin(text, fragment)
            if end > begin:
                spans.append((begin, end))
        before = said
    return spans


def extract_features(text: str, dashes: DashConvention) -> tuple[Sequence[Fragment], list[FragmentFeatures]]:
    """Split a paragraph into fragments, and return them with their features."""
    lead = LEAD.match(text)
    context = read_paragraph_context(
        text, list(split_fragments(text, lead.end() if lead else 0)), dashes, led=lead is not None
    )
    features: list[FragmentFeatures] = []
    begun = context.led
    tags = PrecedingTags()
    for at, fragment in enumerate(context.fragments):
        begun = begun or (fragment.boundary == "dash" and dashes.begins_speech(fragment.mark))
        boundary = dict.fromkeys(extract_boundary_features(context, at, dashes, tags) if at else ())
        words = list(dict.fromkeys(extract_word_features(context, at, dashes)))
        last = next((TAGS[feature] for feature in words[:2] if feature in TAGS), "")
        own = "" if context.heads[at] == at else tags.sentence
        tags = PrecedingTags(last, last or own, last or tags.paragraph)
        features.append((begun, words, list(boundary)))
    return context.fragments, features


def decode_fragments(paragraph: Sequence[FragmentFeatures], weights: StyleWeights) -> list[bool]:
    """Return for each fragment whether it is speech, by the best sequence. After a dash, the first one is speech."""
    told, said = (_IMPOSSIBLE, 0) if paragraph[0][0] else (0, _IMPOSSIBLE)
    previous_is_speech: list[
        tuple[bool, bool]
    ] = []  # for a narrated and a spoken fragment: whether the one before was speech
    for may_be_said, words, boundary in paragraph[1:]:
        turns = [weights.transitions[feature] for feature in boundary if feature in weights.transitions]
        begins, ends, goes_on = map(sum, zip(_NONE, *turns, strict=True))
        begun = told + (begins if may_be_said else _IMPOSSIBLE)
        previous_is_speech.append((said + ends > told, said + goes_on >= begun))
        told, said = (
            max(told, said + ends),
            max(said + goes_on, begun) + sum(weights.emissions.get(feature, 0) for feature in words),
        )
    reading = [said > told]
    for if_told, if_said in reversed(previous_is_speech):
        reading.append(if_said if reading[-1] else if_told)
    return reading[::-1]


def _is_new_quotation(text: str, fragment: Fragment, dashes: DashConvention) -> bool:
    """Return whether speech after speech is another quotation: it begins with the book's dash, after a stop."""
    if fragment.boundary != "dash" or not dashes.begins_speech(fragment.mark):
        return False
    return text[: fragment.start].rstrip()[-1:] in {".", "!", "?", "…", ":", ","}


def _find_begin(text: str, fragment: Fragment) -> int:
    """Return where speech begins: at its dash, unless the dash is close after a word, where it ends the narration."""
    if (
        fragment.boundary == "dash"
        and not text[fragment.start - 1 : fragment.start + 1].isspace()
        and not fragment.mark[:1].isspace()
    ):
        return fragment.words
    return (
        fragment.start + len(fragment.mark) - len(fragment.mark.lstrip())
        if fragment.boundary == "dash"
        else fragment.start
    )
