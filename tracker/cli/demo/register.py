"""The demo's deliverables: a text file that says what they are and when they came to which stage.

Lines of `stories/deliverables.txt`:

    == HAL standards                                          a group and a strand
    TCVN | reference | title | English title | name=value; …   a deliverable ("-" is nothing)
      B4 06/07/26 document | note                              a stage, the day, by which document

Names are owner, lead, based, relation, replaces, ics, committee, and milestone: a stage and the
beginning of the title of the milestone that stands for it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from tracker.cli.demo.script import STORIES, day
from tracker.lib.text import nfc
from tracker.models import Strand

_MOVE = re.compile(r"(\S+) (\d\d/\d\d/\d\d) ?([^|]*)(?:\| ?(.*))?")


@dataclass(frozen=True)
class MoveScript:
    """A deliverable came to a stage."""

    stage: str
    on: date
    document: str | None
    note: str | None


@dataclass
class DeliverableScript:
    """A deliverable with its moves, the earliest first."""

    strand: Strand
    kind: str
    reference: str | None
    title: str
    title_en: str
    options: dict[str, str]
    moves: list[MoveScript] = field(default_factory=list)

    @property
    def milestone(self) -> tuple[str, str] | None:
        """A stage, and how the title of the milestone begins that stands for it."""
        stage, _, title = self.options.get("milestone", "").partition(" ")
        return (stage, title) if title else None


def read() -> dict[str, list[DeliverableScript]]:
    """All deliverables, by the key of their group."""
    return parse(nfc((STORIES / "deliverables.txt").read_text("utf-8")))


def parse(text: str) -> dict[str, list[DeliverableScript]]:
    """The deliverables told by a text."""
    found: dict[str, list[DeliverableScript]] = {}
    key, strand = "", Strand.STANDARDS
    for line in _lines(text):
        if line.startswith("== "):
            key, _, name = line.removeprefix("== ").partition(" ")
            strand = Strand(name)
        elif move := _MOVE.fullmatch(line):
            code, on, document, note = move.groups()
            found[key][-1].moves.append(
                MoveScript(code, day(on), document.strip() or None, note or None)
            )
        else:
            found.setdefault(key, []).append(_deliverable(line, strand))
    return found


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


def _deliverable(line: str, strand: Strand) -> DeliverableScript:
    cells = [cell.strip() for cell in line.split("|")]
    kind, reference, title, title_en, *more = cells
    pairs = (pair.strip().partition("=") for cell in more for pair in cell.split(";"))
    options = {name: value for name, _, value in pairs if value}
    return DeliverableScript(
        strand, kind, None if reference == "-" else reference, title, title_en, options
    )
