"""English words before numbers that are spoken digit by digit, and emergency numbers."""

# What stands before a number, as written and as said.
PROMPTS = {"ext": "extension", "Ext": "Extension", "tel": "telephone", "Tel": "Telephone", "ph": "phone", "Ph": "Phone"}
CODES = (
    *("PIN", "SSN", "ISBN", "ISSN", "ZIP", "ZIP code", "zip code", "zip", "postcode", "passcode", "access code"),
    *("account number", "account", "my number is", "number is", "Text", "text"),
)
EMERGENCIES = ("911", "999", "112", "411", "311", "000")
EIGHT_HUNDRED = "800"
