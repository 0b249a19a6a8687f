"""What was said about a thing and what happened to it, in one order of time, in words.

The names behind ids (persons, units, milestones, tasks) are fetched in one statement, so the
number of queries is the same for one change and for a thousand.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Select,
    SQLColumnExpression,
    String,
    bindparam,
    cast,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from tracker.extensions import db
from tracker.lib.dates import format_date
from tracker.models import (
    Change,
    Comment,
    Confirmation,
    Deliverable,
    DeliverableKind,
    ExtensionState,
    Milestone,
    Person,
    Pillar,
    Priority,
    Relation,
    Risk,
    RiskKind,
    Stage,
    Strand,
    Task,
    TaskStatus,
    Treatment,
    Unit,
    Workstream,
)
from tracker.queries import extension_requests, history
from tracker.words import N_, Language

LONG_TEXT = 80
LONG = {"description", "response"}
# The kinds of items that have dates to be confirmed and extended.
PLANNED = {"task", "milestone"}

# What a reader is told of, in the order in which it is told.
FIELDS: dict[str, str] = {
    "title": N_("Tên"),
    "reference": N_("Số hiệu"),
    "title_en": N_("Tên tiếng Anh"),
    "kind": N_("Loại"),
    "kind_id": N_("Loại sản phẩm"),
    "stage_id": N_("Giai đoạn"),
    "iteration": N_("Lần"),
    "status": N_("Trạng thái"),
    "finished_on": N_("Ngày hoàn thành"),
    "progress": N_("Tiến độ"),
    "owner_id": N_("Người phụ trách"),
    "lead_unit_id": N_("Đơn vị chủ trì"),
    "cooperating_units": N_("Đơn vị phối hợp"),
    "participants": N_("Người cùng làm"),
    "start": N_("Bắt đầu"),
    "due": N_("Thời hạn"),
    "baseline": N_("Kế hoạch"),
    "forecast": N_("Dự kiến"),
    "closed_on": N_("Ngày đạt"),
    "evidence": N_("Minh chứng"),
    "evidence_date": N_("Ngày văn bản minh chứng"),
    "result": N_("Sản phẩm"),
    "description": N_("Mô tả"),
    "assigning_document": N_("Văn bản giao"),
    "assigning_date": N_("Ngày văn bản giao"),
    "assigning_item": N_("Mục của văn bản giao"),
    "priority": N_("Độ khẩn"),
    "pillar": N_("Trụ cột"),
    "relation": N_("Mức độ tương đương"),
    "based_on": N_("Tài liệu gốc"),
    "replaces": N_("Thay thế"),
    "ics": N_("Mã ICS"),
    "committee": N_("Ban kỹ thuật"),
    "note": N_("Ghi chú"),
    "likelihood": N_("Khả năng xảy ra"),
    "impact": N_("Mức độ ảnh hưởng"),
    "treatment": N_("Cách xử lý rủi ro"),
    "response": N_("Biện pháp"),
    "review_on": N_("Ngày rà soát"),
    "blocks": N_("Đang chặn"),
    "happened_on": N_("Ngày xảy ra"),
    "risk.closed_on": N_("Ngày kết thúc"),
    "outcome": N_("Kết quả xử lý"),
    "recalled_why": N_("Thu hồi ý kiến chỉ đạo"),
    "stage_code": N_("Giai đoạn"),
    "question": N_("Điều xin ý kiến"),
    "background": N_("Bối cảnh"),
    "options": N_("Các phương án"),
    "wanted_from_id": N_("Xin ý kiến của"),
    "wanted_by": N_("Cần trước ngày"),
    "stalls": N_("Việc, mốc phải chờ"),
    "document_number": N_("Số văn bản"),
    "awaits": N_("Chờ quyết định"),
    "decided": N_("Đã có ý kiến"),
    "waits_for": N_("Chờ"),
    "waited_for_by": N_("Được chờ bởi"),
    "milestone_id": N_("Mốc tiến độ"),
    "parent_id": N_("Nhiệm vụ chính"),
    "workstream_id": N_("Cấu phần"),
}
ENUMS: dict[str, type[StrEnum]] = {
    "status": TaskStatus,
    "priority": Priority,
    "pillar": Pillar,
    "relation": Relation,
    "kind": RiskKind,
    "treatment": Treatment,
}
DATES = {
    *("start", "due", "forecast", "finished_on", "baseline", "closed_on"),
    *("assigning_date", "evidence_date", "review_on", "happened_on", "wanted_by"),
}
# The table in which the names behind the ids of a field are found.
REFERENCES = {
    "owner_id": "person",
    "participants": "person",
    "wanted_from_id": "person",
    "lead_unit_id": "unit",
    "cooperating_units": "unit",
    "milestone_id": "milestone",
    "parent_id": "task",
    "workstream_id": "workstream",
    "stage_id": "stage",
    "kind_id": "kind",
}
NAMES: dict[str, tuple[InstrumentedAttribute[int], SQLColumnExpression[Any]]] = {
    "person": (Person.id, Person.full_name),
    "unit": (Unit.id, func.coalesce(Unit.abbreviation, Unit.name)),
    "milestone": (Milestone.id, Milestone.title),
    "task": (Task.id, Task.code),
    "workstream": (Workstream.id, Workstream.strand),
    "stage": (Stage.id, Stage.code),
    "kind": (DeliverableKind.id, DeliverableKind.code),
}
# A link to another item, kept by its code; by none where that is nobody else's business.
LINKS = ("waits_for", "waited_for_by")
# Follows from a status that is told of in the same act.
FOLLOWS_STATUS = {"progress", "finished_on"}
EVENTS = {
    "created": N_("đã tạo"),
    "trashed": N_("đã xóa vào thùng rác"),
    "restored": N_("đã khôi phục từ thùng rác"),
    "decision.created": N_("đã xin ý kiến"),
    "directive.created": N_("đã giao theo ý kiến chỉ đạo"),
}
# What is told of a thing by its own number.
BESIDE = {"task": ("directive",)}


ANSWERS = {
    ExtensionState.GRANTED: N_("đồng ý gia hạn đến %(new)s"),
    ExtensionState.REFUSED: N_("không đồng ý gia hạn đến %(new)s"),
    ExtensionState.WITHDRAWN: N_("rút đề nghị gia hạn đến %(new)s"),
}

CAUSES = {
    "import": N_("nhập từ Excel"),
    "cascade": N_("dời theo mục phải chờ"),
    "records": N_("nhập từ dữ liệu ISO"),
    "undo": N_("hoàn tác lần nhập"),
    "cli": N_("dòng lệnh"),
    "extension": N_("theo đề nghị gia hạn"),
}


@dataclass(frozen=True)
class Part:
    """One field that changed: its label, what it was and what it is, in words."""

    label: str
    old: str
    new: str
    is_long: bool = False


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing somebody said or did. `kind` is said, changed or confirmed."""

    kind: str
    at: datetime
    person: str
    event: str = ""
    parts: Sequence[Part] = ()
    reason: str = ""
    sentence: str = ""
    agreed_by: str = ""
    cause: str = ""
    comment: Comment | None = None


