"""The closed lists of the domain."""

from enum import StrEnum


class Strand(StrEnum):
    """The four strands (cấu phần) of quality infrastructure, in the order of the board."""

    STANDARDS = "standards"
    METROLOGY = "metrology"
    CONFORMITY_ASSESSMENT = "conformity_assessment"
    INSPECTION = "inspection"

    @property
    def slug(self) -> str:
        """How the strand is written in an address."""
        return self.value.replace("_", "-")


class TaskStatus(StrEnum):
    """What people say of a task; lateness is computed from dates instead."""

    TODO = "todo"
    DOING = "doing"
    BLOCKED = "blocked"
    REVIEW = "review"
    DONE = "done"
    PAUSED = "paused"
    DROPPED = "dropped"

    @property
    def is_open(self) -> bool:
        """Neither finished nor dropped."""
        return self not in {TaskStatus.DONE, TaskStatus.DROPPED}


class Priority(StrEnum):
    """Urgency as state offices write it."""

    NORMAL = "normal"
    URGENT = "urgent"
    EXPRESS = "express"


class MoveReason(StrEnum):
    """Why a date moved."""

    AWAITING_COMMENTS = "awaiting_comments"
    LABORATORY_CAPACITY = "laboratory_capacity"
    NO_CONSENSUS = "no_consensus"
    BUDGET = "budget"
    OTHER_BODY = "other_body"
    RESCOPED = "rescoped"
    OTHER = "other"


class ExtensionState(StrEnum):
    """What became of a request for an extension."""

    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class DecisionState(StrEnum):
    """What became of a question put to a director."""

    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class Role(StrEnum):
    """What a person is in a working group."""

    HEAD = "head"
    DEPUTY = "deputy"
    SECRETARY = "secretary"
    MEMBER = "member"
    OBSERVER = "observer"


class Pillar(StrEnum):
    """The five pillars (trụ cột) a task can be tagged with."""

    SPIRIT = "spirit"
    PEOPLE = "people"
    CULTURE = "culture"
    ACTION = "action"
    INITIATIVE = "initiative"


class FeedScope(StrEnum):
    """What a calendar feed is about."""

    MINE = "mine"
    GROUP = "group"
    ALL = "all"


class Relation(StrEnum):
    """How a document stands to the international one it is based on (ISO/IEC Guide 21-1)."""

    IDT = "idt"
    MOD = "mod"
    NEQ = "neq"


class RiskKind(StrEnum):
    """A difficulty (khó khăn, vướng mắc) has happened; a risk (rủi ro) may."""

    DIFFICULTY = "difficulty"
    RISK = "risk"


class Treatment(StrEnum):
    """What is done about a risk (ISO 31000:2018, risk treatment)."""

    AVOID = "avoid"
    REDUCE = "reduce"
    SHARE = "share"
    ACCEPT = "accept"


class MeetingState(StrEnum):
    """How far a meeting is; once its minutes are issued nothing of it changes."""

    PLANNED = "planned"
    RUNNING = "running"
    ENDED = "ended"
    ISSUED = "issued"
    CALLED_OFF = "called_off"


class Presence(StrEnum):
    """Whether somebody sat in the meeting."""

    PRESENT = "present"
    EXCUSED = "excused"
    ABSENT = "absent"


class EntryKind(StrEnum):
    """What was recorded: a note of what was said, a decision, or a directive (chỉ đạo)."""

    NOTE = "note"
    DECISION = "decision"
    DIRECTIVE = "directive"


class ReportKind(StrEnum):
    """What a report is about: one group or unit in a period, several groups, or a whole year."""

    PERIODIC = "periodic"
    CONSOLIDATED = "consolidated"
    ANNUAL = "annual"


class Arrangement(StrEnum):
    """What the chapters of a report on several groups are: the groups, or the strands."""

    GROUP = "group"
    STRAND = "strand"


class Orientation(StrEnum):
    """How the annexes of a report lie."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class Authority(StrEnum):
    """By what right somebody signs for a body or for its head (Decree 30/2020, cell 7a)."""

    BEHALF = "TM"
    ACTING = "Q"
    FOR_HEAD = "KT"
    BY_ORDER = "TL"
    DELEGATED = "TUQ"


class Urgency(StrEnum):
    """How soon a document has to arrive; all but the first are stamped in red (cell 10b)."""

    NONE = "none"
    URGENT = "urgent"
    VERY_URGENT = "very_urgent"
    EXPRESS = "express"


class ReportState(StrEnum):
    """How far a report has come.

    Its facts freeze when it is submitted; a returned one follows the plan again. The clerk's
    number and date make an approved one issued.
    """

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    ISSUED = "issued"

    @property
    def is_open(self) -> bool:
        """Whether it can still be written in."""
        return self in {ReportState.DRAFT, ReportState.RETURNED}


class ExportState(StrEnum):
    """How far a file that takes long to make has come."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FETCHED = "fetched"
    FAILED = "failed"
