import pytest
from sqlalchemy.exc import IntegrityError

from tests import factories as make
from tracker.models import Dependency, Strand
from tracker.models.dependencies import key_of


@pytest.fixture
def stream(db_session):
    return make.whole_group(db_session)[1][Strand.STANDARDS]


def test_each_end_is_a_task_or_a_milestone(db_session, stream):
    milestone, task = make.milestone(db_session, stream), make.task(db_session, stream)

    link = make.link(db_session, milestone, task)

    assert (link.predecessor, link.successor) == (key_of(milestone), key_of(task))
    assert key_of(task) == ("task", task.id)


@pytest.mark.parametrize(
    "ends",
    [
        {"predecessor_task_id": 1},
        {"predecessor_task_id": 1, "predecessor_milestone_id": 1, "successor_task_id": 2},
        {"predecessor_task_id": 1, "successor_milestone_id": 1, "successor_task_id": 2},
        {"predecessor_task_id": 1, "successor_task_id": 1},
        {"predecessor_milestone_id": 1, "successor_milestone_id": 1},
        {"predecessor_task_id": 1, "successor_task_id": 2, "lag": -1},
    ],
)
def test_the_database_refuses_what_is_no_link(db_session, stream, ends):
    tasks = [make.task(db_session, stream) for _ in range(2)]
    ids = {1: tasks[0].id, 2: tasks[1].id}
    milestone = make.milestone(db_session, stream)
    values = {
        name: value if name == "lag" else milestone.id if "milestone" in name else ids[value]
        for name, value in ends.items()
    }
    db_session.add(Dependency(created_at=make.AGES_AGO, **values))

    with pytest.raises(IntegrityError):
        db_session.flush()


def test_the_same_link_is_there_once(db_session, stream):
    first, second = make.milestone(db_session, stream), make.milestone(db_session, stream)
    make.link(db_session, first, second)

    with pytest.raises(IntegrityError):
        make.link(db_session, first, second, lag=3)
