"""Measurements of sounds with known levels."""

from pathlib import Path

import pytest

from audiobook.errors import UsageError
from audiobook.quality import Verdict, check_chapter, check_file_format, measure_file, meets_all_rules
from audiobook.runtime import ffmpeg


def made(path: Path, *pieces: tuple[float, float], sample_rate: int = 44_100, form: tuple[str, ...] = ()) -> Path:
    """A file of sine tones one behind the other: (amplitude of full scale, seconds) each; 0 is silence."""
    graph = ";".join(
        f"aevalsrc='{amplitude}*sin(2*PI*997*t)':s={sample_rate}:d={seconds}[p{n}]"
        for n, (amplitude, seconds) in enumerate(pieces)
    )
    joined = "".join(f"[p{n}]" for n in range(len(pieces)))
    graph += f";{joined}concat=n={len(pieces)}:v=0:a=1[out]"
    ffmpeg.run(["-filter_complex", graph, "-map", "[out]", *form, path])
    return path


def broken(verdicts: "list[Verdict]") -> list[str]:
    return [verdict.rule for verdict in verdicts if not verdict.ok]


def test_the_levels_of_a_tone_are_measured(tmp_path: Path) -> None:
    (chapter,) = measure_file(made(tmp_path / "tone.wav", (0.5, 5))).chapters
    assert chapter.peak == pytest.approx(-6.02, abs=0.05)
    assert chapter.rms == pytest.approx(-9.03, abs=0.05)
    assert chapter.floor == pytest.approx(-9.03, abs=0.05)
    assert chapter.loudness == pytest.approx(-9.03, abs=0.3)  # BS.1770: a sine near 1 kHz reads its RMS
    assert chapter.seconds == pytest.approx(5)


def test_silences_at_both_ends_and_in_between_are_found(tmp_path: Path) -> None:
    (chapter,) = measure_file(
        made(tmp_path / "t.wav", (0, 0.7), (0.2, 1), (0, 3.5), (0.2, 1), (0, 0.4), (0.2, 1), (0, 2))
    ).chapters
    assert chapter.head == pytest.approx(0.7, abs=0.11)
    assert chapter.tail == pytest.approx(2.0, abs=0.11)
    assert chapter.longest_silence == pytest.approx(3.5, abs=0.11)
    assert chapter.floor < -100


def test_a_silent_file_is_silence_from_start_to_end(tmp_path: Path) -> None:
    (chapter,) = measure_file(made(tmp_path / "silence.wav", (0, 3))).chapters
    assert chapter.rms < -100
    assert chapter.head == pytest.approx(3, abs=0.01)


@pytest.mark.parametrize("sample_rate", [8_000, 11_025, 22_050, 48_000])
def test_all_sample_rates_give_the_same_levels(tmp_path: Path, sample_rate: int) -> None:
    (chapter,) = measure_file(made(tmp_path / "tone.wav", (0.25, 2), sample_rate=sample_rate)).chapters
    assert chapter.rms == pytest.approx(-15.05, abs=0.05)
    assert chapter.seconds == pytest.approx(2, abs=0.11)


def test_a_chapter_that_meets_all_rules_passes(tmp_path: Path) -> None:
    good = made(tmp_path / "good.mp3", (0, 0.75), (0.14, 8), (0, 0.5), (0.14, 8), (0, 2), form=("-b:a", "192k"))
    measure = measure_file(good)
    assert broken(list(check_file_format(measure.header))) == []
    assert broken(list(check_chapter(measure.chapters[0]))) == []
    assert meets_all_rules(measure)


@pytest.mark.parametrize(
    ("pieces", "rule"),
    [
        ([(0, 0.7), (0.02, 8), (0, 2)], "RMS -23 to -18 dB"),
        ([(0, 0.7), (0.9, 0.4), (0.14, 8), (0, 2)], "peaks up to -3 dB"),
        ([(0.004, 0.7), (0.14, 8), (0.004, 2)], "noise floor up to -60 dB"),
        ([(0.14, 8), (0, 2)], "0.5 to 1 s of room tone first"),
        ([(0, 3), (0.16, 8), (0, 2)], "0.5 to 1 s of room tone first"),
        ([(0, 0.7), (0.14, 8), (0, 0.3)], "1 to 5 s of room tone last"),
    ],
)
def test_each_broken_rule_is_named(tmp_path: Path, pieces: list[tuple[float, float]], rule: str) -> None:
    (chapter,) = measure_file(made(tmp_path / "t.wav", *pieces)).chapters
    assert rule in broken(list(check_chapter(chapter)))


def test_the_format_is_checked(tmp_path: Path) -> None:
    header = measure_file(made(tmp_path / "t.mp3", (0.1, 1), sample_rate=22_050, form=("-b:a", "64k"))).header
    assert broken(list(check_file_format(header))) == ["44.1 kHz", "192 kbit/s or more, constant"]


def test_chapters_are_measured_separately(tmp_path: Path) -> None:
    listing = tmp_path / "list.txt"
    listing.write_text(
        ";FFMETADATA1\n"
        "[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=3000\ntitle=Loud\n"
        "[CHAPTER]\nTIMEBASE=1/1000\nSTART=3000\nEND=5000\ntitle=Quiet\\; or so\n",
        encoding="utf-8",
    )
    sound = made(tmp_path / "plain.wav", (0.5, 3), (0.05, 2))
    ffmpeg.run(["-i", sound, "-i", listing, "-map_chapters", "1", "-c:a", "aac", tmp_path / "book.m4a"])
    loud, quiet = measure_file(tmp_path / "book.m4a").chapters
    assert (loud.title, quiet.title) == ("Loud", "Quiet; or so")
    assert loud.rms == pytest.approx(-9.03, abs=0.5)
    assert quiet.rms == pytest.approx(-29.03, abs=1.5)


@pytest.mark.parametrize("name", ["nothing.mp3", "folder", "text.mp3", "cover.png"])
def test_a_file_that_is_not_sound_is_an_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "text.mp3").write_text("not a sound, not at all\n" * 100)
    ffmpeg.run(["-f", "lavfi", "-i", "color=c=red:s=16x16:d=1", "-frames:v", "1", tmp_path / "cover.png"])
    with pytest.raises(UsageError) as error:
        measure_file(tmp_path / name)
    assert name in str(error.value)
