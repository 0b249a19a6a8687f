"""What a report says: the plan as it stood when its period was closed."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests import factories as make
from tests.past import state_at
from tracker.exports.report import head
from tracker.lib.freshness import Coverage
from tracker.lib.health import Health
from tracker.lib.lateness import FourCells
from tracker.lib.periods import PeriodBasis, PeriodKind, parse
from tracker.lib.plain import plain, reader
from tracker.models import Group, Milestone, MoveReason, RiskKind, Role, Strand, Task, TaskStatus
from tracker.queries import groups as read_groups
from tracker.queries import reports as read
from tracker.queries.report_facts import Name
from tracker.queries.reports.rewind import Rewind, typed
from tracker.services import (
    baselines,
    comments,
    confirmations,
    declarations,
    groups,
    milestones,
    people,
    regimes,
    risks,
    settings,
    tasks,
    trash,
)
from tracker.services.act import Act, Why
from tracker.words import language

TODAY = date(2026, 11, 23)
NOVEMBER = parse("2026-11")  # 15 October to 14 November


def on(day, month=11, year=2026, hour=3):
    """Somebody's act of that day, at ten in Viet Nam."""
    at = datetime(year, month, day, hour, tzinfo=UTC)
    return Act(person_id=None, at=at, cause="test")


WHY = Why(reason=MoveReason.BUDGET, sentence="Chưa cấp kinh phí", agreed_by="Lãnh đạo Ủy ban")


@pytest.fixture
def group(db_session):
    return groups.create(key="RPT", name="Báo cáo", by=on(1, 9))


@pytest.fixture
def stream(group):
    return read_groups.workstreams(group)[1]


def facts(*groups_, period=NOVEMBER, today=TODAY, covers_all=False):
    return read.build(groups_, period, today=today, covers_all=covers_all)


def codes(rows):
    return [row.code for row in rows]


# ---------------------------------------------------------------- as of the cut-off


def test_a_unit_bears_the_name_it_had_when_the_period_ended(db_session, group, stream):
    unit = people.create_unit("Viện Đo lường", name_en="Metrology", by=on(1, 9))
    tasks.create(stream, "Việc", by=on(1, 10), lead_unit_id=unit.id)
    new = {"name": "Viện Đo lường quốc gia", "name_en": "National metrology"}
    people.rename_unit(unit, new, by=on(16), valid_from=date(2026, 11, 15))
    next_month = parse("2026-12")

    (before,), (after,) = facts(group).tasks, facts(group, period=next_month).tasks

    assert (before.lead_unit, after.lead_unit) == ("Viện Đo lường", "Viện Đo lường quốc gia")
    assert facts(group).english_names == {"Viện Đo lường": "Metrology"}


def test_a_unit_that_was_founded_later_bears_its_first_name(db_session, group, stream):
    unit = people.create_unit("Viện Mới", by=on(1, 9), valid_from=date(2026, 12, 1))
    tasks.create(stream, "Việc", by=on(1, 10), lead_unit_id=unit.id)

    assert [task.lead_unit for task in facts(group).tasks] == ["Viện Mới"]


def test_what_happened_after_the_period_is_not_in_its_report(db_session, group, stream):
    early = tasks.create(stream, "Xong trong kỳ", due=date(2026, 11, 10), by=on(1, 10))
    late = tasks.create(stream, "Xong sau kỳ", due=date(2026, 11, 12), by=on(1, 10))
    tasks.change_status(early, TaskStatus.DONE, by=on(9))
    tasks.change_status(late, TaskStatus.DONE, by=on(16))
    tasks.create(stream, "Thêm sau kỳ", by=on(17))
    db_session.flush()

    told = facts(group)

    assert told.cut_off == date(2026, 11, 14)
    assert told.statistics.whole == FourCells(done_on_time=1, open_overdue=1)
    assert codes(told.tasks) == [early.code, late.code]
    assert codes(told.finished) == [early.code]


