"""A person's own sounds and recordings in a build: where they are heard, what is made again, and what is refused."""

import shutil
import wave
from collections.abc import Callable
from pathlib import Path

import pytest

from audiobook.errors import VoicesError
from audiobook.model.request import BuildRequest, BuildResult
from audiobook.model.script import Place
from audiobook.pipeline import own_audio
from audiobook.runtime import ffmpeg
from audiobook.services import cast_book, load_script
from audiobook.synthesis import import_audio
from tests.sounds import decoded, samples_of, tone

Build = Callable[..., BuildResult]
RATE = 22_050
LEAD_MOST = 0.15  # seconds by which encoding may move a sound


def write_wav(path: Path, seconds: float, hertz: float, *, rate: int = 44_100, silence: float = 0.0) -> Path:
    """A stereo file of a sine wave, with silence before and after it."""
    mono = samples_of(tone(seconds, hertz=hertz, sample_rate=rate).pcm)
    quiet = bytes(4 * round(silence * rate))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(quiet + b"".join(int(s).to_bytes(2, "little", signed=True) * 2 for s in mono) + quiet)
    return path


def chapter_spans(file: Path, hertz: float) -> list[tuple[float, float]]:
    """Where a tone of that pitch is heard in a file: start and end in seconds."""
    import numpy as np

    samples = np.asarray(decoded(file, RATE), dtype=float)
    size = RATE // 50
    blocks = samples[: len(samples) // size * size].reshape(-1, size)
    turn = np.exp(-2j * np.pi * hertz * np.arange(size) / RATE)
    share = 2 * abs(blocks @ turn) ** 2 / (size * np.maximum((blocks**2).sum(axis=1), 1e4 * size))
    heard = np.flatnonzero(share > 0.9)
    runs = np.split(heard, np.flatnonzero(np.diff(heard) > 3) + 1)
    return [(run[0] / 50, (run[-1] + 1) / 50) for run in runs if len(run) > 8]


def setting(story: Path, text: str) -> None:
    story.with_suffix(".voices.toml").write_text(text, encoding="utf-8")


@pytest.fixture
def sounds(tmp_path: Path) -> Path:
    """A folder with three sounds."""
    folder = tmp_path / "sounds"
    folder.mkdir()
    write_wav(folder / "theme.wav", 2.0, 2_500.0)
    write_wav(folder / "bell.wav", 0.6, 3_100.0, rate=48_000)
    write_wav(folder / "end.wav", 1.0, 3_700.0)
    return folder


def test_sounds_play_at_their_places_and_the_chapters_begin_with_them(built: Build, story: Path, sounds: Path) -> None:
    without = built(output=story.with_name("without.mp3"))
    setting(
        story,
        '[sounds]\nopening = "sounds/theme.wav"\nchapter = "sounds/bell.wav"\n'
        'closing = { file = "sounds/end.wav", volume = 0.5 }\n',
    )
    result = built()
    (start, end), *others = chapter_spans(result.files[0], 2_500.0)
    assert not others
    assert start == pytest.approx(0.0, abs=0.2)  # fades in
    assert end == pytest.approx(2.0, abs=0.2)
    ((bell, bell_end),) = chapter_spans(result.files[0], 3_100.0)  # only before chapter II: the opening stands for I's
    chapter = result.marks[1].start / result.sample_rate
    assert bell == pytest.approx(chapter, abs=LEAD_MOST + 0.1)
    assert bell_end == pytest.approx(chapter + 0.6, abs=LEAD_MOST + 0.1)
    ((closing, _),) = chapter_spans(result.files[0], 3_700.0)
    assert closing > without.seconds - 1.8 + 2.0 + 0.6
    added = 2.0 + 0.6 + 1.0 + 2 * 0.6 + 1.8  # the sounds, and the pauses after them
    assert result.seconds == pytest.approx(without.seconds + added, abs=3 * LEAD_MOST)
    assert result.report.ledger.balanced
    assert result.report.sounds == 3


def test_another_theme_has_only_its_own_segment_encoded(built: Build, story: Path, sounds: Path) -> None:
    setting(story, '[sounds]\nopening = "sounds/theme.wav"\nchapter = "sounds/bell.wav"\n')
    first = built()
    write_wav(sounds / "theme.wav", 1.5, 2_000.0)
    again = built()
    assert (again.report.recorded, again.report.encoded) == (0, 1)
    assert again.report.kept == first.report.encoded + first.report.kept - 1
    assert len(chapter_spans(again.files[0], 2_000.0)) == 1
    shutil.copy(sounds / "theme.wav", sounds / "copy.wav")
    setting(story, '[sounds]\nopening = "sounds/copy.wav"\nchapter = "sounds/bell.wav"\n')
    assert built().report.encoded == 0  # the content counts, not the name


def test_a_sound_has_the_loudness_of_the_voices_whatever_it_had(built: Build, story: Path, sounds: Path) -> None:
    setting(story, '[sounds]\nopening = "sounds/theme.wav"\n')
    loud = built(output=story.with_name("loud.mp3")).files[0]
    arguments: list[ffmpeg.Argument] = ["-i", sounds / "theme.wav", "-af", "volume=-20dB", sounds / "soft.flac"]
    ffmpeg.run(arguments)
    setting(story, '[sounds]\nopening = "sounds/soft.flac"\n')
    soft = built(output=story.with_name("soft.mp3")).files[0]
    middles = [decoded(file, RATE)[RATE // 2 : RATE // 2 + 2_000] for file in (loud, soft)]
    assert max(map(abs, middles[0])) == pytest.approx(max(map(abs, middles[1])), rel=0.03)


def test_a_sound_is_cut_to_its_seconds_and_false_switches_it_off(built: Build, story: Path, sounds: Path) -> None:
    setting(story, '[sounds]\nopening = { file = "sounds/theme.wav", seconds = 1 }\n')
    ((_, end),) = chapter_spans(built().files[0], 2_500.0)
    assert end == pytest.approx(1.0, abs=0.2)
    (story.parent / "voices.toml").write_text('[sounds]\nopening = "sounds/theme.wav"\n', encoding="utf-8")
    setting(story, "[sounds]\nopening = false\n")
    assert built().report.sounds == 0


@pytest.fixture
def recordings(tmp_path: Path, story: Path) -> Path:
    """A folder of recordings, with the setting that names it."""
    folder = tmp_path / "recordings"
    folder.mkdir()
    setting(story, '[recordings]\nfolder = "recordings"\n')
    return folder


def land(story: Path) -> Place:
    return next(line.place for line in load_script(story).lines() if "Land!" in line.text)


def named(place: Place, suffix: str = ".wav") -> str:
    return f"{place.chapter}-{place.paragraph}-{place.line}{suffix}"


def test_a_recording_takes_the_place_of_its_line(built: Build, story: Path, recordings: Path) -> None:
    first = built()
    source = write_wav(recordings / named(land(story)), 1.2, 2_500.0, silence=0.7)
    before = source.read_bytes()
    result = built()
    ((start, end),) = chapter_spans(result.files[0], 2_500.0)
    assert end - start == pytest.approx(1.2, abs=0.08)  # without the silence around it
    assert start > result.marks[1].start / result.sample_rate
    assert (result.report.recorded, result.report.encoded, result.report.recordings) == (0, 1, 1)
    assert result.report.ledger.balanced
    assert result.report.ledger.spoken == first.report.ledger.spoken
    assert source.read_bytes() == before
    write_wav(source, 0.9, 2_500.0)
    assert built().report.encoded == 1  # its content is part of the key
    source.unlink()
    assert built().report.recordings == 0


def test_a_recording_is_as_loud_as_the_voice_it_replaces(built: Build, story: Path, recordings: Path) -> None:
    write_wav(recordings / named(land(story)), 1.2, 2_500.0)

    def peak() -> int:
        result = built()
        ((start, _),) = chapter_spans(result.files[0], 2_500.0)
        at = round((start + 0.5) * RATE)
        return max(map(abs, decoded(result.files[0], RATE)[at : at + 2_000]))

    usual = peak()
    setting(story, '[recordings]\nfolder = "recordings"\n[speakers.Oona]\nvolume = 0.5\n')
    assert peak() == pytest.approx(usual / 2, rel=0.05)


def test_files_that_fit_no_line_are_told_and_not_used(built: Build, story: Path, recordings: Path) -> None:
    place = land(story)
    write_wav(recordings / "9-1-1.wav", 0.5, 2_500.0)
    write_wav(recordings / "oona.wav", 0.5, 2_500.0)
    write_wav(recordings / named(place), 0.5, 2_500.0)
    (recordings / named(place, ".txt")).write_text("“Water!”", encoding="utf-8")
    cast = cast_book(BuildRequest(book=story, engine="tone"))
    told = " ".join(cast.misfits)
    assert "9-1-1.wav does not match a line: there is no chapter 9, paragraph 1, line 1" in told
    assert "oona.wav does not match a line" in told
    assert f"{named(place)} is not used: its text file differs" in told
    assert cast.recorded_lines == built().report.recordings == 0
    line = next(line for line in load_script(story).lines() if line.place == place)
    (recordings / named(place, ".txt")).write_text(f"  {line.text.upper()}\n", encoding="utf-8")
    assert built().report.recordings == 1


def test_a_recording_of_a_line_that_is_named_twice_is_refused(built: Build, story: Path, recordings: Path) -> None:
    write_wav(recordings / "1-1-1.wav", 0.5, 2_500.0)
    write_wav(recordings / "01-1-1.wav", 0.5, 2_500.0)
    with pytest.raises(VoicesError, match="second recording of chapter 1, paragraph 1, line 1"):
        built()


def _text(path: Path) -> None:
    path.write_text("This is not a song.\n" * 50, encoding="utf-8")


def _empty(path: Path) -> None:
    path.touch()


def _long(path: Path) -> None:
    ten_hours = [
        "-f",
        "lavfi",
        "-i",
        "anullsrc=r=8000:cl=mono",
        "-t",
        "36000",
        "-c:a",
        "flac",
        "-compression_level",
        "0",
        "-f",
        "flac",
    ]
    ffmpeg.run([*ten_hours, path])


def _silent(path: Path) -> None:
    write_wav(path, 0.0, 440.0, silence=0.5)


def _no_samples(path: Path) -> None:
    write_wav(path, 0.0, 440.0)


def _playlist(path: Path) -> None:
    path.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nhttp://localhost:9/a.ts\n", encoding="utf-8")


HOSTILE: dict[Callable[[Path], None], str] = {
    _text: "holds no sound that ffmpeg can decode",
    _empty: "holds no sound that ffmpeg can decode",
    _long: "lasts longer than",
    _silent: "holds only silence",
    _no_samples: "holds no sound",
    _playlist: "holds no sound that ffmpeg can decode",
}


@pytest.mark.parametrize("make", HOSTILE, ids=lambda make: make.__name__.strip("_"))
@pytest.mark.parametrize("table", ["sounds", "recordings"])
def test_a_file_that_is_no_usable_sound_is_told_with_its_line(
    built: Build, story: Path, table: str, make: Callable[[Path], None]
) -> None:
    folder = story.parent / "own"
    folder.mkdir()
    make(folder / "1-1-1.mp3")
    key, value = ("opening", "own/1-1-1.mp3") if table == "sounds" else ("folder", "own")
    setting(story, f'# my cast\n[{table}]\n{key} = "{value}"\n')
    with pytest.raises(VoicesError) as caught:
        built()
    assert f"ferry.voices.toml:3: [{table}] {key}: " in str(caught.value)
    assert HOSTILE[make] in str(caught.value)
    assert "1-1-1.mp3" in str(caught.value)


def test_a_file_that_is_too_large_is_refused(
    built: Build, story: Path, sounds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_audio, "MAX_SIZE", 1_000)
    setting(story, '[sounds]\nopening = "sounds/theme.wav"\n')
    with pytest.raises(VoicesError, match="larger than"):
        built()


def test_a_link_is_followed_and_one_that_leads_nowhere_is_told(
    built: Build, story: Path, recordings: Path, sounds: Path
) -> None:
    link = recordings / named(land(story))
    link.symlink_to(sounds / "bell.wav")
    assert built().report.recordings == 1
    (sounds / "bell.wav").unlink()
    with pytest.raises(VoicesError, match="does not exist"):
        built()


def test_a_folder_of_very_many_files_is_refused(
    built: Build, story: Path, recordings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_audio, "_MOST_FILES", 1)
    write_wav(recordings / "1-1-1.wav", 0.5, 2_500.0)
    write_wav(recordings / "1-1-2.wav", 0.5, 2_500.0)
    with pytest.raises(VoicesError, match="more than 1 files"):
        built()


def test_an_imported_sound_that_left_the_cache_is_decoded_again(built: Build, story: Path, sounds: Path) -> None:
    setting(story, '[sounds]\nopening = "sounds/theme.wav"\n')
    first = built()
    cache = story.parent / "cache-again"
    again = built(cache=cache)
    shutil.rmtree(cache)
    assert again.files[0].read_bytes() == first.files[0].read_bytes()
    assert built(cache=cache).report.sounds == 1
