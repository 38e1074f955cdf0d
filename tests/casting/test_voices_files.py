"""Which voices file applies, how files are merged, and hostile files."""

import re
import tracemalloc
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.casting import (
    CastingConfig,
    find_shipped_voices_file,
    find_voice,
    find_voices_file,
    own_voices_file,
    read_casting_config,
)
from audiobook.casting.toml_lines import find_key_lines
from audiobook.errors import VoicesError
from audiobook.model.cast import Pauses, VoiceFacts
from tests.casting.fakes import ENGINES, FEW, list_voices

EXAMPLE = re.compile(r"""# (\[speakers\.|[\w"]+[\w". ]* = )""")


def read(file: Path, engine: str | None = None) -> CastingConfig:
    return read_casting_config(file, engines=ENGINES, voices=list_voices, engine=engine)


def refused(file: Path, content: bytes) -> str:
    file.write_bytes(content)
    with pytest.raises(VoicesError) as caught:
        read(file)
    assert caught.value.exit_code == 4
    return caught.value.message.replace(str(file), file.name)


def none_listed(engine: str) -> Sequence[VoiceFacts]:
    raise AssertionError(f"the voices of {engine} were listed")


class TestFinding:
    def test_the_given_file_takes_precedence(self, tmp_path: Path) -> None:
        book, given_file = tmp_path / "emma.txt", tmp_path / "mine.toml"
        for file in (given_file, tmp_path / "emma.voices.toml", tmp_path / "voices.toml"):
            file.touch()
        assert find_voices_file(book, given_file) == given_file

    @pytest.mark.parametrize(
        ("there", "found"),
        [
            (["emma.txt.voices.toml", "emma.voices.toml", "voices.toml"], "emma.txt.voices.toml"),
            (["emma.voices.toml", "voices.toml"], "emma.voices.toml"),
            (["other.voices.toml", "voices.toml"], "voices.toml"),
        ],
    )
    def test_the_books_own_file_comes_before_the_folders(self, tmp_path: Path, there: list[str], found: str) -> None:
        for name in there:
            (tmp_path / name).touch()
        assert find_voices_file(tmp_path / "emma.txt", None) == tmp_path / found

    def test_a_script_uses_the_file_of_its_book(self, tmp_path: Path) -> None:
        (tmp_path / "emma.voices.toml").touch()
        for name in ("emma.script.json", "emma.json"):
            assert find_voices_file(tmp_path / name, None) == tmp_path / "emma.voices.toml"

    def test_without_any_file_the_shipped_one_is_used(self, tmp_path: Path) -> None:
        assert find_voices_file(tmp_path / "emma.txt", None) == find_shipped_voices_file()

    @pytest.mark.parametrize("name", ["missing.toml", "."])
    def test_a_given_file_that_does_not_exist_is_an_error(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(VoicesError, match="voices file"):
            find_voices_file(tmp_path / "emma.txt", tmp_path / name)

    def test_speakers_are_written_to_the_books_own_file(self, tmp_path: Path) -> None:
        book = tmp_path / "emma.txt"
        assert own_voices_file(book, None) == tmp_path / "emma.voices.toml"
        assert own_voices_file(tmp_path / "emma.script.json", None) == tmp_path / "emma.voices.toml"
        (tmp_path / "emma.txt.voices.toml").touch()
        assert own_voices_file(book, None) == tmp_path / "emma.txt.voices.toml"
        assert own_voices_file(book, tmp_path / "new.toml") == tmp_path / "new.toml"


class TestSoundsAndRecordings:
    def test_paths_are_relative_to_the_voices_file(self, tmp_path: Path) -> None:
        (tmp_path / "theme.mp3").touch()
        (tmp_path / "takes").mkdir()
        file = tmp_path / "voices.toml"
        file.write_text(
            '[sounds]\nopening = "theme.mp3"\nclosing = { file = "./theme.mp3", volume = 0.5, seconds = 9 }\n'
            '[recordings]\nfolder = "takes"\nvolume = 2\n'
        )
        config = read(file)
        opening, closing = config.sounds["opening"], config.sounds["closing"]
        assert (opening.file, opening.volume, opening.seconds) == (tmp_path / "theme.mp3", 1.0, None)
        assert (closing.file, closing.volume, closing.seconds) == (tmp_path / "theme.mp3", 0.5, 9.0)
        assert opening.source == f"{file}:2: [sounds] opening"
        assert config.recordings is not None
        assert (config.recordings.folder, config.recordings.volume) == (tmp_path / "takes", 2.0)

    def test_a_books_file_overrides_its_folders_sounds_place_by_place(self, tmp_path: Path) -> None:
        for name in ("a.mp3", "b.mp3"):
            (tmp_path / name).touch()
        (tmp_path / "voices.toml").write_text('[sounds]\nopening = "a.mp3"\nchapter = "a.mp3"\nclosing = "a.mp3"\n')
        file = tmp_path / "emma.voices.toml"
        file.write_text('[sounds]\nopening = "b.mp3"\nchapter = false\n')
        found = {place: sound.file.name for place, sound in read(file).sounds.items()}
        assert found == {"opening": "b.mp3", "closing": "a.mp3"}

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ('opening = "gone.mp3"', "[sounds] opening: there is no file "),
            ('opening = "."', '[sounds] opening: "." is a folder, not a sound file'),
            ("opening = { volume = 1 }", "[sounds.opening]: names no file"),
            ('opening = { file = "gone.mp3" }', "[sounds.opening] file: there is no file "),
            ('opening = { file = ".", seconds = 1000 }', "1,000 is out of range"),
            ('opening = { file = ".", volum = 1 }', 'this key is not known; did you mean "volume"?'),
            ("opening = 7", '[sounds] opening: must be the name of a file, such as "theme.mp3", not 7'),
            ('openning = "a.mp3"', '[sounds] openning: this key is not known; did you mean "opening"?'),
            ('opening = "a\\u0000b"', "cannot be opened: "),
            (f'opening = "{"x" * 5_000}"', "cannot be opened: "),
            ('opening = "/dev/null"', "is not a regular file"),
            ('[recordings]\nfolder = "gone"', "gone is not a folder"),
            ('[recordings]\nfolder = "voices.toml"', "voices.toml is a file, not a folder"),
            ("[recordings]\nvolume = 3", "3 is out of range"),
        ],
    )
    def test_a_problem_is_reported_with_its_key(self, tmp_path: Path, text: str, message: str) -> None:
        assert message in refused(tmp_path / "voices.toml", f"[sounds]\n{text}".encode())


