from datetime import date, datetime

from tests import factories as make
from tests.html import parse
from tracker.queries import nights
from tracker.services import snapshots, tasks
from tracker.services.act import Act


def test_the_figures_of_each_week_lead_to_the_board_of_its_end(client_for, set_up, cast):
    with set_up() as session:
        at = datetime.fromisoformat("2026-11-02T02:00+00:00")
        act = Act(person_id=None, at=at, cause="web")
        tasks.create(make.stream_of(session, cast), "Đo", by=act, due=date(2026, 11, 10))
        session.commit()
        snapshots.keep(nights.missed(date(2026, 11, 22), most=60))
        session.commit()

    page = parse(client_for("director").get("/trend"))

    rows = [
        [cell.get_text(strip=True) for cell in row.select("td")] for row in page.select("tbody tr")
    ]
    assert [link["href"][-10:] for link in page.select("tbody a")] == [
        "2026-11-22",
        "2026-11-15",
        "2026-11-08",
    ]
    assert [row[4] for row in rows] == ["1", "1", "0"]
    assert len(page.select("polyline")) == 7


def test_before_the_first_night_that_is_said(client_for):
    assert parse(client_for("director").get("/trend")).select_one("#trend .empty")
