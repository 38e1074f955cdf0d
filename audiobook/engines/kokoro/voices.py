"""The English voices of Kokoro-82M v1.0, with the grades given by the model's authors.

Grades and names are from the model's list of voices (hexgrad/Kokoro-82M, VOICES.md). The digests are of each voice's
style table as little-endian float32, so a voice pack can be verified whatever file it comes in.
"""

from dataclasses import dataclass

from audiobook.model.cast import VoiceFacts
from audiobook.model.script import Age, Gender

ENGINE = "kokoro"
_GRADES = ("A", "A-", "B-", "C+", "C", "C-", "D+", "D", "D-", "F+")  # the best first
_ACCENTS = {"a": ("en-US", "American"), "b": ("en-GB", "British")}
_GENDERS: dict[str, Gender] = {"f": "female", "m": "male"}


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleFacts:
    """What is known about one voice."""

    grade: str  # by the model's authors, "A" to "F+"
    digest: str  # SHA-256 of the style table
    age: Age = "adult"
    about: str = ""  # the most noticeable property of the voice


STYLES = {
    "af_alloy": StyleFacts(
        grade="C",
        digest="c4a6b876047fd7fb472edf4ebd63cfac7c3b958a7cae7c106e8f038ca6308c45",
    ),
    "af_aoede": StyleFacts(
        grade="C+",
        digest="4a004c33430762e2461eedb2013fad808ef4ab3121f5300f554476caf58d8361",
    ),
    "af_bella": StyleFacts(
        grade="A-",
        digest="f69d836209b78eb8c66e75e3cda491e26ea838a3674257e9d4e5703cbaf55c8b",
    ),
    "af_heart": StyleFacts(
        grade="A",
        digest="d583ccff3cdca2f7fae535cb998ac07e9fcb90f09737b9a41fa2734ec44a8f0b",
    ),
    "af_jessica": StyleFacts(
        grade="D",
        digest="a240a5e3c15b43563d6e923bdca8ef5613a23471d9b77653694012435df23bd8",
    ),
    "af_kore": StyleFacts(
        grade="C+",
        digest="9be5221b6a941c04b561959b8ff0b06e809444dcc4ab7e75a7b23606f691819e",
    ),
    "af_nicole": StyleFacts(
        grade="B-",
        digest="cd2191ab31b914ed7b318416b0e4440fdf392ddad9106a060819aa600a64f59a",
        about="close to a whisper",
    ),
    "af_nova": StyleFacts(
        grade="C",
        digest="18778272caa0d0eebaea251c35fd635f038434f9eee5e691d02a174bd328414f",
    ),
    "af_river": StyleFacts(
        grade="D",
        digest="00a2bcf82b1d86e8f19902ede58c65ccf6c0e43b44b7d74fad54e5d8933c9c30",
    ),
    "af_sarah": StyleFacts(
        grade="C+",
        digest="4409fbc125afabacc615d94db5398d847006a737b0247d6892b7a9a0007a2f0a",
    ),
    "af_sky": StyleFacts(
        grade="C-",
        digest="4435255c9744f3f31659e0d714ab7689bf65d9e77ec1cce060f083912614f0b9",
    ),
    "am_adam": StyleFacts(
        grade="F+",
        digest="162b035ed91cfc48b6046982184c645f72edcdd1b82843347f605d7bf7b15716",
    ),
    "am_echo": StyleFacts(
        grade="D",
        digest="3968b92c3c4cd1c4416dbded36c13eaa388a90d5788d02a13e4d781f5f8cf3c3",
    ),
    "am_eric": StyleFacts(
        grade="D",
        digest="e8b5be17edd1e3636901ce7598baafe2dc8dd8ff707a0c23bf9e461add7e2832",
    ),
    "am_fenrir": StyleFacts(
        grade="C+",
        digest="c27989f741f7ee34d273a39d8a595cc0837d35f5ced9a29b7cc162614616df43",
    ),
    "am_liam": StyleFacts(
        grade="D",
        digest="52403be32fd047c6a44517cb0bcd6b134f2a18baa73e70ef41651e0eab921ade",
    ),
    "am_michael": StyleFacts(
        grade="C+",
        digest="1d1f21dd8da39c30705cd4c75d039d265e9bc4a2a93ed09bc9e1b1225eb95ba1",
    ),
    "am_onyx": StyleFacts(
        grade="D",
        digest="da5d135b424164916d75a68ffb4c2abce3d7d5ccc82dd1ee6cf447ce286145e6",
    ),
    "am_puck": StyleFacts(
        grade="C+",
        digest="fcf73c989033e9233e0b98713eca600c8c74dcc1614b37009d5450ff4a2274a0",
    ),
    "am_santa": StyleFacts(
        grade="D-",
        digest="61150cf726ab6c5ed7a99f90a304f91f5a72c00c592e89ec94e5df11c319227a",
        age="old",
    ),
    "bf_alice": StyleFacts(
        grade="D",
        digest="08afa6ba24da61ea5e8efa139e5aadc938d83f0a6da5a900adaf763ac1da5573",
    ),
    "bf_emma": StyleFacts(
        grade="B-",
        digest="669fe0647f9dd04fcab92f1439a40eeb4c8b4ab1f82e4996fe3d918ce4a63b73",
    ),
    "bf_isabella": StyleFacts(
        grade="C",
        digest="3754352c4aaa46d17f27654ab7518d65b62ad6163a0f55a5f4330c2da2c4e94f",
    ),
    "bf_lily": StyleFacts(
        grade="D",
        digest="5e0ee32ebe64a467124976b14e69590746f1c4ce41a12b587a50c862edfea335",
    ),
    "bm_daniel": StyleFacts(
        grade="D",
        digest="6b3194bbceffb746733cbc22c8f593dd44e401a71d53895a2dca891bc595a1e8",
    ),
    "bm_fable": StyleFacts(
        grade="C",
        digest="f889083196807b4adb15e9204252165f503b8d33d3982e681c52443c49d798f1",
    ),
    "bm_george": StyleFacts(
        grade="C",
        digest="c4b235a4c1f2cd3b939fed08b899ce9385638b763f7b73a59616c4fc9bd6c9bc",
    ),
    "bm_lewis": StyleFacts(
        grade="D+",
        digest="b8f671cef828c30e66fdf0b0756a76bba58f6bb3398cbbf27058642acbcedb97",
    ),
}


def voice_facts(name: str) -> VoiceFacts:
    """A voice for casting and listings. For a name that is not in the table, the first two letters are used."""
    style = STYLES.get(name)
    language, accent = _ACCENTS[name[0]]
    gender = _GENDERS[name[1]]
    about = f"{accent}, grade {style.grade}" if style else accent
    if style and style.about:
        about = f"{about}, {style.about}"
    return VoiceFacts(
        engine=ENGINE,
        name=name,
        language=language,
        gender=gender,
        age=style.age if style else "adult",
        rank=_GRADES.index(style.grade) if style else len(_GRADES),
        description=about,
    )


def is_english(name: str) -> bool:
    """Whether a name in a voice pack is that of an English voice: it begins with `af_`, `am_`, `bf_` or `bm_`."""
    return len(name) > 3 and name[0] in _ACCENTS and name[1] in _GENDERS and name[2] == "_"
