"""Durations, sizes and numbers as people read them."""


def duration(seconds: float) -> str:
    """`75.4` → `1 min 15 s`, `4000` → `1 h 06 min`."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"


def size(count: int) -> str:
    """Bytes in the unit that fits: `1536` → `1.5 kB` (units of 1000, as file managers show them)."""
    value = float(count)
    for unit in ("bytes", "kB", "MB", "GB"):
        if value < 1000 or unit == "GB":
            return f"{value:.0f} {unit}" if unit == "bytes" else f"{value:.1f} {unit}"
        value /= 1000
    raise AssertionError("unreachable")


def counted(number: int, one: str, many: str | None = None) -> str:
    """`1 line`, `1,200 lines`: a number and its noun; `many` where it is not the noun with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