class TestTheShippedFile:
    def test_it_states_the_defaults(self) -> None:
        casting_config = read(find_shipped_voices_file())
        assert casting_config.pauses == Pauses()
        assert (casting_config.engine, casting_config.speakers, casting_config.pronunciations) == ("pyttsx3", (), ())

    def test_it_shows_every_pause(self) -> None:
        shown = find_key_lines(find_shipped_voices_file().read_text(encoding="utf-8"))
        assert {key for table, *keys in shown if table == "pauses" for key in keys} == {f.name for f in fields(Pauses)}

    def test_its_examples_are_valid(self, tmp_path: Path) -> None:
        """Each comment that looks like a setting is valid without its #.

        Voices are replaced: they depend on the machine.
        """
        lines = find_shipped_voices_file().read_text(encoding="utf-8").splitlines()
        shown = [line.removeprefix("# ") if EXAMPLE.match(line) else line for line in lines]
        file = tmp_path / "voices.toml"
        file.write_text("\n".join(shown), encoding="utf-8")
        for name in ("theme.mp3", "bell.wav"):
            (tmp_path / name).touch()
        (tmp_path / "recordings").mkdir()
        offered = [
            VoiceFacts(engine="pyttsx3", name=name, language="en-GB")
            for name in re.findall(r'"(en-[^"]*)"', "\n".join(shown))
        ]
        casting_config = read_casting_config(file, engines=ENGINES, voices=lambda _: offered)
        assert [s.name for s in casting_config.speakers] == ["Harriet", "Emma", "Mr. Knightley", "Ghost"]
        assert len(casting_config.pronunciations) == 5
        assert casting_config.narrator.words_per_minute == 165
        assert set(casting_config.sounds) == {"opening", "chapter", "closing"}
        assert casting_config.recordings is not None

    def test_it_needs_no_list_of_voices(self) -> None:
        read_casting_config(find_shipped_voices_file(), engines=ENGINES, voices=none_listed)


