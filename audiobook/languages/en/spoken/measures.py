"""English units of measure, written → spoken in the singular, and irregular plurals."""

from audiobook.languages.tables import pairs, words

# Written form: singular. The plural adds an s, unless IRREGULAR has another.
SINGULAR = pairs(
    """
    km: kilometer | m: meter | dm: decimeter | cm: centimeter | mm: millimeter | μm: micrometer | µm: micrometer
    nm: nanometer | mi: mile | yd: yard | yds: yard | ft: foot | in.: inch | ins: inch
    kg: kilogram | kgs: kilogram | g: gram | mg: milligram | μg: microgram | µg: microgram | mcg: microgram
    ng: nanogram | lb: pound | lbs: pound | oz: ounce | cwt: hundredweight
    L: liter | l: liter | ml: milliliter | mL: milliliter | cl: centiliter | dl: deciliter | dL: deciliter
    gal: gallon | qt: quart | pt: pint | tbsp: tablespoon | tsp: teaspoon | fl oz: fluid ounce | fl. oz: fluid ounce
    cc: cubic centimeter | ha: hectare
    h: hour | hr: hour | hrs: hour | min: minute | mins: minute | sec: second | secs: second | ms: millisecond
    μs: microsecond | µs: microsecond | ns: nanosecond | yr: year | yrs: year | wk: week | wks: week | mos: month
    sq km: square kilometer | sq m: square meter | sq ft: square foot | sq. ft: square foot | sq mi: square mile
    sq. mi: square mile | sq. m: square meter | cu ft: cubic foot | cu. ft: cubic foot | cu m: cubic meter
    mi²: square mile | ft²: square foot | ft³: cubic foot | in²: square inch | yd²: square yard
    mph: mile per hour | kph: kilometer per hour | mpg: mile per gallon | rpm: revolution per minute
    psi: pound per square inch | fps: frame per second | bpm: beat per minute | dpi: dot per inch
    ppm: part per million | kn: knot
    Hz: hertz | kHz: kilohertz | MHz: megahertz | GHz: gigahertz | dB: decibel
    W: watt | kW: kilowatt | MW: megawatt | GW: gigawatt | kWh: kilowatt hour | MWh: megawatt hour
    V: volt | mV: millivolt | kV: kilovolt | mA: milliamp | mAh: milliamp hour
    Ω: ohm | Ω: ohm | kΩ: kilohm | MΩ: megohm
    N: newton | J: joule | kJ: kilojoule | MJ: megajoule | cal: calorie | kcal: kilocalorie | mol: mole
    mmHg: millimeter of mercury | mm Hg: millimeter of mercury
    Pa: pascal | hPa: hectopascal | kPa: kilopascal | MPa: megapascal | atm: atmosphere | hp: horsepower
    h.p.: horsepower
    KB: kilobyte | kB: kilobyte | MB: megabyte | GB: gigabyte | TB: terabyte | PB: petabyte
    kbps: kilobit per second | kb/s: kilobit per second | Mbps: megabit per second | mbps: megabit per second
    Mb/s: megabit per second | Gbps: gigabit per second | Gb/s: gigabit per second
    °C: degree Celsius | ° C: degree Celsius | ℃: degree Celsius | °F: degree Fahrenheit | ° F: degree Fahrenheit
    ℉: degree Fahrenheit | °: degree | °N: degree north | °S: degree south | °E: degree east | °W: degree west
    %: percent | pct: percent | ‰: per mille | ¢: cent
    """
)
POWERS = {"²": "square", "2": "square", "³": "cubic", "3": "cubic"}
LENGTHS = ("km", "m", "dm", "cm", "mm")
IRREGULAR = {  # singular → plural
    "millimeter of mercury": "millimeters of mercury",
    "foot": "feet",
    "square foot": "square feet",
    "cubic foot": "cubic feet",
    "inch": "inches",
    "square inch": "square inches",
    "revolution per minute": "revolutions per minute",
    **{name: name for name in ("percent", "per mille", "horsepower", "hundredweight")},
    **{name: name for name in ("hertz", "kilohertz", "megahertz", "gigahertz")},
}
UNITS = SINGULAR | {
    length + sign: f"{power} {SINGULAR[length]}" for length in LENGTHS for sign, power in POWERS.items()
}
# Whole words after a slash: "$5/hour".
PER = (
    UNITS
    | {
        word: word
        for word in (
            *("second", "minute", "hour", "day", "week", "month", "year", "person", "night", "head", "pound", "ounce"),
            *("mile", "gallon", "kilo", "barrel", "ton", "item", "unit", "share", "yard", "foot", "gram", "kilogram"),
        )
    }
    | {"s": "second", "d": "day", "mo": "month", "s²": "second squared", "s2": "second squared", "dL": "deciliter"}
)
DOTTED_UNITS = frozenset(
    words("lbs lb oz yds yd ft mi hrs hr mins min secs sec gal yrs yr tbsp tsp qt pt wk wks mos pct")
) | {"fl oz", "fl. oz", "sq ft", "sq. ft", "sq. mi", "cu. ft", "sq. m"}
GLUED_ONLY = frozenset(words("h l"))
# After a space, these may be a name or an address: "12 V", but not "In 1912 W. Grey" or "5 N Street".
LAST_ONLY = frozenset(words("V W N J"))
