"""What would become of each row of a file: the read models of the preview."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from tracker.lib.plan_file import Problem, RowKind
from tracker.models import Strand
from tracker.queries.importing.names import Named
from tracker.queries.importing.standing import StandingMilestone, StandingTask

# A row of a file: the number of its sheet and its own. Milestones that are only named in a
# column have no row; theirs is counted down from -1.
RowKey = tuple[int, int]


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    ASKED = "asked"
    LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Home:
    """The milestone a task belongs to: one there is, or the new one of a row."""

    title: str
    id: int | None = None
    row: RowKey | None = None


@dataclass(frozen=True)
class FieldChange:
    """One field, what it is and what it would be."""

    field: str
    old: object
    new: object
    is_move: bool = False  # whether a date leaves the one last given: a reason is needed


@dataclass(frozen=True)
class RowPlan:
    """What becomes of one row. `values` are those of a new thing, `changes` those of a known one.

    `kept` are fields that were changed here since the file said the same before: they stay.
    """

    key: RowKey
    sheet: str
    kind: RowKind
    title: str
    outcome: Outcome
    strand: Strand | None = None
    thing: StandingMilestone | StandingTask | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    changes: Sequence[FieldChange] = ()
    kept: Sequence[FieldChange] = ()
    problems: Sequence[Problem] = ()
    candidates: Sequence[StandingMilestone | StandingTask] = ()
    answer: str | None = None
    home: Home | None = None
    parent: RowKey | None = None
    parent_id: int | None = None
    # For a milestone without a row: the row that names it.
    named_at: int | None = None

    @property
    def row(self) -> int:
        """The row's number in its sheet."""
        return self.named_at or self.key[1]

    @property
    def is_asked(self) -> bool:
        """Whether somebody has to say if it is a thing there is, and has not yet."""
        return bool(self.candidates) and self.answer is None

    @property
    def name(self) -> str:
        """What a form and the stored answers call the row."""
        return f"same-{self.key[0]}-{self.key[1]}"

    def left_out(self, problem: Problem) -> "RowPlan":
        """The same row, not to be imported."""
        return replace(
            self,
            outcome=Outcome.LEFT_OUT,
            problems=(*self.problems, problem),
            changes=(),
            values={},
            kept=(),
        )


def names_in(value: object) -> list[Named]:
    """The persons and units that a value names."""
    if isinstance(value, Named):
        return [value]
    if isinstance(value, tuple):
        return [one for one in value if isinstance(one, Named)]
    return []
