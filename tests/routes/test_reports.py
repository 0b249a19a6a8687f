"""Reports in the browser: chosen, written, taken away; restricted ones for their own people."""

import hashlib
import io
import threading
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from docx import Document
from sqlalchemy import event, text

from tests import factories as make
from tests.databases import takes_writers
from tests.html import form, parse
from tracker.exports.report.formats import FORMATS
from tracker.extensions import db
from tracker.lib.periods import parse as period
from tracker.models import Group, Report, ReportFile, TaskStatus
from tracker.services import reports as do
from tracker.services import tasks
from tracker.services.act import Act
from tracker.web import turns

HTMX = {"HX-Request": "true"}
ACT = Act(person_id=None, at=datetime(2026, 11, 16, 3, tzinfo=UTC), cause="test")
EARLIER = Act(person_id=None, at=datetime(2026, 10, 1, 3, tzinfo=UTC), cause="test")


@pytest.fixture
def plan(set_up, cast):
    with set_up() as session:
        stream = make.stream_of(session, cast)
        task = tasks.create(stream, "Hiệu chuẩn cân", by=EARLIER)
        done = Act(person_id=None, at=datetime(2026, 11, 2, 3, tzinfo=UTC), cause="test")
        tasks.change_status(task, TaskStatus.DONE, by=done)


@pytest.fixture
def report_on(set_up, cast):
    """`report_on("HAL")` is the id of a new draft for November; `None` is all groups."""

    def made(key="HAL", word="2026-11"):
        with set_up() as session:
            group = session.get_one(Group, cast.groups[key]) if key else None
            report = do.begin(group, period(word), by=ACT)
            session.flush()
            return report.id

    return made


@pytest.fixture
def kept(app, set_up):
    def of(report_id):
        with set_up() as session:
            report = session.get_one(Report, report_id)
            return report.state, dict(report.narrative), report.version

    return of


def create(client, group="HAL", word="2026-11", **more):
    return client.post("/reports", data={"group": group, "period": word, "lang": "vi"}, **more)


# ---------------------------------------------------------------- choosing


def test_the_new_page_offers_the_month_that_was_closed_with_its_figures(client_for, plan):
    page = parse(client_for("secretary").get("/reports/new"))

    assert page.select_one("input[name=period][checked]")["value"] == "2026-11"
    assert [option.get_text() for option in page.select("#group option")] == [
        "Tổ công tác Hal (HAL)"
    ]
    assert page.select_one("#report-figures b").get_text() == "1"
    assert "gửi sớm nhất ngày 16/11/2026" in page.select_one("#report-preview").get_text()


@pytest.mark.parametrize(
    ("role", "keys", "chosen"),
    [("administrator", ["HAL", "SOL", "all"], "all"), ("sol_head", ["SOL", "all"], "SOL")],
)
def test_who_writes_a_report_and_sees_all_groups_may_choose_all(client_for, role, keys, chosen):
    page = parse(client_for(role).get("/reports/new"))

    assert [option["value"] for option in page.select("#group option")] == keys
    assert [option["value"] for option in page.select("#group option[selected]")] == [chosen]


def test_htmx_gets_the_preview_and_the_page_holds_the_same(client_for, plan):
    client = client_for("head")
    address = "/reports/new?group=HAL&period=2026-Q4"

    part = parse(client.get(address, headers=HTMX)).select_one("#report-preview")
    page = parse(client.get(address)).select_one("#report-preview")
    for one in (part, page):
        one.select_one("[name=csrf_token]").decompose()

    assert part == page


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("period=other&word=2026-13", "Không có kỳ báo cáo «2026-13»."),
        ("period=nonsense", "«nonsense» không phải là kỳ báo cáo."),
        ("period=other&first=14/11/2026&last=15/10/2026", "có ngày cuối trước ngày đầu"),
        ("period=other&first=31/02/2026&last=15/10/2026", "Không có ngày «31/02/2026»"),
        ("period=other", "Hãy chọn kỳ báo cáo"),
        ("period=%00%08", "không phải là kỳ báo cáo"),
    ],
)
def test_a_period_that_is_none_is_said_to_be(client_for, query, sentence):
    answer = client_for("head").get(f"/reports/new?group=HAL&{query}")

    assert answer.status_code == 422
    assert sentence in parse(answer).select_one("#report-preview").get_text()
    assert parse(answer).select("#report-preview form") == []


def test_two_days_are_a_period_too(client_for, plan):
    query = "period=other&first=15/10/2026&last=14/11/2026"
    page = parse(client_for("head").get(f"/reports/new?group=HAL&{query}"))

    chosen = page.select_one("#report-preview input[name=period]")["value"]
    assert chosen == "2026-10-15..2026-11-14"