Names = Mapping[tuple[str, object], str]


def of(thing: Task | Milestone | Deliverable | Risk, lang: Language) -> Sequence[Entry]:
    """Everything about the thing, the newest last."""
    kind = type(thing).__name__.lower()
    entries = [
        *changed(history.of(kind, thing.id, *BESIDE.get(kind, ())), lang),
        *_said(kind, thing.id),
        *_confirmed(kind, thing.id),
        *_asked(kind, thing.id, lang),
    ]
    return sorted(entries, key=lambda entry: entry.at)


def changed(changes: Iterable[Change], lang: Language) -> list[Entry]:
    """Changes in words; what one person did at one moment for one reason is one entry."""
    acts: dict[tuple[object, ...], list[Change]] = defaultdict(list)
    for change in changes:
        acts[change.at, change.person_id, change.cause, change.kind, change.subject_id].append(
            change
        )
    names = _names(change for act in acts.values() for change in act)
    return [entry for act in acts.values() for entry in _entries(act, names, lang)]


def _entries(act: Sequence[Change], names: Names, lang: Language) -> Iterable[Entry]:
    """Events first, then the moves with their reason, then the rest."""
    for change in act:
        if change.field in EVENTS:
            event = EVENTS.get(f"{change.kind}.{change.field}", EVENTS[change.field])
            yield _entry([change], lang, event=lang.gettext(event))
    told = [change for change in _told(act) if change.field in FIELDS]
    with_reason = [change for change in told if change.reason]
    for some in (with_reason, [change for change in told if not change.reason]):
        if some:
            yield _entry(some, lang, parts=[_part(change, names, lang) for change in some])


def _told(act: Sequence[Change]) -> list[Change]:
    """Without what follows from something else in the act; in the order of `FIELDS`."""
    fields = {change.field for change in act}
    hidden = FOLLOWS_STATUS if "status" in fields else set()
    if "stage_id" in fields:
        hidden = hidden | {"iteration"}
    if "created" in fields:
        hidden = {"cooperating_units", "participants", "blocks", "stalls"}
    if "milestone_id" in fields:
        hidden = hidden | {"workstream_id"}
    order = list(FIELDS)
    return sorted(
        (change for change in act if change.field in FIELDS and change.field not in hidden),
        key=lambda change: order.index(change.field),
    )


def _entry(
    changes: Sequence[Change], lang: Language, *, event: str = "", parts: Sequence[Part] = ()
) -> Entry:
    first = changes[0]
    return Entry(
        kind="changed",
        at=first.at,
        person=first.person.full_name if first.person else "",
        event=event,
        parts=tuple(parts),
        reason=lang.label(first.reason) if first.reason else "",
        sentence=first.sentence or "",
        agreed_by=first.agreed_by or "",
        cause=_cause(first.cause, lang),
    )


