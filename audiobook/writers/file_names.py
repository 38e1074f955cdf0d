"""File names from titles: safe on every system, never a way out of a folder."""

import re
import unicodedata

_MOST_BYTES = 120  # of a name's stem; file systems take 255, sync services and old players less

_FORBIDDEN = re.compile(r'[<>"/\\|?*\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+')
_COLON = re.compile(r"\s*:\s*")
_BLANKS = re.compile(r"\s+")
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³])\s*(\..*)?", re.IGNORECASE)  # by Windows


def safe_name(title: str, fallback: str = "Untitled") -> str:
    """A file's stem that says `title`, for Windows, macOS and Linux alike; `fallback` where nothing is left of it."""
    name = unicodedata.normalize("NFC", title)
    name = _COLON.sub(" - ", _FORBIDDEN.sub(" ", name))
    name = _clipped(_BLANKS.sub(" ", name).strip(" ."), _MOST_BYTES).rstrip(" .")
    if not name:
        return fallback
    return f"_{name}" if _RESERVED.fullmatch(name) else name


def numbered_name(number: int, title: str, last: int, suffix: str = ".mp3") -> str:
    """`01 - The Title.mp3`, with as many digits as the last number needs, so that names sort in order."""
    digits = max(2, len(str(last)))
    return f"{number:0{digits}d} - {safe_name(title)}{suffix}"


def _clipped(text: str, most: int) -> str:
    """As much of the text as fits into so many bytes of UTF-8, no character cut."""
    return text.encode()[:most].decode(errors="ignore")
