"""Effects of other packages, written with pydub and applied to every segment."""

import importlib
from collections.abc import Callable
from pathlib import Path

import pytest

from audiobook.errors import EngineError, UsageError
from audiobook.mixing import effects
from audiobook.model.request import BuildResult
from tests.sounds import decoded

Build = Callable[..., BuildResult]

MODULE = """
def soft(segment):
    return segment - 6

def loud(segment):
    return segment + 30

def short(segment):
    return segment[:-100]

def stereo(segment):
    return segment.set_channels(2)

def silly(segment):
    return segment.raw_data

def broken(segment):
    raise RuntimeError("no such filter")
"""
NAMES = ("soft", "loud", "short", "stereo", "silly", "broken")


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Installs a package with effects, in a version."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))
    (site / "some_effects.py").write_text(MODULE, encoding="utf-8")
    entries = "".join(f"{name} = some_effects:{name}\n" for name in NAMES)

    def install_it(version: str) -> None:
        for old in site.glob("*.dist-info"):
            old.rename(tmp_path / old.name)
        info = site / f"some_effects-{version}.dist-info"
        info.mkdir()
        text = f"Metadata-Version: 2.1\nName: some-effects\nVersion: {version}\n"
        (info / "METADATA").write_text(text, encoding="utf-8")
        (info / "entry_points.txt").write_text(f"[{effects.ENTRY_POINTS}]\n{entries}", encoding="utf-8")
        importlib.invalidate_caches()
        effects._function.cache_clear()

    install_it("1.0")
    return install_it


def peak(result: BuildResult) -> int:
    return max(map(abs, decoded(result.files[0], result.sample_rate)))


def test_an_effect_changes_every_segment_and_is_part_of_its_key(built: Build, install: Callable[[str], None]) -> None:
    plain = built()
    loudness = peak(plain)
    soft = built(effects=("soft",))
    assert peak(soft) == pytest.approx(loudness / 2, rel=0.05)
    assert (soft.report.recorded, soft.report.encoded) == (0, plain.report.encoded)
    assert soft.report.ledger.balanced
    assert built(effects=("soft",)).report.encoded == 0
    install("1.1")
    assert built(effects=("soft",)).report.encoded == plain.report.encoded
    assert built().report.encoded == 0


def test_no_sample_passes_the_ceiling_after_an_effect(built: Build, install: Callable[[str], None]) -> None:
    from audiobook.mixing.audio_segments import audio_segment

    loud = audio_segment(b"\x00\x20" * 4_000, 22_050)
    assert effects.apply_effects(loud, ("loud",), -6.0).max <= 32_768 * 10 ** (-6 / 20)


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("short", "changed the length"),
        ("stereo", "or the format of a segment"),
        ("silly", "returned a bytes instead of an AudioSegment"),
        ("broken", "failed: RuntimeError: no such filter"),
    ],
)
def test_an_effect_that_breaks_its_contract_is_named(
    built: Build, install: Callable[[str], None], name: str, complaint: str
) -> None:
    with pytest.raises(EngineError, match=f"the effect '{name}' .*{complaint}"):
        built(effects=(name,))


def test_an_effect_that_is_not_installed_is_told_before_anything_is_spoken(
    built: Build, story: Path, install: Callable[[str], None]
) -> None:
    with pytest.raises(UsageError, match="there is no effect 'sofd'") as caught:
        built(effects=("sofd",))
    assert caught.value.hint == "did you mean 'soft'?"
    assert not story.with_suffix(".mp3").exists()
