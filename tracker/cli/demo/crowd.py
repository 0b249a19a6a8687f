"""Thousands of tasks beside the story, the same ones for a seed, to see how fast the tracker is.

Rows are stored in bulk, with the history, search entries and comments the services would leave.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import repeat
from random import Random
from typing import Any

from tracker.cli.demo import declarations, programmes, reports
from tracker.lib.codes import milestone_code, task_code
from tracker.lib.dates import ZONE
from tracker.lib.text import nfc
from tracker.models import (
    Change,
    Comment,
    Confirmation,
    DateMove,
    Directive,
    Group,
    Milestone,
    MoveReason,
    Person,
    Priority,
    Role,
    SearchEntry,
    Strand,
    Task,
    TaskStatus,
)
from tracker.policies.actor import Actor
from tracker.queries import groups as read_groups
from tracker.services import bulk, groups, history, moves, numbering, people, search, summaries
from tracker.services.act import Act

CAUSE = "demo"
OPERATOR = Actor(person_id=0, person_name="", is_administrator=True)
STEP = 1024
FULL = 100
ENTERED = 330  # days ago
TASKS_A_MILESTONE = 12
COMMENTS_A_TASK = 1.5
TASKS_A_DIRECTIVE = 50
CONFIRMED = 0.85  # of the open items
MEMBERS = (Role.HEAD, Role.DEPUTY, Role.SECRETARY, *(Role.MEMBER,) * 6)

FAMILIES = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Lý"
MIDDLES = "Văn Thị Đức Minh Thu Quốc Hải Thanh Ngọc Hữu Thùy Quang Mai Gia"
GIVENS = (
    "An Anh Ánh Ân Bình Châu Cường Dũng Đan Đạt Đức Giang Hà Hạnh Hiếu Hoa Hùng Hương Khánh"
    " Lan Linh Long Mai Nam Nga Ngọc Oanh Phúc Quân Sơn Thảo Trang Tuấn Uyên Ước Vân Ý Yến"
)
TOPICS = (
    ("Nông sản hữu cơ", "Organic produce"),
    ("Pin xe điện", "Vehicle batteries"),
    ("Đô thị thông minh", "Smart cities"),
    ("Thiết bị y tế", "Medical devices"),
    ("Phân bón", "Fertilisers"),
    ("Thép xây dựng", "Structural steel"),
    ("Nước sạch", "Drinking water"),
    ("Hydro xanh", "Green hydrogen"),
    ("Bán dẫn", "Semiconductors"),
    ("Dệt may", "Textiles"),
    ("Thủy sản", "Seafood"),
    ("Vật liệu chống cháy", "Fire-resistant materials"),
    ("Xăng dầu", "Fuels"),
    ("Trí tuệ nhân tạo", "Artificial intelligence"),
    ("Đồ chơi trẻ em", "Toys"),
    ("Dược liệu", "Medicinal plants"),
)
VERBS = (
    "Xây dựng dự thảo",
    "Lấy ý kiến về",
    "Thẩm định",
    "Khảo sát áp dụng",
    "So sánh liên phòng cho",
    "Đánh giá sự phù hợp theo",
    "Kiểm tra việc thực hiện",
    "Tập huấn áp dụng",
    "Hiệu chuẩn phương tiện đo theo",
    "Rà soát, cập nhật",
)
OBJECTS = (
    "tiêu chuẩn quốc gia về yêu cầu chung",
    "quy trình thử nghiệm độ bền",
    "chương trình chứng nhận sản phẩm",
    "văn bản kỹ thuật đo lường",
    "hồ sơ công nhận phòng thử nghiệm",
    "kế hoạch lấy mẫu trên thị trường",
    "hướng dẫn ghi nhãn và truy xuất nguồn gốc",
    "tài liệu đánh giá độ không đảm bảo đo",
    "bộ tiêu chí chỉ định tổ chức",
    "báo cáo tổng hợp số liệu",
)
SENTENCES = (
    "Đơn vị chủ trì lập đề cương và gửi các đơn vị phối hợp góp ý trong mười ngày làm việc.",
    "Kết quả được tổng hợp thành bảng, kèm bản tiếp thu và giải trình ý kiến.",
    "Cần thống nhất thuật ngữ với các tiêu chuẩn quốc gia đã công bố trước đây.",
    "Mẫu thử được bảo quản, giao nhận theo biên bản và lưu ít nhất sáu tháng.",
    "Số liệu phải có độ không đảm bảo đo và nêu rõ phương pháp tính.",
    "Phòng thử nghiệm tham gia được công nhận theo ISO/IEC 17025 hoặc đang đăng ký.",
    "Kinh phí lấy từ dự toán chi thường xuyên của đơn vị chủ trì.",
    "Báo cáo gửi tổ trưởng trước ngày chốt số liệu của kỳ.",
)
REMARKS = (
    "Đã gửi văn bản cho các đơn vị phối hợp, đề nghị trả lời trong tuần này.",
    "Nhận được góp ý của ba đơn vị, đang **tổng hợp**.",
    "Thiết bị đã hiệu chuẩn xong, bắt đầu đo từ ngày mai.",
    "Đề nghị tổ trưởng cho ý kiến về phạm vi trước khi làm tiếp.",
    "Bản dự thảo lần hai có ở thư mục chung.",
    "Đồng ý với phương án này. Làm tiếp theo kế hoạch.",
)
RESULTS = ("Dự thảo", "Báo cáo", "Hồ sơ", "Quy trình", "Biên bản", "Chương trình")
OPEN = (TaskStatus.TODO, TaskStatus.DOING, TaskStatus.DOING, TaskStatus.BLOCKED, TaskStatus.REVIEW)


@dataclass
class Rows:
    """What is stored of one group."""

    milestones: list[dict[str, Any]] = field(default_factory=list)
    tasks: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Place:
    """A workstream with its people, and the numbers and days to use."""

    group: Group
    workstream_id: int
    persons: Sequence[int]
    units: Sequence[int]
    today: date
    chance: Random


def gather(*, number: int, tasks: int, seed: int, today: date) -> None:
    """Fill up to that many groups and tasks, evenly; what the story brought counts."""
    chance = Random(seed)  # noqa: S311 - sizes and words, no secret
    by = Act(person_id=None, at=_moment(today - timedelta(days=360)), cause=CAUSE)
    units = [
        people.create_unit(f"Đơn vị kỹ thuật {n}", by=by, abbreviation=f"ĐVKT {n}").id
        for n in range(1, 11)
    ]
    staff = _persons(number, units, chance, by=by)
    made = _groups(number, staff, by=by)
    programmes.gather(made, by=by)
    reports.gather([group for _topic, group in made], today)
    everywhere = read_groups.listing(OPERATOR)
    for place, group in enumerate(everywhere):
        share = tasks * (place + 1) // len(everywhere) - tasks * place // len(everywhere)
        there = numbering.reserve(group, numbering.TASK, 0) - 1
        _fill(group, max(0, share - there), [person.id for person in staff], units, today, chance)
    summaries.rebuild()
    for _topic, group in made:
        declarations.gather(group, [person.id for person in staff], today, chance)


def _persons(number: int, units: Sequence[int], chance: Random, *, by: Act) -> list[Person]:
    names = dict.fromkeys(
        " ".join(chance.choice(names.split()) for names in (FAMILIES, MIDDLES, GIVENS))
        for _ in range(20 + 4 * number)
    )
    return [people.create_person(name, by=by, unit_id=chance.choice(units)) for name in names]


def _groups(number: int, staff: Sequence[Person], *, by: Act) -> Sequence[tuple[int, Group]]:
    """The groups that are still missing, each with the place of its topic."""
    made = []
    for position in range(len(read_groups.listing(OPERATOR)), number):
        name, name_en = TOPICS[position % len(TOPICS)]
        again = position // len(TOPICS) + 1
        group = groups.create(
            key=f"T{position:03d}",
            name=f"{name} {again}",
            name_en=f"{name_en} {again}",
            by=by,
            decision_number=f"{position + 300}/QĐ-TĐC",
            decision_date=by.today,
        )
        for offset, role in enumerate(MEMBERS):
            person = staff[(position * 4 + offset) % len(staff)]
            groups.add_member(group, person, role, by=by, starts_on=by.today)
        made.append((position % len(TOPICS), group))
    return made


# ---------------------------------------------------------------- the plan of a group


def _fill(
    group: Group,
    number: int,
    staff: Sequence[int],
    units: Sequence[int],
    today: date,
    chance: Random,
) -> None:
    workstreams = read_groups.workstreams(group)
    persons = chance.sample(staff, min(len(staff), 12))
    shares = [number * (n + 1) // 4 - number * n // 4 for n in range(len(Strand))]
    rows = Rows()
    for workstream, share in zip(workstreams, shares, strict=True):
        place = Place(group, workstream.id, persons, units, today, chance)
        rows.milestones += _milestones(place, -(-share // TASKS_A_MILESTONE))
    _number(group, rows.milestones, numbering.MILESTONE)
    _confirm(rows.milestones, today, chance)
    ids = bulk.insert_numbered(Milestone, rows.milestones)
    above: dict[int, list[int]] = {}
    for row, id_ in zip(rows.milestones, ids, strict=True):
        above.setdefault(row["workstream_id"], []).append(id_)
    for workstream, share in zip(workstreams, shares, strict=True):
        place = Place(group, workstream.id, persons, units, today, chance)
        rows.tasks += _tasks(place, share, above.get(workstream.id, []))
    _number(group, rows.tasks, numbering.TASK)
    _confirm(rows.tasks, today, chance)
    task_ids = bulk.insert_numbered(Task, rows.tasks)
    _keep_beside(rows, ids, task_ids, chance)


def _number(group: Group, rows: list[dict[str, Any]], kind: str) -> None:
    write = task_code if kind == numbering.TASK else milestone_code
    first = numbering.reserve(group, kind, len(rows))
    for number, row in enumerate(rows, start=first):
        row["code"] = write(group.key, number)


def _milestones(place: Place, number: int) -> list[dict[str, Any]]:
    chance = place.chance
    rows = []
    for n in range(number):
        baseline = place.today + timedelta(days=chance.randint(-250, 400))
        is_closed = baseline < place.today - timedelta(days=20)
        created = _moment(place.today - timedelta(days=ENTERED))
        rows.append(
            {
                "group_id": place.group.id,
                "workstream_id": place.workstream_id,
                "title": f"Mốc {n + 1}: {chance.choice(VERBS).lower()} {chance.choice(OBJECTS)}",
                "description": "",
                "baseline": baseline,
                "forecast": baseline + timedelta(days=chance.choice((0, 0, 0, 5, 12, 40))),
                "closed_on": baseline if is_closed else None,
                "evidence": f"{chance.randint(20, 900)}/BC-TĐC" if is_closed else None,
                "stage_code": None,
                "position": (1000 + n) * STEP,
                "created_by_id": chance.choice(place.persons),
                "created_at": created,
                "version": 1,
            }
        )
    return rows


def _tasks(place: Place, number: int, milestone_ids: Sequence[int]) -> list[dict[str, Any]]:
    return [
        _task(place, n, milestone_ids[n % len(milestone_ids)] if milestone_ids else None)
        for n in range(number)
    ]


def _task(place: Place, n: int, milestone_id: int | None) -> dict[str, Any]:
    chance, today = place.chance, place.today
    due = today + timedelta(days=chance.randint(-300, 400))
    start = due - timedelta(days=chance.randint(20, 90))
    status = _status(due, start, today, chance)
    is_done = status is TaskStatus.DONE
    finished = min(due + timedelta(days=chance.randint(-15, 10)), today) if is_done else None
    submitted = finished or (today - timedelta(days=2) if status is TaskStatus.REVIEW else None)
    entered = today - timedelta(days=ENTERED)
    moved = chance.random() < 0.2
    return {
        "group_id": place.group.id,
        "workstream_id": place.workstream_id,
        "milestone_id": milestone_id,
        "parent_id": None,
        "title": f"{chance.choice(VERBS)} {chance.choice(OBJECTS)} đợt {n + 1}",
        "description": nfc(" ".join(chance.sample(SENTENCES, 4))),
        "owner_id": chance.choice(place.persons),
        "lead_unit_id": chance.choice(place.units),
        "assigning_document": f"{chance.randint(1, 999)}/QĐ-TĐC",
        "assigning_date": today - timedelta(days=340),
        "assigning_item": None,
        "start": start,
        "due": due,
        "forecast": due + timedelta(days=chance.randint(3, 40)) if moved else None,
        "finished_on": finished,
        "submitted_on": submitted,
        "result": chance.choice(RESULTS),
        "progress": _progress(status, chance),
        "priority": chance.choices(list(Priority), (90, 8, 2))[0],
        "status": status,
        "status_since": submitted
        or (entered if status is TaskStatus.TODO else max(start, entered)),
        "pillar": None,
        "position": (n + 1) * STEP,
        "created_by_id": chance.choice(place.persons),
        "created_at": _moment(entered),
        "version": 1,
    }


def _status(due: date, start: date, today: date, chance: Random) -> TaskStatus:
    if due < today:
        return TaskStatus.DONE if chance.random() < 0.96 else chance.choice(OPEN)
    if start > today:
        return TaskStatus.TODO
    return chance.choice(OPEN)


def _progress(status: TaskStatus, chance: Random) -> int:
    match status:
        case TaskStatus.DONE | TaskStatus.REVIEW:
            return FULL
        case TaskStatus.TODO:
            return 0
    return chance.randrange(5, 95, 5)


# ---------------------------------------------------------------- what is kept beside the plan


def _keep_beside(
    rows: Rows, milestone_ids: Sequence[int], task_ids: Sequence[int], chance: Random
) -> None:
    changes: list[dict[str, Any]] = []
    for row, id_ in zip(rows.milestones, milestone_ids, strict=True):
        changes += _past_of(row, "milestone", id_, {"closed_on", "evidence"}, {})
    for row, id_ in zip(rows.tasks, task_ids, strict=True):
        start = {"status": "todo", "status_since": _day(row["created_at"]), "progress": 0}
        changes += _past_of(row, "task", id_, {"forecast", "finished_on", "submitted_on"}, start)
    given = _given(rows.tasks, task_ids)
    bulk.insert_rows(Directive, given)
    changes += map(_giving, given)
    moved = [change for change in changes if change["field"] == "forecast"]
    bulk.insert_rows(Change, [change for change in changes if change["field"] != "forecast"])
    stored = dict(zip(task_ids, rows.tasks, strict=True))  # only tasks move here
    noted = zip(moved, bulk.insert_numbered(Change, moved), strict=True)
    made = [_move(stored[change["subject_id"]], change, id_) for change, id_ in noted]
    bulk.insert_rows(DateMove, made)
    bulk.insert_rows(
        Confirmation,
        [
            *_confirmations(rows.tasks, "task_id", task_ids),
            *_confirmations(rows.milestones, "milestone_id", milestone_ids),
        ],
    )
    bulk.insert_rows(
        SearchEntry,
        [
            *map(_entry, rows.milestones, repeat("milestone"), milestone_ids),
            *map(_entry, rows.tasks, repeat("task"), task_ids),
        ],
    )
    said = round(len(task_ids) * COMMENTS_A_TASK)
    bulk.insert_rows(Comment, list(_comments(rows.tasks, task_ids, said, chance)))


def _given(rows: Sequence[dict[str, Any]], ids: Sequence[int]) -> list[dict[str, Any]]:
    """Some of the tasks as somebody's directives."""
    some = list(zip(rows, ids, strict=True))[::TASKS_A_DIRECTIVE]
    return [
        {"task_id": id_, "given_by_id": row["created_by_id"], "given_at": row["created_at"]}
        for row, id_ in some
    ]


