"""The history of everything as sentences somebody can read, a screen at a time."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from tracker.extensions import db
from tracker.lib.dates import ZONE, end_of_day_utc, format_date, start_of_day_utc
from tracker.lib.health import Health
from tracker.lib.paging import LAST
from tracker.lib.periods import PeriodBasis, PeriodKind
from tracker.lib.recurrence import Anchor, Frequency, Shift
from tracker.lib.stages import StageRole, WindowUnit
from tracker.models import (
    Account,
    Arrangement,
    Attendance,
    Baseline,
    CalendarDay,
    Change,
    Decision,
    DecisionState,
    Declaration,
    Deliverable,
    DeliverableKind,
    Directive,
    EntryKind,
    ExtensionRequest,
    ExtensionState,
    Group,
    Meeting,
    MeetingEntry,
    MeetingState,
    Membership,
    Milestone,
    MoveReason,
    Orientation,
    Person,
    Pillar,
    Presence,
    Priority,
    Programme,
    Recurrence,
    Relation,
    Report,
    ReportKind,
    ReportRegime,
    ReportState,
    ReportTemplate,
    Risk,
    RiskKind,
    Role,
    Setting,
    Stage,
    Strand,
    Task,
    TaskStatus,
    Treatment,
    Unit,
    Urgency,
    Workstream,
)
from tracker.queries.shapes import Query
from tracker.words import FIELDS, KINDS, N_, Language

SIZE = 50
LONGEST = 160
SYSTEM = 0  # asked for as a person: what the tracker did itself
# What follows from another change of the same moment says nothing new.
FOLLOWING = ("status_since", "trash_id", "deleted_at")
UNREADABLE = ("sha256",)  # for programs
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?\+00:00")

Names = Mapping[tuple[str, int], str]

# What the number in a column means.
REFERENCES = {
    "owner_id": "person",
    "responsible_id": "person",
    "person_id": "person",
    "author_id": "person",
    "created_by_id": "person",
    "approved_by_id": "person",
    "asked_by_id": "person",
    "given_by_id": "person",
    "chair_id": "person",
    "recorders": "person",
    "meeting_id": "meeting",
    "answered_by_id": "person",
    "decided_by_id": "person",
    "decision_id": "decision",
    "wanted_from_id": "person",
    "participants": "person",
    "merged": "person",
    "lead_unit_id": "unit",
    "unit_id": "unit",
    "cooperating_units": "unit",
    "milestone_id": "milestone",
    "task_id": "task",
    "group_id": "group",
    "groups": "group",
    "workstream_id": "workstream",
    "predecessor_milestone_id": "milestone",
    "predecessor_task_id": "task",
    "successor_milestone_id": "milestone",
    "successor_task_id": "task",
    "stage_id": "stage",
    "kind_id": "deliverable_kind",
    "template_id": "report_template",
    "uploaded_by_id": "person",
}
ENUMS: dict[str, type[StrEnum]] = {
    "pillar": Pillar,
    "priority": Priority,
    "role": Role,
    "status": TaskStatus,
    "strands": Strand,
    "strand": Strand,
    "relation": Relation,
    "window_unit": WindowUnit,
    "anchor": Anchor,
    "frequency": Frequency,
    "shift": Shift,
    "meeting.state": MeetingState,
    "meeting_entry.kind": EntryKind,
    "presence": Presence,
    "reason": MoveReason,
    "stage.role": StageRole,
    "extension_request.state": ExtensionState,
    "risk.kind": RiskKind,
    "treatment": Treatment,
    "decision.state": DecisionState,
    "period_kind": PeriodKind,
    "basis": PeriodBasis,
    "arranged_by": Arrangement,
    "orientation": Orientation,
    "urgency": Urgency,
    "report.kind": ReportKind,
    "report_regime.kind": ReportKind,
    "report.state": ReportState,
}
VERBS = {
    "created": N_("thêm"),
    "trashed": N_("chuyển vào thùng rác"),
    "restored": N_("khôi phục từ thùng rác"),
    "purged": N_("xóa hẳn"),
    "removed": N_("bỏ"),
    "password": N_("đặt mật khẩu của"),
    "invite": N_("tạo liên kết mời cho"),
    "reset": N_("tạo liên kết đặt lại mật khẩu cho"),
    "feed_made": N_("tạo lịch cho"),
    "feed_renewed": N_("đổi địa chỉ lịch của"),
    "feed_revoked": N_("thu hồi lịch của"),
    "epoch": N_("đăng xuất khỏi mọi thiết bị"),
    "merged": N_("gộp"),
    "facts": N_("cập nhật số liệu của"),
}
CAUSES = {
    "cli": N_("bằng dòng lệnh"),
    "demo": N_("dữ liệu mẫu"),
    "meeting": N_("tại cuộc họp"),
    "cut_off": N_("khi chốt số liệu"),
    "night": N_("tự động ban đêm"),
    "extension": N_("theo đề nghị gia hạn"),
    "import": N_("khi nhập kế hoạch"),
    "records": N_("khi nhập dữ liệu ISO"),
    "undo": N_("khi hoàn tác nhập"),
}


@dataclass(frozen=True, kw_only=True)
class AuditSearch:
    """What of the history is asked for. `person_id` 0 is the tracker itself."""

    person_id: int | None = None
    kind: str = ""
    group_id: int | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Entry:
    """One change in words. `verb` is empty where a field went from `old` to `new`."""

    id: int
    at: datetime
    person: str
    cause: str
    verb: str
    kind: str
    subject: str
    field: str
    old: str
    new: str
    why: str


@dataclass(frozen=True)
class Entries:
    """A screen of the history, the latest first."""

    rows: Sequence[Entry]
    number: int
    has_older: bool


def entries(search: AuditSearch, lang: Language, number: int = 1) -> Entries:
    """The changes asked for; one screen, and whether there is another."""
    number = min(max(number, 1), LAST)
    found = db.session.scalars(
        select(Change)
        .options(joinedload(Change.person))
        .where(*_conditions(search))
        .order_by(Change.at.desc(), Change.id.desc())
        .limit(SIZE + 1)
        .offset((number - 1) * SIZE)
    ).all()
    shown = found[:SIZE]
    names = _names(shown, lang)
    return Entries([_entry(change, names, lang) for change in shown], number, len(found) > SIZE)


def _conditions(search: AuditSearch) -> Iterable[ColumnElement[bool]]:
    yield Change.field.not_in(FOLLOWING)
    if search.person_id is not None:
        yield Change.person_id == (search.person_id or None)
    if search.kind:
        yield Change.kind == search.kind
    if search.group_id is not None:
        yield Change.group_id == search.group_id
    if search.first is not None:
        yield Change.at >= start_of_day_utc(search.first)
    if search.last is not None:
        yield Change.at <= end_of_day_utc(search.last)


# ------------------------------------------------------------------ names


def _names(changes: Sequence[Change], lang: Language) -> Names:
    """The words for everything the changes speak of, one query a table."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        wanted[change.kind].add(change.subject_id)
        kind = _reference(change.kind, change.field)
        if kind:
            wanted[kind] |= {*_ids(change.old), *_ids(change.new)}
    named: dict[tuple[str, int], str] = {}
    for kind, ids in wanted.items():
        if kind in TABLES and ids:
            query, words = TABLES[kind]
            its_id = query.selected_columns[0]
            for id_, *parts in db.session.execute(query.where(its_id.in_(ids))):
                named[kind, id_] = words(lang, *parts)
    return named


