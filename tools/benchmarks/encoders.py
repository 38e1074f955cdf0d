"""Measure time and quality of LAME's quality settings and of ffmpeg's AAC coders, for speech of espeak-ng.

    python -m tools.benchmarks.encoders [--minutes N] [--bitrate KBIT/S]     (the `train` extra, for numpy)

SNR, signal to noise in dB: more is nearer. LSD, the distance of the log spectra below 8 kHz in dB: less is nearer. NMR,
the noise against what the speech masks of it, in dB: the lower, the less can be heard; as in PEAQ (ITU-R BS.1387), in
bands as wide as the ear's own (Glasberg and Moore 1990). Where the package `pesq` is installed, also PESQ for wide band
speech (ITU-T P.862.2): 1 to 4.64, more is nearer. Decoded by ffmpeg and laid over the original to the sample.
"""

import argparse
import resource
import time
from collections.abc import Iterator
from contextlib import suppress

import numpy as np
import numpy.typing as npt

from audiobook import engines
from audiobook.model.cast import Voice
from audiobook.model.cue import Cue
from audiobook.model.request import Encoding
from audiobook.model.script import Place
from audiobook.runtime import ffmpeg
from audiobook.writers import encode
from audiobook.writers.m4b import encoding as aac
from audiobook.writers.mp3 import encoding as encoders
from audiobook.writers.mp3.frames import LEAD
from tools.benchmarks.books import SAMPLE

_VOICES = ("en-us", "en-us+f3", "en-gb+m3", "en-us+pablo")
_FAST = ("-aac_coder", "fast")
_AAC_CODERS = (("-aac_coder", "twoloop"), _FAST, (*_FAST, "-aac_tns", "0"), aac.CODER)
_WINDOW = 512  # samples of a spectrum
_HIGHEST = 8_000  # Hz
_FAINTEST = 1e-4  # of full scale; differences below this are inaudible
_UPWARD, _DOWNWARD = 10.0, 27.0  # dB a band by which masking falls off
_BELOW = -12.0  # dB that noise must be below what masks it
_PESQ_RATE = 16_000  # Hz

Samples = npt.NDArray[np.float64]


def spoken(minutes: float, rate: int) -> bytes:
    """The sample story, a paragraph in each voice in turn."""
    paragraphs = [" ".join(part.split()) for part in SAMPLE.read_text(encoding="utf-8").split("\n\n")]
    pcm = bytearray()
    for number, text in enumerate(part for part in paragraphs if len(part) > 40):
        voice = Voice(engine="pyttsx3", name=_VOICES[number % len(_VOICES)])
        pcm += engines.speak_cue(Cue(place=Place(chapter=1, paragraph=1, line=1), text=text, voice=voice)).pcm
        if len(pcm) > minutes * 60 * rate * 2:
            break
    return bytes(pcm)


def encoded(pcm: bytes, encoding: Encoding, effort: int | None) -> tuple[bytes, float]:
    """The frames, and the seconds of CPU they took; without an effort, as a build has them, silences skipped."""
    begun = time.process_time()
    if effort is None:
        return encode([pcm], encoding).data, time.process_time() - begun
    encoders.EFFORT = effort
    return encoders.encode_frames([pcm], encoding), time.process_time() - begun


def decoded(frames: bytes, rate: int, length: int) -> bytes:
    """The samples that a player puts out, as many as there were."""
    raw = ffmpeg.pipe(["-f", "mp3", "-i", "pipe:0", "-f", "s16le", "-ac", "1", "-ar", str(rate), "pipe:1"], [frames])
    return raw[2 * LEAD : 2 * LEAD + length]


