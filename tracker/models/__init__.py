"""Nouns: tables, and what is always true of their own columns.

Relationships point up only (`Task.milestone`, never `Milestone.tasks`); collections are queries.
"""

from tracker.models.decisions import AttentionHide, Decision, DecisionLink
from tracker.models.declarations import Declaration
from tracker.models.deliverables import (
    Deliverable,
    DeliverableImport,
    DeliverableKind,
    Stage,
    StageMilestone,
    StageMove,
)
from tracker.models.dependencies import Dependency
from tracker.models.directives import Directive
from tracker.models.enums import (
    DecisionState,
    EntryKind,
    ExtensionState,
    FeedScope,
    MeetingState,
    MoveReason,
    Pillar,
    Presence,
    Priority,
    Relation,
    RiskKind,
    Role,
    Strand,
    TaskStatus,
    Treatment,
)
from tracker.models.extension_requests import ExtensionRequest
from tracker.models.feeds import CalendarFeed
from tracker.models.groups import Counter, Group, Membership, Summary, Workstream
from tracker.models.history import Change
from tracker.models.meetings import (
    Attendance,
    Meeting,
    MeetingEntry,
    MeetingGroup,
    MeetingMinutes,
    MeetingRecorder,
)
from tracker.models.moves import DateMove
from tracker.models.people import Account, Invitation, Person, SignInAttempt, Unit, UnitName
from tracker.models.plan import (
    Baseline,
    BaselineItem,
    Comment,
    Confirmation,
    CooperatingUnit,
    Milestone,
    Participant,
    Task,
    Trash,
)
from tracker.models.programmes import Programme, ProgrammeGroup
from tracker.models.records import (
    CalendarDay,
    Import,
    ImportGroup,
    OutboxItem,
    Report,
    ReportFile,
    SearchEntry,
    Setting,
)
from tracker.models.recurrences import Occurrence, Recurrence
from tracker.models.risks import Blocking, Risk
from tracker.models.snapshots import Snapshot, SnapshotCell, SnapshotValue

__all__ = [
    "Account",
    "Attendance",
    "AttentionHide",
    "Baseline",
    "BaselineItem",
    "Blocking",
    "CalendarDay",
    "CalendarFeed",
    "Change",
    "Comment",
    "Confirmation",
    "CooperatingUnit",
    "Counter",
    "DateMove",
    "Decision",
    "DecisionLink",
    "DecisionState",
    "Declaration",
    "Deliverable",
    "DeliverableImport",
    "DeliverableKind",
    "Dependency",
    "Directive",
    "EntryKind",
    "ExtensionRequest",
    "ExtensionState",
    "FeedScope",
    "Group",
    "Import",
    "ImportGroup",
    "Invitation",
    "Meeting",
    "MeetingEntry",
    "MeetingGroup",
    "MeetingMinutes",
    "MeetingRecorder",
    "MeetingState",
    "Membership",
    "Milestone",
    "MoveReason",
    "Occurrence",
    "OutboxItem",
    "Participant",
    "Person",
    "Pillar",
    "Presence",
    "Priority",
    "Programme",
    "ProgrammeGroup",
    "Recurrence",
    "Relation",
    "Report",
    "ReportFile",
    "Risk",
    "RiskKind",
    "Role",
    "SearchEntry",
    "Setting",
    "SignInAttempt",
    "Snapshot",
    "SnapshotCell",
    "SnapshotValue",
    "Stage",
    "StageMilestone",
    "StageMove",
    "Strand",
    "Summary",
    "Task",
    "TaskStatus",
    "Trash",
    "Treatment",
    "Unit",
    "UnitName",
    "Workstream",
]
