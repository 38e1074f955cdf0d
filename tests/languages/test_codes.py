"""What files and people call a language is read as a BCP 47 tag."""

import pytest

from audiobook.errors import UsageError
from audiobook.languages.codes import get_language_name, is_spoken_by, normalize_language, require_language


@pytest.mark.parametrize(
    ("stated", "tag"),
    [
        ("en", "en"), ("eng", "en"), ("English", "en"), ("ENGLISH", "en"), ("en_us", "en-US"), ("en-US", "en-US"),
        ("English (UK)", "en"), ("English and French", "en"), ("en_US.UTF-8", "en-US"), ("en-gb-x-rp", "en-GB-x-rp"),
        ("fre", "fr"), ("fra", "fr"), ("français", "fr"), ("ger", "de"), ("deu", "de"), ("Deutsch", "de"),
        ("iw", "he"), ("in", "id"), ("ji", "yi"), ("mo", "ro"), ("no", "nb"), ("nor", "nb"), ("Norwegian", "nb"),
        ("zh-cn", "zh-CN"), ("chi", "zh"), ("cmn", "zh"), ("zh-cmn-Hans", "zh-Hans"), ("zh-yue", "yue"), ("中文", "zh"),
        ("jpn", "ja"), ("日本語", "ja"), ("per", "fa"), ("arb", "ar"), ("Русский", "ru"), ("Ελληνικά", "el"),
        ("sr-Latn-RS", "sr-Latn-RS"), ("tlh", "tlh"), (" de ", "de"),
    ],
)  # fmt: skip
def test_a_language_is_understood_however_it_is_stated(stated: str, tag: str) -> None:
    assert normalize_language(stated) == tag


@pytest.mark.parametrize("stated", ["", "und", "mul", "x-none", "zxx", "none", "Unknown", "xx", "Elvish", "-"])
def test_what_names_no_language_states_none(stated: str) -> None:
    assert normalize_language(stated) == ""


@pytest.mark.parametrize(
    ("language", "voice"), [("zh-CN", "cmn"), ("nb", "nb"), ("no", "nb"), ("nn", "nb"), ("sh", "hr"), ("la", "mul")]
)
def test_a_voice_speaks_its_language_whatever_the_code(language: str, voice: str) -> None:
    assert is_spoken_by(language, voice)


@pytest.mark.parametrize(("language", "voice"), [("yue", "cmn"), ("en", "enm"), ("eng", "af"), ("da", "nb")])
def test_a_voice_does_not_speak_another_language(language: str, voice: str) -> None:
    assert not is_spoken_by(language, voice)


def test_a_language_that_a_person_asks_for_must_exist() -> None:
    assert require_language("Japanese") == "ja"
    with pytest.raises(UsageError, match="Elvish"):
        require_language("Elvish")


def test_a_language_has_an_english_name() -> None:
    names = {tag: get_language_name(tag) for tag in ("pt-BR", "cmn", "tlh")}
    assert names == {"pt-BR": "Portuguese", "cmn": "Chinese", "tlh": "tlh"}
