"""The voices that fit somebody, in the order in which they are tried."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from audiobook.casting.config import CastingConfig, VoiceChoice
from audiobook.casting.names import primary
from audiobook.model.cast import Voice, VoiceFacts
from audiobook.model.script import Age, Gender

_BAND = 8  # so many voices count as equally good, so that not every book has the same cast,
_BANDS = 4  # but no more than a quarter of the pool
_LARGEST_POOL = 64  # voices; beyond it a slight change of a good voice serves better than a poor one
_CHILD_PITCH = 16  # how far a woman's voice is raised where no voice is a child's
_WRONG = 2  # a misfit from which on a voice is taken only where there is no other
_VARIATIONS = (  # pitch added, rate multiplied
    (0, 1.0, ""),
    (8, 1.06, ", higher and faster"),
    (-8, 0.94, ", lower and slower"),
    (8, 0.94, ", higher and slower"),
    (-8, 1.06, ", lower and faster"),
)


Timbre = tuple[str, str]  # what a listener knows a voice by, whatever its rate and pitch: engine and name
Manner = tuple[str, str, int, int]  # how a voice sounds: engine, name, rate, pitch


def timbre(voice: Voice) -> Timbre:
    """What a listener knows the voice by."""
    return voice.engine, voice.name


def manner(voice: Voice) -> Manner:
    """How the voice sounds."""
    return voice.engine, voice.name, voice.rate, voice.pitch


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A voice that somebody might get, and why."""

    voice: Voice
    manner: Manner
    reason: str


@dataclass(frozen=True, slots=True)
class Pool:
    """Voices for one kind of speaker."""

    bands: tuple[tuple[tuple[Candidate, ...], ...], ...]  # the best first; a voice as it is, then its variations

    def candidates(self, key: str) -> Iterator[Candidate]:
        """The pool in the order in which somebody tries it: everybody has an own order, which hangs on the key alone.

        First every voice as it is, then each a little higher or lower, faster or slower.
        """
        own = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        ordered = [voice for band in self.bands for voice in sorted(band, key=lambda v: _lot(own, v[0].manner))]
        for variation in range(len(_VARIATIONS)):
            for voice in ordered:
                yield voice[variation]


def _pool(name: str, bands: Iterable[Iterable[Voice]]) -> Pool:
    ordered = (sorted(band, key=manner) for band in bands)
    return Pool(tuple(tuple(_variations(name, voice) for voice in band) for band in ordered))


def _variations(pool: str, voice: Voice) -> tuple[Candidate, ...]:
    changed = [(varied(voice, pitch, pace), how) for pitch, pace, how in _VARIATIONS]
    return tuple(Candidate(voice=v, manner=manner(v), reason=f"pool: {pool}{how}") for v, how in changed)


def _lot(key: bytes, drawn: Manner) -> bytes:
    """The lot somebody draws for a voice. A new voice in the pool changes nobody's order of the others."""
    return blake2b(f"{drawn[0]}\0{drawn[1]}".encode(), key=key, digest_size=8).digest()


def voice_from(choice: VoiceChoice) -> Voice:
    """The voice of a choice that names one; what else it leaves open is as a Voice has it."""
    return with_settings(Voice(engine=choice.engine or "", name=choice.voice or ""), choice)


def with_settings(voice: Voice, choice: VoiceChoice) -> Voice:
    """The voice with the rate, pitch and volume of the choice, where it says any."""
    return replace(
        voice,
        rate=voice.rate if choice.rate is None else choice.rate,
        pitch=voice.pitch if choice.pitch is None else choice.pitch,
        volume=voice.volume if choice.volume is None else choice.volume,
    )


def varied(voice: Voice, pitch: int, pace: float) -> Voice:
    """The voice with its pitch moved and its rate multiplied, within what a voice allows."""
    return replace(voice, pitch=max(0, min(99, voice.pitch + pitch)), rate=max(40, min(500, round(voice.rate * pace))))


