"""pyttsx3: espeak-ng on Linux, SAPI 5 on Windows, NSSpeechSynthesizer on macOS.

pyttsx3 prints messages and hides the errors of its drivers. Here, errors are raised and nothing is printed.
"""

import contextlib
import functools
import io
import platform
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Protocol

from audiobook.engines.contract import EngineFacts, check_text, unknown_voice_error
from audiobook.engines.espeak import driver as espeak_driver
from audiobook.engines.espeak import library
from audiobook.engines.espeak import voices as espeak_voices
from audiobook.engines.sounds import read_sound
from audiobook.errors import EngineError, MissingToolError
from audiobook.model.cast import Voice, VoiceFacts
from audiobook.model.cue import Sound
from audiobook.model.script import Age, Gender

NAME = espeak_voices.ENGINE
LONGEST_TEXT = 2_000  # characters, two minutes of speech; pyttsx3 may lose longer texts (#149, #259)
_ESPEAK_RATE = 22_050  # Hz
_SEVERAL_SENTENCES = re.compile(r"[.!?…।؟۔;][^\w\s]*\s+\S|[。！？]\S")
_NATIVE_DRIVERS = {"darwin": "nsss", "win32": "sapi5"}


class _Driver(Protocol):
    """The differences between espeak-ng and the engines of other systems."""

    version: str
    sample_rate: int | None

    def voices(self) -> tuple[VoiceFacts, ...]: ...
    def languages(self) -> tuple[str, ...]: ...
    def has(self, name: str) -> bool: ...
    def speak(self, text: str, voice: Voice) -> Sound: ...


class Pyttsx3Engine:
    """The default engine."""

    def __init__(self) -> None:
        native = _NATIVE_DRIVERS.get(sys.platform)
        self._driver: _Driver = _Native(native) if native else _Espeak()

    def facts(self) -> EngineFacts:
        """The engine's properties. The version names pyttsx3, the driver, and the library and its data."""
        return EngineFacts(
            name=NAME,
            version=f"pyttsx3 {_pyttsx3_version()}, {self._driver.version}",
            sample_rate=self._driver.sample_rate,
            languages=self._driver.languages(),
            longest_text=LONGEST_TEXT,
        )

    def voices(self) -> Sequence[VoiceFacts]:
        """All voices of the system's engine; with espeak-ng, every language with its variants."""
        return self._driver.voices()

    def speak(self, text: str, voice: Voice) -> Sound:
        """Speak the text; with espeak-ng at 22,050 Hz. Raises EngineError and VoicesError."""
        check_text(text, LONGEST_TEXT)
        if not self._driver.has(voice.name):
            raise unknown_voice_error(NAME, voice.name, [facts.name for facts in self.voices()])
        return self._driver.speak(text, voice)


class _Pyttsx3:
    """A running pyttsx3 that raises the errors it receives, and prints nothing."""

    def __init__(self, driver: str) -> None:
        try:
            import pyttsx3  # noqa: PLC0415  # heavy on Windows and macOS

            self._engine: Any = pyttsx3.init(driver)
        except (ImportError, RuntimeError, OSError, KeyError) as error:
            raise MissingToolError(
                f"pyttsx3 cannot start the system's speech engine ({driver}): {error}",
                hint="see what is missing with: audiobook doctor",
            ) from error
        self._errors: list[object] = []
        self._engine.connect("error", self._record_error)
        self._settings: dict[str, object] = {}

    def _record_error(self, **details: object) -> None:
        self._errors.append(details.get("exception"))

    def property(self, name: str) -> Any:
        return self._engine.getProperty(name)

    def speak(self, text: str, settings: Mapping[str, object], file: object) -> None:
        """Speak the text into a file. Raises EngineError."""
        self._errors.clear()
        with contextlib.redirect_stdout(io.StringIO()):
            if settings != self._settings:
                self._settings = {}
                for name, value in settings.items():
                    self._engine.setProperty(name, value)
            self._engine.save_to_file(text, file)
            self._engine.runAndWait()
        if self._errors:
            raise EngineError(f"pyttsx3 failed: {self._errors[0]}")
        self._settings = dict(settings)


