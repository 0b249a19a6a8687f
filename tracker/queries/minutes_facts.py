"""What minutes say, frozen: facts without a language, from which every format is rendered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self, cast

from tracker.lib.plain import plain, typed
from tracker.queries.report_facts import Name, Organisation

NOBODY = Name("")


@dataclass(frozen=True)
class Attendee:
    """Somebody who was expected; `presence` is a code."""

    name: str
    post: str
    presence: str


@dataclass(frozen=True)
class Conclusion:
    """A note or a decision, in the order it was recorded; `question` and `code` of a decision."""

    kind: str
    text: str
    strand: str = ""
    code: str = ""
    question: str = ""


@dataclass(frozen=True)
class Chapter:
    """What was concluded about a group; without a key, about all."""

    key: str
    name: Name
    conclusions: tuple[Conclusion, ...]


@dataclass(frozen=True)
class Assignment:
    """A directive: what, who answers for it, until when."""

    code: str
    title: str
    group: str
    strand: str
    unit: Name = NOBODY
    person: str = ""
    cooperating: tuple[Name, ...] = ()
    due: date | None = None
    result: str = ""


@dataclass(frozen=True)
class Replaced:
    """The minutes that these take the place of, and why."""

    revision: str
    number: str
    day: date
    reason: str


@dataclass(frozen=True)
class MinutesFacts:
    """Everything that minutes say. The same facts give the same bytes.

    `began` and `ended` are times of the day in Viet Nam; number and date are the clerk's, empty
    while there are none. `group_ids` are those spoken of: who does not see them does not read it.
    """

    organisation: Organisation
    title: str
    held_on: date
    place: str
    chair: str
    chair_post: str
    made_on: date
    groups: tuple[Name, ...] = ()
    covers_all: bool = False
    began: str = ""
    ended: str = ""
    recorders: tuple[str, ...] = ()
    attendees: tuple[Attendee, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    recipients: tuple[str, ...] = ()
    recipients_en: tuple[str, ...] = ()
    group_ids: tuple[int, ...] = ()
    number: str = ""
    document_date: date | None = None
    revision: str = "1.0"
    replaced: Replaced | None = None
    identifier: str = ""

    def to_json(self) -> dict[str, object]:
        """The facts as plain values for a JSON column."""
        return cast("dict[str, object]", plain(self))

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> Self:
        """The facts that `to_json` wrote."""
        return typed(cls, data)
