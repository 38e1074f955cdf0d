"""The voices that suit a speaker, in order of preference."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from audiobook.casting.config import CastingConfig, VoiceChoice
from audiobook.languages.codes import get_primary_language, is_spoken_by
from audiobook.model.cast import Voice, VoiceFacts
from audiobook.model.script import Age, Gender

_BAND_SIZE = 8  # this many voices count as equally good, so that casts differ from book to book,
_MIN_BANDS = 4  # but at most a quarter of the pool
_LARGEST_POOL = 64  # voices; in larger pools, a slightly changed good voice is better than a poor voice
_CHILD_PITCH = 16  # by how much a woman's voice is raised if there is no child's voice
_WRONG = 2  # voices with this misfit or more are used only if there are no others
_VARIATIONS = (  # added to the pitch, multiplied with the rate
    (0, 1.0, ""),
    (8, 1.06, ", higher and faster"),
    (-8, 0.94, ", lower and slower"),
    (8, 0.94, ", higher and slower"),
    (-8, 1.06, ", lower and faster"),
)


Timbre = tuple[str, str]  # engine and name: identifies a voice regardless of its rate and pitch
Variant = tuple[str, str, int, int]  # engine, name, rate, pitch


def timbre_of(voice: Voice) -> Timbre:
    """The voice's engine and name."""
    return voice.engine, voice.name


def variant_of(voice: Voice) -> Variant:
    """The voice's engine, name, rate and pitch."""
    return voice.engine, voice.name, voice.words_per_minute, voice.pitch


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A voice that a speaker may get, and the reason."""

    voice: Voice
    variant: Variant
    reason: str


@dataclass(frozen=True, slots=True)
class Pool:
    """The voices for one kind of speaker."""

    name: str
    bands: tuple[tuple[Voice, ...], ...]  # the best first

    def candidates(self, key: str) -> Iterator[Candidate]:
        """The pool in a speaker's own order of preference, which depends on `key` only.

        Every voice comes first unchanged, then with changed pitch and rate. Most speakers take one of the first.
        """
        own = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        ordered = [
            voice for band in self.bands for voice in sorted(band, key=lambda v: _preference(own, variant_of(v)))
        ]
        for pitch, factor, how in _VARIATIONS:
            for voice in ordered:
                changed = vary(voice, pitch, factor) if how else voice
                yield Candidate(voice=changed, variant=variant_of(changed), reason=f"pool: {self.name}{how}")


def _make_pool(name: str, bands: Iterable[Iterable[Voice]]) -> Pool:
    return Pool(name, tuple(tuple(sorted(band, key=variant_of)) for band in bands))


def _preference(key: bytes, variant: Variant) -> bytes:
    """The sort key of a voice for one speaker. A voice that is added to the pool does not change the others' order."""
    return blake2b(f"{variant[0]}\0{variant[1]}".encode(), key=key, digest_size=8).digest()


def make_voice(choice: VoiceChoice) -> Voice:
    """Make the voice that a choice names. Missing settings have the defaults of `Voice`."""
    return apply_settings(Voice(engine=choice.engine or "", name=choice.voice or ""), choice)


def apply_settings(voice: Voice, choice: VoiceChoice) -> Voice:
    """The voice with the rate, pitch and volume of the choice, as far as they are set."""
    return replace(
        voice,
        words_per_minute=voice.words_per_minute if choice.words_per_minute is None else choice.words_per_minute,
        pitch=voice.pitch if choice.pitch is None else choice.pitch,
        volume=voice.volume if choice.volume is None else choice.volume,
    )


def vary(voice: Voice, pitch: int, factor: float) -> Voice:
    """The voice with the pitch raised and the rate multiplied, within the limits of `Voice`."""
    return replace(
        voice,
        pitch=max(0, min(99, voice.pitch + pitch)),
        words_per_minute=max(40, min(500, round(voice.words_per_minute * factor))),
    )


