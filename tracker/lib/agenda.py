"""In what order a review meeting looks at things: exceptions first, each thing once."""

import re
from dataclasses import dataclass
from enum import StrEnum

from tracker.lib.health import Health

# As many figures as any number of the database surely has.
_SUBJECT = re.compile(r"(workstream|decision|task):(\d{1,9})", re.ASCII)


class Section(StrEnum):
    """Why something stands where it does; members in the order of the meeting."""

    CHANGED = "changed"
    LATE = "late"
    DISPUTED = "disputed"
    ASKED = "asked"
    OVERDUE = "overdue"
    REST = "rest"
    GENERAL = "general"


@dataclass(frozen=True)
class Subject:
    """What is on the screen: a workstream, a question or a task, by its id.

    Its key (`workstream:12`) stands in addresses and on what is recorded; "" is the meeting as a
    whole.
    """

    kind: str = ""
    id: int = 0

    @property
    def key(self) -> str:
        """As text."""
        return f"{self.kind}:{self.id}" if self.kind else ""

    @classmethod
    def read(cls, text: str) -> "Subject":
        """The subject of that text; anything else is the meeting as a whole."""
        told = _SUBJECT.fullmatch(text)
        return cls(told[1], int(told[2])) if told else cls()


def section(now: Health, before: Health | None, *, is_disputed: bool) -> Section:
    """Where a workstream stands; `before` is its colour at the last meeting, None if unknown."""
    if before is not None and before is not now:
        return Section.CHANGED
    if now is Health.LATE:
        return Section.LATE
    return Section.DISPUTED if is_disputed else Section.REST


def weight(now: Health, before: Health | None) -> tuple[int, int, int]:
    """The order within a section, least first: what got worse, then how bad it is and by how much.

    What got better comes last.
    """
    fall = now.severity - before.severity if before is not None else 0
    return (fall < 0) - (fall > 0), -now.severity, -fall
