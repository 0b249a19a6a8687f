from datetime import UTC, date, datetime, timedelta

from tests.services.acts import BY
from tracker.lib.health import Thresholds
from tracker.lib.workdays import Calendar
from tracker.queries import past_rules
from tracker.queries.past_rules import Rules
from tracker.services import settings
from tracker.services.act import Act

FIRST = datetime(2026, 3, 2, 2, tzinfo=UTC)
TET = date(2027, 2, 8)


def act(days):
    return Act(person_id=None, at=FIRST + timedelta(days=days), cause="web")


def test_each_day_has_the_rules_of_its_end(db_session):
    settings.put_thresholds({"blocked_days": 9}, by=act(1))
    tet = settings.put_day(TET, is_working=False, name="Tết", by=act(1))
    settings.put_day(TET, is_working=True, name="Làm bù", by=act(2))
    db_session.flush()
    settings.remove_day(tet, by=act(3))
    db_session.flush()

    days = [date(2026, 3, 2) + timedelta(days=number) for number in range(4)]
    limits = Thresholds(blocked_days=9)
    assert list(past_rules.of_days(days)) == [
        Rules(Thresholds(), Calendar()),
        Rules(limits, Calendar(holidays=frozenset({TET}))),
        Rules(limits, Calendar(working=frozenset({TET}))),
        Rules(limits, Calendar()),
    ]


def test_rules_are_the_same_after_they_were_kept(db_session):
    settings.put_thresholds({"late_slip_days": 45}, by=BY)
    settings.put_day(TET, is_working=False, name="Tết", by=BY)
    db_session.flush()

    rules = past_rules.now()

    assert (rules.limits.late_slip_days, rules.calendar.is_working(TET)) == (45, False)
    assert Rules.from_json({**rules.to_json(), "later": 1}) == rules
