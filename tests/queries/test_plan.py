from datetime import UTC, date, datetime, timedelta

import pytest

from tests import factories as make
from tests.factories import TODAY
from tracker.models import (
    Comment,
    Group,
    Person,
    Strand,
    TaskStatus,
    Workstream,
)
from tracker.queries import accounts, plan
from tracker.queries import groups as read_groups
from tracker.queries.plan import Due, Filters, Scope, Sort

SOON = TODAY + timedelta(days=2)
PAST = TODAY - timedelta(days=4)
LATER = TODAY + timedelta(days=60)


@pytest.fixture
def hal(db_session, cast):
    return db_session.get(Group, cast.groups["HAL"])


@pytest.fixture
def stream(db_session, cast, hal):
    stream = db_session.get(Workstream, cast.workstreams["HAL", Strand.METROLOGY])
    stream.group = hal
    return stream


@pytest.fixture
def scope_for(db_session, cast, hal, stream):
    def made(role="head", *, whole=False):
        account = accounts.find(cast[role].account_id)
        return Scope(accounts.actor_for(account, TODAY), hal, None if whole else stream, TODAY)

    return made


def titles(page):
    return [[section.title, [row.title for row in section.rows]] for section in page.sections]


def found(page):
    return [row.title for section in page.sections for row in section.rows]


# ------------------------------------------------------------------ under milestones


def test_tasks_stand_under_their_milestones_and_those_without_one_last(
    db_session, stream, scope_for
):
    second = make.milestone(db_session, stream, title="Sau", position=2)
    first = make.milestone(db_session, stream, title="Trước", position=1)
    make.task(db_session, stream, title="tự do")
    make.task(db_session, stream, title="b", milestone=first, position=2)
    make.task(db_session, stream, title="a", milestone=first, position=1)

    page = plan.page(scope_for(), Filters())

    assert titles(page) == [["Trước", ["a", "b"]], ["Sau", []], [None, ["tự do"]]]
    assert page.sections[1].code == second.code
    assert not page.is_empty


def test_a_section_counts_official_tasks(db_session, stream, scope_for):
    milestone = make.milestone(db_session, stream)
    done = make.task(db_session, stream, milestone=milestone, status=TaskStatus.DONE)
    make.task(db_session, stream, milestone=milestone, status=TaskStatus.DROPPED)
    make.task(db_session, stream, milestone=milestone)
    make.task(db_session, stream, milestone=milestone, parent=done)

    section = plan.page(scope_for(), Filters()).sections[0]

    assert (section.done, section.total, len(section.rows)) == (1, 2, 3)


def test_what_is_in_the_trash_is_not_in_the_plan(db_session, stream, scope_for):
    thrown = {"deleted_at": datetime(2026, 11, 1, tzinfo=UTC)}
    make.milestone(db_session, stream, **thrown)
    make.task(db_session, stream, **thrown)

    page = plan.page(scope_for(), Filters())

    assert (page.is_empty, page.total, titles(page)) == (True, 0, [[None, []]])


def test_a_milestone_knows_its_slip(db_session, stream, scope_for):
    make.milestone(db_session, stream, baseline=TODAY, forecast=TODAY + timedelta(days=18))
    make.milestone(db_session, stream, baseline=TODAY, forecast=LATER, closed_on=TODAY)
    make.milestone(db_session, stream)

    page = plan.page(scope_for(), Filters())

    assert [section.slip for section in page.sections] == [18, 0, 0, 0]


def test_no_screen_has_more_than_fifty_rows(db_session, stream, scope_for):
    milestones = [make.milestone(db_session, stream, position=n) for n in range(4)]
    for milestone in (milestones[0], milestones[2]):
        for n in range(40):
            make.task(db_session, stream, milestone=milestone, position=n)

    first, second, beyond = (plan.page(scope_for(), Filters(page=n)) for n in (1, 2, 9))

    def seen(page):
        return [(section.code, len(section.rows)) for section in page.sections]

    codes = [milestone.code for milestone in milestones]
    assert seen(first) == [(codes[0], 40), (codes[1], 0), (codes[2], 10)]
    assert seen(second) == [(codes[2], 30), (codes[3], 0), (None, 0)]
    assert (first.total, first.pages, beyond.page, seen(beyond)) == (80, 2, 2, seen(second))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_four_statements_for_few_and_many(
    db_session, stream, scope_for, queries, count
):
    owner = make.person(db_session)
    for _ in range(count):
        milestone = make.milestone(db_session, stream)
        task = make.task(db_session, stream, milestone=milestone, owner=owner)
        make.task(db_session, stream, parent=task, milestone=milestone)
    db_session.commit()
    scope = scope_for()

    with queries() as statements:
        plan.page(scope, Filters())

    assert len(statements) == 4