def _giving(given: dict[str, Any]) -> dict[str, Any]:
    """That it was given, for the history."""
    by = {"created_by_id": given["given_by_id"], "group_id": None}
    return _change(by, "directive", given["task_id"], "created", None, given, given["given_at"])


def _confirm(rows: Sequence[dict[str, Any]], today: date, chance: Random) -> None:
    """When each was last confirmed: most open ones lately, the others as they last changed."""
    for row in rows:
        is_open = row.get("status", TaskStatus.TODO).is_open and not row.get("closed_on")
        lately = _moment(today - timedelta(days=chance.randint(1, 3)))
        changed = _changed_at(row)
        is_lately = is_open and chance.random() < CONFIRMED
        row["confirmed_at"] = max(lately, changed or lately) if is_lately else changed


def _changed_at(row: dict[str, Any]) -> datetime | None:
    """When somebody last said where it stands, as `_past_of` tells it."""
    on = row.get("submitted_on") or row.get("closed_on") or row.get("status_since")
    said = ("forecast", "finished_on", "progress") if "progress" in row else ("closed_on",)
    is_said = row.get("status", TaskStatus.TODO) is not TaskStatus.TODO or any(map(row.get, said))
    return _moment(on) if on and is_said else None


def _confirmations(
    rows: Sequence[dict[str, Any]], name: str, ids: Sequence[int]
) -> Iterator[dict[str, Any]]:
    for row, id_ in zip(rows, ids, strict=True):
        if row["confirmed_at"] != _changed_at(row):
            person_id = row.get("owner_id") or row["created_by_id"]
            blank = {"task_id": None, "milestone_id": None}
            yield {**blank, name: id_, "person_id": person_id, "at": row["confirmed_at"]}


