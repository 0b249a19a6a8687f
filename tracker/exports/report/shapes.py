"""The parts of a printed report, worded in one language, without a format."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from tracker.exports.charts.sheets import Sheet

# How wide a letter is, roughly, in mm for each point of its size.
LETTER = 0.18
# Lines of a cell: a row with more may break over pages, or it could be taller than one.
TALL = 24


@dataclass(frozen=True)
class Heading:
    """Level 1 is "I. …" in capitals, level 2 is "1. …"."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the text; points "a)" and "- " items are paragraphs too."""

    text: str


@dataclass(frozen=True)
class Column:
    """A column of a table: its head, its width in mm and how its cells are set."""

    head: str
    width: float
    align: str = "left"


@dataclass(frozen=True)
class Row:
    """A row; `kind` is plain, group (one bold cell over all columns) or total (bold)."""

    cells: tuple[str, ...]
    kind: str = "plain"


@dataclass(frozen=True)
class Table:
    """A table; `note` stands below it in italics. `size` is of its type, in points."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    size: float = 11

    def is_tall(self, row: Row) -> bool:
        """Whether a cell of it takes more lines than should be kept on one page."""
        if row.kind == "group":
            return False
        letter = self.size * LETTER
        cells = zip(row.cells, self.columns, strict=True)
        return any(len(text) * letter > TALL * column.width for text, column in cells)


@dataclass(frozen=True)
class Figure:
    """A picture as wide as the text, under its title."""

    title: str
    picture: Sheet


@dataclass(frozen=True)
class Appendix:
    """A numbered annex: a table, or pictures, under its label, title and reference line."""

    label: str
    title: str
    reference: str
    table: Table | None = None
    is_landscape: bool = False
    pictures: tuple[Sheet, ...] = ()


Block = Heading | Paragraph | Table | Figure


@dataclass(frozen=True)
class Paper:
    """A whole document, from the name of the state to the last annex.

    `mark` says in the top margin that it is a draft, `urgency` is the red stamp, `address` stands
    below the first page; each may be empty.
    """

    language: str
    title: str
    author: str
    identifier: str
    day: date
    superior: str
    issuing: str
    country: str
    motto: str
    number: str
    place_and_date: str
    kind: str
    subject: str
    to: str
    addressees: tuple[str, ...]
    blocks: tuple[Block, ...]
    authority: str
    post: str
    signer: str
    recipients_head: str
    recipients: tuple[str, ...]
    appendices: tuple[Appendix, ...] = field(default=())
    mark: str = ""
    urgency: str = ""
    address: tuple[str, ...] = ()


def listed(items: Sequence[str]) -> list[str]:
    """A list as state documents write it: a dash before each, `;` after each, `.` at the end."""
    last = len(items) - 1
    return [f"- {item.rstrip('.; ')}{'.' if i == last else ';'}" for i, item in enumerate(items)]
