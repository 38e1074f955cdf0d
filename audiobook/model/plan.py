"""The plan of a build: what will be spoken and joined. It is known before anything is made.

The same request over the same book gives the same plan, whatever is in the cache. So it has target levels and no
measured gains, and no durations. As text, it is one JSON document whose chapters are a line each, so that it is written
and read one chapter at a time.
"""

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from audiobook.model.cast import Pauses, Voice
from audiobook.model.clip import Origin
from audiobook.model.codec import Codec, RecordError, from_json, to_json
from audiobook.model.request import BuildRequest
from audiobook.model.script import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedClip:
    """An utterance, or a sound or recording of a person."""

    place: Place
    speaker: str | None  # as the line has it
    text: str  # `text_hash` of the line's text, not of its spoken form
    take: str  # its key: a hash of the spoken form, the voice and the version of the engine
    voice: Voice  # as it speaks this line: the style and the kind of the line are applied
    pause: int  # milliseconds of silence after it
    level: float | None  # LUFS it is brought to; None for a sound, and for a voice with volume 0
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSegment:
    """A stretch of a chapter that is rendered and encoded in one go."""

    lead: int  # milliseconds of silence before its first clip
    clips: tuple[PlannedClip, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedChapter:
    """A chapter and its segments, in order."""

    number: int
    title: str
    segments: tuple[PlannedSegment, ...]

    def clips(self) -> Iterator[PlannedClip]:
        """Every clip of the chapter, in order."""
        for segment in self.segments:
            yield from segment.clips


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedCast:
    """The voice of each speaker, and the pauses between their lines."""

    narrator: Voice
    unknown: Voice  # reads lines whose speaker is unknown
    parts: Mapping[str, Voice]  # by the speaker's name
    pauses: Pauses
    engine_versions: Mapping[str, str]  # by "engine voice"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTags:
    """What the finished files say about themselves."""

    title: str
    authors: tuple[str, ...]
    narrators: tuple[str, ...]
    genre: str
    language: str
    comment: str
    year: str
    cover: str | None  # a hash of the picture


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanHead:
    """What the whole plan has in common, beside its request."""

    program: str  # the version of audiobook
    cast: PlannedCast
    tags: PlannedTags


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A build before it is executed. The chapters of a plan that is being made or read can be iterated once."""

    request: BuildRequest  # with absolute paths; what concerns one run only has its default
    head: PlanHead
    chapters: Iterable[PlannedChapter]


# How the files are made belongs to the plan; what concerns one run only does not.
REQUESTS = Codec(
    BuildRequest, "audiobook-order", 2, omit=frozenset({"also", "ledger", "timeline", "listen", "jobs", "cache"})
)
PLANS = Codec(PlanHead, "audiobook-plan", 2)
_END = "]}\n"
_SEPARATOR = ",\n"


def text_hash(text: str) -> str:
    """A hash by which two versions of a line's text are told apart."""
    return f"{zlib.crc32(text.encode('utf-8', 'surrogatepass')):08x}"


def plan_to_text(plan: Plan) -> Iterator[str]:
    """The plan as JSON in parts: the head, each chapter, and the end. Raises RecordError."""
    head = PLANS.to_json(plan.head) | {"request": REQUESTS.to_json(plan.request)}
    yield f'{json.dumps(head, ensure_ascii=False)[:-1]}, "chapters": [\n'
    for number, chapter in enumerate(plan.chapters):
        yield _SEPARATOR * (number > 0) + json.dumps(to_json(chapter), ensure_ascii=False)
    yield f"\n{_END}"


def plan_from_text(lines: Iterable[str]) -> Plan:
    """The plan that `plan_to_text` wrote, from its lines.

    The head is read now, a chapter when it is asked for. Raises RecordError, also while chapters are read, where the
    text is anything else or another version wrote it.
    """
    rest = iter(lines)
    data = _loads(f"{next(rest, '').rstrip()}{_END}")
    if not isinstance(data, dict) or data.pop("chapters", None) != []:
        raise RecordError("this is not a plan")
    request = REQUESTS.from_json(data.pop("request", None))
    return Plan(request=request, head=PLANS.from_json(data), chapters=_chapters(rest))


def _chapters(lines: Iterator[str]) -> Iterator[PlannedChapter]:
    for line in lines:
        if line.rstrip() == _END.rstrip():
            return
        if line.strip():
            yield from_json(PlannedChapter, _loads(line.rstrip().removesuffix(",")))
    raise RecordError("the end of the plan is missing")


def _loads(text: str) -> object:
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RecordError(f"this is not JSON: {error}") from error
    return found
