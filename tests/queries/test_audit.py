from datetime import date, datetime, timedelta

import pytest

from tests import factories as make
from tests.conftest import NOW
from tests.factories import TODAY
from tests.services.acts import BY
from tracker import words
from tracker.lib.health import Health
from tracker.lib.periods import parse
from tracker.models import Change, MoveReason, Priority, Role, Strand, TaskStatus, Workstream
from tracker.queries import audit as read
from tracker.queries.audit import AuditSearch
from tracker.services import (
    accounts,
    baselines,
    declarations,
    extension_requests,
    groups,
    history,
    meetings,
    milestones,
    people,
    report_text,
    reports,
    settings,
    tasks,
)
from tracker.services.act import Act, Why

RENAMED = (
    "tên đơn vị đơn vị Viện Hai: tên: Viện Một, có từ ngày: 23/11/2026"
    " → tên: Viện Hai, có từ ngày: 23/11/2026"
)
VI, EN = words.language("vi"), words.language("en")


def entries(lang=VI, number=1, **search):
    return read.entries(AuditSearch(**search), lang, number)


def said(lang=VI, **search):
    """Each change as one line, without the time."""
    return [
        " ".join(part for part in (row.verb or row.field, row.kind, row.subject) if part)
        + (f": {row.old} → {row.new}" if row.field else "")
        for row in entries(lang, **search).rows
    ]


@pytest.fixture
def task(db_session):
    _group, streams = make.whole_group(db_session)
    stream = streams[Strand.METROLOGY]
    milestone = milestones.create(stream, "So sánh liên phòng", by=BY, baseline=date(2026, 12, 2))
    return tasks.create(stream, "Đo mẫu", by=BY, milestone=milestone)


def test_changes_read_as_sentences(db_session, task):
    owner = make.person(db_session, "Đinh Thị Một")
    unit = make.unit(db_session, "Viện Đo lường")
    by = Act(person_id=owner.id, at=NOW + timedelta(hours=1), cause="web")
    wanted = {"owner_id": owner.id, "lead_unit_id": unit.id, "priority": Priority.URGENT}
    tasks.edit(task, wanted, by=by)
    tasks.change_status(task, TaskStatus.DOING, by=by)

    assert sorted(said(person_id=owner.id)) == [
        "mức độ nhiệm vụ ION-1 – Đo mẫu: Thường → Khẩn",
        "người phụ trách nhiệm vụ ION-1 – Đo mẫu:  → Đinh Thị Một",
        "trạng thái nhiệm vụ ION-1 – Đo mẫu: Chưa thực hiện → Đang thực hiện",
        "đơn vị chủ trì nhiệm vụ ION-1 – Đo mẫu:  → Viện Đo lường",
    ]


def test_a_move_says_why_and_dates_are_written_as_offices_do(db_session, task):
    milestone = db_session.get_one(make.Milestone, task.milestone_id)
    why = Why(reason=MoveReason.BUDGET, sentence="chờ kinh phí")
    milestones.move_forecast(milestone, date(2027, 1, 5), by=BY, why=why)

    row = next(row for row in entries(kind="milestone").rows if row.field == "ngày dự kiến")

    assert (row.new, row.why) == ("05/01/2027", "Kinh phí: chờ kinh phí")
    assert (row.person, row.cause) == ("Hệ thống", "bằng dòng lệnh")


def test_a_request_for_an_extension_is_told_in_words(db_session, task):
    tasks.move_due(task, date(2026, 12, 1), why=None, by=BY)
    why = Why(reason=MoveReason.BUDGET, sentence="chờ kinh phí")
    request = extension_requests.ask(task, date(2026, 12, 15), why=why, by=BY)
    extension_requests.answer(request, grant=False, sentence="Không.", by=BY)
    db_session.flush()

    told = said(kind="extension_request")

    assert "thêm đề nghị gia hạn ION-1 – Đo mẫu" in told
    assert "trạng thái đề nghị gia hạn ION-1 – Đo mẫu: Chờ trả lời → Bị từ chối" in told
    assert "trả lời đề nghị gia hạn ION-1 – Đo mẫu:  → Không." in told


def test_whatever_is_recorded_has_a_word_of_the_language():
    assert set(history.KINDS.values()) - set(words.KINDS) == set()


def test_every_kind_has_words(db_session, task):
    person = people.create_person("Đinh Thị Một", by=BY)
    account = accounts.create(person, "mot@x.test", by=BY)
    accounts.set_password(account, "một câu đủ dài", by=BY)
    unit = people.create_unit("Viện Một", by=BY)
    people.rename_unit(unit, {"name": "Viện Hai"}, by=BY, valid_from=TODAY)
    group = groups.create(key="KNK", name="Khí nhà kính", by=BY)
    post = groups.add_member(group, person, Role.HEAD, by=BY, strands=(Strand.METROLOGY,))
    groups.edit_member(post, {"strands": ["standards", "metrology"]}, by=BY)
    groups.edit(group, {"is_restricted": True}, by=BY)
    settings.put_thresholds({"blocked_days": 9}, by=BY)
    settings.put_thresholds({"blocked_days": 8}, by=BY)
    settings.put("x", 1, by=BY)
    holiday = settings.put_day(date(2026, 9, 2), is_working=False, name="Quốc khánh", by=BY)
    settings.remove_day(holiday, by=BY)
    db_session.flush()
    baselines.approve(
        db_session.get_one(make.Group, task.group_id),
        document_number="1/QĐ",
        document_date=TODAY,
        by=BY,
    )
    other = people.create_person("Đinh Thị Mốt", by=BY)
    people.merge(other, person, by=BY)
    db_session.flush()

    assert {
        "thêm tài khoản Đinh Thị Một",
        "đặt mật khẩu của tài khoản Đinh Thị Một",
        "đăng xuất khỏi mọi thiết bị tài khoản Đinh Thị Một",
        RENAMED,
        "tên đơn vị Viện Hai: Viện Một → Viện Hai",
        "cấu phần vai trò trong tổ Đinh Thị Một, Tổ trưởng KNK: Đo lường → Tiêu chuẩn, Đo lường",
        "hạn chế người xem tổ công tác KNK – Khí nhà kính: Không → Có",
        "giá trị cài đặt ngưỡng đánh giá: vướng mắc quá số ngày: 9 → vướng mắc quá số ngày: 8",
        "thêm cài đặt x",
        "bỏ ngày của lịch làm việc Quốc khánh",
        "thêm kế hoạch được duyệt 1/QĐ – ION",
        "gộp người Đinh Thị Mốt",
    } - set(said()) == set()
    (merged,) = [row for row in entries().rows if row.verb == "gộp"]
    assert merged.new == "Đinh Thị Một"


