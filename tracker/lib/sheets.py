"""What spreadsheets and file systems demand of values and names."""

import re
from typing import TypeVar

Cell = TypeVar("Cell")

# What makes a spreadsheet read text as a formula (OWASP, CSV injection).
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9-]+")


def csv_safe(value: Cell) -> Cell | str:
    """Put ' before text that a spreadsheet would run as a formula; other values stay as they are.

    Numbers and dates are not text: a negative number stays a number.
    """
    if isinstance(value, str) and _is_formula(value):
        return f"'{value}"
    return value


def csv_plain(value: str) -> str:
    """Undo `csv_safe` on what is read back."""
    if value.startswith("'") and _is_formula(value[1:]):
        return value[1:]
    return value


def _is_formula(value: str) -> bool:
    return value.startswith(_FORMULA_SIGNS) or value.lstrip().startswith(_FORMULA_SIGNS)


def file_name(group: str, period_word: str, version: int | None, ext: str) -> str:
    """A name every file system takes, as HAL_2026-11_v2.docx; no version part for None.

    `ext` is without a dot. The words of periods lose their ":" and "..".
    """
    parts = [_plain(group), _plain(period_word)]
    if version is not None:
        parts.append(f"v{version}")
    return "_".join(parts) + f".{ext}"


def _plain(part: str) -> str:
    return _NOT_IN_A_NAME.sub("_", part.replace(":", "-")).strip("_-")
