"""Symbols, abbreviations with a slash, compass points, web addresses and file names, as they are spoken in English."""

from audiobook.languages.tables import words

SYMBOLS = {
    "&": "and",
    "%": "percent",
    "+": "plus",
    "=": "equals",
    "@": "at",
    "#": "number",
    "°": "degrees",
    "×": "times",
    "÷": "divided by",
    "±": "plus or minus",
    "≈": "about",
    "~": "about",
    "²": "squared",
    "³": "cubed",
    "^": "to the power of",
    "≠": "does not equal",
    "≤": "at most",
    "≥": "at least",
    "§§": "sections",
    "§": "section",
    "©": "copyright",
    "√": "the square root of",
    "π": "pi",
    "∞": "infinity",
    "−": "minus",
    "$": "dollars",
    "£": "pounds",
    "€": "euros",
    "¥": "yen",
    "¢": "cents",
}
SLASHED = {"c/o": "care of", "w/": "with", "w/o": "without", "n/a": "not applicable"}
COMPASS = {"N": " north", "S": " south", "E": " east", "W": " west"}


MARKS = {".": "dot", "@": "at", "/": "slash", "-": "dash", "_": "underscore", ":": "colon", "?": "question mark"} | {
    "=": "equals",
    "&": "and",
    "#": "hash",
    "%": "percent",
    "+": "plus",
    "~": "tilde",
    "!": "exclamation mark",
    ",": "comma",
    ";": "semicolon",
    "\\": "backslash",
}
# Endings of addresses and file names that are spelled, and endings that are spoken as words.
LETTERED = words(
    """
    uk de fr ca au nz us eu es ch se pl jp cn ru br tv io ai
    html htm xml css csv pdf jpg png svg php exe gz py js ts md mp wav avi sql rtf txt ppt pptx xls xlsx iso
    """
)
SAID = {"docx": "doc x", "epub": "e pub"}
NAMES = {"C++": "C plus plus", "C#": "C sharp", "F#": "F sharp", ".NET": "dot net", "Node.js": "Node dot J S"} | {
    "AT&T": "A T and T",
    "youtu.be": "youtu dot be",
}