class TestFallback:
    def test_a_books_file_overrides_its_folders_which_overrides_the_shipped_one(self, tmp_path: Path) -> None:
        (tmp_path / "voices.toml").write_text(
            '[defaults]\nrate = 150\n[narrator]\nvoice = "Hal"\nrate = 140\n[pauses]\nscene = 2000\nline = 90\n'
            '[speakers.Holmes]\nvoice = "Ben"\naliases = ["Sherlock"]\n[speakers.Watson]\nvoice = "Dan"\n'
            '[pools]\nfemale = ["Ada"]\n[pronunciations]\nGif = "jif"\nNice = "neece"\n'
        )
        own = tmp_path / "scandal.voices.toml"
        own.write_text(
            "[narrator]\nrate = 130\n[pauses]\nline = 80\n[speakers.holmes]\npitch = 40\n[speakers.Irene]\n"
            'voice = "Ada"\naliases = ["Watson"]\n[pools]\nfemale = "auto"\n[pronunciations]\ngif = "ghif"\n'
        )
        casting_config = read(own)
        assert (casting_config.narrator.voice, casting_config.narrator.words_per_minute) == ("Hal", 130)
        assert (casting_config.pauses.line, casting_config.pauses.scene, casting_config.pauses.chapter) == (
            80,
            2000,
            1800,
        )
        holmes = next(s for s in casting_config.speakers if s.name == "holmes")
        assert (holmes.choice.voice, holmes.choice.pitch, holmes.aliases) == ("Ben", 40, ("Sherlock",))
        assert casting_config.pools.female is None
        assert casting_config.defaults.words_per_minute == 150
        assert {p.written: p.spoken for p in casting_config.pronunciations} == {"gif": "ghif", "Nice": "neece"}

    def test_naming_a_voice_ignores_the_engine_of_a_fallback_file(self, tmp_path: Path) -> None:
        (tmp_path / "voices.toml").write_text('[speakers.X]\nengine = "tone"\nvoice = "low"\n')
        own = tmp_path / "b.voices.toml"
        own.write_text('[speakers.X]\nvoice = "Ada"\n')
        (speaker,) = read(own).speakers
        assert (speaker.choice.engine, speaker.choice.voice) == ("pyttsx3", "Ada")

    def test_a_given_file_does_not_fall_back_to_its_folders(self, tmp_path: Path) -> None:
        (tmp_path / "voices.toml").write_text("[pauses]\nline = 7\n")
        (tmp_path / "mine.toml").write_text("")
        assert read(tmp_path / "mine.toml").pauses == Pauses()

    def test_problems_of_all_files_are_reported_at_once(self, tmp_path: Path) -> None:
        (tmp_path / "voices.toml").write_text("[pauses]\nline = -7\n")
        own = tmp_path / "b.voices.toml"
        assert refused(own, b'[narrator]\nvoice = "Adda"\n').count("\n") == 1


class TestOneEngineForAll:
    def test_voices_of_other_engines_are_replaced(self, tmp_path: Path) -> None:
        file = tmp_path / "voices.toml"
        file.write_text(
            '[narrator]\nvoice = "Ada"\nrate = 150\n[speakers.X]\nengine = "tone"\nvoice = "low"\n'
            '[pools]\nmale = ["Ben"]\nfemale = [{ engine = "tone", voice = "high" }]\n'
        )
        casting_config = read(file, engine="tone")
        assert (casting_config.engine, casting_config.narrator.voice, casting_config.narrator.words_per_minute) == (
            "tone",
            None,
            150,
        )
        assert [s.choice.voice for s in casting_config.speakers] == ["low"]
        assert casting_config.pools.male is None
        assert [c.voice for c in casting_config.pools.female or ()] == ["high"]
        assert casting_config.engines() == ("tone",)

    def test_an_unknown_engine_is_an_error(self, tmp_path: Path) -> None:
        with pytest.raises(VoicesError, match='did you mean "tone"'):
            read(find_shipped_voices_file(), engine="tones")


