from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests import factories as make
from tracker.models import Milestone, MoveReason, Priority, Strand, Task, TaskStatus
from tracker.queries import stream as read
from tracker.services import (
    comments,
    confirmations,
    dependencies,
    extension_requests,
    milestones,
    tasks,
    trash,
)
from tracker.services.act import Act, Why
from tracker.words import language

VI, EN = language("vi"), language("en")
START = datetime(2026, 11, 20, 2, tzinfo=UTC)
WHY = Why(
    reason=MoveReason.LABORATORY_CAPACITY, sentence="phòng số 3 làm lại", agreed_by="Nguyễn Thị Đào"
)


@pytest.fixture
def by(cast):
    """`by(3)` is the member, three minutes on."""

    def act(minutes=0, role="member", cause="web"):
        at = START + timedelta(minutes=minutes)
        return Act(person_id=cast[role].person_id, at=at, cause=cause)

    return act


@pytest.fixture
def streams(db_session):
    return make.whole_group(db_session, "ZET")[1]


@pytest.fixture
def task(db_session, streams, by):
    made = tasks.create(streams[Strand.METROLOGY], "Đo", by=by(), due=date(2026, 11, 18))
    db_session.commit()
    return made


def told(entry):
    """An entry as one line."""
    if entry.kind != "changed":
        return f"{entry.kind}: {entry.comment.body if entry.comment else entry.person}"
    parts = "; ".join(f"{part.label} {part.old} → {part.new}" for part in entry.parts)
    why = ", ".join(filter(None, (entry.reason, entry.sentence, entry.agreed_by)))
    return " · ".join(filter(None, (entry.event, parts, why, entry.cause)))


def lines(thing, lang=VI):
    return [told(entry) for entry in read.of(thing, lang)]


def test_a_move_says_from_when_to_when_why_and_who_agreed(db_session, task, by):
    tasks.move_due(task, date(2026, 12, 2), why=WHY, by=by(1))
    db_session.commit()

    assert lines(task)[1:] == [
        "Thời hạn 18/11/2026 → 02/12/2026 · Năng lực thử nghiệm, phòng số 3 làm lại, Nguyễn Thị Đào"
    ]


def test_references_are_told_by_name(db_session, cast, streams, task, by):
    unit = make.unit(db_session, "Trung tâm Kỹ thuật 3", abbreviation="QUATEST 3")
    milestone = milestones.create(streams[Strand.METROLOGY], "Được công nhận", by=by())
    values = {"owner_id": cast["head"].person_id, "lead_unit_id": unit.id}
    tasks.edit(task, values | {"milestone_id": milestone.id}, by=by(1))
    tasks.share(task, [cast["deputy"].person_id, cast["member"].person_id], by=by(2))
    tasks.set_cooperating_units(task, [unit.id, cast.unit_id], by=by(3))
    tasks.edit(task, {"owner_id": None}, by=by(4))
    db_session.commit()

    assert lines(task)[1:] == [
        (
            "Người phụ trách  → Nguyễn Thị Đào; Đơn vị chủ trì  → QUATEST 3;"
            " Mốc tiến độ  → Được công nhận"
        ),
        "Người cùng làm  → Trần Văn Ân, Phạm Văn Ổn",
        "Đơn vị phối hợp  → QUATEST 3, Cục Tiêu chuẩn Đo lường Chất lượng",
        "Người phụ trách Nguyễn Thị Đào → ",
    ]


def test_what_follows_from_a_status_is_not_told_again(db_session, task, by):
    tasks.change_status(task, TaskStatus.DONE, by=by(1))
    db_session.commit()

    assert lines(task)[1:] == ["Trạng thái Chưa thực hiện → Hoàn thành"]


def test_the_reader_is_told_in_their_language(db_session, task, by):
    tasks.edit(task, {"priority": Priority.EXPRESS, "progress": 40}, by=by(1))
    db_session.commit()

    assert lines(task)[1:] == ["Tiến độ 0 % → 40 %; Độ khẩn Thường → Hỏa tốc"]
    (entry,) = read.of(task, EN)[1:]
    assert "Hỏa tốc" not in told(entry)


def test_talk_confirmations_and_changes_stand_in_one_order_of_time(db_session, task, by):
    tasks.set_progress(task, 20, by=by(1))
    comments.write(task, "Đang làm", by=by(2))
    confirmations.confirm(task, by=by(3))
    tasks.edit(task, {"title": "Đo lại"}, by=by(4, cause="import:7"))
    thrown = trash.throw_away(task, by=by(5))
    db_session.commit()
    trash.restore(thrown, by=by(6))
    db_session.commit()

    assert lines(task) == [
        "đã tạo",
        "Trạng thái Chưa thực hiện → Đang thực hiện",
        "said: Đang làm",
        "confirmed: Phạm Văn Ổn",
        "Tên Đo → Đo lại · nhập từ Excel",
        "đã xóa vào thùng rác",
        "đã khôi phục từ thùng rác",
    ]


