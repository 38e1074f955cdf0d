"""The command line as a person meets it: what it says, where, and how it leaves."""

import io
import json
import re
import subprocess
import sys
import wave
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Said
from tests.pipeline.conftest import STORY

Audiobook = Callable[..., Said]
COMMANDS = ("build", "plan", "chapters", "script", "cast", "voices", "say", "pronounce", "check", "cache", "doctor")
HEAVY = {"rich", "pydantic", "pydub", "lxml", "pyttsx3", "tomlkit", "mutagen", "markdown_it", "audiobook.services"}


@pytest.fixture
def story(tmp_path: Path) -> Path:
    book = tmp_path / "ferry.txt"
    book.write_text(STORY, encoding="utf-8")
    return book


@pytest.mark.parametrize("command", [(), *((c,) for c in COMMANDS)], ids=" ".join)
def test_help_teaches_and_loads_nothing_heavy(command: tuple[str, ...]) -> None:
    program = (
        "import sys; from audiobook.__main__ import main\n"
        f"sys.argv = ['audiobook', *{command!r}, '--help']\n"
        "try: main()\n"
        f"finally: print(sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert "Usage:" in done.stdout
    assert re.search(r"\n\n  Examples:\n    audiobook ", done.stdout)


def test_a_build_encoded_segments_the_file_on_stdout_and_talks_on_stderr(audiobook: Audiobook, story: Path) -> None:
    said = audiobook("build", story, "--engine", "tone")
    assert said.code == 0
    assert said.out == f"{story.with_suffix('.mp3')}\n"
    assert "2 chapters" in said.err
    assert "\x1b" not in said.out + said.err


def test_large_numbers_are_written_as_people_read_them(audiobook: Audiobook, story: Path) -> None:
    story.write_text("\n\n".join(f"It rained on day {number}, and she stayed at home." for number in range(1_001)))
    assert "1,001 lines, 1,001 of them spoken now." in audiobook("build", story, "--engine", "tone").err


def test_quiet_says_nothing_but_the_result(audiobook: Audiobook, story: Path) -> None:
    assert audiobook("build", story, "--engine", "tone", "--quiet").err == ""
    assert audiobook("-q", "build", story, "--engine", "tone").err == ""


def test_a_machine_reads_json(audiobook: Audiobook, story: Path) -> None:
    report = json.loads(audiobook("build", story, "--engine", "tone", "--json").out)
    assert [c["title"] for c in report["chapters"]] == ["CHAPTER I", "CHAPTER II"]
    assert report["gaps"] == []
    listing = json.loads(audiobook("chapters", story, "--json").out)
    assert [c["words"] for c in listing["chapters"]] == [23, 20]
    rows = json.loads(audiobook("cast", story, "--engine", "tone", "--json").out)
    assert {"narrator", "Oona", "Bram"} <= {row["name"] for row in rows}
    voices = json.loads(audiobook("voices", "--engine", "tone", "--json").out)
    assert all(v["engine"] == "tone" for v in voices)
    findings = json.loads(audiobook("doctor", "--json").out)
    assert all(f["ok"] for f in findings)
    assert json.loads(audiobook("cache", "--json").out)["kinds"]["takes"]["pieces"] > 0


def test_a_book_that_is_not_there_is_said_in_a_sentence(audiobook: Audiobook, story: Path) -> None:
    said = audiobook("build", story.with_name("fery.txt"))
    assert said.code == 3
    assert "fery.txt" in said.err
    assert "ferry.txt" in said.err  # did you mean
    assert "Traceback" not in said.err


def test_every_mistake_in_a_voices_file_is_named_at_once(audiobook: Audiobook, story: Path) -> None:
    voices = story.with_name("voices.toml")
    voices.write_text('[narator]\n[speakers.Oona]\nvoice = "en-us+f99"\nrate = "fast"\n', encoding="utf-8")
    said = audiobook("build", story)
    assert said.code == 4
    assert "voices.toml" in said.err
    for wrong in ("narator", "en-us+f99", "rate"):
        assert wrong in said.err
    assert "narrator" in said.err  # the nearest right name


def test_a_wrong_option_is_a_usage_error(audiobook: Audiobook, story: Path) -> None:
    assert audiobook("build", story, "--bitrat", "64").code == 2
    assert audiobook("bild", story).code == 2
    wrong = audiobook("build", story, "--bitrate", "65", "--engine", "tone")
    assert wrong.code == 2
    assert "64" in wrong.err
    assert audiobook("build", story, "--chapters", "1-x", "--engine", "tone").code == 2


def test_a_script_goes_to_a_file_or_to_stdout(audiobook: Audiobook, story: Path, tmp_path: Path) -> None:
    output = tmp_path / "s.json"
    assert audiobook("script", story, "--output", output).out == f"{output}\n"
    written = json.loads(output.read_text(encoding="utf-8"))
    assert json.loads(audiobook("script", story).out) == written
    for chapter in written["chapters"]:
        for line in chapter["lines"]:
            assert " ".join(STORY[line["start"] : line["end"]].split()) == " ".join(line["text"].split())


def test_an_output_that_cannot_be_written_is_a_delivery_error(
    audiobook: Audiobook, story: Path, tmp_path: Path
) -> None:
    said = audiobook("script", story, "--output", tmp_path / "no" / "such" / "folder.json")
    assert said.code == 8
    assert "folder.json" in said.err


def test_cast_write_adds_the_speakers_once(audiobook: Audiobook, story: Path) -> None:
    assert "Oona" in audiobook("cast", story, "--write").out
    voices = story.with_suffix(".voices.toml")
    first = voices.read_text(encoding="utf-8")
    assert "[speakers.Oona]" in first
    audiobook("cast", story, "--write")
    assert voices.read_text(encoding="utf-8") == first


def test_say_writes_a_file_and_tells_the_spoken_form(audiobook: Audiobook, story: Path, tmp_path: Path) -> None:
    wav = tmp_path / "x.wav"
    assert audiobook("say", "Good evening.", "--engine", "tone", "--output", wav).code == 0
    with wave.open(str(wav)) as sound:
        assert sound.getnframes() > 1000
    assert audiobook("say", "In 1990.", "--spoken").out == "In nineteen ninety.\n"
    assert audiobook("say", "Hi.", "--as", "Oona", "--book", story, "--engine", "tone", "-o", wav).code == 0
    assert audiobook("say", "Hi.", "--as", "Nobody", "--book", story, "--engine", "tone", "-o", wav).code == 4
    assert audiobook("say", "Hi.", "--voice", "nobody", "--engine", "tone", "-o", wav).code == 4
    assert audiobook("say", "* * *", "--engine", "tone", "-o", wav).code == 2


@pytest.mark.parametrize("command", [("say", "Good evening."), ("pronounce", "BOOK", "Oona", "Oonah")], ids=" ".join)
def test_a_clip_of_a_format_that_cannot_be_written_is_refused_before_it_is_spoken(
    audiobook: Audiobook, story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setattr("audiobook.engines.speak_cue", lambda cue: pytest.fail("it was spoken"))
    words = [story if word == "BOOK" else word for word in command]
    for name in ("x.aac", "x.ogg"):
        said = audiobook(*words, "--engine", "tone", "--output", tmp_path / name)
        assert said.code == 2
        assert "name a file that ends in .wav or .mp3" in said.err
        assert not (tmp_path / name).exists()


def test_the_suffix_of_a_clip_chooses_its_format_and_wav_is_added_where_there_is_none(
    audiobook: Audiobook, tmp_path: Path
) -> None:
    for name, written, magic in (
        ("a.WAV", "a.WAV", b"RIFF"),
        ("b.MP3", "b.MP3", b"ID3"),
        ("d.flac", "d.flac", b"fLaC"),
        ("c", "c.wav", b"RIFF"),
    ):
        said = audiobook("say", "Good evening.", "--engine", "tone", "--output", tmp_path / name)
        assert said.out == f"{tmp_path / written}\n"
        assert (tmp_path / written).read_bytes().startswith(magic)


def test_a_build_into_a_format_that_cannot_be_written_is_a_usage_error(audiobook: Audiobook, story: Path) -> None:
    said = audiobook("build", story, "--engine", "tone", "--output", story.with_suffix(".aac"))
    assert said.code == 2
    assert ".aac files cannot be written" in said.err
    assert "hint: name a file that ends in .mp3" in said.err
    assert not story.with_suffix(".aac").exists()


def test_the_spoken_form_of_each_line_of_standard_input_is_a_line(
    audiobook: Audiobook, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = "In 1990.\n\n10–15 people\r\n“Café,” she said"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(written.encode())))
    said = audiobook("say", "--spoken")
    assert said.out == "In nineteen ninety.\n\nten to fifteen people\nCafé, she said\n"
    assert audiobook("say").code == 2


def test_pronunciations_are_tried_on_say(audiobook: Audiobook, tmp_path: Path) -> None:
    voices = tmp_path / "v.toml"
    voices.write_text('[pronunciations]\nCholmondeley = "Chumley"\n', encoding="utf-8")
    assert audiobook("say", "Lord Cholmondeley!", "--spoken", "--voices", voices).out == "Lord Chumley!\n"


def test_the_cache_is_pruned_in_days_sizes_or_as_a_whole(audiobook: Audiobook, story: Path) -> None:
    audiobook("build", story, "--engine", "tone")
    assert audiobook("cache", "--prune", "soon").code == 2
    assert "0 bytes freed" in audiobook("cache", "--prune", "30d").err
    assert audiobook("cache", "--prune", "all").code == 0
    assert json.loads(audiobook("cache", "--json").out)["kinds"]["takes"]["pieces"] == 0


def test_the_version_is_told(audiobook: Audiobook) -> None:
    assert audiobook("--version").out.startswith("audiobook ")


def test_a_sample_is_one_file_an_engine(audiobook: Audiobook, story: Path, tmp_path: Path) -> None:
    said = audiobook("voices", "sample", story, "--engine", "tone", "--output", tmp_path / "heard")
    assert said.code == 0
    assert said.out == f"{tmp_path / 'heard' / 'ferry-sample-tone.mp3'}\n"
    assert "tone: " in said.err
