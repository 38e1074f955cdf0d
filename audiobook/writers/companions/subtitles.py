"""Captions as SRT, WebVTT, LRC and ASS."""

import colorsys
import hashlib
import html
from collections.abc import Iterator

from audiobook.writers.album import one_line
from audiobook.writers.companions.captions import Caption, make_captions
from audiobook.writers.companions.contract import TimedSound

NARRATOR = "narrator"  # the name of the narrator in a timeline

_ASS_HEAD = """[Script Info]
Title: {title}
ScriptType: v4.00+
PlayResX: 1280
PlayResY: 720
WrapStyle: 2

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, OutlineColour, BackColour, BorderStyle, Outline, Alignment, MarginV
Style: Default,Sans,48,&H00FFFFFF,&H00000000,&H80000000,1,2,2,50

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


def write_srt(sound: TimedSound) -> Iterator[str]:
    """SubRip: numbered captions; a speaker who is not the narrator is named where they begin."""
    before = None
    for number, caption in enumerate(_captions(sound), 1):
        name = f"{one_line(caption.speaker)}: " if caption.speaker and caption.speaker != before else ""
        before = caption.speaker
        text = "\n".join(caption.lines)
        yield f"{number}\n{_clock(caption.start, ',')} --> {_clock(caption.end, ',')}\n{name}{text}\n\n"


def write_vtt(sound: TimedSound) -> Iterator[str]:
    """WebVTT: each caption is in its speaker's voice; a chapter begins with a note."""
    yield f"WEBVTT - {one_line(sound.title)}\n\n".replace("-->", "→")
    for chapter in sound.chapters:
        yield f"NOTE {one_line(chapter.title)}\n\n".replace("-->", "→")
        for caption in make_captions(chapter, sound.sample_rate, NARRATOR):
            text = "\n".join(html.escape(line, quote=False) for line in caption.lines)
            voice = html.escape(one_line(caption.speaker), quote=False) if caption.speaker else "Narrator"
            yield f"{_clock(caption.start, '.')} --> {_clock(caption.end, '.')}\n<v {voice}>{text}\n\n"


def write_chapters_vtt(sound: TimedSound) -> Iterator[str]:
    """WebVTT with the chapters as captions, as players of the web read them."""
    yield "WEBVTT\n\n"
    for number, chapter in enumerate(sound.chapters, 1):
        start, end = chapter.start / sound.sample_rate, chapter.end / sound.sample_rate
        title = html.escape(one_line(chapter.title), quote=False)
        yield f"{number}\n{_clock(start, '.')} --> {_clock(end, '.')}\n{title}\n\n"


def write_lrc(sound: TimedSound) -> Iterator[str]:
    """Lyrics, which music players on phones show."""
    yield f"[ti:{one_line(sound.title)}]\n[re:audiobook]\n"
    for caption in _captions(sound):
        hundredths = round(caption.start * 100)
        minutes, hundredths = divmod(hundredths, 6000)
        yield f"[{minutes:02d}:{hundredths // 100:02d}.{hundredths % 100:02d}]{caption.text}\n"


def write_ass(sound: TimedSound) -> Iterator[str]:
    """Advanced SubStation Alpha, with a colour for each speaker."""
    yield _ASS_HEAD.format(title=one_line(sound.title).replace("{", "(").replace("}", ")"))
    for caption in _captions(sound):
        name = one_line(caption.speaker).replace(",", " ") if caption.speaker else ""
        colour = f"{{\\c{_colour(caption.speaker)}}}" if caption.speaker else ""
        text = r"\N".join(line.replace("{", "(").replace("}", ")").replace("\\", "/") for line in caption.lines)
        times = f"{_ass_clock(caption.start)},{_ass_clock(caption.end)}"
        yield f"Dialogue: 0,{times},Default,{name},0,0,0,,{colour}{text}\n"


def _captions(sound: TimedSound) -> Iterator[Caption]:
    for chapter in sound.chapters:
        yield from make_captions(chapter, sound.sample_rate, NARRATOR)


def _clock(seconds: float, point: str) -> str:
    milliseconds = round(seconds * 1000)
    minutes, milliseconds = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{milliseconds // 1000:02d}{point}{milliseconds % 1000:03d}"


def _ass_clock(seconds: float) -> str:
    hundredths = round(seconds * 100)
    minutes, hundredths = divmod(hundredths, 6000)
    return f"{minutes // 60}:{minutes % 60:02d}:{hundredths // 100:02d}.{hundredths % 100:02d}"


def _colour(speaker: str) -> str:
    """A light colour that depends on the name only, in the order blue, green, red."""
    hue = int.from_bytes(hashlib.blake2b(speaker.encode("utf-8", "replace"), digest_size=2).digest(), "big") / 65_536
    red, green, blue = (round(255 * part) for part in colorsys.hls_to_rgb(hue, 0.75, 0.8))
    return f"&H00{blue:02X}{green:02X}{red:02X}"
