"""A year of random work, rebuilt day by day from the history alone, must equal what was there."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import inspect, select

from tests import factories as make
from tests import past
from tracker.errors import TrackerError
from tracker.lib.dates import local_day
from tracker.lib.schedule import Link
from tracker.models import (
    Change,
    Milestone,
    MoveReason,
    Priority,
    Strand,
    Task,
    TaskStatus,
    Trash,
)
from tracker.queries import history as read_history
from tracker.queries import tasks as read
from tracker.queries.past import BESIDE, replay
from tracker.queries.reports.rewind import Rewind
from tracker.services import dependencies, history, milestones, tasks, trash
from tracker.services.act import Act, Why

FIRST = datetime(2026, 1, 5, 1, tzinfo=UTC)
KINDS = {"task": Task, "milestone": Milestone}
NOT_KEPT = BESIDE | history.UNRECORDED


def stored(session, workstream):
    """What stands in the tables now, in the words of the history."""
    found = {}
    for kind, table in KINDS.items():
        here = select(table).where(table.workstream_id == workstream.id, table.deleted_at.is_(None))
        for thing in session.scalars(here):
            columns = inspect(table).column_attrs.keys()
            values = {name: getattr(thing, name) for name in columns if name not in NOT_KEPT}
            if kind == "task":
                lists = read.list_ids(thing)
                values["participants"] = sorted(lists["participant_ids"])
                values["cooperating_units"] = lists["cooperating_unit_ids"]
            found[kind, thing.id] = {
                name: history.encoded(value)
                for name, value in values.items()
                if value not in (None, [])
            }
    return found


def rebuilt(workstream, day):
    """The same, from the history."""
    return {
        key: {name: value for name, value in item.values.items() if value not in (None, [])}
        for key, item in past.state_at(workstream, day).items()
    }


def differences(rebuilt_, stored_):
    """Few lines instead of the two worlds."""
    return [
        (key, name, some.get(key, {}).get(name), other.get(key, {}).get(name))
        for some, other in zip(rebuilt_, stored_, strict=True)
        for key in some.keys() | other.keys()
        for name in some.get(key, {}).keys() | other.get(key, {}).keys()
        if some.get(key, {}).get(name) != other.get(key, {}).get(name)
    ]


class Year:
    """Somebody who does at random what can be done; refusals are part of it."""

    def __init__(self, session, cast, seed):
        self.session, self.dice, self.at = session, random.Random(seed), FIRST
        self.people = [player.person_id for player in cast.players.values()]
        self.units = [cast.unit_id, make.unit(session, "Viện khác").id]
        groups = [make.whole_group(session, key)[1] for key in ("ZET", "YOT")]
        self.streams = [
            group[strand] for group in groups for strand in (Strand.METROLOGY, Strand.STANDARDS)
        ]

    def act(self):
        return Act(person_id=self.dice.choice(self.people), at=self.at, cause="web")

    def why(self):
        return Why(reason=self.dice.choice(list(MoveReason)), sentence="vì thế")

    def day(self):
        return local_day(self.at) + timedelta(days=self.dice.randrange(-30, 90))

    def some(self, table, **where):
        rows = self.session.scalars(
            select(table)
            .where(table.deleted_at.is_(None), table.code.regexp_match("^(ZET|YOT)"))
            .order_by(table.id)
        ).all()
        return self.dice.choice(rows) if rows else None

    def step(self):
        """One verb, committed or refused."""
        verbs = [getattr(self, name) for name in dir(self) if name.startswith("do_")]
        try:
            self.dice.choice(verbs)()
            self.session.commit()
        except TrackerError:
            self.session.rollback()

    def do_create(self):
        stream = self.dice.choice(self.streams)
        parent = self.some(Task) if self.dice.random() < 0.3 else None
        tasks.create(
            stream,
            f"Việc {self.dice.randrange(1000)}",
            by=self.act(),
            parent=parent,
            due=self.dice.choice([None, self.day()]),
            owner_id=self.dice.choice(self.people),
            participant_ids=self.dice.sample(self.people, 2),
        )

    def do_create_milestone(self):
        stream = self.dice.choice(self.streams)
        milestones.create(stream, "Mốc", by=self.act(), baseline=self.day())

    def do_edit(self):
        if task := self.some(Task):
            values = {
                "title": f"Tên {self.dice.randrange(9)}",
                "priority": self.dice.choice(list(Priority)),
                "due": self.dice.choice([None, self.day()]),
                "cooperating_unit_ids": self.dice.sample(self.units, self.dice.randrange(3)),
            }
            tasks.edit(task, values, by=self.act(), why=self.why())

    def do_status(self):
        if task := self.some(Task):
            tasks.change_status(task, self.dice.choice(list(TaskStatus)), by=self.act())

    def do_approve(self):
        if task := self.some(Task):
            tasks.approve(task, by=self.act())

    def do_take_back(self):
        if task := self.some(Task):
            tasks.take_back(task, by=self.act())

    def do_progress(self):
        if task := self.some(Task):
            tasks.set_progress(task, self.dice.randrange(110), by=self.act())

    def do_forecast(self):
        if task := self.some(Task):
            tasks.move_forecast(task, self.day(), why=self.why(), by=self.act())

    def do_share(self):
        if task := self.some(Task):
            tasks.share(task, self.dice.sample(self.people, 3), by=self.act())

    def do_place(self):
        if task := self.some(Task):
            milestone = self.dice.choice([None, self.some(Milestone)])
            stream = self.dice.choice(self.streams)
            tasks.place(
                task, by=self.act(), workstream=stream, milestone=milestone, before=self.some(Task)
            )

    def do_move_milestone(self):
        if milestone := self.some(Milestone):
            milestones.move_forecast(milestone, self.day(), why=self.why(), by=self.act())

    def do_close(self):
        if milestone := self.some(Milestone):
            milestones.close(milestone, "QĐ 1", by=self.act())

    def do_reopen(self):
        if milestone := self.some(Milestone):
            milestones.reopen(milestone, by=self.act())

    def do_throw_away(self):
        if thing := self.some(self.dice.choice([Task, Milestone])):
            trash.throw_away(thing, by=self.act())

    def do_restore(self):
        if thrown := self.session.scalars(select(Trash).order_by(Trash.id)).all():
            trash.restore(self.dice.choice(thrown), by=self.act())

    def do_purge(self):
        trash.purge(by=self.act())


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_day_of_a_random_year_is_rebuilt_exactly(db_session, cast, seed):
    year = Year(db_session, cast, seed)
    db_session.commit()
    days = {}
    for number in range(0, 365, 7):
        year.at = FIRST + timedelta(days=number, hours=year.dice.randrange(12))
        for _ in range(8):
            year.step()
            year.at += timedelta(minutes=1)
        days[local_day(year.at)] = [stored(db_session, stream) for stream in year.streams]

    assert db_session.scalar(select(Task.id).where(Task.title.startswith("Tên")).limit(1))
    for day, then in days.items():
        now = [rebuilt(stream, day) for stream in year.streams]
        assert differences(now, then) == [], day


def test_the_day_before_the_first_act_is_empty_and_midnight_is_that_of_viet_nam(db_session):
    stream = make.whole_group(db_session, "ZET")[1][Strand.METROLOGY]
    # Half past midnight on 6 January in Viet Nam.
    act = Act(person_id=None, at=datetime(2026, 1, 5, 17, 30, tzinfo=UTC), cause="web")
    task = tasks.create(stream, "Đo", by=act)
    db_session.commit()

    assert past.state_at(stream, date(2026, 1, 5)) == {}
    assert list(past.state_at(stream, date(2026, 1, 6))) == [("task", task.id)]


def test_two_acts_of_one_moment_keep_their_order(db_session):
    streams = make.whole_group(db_session, "ZET")[1]
    act = Act(person_id=None, at=FIRST, cause="web")
    task = tasks.create(streams[Strand.METROLOGY], "Đo", by=act)
    for title in ("Hai", "Ba", "Bốn"):
        tasks.edit(task, {"title": title}, by=act)
    db_session.commit()

    state = past.state_at(streams[Strand.METROLOGY], local_day(FIRST))
    assert state["task", task.id].values["title"] == "Bốn"


def test_a_new_task_is_not_taken_for_the_last_one_that_is_gone_for_good(db_session):
    stream = make.whole_group(db_session, "ZET")[1][Strand.METROLOGY]
    acts = [
        Act(person_id=None, at=FIRST + timedelta(days=days), cause="web") for days in (0, 40, 41)
    ]
    gone = tasks.create(stream, "Cũ", by=acts[0])
    gone_id = gone.id
    trash.throw_away(gone, by=acts[0])
    db_session.commit()
    trash.purge(by=acts[1])
    db_session.commit()

    task = tasks.create(stream, "Mới", by=acts[2])
    db_session.commit()

    assert task.id > gone_id
    assert [change.field for change in read_history.of("task", task.id)] == ["created"]
    state = past.state_at(stream, local_day(acts[2].at))
    assert [(key, item.values["title"]) for key, item in state.items()] == [
        (("task", task.id), "Mới")
    ]
    before = Rewind([stream.group_id], local_day(FIRST)).to(local_day(acts[1].at), {stream.id})
    assert before == {}


def test_what_was_created_lives_whatever_had_its_id_before():
    changes = [
        Change(kind="task", subject_id=1, field=field, new=new)
        for field, new in [
            ("created", {"title": "A"}),
            ("purged", None),
            ("created", {"title": "B"}),
        ]
    ]

    (item,) = replay(changes).values()
    assert (item.is_live, item.values) == (True, {"title": "B"})


def test_what_waited_for_what_is_rebuilt_for_any_day(db_session):
    _, streams = make.whole_group(db_session, "ZET")
    stream = streams[Strand.STANDARDS]
    first, second = make.milestone(db_session, stream), make.task(db_session, stream)

    def act(days):
        return Act(person_id=None, at=FIRST + timedelta(days=days), cause="cli")

    link = dependencies.link(second, first, 5, by=act(1))
    dependencies.unlink(link, by=act(3))
    db_session.flush()

    known = [Link(("milestone", first.id), ("task", second.id), 5)]
    days = [local_day(FIRST + timedelta(days=number)) for number in range(5)]
    assert [past.links_at(day) for day in days] == [[], known, known, [], []]
