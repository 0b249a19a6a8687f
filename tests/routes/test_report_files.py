"""The files of a report in the browser: made, kept, given as they were."""

import hashlib
import io
import threading
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from docx import Document
from sqlalchemy import event, text
from sqlalchemy.orm import undefer

from tests.databases import takes_writers
from tests.html import form, parse
from tests.routes.steps import judge
from tracker.exports.report.formats import FORMATS
from tracker.extensions import db
from tracker.models import Report, ReportFile
from tracker.services.act import Act
from tracker.web import turns

HTMX = {"HX-Request": "true"}
ACT = Act(person_id=None, at=datetime(2026, 11, 16, 3, tzinfo=UTC), cause="test")
EARLIER = Act(person_id=None, at=datetime(2026, 10, 1, 3, tzinfo=UTC), cause="test")


def create(client, group="HAL", word="2026-11", **more):
    return client.post("/reports", data={"group": group, "period": word, "lang": "vi"}, **more)


# ---------------------------------------------------------------- taking away


@pytest.mark.parametrize(
    ("role", "name"),
    [("head", "docx"), ("secretary", "pdf"), ("head", "xlsx"), ("secretary", "csv")],
)
def test_a_file_is_made_kept_and_given(client_for, report_on, role, name, set_up, plan):
    address = f"/reports/{report_on()}/{name}"
    client = client_for(role)

    answer = client.post(f"{address}?lang=vi")
    file = client.get(answer.location)

    assert answer.status_code == 303
    assert file.headers["Content-Disposition"] == f"attachment; filename=HAL_2026-11_v1.{name}"
    with set_up() as session:
        row = session.query(ReportFile).one()
        assert row.sha256 == hashlib.sha256(file.data).hexdigest()


@pytest.mark.parametrize("role", ["member", "observer", "director", "outsider"])
def test_who_may_not_write_is_led_to_files_that_are_not_kept(client_for, report_on, role):
    address = f"/reports/{report_on()}"
    client = client_for(role)

    page = parse(client.get(address))
    links = [a["href"] for a in page.select("#report-take a.button")]

    assert page.select("#report-take button") == []
    assert len(links) == 10
    assert "được giữ lại" not in page.select_one("[aria-labelledby=take]").get_text()
    assert client.post(f"{address}/docx?lang=vi").status_code == 403


def test_of_a_file_taken_without_the_right_to_write_only_the_digest_is_kept(
    client_for, report_on, set_up, plan
):
    address = f"/reports/{report_on()}"
    client = client_for("outsider")

    links = [a["href"] for a in parse(client.get(address)).select("#report-take a.button")]
    files = [client.get(link) for link in links]

    assert [file.status_code for file in files] == [200] * 10
    assert files[0].headers["Content-Disposition"] == "attachment; filename=HAL_2026-11.docx"
    with set_up() as session:
        kept = session.query(ReportFile).options(undefer(ReportFile.content)).all()
        digests = {hashlib.sha256(file.data).hexdigest() for file in files}
        assert {row.sha256 for row in kept} == digests  # by which they can be verified
        assert [row.content for row in kept] == [None] * 10
    assert parse(client.get(address)).select("#report-files a") == []  # nothing leads to them


def test_who_writes_has_buttons_that_keep(client_for, report_on):
    page = parse(client_for("head").get(f"/reports/{report_on()}"))

    assert len(page.select("#narrative .acts[role=group] button")) == 10
    assert page.select("#report-take a.button") == []
    assert "được giữ lại" in page.select_one("[aria-labelledby=take]").get_text()


@pytest.fixture
def while_made(app, monkeypatch):
    """`while_made(act)` calls it while facts are gathered and while the file is rendered."""
    stop = []

    def wrap(act, *, gathering=False):
        real = FORMATS["csv"]

        def render(*args):
            act()
            return real.render(*args)

        def asked(_connection, _cursor, statement, *_rest):
            if "FROM history" in statement or "FROM tasks" in statement:
                act()

        monkeypatch.setitem(FORMATS, "csv", replace(real, render=render))
        if gathering:
            with app.app_context():
                engine = db.engine
            event.listen(engine, "before_cursor_execute", asked)
            stop.append(lambda: event.remove(engine, "before_cursor_execute", asked))

    yield wrap
    for end in stop:
        end()


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("method", "act"), [("post", "csv"), ("get", "csv"), ("post", "submit"), ("post", "")]
)
def test_nobody_waits_with_writing_while_a_report_is_made(
    client_for, report_on, plan, database_url, while_made, method, act
):
    """A report on thousands of tasks takes seconds; one reader must not stop all writing."""
    found = []
    address = f"/reports/{report_on()}/{act}".rstrip("/")
    client = client_for("head")
    while_made(lambda: found.append(takes_writers(database_url)), gathering=True)
    typed = "x" * (20_001 if not act else 1)

    answer = getattr(client, method)(address, data={"results": typed})

    assert answer.status_code == {"": 422}.get(act, 303 if method == "post" else 200)
    assert len(found) > 1
    assert set(found) == {True}


