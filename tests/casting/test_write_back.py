"""Speakers are added to a voices file, and nothing else in it changes."""

import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audiobook.casting import CastingConfig, cast_script, list_speakers, read_casting_config, write_speakers
from audiobook.casting.write_back import add_speakers, new_file_text
from audiobook.errors import VoicesError
from audiobook.model.script import NARRATOR, Script
from tests.casting.fakes import ENGINES, FEW, MANY, list_voices, script_from
from tests.casting.strategies import scripts

PLAIN = CastingConfig()
SKETCH = script_from(
    'Emma (female) = Miss Woodhouse\nMr. "Odd" \\ Name (male)\nKnightley (male)\n--\n> Rain.\n'
    'Emma: Good morning.\nMr. "Odd" \\ Name: Hm.\nKnightley: Yes.'
)
FILE = """# my remarks

[narrator]   # him
voice =   "Hal"


[speakers.Knightley]
rate = 150 # slow
# after Knightley

# the pauses
[pauses]
line=90
"""


def write(file: Path, script: Script = SKETCH) -> tuple[str, ...]:
    return write_speakers(file, script, cast_script(script, PLAIN, FEW), PLAIN)


def test_speakers_are_added_after_the_last_one_and_the_rest_is_unchanged(tmp_path: Path) -> None:
    file = tmp_path / "emma.voices.toml"
    file.write_text(FILE)
    assert write(file) == ("Emma", 'Mr. "Odd" \\ Name')
    cut = FILE.index("\n# the pauses")
    after = file.read_text()
    assert after.startswith(FILE[:cut])
    assert after.endswith(FILE[cut:])
    assert '[speakers."Mr. \\"Odd\\" \\\\ Name"]\n# 1 line, 1 words, male: Hm.\nvoice = ' in after
    assert 'aliases = ["Miss Woodhouse"]' in after


def test_writing_a_second_time_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "emma.voices.toml"
    write(file)
    before = (file.read_bytes(), file.stat().st_mtime_ns)
    assert write(file) == ()
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before