def test_a_period_without_a_plan_says_so(client_for):
    page = parse(client_for("head").get("/reports/new?group=HAL&period=2019-11"))

    assert "Không có nhiệm vụ nào trong kỳ này" in page.select_one("#report-preview").get_text()


# ---------------------------------------------------------------- beginning


def test_a_report_is_begun_and_opened(client_for, kept):
    client = client_for("secretary")

    answer = create(client)

    assert answer.status_code == 303
    assert kept(1)[:2] == ("draft", {})
    assert client.get(answer.location).status_code == 200


def test_htmx_is_led_to_the_report(client_for):
    answer = create(client_for("head"), headers=HTMX)

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/reports/1?lang=vi")


def test_the_draft_of_the_same_period_is_gone_on_with(client_for):
    client = client_for("head")

    assert create(client).location == create(client).location


@pytest.mark.parametrize("role", ["member", "observer", "director", "outsider", "sol_head"])
def test_who_may_not_write_may_not_begin(client_for, role):
    assert create(client_for(role)).status_code == 403


def test_a_group_one_may_not_see_is_not_there(client_for):
    assert create(client_for("head"), group="SOL").status_code == 404
    assert create(client_for("head"), group="").status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [("administrator", 303), ("sol_head", 303), ("head", 403), ("director", 403), ("member", 403)],
)
def test_all_groups_are_for_who_writes_a_report_and_sees_them_all(client_for, role, status):
    """SOL is restricted: its head sees both groups, the head of HAL does not."""
    assert create(client_for(role), group="all").status_code == status


def test_the_report_on_all_groups_is_written_by_one_and_closed_by_another(client_for):
    address = create(client_for("sol_head"), group="all").location.partition("?")[0]

    assert client_for("sol_head").post(f"{address}/issue").status_code == 403
    assert client_for("director").post(address, data={"results": "x"}).status_code == 403
    assert client_for("director").get(f"{address}/csv").status_code == 200
    assert client_for("director").post(f"{address}/issue").status_code == 303


def test_a_report_of_no_period_is_not_begun(client_for, set_up):
    assert create(client_for("head"), word="2026-99").status_code == 422
    with set_up() as session:
        assert session.query(Report).count() == 0


def test_the_figures_are_kept_until_something_changes(client_for, set_up, cast, plan, queries):
    client = client_for("administrator")
    address = "/reports/new?group=all&period=cal:2026-11"

    def due():
        return parse(client.get(address)).select_one("#report-figures").get_text(" ", strip=True)

    with queries() as first:
        before = due()
    with queries() as again:
        assert due() == before
    with set_up() as session:
        tasks.create(make.stream_of(session, cast), "Quá hạn", due=date(2026, 11, 3), by=EARLIER)

    assert len(again) < len(first)
    assert due() != before


# ---------------------------------------------------------------- writing


def test_what_was_typed_stands_beside_what_happened(client_for, report_on, plan):
    address = f"/reports/{report_on()}"
    client = client_for("head")

    data = form(client.get(address), "#narrative") | {"results": "Tốt\r\nRất tốt"}
    answer = client.post(address, data=data)
    page = parse(client.get(answer.location))

    assert answer.status_code == 303
    assert page.select_one("#results").get_text().strip() == "Tốt\nRất tốt"
    assert "Hiệu chuẩn cân" in page.select_one("#facts-results").get_text()


def test_htmx_is_told_that_it_was_saved_with_the_new_version(client_for, report_on, kept):
    address = f"/reports/{report_on()}"
    client = client_for("head")
    data = form(client.get(address), "#narrative") | {"next": "Họp tổ"}

    answer = client.post(address, data=data, headers=HTMX)

    _state, narrative, version = kept(1)
    assert narrative == {"next": "Họp tổ"}
    saved = parse(answer).select_one("#report-saved [name=version]")
    assert saved["value"] == str(version)


def test_the_saved_mark_is_the_one_on_the_page(client_for, report_on):
    address = f"/reports/{report_on()}"
    client = client_for("head")
    answer = client.post(address, data={"results": "Tốt"}, headers=HTMX)

    saved, reloaded = (parse(a).select_one("#report-saved") for a in (answer, client.get(address)))
    assert " ".join(str(saved).split()) == " ".join(str(reloaded).split())