def test_the_cells_at_the_end_of_the_period_before_stand_beside(db_session, group, stream):
    task = tasks.create(stream, "Việc", due=date(2026, 10, 1), by=on(1, 9))
    tasks.change_status(task, TaskStatus.DONE, by=on(20, 10))
    db_session.flush()

    statistics = facts(group).statistics

    assert (statistics.before, statistics.whole) == (
        FourCells(open_overdue=1),
        FourCells(done_late=1),
    )
    assert [(row.key, row.now.total) for row in statistics.by_strand] == [
        ("standards", 0),
        ("metrology", 1),
        ("conformity_assessment", 0),
        ("inspection", 0),
    ]


def test_a_period_that_has_not_ended_is_told_as_of_today(db_session, group, stream):
    tasks.create(stream, "Việc", by=on(20))
    db_session.flush()

    told = facts(group, period=parse("2026-12"))

    assert told.cut_off == TODAY
    assert told.statistics.whole.total == 1


def test_what_was_deleted_after_the_period_is_still_in_its_report(db_session, group, stream):
    task = tasks.create(stream, "Bị xóa sau", by=on(1, 10))
    milestone = milestones.create(stream, "Mốc", by=on(1, 10))
    db_session.flush()
    trash.throw_away(task, by=on(18))
    trash.throw_away(milestone, by=on(18))
    db_session.flush()

    assert codes(facts(group).tasks) == [task.code]
    assert facts(group).workstreams[1].next_milestone == "Mốc"


def test_what_is_gone_for_good_is_still_in_the_report_of_its_time(db_session, group, stream):
    task = tasks.create(stream, "Bị xóa hẳn", due=date(2026, 9, 20), by=on(1, 9))
    code = task.code
    db_session.flush()
    trash.throw_away(task, by=on(20, 9))
    trash.purge(by=on(5))
    db_session.flush()

    told = facts(group, period=parse("2026-09"))

    assert [(one.code, one.due) for one in told.tasks] == [(code, date(2026, 9, 20))]
    assert facts(group).tasks == ()


def test_what_went_to_another_group_since_is_in_the_report_of_its_old_group(
    db_session, group, stream
):
    other = groups.create(key="OTH", name="Khác", by=on(1, 9))
    task = tasks.create(stream, "Chuyển tổ", by=on(1, 10))
    db_session.flush()
    tasks.place(task, by=on(18), workstream=read_groups.workstreams(other)[0])
    db_session.flush()

    assert codes(facts(group).tasks) == [task.code]
    assert facts(other).tasks == ()
    assert codes(facts(other, period=parse("2026-12")).tasks) == [task.code]


def test_a_plan_imported_after_the_period_is_told_as_of_today(db_session, group, stream):
    tasks.create(
        stream, "Việc đã có từ trước", start=date(2026, 9, 1), due=date(2026, 11, 2), by=on(20)
    )
    db_session.flush()

    told = facts(group)

    assert told.cut_off == TODAY
    assert told.statistics.whole == FourCells(open_overdue=1)
    assert told.statistics.before is None


def test_a_period_before_the_plan_has_no_tasks(db_session, group, stream):
    tasks.create(stream, "Việc", start=date(2026, 9, 1), by=on(1, 9))
    db_session.flush()

    told = facts(group, period=parse("2019-11"))

    assert told.cut_off == date(2019, 11, 14)
    assert (told.tasks, told.statistics.whole) == ((), FourCells())


