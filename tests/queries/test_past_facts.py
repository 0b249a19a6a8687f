"""That the facts of every day are those of its night is tested with the nights themselves
(tests/services/test_snapshots.py)."""

from datetime import UTC, date, datetime, timedelta

from tests import factories as make
from tracker.models import Strand
from tracker.queries import past_facts
from tracker.services import groups, milestones, tasks
from tracker.services.act import Act

FIRST = datetime(2026, 3, 2, 2, tzinfo=UTC)


def act(days):
    return Act(person_id=None, at=FIRST + timedelta(days=days), cause="web")


def test_a_group_has_no_facts_before_it_was_there(db_session):
    group = groups.create(key="NEW", name="Mới", by=act(1))
    db_session.commit()

    days = [date(2026, 3, 2), date(2026, 3, 3)]
    assert [len(facts) for _, facts in past_facts.of_group(group.id, days)] == [0, 4]
    with_it, without_it = (len(past_facts.at_end_of(day)) for day in reversed(days))
    assert with_it - without_it == 4


def test_what_went_to_another_group_counts_where_it_was(db_session):
    (_, here), (_, there) = (make.whole_group(db_session, key) for key in ("ZET", "YOT"))
    old, new = here[Strand.METROLOGY], there[Strand.STANDARDS]
    task = tasks.create(old, "Đo", by=act(0))
    milestones.create(old, "Mốc", by=act(0), baseline=date(2026, 5, 1))
    db_session.commit()
    tasks.place(task, workstream=new, by=act(5))
    db_session.commit()

    before, after = (past_facts.at_end_of(date(2026, 3, day)) for day in (3, 7))

    assert (before[old.id].total, before[new.id].total) == (1, 0)
    assert (after[old.id].total, after[new.id].total) == (0, 1)
    assert [fact.code for fact in after[old.id].milestones] == ["ZET-M1"]