def test_five_thousand_signs_and_control_characters_are_kept_safe(client_for, report_on, kept):
    client = client_for("head")
    text = "Tiến độ tốt. " * 400 + "\x00\x07\u202e<script>"

    client.post(f"/reports/{report_on()}", data={"results": text})

    assert kept(1)[1] == {"results": "Tiến độ tốt. " * 400 + "<script>"}
    file = client.get("/reports/1/docx")
    words = "\n".join(p.text for p in Document(io.BytesIO(file.data)).paragraphs)
    assert "<script>" in words


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_text_without_end_is_refused_with_what_was_typed(client_for, report_on, headers, kept):
    client = client_for("head")

    answer = client.post(f"/reports/{report_on()}", data={"results": "x" * 20_001}, headers=headers)

    assert answer.status_code == 422
    assert "20" in parse(answer).select_one(".field__error").get_text()
    assert kept(1)[1] == {}
    if not headers:
        assert len(parse(answer).select_one("#results").get_text().strip()) == 20_001


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_the_second_of_two_in_one_section_sees_both_texts(client_for, report_on, headers, kept):
    address = f"/reports/{report_on()}"
    head, secretary = client_for("head"), client_for("secretary")
    first, second = (form(c.get(address), "#narrative") for c in (head, secretary))
    head.post(address, data=first | {"results": "Của tổ trưởng"})

    answer = secretary.post(
        address, data=second | {"results": "Của thư ký", "next": "Họp"}, headers=headers
    )

    asked = parse(answer).select_one("#conflict form")
    assert answer.status_code == 409
    assert [i["value"] for i in asked.select("[type=radio]")] == ["Của thư ký", "Của tổ trưởng"]
    assert kept(1)[1] == {"results": "Của tổ trưởng"}
    chosen = form(answer, "#conflict form") | {"results": "Của thư ký"}
    assert secretary.post(address, data=chosen).status_code == 303
    assert kept(1)[1] == {"results": "Của thư ký", "next": "Họp"}


@pytest.mark.parametrize("role", ["member", "observer", "director", "outsider"])
def test_who_may_not_write_reads_but_does_not_change(client_for, report_on, role, kept):
    address = f"/reports/{report_on()}"
    client = client_for(role)

    page = parse(client.get(address))
    answer = client.post(address, data={"results": "x"})

    assert page.select_one("#results").has_attr("readonly")
    assert page.select("#report-saved") == []
    assert (answer.status_code, kept(1)[1]) == (403, {})


# ---------------------------------------------------------------- taking away


@pytest.mark.parametrize("role", ["head", "secretary"])
@pytest.mark.parametrize("name", ["docx", "pdf", "xlsx", "csv"])
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
        assert session.get_one(Report, 1).facts_sha256


@pytest.mark.parametrize("role", ["member", "observer", "director", "outsider"])
def test_who_may_not_write_takes_the_file_and_nothing_is_kept(
    client_for, report_on, role, set_up, plan
):
    address = f"/reports/{report_on()}"
    client = client_for(role)

    page = parse(client.get(address))
    links = [a["href"] for a in page.select("#narrative a.button")]
    files = [client.get(link) for link in links]

    assert page.select("#narrative button") == []
    assert len(links) == 8
    assert [file.status_code for file in files] == [200] * 8
    assert files[0].headers["Content-Disposition"] == "attachment; filename=HAL_2026-11.docx"
    assert "được giữ lại" not in page.select_one("[aria-labelledby=take]").get_text()
    assert client.post(f"{address}/docx?lang=vi").status_code == 403
    with set_up() as session:
        assert session.query(ReportFile).count() == 0
        assert session.get_one(Report, 1).facts_sha256 is None


def test_who_writes_has_buttons_that_keep(client_for, report_on):
    page = parse(client_for("head").get(f"/reports/{report_on()}"))

    assert len(page.select("#narrative button[formaction]")) == 8
    assert page.select("#narrative a.button") == []
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
    ("method", "act"), [("post", "csv"), ("get", "csv"), ("post", "issue"), ("post", "")]
)
def test_nobody_waits_with_writing_while_a_report_is_made(
    client_for, report_on, plan, database_url, while_made, method, act
):
    """A report on thousands of tasks takes seconds; one reader must not stop all writing."""
    found = []
    address = f"/reports/{report_on()}/{act}".rstrip("/")
    client = client_for("head")
    while_made(lambda: found.append(takes_writers(database_url)), gathering=True)
    too_long = "x" * (20_001 if not act else 1)

    answer = getattr(client, method)(address, data={"results": too_long})

    assert answer.status_code == {"": 422, "issue": 303}.get(act, 303 if method == "post" else 200)
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
    monkeypatch.setattr(turns, "_rooms", threading.BoundedSemaphore(1))
    address = f"/reports/{report_on()}/csv"
    client = client_for("head")

    with turns.turn():
        made = client.post(address, data={"results": "Tốt"})
        taken = client.get(address)

    assert [made.status_code, taken.status_code] == [503, 503]
    assert "Hãy thử lại sau một phút" in parse(made).get_text()
    assert kept(1)[1] == {"results": "Tốt"}
    assert client.post(address).status_code == 303