@dataclass(slots=True)
class Voices:
    """Everything that can be chosen from, for a book in one language."""

    available: Sequence[VoiceFacts]
    casting_config: CastingConfig
    language: str  # BCP 47
    _spoken: dict[str, list[VoiceFacts]] = field(default_factory=dict)  # by engine

    def pool(self, engine: str, gender: Gender | None, age: Age | None) -> Pool:
        """The voices for a kind of speaker: the voices file's list, else every voice of the engine that fits."""
        name = "child" if age == "child" else gender or "unknown"
        if listed := self._listed(engine, gender, age):
            return _pool(name, [dict.fromkeys(map(self.voice, listed))])
        if age == "child" and all(_misfit(f, gender, age) >= _WRONG for f in self.ranked(engine, gender, age)):
            women = self._bands(engine, "female", "adult")
            return _pool(name, [[varied(voice, _CHILD_PITCH, 1.0) for voice in band] for band in women])
        return _pool(name, self._bands(engine, gender, age))

    def voice(self, choice: VoiceChoice) -> Voice:
        """The voice of a choice, with the defaults of the voices file."""
        return voice_from(choice.over(self.casting_config.defaults))

    def ranked(self, engine: str, gender: Gender | None, age: Age | None = None) -> list[VoiceFacts]:
        """The engine's voices for a kind of speaker, the best fitting and pleasantest first.

        The wrong gender, or a child's voice for an adult, is there only where nothing else is.
        """
        voices = sorted(self._speaking(engine), key=lambda facts: _misfit(facts, gender, age))
        right = [facts for facts in voices if _misfit(facts, gender, age) < _WRONG]
        return (right or voices)[:_LARGEST_POOL]

    def _listed(self, engine: str, gender: Gender | None, age: Age | None) -> tuple[VoiceChoice, ...]:
        """The pool of the voices file, where it has voices of this engine."""
        pools = self.casting_config.pools
        by_gender = {"female": pools.female, "male": pools.male, None: pools.unknown}[gender]
        for pool in (pools.child if age == "child" else None, by_gender):
            if fitting := tuple(choice for choice in pool or () if choice.engine == engine):
                return fitting
        return ()

    def _bands(self, engine: str, gender: Gender | None, age: Age | None) -> list[list[Voice]]:
        """The voices that fit, in bands of about equally good ones: no two kinds in one, no rank divided."""
        bands: list[list[Voice]] = []
        last: tuple[int, int] | None = None
        rank = 0
        ranked = self.ranked(engine, gender, age)
        size = min(_BAND, len(ranked) // _BANDS)
        for facts in ranked:
            kind = (_misfit(facts, gender, age), _distance(facts.language, self.language))
            if kind != last or (len(bands[-1]) >= size and facts.rank != rank):
                bands.append([])
            bands[-1].append(self.voice(VoiceChoice(engine=engine, voice=facts.name)))
            last, rank = kind, facts.rank
        return bands

    def _speaking(self, engine: str) -> list[VoiceFacts]:
        """The engine's voices in the book's language, its region first, then by rank; all where none speaks it."""
        if engine not in self._spoken:
            own = [facts for facts in self.available if facts.engine == engine]
            distance = {tag: _distance(tag, self.language) for tag in {facts.language for facts in own}}
            nearest = min(distance.values(), default=0)
            near = [f for f in own if distance[f.language] < _OTHER_SCRIPT or distance[f.language] == nearest]
            self._spoken[engine] = sorted(near, key=lambda f: (distance[f.language], f.rank, f.name))
        return self._spoken[engine]


_OTHER_SCRIPT, _OTHER_LANGUAGE = 2, 3


def _distance(spoken: str, wanted: str) -> int:
    """How far a voice's language is from the one asked for.

    0 the same, or a variety of it; 1 another region's; 2 written in another script, as the Shavian English that some
    engines list is; 3 another language.
    """
    spoken, wanted = spoken.replace("_", "-").casefold(), wanted.replace("_", "-").casefold()
    if primary(spoken) != primary(wanted):
        return _OTHER_LANGUAGE
    if _script(spoken) not in {"", _script(wanted)}:
        return _OTHER_SCRIPT
    return 0 if f"{spoken}-".startswith(f"{wanted}-") else 1


def _script(tag: str) -> str:
    """The script of a BCP 47 tag, such as "latn", where it names one."""
    second = tag.split("-")[1:2]
    return second[0] if second and len(second[0]) == 4 and second[0].isalpha() else ""


def _misfit(facts: VoiceFacts, gender: Gender | None, age: Age | None) -> int:
    """How badly a voice fits: 0 well, 1 passably, 2 and more wrongly."""
    sex = 0 if gender in {None, facts.gender} else 1 if facts.gender is None else _WRONG
    if facts.age == (age or "adult"):
        return sex
    return sex + (_WRONG if "child" in {facts.age, age} else 1)