class _Espeak:
    def __init__(self) -> None:
        self._library = library.load()
        self.version = f"espeak-ng {self._library.version} ({self._library.origin})"
        self.sample_rate: int | None = _ESPEAK_RATE

    @functools.cached_property
    def _pyttsx3(self) -> _Pyttsx3:
        espeak_driver.make_synchronous()
        return _Pyttsx3("espeak")

    @functools.cached_property
    def _languages(self) -> dict[str, str]:
        listed = self._pyttsx3.property("voices")
        return espeak_voices.identifiers_by_language(
            (voice.id, voice.languages[0]) for voice in listed if voice.languages
        )

    @functools.cached_property
    def _variants(self) -> tuple[str, ...]:
        return espeak_voices.list_variants(self._library.data)

    def voices(self) -> tuple[VoiceFacts, ...]:
        return tuple(espeak_voices.voice_facts(self._languages, self._variants))

    def languages(self) -> tuple[str, ...]:
        return espeak_voices.list_languages(self._languages)

    def has(self, name: str) -> bool:
        return espeak_voices.is_voice(name, self._languages, self._variants)

    def speak(self, text: str, voice: Voice) -> Sound:
        identifier = espeak_voices.find_identifier(voice.name, self._languages)
        settings = {"voice": identifier, "rate": voice.words_per_minute, "pitch": voice.pitch}
        capture = espeak_driver.CAPTURE
        capture.record_sentences = _SEVERAL_SENTENCES.search(text) is not None
        self._pyttsx3.speak(text.replace("\0", " "), settings, io.BytesIO())  # C treats NUL as the end of the text
        pcm = capture.take()
        if not pcm:
            raise EngineError("espeak-ng returned no sound")
        return Sound(pcm=pcm, sample_rate=_ESPEAK_RATE, sentences=tuple(capture.sentences))


class _Native:
    """SAPI 5 and NSSpeechSynthesizer: voices have identifiers, files any format, and pitch is not supported."""

    def __init__(self, driver: str) -> None:
        self.version = f"{driver} of {platform.system()} {platform.release()}"
        self.sample_rate: int | None = None  # depends on the voice
        self._driver = driver

    @functools.cached_property
    def _pyttsx3(self) -> _Pyttsx3:
        return _Pyttsx3(self._driver)

    @functools.cached_property
    def _voices(self) -> dict[str, VoiceFacts]:
        return {facts.name: facts for facts in self._list_voices()}

    def voices(self) -> tuple[VoiceFacts, ...]:
        return tuple(self._voices.values())

    def languages(self) -> tuple[str, ...]:
        return tuple(sorted({facts.language for facts in self.voices()}))

    def has(self, name: str) -> bool:
        return name in self._voices

    def _list_voices(self) -> Iterator[VoiceFacts]:
        return (
            VoiceFacts(
                engine=NAME,
                name=str(voice.id),
                language=str(voice.languages[0]).replace("_", "-") if voice.languages else "en",
                gender=_gender(str(voice.gender)),
                age=_age(voice.age),
                rank=rank,
                description=str(voice.name),
            )
            for rank, voice in enumerate(self._pyttsx3.property("voices"))
        )

    def speak(self, text: str, voice: Voice) -> Sound:
        with tempfile.TemporaryDirectory(prefix="audiobook-") as folder:
            path = Path(folder) / ("spoken.aiff" if self._driver == "nsss" else "spoken.wav")
            self._pyttsx3.speak(text, {"voice": voice.name, "rate": voice.words_per_minute}, str(path))
            return read_sound(path)


def _pyttsx3_version() -> str:
    try:
        return version("pyttsx3")
    except PackageNotFoundError as error:
        raise MissingToolError("pyttsx3 is not installed", hint="install it with: pip install pyttsx3") from error


def _gender(described: str) -> Gender | None:
    """Gender from "Male", "VoiceGenderFemale" and the like."""
    described = described.lower()
    return "female" if described.endswith("female") else "male" if described.endswith("male") else None


def _age(described: object) -> Age:
    """Age from the words of SAPI or the years of macOS."""
    text = str(described)
    years = {"Child": 8, "Teen": 15, "Senior": 70}.get(text) or (int(text) if text.isdigit() else 30)
    return "child" if years < 13 else "old" if years >= 65 else "adult"
