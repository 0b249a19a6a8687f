from tests import factories as make
from tracker.lib.schedule import Link
from tracker.queries import dependencies as read


def test_links_among_items_have_both_ends_among_them(db_session, queries):
    _, streams = make.whole_group(db_session)
    stream = next(iter(streams.values()))
    first, second, third = (make.milestone(db_session, stream) for _ in range(3))
    task = make.task(db_session, stream)
    make.link(db_session, first, task, lag=2)
    make.link(db_session, task, second)
    make.link(db_session, second, third)
    keys = [("milestone", first.id), ("task", task.id), ("milestone", second.id)]

    with queries() as statements:
        links = read.among(keys)

    assert links == [
        Link(("milestone", first.id), ("task", task.id), 2),
        Link(("task", task.id), ("milestone", second.id), 0),
    ]
    assert len(statements) == 1
