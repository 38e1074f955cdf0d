"""The casting room: a script and a voices file in, a voice for everybody out.

finding     which voices file directs a book
reading     voices files → Direction: sheets (TOML, positions), layers (tables, checking, naming), complaints
choosing    Script + Direction → Cast: matching (names), company (who talks to whom), pooling (voices that fit)
rows        the cast as a table
writing     the book's speakers added to its voices file
"""

from audiobook.casting.choosing import cast_script
from audiobook.casting.config import Direction, Pools, SpeakerChoice, VoiceChoice
from audiobook.casting.listing import SpeakerRow, speaker_rows
from audiobook.casting.loading import find_voices_file, own_voices_file, read_direction, shipped_voices_file
from audiobook.casting.names import unused_speakers, voice_named
from audiobook.casting.pools import voice_from
from audiobook.casting.write_back import write_speakers

__all__ = [
    "Direction",
    "Pools",
    "SpeakerChoice",
    "SpeakerRow",
    "VoiceChoice",
    "cast_script",
    "find_voices_file",
    "own_voices_file",
    "read_direction",
    "shipped_voices_file",
    "speaker_rows",
    "unused_speakers",
    "voice_from",
    "voice_named",
    "write_speakers",
]