def _reference(kind: str, field: str) -> str:
    if field == "parent_id":
        return kind
    return REFERENCES.get(field, "")


def _ids(value: object) -> list[int]:
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, int)]


def _text(_lang: Language, *parts: object) -> str:
    return " – ".join(str(part) for part in parts if part)


def _post(lang: Language, person: str, role: Role, key: str) -> str:
    return f"{person}, {lang.label(role)} {key}"


def _stream(lang: Language, key: str, strand: Strand) -> str:
    return f"{key} · {lang.label(strand)}"


def _declared(
    lang: Language, key: str, strand: Strand, health: Health, sentence: str, recovery: str
) -> str:
    said = f"{_stream(lang, key, strand)}: {lang.label(health)} – {sentence}"
    line = lang.gettext(N_("Biện pháp khắc phục: %(text)s"), text=recovery) if recovery else ""
    return _shortened(f"{said} {line}".rstrip())


def _day(_lang: Language, day: date, name: str) -> str:
    return f"{format_date(day)} – {name}"


def _setting(lang: Language, key: str) -> str:
    words = {
        "health_thresholds": N_("ngưỡng đánh giá"),
        "installation": N_("tên nội bộ của hệ thống"),
        "report_header": N_("thể thức báo cáo"),
        "report_template": N_("mẫu báo cáo mặc định"),
    }
    return lang.gettext(words[key]) if key in words else key


