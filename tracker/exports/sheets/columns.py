"""What a sheet is made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

Cell = str | int | float | date | None

# Head, width in characters, what kind of value (text, date, number, share).
Column = tuple[str, int, str]


@dataclass(frozen=True)
class Sheet:
    """One table: its name, its columns and its rows."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
