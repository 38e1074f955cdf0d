"""English words that tell how old a person is, as alternatives of patterns."""

WHO_IS = ",| was| is|, who was| was only| was just"
ALMOST = "only |just |about |nearly |almost |barely "
PERSONS = "boy|girl|child|lad|man|woman|lady|gentleman"
CHILDREN = "(?:little|small|tiny|ragged) (?:boy|girl|child)|child|toddler|schoolboy|schoolgirl"
OLD_PEOPLE = "(?:old|elderly|aged) (?:man|woman|lady|gentleman)|grandmother of|grandfather of"
OLD = "old|aged|elderly|ancient|gr[ae]y-haired|white-haired|white-bearded"
NOT_OLD = r"friend|fellow|chap|boy|girl|lad|servant|master|school\w*"  # behind "old", which here is no age
