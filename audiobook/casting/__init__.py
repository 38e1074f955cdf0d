"""Script + voices files → Cast: a voice for every speaker.

config          what the voices files ask for, as typed values
loading         which voices files apply to a book, and their settings as one config
voices_file     one file, checked table by table
toml_document   a TOML file with the place of each key; toml_lines: the line numbers
audio_files     the files that [sounds] and [recordings] name
validation      what a value may be, and what is wrong with a file
names           which speaker, engine or voice a name means
speaker_groups  who counts as one speaker, who is a main character, who talks to whom
pools           the voices that fit a speaker, in the order in which they are tried
choosing        a voice for every speaker
listing         the cast as a table
write_back      the book's speakers added to its voices file
"""

from audiobook.casting.choosing import cast_script
from audiobook.casting.config import (
    SOUND_PLACES,
    CastingConfig,
    Pools,
    RecordingsChoice,
    SoundChoice,
    SpeakerChoice,
    VoiceChoice,
)
from audiobook.casting.listing import SpeakerRow, speaker_rows
from audiobook.casting.loading import find_voices_file, own_voices_file, read_casting_config, shipped_voices_file
from audiobook.casting.names import unused_speakers, voice_named
from audiobook.casting.pools import voice_from
from audiobook.casting.write_back import write_speakers

__all__ = [
    "SOUND_PLACES",
    "CastingConfig",
    "Pools",
    "RecordingsChoice",
    "SoundChoice",
    "SpeakerChoice",
    "SpeakerRow",
    "VoiceChoice",
    "cast_script",
    "find_voices_file",
    "own_voices_file",
    "read_casting_config",
    "shipped_voices_file",
    "speaker_rows",
    "unused_speakers",
    "voice_from",
    "voice_named",
    "write_speakers",
]
