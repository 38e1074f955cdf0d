"""Check whether a sound can be the spoken text: its expected duration, and checks for silent failures.

The seconds per letter, word and pause are a least-squares fit to two novels spoken by espeak-ng. The pace of a voice,
measured with the calibration text, adapts them to any voice. Sentences of two seconds or more take 0.64 to 1.23 times
the expected duration with espeak-ng, at 100 to 400 words a minute. With Kokoro, whose longer pauses make its measured
pace slower, they mostly take 0.73 to 0.91 times. So half of a three-second sentence is recognised as too short. For
shorter sentences it is not, because one missing word is within the normal variation of a single name.

The bounds are wide. They are meant to find speech that is missing, cut off, stuck, noise or at a wrong sample rate, and
must not reject an unusual word.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from audiobook.languages.calibration import calibration_texts
from audiobook.languages.scripts import UNSPACED, has_other_scripts, measure_other_letters
from audiobook.model.cue import SAMPLE_BYTES, Cue, Sound
from audiobook.synthesis.trimming import QUIET

NORMAL_WORDS_PER_MINUTE = 175  # words a minute of the measured speech
_SLOWEST, _FASTEST = 80, 450  # limits in words a minute that every engine reaches

_LETTER, _WORD, _BEGINNING = 0.041, 0.063, 0.145  # seconds at the normal rate
_CLAUSE, _SENTENCE = 0.28, 0.43  # seconds of a pause within the text
_SPELLED, _SYMBOL = 0.4, 1.0  # seconds for a letter spoken by itself, and for a digit, symbol or foreign letter

_SHORTEST, _SHORTEST_SLACK = 0.62, 0.35  # factor of the expected duration; seconds
_LONGEST, _LONGEST_SLACK = 1.35, 0.7
_UNMEASURED = (0.95, 1.6)  # the range of paces assumed for a voice that was not measured

_PAUSES = 0.3  # share of the speaking time that pauses are certain to take

_NAMED = re.compile("[ー\u3400-\u9fff]")  # kanji without a reading, and a sign that lengthens a vowel
_NAME = 4.0  # seconds that one of them may take
_LETTERS = re.compile(r"[A-Za-zªµºÀ-ÖØ-öø-ɏ]+")  # of scripts whose pace is known
_SPOKEN_WORD = re.compile(rf"[^\W_{UNSPACED}]\S*")  # a word without letters and digits is not spoken
_CLAUSE_END = re.compile(r"[,;:،؛](?=\s)|[—–、，；：]")  # of other scripts, too
_SENTENCE_END = re.compile(r"[.!?…।؟۔]+(?=\W*\s+\S)|[。！？]+(?=\W*\w)")  # likewise
_CONSONANTS = "B-DF-HJ-NP-TV-XZb-df-hj-np-tv-xzªµºÀ-ÖØ-öø-ɏ"
_SPELLED_WORD = re.compile(
    rf"\b(?:[A-Z]{{2,}}|[А-ЯЁ]{{2,}}|[Α-Ω]{{2,}}|[B-HJ-NP-Zb-z]|[{_CONSONANTS}]+)\b"  # "USA", "J", "nth"
)
_SOUNDING = re.compile(r"""[^\s.,;:!?…'"‘’“”„«»()\[\]\-‐‑–—、。，！？；：「」『』（）《》،؛؟۔।]+""")  # likewise


@dataclass(frozen=True, slots=True)
class _TextLength:
    """The composition of a text, in seconds at the normal rate."""

    speech: float
    pauses: float
    spelled: float  # extra time for parts that are spelled out


def measure_pace(seconds: float, text: str, words_per_minute: int) -> float:
    """The pace of a voice that took so many seconds: 1.2 means that it needs a fifth more time than expected."""
    length = _analyze_text(text)
    return seconds / ((length.speech + length.pauses) * _rate_factor(words_per_minute))


def duration_bounds(text: str, words_per_minute: int, pace: float | None) -> tuple[float, float, float]:
    """The shortest, expected and longest duration of a text in seconds.

    `pace` is the result of `measure_pace`, or None for a voice that was not measured.
    """
    length = _analyze_text(text)
    rate_factor = _rate_factor(words_per_minute)
    fastest, normal, slowest = (pace, pace, pace) if pace is not None else (_UNMEASURED[0], 1.0, _UNMEASURED[1])
    sure = (length.speech + min(length.pauses, _PAUSES * length.speech)) * rate_factor
    expected = (length.speech + length.pauses) * rate_factor
    shortest = sure * fastest * _SHORTEST - _SHORTEST_SLACK
    longest = expected * slowest * _LONGEST + length.spelled * rate_factor + _LONGEST_SLACK
    return shortest, expected * normal, longest


def _analyze_text(text: str) -> _TextLength:
    letters = sum(map(len, _LETTERS.findall(text)))
    others, seconds = measure_other_letters(text) if has_other_scripts(text) else (0, 0.0)
    symbols = max(0, sum(map(len, _SOUNDING.findall(text))) - letters - others)
    words = len(_SPOKEN_WORD.findall(text))
    alone = sum(map(len, _SPELLED_WORD.findall(text)))
    return _TextLength(
        speech=letters * _LETTER + seconds + words * _WORD + (_BEGINNING if letters or others else 0.0),
        pauses=len(_CLAUSE_END.findall(text)) * _CLAUSE + len(_SENTENCE_END.findall(text)) * _SENTENCE,
        spelled=alone * _SPELLED + symbols * _SYMBOL,
    )


def _rate_factor(words_per_minute: int) -> float:
    return NORMAL_WORDS_PER_MINUTE / min(max(words_per_minute, _SLOWEST), _FASTEST)


_MIN_LOUD_SHARE = 0.01  # share of samples that must be above the threshold
_SAMPLING_STEP = 16  # every 16th sample is examined

_WINDOW = 0.02  # seconds
_WINDOWS = 15  # windows in which noise must show
_MIN_SECONDS = 0.6  # seconds; shorter sounds may be a "Psst!"
_NOISE_CROSSINGS = (
    0.43  # zero crossings per sample: speech has at most 0.2 (median), the whispering demon voice 0.4, noise 0.5
)
_QUIET_SHARE = 0.4  # factor of the peak: speech falls below it between words and at every closed mouth
_MIN_WORDS = 3  # words in a text that is certain to have such places
_SIGNS = bytes(byte >> 7 for byte in range(256))
_AMPLITUDES = bytes(byte if byte < 128 else 255 - byte for byte in range(256))


def check_sound(sound: Sound, cue: Cue, pace: float | None = None) -> str | None:
    """Check a sound, and describe what is wrong with it; None if it is right.

    `pace` is the pace of the voice, if known. A text without letters and digits may be silent.
    """
    if not any(ch.isalnum() for ch in cue.text):
        return None
    return check_samples(sound, cue) or check_duration(sound.seconds, cue, pace)


def check_samples(sound: Sound, cue: Cue) -> str | None:
    """Like `check_sound`, except for the duration."""
    if not any(ch.isalnum() for ch in cue.text):
        return None
    if _loud_share(sound) < _MIN_LOUD_SHARE:
        return "the sound is silent"
    return "the sound is noise" if _is_noise(sound, cue.text) else None


def check_duration(seconds: float, cue: Cue, pace: float | None) -> str | None:
    """Like `check_sound`, for the duration only."""
    shortest, expected, longest = duration_bounds(cue.text, cue.voice.words_per_minute, pace)
    longest += _spelling_time(cue)
    if seconds < shortest:
        return f"the sound is cut off: {seconds:.2f} s, but {expected:.2f} s were expected"
    if seconds > longest:
        return f"the sound is too long: {seconds:.2f} s, but {expected:.2f} s were expected"
    return None


def _spelling_time(cue: Cue) -> float:
    """Seconds more that a text may take a voice which says some of its characters by their names.

    A voice of a language in another script spells Latin letters, and espeak-ng's Japanese voice names each kanji that
    has no reading. espeak-ng calls its voices by their language.
    """
    language = cue.voice.name.partition("+")[0]
    if not calibration_texts(language):
        return 0.0
    letters = 0 if has_other_scripts(cue.text) else sum(map(len, _LETTERS.findall(cue.text)))
    named = len(_NAMED.findall(cue.text)) if language == "ja" else 0
    return (letters * _SPELLED + named * _NAME) * _rate_factor(cue.voice.words_per_minute)


def _loud_share(sound: Sound) -> float:
    """The share of samples above -42 dBFS, estimated from every 16th sample."""
    high = sound.pcm[1 :: SAMPLE_BYTES * _SAMPLING_STEP]
    return len(high.translate(None, QUIET)) / len(high) if high else 0.0


def _is_noise(sound: Sound, text: str) -> bool:
    """Whether the sound crosses zero as often as noise does, or never becomes quiet as speech does."""
    if sound.seconds < _MIN_SECONDS:
        return False
    size = round(_WINDOW * sound.sample_rate)
    step = max(size, sound.samples // _WINDOWS)
    windows = _take_windows(sound, size, step)
    peaks = [_peak(window) for window in windows]
    if _is_hissing(windows, peaks):
        all_windows = _take_windows(sound, size, size)  # the windows examined first may all lie in sibilants
        if _is_hissing(all_windows, [_peak(window) for window in all_windows]):
            return True
    low = max(peaks, default=0) * _QUIET_SHARE
    quiet = (_peak(_high_bytes(sound, at, size)) < low for at in range(0, sound.samples, size // 2))
    return len(text.split()) >= _MIN_WORDS and min(peaks, default=0) >= low and not any(quiet)


def _take_windows(sound: Sound, size: int, step: int) -> list[bytes]:
    """Windows of `size` samples, one at each step, as the high bytes of their samples."""
    return [_high_bytes(sound, at, size) for at in range(0, sound.samples - size, step)]


def _is_hissing(windows: Sequence[bytes], peaks: Sequence[int]) -> bool:
    """Whether half of the windows that are not silent cross zero as often as noise."""
    loud = [window for window, peak in zip(windows, peaks, strict=True) if peak > 1]
    half = len(loud) // 2
    if not loud or _count_crossings(b"".join(loud)) <= _NOISE_CROSSINGS * len(loud[0]) * (len(loud) - half):
        return False  # not possible, even if all crossings were in that half
    return sorted(_count_crossings(window) / len(window) for window in loud)[half] > _NOISE_CROSSINGS


def _high_bytes(sound: Sound, at: int, windows: int) -> bytes:
    return sound.pcm[at * SAMPLE_BYTES + 1 : (at + windows) * SAMPLE_BYTES : SAMPLE_BYTES]


def _peak(window: bytes) -> int:
    """The high byte of the loudest sample, estimated from every fifth sample."""
    return max(window[::5].translate(_AMPLITUDES))


def _count_crossings(window: bytes) -> int:
    symbols = window.translate(_SIGNS)
    return symbols.count(b"\0\1") + symbols.count(b"\1\0")