class TestHostileFiles:
    def test_a_byte_order_mark_and_windows_line_ends_are_accepted(self, tmp_path: Path) -> None:
        file = tmp_path / "voices.toml"
        file.write_bytes(b'\xef\xbb\xbf[narrator]\r\nvoice = "Ada"\r\n')
        assert read(file).narrator.voice == "Ada"
        assert "voices.toml:3: [narrator] rat" in refused(
            file, b'\xef\xbb\xbf[narrator]\r\nvoice = "Ada"\r\nrat = 3\r\n'
        )

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            ('[narrator]\nvoice = "Ada"'.encode("utf-16"), "saved as UTF-16"),
            ('[narrator]\n# é\nvoice = "Ada"'.encode("latin-1"), "voices.toml:2: is not saved as UTF-8"),
            (b"a = " + b"[" * 100_000, "nested too deeply"),
            (b"[pauses]\nline = " + b"9" * 5000, "too many digits"),
            (b"[pauses]\nline = 0x" + b"f" * 5000, "this number is out of range"),
            (b"#" * (5 << 20), "larger than 4 MiB"),
            (b"\0\0\0", "voices.toml:1"),
            (b"[pauses]\nline = 1e999", "not inf"),
            (b"[narrator]\nvoice = '''\n\n\nX'''\nrate = 3", "voices.toml:6: [narrator] rate"),
        ],
        ids=lambda value: value[:12] if isinstance(value, str) else "",
    )
    def test_a_file_that_is_not_a_voices_file_is_reported(self, tmp_path: Path, content: bytes, message: str) -> None:
        assert message in refused(tmp_path / "voices.toml", content)

    def test_a_key_with_thousands_of_steps_takes_little_memory(self, tmp_path: Path) -> None:
        tracemalloc.start()
        assert "[speakers.a.a]" in refused(tmp_path / "voices.toml", b"[speakers." + b"a." * 10_000 + b"a]\nx = 1")
        assert tracemalloc.get_traced_memory()[1] < 50 << 20
        tracemalloc.stop()

    def test_a_file_that_cannot_be_opened_is_reported(self, tmp_path: Path) -> None:
        with pytest.raises(VoicesError, match="cannot be read"):
            read(tmp_path)

    @settings(deadline=None, max_examples=150)
    @given(st.text("[]{}=.,#\"'\\\n abspeakersn1-_é:", max_size=60))
    def test_any_text_is_read_or_reported(self, tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
        file = tmp_path_factory.mktemp("any") / "voices.toml"
        file.write_text(text, encoding="utf-8")
        try:
            read(file)
        except VoicesError as error:
            assert error.message  # noqa: PT017  # either outcome is right


def test_a_voice_is_found_in_any_case() -> None:
    facts = [f for f in FEW if f.engine == "pyttsx3"]
    assert find_voice("ada", facts).name == "Ada"
    with pytest.raises(VoicesError, match='did you mean "Ada"'):
        find_voice("adda", facts)


def test_the_line_of_a_key_is_found_in_every_notation() -> None:
    text = (
        'a.b = 1 # "x"\n[c."d.e"]\nf = """\n[no]\ng = 1\n"""\nh = [\n  1,\n  { i = 2 }, # ]\n]\n'
        "[[k]]\nl = 1979-05-27 07:32:00.5\n[[k]]\nl = 1.5\nm = '''x''''\n"
    )
    assert find_key_lines(text) == {
        ("a",): 1,
        ("a", "b"): 1,
        ("c",): 2,
        ("c", "d.e"): 2,
        ("c", "d.e", "f"): 3,
        ("c", "d.e", "h"): 7,
        ("c", "d.e", "h", 0): 8,
        ("c", "d.e", "h", 1): 9,
        ("c", "d.e", "h", 1, "i"): 9,
        ("k",): 11,
        ("k", 0): 11,
        ("k", 0, "l"): 12,
        ("k", 1): 13,
        ("k", 1, "l"): 14,
        ("k", 1, "m"): 15,
    }
