from tests.exports.minutes_facts import make_minutes
from tracker.queries.minutes_facts import MinutesFacts


def test_what_is_stored_today_can_be_read_for_ever():
    facts = make_minutes()

    assert MinutesFacts.from_json(facts.to_json()) == facts


def test_facts_of_other_releases_take_defaults():
    stored = make_minutes().to_json()
    del stored["replaced"]

    assert MinutesFacts.from_json({**stored, "unknown": 1}) == make_minutes(replaced=None)
