from datetime import date

import pytest

from tests import factories as make
from tests.factories import TODAY
from tests.html import assert_swap_equals_reload, one, parse, texts, words
from tests.services.acts import BY
from tracker.models import CalendarDay, Strand, TaskStatus
from tracker.services import tasks

HTMX = {"HX-Request": "true"}


@pytest.fixture
def plan(set_up, cast):
    with set_up() as session:
        stream = make.stream_of(session, cast)
        make.add(session, CalendarDay(day=date(2026, 11, 24), is_working=False, name="Văn hóa"))
        make.milestone(
            session,
            stream,
            title="Công nhận",
            baseline=date(2026, 11, 10),
            forecast=date(2026, 11, 27),
        )
        for n in range(6):
            make.task(session, stream, title=f"Việc {n}", due=TODAY)
        make.task(
            session,
            stream,
            title="Đã làm",
            due=date(2026, 11, 20),
            status=TaskStatus.DONE,
            finished_on=TODAY,
        )


@pytest.mark.parametrize(
    ("address", "current"),
    [
        ("/groups/HAL/calendar", "Cả tổ"),
        ("/groups/HAL/metrology/calendar", "Đo lường ■ Chậm tiến độ 1/7"),
    ],
)
def test_a_group_and_a_workstream_have_a_calendar_among_their_views(
    client_for, plan, address, current
):
    page = client_for("observer").get(address)

    assert texts(page, "#views > a[aria-current]") == ["Lịch"]
    assert words(one(page, "#strands a[aria-current]")).startswith(current.split(" ■")[0])
    links = [link["href"] for link in parse(page).select("#strands a")]
    assert links[:2] == ["/groups/HAL/calendar", "/groups/HAL/standards/calendar"]
    assert texts(page, "#month-title") == ["Tháng 11/2026"]


def test_a_day_has_its_name_its_marks_and_what_there_is_no_room_for(client_for, plan):
    page = client_for("observer").get("/groups/HAL/calendar")

    assert texts(page, ".month-grid th")[0] == "Thứ Hai"
    assert words(one(page, "#day-2026-11-24")) == "Thứ Ba 24 Văn hóa"
    assert "data-off" in one(page, "#day-2026-11-24").attrs
    assert (
        words(one(page, "#day-2026-11-10 .mark"))
        == "◇ Mốc, ngày kế hoạch, chưa cập nhật: Công nhận"
    )
    assert words(one(page, "#day-2026-11-20 .mark")) == "✓ Thời hạn, đã xong: Đã làm"
    assert one(page, f"#day-{TODAY}")["aria-current"] == "date"
    assert len(parse(page).select(f"#day-{TODAY} .mark")) == 4
    assert words(one(page, f"#day-{TODAY} .day__more")) == "+2 mục ngày 23/11/2026"


def test_a_mark_opens_in_the_drawer(client_for, plan):
    link = one(client_for("observer").get("/groups/HAL/calendar"), "#day-2026-11-27 .mark a")

    assert link["href"] == link["hx-get"] == "/milestones/HAL-M1"
    assert link["hx-target"] == "#drawer"


def test_a_whole_day_is_a_page_and_a_sheet_in_the_drawer(client_for, plan):
    client = client_for("observer")
    address = f"/groups/HAL/calendar?day={TODAY}"

    page, sheet = client.get(address), client.get(address, headers=HTMX)

    assert len(parse(page).select("#day-sheet .mark")) == 6
    assert words(one(sheet, "#day-title")) == "Thứ Hai, 23/11/2026"
    assert one(sheet, "[data-closes]")["href"] == "/groups/HAL/calendar?month=2026-11"
    assert_swap_equals_reload(client, sheet, address)


def test_months_follow_each_other_and_keep_the_filters(client_for, plan):
    client = client_for("member")
    address = "/groups/HAL/calendar?month=2026-12&owner=me&kind=task"

    swapped = client.get(address, headers=HTMX)

    assert texts(swapped, "#month-title") == ["Tháng 12/2026"]
    steps = [one(swapped, f"#month-{name}")["href"] for name in ("prev", "now", "next")]
    assert steps == [
        "/groups/HAL/calendar?owner=me&kind=task",
        "/groups/HAL/calendar?owner=me&kind=task",
        "/groups/HAL/calendar?month=2027-01&owner=me&kind=task",
    ]
    assert_swap_equals_reload(client, swapped, address)
    assert one(client.get(address), "#month-owner option[selected]")["value"] == "me"


def test_nothing_comes_before_2000_or_after_2100(client_for):
    client = client_for("member")

    assert not parse(client.get("/calendar?month=2000-01")).select("#month-prev")
    assert not parse(client.get("/calendar?month=2100-12")).select("#month-next")


def test_the_calendar_of_all_groups_shows_only_what_one_sees(client_for, set_up, cast, plan):
    with set_up() as session:
        secret = make.stream_of(session, cast, "SOL", Strand.STANDARDS)
        make.task(session, secret, title="Việc mật", due=date(2026, 11, 3))

    mine, theirs = (client_for(role).get("/calendar") for role in ("member", "director"))

    assert "Việc mật" not in mine.text
    assert (
        words(one(theirs, "#day-2026-11-03 .mark"))
        == "○ Thời hạn, quá hạn, chưa cập nhật: SOL Việc mật"
    )
    assert texts(mine, "h1") == ["Lịch các tổ công tác"]


@pytest.mark.parametrize("address", ["/groups/SOL/calendar", "/groups/HAL/nowhere/calendar"])
def test_what_one_may_not_see_has_no_calendar(client_for, address):
    assert client_for("member").get(address).status_code == 404


@pytest.mark.parametrize(
    ("address", "count"),
    [("/calendar", 4), ("/groups/HAL/calendar", 13), ("/groups/HAL/metrology/calendar", 13)],
)
@pytest.mark.parametrize("rows", [1, 5])
def test_pages_take_the_same_queries_for_few_and_many(
    client_for, set_up, cast, queries, address, count, rows
):
    with set_up() as session:
        stream = make.stream_of(session, cast)
        for n in range(rows):
            make.milestone(session, stream, forecast=TODAY)
            make.task(session, stream, due=TODAY, owner=make.person(session, f"Người {n}"))
    client = client_for("head")
    client.get(address)  # the strands are judged, the month of all groups is kept

    with queries() as statements:
        client.get(address)

    assert len(statements) == count


def test_the_month_of_all_groups_is_made_anew_after_a_change(client_for, set_up, cast, plan):
    client = client_for("head")
    client.get("/calendar")

    with set_up() as session:
        stream = make.stream_of(session, cast)
        tasks.create(stream, "Vừa thêm", due=date(2026, 11, 5), by=BY)

    assert words(one(client.get("/calendar"), "#day-2026-11-05 .mark")) == (
        "○ Thời hạn, quá hạn: HAL Vừa thêm"
    )
