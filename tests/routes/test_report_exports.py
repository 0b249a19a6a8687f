"""Large reports in the browser: asked for, watched, left, fetched; each only for who asked."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests import factories as make
from tests.conftest import NOW
from tests.html import parse, words
from tracker.adapters import clock as clocks
from tracker.extensions import db
from tracker.jobs import report_exports as jobs
from tracker.models import ReportExport
from tracker.queries import outbox as read_outbox
from tracker.queries import report_exports as read
from tracker.services import outbox, tasks
from tracker.services.act import Act

HTMX = {"HX-Request": "true"}
EARLIER = Act(person_id=None, at=datetime(2026, 10, 1, 3, tzinfo=UTC), cause="test")


@pytest.fixture(autouse=True)
def _everything_is_large(monkeypatch):
    monkeypatch.setattr(read, "LARGE", 0)


@pytest.fixture
def made_by_the_worker(app, monkeypatch):
    """`made_by_the_worker()` does what waits, here: tests of the job start the process."""

    def run(export_id):
        with app.app_context():
            item = read.next_item(clocks.now())
            jobs.do.claim(item, at=clocks.now())
            db.session.commit()
            jobs.make(export_id, app.extensions["tracker.config"], at=clocks.now())
            jobs.do.settle(item, "", at=clocks.now())
            db.session.commit()
            db.session.remove()

    return run


def number_in(answer):
    return int(answer.headers["Location"].rpartition("/")[2])


def test_a_large_file_is_asked_for_watched_and_fetched(
    client_for, plan, report_on, made_by_the_worker
):
    client, report_id = client_for("secretary"), report_on()

    answer = client.post(f"/reports/{report_id}/csv?lang=vi")
    export_id = number_in(answer)
    address = f"/reports/exports/{export_id}"
    assert (answer.status_code, answer.headers["Location"]) == (303, address)

    page = parse(client.get(address))
    assert page.select_one("#export .tag").get_text() == "Đang chờ"
    assert page.select_one("#export .without-js a")["href"] == address
    seen = page.select_one("#export")["hx-get"]
    assert client.get(seen, headers=HTMX).status_code == 204
    assert client.get(f"{address}/file").status_code == 404

    made_by_the_worker(export_id)

    part = parse(client.get(seen, headers=HTMX)).select_one("#export")
    assert part == parse(client.get(address)).select_one("#export")
    assert "hx-get" not in part.attrs
    reminder = "Tệp đã yêu cầu : 1 tệp đã xong, chờ bạn tải về"
    assert words(parse(client.get("/my")).select_one("#waiting-files")) == reminder
    client.head(part.select_one("a.button")["href"])
    assert parse(client.get("/my")).select("#waiting-files")
    file = client.get(part.select_one("a.button")["href"])
    assert parse(client.get("/my")).select("#waiting-files") == []
    assert "Hiệu chuẩn cân" in file.get_data(as_text=True)
    assert "HAL_2026-11" in file.headers["Content-Disposition"]
    listed = parse(client.get("/reports/exports"))
    assert [link["href"] for link in listed.select("#exports th a, #exports td a")] == [
        address,
        f"{address}/file",
    ]


def test_it_is_only_there_for_who_asked(client_for, plan, report_on):
    report_id = report_on()
    export_id = number_in(client_for("secretary").post(f"/reports/{report_id}/csv"))

    for role in ("head", "administrator"):
        client = client_for(role)
        assert client.get(f"/reports/exports/{export_id}").status_code == 404
        assert parse(client.get("/reports/exports")).select("#exports table") == []


def test_who_may_not_write_is_shown_a_button_and_may_ask(client_for, plan, report_on):
    client, report_id = client_for("observer"), report_on()

    form = parse(client.get(f"/reports/{report_id}/xlsx?lang=en")).select_one("main form")
    sent = {field["name"]: field["value"] for field in form.select("input")}
    answer = client.post(form["action"], data=sent)

    assert (sent["format"], sent["lang"]) == ("xlsx", "en")
    assert parse(client.get(answer.headers["Location"])).select_one("#export h2 [lang=en]")
    assert client.post(form["action"], data={"format": "exe"}).status_code == 404


def test_asked_twice_it_leads_to_the_same(client_for, plan, report_on):
    client, report_id = client_for("secretary"), report_on()

    first, second = (client.post(f"/reports/{report_id}/pdf") for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"]


def test_what_failed_says_why_and_can_be_asked_for_again(client_for, plan, report_on, set_up):
    client, report_id = client_for("secretary"), report_on()
    export_id = number_in(client.post(f"/reports/{report_id}/pdf"))
    with set_up() as session:
        jobs.do.fail(session.get_one(ReportExport, export_id), "export_died", at=NOW)

    part = parse(client.get(f"/reports/exports/{export_id}")).select_one("#export")
    again = {field["name"]: field["value"] for field in part.select("form input")}

    assert "ngắt giữa chừng" in part.select_one("[role=alert]").get_text()
    reminder = parse(client.get("/my")).select_one("#waiting-files")
    assert words(reminder) == "Tệp đã yêu cầu : 1 tệp không lập được"
    answer = client.post(part.select_one("form")["action"], data=again)
    assert number_in(answer) != export_id
    assert parse(client.get("/my")).select("#waiting-files") == []


def test_that_no_worker_runs_is_said(client_for, plan, report_on, clock, set_up):
    client, report_id = client_for("secretary"), report_on()
    address = client.post(f"/reports/{report_id}/pdf").headers["Location"]
    sentence = "Chưa thấy tiến trình làm việc nền"
    assert sentence not in client.get(address).get_data(as_text=True)

    clock.shift(timedelta(minutes=4))
    assert sentence in client.get(address).get_data(as_text=True)

    with set_up():
        outbox.note_tick(at=NOW + timedelta(minutes=3))
        db.session.commit()
        assert read_outbox.last_tick() is not None
    assert sentence not in client.get(address).get_data(as_text=True)


@pytest.mark.sqlite
def test_a_large_draft_shows_for_some_minutes_what_was_read_and_freezes_what_is(
    client_for, plan, report_on, set_up, cast, clock
):
    client, report_id = client_for("secretary"), report_on()
    address = f"/reports/{report_id}"

    def shown():
        page = parse(client.get(address))
        return page.select_one("#report-figures").get_text(), "tính lúc" in page.get_text()

    before, is_told = shown()
    assert is_told
    with set_up() as session:
        tasks.create(make.stream_of(session, cast), "Thêm", due=date(2026, 11, 3), by=EARLIER)
    assert shown() == (before, True)
    clock.shift(timedelta(minutes=6))
    now, is_told = shown()
    assert now != before
    assert is_told

    refused = client.post(f"{address}/submit", data={"results": "Đã xong [[HAL-T99:hạn]]"})
    assert refused.status_code == 422
    client.post(f"{address}/submit", data={"results": "Đã xong"})
    assert shown() == (now, False)