@dataclass(slots=True)
class Voices:
    """The available voices, for a book in one language."""

    available: Sequence[VoiceFacts]
    casting_config: CastingConfig
    language: str  # BCP 47
    _spoken: dict[str, list[VoiceFacts]] = field(default_factory=dict)  # by engine

    def pool(self, engine: str, gender: Gender | None, age: Age | None) -> Pool:
        """The voices for a kind of speaker: the pool in the voices file, else every suitable voice of the engine."""
        name = "child" if age == "child" else gender or "unknown"
        if listed := self._find_file_pool(engine, gender, age):
            return _make_pool(name, [dict.fromkeys(map(self.voice, listed))])
        if age == "child" and all(misfit(f, gender, age) >= _WRONG for f in self.ranked(engine, gender, age)):
            women = self._make_bands(engine, "female", "adult")
            return _make_pool(name, [[vary(voice, _CHILD_PITCH, 1.0) for voice in band] for band in women])
        return _make_pool(name, self._make_bands(engine, gender, age))

    def voice(self, choice: VoiceChoice) -> Voice:
        """The voice of a choice. Missing settings come from the defaults of the voices file."""
        return make_voice(choice.fill_from(self.casting_config.defaults))

    def ranked(self, engine: str, gender: Gender | None, age: Age | None = None) -> list[VoiceFacts]:
        """The engine's voices for a kind of speaker, the most suitable first, then by rank.

        Voices of the wrong gender, or children's voices for adults, are included only if there are no others.
        """
        voices = sorted(self._voices_in_language(engine), key=lambda facts: misfit(facts, gender, age))
        right = [facts for facts in voices if misfit(facts, gender, age) < _WRONG]
        return (right or voices)[:_LARGEST_POOL]

    def _find_file_pool(self, engine: str, gender: Gender | None, age: Age | None) -> tuple[VoiceChoice, ...]:
        """The pool in the voices file, if it has voices of this engine."""
        pools = self.casting_config.pools
        by_gender = {"female": pools.female, "male": pools.male, None: pools.unknown}[gender]
        for pool in (pools.child if age == "child" else None, by_gender):
            if fitting := tuple(choice for choice in pool or () if choice.engine == engine):
                return fitting
        return ()

    def _make_bands(self, engine: str, gender: Gender | None, age: Age | None) -> list[list[Voice]]:
        """The suitable voices in bands of about equal quality.

        A band has one kind of voices and never splits a rank.
        """
        bands: list[list[Voice]] = []
        last: tuple[int, int] | None = None
        rank = 0
        ranked = self.ranked(engine, gender, age)
        size = min(_BAND_SIZE, len(ranked) // _MIN_BANDS)
        for facts in ranked:
            kind = (misfit(facts, gender, age), _language_distance(facts.language, self.language))
            if kind != last or (len(bands[-1]) >= size and facts.rank != rank):
                bands.append([])
            bands[-1].append(self.voice(VoiceChoice(engine=engine, voice=facts.name)))
            last, rank = kind, facts.rank
        return bands

    def _voices_in_language(self, engine: str) -> list[VoiceFacts]:
        """The engine's voices in the book's language, same region first, then by rank; none if none speaks it."""
        if engine not in self._spoken:
            own = [facts for facts in self.available if facts.engine == engine]
            self._spoken[engine] = find_voices_in_language(own, self.language)
        return self._spoken[engine]


_OTHER_REGION, _OTHER_SCRIPT, _OTHER_LANGUAGE = 1, 2, 3


def find_voices_in_language(voices: Sequence[VoiceFacts], language: str) -> list[VoiceFacts]:
    """The voices in a language, same region first, then by rank; none if none speaks it."""
    distance = {tag: _language_distance(tag, language) for tag in {facts.language for facts in voices}}
    nearest = min(distance.values(), default=0)
    near = [f for f in voices if distance[f.language] <= max(_OTHER_REGION, min(nearest, _OTHER_SCRIPT))]
    return sorted(near, key=lambda f: (distance[f.language], f.rank, f.name))


def _language_distance(spoken: str, wanted: str) -> int:
    """How far a voice's language is from the wanted one.

    0: the same or a variety of it; 1: another region; 2: another script, such as Shavian English, which some engines
    list; 3: another language.
    """
    spoken, wanted = spoken.replace("_", "-").casefold(), wanted.replace("_", "-").casefold()
    if not is_spoken_by(wanted, spoken):
        return _OTHER_LANGUAGE
    if _script_subtag(spoken) not in {"", _script_subtag(wanted)}:
        return _OTHER_SCRIPT
    spoken, wanted = (f"{get_primary_language(tag)}-{tag.partition('-')[2]}" for tag in (spoken, wanted))
    return 0 if f"{spoken}-".startswith(wanted.removesuffix("-") + "-") else _OTHER_REGION


def _script_subtag(tag: str) -> str:
    """The script subtag of a BCP 47 tag, such as "latn"; empty if there is none."""
    second = tag.split("-")[1:2]
    return second[0] if second and len(second[0]) == 4 and second[0].isalpha() else ""


def misfit(facts: VoiceFacts, gender: Gender | None, age: Age | None) -> int:
    """How badly a voice suits a kind of speaker: 0: well; 1: acceptably; 2 or more: wrong gender or age."""
    gender_misfit = 0 if gender in {None, facts.gender} else 1 if facts.gender is None else _WRONG
    if facts.age == (age or "adult"):
        return gender_misfit
    return gender_misfit + (_WRONG if "child" in {facts.age, age} else 1)