def test_what_is_done_to_a_report_is_told_in_words(db_session, cast):
    report = reports.begin(None, parse("2026-11"), by=BY)
    report_text.write(report, {"results": "Tốt"}, by=BY)
    history.record(report, "facts", None, "0" * 64, by=BY)
    history.record(report, "file", None, {"name": "x.docx", "sha256": "0" * 64}, by=BY)

    assert said(kind="report")[:3] == [
        "tệp báo cáo 2026-11:  → tên: x.docx",
        "cập nhật số liệu của báo cáo 2026-11",
        "nhận định báo cáo 2026-11: kết quả:  → kết quả: Tốt",
    ]


def test_english_readers_get_english(db_session, task):
    tasks.change_status(task, TaskStatus.DOING, by=BY)

    assert entries(EN, kind="task").rows[0].new == EN.label(TaskStatus.DOING)


def change(session, **values):
    values = {
        "at": NOW,
        "cause": "web",
        "kind": "task",
        "subject_id": 99,
        "field": "title",
    } | values
    return make.add(session, Change(**values))


def test_a_thing_that_is_gone_is_named_by_its_record(db_session):
    change(db_session, field="created", new={"code": "ION-9", "title": "Đã mất"})
    change(db_session, field="owner_id", new=12345)
    change(db_session, field="unheard_of", new="x" * 500, kind="unheard")

    assert said()[2:] == ["thêm nhiệm vụ ION-9"]
    assert said()[1] == "người phụ trách nhiệm vụ #99:  → #12345"
    assert said()[0] == f"unheard_of unheard #99:  → {'x' * (read.LONGEST - 1)}…"


def test_what_follows_from_another_change_is_left_out(db_session):
    change(db_session, field="status_since", old="2026-01-01", new="2026-02-01")

    assert said() == []


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ({}, 3),
        ({"person_id": read.SYSTEM}, 2),
        ({"kind": "unit"}, 1),
        ({"first": date(2026, 11, 20)}, 2),
        ({"last": date(2026, 11, 19)}, 1),
        ({"first": date(2026, 11, 19), "last": date(2026, 11, 19)}, 1),
    ],
)
def test_the_history_is_filtered(db_session, search, found):
    # Six in the evening in UTC is the next day in Viet Nam.
    change(db_session, at=datetime(2026, 11, 19, 16, tzinfo=NOW.tzinfo))
    change(db_session, at=datetime(2026, 11, 19, 18, tzinfo=NOW.tzinfo), kind="unit")
    change(db_session, person_id=make.person(db_session).id)

    assert len(said(**search)) == found


def test_one_person_and_one_group_are_asked_for(db_session, cast):
    person = make.person(db_session)
    change(db_session, person_id=person.id, group_id=cast.groups["HAL"])
    change(db_session)

    assert len(said(person_id=person.id)) == 1
    assert len(said(group_id=cast.groups["HAL"])) == 1


def test_the_history_comes_in_screens_the_latest_first(db_session):
    for number in range(read.SIZE + 1):
        change(db_session, at=NOW + timedelta(minutes=number), new=str(number))

    first, second = entries(), entries(number=2)

    assert (first.rows[0].new, len(first.rows), first.has_older) == ("50", 50, True)
    assert ([row.new for row in second.rows], second.has_older) == (["0"], False)
    assert entries(number=-5).number == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_history_takes_as_many_queries_however_long(db_session, queries, rows, task):
    person = make.person(db_session)
    for _ in range(rows):
        change(db_session, subject_id=task.id, field="owner_id", new=person.id)
    db_session.flush()

    with queries() as statements:
        entries(kind="task")

    assert len(statements) == 3


def test_what_a_lead_declared_is_told_with_its_sentence(db_session, task):
    stream = db_session.get_one(Workstream, task.workstream_id)
    declarations.declare(stream, Health.AT_RISK, sentence="Thiếu mẫu.", by=BY)
    db_session.flush()

    assert "thêm tự đánh giá ION · Đo lường: Có nguy cơ chậm – Thiếu mẫu." in said()


def test_moments_are_told_in_the_time_of_viet_nam(db_session, cast):
    chair = cast["director"].person_id
    plan = meetings.Plan(title="Họp giao ban", held_on=TODAY, chair_id=chair)
    meeting = meetings.plan(plan, by=BY)
    db_session.flush()
    meetings.start(meeting, by=BY)
    db_session.flush()

    assert "lúc bắt đầu cuộc họp Họp giao ban:  → 23/11/2026 09:00" in said(kind="meeting")
