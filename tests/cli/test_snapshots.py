from datetime import timedelta

from click.testing import CliRunner
from sqlalchemy import func, select

from tests.conftest import NOW
from tracker.cli import root
from tracker.extensions import db
from tracker.models import Snapshot
from tracker.services import settings
from tracker.services.act import Act


def test_a_snapshot_is_taken_when_asked_and_missed_days_are_made_up_for(app, set_up):
    def said(*words):
        return CliRunner().invoke(root(), ["snapshot", *words], obj=lambda: app).output

    with set_up() as session:
        long_ago = Act(person_id=None, at=NOW - timedelta(days=40), cause="cli")
        settings.put_thresholds({"blocked_days": 9}, by=long_ago)
        session.commit()

    assert said("take") == "Đã lưu hiện trạng.\n"
    assert said("fill", "--days", "31") == "Đã lưu hiện trạng của 31 ngày.\n"
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Snapshot)) == 32