# ------------------------------------------------------------------ rows


def test_a_row_has_what_a_line_shows(db_session, cast, stream, scope_for):
    unit = make.unit(db_session, "Trung tâm Kỹ thuật 3", abbreviation="QUATEST 3")
    task = make.task(
        db_session, stream, title="So sánh", due=PAST, lead_unit=unit, owner_id=None, progress=60
    )
    make.task(db_session, stream, parent=task, status=TaskStatus.DONE)
    make.task(db_session, stream, parent=task)
    author = cast["member"].person_id
    db_session.add(Comment(task_id=task.id, author_id=author, body="!", at=task.created_at))
    db_session.flush()

    row = plan.page(scope_for(), Filters()).sections[-1].rows[0]

    assert (row.code, row.unit, row.days_late, row.tone) == (task.code, "QUATEST 3", 4, "risk")
    assert (row.children, row.children_done, row.comments, row.progress) == (2, 1, 1, 60)
    assert (row.is_clear, row.owner, row.initials, row.place) == (False, None, "", "metrology")
    assert row == plan.task_row(scope_for().actor, task.code.lower(), TODAY)


@pytest.mark.parametrize(
    ("values", "late", "soon"),
    [
        ({"due": PAST}, 4, False),
        ({"due": TODAY}, 0, True),
        ({"due": SOON}, 0, True),
        ({"due": LATER}, 0, False),
        ({"due": PAST, "status": TaskStatus.DONE, "finished_on": TODAY}, 4, False),
        ({"due": SOON, "status": TaskStatus.DONE, "finished_on": TODAY}, 0, False),
        ({"due": PAST, "status": TaskStatus.DONE}, 0, False),
        ({"due": PAST, "status": TaskStatus.DROPPED}, 0, False),
        ({}, 0, False),
    ],
)
def test_a_row_knows_how_late_it_is(db_session, stream, scope_for, values, late, soon):
    code = make.task(db_session, stream, **values).code

    row = plan.task_row(scope_for().actor, code, TODAY)

    assert (row.days_late, row.is_due_soon) == (late, soon)


def test_a_row_is_clear_when_the_task_is(db_session, cast, stream, scope_for):
    values = {
        "owner_id": cast["member"].person_id,
        "due": TODAY,
        "result": "Báo cáo",
        "lead_unit_id": cast.unit_id,
    }
    for missing in (None, *values):
        task = make.task(db_session, stream, **{k: v for k, v in values.items() if k != missing})

        assert plan.task_row(scope_for().actor, task.code, TODAY).is_clear is task.is_clear
        assert task.is_clear is (missing is None)


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        ("head", (True, True, True, True)),
        ("secretary", (True, True, True, True)),
        ("member", (False, False, False, False)),
        ("observer", (False, False, False, False)),
        ("director", (False, False, True, False)),
        ("administrator", (True, True, True, True)),
    ],
)
def test_a_row_says_what_its_reader_may_do(db_session, stream, scope_for, role, rights):
    code = make.task(db_session, stream).code

    row = plan.task_row(scope_for(role).actor, code, TODAY)

    assert (row.may_update, row.may_edit, row.may_move_due, row.may_arrange) == rights


def test_a_row_of_a_restricted_group_does_not_exist_for_others(db_session, cast, scope_for):
    assert plan.task_row(scope_for().actor, "SOL-1", TODAY) is None
    assert plan.task_row(scope_for("director").actor, "SOL-1", TODAY).code == "SOL-1"


# ------------------------------------------------------------------ filters and orders