@pytest.mark.sqlite
def test_a_task_is_changed_while_a_report_is_rendered(client_for, report_on, plan, app, while_made):
    """The change is stored before the file is; the file says what was when it was begun."""
    address = f"/reports/{report_on()}/csv"
    client = client_for("head")
    stored = []

    def write():
        with app.app_context():
            db.session.execute(text("UPDATE tasks SET progress = progress"))
            db.session.commit()
            stored.append(True)

    def meanwhile():
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()

    while_made(meanwhile)

    assert client.get(client.post(address).location).status_code == 200
    assert stored == [True]


def test_what_was_typed_is_kept_though_the_file_could_not_be_made(
    client_for, report_on, kept, monkeypatch
):
    monkeypatch.setattr(turns, "_reports", turns.Turns(1, waiting=0, longest=0))
    address = f"/reports/{report_on()}/csv"
    client = client_for("head")

    with turns.turn():
        made = client.post(address, data={"results": "Tốt"})
        taken = client.get(address)

    assert [made.status_code, taken.status_code] == [503, 503]
    assert "Hãy thử lại sau một phút" in parse(made).get_text()
    assert kept(1)[1] == {"results": "Tốt"}
    assert client.post(address).status_code == 303


def test_a_report_submitted_while_its_file_was_made_keeps_no_older_figures(
    client_for, report_on, set_up, while_made
):
    number = report_on()
    client, other = client_for("head"), client_for("secretary")
    submitted = []

    def submit():
        if not submitted:
            submitted.append(True)
            thread = threading.Thread(target=lambda: other.post(f"/reports/{number}/submit"))
            thread.start()
            thread.join()

    while_made(submit)

    assert client.post(f"/reports/{number}/csv").status_code == 409
    with set_up() as session:
        assert session.get_one(Report, number).state == "submitted"
        assert session.query(ReportFile).count() == 0
    assert client.post(f"/reports/{number}/csv").status_code == 303


def test_what_was_typed_is_saved_and_in_the_file_at_one_press(client_for, report_on, kept):
    address = f"/reports/{report_on()}"
    client = client_for("head")
    data = form(client.get(address), "#narrative") | {"recommendations": "Đề nghị họp liên bộ"}

    file = client.get(client.post(f"{address}/docx?lang=vi", data=data).location)

    assert kept(1)[1] == {"recommendations": "Đề nghị họp liên bộ"}
    text = [p.text for p in Document(io.BytesIO(file.data)).paragraphs]
    assert "Đề nghị họp liên bộ" in text


def test_the_same_file_is_kept_once_and_a_changed_one_as_the_next(client_for, report_on):
    address = f"/reports/{report_on()}"
    client = client_for("head")

    first = client.post(f"{address}/csv?lang=vi").location
    assert client.post(f"{address}/docx?lang=vi").location.endswith("file=2")
    assert client.post(f"{address}/csv?lang=vi").location == first
    client.post(address, data={"results": "Khác"})
    changed = client.post(f"{address}/docx?lang=vi").location

    name = client.get(changed).headers["Content-Disposition"]
    assert name == "attachment; filename=HAL_2026-11_v2.docx"
    links = parse(client.get(address)).select("#report-files a")
    assert [a.get_text() for a in links] == [
        "HAL_2026-11_v2.docx",
        "HAL_2026-11_v1.docx",
        "HAL_2026-11_v1.csv",
    ]


def test_a_file_that_was_kept_stays_as_it_was(client_for, report_on):
    address = f"/reports/{report_on()}"
    client = client_for("head")
    kept_file = client.post(f"{address}/docx?lang=vi").location
    before = client.get(kept_file).data

    client.post(address, data={"results": "Sửa sau"})

    assert client.get(kept_file).data == before
    assert client.get(f"{address}/docx").data != before


