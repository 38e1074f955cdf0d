"""Make file names from titles. The names are valid on every system and cannot leave their folder."""

import re
import unicodedata

_MOST_BYTES = 120  # of the stem; file systems allow 255 bytes, sync services and old players fewer

_FORBIDDEN = re.compile(r'[<>"/\\|?*\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+')
_COLON = re.compile(r"\s*:\s*")
_BLANKS = re.compile(r"\s+")
_RESERVED = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³])\s*(\..*)?", re.IGNORECASE
)  # names that Windows reserves


def safe_name(title: str, fallback: str = "Untitled") -> str:
    """A file stem made from `title`, valid on Windows, macOS and Linux; `fallback` if nothing of it can be kept."""
    name = unicodedata.normalize("NFC", title)
    name = _COLON.sub(" - ", _FORBIDDEN.sub(" ", name))
    name = _truncate(_BLANKS.sub(" ", name).strip(" ."), _MOST_BYTES).rstrip(" .")
    if not name:
        return fallback
    return f"_{name}" if _RESERVED.fullmatch(name) else name


def numbered_name(number: int, title: str, last: int, suffix: str = ".mp3") -> str:
    """`01 - The Title.mp3`, with as many digits as the last number needs, so that names sort in order."""
    digits = max(2, len(str(last)))
    return f"{number:0{digits}d} - {safe_name(title)}{suffix}"


def _truncate(text: str, most: int) -> str:
    """Truncate the text to at most `most` bytes of UTF-8, at a character boundary."""
    return text.encode()[:most].decode(errors="ignore")
