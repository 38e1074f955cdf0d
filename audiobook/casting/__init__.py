"""Choose a voice for every speaker: script + voices files → Cast.

config          the settings of the voices files, as typed values
loading         finds the voices files that apply to a book, and merges them
voices_file     reads one file, table by table
toml_document   a parsed TOML file with line numbers and the problems found in it
toml_lines      finds the line number of each key
audio_files     checks the files named in [sounds] and [recordings]
validation      checks of values, and error messages
names           finds the speaker, engine or voice that a name refers to
speaker_groups  groups characters that share a voice; finds main characters and who talks to whom
passages        the voices for passages in another language than the book
pools           the voices that suit a speaker, in order of preference
choosing        assigns a voice to every speaker
listing         the cast as a table
write_back      adds the speakers of a book to its voices file
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
from audiobook.casting.listing import SpeakerRow, list_speakers
from audiobook.casting.loading import find_shipped_voices_file, find_voices_file, own_voices_file, read_casting_config
from audiobook.casting.names import find_unused_speakers, find_voice
from audiobook.casting.pools import make_voice
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
    "find_shipped_voices_file",
    "find_unused_speakers",
    "find_voice",
    "find_voices_file",
    "list_speakers",
    "make_voice",
    "own_voices_file",
    "read_casting_config",
    "write_speakers",
]