@pytest.mark.sqlite
@pytest.mark.parametrize("seed", range(3))
def test_going_back_gives_what_playing_the_history_gives(db_session, group, seed):
    dice = random.Random(seed)
    streams = read_groups.workstreams(group)
    start = datetime(2026, 9, 1, 3, tzinfo=UTC)
    known = []
    for number in range(120):
        by = Act(person_id=None, at=start + timedelta(hours=16 * number), cause="test")
        _one_thing(db_session, dice, streams, known, by)
        db_session.flush()

    for _ in range(12):
        day = date(2026, 9, 1) + timedelta(days=dice.randrange(80))
        state = Rewind([group.id], day).to(day, {stream.id for stream in streams})
        for stream in streams:
            played = state_at(stream, day)
            here = {k: i for k, i in state.items() if i.values["workstream_id"] == stream.id}
            assert here.keys() == played.keys()
            for key, item in here.items():
                for name in ("title", "due", "forecast", "status", "milestone_id", "progress"):
                    if name in item.values:
                        assert item.values[name] == typed(name, played[key].values.get(name))


def _one_thing(session, dice, streams, known, by):
    live = [thing for thing in known if thing.deleted_at is None]
    choice = dice.randrange(7)
    if choice < 2 or not live:
        maker = dice.choice([tasks.create, tasks.create, milestones.create])
        known.append(maker(dice.choice(streams), f"Việc {len(known)}", by=by))
        return
    thing = dice.choice(live)
    day = date(2026, 10, 1) + timedelta(days=dice.randrange(90))
    if isinstance(thing, Milestone):
        milestones.edit(thing, {"forecast": day}, by=by, why=WHY)
    elif choice == 2:
        tasks.change_status(thing, dice.choice(list(TaskStatus)), by=by)
    elif choice == 3:
        tasks.move_due(thing, day, why=WHY, by=by)
    elif choice == 4:
        tasks.place(thing, by=by, workstream=dice.choice(streams))
    elif choice == 5:
        trash.restore(trash.throw_away(thing, by=by), by=by)
    else:
        trash.throw_away(thing, by=by)


# ---------------------------------------------------------------- what is told


def test_moved_dates_are_told_with_reason_sentence_and_who_agreed(db_session, group, stream):
    task = tasks.create(stream, "Việc", due=date(2026, 11, 1), by=on(1, 10))
    milestone = milestones.create(stream, "Mốc", baseline=date(2026, 12, 1), by=on(1, 10))
    tasks.move_due(task, date(2026, 11, 20), why=WHY, by=on(20, 10))
    tasks.move_due(task, date(2026, 11, 30), why=WHY, by=on(20))  # after the period
    milestones.move_forecast(milestone, date(2026, 11, 25), why=WHY, by=on(2))
    db_session.flush()

    slips = facts(group).slips

    assert [(s.code, s.which, s.old, s.new, s.days) for s in slips] == [
        (milestone.code, "forecast", date(2026, 12, 1), date(2026, 11, 25), -6),
        (task.code, "due", date(2026, 11, 1), date(2026, 11, 20), 19),
    ]
    assert (slips[1].reason, slips[1].sentence, slips[1].agreed_by) == (
        "budget",
        "Chưa cấp kinh phí",
        "Lãnh đạo Ủy ban",
    )
    assert slips[1].moved_on == date(2026, 10, 20)


def test_what_leads_declared_by_the_cut_off_is_told(db_session, group, stream):
    for day, health in ((1, Health.ON_TRACK), (10, Health.AT_RISK), (20, Health.ON_TRACK)):
        declarations.declare(stream, health, sentence=f"Ngày {day}.", by=on(day))
    db_session.flush()

    told = {row.strand: (row.declared, row.declared_note) for row in facts(group).workstreams}

    assert told.pop(stream.strand.value) == ("at_risk", "Ngày 10.")
    assert set(told.values()) == {("", "")}


def test_milestones_reached_in_the_period_are_told_with_their_evidence(db_session, group, stream):
    milestone = milestones.create(stream, "Mốc", baseline=date(2026, 11, 1), by=on(1, 10))
    earlier = milestones.create(stream, "Trước kỳ", by=on(1, 10))
    milestones.close(earlier, "1/BB", by=on(10, 10))
    milestones.close(milestone, "12/QĐ-TĐC", by=on(3))
    db_session.flush()

    assert [(one.code, one.closed_on, one.evidence) for one in facts(group).reached] == [
        (milestone.code, date(2026, 11, 3), "12/QĐ-TĐC")
    ]