def _past_of(
    row: dict[str, Any], kind: str, id_: int, later: set[str], start: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """The creation with first values, then a change for each field that became another."""
    first = {name: None if name in later else value for name, value in row.items()} | start
    values = {name: value for name, value in first.items() if value is not None}
    del values["version"]
    values.pop("confirmed_at", None)
    yield _change(row, kind, id_, "created", None, values, row["created_at"])
    on = row.get("submitted_on") or row.get("closed_on") or row.get("status_since")
    at = _moment(on) if on else row["created_at"]
    for name in sorted(later | start.keys()):
        if first[name] != row[name]:
            yield _change(row, kind, id_, name, first[name], row[name], at)


def _change(
    row: dict[str, Any],
    kind: str,
    id_: int,
    name: str,
    old: object,
    new: object,
    at: datetime,
) -> dict[str, Any]:
    is_move = name == "forecast"
    return {
        "at": at,
        "person_id": row["created_by_id"],
        "cause": CAUSE,
        "kind": kind,
        "subject_id": id_,
        "group_id": row["group_id"],
        "field": name,
        "old": history.encoded(old),
        "new": history.encoded(new),
        "version": 1,
        "reason": MoveReason.AWAITING_COMMENTS if is_move else None,
        "sentence": "Chờ góp ý của đơn vị phối hợp." if is_move else None,
        "agreed_by": None,
    }


def _move(row: dict[str, Any], change: dict[str, Any], change_id: int) -> dict[str, Any]:
    """As `services.moves` keeps it."""
    days = moves.row_of("task", "forecast", row, None, row["forecast"]) or {}
    return {
        **days,
        "change_id": change_id,
        "subject_id": change["subject_id"],
        "code": row["code"],
        "group_id": row["group_id"],
        "workstream_id": row["workstream_id"],
        "unit_id": row["lead_unit_id"],
        "moved_on": _day(change["at"]),
        "reason": change["reason"],
    }


def _entry(row: dict[str, Any], kind: str, id_: int) -> dict[str, Any]:
    """As `services.search` keeps it."""
    names = (
        ("assigning_document", "result", "description")
        if kind == "task"
        else ("evidence", "stage_code", "description")
    )
    body = "\n".join(row[name] for name in names if row[name])
    return {
        "kind": kind,
        "subject_id": id_,
        "group_id": row["group_id"],
        "code": row["code"],
        "title": row["title"],
        "body": body,
        "folded": search.indexed(f"{row['code']} {row['title']} {body}"),
    }


def _comments(
    tasks: list[dict[str, Any]], task_ids: Sequence[int], number: int, chance: Random
) -> Iterator[dict[str, Any]]:
    for _ in range(number):
        n = chance.randrange(len(task_ids))
        at = tasks[n]["created_at"] + timedelta(days=chance.randint(1, 320))
        yield {
            "task_id": task_ids[n],
            "milestone_id": None,
            "author_id": tasks[n]["owner_id"],
            "body": chance.choice(REMARKS),
            "at": at,
            "version": 1,
        }


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(9, 0), ZONE).astimezone(UTC)


def _day(at: datetime) -> date:
    return at.astimezone(ZONE).date()
