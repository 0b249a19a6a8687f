from datetime import UTC, date, datetime

import time_machine

from tracker.adapters import clock


def test_it_tells_the_moment_in_utc_and_the_day_in_viet_nam():
    with time_machine.travel(datetime(2026, 11, 22, 18, tzinfo=UTC), tick=False):
        assert clock.now() == datetime(2026, 11, 22, 18, tzinfo=UTC)
        assert clock.today() == date(2026, 11, 23)