def _cause(cause: str, lang: Language) -> str:
    """By what way it came about, where that was not the page itself."""
    way, _, mover = cause.partition(":")
    if way == "cascade" and mover:
        return lang.gettext(N_("dời theo %(code)s"), code=mover)
    return lang.gettext(CAUSES.get(way, ""))


def _link(value: Mapping[str, object], lang: Language) -> str:
    """What is at the other end, and how long after it."""
    code = str(value["code"]) or lang.gettext(N_("một mục của tổ khác"))
    lag = int(str(value["lag"]))
    days = lang.ngettext(N_("%(num)s ngày làm việc"), "%(num)s ngày làm việc", lag)
    return f"{code} + {days}" if lag else code


def _part(change: Change, names: Names, lang: Language) -> Part:
    label = lang.gettext(FIELDS.get(f"{change.kind}.{change.field}", FIELDS[change.field]))
    old, new = (_words(change.field, value, names, lang) for value in (change.old, change.new))
    is_long = change.field in LONG or max(len(old), len(new)) > LONG_TEXT
    return Part(label, old, new, is_long)


def _words(field: str, value: object, names: Names, lang: Language) -> str:
    """A value of the history as a person reads it; nothing for nothing."""
    if value is None or value in ("", []):
        return ""
    if field in REFERENCES:
        return _named_words(field, value, names, lang)
    if field in LINKS and isinstance(value, Mapping):
        return _link(value, lang)
    if field in ENUMS:
        return lang.label(ENUMS[field](str(value)))
    if field in DATES:
        return format_date(date.fromisoformat(str(value)))
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"{text} %" if field == "progress" else text


def _named_words(field: str, value: object, names: Names, lang: Language) -> str:
    ids = value if isinstance(value, list) else [value]
    found = [names.get((REFERENCES[field], id_)) for id_ in ids]
    if field == "workstream_id":
        return ", ".join(lang.label(Strand(name)) for name in found if name)
    return ", ".join(name or lang.gettext(N_("(đã xóa)")) for name in found)


def _names(changes: Iterable[Change]) -> Names:
    """The names behind the ids of the changes: one query a table, whatever the number of ids."""
    ids: dict[str, set[int]] = {table: set() for table in NAMES}
    for change in changes:
        table = REFERENCES.get(change.field)
        for value in (change.old, change.new) if table else ():
            found = value if isinstance(value, list) else [value]
            ids[table or ""].update(id_ for id_ in found if isinstance(id_, int))
    asked = {table: list(found) for table, found in ids.items()}
    return {(row.table, row.id): row.name for row in db.session.execute(_named(), asked)}


@cache
def _named() -> CompoundSelect[str, int, str]:
    """The names of all tables in one statement, each by the ids that are wanted of it."""
    return union_all(
        *(
            select(
                literal(table, literal_execute=True).label("table"),
                key.label("id"),
                cast(name, String).label("name"),
            ).where(key.in_(bindparam(table, expanding=True)))
            for table, (key, name) in NAMES.items()
        )
    )


def _said(kind: str, id_: int) -> Iterable[Entry]:
    for comment in db.session.scalars(_comments(kind), {"id": id_}):
        yield Entry(kind="said", at=comment.at, person=comment.author.full_name, comment=comment)


def _confirmed(kind: str, id_: int) -> Iterable[Entry]:
    if kind not in PLANNED:  # a stage or a review says how it stands
        return
    for at, name in db.session.execute(_confirmations(kind), {"id": id_}):
        yield Entry(kind="confirmed", at=at, person=name)


@cache
def _comments(kind: str) -> Select[Comment]:
    about = {
        "task": Comment.task_id,
        "milestone": Comment.milestone_id,
        "deliverable": Comment.deliverable_id,
        "risk": Comment.risk_id,
    }[kind]
    query = select(Comment).options(joinedload(Comment.author))
    return query.where(about == bindparam("id"))


@cache
def _confirmations(kind: str) -> Select[datetime, str]:
    about = Confirmation.task_id if kind == "task" else Confirmation.milestone_id
    return (
        select(Confirmation.at, Person.full_name)
        .join(Person, Person.id == Confirmation.person_id)
        .where(about == bindparam("id"))
    )


def _asked(kind: str, id_: int, lang: Language) -> Iterable[Entry]:
    """Who asked for an extension, and what was answered."""
    if kind not in PLANNED:
        return
    for request in extension_requests.of_item(kind, id_):
        days = {"new": format_date(request.new_day), "old": format_date(request.old_day)}
        yield Entry(
            kind="changed",
            at=request.asked_at,
            person=request.asked_by.full_name if request.asked_by else "",
            event=lang.gettext(N_("xin gia hạn từ %(old)s đến %(new)s"), **days),
            reason=lang.label(request.reason),
            sentence=request.sentence,
        )
        if request.answered_at is not None:
            yield Entry(
                kind="changed",
                at=request.answered_at,
                person=request.answered_by.full_name if request.answered_by else "",
                event=lang.gettext(ANSWERS[request.state], **days),
                sentence=request.answer or "",
            )