def test_a_blocked_task_is_told_with_what_was_said_first_since(db_session, group, stream, cast):
    task = tasks.create(stream, "Việc", by=on(1, 10))
    said = {"person_id": cast["head"].person_id, "cause": "test"}
    comments.write(task, "Trước khi vướng", by=Act(at=on(2, 10).at, **said))
    tasks.change_status(task, TaskStatus.BLOCKED, by=on(1))
    comments.write(task, "Chờ **chất chuẩn**", by=Act(at=on(2).at, **said))
    comments.write(task, "Đã rõ", by=Act(at=on(3).at, **said))
    db_session.flush()

    told = facts(group)

    assert [(one.code, one.since, one.note) for one in told.difficulties] == [
        (task.code, date(2026, 11, 1), "Chờ chất chuẩn")
    ]
    assert told.tasks[0].note == "Chờ chất chuẩn"


def test_difficulties_and_grave_risks_are_told_as_they_stood(db_session, group, stream, cast):
    owner = cast["head"].person_id
    task = tasks.create(stream, "Việc", by=on(1, 10))
    difficulty = risks.create(
        stream, RiskKind.DIFFICULTY, "Thiếu chuẩn", blocks=[task.code], owner_id=owner, by=on(2, 10)
    )
    grave, light = (
        risks.create(stream, RiskKind.RISK, title, likelihood=4, impact=impact, by=on(3, 10))
        for title, impact in (("Nặng", 5), ("Nhẹ", 1))
    )
    came_true = risks.create(stream, RiskKind.RISK, "Sẽ", likelihood=1, impact=1, by=on(3, 10))
    over = risks.create(stream, RiskKind.DIFFICULTY, "Qua rồi", by=on(4, 10))
    risks.close(over, "Xong", by=on(5, 10))
    risks.happen(came_true, by=on(10))
    # After the period: none of it is told.
    risks.close(difficulty, "Xong", by=on(20))
    risks.edit(grave, {"likelihood": 1, "impact": 1}, by=on(20))
    risks.edit(light, {"impact": 5}, by=on(20))
    db_session.flush()

    told = facts(group).risks

    assert [(one.code, one.kind, one.level, one.band, one.since) for one in told] == [
        (came_true.code, "difficulty", None, "", date(2026, 11, 10)),
        (difficulty.code, "difficulty", None, "", date(2026, 10, 2)),
        (grave.code, "risk", 20, "critical", date(2026, 10, 3)),
    ]
    assert (told[1].owner, told[1].blocks) == (cast["head"].name, (task.code,))


def test_the_next_period_has_what_falls_due_in_it_soonest_first(db_session, group, stream):
    tasks.create(stream, "Trong kỳ này", due=date(2026, 11, 14), by=on(1, 10))
    later = tasks.create(stream, "Cuối kỳ tới", due=date(2026, 12, 14), by=on(1, 10))
    tasks.create(stream, "Xa hơn", due=date(2026, 12, 15), by=on(1, 10))
    tasks.create(stream, "Thành phần", parent=later, due=date(2026, 12, 1), by=on(1, 10))
    done = tasks.create(stream, "Xong rồi", due=date(2026, 12, 1), by=on(1, 10))
    tasks.change_status(done, TaskStatus.DONE, by=on(2, 10))
    milestone = milestones.create(stream, "Mốc", baseline=date(2026, 11, 15), by=on(1, 10))
    db_session.flush()

    assert codes(facts(group).upcoming) == [milestone.code, later.code]