def test_a_new_file_has_all_speakers_and_gives_the_same_cast(tmp_path: Path) -> None:
    file = tmp_path / "emma.voices.toml"
    cast = cast_script(SKETCH, PLAIN, FEW)
    assert len(write_speakers(file, SKETCH, cast, PLAIN)) == 3
    casting_config = read_casting_config(file, engines=ENGINES, voices=list_voices)
    again = cast_script(SKETCH, casting_config, FEW)
    assert (again.narrator, again.unknown) == (cast.narrator, cast.unknown)
    assert [p.voice for p in again.parts] == [p.voice for p in cast.parts]
    assert casting_config.narrator.voice == cast.narrator.name


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(scripts(most=8))
def test_a_written_cast_of_any_book_reads_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, script: Script
) -> None:
    cast = cast_script(script, PLAIN, MANY)
    file = tmp_path_factory.mktemp("any") / "book.voices.toml"
    write_speakers(file, script, cast, PLAIN)
    casting_config = read_casting_config(file, engines=ENGINES, voices=lambda _: MANY)
    again = cast_script(script, casting_config, MANY)
    assert (again.narrator, again.unknown) == (cast.narrator, cast.unknown)
    spoken = {line.speaker for line in script.lines()}
    for one, other in zip(cast.parts, again.parts, strict=True):
        assert one.voice == other.voice or one.speaker not in spoken
    assert write_speakers(file, script, again, casting_config) == ()


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(
    scripts(most=4),
    st.lists(
        st.sampled_from(
            [
                "# remark",
                "",
                "[pauses]\nline = 3",
                "[speakers]",
                "[speakers.Zoe]\nvoice = 'x'",
                '[pronunciations]\n"a.b" = """\n[speakers.fake]\n"""',
                "[pools]\nfemale = [\n'x', # [speakers.X]\n]",
                "   # indented",
            ]
        ),
        unique=True,
    ),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_every_existing_byte_is_kept(script: Script, pieces: list[str], newline: str, ends: bool) -> None:
    text = newline.join(pieces).replace("\r\n", "\n").replace("\n", newline) + (newline if ends else "")
    after, added = add_speakers(text, script, cast_script(script, PLAIN, MANY), PLAIN)
    if not added:
        assert after == text
        return
    same = next((n for n, (a, b) in enumerate(zip(text, after, strict=False)) if a != b), len(text))
    assert after.endswith(text[same:])
    data, was = tomllib.loads(after), tomllib.loads(text)
    assert {k: v for k, v in data.items() if k != "speakers"} == {k: v for k, v in was.items() if k != "speakers"}
    assert data["speakers"].items() >= was.get("speakers", {}).items()


def test_a_character_who_narrates_keeps_the_narrators_voice(tmp_path: Path) -> None:
    script = script_from("narrator: Jane\nJane (female)\nAdele (female)\n--\n> I wept.\nJane: Oh.\nAdele: Ah.")
    file = tmp_path / "jane.voices.toml"
    write(file, script)
    tables = tomllib.loads(file.read_text())["speakers"]
    assert "voice" not in tables["Jane"]
    assert "voice" in tables["Adele"]


def test_speakers_on_one_line_are_refused_and_the_file_is_unchanged(tmp_path: Path) -> None:
    file = tmp_path / "emma.voices.toml"
    file.write_text('speakers = { Zoe = "Ada" }\n')
    with pytest.raises(VoicesError, match=r"\[speakers.NAME\]"):
        write(file)
    assert file.read_text() == 'speakers = { Zoe = "Ada" }\n'


def test_short_and_dotted_speakers_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "emma.voices.toml"
    file.write_text('speakers.Emma.voice = "Ada"\nspeakers.knightley = "Ben"\n')
    assert write(file) == ('Mr. "Odd" \\ Name',)
    assert tomllib.loads(file.read_text())["speakers"].keys() == {"Emma", "knightley", 'Mr. "Odd" \\ Name'}


def test_a_folder_without_write_permission_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(VoicesError, match="cannot be written"):
        write(tmp_path / "no" / "such" / "folder.toml")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_permissions_and_symbolic_links_are_kept(tmp_path: Path) -> None:
    real, link = tmp_path / "real.toml", tmp_path / "emma.voices.toml"
    real.write_text("")
    real.chmod(0o640)
    link.symlink_to(real)
    write(link)
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert "[speakers.Emma]" in real.read_text()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["emma.voices.toml", "real.toml"]


def test_half_a_surrogate_pair_is_left_out(tmp_path: Path) -> None:
    script = script_from("Em\ud800ma (female)\nBo (male)\n--\nEm\ud800ma: Hm.\nBo: Ha \udc00.")
    assert write(tmp_path / "x.toml", script) == ("Bo",)


def test_a_title_cannot_break_out_of_its_comment() -> None:
    script = script_from("Bo (male)\n--\nBo: Ha.")
    script = replace(script, facts=replace(script.facts, title='A\n[narrator]\r\x00{narrator} "B"'))
    text = new_file_text(script, cast_script(script, PLAIN, FEW), PLAIN)
    assert tomllib.loads(text).keys() == {"narrator", "speakers", "pronunciations"}


def test_rows_have_line_and_word_counts_and_confidence() -> None:
    rows = list_speakers(SKETCH, cast_script(SKETCH, PLAIN, FEW))
    assert [(row.name, row.lines, row.words) for row in rows][:2] == [(NARRATOR, 1, 1), ("Emma", 1, 2)]
    assert rows[1].confidence == pytest.approx(0.9)
    assert rows[1].doubtful == 0
    assert rows[1].sample == "Good morning."


def test_a_sample_is_one_line_of_medium_length() -> None:
    long = "word " * 60
    script = script_from(
        f"Bo (male)\n--\nBo: Ha.\nBo: {long}\nBo: I shall be there at nine, whatever the weather may be like."
    )
    row = list_speakers(script, cast_script(script, PLAIN, FEW))[0]
    assert row.sample == "I shall be there at nine, whatever the weather may be like."
    only_long = script_from(f"Bo (male)\n--\nBo: {long}")
    sample = list_speakers(only_long, cast_script(only_long, PLAIN, FEW))[0].sample
    assert len(sample) <= 97
    assert sample.endswith("word…")
