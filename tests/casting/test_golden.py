"""Voices files and the complaints about them; sketches of books and their casts."""

from pathlib import Path

import pytest

from audiobook.casting import cast_script, read_casting_config, speaker_rows, unused_speakers
from audiobook.errors import VoicesError
from tests.casting.fakes import ENGINES, FEW, script_from, voices_of
from tests.golden import check_golden, golden_cases


@pytest.mark.parametrize("case", golden_cases("casting/complaints"), ids=lambda path: path.stem)
def test_every_mistake_is_named_with_its_line_and_the_nearest_right_name(
    case: Path, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    def complaints(given: str) -> str:
        file = tmp_path / "voices.toml"
        file.write_text(given, encoding="utf-8")
        try:
            read_casting_config(file, engines=ENGINES, voices=voices_of)
        except VoicesError as error:
            return error.message.replace(str(file), "voices.toml") + (f"\n({error.hint})" if error.hint else "")
        return "nothing to complain about"

    check_golden(case, complaints, pytestconfig)


@pytest.mark.parametrize("case", golden_cases("casting/casts"), ids=lambda path: path.stem)
def test_a_book_gets_its_cast(case: Path, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    def cast(given: str) -> str:
        toml, _, sketch = given.partition("\n==\n")
        file = tmp_path / "voices.toml"
        file.write_text(toml, encoding="utf-8")
        casting_config = read_casting_config(file, engines=ENGINES, voices=voices_of)
        script = script_from(sketch)
        chosen = cast_script(script, casting_config, FEW)
        rows = [
            f"{row.name}: {row.voice.engine} {row.voice.name} {row.voice.rate} {row.voice.pitch} {row.voice.volume:g}"
            f" ({row.reason})"
            for row in speaker_rows(script, chosen)
        ]
        return "\n".join((*rows, *(f"unused: {name}" for name in unused_speakers(script, casting_config))))

    check_golden(case, cast, pytestconfig)
