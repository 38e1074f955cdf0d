"""Capital and small letters of all scripts that have both, for patterns of names."""

_BLOCKS = (range(0xC0, 0x588), range(0x10A0, 0x1100), range(0x1E00, 0x2000))  # Latin, Greek, Cyrillic, Armenian …

# The inside of a character class: Łukasz, Šárka, Ștefan, Émile, Иван and Άννα begin with one of these.
OTHER_CAPITALS = "".join(chr(code) for block in _BLOCKS for code in block if chr(code).isupper())
CAPITALS = f"A-Z{OTHER_CAPITALS}"
SMALL_LETTERS = "a-z" + "".join(chr(code) for block in _BLOCKS for code in block if chr(code).islower())
