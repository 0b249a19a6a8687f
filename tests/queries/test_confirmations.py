from datetime import UTC, date, datetime, timedelta

from tests import factories as make
from tracker.lib.dates import local_day
from tracker.models import Import, MoveReason, Strand, TaskStatus
from tracker.queries import confirmations as read
from tracker.services import confirmations as do
from tracker.services import milestones, tasks
from tracker.services.act import Act, Why

FIRST = datetime(2026, 9, 1, 2, tzinfo=UTC)
WHY = Why(reason=MoveReason.BUDGET)


def on(person, days, cause="web"):
    return Act(person_id=person, at=FIRST + timedelta(days=days), cause=cause)


def test_any_past_day_is_told_and_the_column_says_the_same_of_now(db_session, cast):
    stream = make.whole_group(db_session, "ZET")[1][Strand.STANDARDS]
    who = cast["member"].person_id
    task = tasks.create(stream, "Đo", by=on(who, 0), due=date(2026, 12, 1))
    milestone = milestones.create(stream, "Mốc", by=on(who, 1), baseline=date(2026, 12, 1))
    said = [
        lambda: do.confirm(task, by=on(who, 3)),
        lambda: tasks.edit(task, {"title": "Đo lại"}, by=on(who, 5)),
        lambda: tasks.change_status(task, TaskStatus.DOING, by=on(who, 7)),
        lambda: tasks.move_forecast(
            task, date(2026, 12, 9), why=WHY, by=on(who, 8, "cascade:ZET-M1")
        ),
        lambda: milestones.move_forecast(milestone, date(2026, 12, 3), why=WHY, by=on(who, 9)),
        lambda: tasks.set_progress(task, 40, by=on(None, 10, "night")),
    ]
    for say in said:
        say()
        db_session.commit()

    of_task, of_milestone = read.key_of(task), read.key_of(milestone)
    told = {
        day: read.as_of([stream.group_id], FIRST.date() + timedelta(days=day))
        for day in (0, 2, 3, 6, 7, 9, 30)
    }

    said = read.ledger([stream.group_id])
    for day, known in told.items():
        on_day = FIRST.date() + timedelta(days=day)
        assert {key: said.confirmed_on(key, on_day) for key in said.words} == {
            key: known.get(key) for key in said.words
        }

    def days(key):
        return [
            (told[day].get(key) or date.min).toordinal() - FIRST.date().toordinal() for day in told
        ]

    never = date.min.toordinal() - FIRST.date().toordinal()
    assert days(of_task) == [0, 0, 3, 3, 7, 7, 7]
    assert days(of_milestone) == [never, 1, 1, 1, 1, 9, 9]
    assert local_day(task.confirmed_at) == told[30][of_task]
    assert local_day(milestone.confirmed_at) == told[30][of_milestone]


def test_an_import_that_was_undone_has_said_nothing_from_then_on(db_session):
    stream = make.whole_group(db_session, "ZET")[1][Strand.STANDARDS]
    import_ = make.add(
        db_session,
        Import(file_name="a", sha256="0", plan={}, created_at=FIRST),
    )
    task = tasks.create(stream, "Đo", by=on(None, 0))
    cause = f"import:{import_.id}"
    tasks.change_status(task, TaskStatus.DOING, by=on(None, 4, cause))
    import_.undone_at = FIRST + timedelta(days=6)
    db_session.commit()
    key, said = read.key_of(task), read.ledger()

    def day(number):
        return said.confirmed_on(key, FIRST.date() + timedelta(days=number))

    assert [day(n) - FIRST.date() for n in (5, 6)] == [timedelta(days=4), timedelta(days=0)]
    for number in (5, 6):
        on_day = FIRST.date() + timedelta(days=number)
        assert read.as_of([stream.group_id], on_day) == {key: day(number)}
    assert task.confirmed_at == FIRST + timedelta(days=4)

    do.retell([task], without=import_.id)
    assert task.confirmed_at is None
