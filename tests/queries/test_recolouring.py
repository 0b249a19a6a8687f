from datetime import date, timedelta

from tests import factories as make
from tests.factories import TODAY
from tracker.lib.health import Health, Thresholds
from tracker.models import Strand
from tracker.queries import recolouring as read


def test_only_what_changes_colour_is_told_the_worst_first(db_session, cast, queries):
    metrology, inspection = (
        make.stream_of(db_session, cast, strand=strand)
        for strand in (Strand.METROLOGY, Strand.INSPECTION)
    )
    for stream, slip in ((metrology, 5), (inspection, 20)):
        baseline = date(2027, 1, 4)
        forecast = baseline + timedelta(days=slip)
        make.milestone(db_session, stream, baseline=baseline, forecast=forecast)
    db_session.commit()

    with queries() as statements:
        found = read.preview(Thresholds(risk_slip_days=4, late_slip_days=15), TODAY)

    assert len(statements) == 2
    assert [(row.key, row.strand, row.old.health, row.new.health) for row in found.rows] == [
        ("HAL", Strand.INSPECTION, Health.AT_RISK, Health.LATE),
        ("HAL", Strand.METROLOGY, Health.NOT_STARTED, Health.AT_RISK),
    ]
    assert (found.worse, found.total) == (2, 8)
    assert read.preview(Thresholds(), TODAY).rows == []