# By kind: a query whose first column is the id, and how the others make its name.
TABLES: dict[str, tuple[Query, Callable[..., str]]] = {
    "account": (
        select(Account.id, Person.full_name).join(Person, Person.id == Account.person_id),
        _text,
    ),
    "baseline": (
        select(Baseline.id, Baseline.document_number, Group.key).join(
            Group, Group.id == Baseline.group_id
        ),
        _text,
    ),
    "calendar_day": (select(CalendarDay.id, CalendarDay.day, CalendarDay.name), _day),
    "decision": (select(Decision.id, Decision.code, Decision.question), _text),
    "declaration": (
        select(
            Declaration.id,
            Group.key,
            Workstream.strand,
            Declaration.health,
            Declaration.sentence,
            Declaration.recovery,
        )
        .join(Workstream, Workstream.id == Declaration.workstream_id)
        .join(Group, Group.id == Workstream.group_id),
        _declared,
    ),
    "deliverable": (select(Deliverable.id, Deliverable.code, Deliverable.title), _text),
    "deliverable_kind": (select(DeliverableKind.id, DeliverableKind.name), _text),
    "directive": (
        select(Directive.task_id, Task.code, Task.title).join(Task, Task.id == Directive.task_id),
        _text,
    ),
    "extension_request": (
        select(
            ExtensionRequest.id,
            func.coalesce(Task.code, Milestone.code),
            func.coalesce(Task.title, Milestone.title),
        )
        .outerjoin(Task, Task.id == ExtensionRequest.task_id)
        .outerjoin(Milestone, Milestone.id == ExtensionRequest.milestone_id),
        _text,
    ),
    "group": (select(Group.id, Group.key, Group.name), _text),
    "attendance": (select(Attendance.id, Attendance.name), _text),
    "meeting": (select(Meeting.id, Meeting.title), _text),
    "meeting_entry": (select(MeetingEntry.id, MeetingEntry.text), _text),
    "membership": (
        select(Membership.id, Person.full_name, Membership.role, Group.key)
        .join(Person, Person.id == Membership.person_id)
        .join(Group, Group.id == Membership.group_id),
        _post,
    ),
    "milestone": (select(Milestone.id, Milestone.code, Milestone.title), _text),
    "person": (select(Person.id, Person.full_name), _text),
    "programme": (select(Programme.id, Programme.name), _text),
    "recurrence": (
        select(Recurrence.id, Group.key, Recurrence.title).join(
            Group, Group.id == Recurrence.group_id
        ),
        _text,
    ),
    "risk": (select(Risk.id, Risk.code, Risk.title), _text),
    "report": (select(Report.id, Report.period), _text),
    "report_regime": (select(ReportRegime.id, ReportRegime.name), _text),
    "report_template": (select(ReportTemplate.id, ReportTemplate.name), _text),
    "setting": (select(Setting.id, Setting.key), _setting),
    "stage": (
        select(Stage.id, DeliverableKind.code, Stage.code, Stage.name).join(
            DeliverableKind, DeliverableKind.id == Stage.kind_id
        ),
        _text,
    ),
    "task": (select(Task.id, Task.code, Task.title), _text),
    "unit": (select(Unit.id, Unit.name), _text),
    "workstream": (
        select(Workstream.id, Group.key, Workstream.strand).join(
            Group, Group.id == Workstream.group_id
        ),
        _stream,
    ),
}


