"""Whether a sound can be the text, spoken: engines fail silently, so every sound is looked at.

The bounds are wide: they are to find speech that is missing, cut off, stuck or at a wrong sample rate, never to judge
an unusual word. espeak-ng takes 0.6 to 1.3 times what is expected here, at any rate, for the sentences of whole novels.
"""

from audiobook.recording.trimming import QUIET
from audiobook.take import SAMPLE_BYTES, Cue, Sound

_LETTERS_A_SECOND = 13.5  # at 175 words a minute
_USUAL_PACE = 175  # words a minute
_SLOWEST, _QUICKEST = 80, 450  # words a minute that every engine really reaches
_SHORTEST, _SHORTEST_SLACK = 0.5, 0.3  # of what is expected; seconds
_LONGEST, _LONGEST_SLACK = 3.0, 2.0
_SPELLED = 0.8  # seconds that a digit, a symbol or a letter of a foreign script may take
_LATIN = "\u024f"  # the last letter of the scripts whose pace is known
_LEAST_LOUD = 0.01  # of the sound
_EVERY = 16  # of so many samples one is looked at


def complaint(sound: Sound, cue: Cue) -> str | None:
    """What is wrong with the sound, for a human; None where nothing is.

    A text without a letter or digit may be silent.
    """
    if not any(ch.isalnum() for ch in cue.text):
        return None
    letters = sum(ch.isalpha() and ch <= _LATIN for ch in cue.text)
    spelled = sum(not ch.isspace() for ch in cue.text) - letters
    if _loud_share(sound) < _LEAST_LOUD:
        return "the sound is silent"
    slowness = _USUAL_PACE / min(max(cue.voice.rate, _SLOWEST), _QUICKEST)
    expected = letters / _LETTERS_A_SECOND * slowness
    shortest = expected * _SHORTEST - _SHORTEST_SLACK
    longest = expected * _LONGEST + spelled * _SPELLED * slowness + _LONGEST_SLACK
    if sound.seconds < shortest:
        return f"the sound is cut off: {sound.seconds:.2f} s, where {expected:.2f} s were expected"
    if sound.seconds > longest:
        return f"the sound is too long: {sound.seconds:.2f} s, where {expected:.2f} s were expected"
    return None


def _loud_share(sound: Sound) -> float:
    """The part of the sound that lies above -42 dB of full scale, from a sample of it."""
    high = sound.pcm[1 :: SAMPLE_BYTES * _EVERY]
    return len(high.translate(None, QUIET)) / len(high) if high else 0.0
