"""English spellings of sounds and hesitations: censored words, interjections, stutters, words with a double letter."""

from audiobook.languages.tables import words

CENSORED = {
    "d—n": "damn",
    "d—d": "damned",
    "d—l": "devil",
    "d—mn": "damn",
    "h—l": "hell",
    "g—d": "God",
    "b—h": "bitch",
    "b—y": "bloody",
    "s—t": "shit",
    "f—k": "fuck",
}
# Sounds that an engine would spell letter by letter.
SOUNDS = {
    "brr": "burr",
    "grr": "gurr",
    "hm": "hmm",
    "mm": "hmm",
    "pff": "puff",
    "pfft": "pift",
    "pshaw": "shaw",
    "sh": "shush",
    "shh": "shush",
    "ssh": "shush",
    "sshh": "shush",
    "tsk": "tisk",
    "zz": "zuzz",
}
ALL_ONE_LETTER = {"a": "ah", "e": "eek", "i": "ee", "o": "ooh", "u": "ooh", "y": "why", "h": "huh", "r": "gurr"}
STUTTERED = {letter: f"{letter}uh" for letter in "bdfgjklmnprstvwyz"} | {
    "c": "kuh",
    "h": "huh",
    "q": "kuh",
    "th": "thuh",
    "sh": "shuh",
    "ch": "chuh",
    "wh": "whuh",
}
# Words that begin with a separate letter but are not a stutter.
LETTER_WORDS = frozenset(
    words("d-day h-hour t-test t-tests s-shaped c-class c-clamp b-ball b-boy b-boys p-plate p-plates")
)
# Words with a double letter, which must remain when a stretched word is shortened.
DOUBLED = frozenset(
    words(
        """
    ahoy ball bee been bell boo book boom boss call cheer cool dee deep fall feel feet fell food fool free full
    good goodbye green hall hell hello hoot keep kill kiss knee less look loose loot mess meet miss moo moon nee
    need off ooh pass peek pee please pool poor pull puss roll room seem see seen sheep shoot sleep small soon
    spoon steep stood street sweet tall tee tell three too took tree week wee gee eek geek weep well whee wheel
    will woo wood wool yell zoo zoom
    """
    )
)
# Each text with such a sound contains one of these. Searching for them is faster than matching the sound.
SOUND_HINTS = (
    "shh",
    "ssh",
    "brr",
    "grr",
    "hm",
    "pff",
    "pshaw",
    "tsk",
    " mm",
    " zz",
    "sh!",
    "sh,",
    "sh.",
    "sh-",
    "sh—",
    "sh…",
)