def test_a_milestone_is_told_of_in_the_same_way(db_session, streams, by):
    milestone = milestones.create(
        streams[Strand.STANDARDS], "Công bố", by=by(), baseline=date(2026, 11, 20)
    )
    milestones.close(milestone, "QĐ 1", by=by(1), evidence_date=date(2026, 11, 19))
    db_session.commit()

    assert lines(milestone) == [
        "đã tạo",
        "Ngày đạt  → 20/11/2026; Minh chứng  → QĐ 1; Ngày văn bản minh chứng  → 19/11/2026",
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_is_the_same_for_few_and_many(
    db_session, cast, task, by, queries, number
):
    for turn in range(number):
        people = [player.person_id for player in cast.players.values()]
        tasks.edit(task, {"owner_id": people[turn], "lead_unit_id": None}, by=by(turn))
        comments.write(task, "x", by=by(turn))
    db_session.commit()

    with queries() as statements:
        read.of(task, VI)

    assert len(statements) == 5


@pytest.mark.parametrize("table", [Task, Milestone])
def test_every_column_is_told_or_left_out_on_purpose(table):
    silent = {
        *("id", "group_id", "code", "position", "version", "created_by_id", "created_at"),
        *("deleted_at", "trash_id", "status_since", "submitted_on", "confirmed_at"),
    }

    assert set(table.__table__.columns.keys()) - silent - set(read.FIELDS) == set()


def test_a_request_and_its_answer_are_told_with_the_item(db_session, task, by):
    why = replace(WHY, agreed_by="")
    first = extension_requests.ask(task, date(2026, 12, 2), why=why, by=by(1))
    extension_requests.answer(first, grant=False, sentence="Không lùi.", by=by(2, "head"))
    second = extension_requests.ask(task, date(2026, 12, 1), why=why, by=by(3))
    extension_requests.answer(second, grant=True, sentence="Được.", by=by(4, "head"))
    db_session.commit()

    reason = "Năng lực thử nghiệm, phòng số 3 làm lại"
    assert lines(task)[1:] == [
        f"xin gia hạn từ 18/11/2026 đến 02/12/2026 · {reason}",
        "không đồng ý gia hạn đến 02/12/2026 · Không lùi.",
        f"xin gia hạn từ 18/11/2026 đến 01/12/2026 · {reason}",
        f"Thời hạn 18/11/2026 → 01/12/2026 · {reason}, Nguyễn Thị Đào · theo đề nghị gia hạn",
        "đồng ý gia hạn đến 01/12/2026 · Được.",
    ]


def test_links_and_what_they_pushed_are_told_by_code(db_session, task, by):
    other = make.milestone(db_session, task.workstream)
    link = dependencies.link(task, other, 3, by=by(1))
    dependencies.unlink(link, by=by(2))
    tasks.move_forecast(task, date(2026, 12, 2), why=WHY, by=by(3, cause="cascade:HAL-M1"))
    tasks.move_forecast(task, date(2026, 12, 3), why=WHY, by=by(4, cause="cascade"))
    db_session.commit()

    reason = "Năng lực thử nghiệm, phòng số 3 làm lại, Nguyễn Thị Đào"
    code = "ZET-M1 + 3 ngày làm việc"
    assert lines(task)[1:] == [
        f"Chờ  → {code}",
        f"Chờ {code} → ",
        f"Dự kiến  → 02/12/2026 · {reason} · dời theo HAL-M1",
        f"Dự kiến 02/12/2026 → 03/12/2026 · {reason} · dời theo mục phải chờ",
    ]
    told = [part.label for entry in read.of(other, VI) for part in entry.parts]
    assert told == ["Được chờ bởi", "Được chờ bởi"]


def test_things_with_the_same_number_in_their_tables_share_nothing_told(db_session, streams, by):
    home, id_ = streams[Strand.STANDARDS], 7_000
    things = [
        make.task(db_session, home, id=id_, due=date(2026, 11, 18)),
        make.milestone(db_session, home, id=id_, forecast=date(2026, 11, 18)),
        make.deliverable(db_session, home, id=id_),
        make.risk(db_session, home, id=id_),
    ]
    for thing in things:
        comments.write(thing, f"Về {thing.code}", by=by(1))
    for item, day in zip(things[:2], (date(2026, 12, 1), date(2026, 12, 2)), strict=True):
        confirmations.confirm(item, by=by(2))
        extension_requests.ask(item, day, why=replace(WHY, agreed_by=""), by=by(3))
    db_session.commit()

    asked = "xin gia hạn từ 18/11/2026 đến {}/12/2026 · Năng lực thử nghiệm, phòng số 3 làm lại"
    assert [lines(thing) for thing in things] == [
        ["said: Về ZET-1", "confirmed: Phạm Văn Ổn", asked.format("01")],
        ["said: Về ZET-M1", "confirmed: Phạm Văn Ổn", asked.format("02")],
        ["said: Về ZET-D1"],
        ["said: Về ZET-R1"],
    ]