def aac_decoded(pcm: bytes, encoding: Encoding, coder: tuple[str, ...]) -> tuple[bytes, float, float]:
    """The sound after AAC with these options of ffmpeg, the seconds of CPU and the bit rate in kbit/s."""
    form = ["-c:a", "aac", "-b:a", f"{encoding.bitrate}k", *coder, "-threads", "1", "-f", "adts", "pipe:1"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    data = ffmpeg.pipe([*ffmpeg.samples_in(encoding.sample_rate), *form], [pcm])
    seconds = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    sound = aac.decode(data, encoding)[2 * aac.LEAD : 2 * aac.LEAD + len(pcm)]
    return sound, seconds, len(data) * 8 / 1000 / (len(pcm) / 2 / encoding.sample_rate)


def distances(original: Samples, other: Samples, rate: int) -> Iterator[tuple[str, float]]:
    """All quality metrics of a sound against the original."""
    yield "SNR", 10 * np.log10(np.sum(original**2) / np.sum((original - other) ** 2))
    one, two = _spectra(original, rate), _spectra(other, rate)
    yield "LSD", float(np.mean(np.sqrt(np.mean((10 * np.log10(one / two)) ** 2, axis=1))))
    yield "NMR", _noise_to_mask(one, _spectra(original - other, rate), rate)
    with suppress(ImportError):
        yield "PESQ", _pesq(original, other, rate)


def _spectra(samples: Samples, rate: int) -> Samples:
    """The power spectra of all windows that are heard, up to 8 kHz."""
    count = len(samples) // _WINDOW
    windows = samples[: count * _WINDOW].reshape(count, _WINDOW) * np.hanning(_WINDOW)
    power: Samples = np.abs(np.fft.rfft(windows)) ** 2
    power = power[:, : int(_HIGHEST * _WINDOW / rate)]
    power += (_FAINTEST * 32_768 * _WINDOW / 4) ** 2
    return power


def _noise_to_mask(signal: Samples, noise: Samples, rate: int) -> float:
    """The mean over windows of the noise above the masked threshold, in dB."""
    bands = _bands(signal.shape[1], rate)
    masked = signal @ bands @ _spreading(bands.shape[1]) * 10 ** (_BELOW / 10)
    return float(np.mean(10 * np.log10(np.mean(noise @ bands / masked, axis=1))))


def _bands(bins: int, rate: int) -> Samples:
    """Which bin of a spectrum belongs to which of the ear's bands."""
    frequencies = np.arange(bins) * rate / _WINDOW
    number = np.unique((21.4 * np.log10(1 + 0.00437 * frequencies)).astype(int), return_inverse=True)[1]
    belongs: Samples = (number[:, None] == np.arange(number.max() + 1)[None, :]).astype(float)
    return belongs


def _spreading(bands: int) -> Samples:
    """How much of a band's power masks in another."""
    above = np.arange(bands)[None, :] - np.arange(bands)[:, None]
    spread: Samples = 10 ** (-np.where(above > 0, _UPWARD * above, -_DOWNWARD * above) / 10)
    return spread


def _pesq(original: Samples, other: Samples, rate: int) -> float:
    from pesq import pesq  # type: ignore[import-not-found,unused-ignore]  # optional

    def resampled(samples: Samples) -> Samples:
        times = np.arange(0, len(samples) / rate, 1 / _PESQ_RATE)
        heard: Samples = np.interp(times, np.arange(len(samples)) / rate, samples)
        return heard

    step = 10 * rate
    parts = [(original[at : at + step], other[at : at + step]) for at in range(0, len(original) - step, step)]
    return float(np.mean([pesq(_PESQ_RATE, resampled(one), resampled(two), "wb") for one, two in parts]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--bitrate", type=int, default=Encoding().bitrate)
    args = parser.parse_args()
    encoding = Encoding(bitrate=args.bitrate)
    pcm = spoken(args.minutes, encoding.sample_rate)
    original = np.frombuffer(pcm, np.int16).astype(float)
    print(
        f"{len(original) / encoding.sample_rate:.0f} s of speech at {encoding.bitrate} kbit/s; "
        f"here: {encoders.fingerprint()}"
    )
    ours = encoders.EFFORT
    for effort in (0, 2, 5, 9, ours, None):  # ours last, which a build has, too
        frames, seconds = encoded(pcm, encoding, effort)
        other = np.frombuffer(decoded(frames, encoding.sample_rate, len(pcm)), np.int16).astype(float)
        found = ", ".join(f"{name} {value:.2f}" for name, value in distances(original, other, encoding.sample_rate))
        name = "as built" if effort is None else f"effort {effort}{' (ours)' if effort == ours else ''}"
        print(f"{name}: {seconds:.2f} s of CPU; {found}", flush=True)
    for coder in _AAC_CODERS:
        sound, seconds, bitrate = aac_decoded(pcm, encoding, coder)
        other = np.frombuffer(sound, np.int16).astype(float)
        found = ", ".join(f"{name} {value:.2f}" for name, value in distances(original, other, encoding.sample_rate))
        is_ours = " (ours)" if coder == aac.CODER else ""
        print(f"AAC {' '.join(coder)}{is_ours}: {seconds:.2f} s of CPU; {bitrate:.0f} kbit/s; {found}", flush=True)


if __name__ == "__main__":
    main()