def test_a_report_closed_while_its_file_was_made_keeps_no_older_figures(
    client_for, report_on, set_up, while_made
):
    number = report_on()
    client, director = client_for("head"), client_for("director")
    closed = []

    def close():
        if not closed:
            closed.append(True)
            thread = threading.Thread(
                target=lambda: director.post(f"/reports/{number}/issue", data={})
            )
            thread.start()
            thread.join()

    while_made(close)

    assert client.post(f"/reports/{number}/csv").status_code == 409
    with set_up() as session:
        assert session.get_one(Report, number).state == "issued"
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


# ---------------------------------------------------------------- closing


def test_a_closed_report_keeps_its_words_and_figures(client_for, report_on, set_up, cast, plan):
    address = f"/reports/{report_on()}"
    client = client_for("head")
    client.post(address, data={"results": "Cuối cùng"})

    assert client.post(f"{address}/issue").status_code == 303
    before = client.get(f"{address}/csv").data
    with set_up() as session:
        stream = make.stream_of(session, cast)
        tasks.create(stream, "Thêm lùi ngày", by=EARLIER)

    assert client.get(f"{address}/csv").data == before
    assert client.post(address, data={"results": "Sửa"}).status_code == 409
    assert client.post(f"{address}/issue").status_code == 409
    assert parse(client.get(address)).select_one("#results").has_attr("readonly")


@pytest.mark.parametrize(
    ("role", "status"), [("secretary", 403), ("member", 403), ("director", 303)]
)
def test_who_approves_closes(client_for, report_on, role, status):
    assert client_for(role).post(f"/reports/{report_on()}/issue").status_code == status


# ---------------------------------------------------------------- who sees


def test_a_restricted_groups_report_is_for_its_own_people(client_for, report_on):
    address = f"/reports/{report_on('SOL')}"

    for role in ("head", "member", "outsider"):
        client = client_for(role)
        assert client.get(address).status_code == 404
        assert client.get(f"{address}/docx").status_code == 404
        assert client.post(f"{address}/docx").status_code == 404
        assert "mật Sol" not in client.get("/reports").text
    for role in ("sol_head", "director", "administrator"):
        assert client_for(role).get(address).status_code == 200


def test_the_report_on_all_groups_is_for_those_who_see_all(client_for, report_on):
    address = f"/reports/{report_on(None)}"

    assert client_for("director").get(address).status_code == 200
    assert client_for("head").get(address).status_code == 404
    assert client_for("sol_head").get(address).status_code == 200


# ---------------------------------------------------------------- the list


def test_the_list_says_whose_when_and_which_files(client_for, report_on):
    report_on()
    client = client_for("head")
    client.post("/reports/1/docx?lang=vi")

    cells = parse(client.get("/reports")).select("#report-1 :is(th, td)")

    assert [" ".join(cell.get_text().split()) for cell in cells] == [
        "Báo cáo tháng 11 năm 2026 15/10/2026–14/11/2026",
        "Tổ công tác Hal",
        "Bản nháp",
        "—",
        "16/11 10:00",
        "HAL_2026-11_v1.docx",
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [3, 1, 2]),
        ("?period=2026-11", [3, 1]),
        ("?group=HAL", [1, 2]),
        ("?group=all", [3]),
        ("?state=issued", []),
        ("?period=xyz&state=zzz&page=-4", [3, 1, 2]),
    ],
)
def test_the_list_is_filtered_by_its_address(client_for, report_on, query, found):
    report_on()
    report_on(word="2026-10")
    report_on(None)

    page = parse(client_for("director").get(f"/reports{query}"))

    rows = [int(row["id"].removeprefix("report-")) for row in page.select("#reports tbody tr")]
    assert sorted(rows) == sorted(found)
    assert rows[-1:] == found[-1:]


def test_htmx_gets_the_list_and_the_page_holds_the_same(client_for, report_on):
    report_on()
    client = client_for("head")

    part = parse(client.get("/reports?group=HAL", headers=HTMX))
    page = parse(client.get("/reports?group=HAL"))

    assert part.select_one("#reports") == page.select_one("#reports")
    assert part.select("html") == []


def test_one_and_three_reports_take_as_many_queries(client_for, report_on, queries):
    client = client_for("director")
    report_on()
    client.get("/reports")
    with queries() as of_one:
        client.get("/reports")
    report_on(word="2026-10")
    report_on(None)
    with queries() as of_three:
        client.get("/reports")

    assert len(of_one) == len(of_three) == 7


def test_nobody_but_the_signed_in_sees_reports(client_for):
    assert client_for("anonymous").get("/reports").status_code == 303


def test_in_english_nothing_breaks(client_for, report_on, plan):
    address = f"/reports/{report_on()}"
    client = client_for("head")
    client.post("/account/preferences", data={"language": "en"})

    for place in ("/reports", "/reports/new", address):
        assert parse(client.get(place)).html["lang"] == "en"
