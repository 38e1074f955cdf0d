"""Fuzz voices.toml: reading, error messages and writing."""

import tomllib
from codecs import BOM_UTF8
from pathlib import Path

from audiobook.casting import cast_script, read_casting_config, write_speakers
from audiobook.errors import VoicesError
from tests.casting.fakes import ENGINES, FEW, list_voices, script_from
from tests.conftest import ROOT
from tools.fuzz.mutation import mutator
from tools.fuzz.parsers import Parser, cases

_SCRIPT = script_from(
    "Emma (female) = Em\nMr. K (male)\nKit (male child)\n--\nEmma: Yes.\n> It rained.\nMr. K: No.\nKit: Oh.\n?: Who?"
)
_WORDS = (
    *("[speakers]\n", "[speakers.Emma]\n", '[speakers."Mr. K"]\n', "[[speakers]]\n", "[narrator]\n", "[defaults]\n"),
    *("[pools]\n"),
    *("[pauses]\n", "[pronunciations]\n", 'voice = "Ada"\n', "rate = 150\n", "pitch = 40\n", "volume = 0.5\n"),
    *("volume = nan\n"),
    *('engine = "tone"\n', 'language = "de"\n', 'gender = "female"\n', 'age = "child"\n', 'aliases = ["Em"]\n'),
    *("line = 3\n"),
    *('"Oona" = "OO-nah"\n', '{ say = "x", match_case = true }', 'unknown = "narrator"\n'),
    *('female = ["Ada", {voice="Cleo"}]\n'),
    *("= 1e400\n", "= -inf\n", "= 1979-05-27T07:32:00Z\n", "= 0xFFFFFFFFFFFF\n", "= '''", '= """', "[" * 9, "{a={"),
    *(".", "=", ",", "#"),
    *("Emma.x = 1\n", "speakers.Emma.voice = 'Ada'\n", "\\u0000", "\\U0010FFFF", '"\\"', "''", '""', "true", "[]"),
    *("{}", "]", "}"),
)  # fmt: skip


def _voices(data: bytes, folder: Path) -> None:
    file = folder / "voices.toml"
    file.write_bytes(data)
    casting_config = read_casting_config(file, engines=ENGINES, voices=list_voices)
    cast = cast_script(_SCRIPT, casting_config, FEW)
    added = write_speakers(file, _SCRIPT, cast, casting_config)
    after = file.read_bytes()
    kept = iter(after.removeprefix(BOM_UTF8).splitlines())
    assert all(line in kept for line in data.removeprefix(BOM_UTF8).splitlines()), "a line of the file was lost"
    if added:
        tomllib.loads(after.decode("utf-8-sig"))
        again = read_casting_config(file, engines=ENGINES, voices=list_voices)
        assert write_speakers(file, _SCRIPT, cast_script(_SCRIPT, again, FEW), again) == ()


def _seeds() -> list[bytes]:
    every = "".join(_WORDS).encode()
    return [(ROOT / "voices.toml").read_bytes(), every, b"\xef\xbb\xbf[narrator]\r\nvoice='Ada'\r\n", *cases("casting")]


PARSERS = {
    "voices": Parser(seeds=_seeds, mutate=mutator(_WORDS, _seeds()), run=_voices, declared=(VoicesError,)),
}
