"""How figures are written in a language, by its code."""

# Vietnamese parts thousands with points and decimals with a comma.
_SWAPPED = str.maketrans(",.", ".,")


def number(value: float, code: str, decimals: int = 0) -> str:
    """1.234,5 in Vietnamese, 1,234.5 in English."""
    text = f"{value:,.{decimals}f}"
    return text if code == "en" else text.translate(_SWAPPED)


def share(value: float | None, code: str) -> str:
    """A share as published ones are: up to two decimals, a dash where nothing was due."""
    if value is None:
        return "–"
    exact = round(value * 100, 2)
    decimals = next(n for n in (0, 1, 2) if round(exact, n) == exact)
    return number(exact, code, decimals) + "%"