@pytest.fixture
def many(db_session, cast, stream):
    mine, other = cast["member"].person_id, cast["head"].person_id
    whole = {"result": "Báo cáo", "lead_unit_id": cast.unit_id}
    make.task(db_session, stream, title="Chậm", due=PAST, owner_id=mine, **whole)
    make.task(db_session, stream, title="Gần", due=SOON, owner_id=other, **whole)
    parent = make.task(db_session, stream, title="Xa", due=LATER, status=TaskStatus.BLOCKED)
    make.task(db_session, stream, title="Đo liên phòng", owner_id=mine, parent=parent)
    make.task(db_session, stream, title="Xong", status=TaskStatus.DONE, due=PAST, finished_on=TODAY)
    return mine, other


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({}, {"Chậm", "Gần", "Xa", "Xong"}),
        ({"text": "do lien phong"}, {"Đo liên phòng"}),
        ({"text": "50%"}, set()),
        ({"owner": 0}, {"Xa", "Xong"}),
        ({"status": TaskStatus.BLOCKED}, {"Xa"}),
        ({"due": Due.OVERDUE}, {"Chậm"}),
        ({"due": Due.SOON}, {"Gần"}),
        ({"due": Due.LATE}, {"Chậm", "Xong"}),
        ({"due": Due.NONE}, {"Đo liên phòng"}),
        ({"clear": True}, {"Chậm", "Gần"}),
        ({"clear": False}, {"Xa", "Đo liên phòng"}),
    ],
)
def test_filters_narrow_the_list_and_look_at_subtasks_too(many, scope_for, asked, titles):
    page = plan.page(scope_for(), Filters(**asked))

    assert set(found(page)) == titles
    assert page.total == len(titles)


def test_an_owner_finds_subtasks_too(many, scope_for):
    assert set(found(plan.page(scope_for(), Filters(owner=many[0])))) == {"Chậm", "Đo liên phòng"}


def test_a_filter_leaves_out_empty_milestones(db_session, stream, many, scope_for):
    make.milestone(db_session, stream)

    page = plan.page(scope_for(), Filters(due=Due.OVERDUE))

    assert titles(page) == [[None, ["Chậm"]]]
    assert not plan.page(scope_for(), Filters(text="không có")).is_empty


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        (Sort.DUE, ["Chậm", "Xong", "Gần", "Xa"]),
        (Sort.FORECAST, ["Chậm", "Xong", "Gần", "Xa"]),
        (Sort.OWNER, ["Gần", "Chậm", "Xong", "Xa"]),
        (Sort.STATUS, ["Chậm", "Gần", "Xa", "Xong"]),
        (Sort.TITLE, ["Chậm", "Gần", "Xa", "Xong"]),
    ],
)
def test_a_sorted_list_is_one_section(many, scope_for, sort, order):
    page = plan.page(scope_for(), Filters(sort=sort))

    assert page.is_flat
    assert len(page.sections) == 1
    assert found(page) == order


def test_a_whole_group_is_listed_by_due_date(db_session, cast, many, scope_for):
    standards = db_session.get(Workstream, cast.workstreams["HAL", Strand.STANDARDS])
    standards.group = db_session.get(Group, cast.groups["HAL"])
    make.task(db_session, standards, title="Dự thảo", due=date(2026, 1, 1))

    page = plan.page(scope_for(whole=True), Filters())

    assert found(page) == ["Dự thảo", "Chậm", "Xong", "Gần", "Xa"]
    assert page.may_create


@pytest.mark.parametrize(
    ("role", "may"), [("head", True), ("member", True), ("observer", False), ("director", False)]
)
def test_the_plan_says_who_may_add(scope_for, role, may):
    assert plan.page(scope_for(role), Filters()).may_create is may


# ------------------------------------------------------------------ columns


