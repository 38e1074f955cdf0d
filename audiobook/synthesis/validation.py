"""Whether a sound can be the spoken text: expected durations, and checks of every sound for silent failures.

The seconds a letter, a word and a pause take are a least-squares fit over what espeak-ng speaks of two novels. The pace
of a voice, learned from the calibration text, makes that fit any voice. Sentences of two seconds and more take 0.64 to
1.23 times what is then expected of espeak-ng, at rates from 100 to 400 words a minute; Kokoro, whose pauses are longer
and whose pace is thereby taken for slower, mostly 0.73 to 0.91. So the half of a sentence of three seconds stands out.
That of a shorter one does not: there a word more or less is no more than what one name takes longer than another.

The bounds are wide: they are to find speech that is missing, cut off, stuck, noise or at a wrong sample rate, never to
judge an unusual word.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from audiobook.model.cue import SAMPLE_BYTES, Cue, Sound
from audiobook.synthesis.trimming import QUIET

USUAL_RATE = 175  # words a minute, at which this was measured
_SLOWEST, _QUICKEST = 80, 450  # words a minute that every engine really reaches

_LETTER, _WORD, _BEGINNING = 0.041, 0.063, 0.145  # seconds at the usual rate
_CLAUSE, _SENTENCE = 0.28, 0.43  # seconds of a pause within the text
_SPELLED, _SIGN = 0.4, 1.0  # seconds that a letter by itself may take, and a digit, symbol or foreign letter

_SHORTEST, _SHORTEST_SLACK = 0.62, 0.35  # of what is expected; seconds
_LONGEST, _LONGEST_SLACK = 1.35, 0.7
_UNKNOWN = (0.95, 1.6)  # the paces that a voice may have before anything is known of it

_PAUSES = 0.3  # of the speaking time that an engine may be expected to pause

_LETTERS = re.compile(r"[A-Za-zªµºÀ-ÖØ-öø-ɏ]+")  # of the scripts whose pace is known
_SPOKEN_WORD = re.compile(r"[^\W_]\S*")  # one without a letter or digit is not spoken
_CLAUSE_END = re.compile(r"[,;:](?=\s)|[—–]")
_SENTENCE_END = re.compile(r"[.!?…]+(?=\W*\s+\S)")
_SPELLED_WORD = re.compile(r"\b(?:[A-Z]{2,}|[B-HJ-NP-Zb-z]|[^\W\daeiouyAEIOUY_]+)\b")  # "USA", "J", "nth"
_SOUNDING = re.compile(r"""[^\s.,;:!?…'"‘’“”„«»()\[\]\-‐‑–—]+""")


@dataclass(frozen=True, slots=True)
class _Length:
    """What a text is made of, in seconds at the usual rate."""

    speech: float
    pauses: float
    spelled: float  # more, where parts of it are said sign by sign


def pace_of(seconds: float, text: str, rate: int) -> float:
    """How a voice that took so long compares with what is usual: 1.2 is a fifth slower."""
    length = _length(text)
    return seconds / ((length.speech + length.pauses) * _slowness(rate))


def bounds(text: str, rate: int, pace: float | None) -> tuple[float, float, float]:
    """The seconds that are too few to be the whole text, that are expected, and that are too many.

    `pace` as `pace_of` gives it, None where the voice has not been heard yet; `rate` in words a minute.
    """
    length = _length(text)
    slowness = _slowness(rate)
    quick, usual, slow = (pace, pace, pace) if pace is not None else (_UNKNOWN[0], 1.0, _UNKNOWN[1])
    sure = (length.speech + min(length.pauses, _PAUSES * length.speech)) * slowness
    expected = (length.speech + length.pauses) * slowness
    shortest = sure * quick * _SHORTEST - _SHORTEST_SLACK
    longest = expected * slow * _LONGEST + length.spelled * slowness + _LONGEST_SLACK
    return shortest, expected * usual, longest


def _length(text: str) -> _Length:
    letters = sum(map(len, _LETTERS.findall(text)))
    signs = sum(map(len, _SOUNDING.findall(text))) - letters
    words = len(_SPOKEN_WORD.findall(text))
    alone = sum(map(len, _SPELLED_WORD.findall(text)))
    return _Length(
        speech=letters * _LETTER + words * _WORD + (_BEGINNING if letters else 0.0),
        pauses=len(_CLAUSE_END.findall(text)) * _CLAUSE + len(_SENTENCE_END.findall(text)) * _SENTENCE,
        spelled=alone * _SPELLED + signs * _SIGN,
    )


def _slowness(rate: int) -> float:
    return USUAL_RATE / min(max(rate, _SLOWEST), _QUICKEST)


_LEAST_LOUD = 0.01  # of the sound
_EVERY = 16  # of so many samples one is looked at

_FRAME = 0.02  # seconds
_LOOKED_AT = 15  # frames of a sound in which noise would show
_JUDGED = 0.6  # seconds of a sound that is long enough to be told from a "Psst!"
_NOISY = 0.43  # crossings a sample: of speech at most 0.2 in the median, of a demon's whisper 0.4, of noise 0.5
_STEADY = 0.4  # of a sound's height: speech sinks below it between two words, and at every closed mouth
_WORDS = 3  # of a text that is certain to have such places
_SIGNS = bytes(byte >> 7 for byte in range(256))
_HEIGHTS = bytes(byte if byte < 128 else 255 - byte for byte in range(256))


def complaint(sound: Sound, cue: Cue, pace: float | None = None) -> str | None:
    """What is wrong with the sound, for a human; None where nothing is.

    `pace` is that of the voice, where it is known. A text without a letter or digit may be silent.
    """
    if not any(ch.isalnum() for ch in cue.text):
        return None
    return complaint_of_samples(sound, cue) or complaint_of_length(sound.seconds, cue, pace)


def complaint_of_samples(sound: Sound, cue: Cue) -> str | None:
    """The same, whatever its length."""
    if not any(ch.isalnum() for ch in cue.text):
        return None
    if _loud_share(sound) < _LEAST_LOUD:
        return "the sound is silent"
    return "the sound is noise" if _is_noise(sound, cue.text) else None


def complaint_of_length(seconds: float, cue: Cue, pace: float | None) -> str | None:
    """The same, of a sound of which only the length is known."""
    shortest, expected, longest = bounds(cue.text, cue.voice.rate, pace)
    if seconds < shortest:
        return f"the sound is cut off: {seconds:.2f} s, where {expected:.2f} s were expected"
    if seconds > longest:
        return f"the sound is too long: {seconds:.2f} s, where {expected:.2f} s were expected"
    return None


def _loud_share(sound: Sound) -> float:
    """The part of the sound that lies above -42 dB of full scale, from a sample of it."""
    high = sound.pcm[1 :: SAMPLE_BYTES * _EVERY]
    return len(high.translate(None, QUIET)) / len(high) if high else 0.0


def _is_noise(sound: Sound, text: str) -> bool:
    """Whether it crosses zero as often as noise does, or never becomes quieter, as no speech."""
    if sound.seconds < _JUDGED:
        return False
    size = round(_FRAME * sound.rate)
    step = max(size, sound.frames // _LOOKED_AT)
    frames = _frames(sound, size, step)
    heights = [_height(frame) for frame in frames]
    if _hisses(frames, heights):
        every = _frames(sound, size, size)  # the few that were looked at may all lie in sibilants
        if _hisses(every, [_height(frame) for frame in every]):
            return True
    low = max(heights, default=0) * _STEADY
    quiet = (_height(_high_bytes(sound, at, size)) < low for at in range(0, sound.frames, size // 2))
    return len(text.split()) >= _WORDS and min(heights, default=0) >= low and not any(quiet)


def _frames(sound: Sound, size: int, step: int) -> list[bytes]:
    """The high bytes of so many samples, from each step on."""
    return [_high_bytes(sound, at, size) for at in range(0, sound.frames - size, step)]


def _hisses(frames: Sequence[bytes], heights: Sequence[int]) -> bool:
    """Whether half of the frames that are not silent cross zero as often as noise."""
    loud = [frame for frame, height in zip(frames, heights, strict=True) if height > 1]
    half = len(loud) // 2
    if not loud or _crossings(b"".join(loud)) <= _NOISY * len(loud[0]) * (len(loud) - half):
        return False  # not even if all were in that half
    return sorted(_crossings(frame) / len(frame) for frame in loud)[half] > _NOISY


def _high_bytes(sound: Sound, at: int, frames: int) -> bytes:
    return sound.pcm[at * SAMPLE_BYTES + 1 : (at + frames) * SAMPLE_BYTES : SAMPLE_BYTES]


def _height(frame: bytes) -> int:
    """The loudest sample's high byte, from a sample of them."""
    return max(frame[::5].translate(_HEIGHTS))


def _crossings(frame: bytes) -> int:
    signs = frame.translate(_SIGNS)
    return signs.count(b"\0\1") + signs.count(b"\1\0")
