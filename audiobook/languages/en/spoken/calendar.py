"""English months, days and parts of years, and the words after a time of day."""

from audiobook.languages.tables import words

MONTHS = words(
    """
    January February March April May June July August September October November December
    """
)
SHORT_MONTHS = {
    "Jan": 0, "Feb": 1, "Mar": 2, "Apr": 3, "Jun": 5, "Jul": 6, "Aug": 7, "Sept": 8, "Sep": 8,
    "Oct": 9, "Nov": 10, "Dec": 11,
}  # fmt: skip
DAYS = {"Mon": "Monday", "Tues": "Tuesday", "Tue": "Tuesday", "Weds": "Wednesday", "Wed": "Wednesday"} | {
    "Thurs": "Thursday",
    "Thur": "Thursday",
    "Thu": "Thursday",
    "Fri": "Friday",
    "Sat": "Saturday",
    "Sun": "Sunday",
}
YEAR_PARTS = {"Q": "quarter", "H": "half"}

# Words after "the 4.15" if it is a train, or after "at 4.15" if it is a time.
AFTER_TIME = words(
    """
    from to train express bus boat for ferry down up on in and that this sharp yesterday today tomorrow instead was is
    or which at he she I we they it there
    """
)