# ------------------------------------------------------------------ words


def _entry(change: Change, names: Names, lang: Language) -> Entry:
    verb = VERBS.get(change.field, "")
    field = FIELDS.get(f"{change.kind}.{change.field}", FIELDS.get(change.field, change.field))
    return Entry(
        id=change.id,
        at=change.at,
        person=change.person.full_name if change.person else lang.gettext(N_("Hệ thống")),
        cause=lang.gettext(CAUSES.get(change.cause.partition(":")[0], "")),
        verb=lang.gettext(verb),
        kind=lang.gettext(KINDS.get(change.kind, change.kind)),
        subject=_subject(change, names),
        field="" if verb else lang.gettext(field),
        old="" if verb else _value(change, change.old, names, lang),
        new="" if verb and change.field != "merged" else _value(change, change.new, names, lang),
        why=_why(change, lang),
    )


def _subject(change: Change, names: Names) -> str:
    """The thing's present name; of a thing that is gone, what its record says."""
    known = names.get((change.kind, change.subject_id))
    if known is not None:
        return known
    if change.field == "removed" and isinstance(change.old, str):
        return change.old
    record = change.new if isinstance(change.new, dict) else {}
    return str(record.get("code") or record.get("name") or f"#{change.subject_id}")


def _value(change: Change, value: object, names: Names, lang: Language) -> str:
    reference = _reference(change.kind, change.field)
    if reference:
        return ", ".join(names.get((reference, id_), f"#{id_}") for id_ in _ids(value))
    if change.kind == "setting" and isinstance(value, dict):
        other = change.new if value is change.old else change.old
        other = other if isinstance(other, dict) else {}
        value = {name: one for name, one in value.items() if other.get(name) != one}
    qualified = f"{change.kind}.{change.field}"  # where tables use one name for two things
    field = qualified if qualified in ENUMS else change.field
    return _shortened(_written(field, value, lang))


def _written(field: str, value: object, lang: Language) -> str:
    match value:
        case dict():
            # In an order of its own: PostgreSQL does not keep the one it was written in.
            parts = sorted((str(key), one) for key, one in value.items() if key not in UNREADABLE)
            named = [(lang.gettext(FIELDS.get(key, key)), key, one) for key, one in parts]
            return ", ".join(f"{name}: {_written(key, one, lang)}" for name, key, one in named)
        case list():
            return ", ".join(_written(field, one, lang) for one in value)
        case str():
            return _written_text(field, value, lang)
        case bool():
            return lang.gettext(N_("Có")) if value else lang.gettext(N_("Không"))
    return "" if value is None else str(value)


def _written_text(field: str, value: str, lang: Language) -> str:
    if field in ENUMS and value:
        return lang.label(ENUMS[field](value))
    if MOMENT.fullmatch(value):
        return f"{datetime.fromisoformat(value).astimezone(ZONE):%d/%m/%Y %H:%M}"
    return format_date(date.fromisoformat(value)) if DAY.fullmatch(value) else value


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def _why(change: Change, lang: Language) -> str:
    reason = lang.label(change.reason) if isinstance(change.reason, MoveReason) else ""
    return ": ".join(part for part in (reason, change.sentence) if part)
