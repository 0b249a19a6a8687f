"""Reports in the browser: chosen, written, taken away; restricted ones for their own people."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from tests import factories as make
from tests.exports.reports import make_facts
from tests.html import parse, texts, words
from tests.routes.steps import judge
from tracker.lib.periods import PeriodBasis, PeriodKind
from tracker.models import Report
from tracker.services import regimes, tasks
from tracker.services import reports as do
from tracker.services.act import Act

HTMX = {"HX-Request": "true"}
ACT = Act(person_id=None, at=datetime(2026, 11, 16, 3, tzinfo=UTC), cause="test")
EARLIER = Act(person_id=None, at=datetime(2026, 10, 1, 3, tzinfo=UTC), cause="test")


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


def test_the_new_page_says_by_when_it_is_owed(client_for, plan, set_up, cast):
    with set_up():
        regimes.create(
            "Tháng",
            group_id=cast.groups["HAL"],
            starts_on=date(2026, 11, 1),
            working_days=3,
            period_kind=PeriodKind.MONTH,
            basis=PeriodBasis.DECREE,
            by=ACT,
        )
    secretary = client_for("secretary")

    def said(word):
        page = parse(secretary.get(f"/reports/new?period={word}"))
        return page.select_one("#report-preview").get_text()

    assert "hạn gửi ngày 18/11/2026" in said("2026-11")
    assert "gửi sớm nhất ngày 15/12/2026" in said("2026-Q4")
    secretary.post("/reports", data={"group": "HAL", "period": "2026-11"})
    assert "hạn gửi ngày 18/11/2026" in said("2026-11")


@pytest.mark.parametrize(
    ("role", "keys", "chosen"),
    [("administrator", ["HAL", "SOL", "all"], "all"), ("sol_head", ["SOL", "all"], "SOL")],
)
def test_who_writes_a_report_and_sees_all_groups_may_choose_all(client_for, role, keys, chosen):
    page = parse(client_for(role).get("/reports/new"))

    offered = [option["value"] for option in page.select("#group option")]
    assert [one for one in offered if not one.startswith("unit:")] == keys
    assert len(offered) > len(keys)  # units
    assert [option["value"] for option in page.select("#group option[selected]")] == [chosen]


def test_the_report_of_a_unit_is_chosen_like_that_of_a_group(client_for, cast, set_up):
    client = client_for("administrator")
    unit = f"unit:{cast.unit_id}"

    page = parse(client.get(f"/reports/new?group={unit}&period=2026"))
    wanted = {"group": unit, "period": "2026", "orientation": "landscape", "arranged_by": "x"}
    answer = client.post("/reports", data=wanted)

    assert page.select_one("#report-preview h2").get_text() == "Báo cáo tổng kết năm 2026"
    assert page.select("#report-preview [name=arranged_by]") == []
    with set_up() as session:
        report = session.query(Report).one()
        assert (report.unit_id, report.group_id, report.kind) == (cast.unit_id, None, "annual")
        assert (report.orientation, report.arranged_by) == ("landscape", "group")
    assert client.get(answer.location).status_code == 200
    assert create(client, group="unit:999").status_code == 404
    assert create(client_for("head"), group=unit).status_code == 403


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


def test_the_report_on_all_groups_is_written_by_one_and_approved_by_another(client_for):
    address = create(client_for("sol_head"), group="all").location.partition("?")[0]

    assert client_for("director").post(address, data={"results": "x"}).status_code == 403
    assert client_for("director").post(f"{address}/submit").status_code == 403
    assert client_for("sol_head").post(f"{address}/submit").status_code == 303
    assert client_for("director").get(f"{address}/csv").status_code == 200
    assert client_for("sol_head").post(f"{address}/approve").status_code == 403
    assert judge(client_for("director"), address, "approve").status_code == 303


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


# ---------------------------------------------------------------- its life


def test_a_report_goes_from_the_secretary_to_the_lead_and_back_to_the_clerk(
    client_for, report_on, set_up, cast, plan
):
    address = f"/reports/{report_on()}"
    secretary, head = client_for("secretary"), client_for("head")

    said = secretary.post(f"{address}/submit", data={"results": "Đạt"}, follow_redirects=True)
    assert parse(said).select_one(".life [aria-current]").get_text().strip() == "Đã trình"
    assert parse(said).select("#narrative button:not([formaction])") == []
    before = secretary.get(f"{address}/csv").data
    with set_up() as session:
        tasks.create(make.stream_of(session, cast), "Thêm lùi ngày", by=EARLIER)
    assert secretary.get(f"{address}/csv").data == before
    assert secretary.post(address, data={"results": "Sửa"}).status_code == 409
    assert secretary.post(f"{address}/submit").status_code == 409

    assert judge(head, address, "return", remarks="").status_code == 422
    judge(head, address, "return", remarks="Thiếu nguyên nhân")
    page = parse(secretary.get(address))
    said = [words(one) for one in page.select(".life .panel--note p")]
    assert said == ["Thiếu nguyên nhân", "trả lại 23/11 09:00, Nguyễn Thị Đào"]
    assert secretary.get(f"{address}/csv").data != before

    secretary.post(f"{address}/submit", data={"results": "Đạt, vì"})
    older = {"record": "1", "remarks": "Còn thiếu"}
    assert head.post(f"{address}/approve", data=older).status_code == 409
    again = head.post(f"{address}/return", data=older)
    form = parse(again).select_one("form[action$='/return']")
    assert (again.status_code, form.select_one("[name=record]")["value"]) == (422, "2")
    assert "đã được trình lại" in form.select_one("#remarks-error").get_text()
    assert form.select_one("textarea").get_text().strip() == "Còn thiếu"
    for step in ("approve", "return"):
        answer = head.post(f"{address}/{step}", data={"remarks": "x"})
        assert answer.status_code == 409
        assert "Chưa rõ bạn đã xem lần trình nào" in parse(answer).get_text()
    assert parse(head.get(f"{address}/records/1")).select(".life form") == []
    told = parse(head.get(address)).select_one(".life .panel--note")
    assert words(told).endswith("Thiếu nguyên nhân trả lại 23/11 09:00, Nguyễn Thị Đào")
    assert head.post(f"{address}/approve", data={"record": "2"}).status_code == 303
    early = {"number": "7", "day": "01/10/2026"}
    refused = parse(secretary.post(f"{address}/issue", data=early))
    assert "từ ngày 14/11/2026 đến hôm nay" in refused.select_one("#day-error").get_text()
    secretary.post(f"{address}/issue", data=early | {"day": "16/11/2026"})
    page = parse(secretary.get(address))
    assert "số 07/BC-TCTHAL ngày 16/11/2026" in page.select_one("#report-records").get_text()

    assert secretary.post(f"{address}/reopen", data={"why": ""}).status_code == 422
    secretary.post(f"{address}/reopen", data={"why": "Sai số"})
    secretary.post(f"{address}/submit", data={"results": "Đạt, vì thế"})
    page = parse(secretary.get(address))
    assert "Bản 1.1, lập lại vì: Sai số" in page.select_one(".life").get_text()
    older = parse(secretary.get(f"{address}/records/2"))
    assert "Đạt, vì" in older.get_text()
    assert "Đạt, vì thế" not in older.get_text()
    assert older.select_one("#report-records [aria-current]").get_text().startswith("Bản 1.0")
    changed = parse(secretary.get(f"{address}/records/3/changes")).select_one(".differences")
    assert [one.get_text() for one in changed.select("ins")] == ["thế"]
    assert changed.select("del") == []
    assert secretary.get(f"{address}/records/1/changes").status_code == 404
    assert secretary.get(f"{address}/records/9").status_code == 404


def test_what_is_on_the_way_is_for_who_may_take_the_next_step(client_for, report_on):
    address = f"/reports/{report_on()}"

    def steps(role):
        page = parse(client_for(role).get(address))
        return {form["action"].rpartition("/")[2] for form in page.select(".life form")}

    assert [steps(role) for role in ("head", "secretary")] == [set(), set()]
    client_for("head").post(f"{address}/submit")
    assert steps("director") == steps("head") == {"approve", "return"}
    assert steps("secretary") == steps("member") == set()
    judge(client_for("director"), address, "approve")
    assert [steps("head"), steps("secretary"), steps("director")] == [
        {"issue", "return"},
        {"issue"},
        {"return"},
    ]


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


def test_the_register_says_whose_how_far_and_where_to_take_it(client_for, report_on):
    report_on()

    cells = parse(client_for("head").get("/reports")).select("#report-1 :is(th, td)")

    assert [" ".join(cell.get_text().split()) for cell in cells] == [
        "Báo cáo tháng 11 năm 2026 15/10/2026–14/11/2026",
        "Tổ công tác Hal",
        "Bản nháp",
        "—",
        "Tự động lập 16/11 10:00",
        "—",
        "Word · PDF · Excel · HTML",
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [3, 1, 2]),
        ("?period=2026-11", [3, 1]),
        ("?group=HAL", [1, 2]),
        ("?group=all", [3]),
        ("?state=issued", []),
        ("?kind=annual", []),
        ("?period=tháng 11/2026", [3, 1]),
        ("?period=quý IV/2026", [3, 1, 2]),
        ("?period=xyz&state=zzz&kind=x&unit=y&page=-4", [3, 1, 2]),
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

    assert len(of_one) == len(of_three) == 9


def test_nobody_but_the_signed_in_sees_reports(client_for):
    assert client_for("anonymous").get("/reports").status_code == 303


def test_in_english_nothing_breaks(client_for, report_on, plan):
    address = f"/reports/{report_on()}"
    client = client_for("head")
    client.post("/account/preferences", data={"language": "en"})

    for place in ("/reports", "/reports/new", address):
        assert parse(client.get(place)).html["lang"] == "en"


# ---------------------------------------------------------------- altered in the database

DROPPED = {
    "sqlite": "DROP TRIGGER report_records_refuse_update",
    "postgresql": "DROP TRIGGER report_records_refuse_change ON report_records",
}


@pytest.fixture
def issued(report_on, set_up):
    """A report that was issued, two of its files kept; then its record and the second of them were
    altered by somebody who can drop a trigger.
    """
    report_id = report_on()
    with set_up() as session:
        report = session.get_one(Report, report_id)
        record = do.submit(report, do.freeze(report, make_facts(4)), by=ACT)
        do.approve(report, by=ACT, seen=record.id)
        do.issue(report, "05/BC-TĐC", date(2026, 11, 16), by=ACT)
        for name in ("docx", "csv"):
            made = do.Made(name, "vi", name, name.encode())
            do.keep(report, made, "HAL", by=ACT, record=record)
        session.flush()
        session.execute(text(DROPPED[session.get_bind().dialect.name]))
        session.execute(text("UPDATE report_records SET body = :x"), {"x": b"x"})
        session.execute(text("UPDATE report_files SET content = :x WHERE id = 2"), {"x": b"x"})
    return f"/reports/{report_id}"


@pytest.mark.parametrize("place", ["", "/records/1"])
def test_what_was_altered_in_the_database_is_said_and_the_files_left_are_given(
    client_for, issued, place
):
    client = client_for("member")

    answer = client.get(issued + place)

    assert answer.status_code == 409
    assert texts(answer, "#report-altered b") == [
        "Bản 1.0 không còn nguyên như lúc trình: dữ liệu đã bị sửa ngoài hệ thống."
    ]
    (kept,) = parse(answer).select("#report-files a")
    assert client.get(kept["href"]).data == b"docx"
    assert "số 05/BC-TĐC ngày 16/11/2026" in texts(answer, "#report-records")[0]
    assert client.get(f"{issued}/pdf?lang=vi").status_code == 409


def test_that_it_was_altered_is_said_in_english_too(client_for, issued):
    client = client_for("member")
    client.post("/account/preferences", data={"language": "en"})

    (said,) = texts(client.get(issued), "#report-altered b")
    assert said.startswith("Revision 1.0 is no longer")
