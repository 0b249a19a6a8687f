from datetime import UTC, date, datetime

from tracker.services.act import Act


def test_the_day_of_an_act_is_the_one_in_viet_nam():
    late = Act(person_id=None, at=datetime(2026, 11, 22, 17, 30, tzinfo=UTC), cause="web")

    assert late.today == date(2026, 11, 23)
