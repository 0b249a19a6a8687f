"""Nights that were missed are made up for from the history, and are what they would have been."""

from datetime import timedelta

from sqlalchemy import delete, select

from tests.queries.test_past import FIRST, Year
from tracker.lib.dates import end_of_day_utc, local_day
from tracker.lib.health import Health
from tracker.lib.packing import unpack
from tracker.models import (
    CalendarDay,
    Milestone,
    Snapshot,
    SnapshotCell,
    SnapshotValue,
    Task,
)
from tracker.queries import nights, past_facts
from tracker.services import confirmations, declarations, settings, snapshots
from tracker.services.act import Act

COLUMNS = [column for column in SnapshotCell.__table__.columns if column.key != "snapshot_id"]


class Steered(Year):
    """A year in which people also confirm and declare, and rules change."""

    def do_confirm(self):
        if thing := self.some(self.dice.choice([Task, Milestone])):
            confirmations.confirm(thing, by=self.act())

    def do_declare(self):
        stream = self.dice.choice(self.streams)
        declarations.declare(
            stream, self.dice.choice(list(Health)), sentence="Vì thế", recovery="x", by=self.act()
        )

    def do_limits(self):
        settings.put_thresholds({"overdue_percent": self.dice.randrange(1, 60)}, by=self.act())

    def do_holiday(self):
        day = (
            self.session.scalar(select(CalendarDay).limit(1)) if self.dice.random() < 0.5 else None
        )
        if day:
            settings.remove_day(day, by=self.act())
        else:
            settings.put_day(self.day(), is_working=False, name="Nghỉ", by=self.act())


def kept(session, streams):
    """(day, workstream) → all that is kept of it, with facts and rules written out."""
    found = session.execute(select(SnapshotValue.id, SnapshotValue.value))
    values = {id_: unpack(value) for id_, value in found}
    rows = session.execute(
        select(Snapshot.day, Snapshot.rules_id, *COLUMNS)
        .join(Snapshot, Snapshot.id == SnapshotCell.snapshot_id)
        .where(SnapshotCell.workstream_id.in_([stream.id for stream in streams]))
    ).mappings()
    return {
        (row["day"], row["workstream_id"]): {
            **row,
            "rules_id": values[row["rules_id"]],
            "facts_id": values[row["facts_id"]],
        }
        for row in rows
    }


def forget(session):
    for table in (SnapshotCell, Snapshot, SnapshotValue):
        session.execute(delete(table))
    session.commit()


def test_days_caught_up_with_are_those_that_were_kept_in_time(db_session, cast):
    year = Steered(db_session, cast, seed=2)
    db_session.commit()
    for number in range(0, 240, 8):
        year.at = FIRST + timedelta(days=number, hours=year.dice.randrange(12))
        for _ in range(8):
            year.step()
            year.at += timedelta(minutes=1)
        night = Act(person_id=None, at=end_of_day_utc(local_day(year.at)), cause="night")
        snapshots.take(by=night)
        db_session.commit()
    then = kept(db_session, year.streams)
    last = max(day for day, _ in then)
    forget(db_session)

    snapshots.keep(nights.missed(last, most=1000))

    now = kept(db_session, year.streams)
    assert len(now) == (last - local_day(FIRST)).days * 4 + 4
    for place, there in then.items():
        assert {name: (now[place][name], value) for name, value in there.items()} == {
            name: (value, value) for name, value in there.items()
        }, place
    for day in sorted({day for day, _ in then})[::7]:
        # One day alone: what nobody touched since is taken from the plan as it stands.
        facts = past_facts.at_end_of(day)
        alone = {id_: known.to_json() for id_, known in facts.items() if (day, id_) in then}
        assert alone == {id_: row["facts_id"] for (on, id_), row in then.items() if on == day}
