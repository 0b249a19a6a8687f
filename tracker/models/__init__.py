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
    Arrangement,
    DecisionState,
    EntryKind,
    ExportState,
    ExtensionState,
    FeedScope,
    MeetingState,
    MoveReason,
    Orientation,
    Pillar,
    Presence,
    Priority,
    Relation,
    ReportKind,
    ReportState,
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
    SearchEntry,
    Setting,
)
from tracker.models.recurrences import Occurrence, Recurrence
from tracker.models.reports import (
    Report,
    ReportExport,
    ReportFile,
    ReportRead,
    ReportRecord,
    ReportRegime,
    ReportTemplate,
)
from tracker.models.risks import Blocking, Risk
from tracker.models.snapshots import Snapshot, SnapshotCell, SnapshotValue

__all__ = [
    "Account",
    "Arrangement",
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
    "ExportState",
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
    "Orientation",
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
    "ReportExport",
    "ReportFile",
    "ReportKind",
    "ReportRead",
    "ReportRecord",
    "ReportRegime",
    "ReportState",
    "ReportTemplate",
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
