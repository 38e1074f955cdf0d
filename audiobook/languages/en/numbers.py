"""English numbers in words."""

from audiobook.languages.contract import NumberWords
from audiobook.languages.tables import words

NUMBERS = NumberWords(
    small=words(
        """
        zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen
        """
    ),
    tens=words("twenty thirty forty fifty sixty seventy eighty ninety"),
    tens_joint="-",
    hundred="hundred",
    scales=words("thousand million billion trillion quadrillion"),
    last_joint=" and ",
)
ORDINALS = {  # irregular
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
FRACTIONS = {2: "half", 4: "quarter"}  # denominators whose name is not an ordinal
