"""Where in the plan a row stands: its strand, the milestone above it, the task it is part of."""

import re
from dataclasses import dataclass, field

from tracker.imports.plan.lines import Line
from tracker.imports.plan.strands import strand_of
from tracker.imports.plan.texts import has_dash, has_diamond, words_of
from tracker.lib.plan_file import RowKind

_MILESTONE_WORDS = {"moc", "moc tien do", "milestone"}
_MARKS = {"x", "co", "yes", *_MILESTONE_WORDS}
_SUBTASK_WORDS = {
    "nhiem vu con", "nhiem vu thanh phan", "dau viec", "dau viec con", "subtask", "sub task",
}  # fmt: skip
_NUMBER = re.compile(r"(?:[ivxlc]+|\d+|[a-z])(?:\.(?:\d+|[a-z]))*", re.IGNORECASE)
_ROMAN = re.compile(r"[IVX]+")
# "V. Truyền thông" in one cell.
_NAMED_SECTION = re.compile(r"[IVX]+\s*[.):–-]\s*\D")
_LETTER = re.compile(r"[A-Za-z]")
_MILESTONE_NUMBER = re.compile(r"m(?:oc)?\s?\d{1,3}|moc")
_NUMBER_AND_NAME = 2
# What a section row may carry besides these: sums over the rows below.
_OF_A_SECTION = ("number", "title", "progress", "strand")


@dataclass
class Place:
    """What the rows above mean for the next one."""

    strand: str | None = None
    milestones: dict[str | None, str] = field(default_factory=dict)
    # By number as written, the row of the task; for a subtask the row of its task.
    tasks: dict[str, int] = field(default_factory=dict)
    last_task: int | None = None

    def enter(self, strand: str | None) -> None:
        """A section begins: nothing above it counts any more."""
        self.strand = strand
        self.milestones.pop(strand, None)
        self._forget_tasks()

    def pass_milestone(self, title: str, strand: str | None) -> None:
        """The rows below belong to this milestone."""
        self.milestones[strand] = title
        self.last_task = None

    def pass_task(self, row: int, number: str, parent_row: int | None) -> None:
        """Rows below may be parts of this task."""
        if number:
            self.tasks[number] = parent_row or row
        if parent_row is None:
            self.last_task = row

    def _forget_tasks(self) -> None:
        self.tasks.clear()
        self.last_task = None


def section_strand(line: Line) -> str | None:
    """The strand, where the row does nothing but name one."""
    if len(line.loose) <= _NUMBER_AND_NAME:
        # Merged across, the name stands in the first column, whatever that column is for.
        return strand_of(" ".join(line.loose))
    named = line.text("title") if line.has_only(*_OF_A_SECTION) else ""
    return strand_of(named)


def is_section_of_none(line: Line) -> bool:
    """Whether the row is numbered as a section ("V") but names no strand."""
    if len(line.loose) == 1 and _NAMED_SECTION.match(line.loose[0]):
        return True
    return line.has_only(*_OF_A_SECTION) and _ROMAN.fullmatch(number_of(line)) is not None


def is_caption(line: Line) -> bool:
    """Whether the row is a heading among tasks: merged across, or "A" and a title only."""
    if not line.has_only("number", "title"):
        return False
    return line.is_wide or _LETTER.fullmatch(number_of(line)) is not None


def number_of(line: Line) -> str:
    """The number of a row without the dot or bracket after it; empty when it is none."""
    bare = line.text("number").strip("().")
    return bare if _NUMBER.fullmatch(bare) else ""


def is_marked(line: Line) -> bool:
    """Whether the row is numbered or carries the sign of a milestone."""
    return bool(number_of(line)) or has_diamond(line.text("number"))


def kind_of(line: Line, place: Place) -> tuple[RowKind, int | None]:
    """What the row stands for, and the row of its task where it is part of one."""
    if _is_milestone(line):
        return RowKind.MILESTONE, None
    parent = _parent(line, place)
    return (RowKind.TASK, None) if parent is None else (RowKind.SUBTASK, parent)


def _is_milestone(line: Line) -> bool:
    return (
        has_diamond(line.text("number"))
        or has_diamond(line.text("title"))
        or has_diamond(line.text("milestone"))
        or _MILESTONE_NUMBER.fullmatch(words_of(line.text("number"))) is not None
        or words_of(line.text("result")) in _MILESTONE_WORDS
        or words_of(line.text("kind")) in _MILESTONE_WORDS
        or words_of(line.text("milestone")) in _MARKS
    )


def _parent(line: Line, place: Place) -> int | None:
    parts = number_of(line).split(".")
    for length in range(len(parts) - 1, 0, -1):
        above = place.tasks.get(".".join(parts[:length]))
        if above is not None:
            return above
    is_part = (
        has_dash(line.text("number"))
        or line.text("number") in {"-", "–", "—", "+", "•"}
        or has_dash(line.text("title"))
        or words_of(line.text("kind")) in _SUBTASK_WORDS
    )
    return place.last_task if is_part else None


def milestone_of(line: Line, place: Place, strand: str | None) -> str | None:
    """The milestone that a row names itself, else the one above it in its strand."""
    return line.text("milestone") or place.milestones.get(strand)