def test_tasks_stand_in_the_order_of_the_plan_parts_behind_their_task(db_session, group, stream):
    loose = tasks.create(stream, "Không thuộc mốc", by=on(1, 10))
    milestone = milestones.create(stream, "Mốc", by=on(1, 10))
    first = tasks.create(stream, "Thứ nhất", milestone=milestone, by=on(1, 10))
    second = tasks.create(stream, "Thứ hai", milestone=milestone, by=on(1, 10))
    part = tasks.create(stream, "Phần của thứ nhất", parent=first, by=on(1, 10))
    standards = tasks.create(read_groups.workstreams(group)[0], "Cấu phần đầu", by=on(1, 10))
    db_session.flush()

    told = facts(group).tasks

    assert codes(told) == [t.code for t in (standards, first, part, second, loose)]
    assert told[2].parent == first.code
    assert told[1].milestone == f"{milestone.code} Mốc"


def test_subtasks_and_dropped_tasks_are_not_in_the_cells(db_session, group, stream):
    task = tasks.create(stream, "Việc", by=on(1, 10))
    tasks.create(stream, "Phần", parent=task, by=on(1, 10))
    dropped = tasks.create(stream, "Dừng", by=on(1, 10))
    tasks.change_status(dropped, TaskStatus.DROPPED, by=on(2, 10))
    db_session.flush()

    told = facts(group)

    assert told.statistics.whole == FourCells(open_on_time=1, dropped=1)
    assert [one.lateness for one in told.tasks] == ["on_time", "on_time", ""]


def test_the_row_of_a_task_has_names_and_the_document(db_session, group, stream, cast):
    unit = make.unit(db_session, "Viện Đo lường", name_en="Metrology Institute")
    other = make.unit(db_session, "Văn phòng")
    tasks.create(
        stream,
        "Việc",
        owner_id=cast["member"].person_id,
        lead_unit_id=unit.id,
        cooperating_unit_ids=[other.id, unit.id],
        assigning_document="489/QĐ-BKHCN",
        assigning_date=date(2024, 6, 14),
        assigning_item="II.3",
        by=on(1, 10),
    )
    db_session.flush()

    told = facts(group)
    row = told.tasks[0]

    assert (row.owner, row.lead_unit, row.cooperating, row.assigned_by, row.is_clear) == (
        cast["member"].name,
        "Viện Đo lường",
        "Văn phòng; Viện Đo lường",
        "489/QĐ-BKHCN (14/06/2024), II.3",
        False,
    )
    assert told.unit_names(row.cooperating, "en") == "Văn phòng; Metrology Institute"


def test_slips_of_a_plan_nobody_approved_are_said_to_be_against_a_draft(
    db_session, group, stream, cast
):
    milestones.create(stream, "Mốc", baseline=date(2026, 12, 1), by=on(1, 10))
    assert facts(group).groups[0].is_approved is False

    baselines.approve(
        group, document_number="12/QĐ-TĐC", document_date=date(2026, 10, 2), by=on(2, 10)
    )
    db_session.flush()

    assert facts(group).groups[0].is_approved is True


# ---------------------------------------------------------------- the head of the paper


def test_a_group_issues_its_own_report_below_the_body_it_belongs_to(db_session, group, cast):
    settings.put(
        "report_header",
        {
            "issuing_body": "Ủy ban Tiêu chuẩn",
            "issuing_body_en": "Commission",
            "superior_body": "Bộ",
            "symbol": "BC-TĐC",
            "signer_post": "Chủ tịch",
            "signer_name": "Trần Văn Bình",
        },
        by=on(1, 10),
    )
    person = make.person(db_session, "Lê Thị Hoa")
    make.membership(db_session, group, person, Role.HEAD)

    of_group = facts(group)
    of_all = facts(group, covers_all=True)

    assert of_group.organisation.superior == Name("Ủy ban Tiêu chuẩn", "Commission")
    assert of_group.organisation.issuing == Name("Tổ công tác Báo cáo", "")
    assert of_group.organisation.symbol == "TCTRPT"
    assert of_group.organisation.signature.name == "Lê Thị Hoa"
    assert of_group.sent_to == Name("Ủy ban Tiêu chuẩn", "Commission")
    assert of_all.organisation.issuing == Name("Ủy ban Tiêu chuẩn", "Commission")
    assert of_all.organisation.symbol == "TĐC"
    assert of_all.organisation.signature.name == "Trần Văn Bình"
    assert of_all.sent_to == Name("Bộ", "")


