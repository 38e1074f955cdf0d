"""Read the properties of a Piper voice from its file name and description.

A name is LANGUAGE-DATASET-QUALITY: `en_US-joe-medium`. Descriptions do not give a gender; the table has it for known
datasets.
"""

from collections.abc import Mapping
from typing import Any

from audiobook.model.cast import VoiceFacts
from audiobook.model.script import Gender

ENGINE = "piper"
_QUALITIES = ("high", "medium", "low", "x_low")  # the best first
_MULTI_SPEAKER_PENALTY = 10  # added to the rank of each speaker in a file with many, whose recordings are worse

_GENDERS: dict[Gender, tuple[str, ...]] = {
    "female": (
        "alba", "amy", "cori", "hfc_female", "jenny_dioco", "kathleen", "kristin", "lessac", "ljspeech",
        "southern_english_female",
    ),
    "male": (
        "alan", "bryce", "danny", "hfc_male", "joe", "john", "kusal", "norman", "northern_english_male", "reza_ibrahim",
        "ryan",
    ),
}  # fmt: skip


def voice_facts(stem: str, speaker: str | None, config: Mapping[str, Any]) -> VoiceFacts:
    """A voice for casting and listings, from its file name without the suffix and its description."""
    language, _, rest = stem.partition("-")
    dataset, _, quality = rest.rpartition("-")
    described = config.get("language")
    code = described.get("code") if isinstance(described, Mapping) else None
    spoken = str(code or (language if rest else "") or config.get("espeak", {}).get("voice", "en"))
    quality = quality if quality in _QUALITIES else str(config["audio"].get("quality", ""))
    rank = _QUALITIES.index(quality) if quality in _QUALITIES else len(_QUALITIES)
    return VoiceFacts(
        engine=ENGINE,
        name=stem if speaker is None else f"{stem}#{speaker}",
        language=spoken.replace("_", "-"),
        gender=_gender(dataset),
        rank=rank if speaker is None else rank + _MULTI_SPEAKER_PENALTY,
        description=f"{quality} quality" if quality else "",
    )


def _gender(dataset: str) -> Gender | None:
    return next((gender for gender, datasets in _GENDERS.items() if dataset in datasets), None)
