"""Voices files with the problems they should report, and scripts with their casts."""

from pathlib import Path

import pytest

from audiobook.casting import cast_script, find_unused_speakers, list_speakers, read_casting_config
from audiobook.errors import VoicesError
from tests.casting.fakes import ENGINES, FEW, list_voices, script_from
from tests.golden import check_golden, golden_cases


@pytest.mark.parametrize("case", golden_cases("casting/problems"), ids=lambda path: path.stem)
def test_every_problem_is_reported_with_its_line_and_similar_names(
    case: Path, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    def report_problems(given: str) -> str:
        file = tmp_path / "voices.toml"
        file.write_text(given, encoding="utf-8")
        try:
            read_casting_config(file, engines=ENGINES, voices=list_voices)
        except VoicesError as error:
            return error.message.replace(str(file), "voices.toml") + (f"\n({error.hint})" if error.hint else "")
        return "no problems"

    check_golden(case, report_problems, pytestconfig)


@pytest.mark.parametrize("case", golden_cases("casting/casts"), ids=lambda path: path.stem)
def test_a_script_gets_the_expected_cast(case: Path, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    def cast(given: str) -> str:
        toml, _, sketch = given.partition("\n==\n")
        file = tmp_path / "voices.toml"
        file.write_text(toml, encoding="utf-8")
        casting_config = read_casting_config(file, engines=ENGINES, voices=list_voices)
        script = script_from(sketch)
        chosen = cast_script(script, casting_config, FEW)
        rows = [
            f"{row.name}: {row.voice.engine} {row.voice.name} {row.voice.words_per_minute} {row.voice.pitch} "
            f"{row.voice.volume:g} ({row.reason})"
            for row in list_speakers(script, chosen)
        ]
        return "\n".join((*rows, *(f"unused: {name}" for name in find_unused_speakers(script, casting_config))))

    check_golden(case, cast, pytestconfig)
