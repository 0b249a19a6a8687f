"""Who did it, when and by what cause: goes with every verb as `by=`."""

from dataclasses import dataclass
from datetime import date, datetime

from tracker.lib.dates import local_day
from tracker.models import MoveReason


@dataclass(frozen=True, kw_only=True)
class Act:
    """The author of a change. `person_id` is None for the tracker itself.

    `cause` tells what brought the change about: `web`, `cli`, `demo`, `night`,
    `import:7`, `undo:7`.
    """

    person_id: int | None
    at: datetime
    cause: str

    @property
    def today(self) -> date:
        """The day of the act in Viet Nam."""
        return local_day(self.at)


@dataclass(frozen=True, kw_only=True)
class Why:
    """Why a date moved, in a word and a sentence, and who agreed."""

    reason: MoveReason
    sentence: str = ""
    agreed_by: str = ""