def test_columns_hold_the_first_cards_and_count_all(db_session, stream, scope_for):
    for n in range(25):
        make.task(db_session, stream, title=f"{n:02}", due=TODAY + timedelta(days=n))
    make.task(db_session, stream, status=TaskStatus.PAUSED)

    kanban = plan.kanban(scope_for(), Filters(), {})
    longer = plan.kanban(scope_for(), Filters(), {TaskStatus.TODO: 40})

    by_status = {column.status: column for column in kanban.columns}
    todo = by_status[TaskStatus.TODO]
    assert list(by_status) == [
        TaskStatus.TODO,
        TaskStatus.DOING,
        TaskStatus.BLOCKED,
        TaskStatus.DONE,
        TaskStatus.PAUSED,
    ]
    assert [card.title for card in todo.cards] == [f"{n:02}" for n in range(20)]
    assert (todo.total, todo.more, kanban.total) == (25, 40, 26)
    assert (len(longer.columns[0].cards), longer.columns[0].more) == (25, 0)


def test_what_was_finished_last_is_first_in_its_column(db_session, stream, scope_for):
    for day in (1, 3, 2):
        make.task(
            db_session,
            stream,
            title=str(day),
            status=TaskStatus.DONE,
            finished_on=date(2026, 11, day),
        )

    done = plan.kanban(scope_for(), Filters(), {}).columns[-1]

    assert [card.title for card in done.cards] == ["3", "2", "1"]


def test_a_group_that_approves_has_a_column_for_it(db_session, hal, scope_for):
    hal.needs_approval = True
    db_session.flush()

    statuses = [column.status for column in plan.kanban(scope_for(), Filters(), {}).columns]

    assert TaskStatus.REVIEW in statuses


@pytest.mark.parametrize("count", [1, 3])
def test_columns_take_two_statements_for_few_and_many(
    db_session, stream, scope_for, queries, count
):
    for _ in range(count):
        make.task(db_session, stream)
    db_session.commit()
    scope = scope_for(whole=True)

    with queries() as statements:
        plan.kanban(scope, Filters(), {})

    assert len(statements) == 2


# ------------------------------------------------------------------ places, people, duties


def test_targets_are_strands_and_their_milestones(db_session, hal, stream):
    code = make.milestone(db_session, stream, title="Mốc", closed_on=TODAY).code
    db_session.commit()

    targets = dict(plan.targets(read_groups.standing(hal, TODAY, {})))

    assert [(t.value, t.title, t.is_closed) for t in targets[Strand.METROLOGY]] == [
        ("metrology", None, False),
        (code, "Mốc", True),
    ]
    assert [t.value for t in targets[Strand.CONFORMITY_ASSESSMENT]] == ["conformity-assessment"]


def test_siblings_are_the_other_top_level_tasks_in_order(db_session, stream):
    task = make.task(db_session, stream, position=1)
    second = make.task(db_session, stream, position=3)
    first = make.task(db_session, stream, position=2)
    make.task(db_session, stream, parent=task)

    assert plan.siblings(task, stream, None) == [first, second]
    assert plan.milestones_of(stream) == []


def test_workers_are_the_people_of_the_group_and_whoever_owns_a_task(
    db_session, hal, stream, scope_for
):
    guest = make.person(db_session, "Trần Thị Ả")
    make.task(db_session, stream, owner=guest)

    workers = plan.workers(scope_for(), read_groups.head(hal, TODAY).people)

    names = [worker.name for worker in workers]
    assert guest.full_name in names
    assert len(names) == 6
    keys = [db_session.get(Person, worker.id).sort_key for worker in workers]
    assert keys == sorted(keys)


def test_the_lead_sees_what_is_unclear_and_what_waits(db_session, cast, hal, stream):
    owner = {"owner_id": cast["member"].person_id}
    for n in range(8):
        make.task(db_session, stream, title=f"{n}", due=TODAY + timedelta(days=n), **owner)
    make.task(db_session, stream, status=TaskStatus.DONE)
    make.task(
        db_session, stream, title="nộp", status=TaskStatus.REVIEW, submitted_on=TODAY, **owner
    )

    unclear, waiting = plan.unclear(hal), plan.waiting_for_approval(hal)

    assert (unclear.total, [duty.title for duty in unclear.tasks]) == (9, list("012345"))
    assert unclear.tasks[0].missing == ("result", "unit")
    assert [(duty.title, duty.submitted_on) for duty in waiting.tasks] == [("nộp", TODAY)]
    assert waiting.total == 1
