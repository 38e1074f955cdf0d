"""Whether a sound can be the text, spoken: engines fail silently, so every sound is looked at.

The bounds are wide: they are to find speech that is missing, cut off, stuck, noise or at a wrong sample rate, never to
judge an unusual word.
"""

from collections.abc import Sequence

from audiobook.recording.pacing import bounds
from audiobook.recording.trimming import QUIET
from audiobook.take import SAMPLE_BYTES, Cue, Sound

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
