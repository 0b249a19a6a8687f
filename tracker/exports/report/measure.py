"""How wide a line of Times New Roman is, for rules as long as their line and lines that fit."""

import unicodedata

# Advance widths of the characters from space to tilde, in thousandths of the size. Marks add
# nothing; ơ and ư are a trifle wider than o and u, which a rule does not show.
_REGULAR = (
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500,
    500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611,
    556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722,
    722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500,
    278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
)  # fmt: skip
_BOLD = (
    250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500,
    500, 500, 500, 500, 500, 500, 500, 333, 333, 570, 570, 570, 500, 930, 722, 667, 722, 722, 667,
    611, 778, 778, 389, 500, 778, 667, 944, 722, 778, 611, 778, 722, 556, 667, 722, 722, 1000, 722,
    722, 667, 333, 278, 333, 581, 500, 333, 500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556,
    278, 833, 556, 500, 556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444, 394, 220, 394, 520,
)  # fmt: skip
_MM_PER_POINT = 25.4 / 72


def width(text: str, size: float, *, is_bold: bool = False) -> float:
    """The width of a line in mm at that size in points."""
    table = _BOLD if is_bold else _REGULAR
    plain = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    letters = (c for c in plain if not unicodedata.combining(c))
    thousandths = sum(table[ord(c) - 32] if " " <= c <= "~" else 500 for c in letters)
    return thousandths * size / 1000 * _MM_PER_POINT


def wrapped(text: str, size: float, room: float) -> list[str]:
    """The text on lines of at most that many mm; a word that is wider than a line is broken."""
    lines: list[str] = []
    for word in text.split():
        rest = word
        if lines and width(f"{lines[-1]} {rest}", size) <= room:
            lines[-1] += f" {rest}"
            continue
        while width(rest, size) > room:
            at = next(at for at in range(len(rest), 0, -1) if width(rest[:at], size) <= room)
            lines.append(rest[:at])
            rest = rest[at:]
        lines.append(rest)
    return lines
