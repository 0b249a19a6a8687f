from datetime import date, timedelta

from tests import factories as make
from tests.conftest import NOW
from tracker.models import Strand
from tracker.queries import nights
from tracker.services import snapshots, tasks
from tracker.services.act import Act
from tracker.web import days


def test_days_are_read_once_and_today_follows_every_change(app, set_up, cast, queries):
    with set_up() as session:
        stream = make.stream_of(session, cast)
        by = Act(person_id=None, at=NOW - timedelta(days=30), cause="web")
        tasks.create(stream, "Đo", by=by)
        session.commit()
        snapshots.keep(nights.missed(date(2026, 11, 22), most=30))
        session.commit()
    place, day = (cast.groups["HAL"], Strand.METROLOGY), date(2026, 11, 1)

    with app.test_request_context():
        then, weeks = days.at_end_of(day), days.weeks_before(day)
        with queries() as statements:
            assert days.at_end_of(day) is then
        assert len(statements) == 1
        assert (then[place].judgement.total, len(weeks[place[0]])) == (1, 1)
        before = days.now()[place]
        assert days.now()[place] is before
