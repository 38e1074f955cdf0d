"""Speak a text in a voice without building a book."""

import difflib
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from audiobook import casting, engines, mixing, synthesis, writers
from audiobook.errors import EngineError, UsageError, VoicesError
from audiobook.model.book import Facts
from audiobook.model.cast import Pronunciation, Voice, resolve_pronunciations
from audiobook.model.cue import Cue, Sound
from audiobook.model.request import BuildRequest, Encoding, PreviewRequest
from audiobook.model.script import NARRATOR, Character, Place, Script
from audiobook.normalization import spoken_form
from audiobook.normalization.chunking import split_utterances
from audiobook.project import Project
from audiobook.runtime import ffmpeg
from audiobook.runtime.playback import play
from audiobook.writers.formats import CLIPS, find_suffix, named_file

_NO_BOOK = Path(".no book")  # in the current folder, so that its voices.toml is found; no real book has this name
_PLACE = Place(chapter=1, paragraph=1, line=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewResult:
    """The result of a preview."""

    voice: Voice
    spoken: str
    seconds: float
    file: Path | None = None  # the written file; None: it was played


def spoken_text(preview: PreviewRequest) -> str:
    """The spoken form of the text, with the pronunciations of the voices file."""
    return _spoken(preview, _project(preview).casting_config.pronunciations, takes_ipa=False)


def spoken_lines(preview: PreviewRequest, lines: Iterable[str]) -> Iterator[str]:
    """The spoken form of each line as it is read; the text of the request is ignored."""
    pronunciations = _project(preview).casting_config.pronunciations
    for line in lines:
        yield _spoken(replace(preview, text=line.strip()), pronunciations, takes_ipa=False)


def make_preview(wanted: PreviewRequest) -> PreviewResult:
    """Speak the text to the requested file, or play it.

    Raises VoicesError, UsageError, BookError, EngineError, DeliveryError; MissingToolError if no sound can be played.
    """
    output = clip_target(wanted.output)
    project = _project(wanted)
    voice = _voice(wanted, project)
    takes_ipa = engines.engine_facts(voice.engine).takes_ipa
    return _said(_spoken(wanted, project.casting_config.pronunciations, takes_ipa=takes_ipa), voice, output)


def pronounce_as(
    text: str, voice: Voice, pronunciations: Sequence[Pronunciation], language: str, output: Path | None
) -> PreviewResult:
    """Speak a text of a book in a voice with these pronunciations, to a file or aloud. Raises as `make_preview`.

    `output` is a path from `clip_target`.
    """
    return _said(spoken_form(text, pronunciations=pronunciations, language=language), voice, output)


def clip_target(output: Path | None) -> Path | None:
    """The file to write; a name without a suffix gets `.wav`. None: play the sound.

    Raises UsageError if a file of that suffix cannot be written, DeliveryError if the path cannot be written.
    """
    if output is None:
        return None
    target = named_file(output, CLIPS)
    writers.check_file(target)
    return target


def _said(text: str, voice: Voice, output: Path | None) -> PreviewResult:
    if not text:
        raise UsageError("there is nothing to say in this text", hint='try: audiobook say "Good evening."')
    pieces = split_utterances(text, engines.engine_facts(voice.engine).longest_text)
    sounds = [_speak_checked(Cue(place=_PLACE, text=piece, voice=voice)) for piece in pieces]
    sound = Sound(pcm=b"".join(s.pcm for s in sounds), sample_rate=sounds[0].sample_rate)
    _put(sound, text, output)
    return PreviewResult(voice=voice, spoken=text, seconds=sound.seconds, file=output)


def _speak_checked(cue: Cue) -> Sound:
    """The sound of a cue. Raises EngineError if it cannot be the spoken text."""
    sound = engines.speak_cue(cue)
    wrong = synthesis.check_sound(sound, cue)
    if wrong is not None:
        raise EngineError(f"the voice {cue.voice.name!r} of {cue.voice.engine} does not speak: {wrong}")
    return sound


def _project(wanted: PreviewRequest) -> Project:
    return Project(BuildRequest(book=wanted.book or _NO_BOOK, voices=wanted.voices, engine=wanted.engine))


def _spoken(wanted: PreviewRequest, pronunciations: tuple[Pronunciation, ...], *, takes_ipa: bool) -> str:
    own = resolve_pronunciations(pronunciations, wanted.speaker, takes_ipa=takes_ipa)
    return spoken_form(wanted.text, pronunciations=own)


def _voice(wanted: PreviewRequest, project: Project) -> Voice:
    """The requested voice, else the speaker's, else the narrator's, with the requested rate and pitch."""
    voice = _cast_voice(wanted, project) if wanted.voice is None else _named_voice(wanted.voice, project.casting_config)
    try:
        return replace(
            voice,
            words_per_minute=voice.words_per_minute if wanted.words_per_minute is None else wanted.words_per_minute,
            pitch=voice.pitch if wanted.pitch is None else wanted.pitch,
        )
    except ValueError as error:
        raise UsageError(str(error)) from error


def _named_voice(name: str, casting_config: casting.CastingConfig) -> Voice:
    facts = casting.find_voice(name, engines.list_voices(casting_config.engine))
    choice = casting.VoiceChoice(
        engine=facts.engine, voice=facts.name, words_per_minute=casting_config.defaults.words_per_minute
    )
    return casting.make_voice(choice)


def _cast_voice(wanted: PreviewRequest, project: Project) -> Voice:
    """The voice of a speaker in the cast of the book; without a book, the one in the voices file."""
    speaker = wanted.speaker or NARRATOR
    if wanted.book is not None:
        return project.cast_script(project.script, own_audio=False).voice_of(_known(speaker, project.script))
    named = [name for choice in project.casting_config.speakers for name in (choice.name, *choice.aliases)]
    if speaker.casefold() not in {NARRATOR, *(name.casefold() for name in named)}:
        raise _stranger(speaker, named)
    return project.cast_script(_bare_script(speaker), own_audio=False).voice_of(speaker)


def _known(speaker: str, script: Script) -> str:
    """The name of the character in the script, from a name or an alias. Raises VoicesError."""
    names = {NARRATOR: NARRATOR} | {
        form.casefold(): character.name
        for character in reversed(script.characters)
        for form in (*character.aliases, character.name)
    }
    found = names.get(speaker.casefold())
    if found is None:
        raise _stranger(speaker, [character.name for character in script.characters])
    return found


def _stranger(speaker: str, known: Sequence[str]) -> VoicesError:
    near = difflib.get_close_matches(speaker, known, n=3) or list(known)[:5]
    return VoicesError(
        f"there is no speaker named {speaker!r}",
        hint=f"similar names: {', '.join(near)}" if near else "name the book with --book, or a voice with --voice",
    )


def _bare_script(speaker: str) -> Script:
    """A script with nothing but the name of a speaker."""
    people = (Character(name=speaker),) if speaker != NARRATOR else ()
    return Script(facts=Facts(title=""), characters=people, chapters=())


def _put(sound: Sound, title: str, output: Path | None) -> None:
    """Write the sound to its file, or play it."""
    if output is None:
        with tempfile.TemporaryDirectory() as folder:
            wav = Path(folder) / "audition.wav"
            wav.write_bytes(_encoded(sound, title, "wav"))
            play(wav)
    else:
        writers.write_bytes(output, _encoded(sound, title, CLIPS[find_suffix(output, CLIPS)]))


def _encoded(sound: Sound, title: str, name: str) -> bytes:
    """The sound as a file of a format. Lossless formats keep the engine's sample rate; others use that of a build."""
    writer = writers.writer_for(name)
    encoding = Encoding(
        format=name,
        sample_rate=sound.sample_rate if writer.is_lossless else writer.default_sample_rate,
        bitrate=writer.default_bitrate,
    )
    pcm = sound.pcm if writer.is_lossless else mixing.apply_gain(sound, 0.0, encoding.sample_rate)
    encoded = ffmpeg.retried(lambda: writers.encode([pcm], encoding))
    return writers.clip_bytes(encoded, encoding, title)
