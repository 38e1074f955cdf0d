"""Numbers in the forms in which word processors show them."""

_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_WORDS = tuple(
    "Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen Sixteen Seventeen "  # noqa: SIM905
    "Eighteen Nineteen".split()
)
_TENS = ("", "", "Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety")


def write_number(value: int, form: str) -> str:
    """A number in one of Word's forms: "decimal", "upperRoman", "cardinalText"; other forms as digits."""
    if form in {"upperRoman", "lowerRoman"} and 0 < value < 4000:
        return _write_roman(value) if form == "upperRoman" else _write_roman(value).lower()
    if form in {"upperLetter", "lowerLetter"} and value > 0:
        letter = chr(ord("A") + (value - 1) % 26) * min((value - 1) // 26 + 1, 9)
        return letter if form == "upperLetter" else letter.lower()
    if form == "cardinalText" and 0 <= value < 100:
        tens, ones = divmod(value, 10)
        return _WORDS[value] if value < 20 else _TENS[tens] + (f"-{_WORDS[ones].lower()}" if ones else "")
    return str(value)


def _write_roman(value: int) -> str:
    digits = []
    for size, sign in _ROMAN:
        digits.append(sign * (value // size))
        value %= size
    return "".join(digits)
