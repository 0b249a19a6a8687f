from datetime import timedelta

import pytest

from tests.factories import TODAY
from tracker.lib.health import Health, MilestoneFact, Thresholds, WorkstreamFacts
from tracker.lib.workdays import Calendar
from tracker.queries import standings
from tracker.queries.past_rules import Rules

RULES = Rules(Thresholds(), Calendar())


def stands(*milestones, **facts):
    return standings.of(WorkstreamFacts(milestones=milestones, **facts), TODAY, RULES)


@pytest.mark.parametrize(
    ("days", "closed_on", "number"),
    [(0, None, 1), (30, None, 1), (31, None, 0), (-1, None, 0), (3, TODAY, 0)],
)
def test_milestones_soon_are_open_and_expected_within_thirty_days(days, closed_on, number):
    day = TODAY + timedelta(days=days)

    assert (
        stands(MilestoneFact("A", "a", forecast=day, closed_on=closed_on)).milestones_soon == number
    )


def test_coverage_is_of_all_open_items():
    fresh, stale = TODAY - timedelta(days=1), TODAY - timedelta(days=200)
    found = stands(
        MilestoneFact("A", "a", baseline=TODAY, confirmed_on=stale),
        undated=3,
        confirmed=((stale, 1), (fresh, 2)),
    )

    assert (found.coverage.confirmed, found.coverage.of) == (2, 4)
    assert not found.is_disputed
    assert found.judgement.health is Health.ON_TRACK