@pytest.mark.parametrize(
    ("form", "lines"),
    [
        ("", ("", "TỔ TRƯỞNG", "Lê Thị Hoa")),
        ("TM", ("TM. TỔ CÔNG TÁC", "TỔ TRƯỞNG", "Lê Thị Hoa")),
        ("Q", ("", "Q. TỔ TRƯỞNG", "Vũ Văn Phó")),
        ("KT", ("KT. TỔ TRƯỞNG", "PHÓ TỔ TRƯỞNG", "Vũ Văn Phó")),
        ("TL", ("TL. TỔ TRƯỞNG", "THƯ KÝ", "")),
        ("TUQ", ("TUQ. TỔ TRƯỞNG", "THƯ KÝ", "")),
    ],
)
def test_an_administrator_says_by_which_right_groups_sign(db_session, group, form, lines):
    for name, role in (("Lê Thị Hoa", Role.HEAD), ("Vũ Văn Phó", Role.DEPUTY)):
        make.membership(db_session, group, make.person(db_session, name), role)
    settings.put_report_header({"group_signer_form": form}, by=on(1, 10))

    assert head.signed(facts(group).organisation.signature, language("vi")) == lines


def test_who_is_named_in_one_language_only_is_named_so_in_the_other(db_session, group):
    """A regime that names its own does not borrow the English of others."""
    settings.put_report_header(
        {"addressees": "Bộ", "addressees_en": "Ministry\n", "recipients_en": "Groups"}, by=on(1, 10)
    )
    monthly = regimes.create(
        "Tháng",
        by=on(1, 10),
        group_id=group.id,
        period_kind=PeriodKind.MONTH,
        basis=PeriodBasis.DECREE,
        recipients="Cục A\nCục B",
        recipients_en="Bureau A",
    )
    report = regimes.begin(monthly, NOVEMBER, by=on(16))

    def named():
        told = read.facts_of(report, [group], today=TODAY)
        lines = told.addressees, told.addressees_en, told.recipients, told.recipients_en
        return [" ".join(words) for words in lines]

    assert named() == ["Bộ", "Ministry", "Cục A Cục B", "Bureau A"]
    regimes.edit(monthly, {"addressee": "Ủy ban", "recipients": "", "recipients_en": ""}, by=on(17))
    assert named() == ["Ủy ban", "", "", "Groups"]


def test_where_nobody_has_set_the_body_the_installation_names_it(db_session, group):
    named = read.build([group], NOVEMBER, today=TODAY, covers_all=True, organisation="Cơ quan A")
    nobody = facts(group, covers_all=True)

    assert named.organisation.issuing == Name("Cơ quan A", "")
    assert nobody.organisation.issuing.vi == "[Tên cơ quan ban hành]"


# ---------------------------------------------------------------- the approved plan


def test_slips_are_counted_from_the_approval_known_on_the_day(db_session, group):
    stream = read_groups.workstreams(group)[0]
    task = tasks.create(stream, "Đo", by=on(1, 10), due=date(2026, 11, 2))
    milestone = milestones.create(stream, "Mốc", by=on(1, 10), baseline=date(2026, 11, 2))
    day = date(2026, 1, 9)
    baselines.approve(group, document_number="1/QĐ", document_date=day, by=on(1, 10))
    tasks.move_due(task, date(2026, 11, 9), why=WHY, by=on(2, 10))
    milestones.move_forecast(milestone, date(2026, 11, 9), why=WHY, by=on(2, 10))
    db_session.flush()

    told = facts(group)

    (row,) = told.tasks
    assert (row.approved, row.slip, row.slip_working) == (date(2026, 11, 2), 7, 5)
    (point,) = told.milestones
    assert (point.baseline, point.forecast, point.slip, point.slip_working) == (
        date(2026, 11, 2),
        date(2026, 11, 9),
        7,
        5,
    )