@pytest.mark.parametrize(
    "address", ["/reports/1/doc", "/reports/1/docx?file=99", "/reports/1/docx?file=x", "/reports/9"]
)
def test_what_is_not_there_is_not_found(client_for, report_on, address):
    report_on()

    assert client_for("head").get(address).status_code == 404


def test_a_file_is_found_only_under_its_own_report_and_format(client_for, report_on):
    first, second = report_on(), report_on(word="2026-10")
    client = client_for("head")
    client.post(f"/reports/{first}/csv?lang=vi")

    assert client.get(f"/reports/{second}/csv?file=1").status_code == 404
    assert client.get(f"/reports/{first}/docx?file=1").status_code == 404


def test_each_revision_that_was_issued_is_served_as_it_was_first_taken(
    client_for, report_on, set_up, monkeypatch
):
    """Also after a release that lays papers out otherwise; a returned one is made again."""
    address, head = f"/reports/{report_on()}", client_for("head")
    for number, why in ((1, "Sai số"), (2, "")):
        head.post(f"{address}/submit", data={"results": f"Lời văn {number}"})
        judge(head, address, "approve")
        head.post(f"{address}/issue", data={"number": f"{number}/BC", "day": "20/11/2026"})
        if why:
            head.post(f"{address}/reopen", data={"why": why})
    member = client_for("member")
    first, second = (member.get(f"{address}/docx?record={n}").data for n in (1, 2))
    assert ["Lời văn 1" in docx_text(content) for content in (first, second)] == [True, False]
    assert "1/BC" in docx_text(first)

    monkeypatch.setattr("tracker.exports.report.docx.render", lambda facts, lang: b"other layout")
    assert member.get(f"{address}/docx?record=1").data == first
    assert head.get(f"{address}/docx").data == second
    for nonsense in ("99", "x", "-1"):
        assert member.get(f"{address}/docx?record={nonsense}").status_code == 404


def docx_text(content):
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_a_file_that_was_taken_before_it_was_issued_is_kept_when_it_is(
    client_for, report_on, plan, monkeypatch
):
    """A CSV bears no number, so that it is the same before and after."""
    address, head = f"/reports/{report_on()}", client_for("head")
    head.post(f"{address}/submit")
    before = head.get(f"{address}/csv").data
    judge(head, address, "approve")
    head.post(f"{address}/issue", data={"number": "1/BC", "day": "20/11/2026"})

    assert head.get(f"{address}/csv").data == before
    other = replace(FORMATS["csv"], render=lambda facts, lang: b"other layout")
    monkeypatch.setitem(FORMATS, "csv", other)
    assert head.get(f"{address}/csv").data == before


def test_a_file_that_was_changed_in_the_database_is_not_served(client_for, report_on, set_up):
    address, head = f"/reports/{report_on()}", client_for("head")
    head.post(f"{address}/submit")
    judge(head, address, "approve")
    head.post(f"{address}/issue", data={"number": "1/BC", "day": "20/11/2026"})
    head.get(f"{address}/csv")
    with set_up() as session:
        session.execute(text("UPDATE report_files SET content = :x"), {"x": b"x"})

    for taken in (f"{address}/csv", f"{address}/csv?file=1"):
        answer = head.get(taken)
        assert answer.status_code == 409
        assert "không còn nguyên như lúc phát hành" in parse(answer).get_text()
        assert parse(answer).select_one("h1").get_text() == "Không mở được"


def test_a_file_is_of_the_revision_that_was_there_when_it_was_asked_for(
    client_for, report_on, set_up, monkeypatch
):
    """Somebody opens a correction and submits it while the file of the first waits for its turn."""
    address, head = f"/reports/{report_on()}", client_for("head")
    head.post(f"{address}/submit", data={"results": "Lời văn 1"})
    judge(head, address, "approve")
    head.post(f"{address}/issue", data={"number": "1/BC", "day": "20/11/2026"})
    secretary, waits = client_for("secretary"), turns.turn

    def correct():
        secretary.post(f"{address}/reopen", data={"why": "Sai số"})
        secretary.post(f"{address}/submit", data={"results": "Lời văn 2"})

    def corrected():
        monkeypatch.undo()
        thread = threading.Thread(target=correct)
        thread.start()
        thread.join()
        return waits()

    monkeypatch.setattr(turns, "turn", corrected)
    made = head.post(f"{address}/docx").location

    with set_up() as session:
        assert session.get_one(Report, 1).revision_name == "1.1"
        assert session.query(ReportFile).one().record_id == 1
    assert "Lời văn 1" in docx_text(head.get(made).data)
