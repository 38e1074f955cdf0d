"""The voices that fit somebody, in the order in which they are tried."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from audiobook.cast import Voice, VoiceFacts
from audiobook.casting.direction import Direction, VoiceChoice
from audiobook.casting.naming import primary
from audiobook.script import Age, Gender

_BAND = 8  # voices that count as equally good, so that not every book has the same cast
_LARGEST_POOL = 40  # voices; beyond it a slight change of a good voice serves better than a poor one
_CHILD_PITCH = 16  # how far a woman's voice is raised where no voice is a child's
_WRONG = 2  # a misfit from which on a voice is taken only where there is no other
_VARIATIONS = (  # pitch added, rate multiplied
    (0, 1.0, ""),
    (8, 1.06, ", higher and faster"),
    (-8, 0.94, ", lower and slower"),
    (8, 0.94, ", higher and slower"),
    (-8, 1.06, ", lower and faster"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A voice that somebody might get, and why."""

    voice: Voice
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Voices for one kind of speaker."""

    name: str  # "female", for the reason
    bands: tuple[tuple[Voice, ...], ...]  # the best first; within a band all are equally good

    def candidates(self, key: str) -> Iterator[Candidate]:
        """The pool in the order in which somebody tries it: everybody has an own order, which hangs on the key alone.

        First every voice as it is, then each a little higher or lower, faster or slower.
        """
        ordered = [
            voice for band in self.bands for voice in sorted(band, key=lambda v: (_lot(key, v), v.rate, v.pitch))
        ]
        for pitch, pace, how in _VARIATIONS:
            for voice in ordered:
                yield Candidate(voice=varied(voice, pitch, pace) if how else voice, reason=f"pool: {self.name}{how}")


def _lot(key: str, voice: Voice) -> bytes:
    """The lot somebody draws for a voice. A new voice in the pool changes nobody's order of the others."""
    drawn = f"{key}\0{voice.engine}\0{voice.name}"
    return blake2b(drawn.encode("utf-8", "surrogatepass"), digest_size=8).digest()


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


@dataclass(frozen=True, slots=True)
class Voices:
    """Everything that can be chosen from, for a book in one language."""

    available: Sequence[VoiceFacts]
    direction: Direction
    language: str  # BCP 47

    def pool(self, engine: str, gender: Gender | None, age: Age | None) -> Pool:
        """The voices for a kind of speaker: the voices file's list, else every voice of the engine that fits."""
        name = "child" if age == "child" else gender or "unknown"
        if listed := self._listed(engine, gender, age):
            return Pool(name=name, bands=(tuple(dict.fromkeys(map(self.voice, listed))),))
        if age == "child" and not any(facts.age == "child" for facts in self._speaking(engine)):
            women = self._bands(engine, "female", "adult")
            return Pool(name=name, bands=tuple(tuple(varied(v, _CHILD_PITCH, 1.0) for v in band) for band in women))
        return Pool(name=name, bands=tuple(tuple(band) for band in self._bands(engine, gender, age)))

    def voice(self, choice: VoiceChoice) -> Voice:
        """The voice of a choice, with the defaults of the voices file."""
        return voice_from(choice.over(self.direction.defaults))

    def ranked(self, engine: str, gender: Gender | None, age: Age | None = None) -> list[VoiceFacts]:
        """The engine's voices for a kind of speaker, the best fitting and pleasantest first.

        The wrong gender, or a child's voice for an adult, is there only where nothing else is.
        """
        voices = sorted(
            self._speaking(engine), key=lambda f: (_misfit(f, gender, age), self._foreign(f), f.rank, f.name)
        )
        right = [facts for facts in voices if _misfit(facts, gender, age) < _WRONG]
        return (right or voices)[:_LARGEST_POOL]

    def _listed(self, engine: str, gender: Gender | None, age: Age | None) -> tuple[VoiceChoice, ...]:
        """The pool of the voices file, where it has voices of this engine."""
        pools = self.direction.pools
        by_gender = {"female": pools.female, "male": pools.male, None: pools.unknown}[gender]
        for pool in (pools.child if age == "child" else None, by_gender):
            if fitting := tuple(choice for choice in pool or () if choice.engine == engine):
                return fitting
        return ()

    def _bands(self, engine: str, gender: Gender | None, age: Age | None) -> list[list[Voice]]:
        bands: list[list[Voice]] = []
        last: tuple[int, bool] | None = None
        rank = 0
        for facts in self.ranked(engine, gender, age):
            kind = (_misfit(facts, gender, age), self._foreign(facts))
            if kind != last or (len(bands[-1]) >= _BAND and facts.rank != rank):
                bands.append([])
            bands[-1].append(self.voice(VoiceChoice(engine=engine, voice=facts.name)))
            last, rank = kind, facts.rank
        return bands

    def _speaking(self, engine: str) -> list[VoiceFacts]:
        """The engine's voices in the book's language; all of them where none speaks it."""
        own = [facts for facts in self.available if facts.engine == engine]
        return [facts for facts in own if primary(facts.language) == primary(self.language)] or own

    def _foreign(self, facts: VoiceFacts) -> bool:
        """Whether a voice is not of the very region asked for; a bare language asks for none."""
        wanted, spoken = self.language.replace("_", "-").casefold(), facts.language.replace("_", "-").casefold()
        return spoken != wanted and not spoken.startswith(f"{wanted}-")


def _misfit(facts: VoiceFacts, gender: Gender | None, age: Age | None) -> int:
    """How badly a voice fits: 0 well, 1 passably, 2 and more wrongly."""
    sex = 0 if gender in {None, facts.gender} else 1 if facts.gender is None else _WRONG
    if facts.age == (age or "adult"):
        return sex
    return sex + (_WRONG if "child" in {facts.age, age} else 1)