# ---------------------------------------------------------------- cost


def test_the_facts_of_one_and_three_groups_take_as_many_queries(db_session, queries, group):
    made = [group, *(make.whole_group(db_session, f"Q{n}X")[0] for n in range(2))]
    for one in made:
        tasks.create(read_groups.workstreams(one)[0], "Việc", by=on(1, 10))
    db_session.flush()

    with queries() as of_one:
        facts(group)
    with queries() as of_three:
        facts(*made, covers_all=True)

    assert len(of_one) == len(of_three) == 35


def test_every_strand_of_every_group_has_its_row(db_session, group):
    assert [row.strand for row in facts(group).workstreams] == [s.value for s in Strand]
    assert {row.health for row in facts(group).workstreams} == {"no_plan"}


def test_the_rows_are_read_without_their_objects(db_session, group, stream):
    """A report may be on a hundred thousand tasks: rows are tuples, not mapped objects."""
    tasks.create(stream, "Việc", by=on(1, 10))
    db_session.flush()
    db_session.expunge_all()

    facts(db_session.get_one(Group, group.id))

    assert not [thing for thing in db_session if isinstance(thing, Task)]


# ---------------------------------------------------------------- the timeline


def lines(told):
    return [(row.code, row.expected, row.health.value) for row in told.timeline.rows]


def test_the_timeline_shows_the_plan_of_the_cut_off(stream, group):
    milestone = milestones.create(stream, "Mốc", by=on(1, 9), baseline=date(2026, 12, 1))
    task = tasks.create(stream, "Việc", by=on(1, 9), milestone=milestone, due=date(2026, 11, 20))
    tasks.create(stream, "Xa", by=on(1, 9), due=date(2040, 1, 1))
    tasks.change_status(task, TaskStatus.DONE, by=on(20, 11))
    milestones.move_forecast(milestone, date(2027, 3, 1), why=WHY, by=on(20, 11))

    told = facts(group)

    assert lines(told) == [
        (task.code, date(2026, 11, 20), "not_started"),
        (milestone.code, date(2026, 12, 1), "on_track"),
    ]
    assert told.timeline.today == date(2026, 11, 14)
    assert [section.name for section in told.timeline.sections] == ["Báo cáo"]
    assert reader(type(told))(plain(told)) == told


def test_a_timeline_with_many_rows_keeps_the_milestones(stream, group):
    milestone = milestones.create(stream, "Mốc", by=on(1, 9), baseline=date(2026, 12, 1))
    for number in range(61):
        tasks.create(stream, f"Việc {number}", by=on(1, 9), due=date(2026, 11, 20))

    assert [code for code, _day, _health in lines(facts(group))] == [milestone.code]


def test_how_much_was_confirmed_is_told_as_of_the_day(db_session, group, stream):
    """Of the period that was closed on 14/11: what was confirmed after 14/10 and by its end."""
    person = make.person(db_session)
    lately, later, never = (
        tasks.create(stream, title, by=on(1, 10)) for title in ("Mới", "Sau", "Không")
    )
    db_session.flush()
    for task, act in ((lately, on(12)), (later, on(18))):
        confirmations.confirm(task, by=replace(act, person_id=person.id))
    db_session.flush()

    told = facts(group)

    assert told.coverage == Coverage(confirmed=1, of=3)
    assert told.workstreams[1].stale_days == 44
    assert [(task.code, task.stale_days) for task in told.tasks] == [
        (lately.code, 0),
        (later.code, 44),
        (never.code, 44),
    ]
