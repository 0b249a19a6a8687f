from datetime import UTC, datetime

from tests import factories as make
from tracker.models import Strand
from tracker.queries import history as read
from tracker.services import history
from tracker.services.act import Act


def act(hour, person_id=None):
    return Act(person_id=person_id, at=datetime(2026, 11, 23, hour, tzinfo=UTC), cause="web")


def test_the_changes_of_one_thing_come_oldest_first_with_their_people(db_session, cast):
    stream = make.whole_group(db_session, "ZET")[1][Strand.METROLOGY]
    task, other = make.task(db_session, stream), make.task(db_session, stream)
    history.change(task, {"title": "Hai"}, by=act(3, cast["head"].person_id))
    history.change(other, {"title": "x"}, by=act(3))
    history.change(task, {"title": "Một"}, by=act(2))
    db_session.commit()
    db_session.expunge_all()

    found = read.of("task", task.id)

    assert [(row.new, row.person and row.person.full_name) for row in found] == [
        ("Một", None),
        ("Hai", "Nguyễn Thị Đào"),
    ]


def test_what_came_after_a_version_is_told_apart(db_session):
    stream = make.whole_group(db_session, "ZET")[1][Strand.METROLOGY]
    task = make.task(db_session, stream)
    db_session.commit()
    history.change(task, {"title": "Hai"}, by=act(1))
    db_session.commit()
    seen = task.version
    history.change(task, {"title": "Ba"}, by=act(2))
    db_session.commit()

    assert [row.new for row in read.since_version("task", task.id, seen)] == ["Ba"]


def test_the_last_change_to_a_value_is_told_with_its_person(db_session, cast):
    stream = make.whole_group(db_session, "ZET")[1][Strand.METROLOGY]
    task = make.task(db_session, stream)
    for hour, title in enumerate(("Hai", "Ba", "Hai", "Bốn")):
        history.change(task, {"title": title}, by=act(hour, cast["head"].person_id))
    db_session.commit()

    found = read.last_to("task", task.id, "title", "Hai")

    assert (found.at.hour, found.person.full_name) == (2, "Nguyễn Thị Đào")
    assert read.last_to("task", task.id, "title", "Năm") is None
