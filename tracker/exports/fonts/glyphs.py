"""Which characters the bundled font can show; PDF/A refuses a file with one it cannot."""

import re
import struct
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent
# A white square says that something stood here; the Word and Excel files have it.
MISSING = "\u25a1"

_UNICODE_BMP = (3, 1)
_ALWAYS = "\n"


def printable(text: str) -> str:
    """The text with a square for every character the font lacks (emoji, Chinese, Arabic …)."""
    return _missing().sub(MISSING, text)


@cache
def _missing() -> re.Pattern[str]:
    parts = (f"{re.escape(chr(a))}-{re.escape(chr(b))}" for a, b in _ranges())
    return re.compile(f"[^{_ALWAYS}{''.join(parts)}]")


def _ranges() -> list[tuple[int, int]]:
    """The first and last characters of each run in the font's cmap table (format 4)."""
    data = (FONTS / "Tinos-Regular.ttf").read_bytes()
    start = _table(data, b"cmap")
    (count,) = struct.unpack_from(">H", data, start + 2)
    records = (struct.unpack_from(">HHL", data, start + 4 + 8 * i) for i in range(count))
    at = start + next(offset for a, b, offset in records if (a, b) == _UNICODE_BMP)
    (double,) = struct.unpack_from(">H", data, at + 6)
    layout = f">{double // 2}H"
    ends = struct.unpack_from(layout, data, at + 14)
    starts = struct.unpack_from(layout, data, at + 16 + double)
    # The last run is the end mark of the table.
    return list(zip(starts, ends, strict=True))[:-1]


def _table(data: bytes, tag: bytes) -> int:
    (count,) = struct.unpack_from(">H", data, 4)
    records = (struct.unpack_from(">4sLLL", data, 12 + 16 * i) for i in range(count))
    return next(int(offset) for name, _sum, offset, _length in records if name == tag)
