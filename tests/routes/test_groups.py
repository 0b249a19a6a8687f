from datetime import date, timedelta

import pytest

from tests import factories as make
from tests.factories import TODAY
from tests.html import assert_swap_equals_reload, one, parse, texts, words
from tests.services.acts import BY
from tracker.models import Baseline, Group, Strand, TaskStatus, Workstream
from tracker.services import settings

HTMX = {"HX-Request": "true"}
SEES_HAL = ["head", "member", "observer", "director", "administrator", "outsider"]


@pytest.fixture
def plan(set_up, cast):
    """Two milestones of HAL's metrology with tasks, and one in another strand."""
    with set_up() as session:
        hal = session.get(Group, cast.groups["HAL"])
        hal.decision_number, hal.decision_date = "123/QĐ-TĐC", date(2026, 1, 15)
        metrology = session.get(Workstream, cast.workstreams["HAL", Strand.METROLOGY])
        inspection = session.get(Workstream, cast.workstreams["HAL", Strand.INSPECTION])
        metrology.group = inspection.group = hal
        first = make.milestone(
            session,
            metrology,
            title="Phép thử được công nhận",
            baseline=date(2027, 1, 2),
            forecast=date(2027, 1, 20),
            position=1,
        )
        make.milestone(session, metrology, title="Liên kết chuẩn", position=2)
        mine = cast["member"].person_id
        late = TODAY - timedelta(days=5)
        make.task(session, metrology, title="So sánh", milestone=first, due=late, owner_id=mine)
        make.task(session, metrology, title="Mua mẫu", milestone=first, status=TaskStatus.DONE)
        make.task(session, inspection, title="Kiểm tra", status=TaskStatus.REVIEW)
    return first


def test_the_list_of_groups_shows_heads_people_and_marks(client_for, plan):
    page = client_for("observer").get("/groups")

    rows = [
        [words(cell) for cell in row.select("th, td")] for row in parse(page).select("tbody tr")
    ]
    assert rows == [
        [
            "Tổ công tác Hal HAL · QĐ 123/QĐ-TĐC",
            "Nguyễn Thị Đào",
            "5",
            "◌ Chưa có kế hoạch 0/0",
            "▲ Có nguy cơ chậm 1/2",
            "◌ Chưa có kế hoạch 0/0",
            "● Đúng tiến độ 0/1",
        ]
    ]


def test_a_restricted_group_is_not_listed_for_others(client_for):
    assert "Sol" not in client_for("outsider").get("/groups").text
    assert "Tổ công tác mật Sol" in client_for("sol_head").get("/groups").text


@pytest.mark.parametrize("role", SEES_HAL)
@pytest.mark.parametrize(
    "address", ["", "/metrology", "/kanban", "/metrology/kanban", "?view=list", "?status=review"]
)
def test_everybody_sees_a_group(client_for, plan, role, address):
    assert client_for(role).get(f"/groups/HAL{address}").status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/groups/SOL", "/groups/SOL/metrology", "/groups/SOL/kanban", "/groups/XXX", "/groups/HAL/x"],
)
def test_what_one_may_not_see_does_not_exist(client_for, address):
    assert client_for("member").get(address).status_code == 404


def test_the_group_page_is_a_leads_overview(client_for, plan):
    page = client_for("head").get("/groups/HAL")

    assert texts(page, "#headline") == [
        "QĐ 123/QĐ-TĐC ngày 15/01/2026 · Tổ trưởng Nguyễn Thị Đào · 5 người, 1 đơn vị"
    ]
    assert texts(page, "#strand-metrology .list a") == [
        "◆ Phép thử được công nhận",
        "◆ Liên kết chuẩn",
    ]
    assert texts(page, "#strand-metrology time") == ["20/01/2027 (+18)"]
    assert texts(page, "#duties h3") == ["Chờ duyệt 1", "Chưa đủ “5 rõ” 2"]
    assert len(parse(page).select("#people li")) == 5


def test_the_slip_is_said_to_be_against_a_draft_until_the_plan_is_approved(
    client_for, set_up, cast, plan
):
    client = client_for("observer")
    draft = client.get("/groups/HAL/metrology")
    with set_up() as session:
        session.add(
            Baseline(
                group_id=cast.groups["HAL"],
                number=1,
                document_number="9/QĐ",
                document_date=TODAY,
                approved_at=plan.created_at,
            )
        )
    approved = client.get("/groups/HAL/metrology")

    dates = f"#milestone-{plan.code} .milestone__dates"
    rest = "dự kiến 20/01/2027 (+18) chưa cập nhật 322 ngày"
    assert texts(draft, dates) == [f"dự thảo 02/01/2027 → {rest}"]
    assert texts(approved, dates) == [f"kế hoạch 02/01/2027 → {rest}"]
    assert "chưa được phê duyệt" in draft.text
    assert "chưa được phê duyệt" not in approved.text


def test_a_workstream_shows_milestones_with_their_tasks(client_for, plan):
    page = client_for("observer").get("/groups/HAL/metrology")

    section = one(page, f"#milestone-{plan.code}")
    assert words(section.select_one("h2")) == "Phép thử được công nhận"
    assert words(section.select_one(".milestone__count")) == "1/2"
    assert [words(title) for title in section.select(".task__title")] == ["So sánh", "Mua mẫu"]
    assert "quá hạn 5 ngày" in words(section)
    assert texts(page, "#strands a")[2] == "Đo lường ▲ Có nguy cơ chậm, chưa cập nhật 1/2"


@pytest.mark.parametrize(
    ("role", "editors"),
    [
        ("head", {"status", "owner", "due", "forecast", "progress", "place"}),
        ("secretary", {"status", "owner", "due", "forecast", "progress", "place"}),
        ("member", {"status", "owner", "forecast", "progress"}),
        ("director", {"due"}),
        ("observer", set()),
        ("outsider", set()),
    ],
)
def test_a_row_offers_what_its_reader_may_change(client_for, plan, role, editors):
    page = parse(client_for(role).get("/groups/HAL/metrology"))

    row = page.find("a", class_="task__title", string="So sánh").find_parent("tr")
    assert {opener["data-picks"] for opener in row.select("[data-picks]")} == editors
    assert bool(row.select(".grip")) is ("place" in editors)
    pickers = {form["id"] for form in page.select("form[popover]")}
    assert {f"pick-{name}" for name in editors} <= pickers


def test_a_task_is_a_link_that_the_drawer_takes_over(client_for, plan):
    page = parse(client_for("observer").get("/groups/HAL/metrology"))

    link = page.find("a", class_="task__title", string="So sánh")
    assert link["href"] == link["hx-get"] == "/tasks/HAL-1"
    assert (link["hx-target"], link["hx-push-url"]) == ("#drawer", "true")


def test_filters_stand_in_the_address_and_the_fragment_is_the_pages_own(client_for, plan):
    client = client_for("member")
    address = "/groups/HAL/metrology?owner=me&due=overdue"

    swapped = client.get(address, headers=HTMX)

    assert texts(swapped, ".task__title") == ["So sánh"]
    assert one(client.get(address), "#filter-due option[selected]")["value"] == "overdue"
    assert_swap_equals_reload(client, swapped, address)


def test_nothing_found_offers_to_drop_the_filter(client_for, plan):
    page = client_for("observer").get("/groups/HAL/metrology?q=khong+co")

    assert texts(page, "#plan .empty h2") == ["Không có nhiệm vụ nào khớp"]
    assert one(page, "#plan .empty a")["href"] == "/groups/HAL/metrology"


def test_a_long_list_has_pages(client_for, set_up, cast, plan):
    with set_up() as session:
        stream = session.get(Workstream, cast.workstreams["HAL", Strand.STANDARDS])
        stream.group = session.get(Group, cast.groups["HAL"])
        for n in range(60):
            make.task(session, stream, title=f"Việc {n}", position=n)
    client = client_for("observer")

    first, second = (client.get(f"/groups/HAL/standards?page={n}") for n in (1, 2))

    assert [len(parse(page).select("tr.task")) for page in (first, second)] == [50, 10]
    assert one(first, ".pager a[rel=next]")["href"] == "/groups/HAL/standards?page=2"
    assert one(second, ".pager a[rel=prev]")["href"] == "/groups/HAL/standards"


@pytest.mark.parametrize(
    ("role", "links"), [("head", ["Nhập từ Excel"]), ("member", []), ("observer", [])]
)
def test_an_empty_strand_leads_to_the_import(client_for, role, links):
    page = client_for(role).get("/groups/HAL/standards")

    assert texts(page, "#plan .empty h2") == ["Chưa có kế hoạch cho cấu phần này"]
    assert texts(page, "#plan .empty a") == links


def test_columns_show_the_same_tasks_by_status(client_for, plan):
    page = parse(client_for("head").get("/groups/HAL/kanban"))

    cards = {
        column["data-status"]: [words(title) for title in column.select(".card__title")]
        for column in page.select(".column")
    }
    assert cards == {
        "todo": ["So sánh"],
        "doing": [],
        "blocked": [],
        "review": ["Kiểm tra"],
        "done": ["Mua mẫu"],
    }


def test_a_milestone_has_the_colour_that_the_limits_in_force_give_it(client_for, set_up, cast):
    with set_up() as session:
        stream = make.stream_of(session, cast)
        make.milestone(session, stream, baseline=date(2027, 1, 4), forecast=date(2027, 1, 8))
    client, pages = client_for("observer"), ("/groups/HAL", "/groups/HAL/metrology")

    def tones():
        marked = "#strand-metrology li[data-tone], .milestone__head[data-tone]"
        return [[one["data-tone"] for one in parse(client.get(at)).select(marked)] for at in pages]

    assert tones() == [[], []]
    with set_up():
        settings.put_thresholds({"risk_slip_days": 2, "late_slip_days": 3}, by=BY)
    assert tones() == [["late"], ["late"]]


def test_a_card_offers_a_move_to_those_who_may(client_for, plan):
    assert len(parse(client_for("head").get("/groups/HAL/kanban")).select(".card .grip")) == 3
    assert len(parse(client_for("member").get("/groups/HAL/kanban")).select(".card .grip")) == 1
    assert parse(client_for("observer").get("/groups/HAL/kanban")).select(".card .grip") == []


def test_a_full_column_shows_more_when_asked(client_for, set_up, cast):
    with set_up() as session:
        stream = session.get(Workstream, cast.workstreams["HAL", Strand.STANDARDS])
        stream.group = session.get(Group, cast.groups["HAL"])
        for _ in range(25):
            make.task(session, stream)
    client = client_for("observer")

    page = client.get("/groups/HAL/standards/kanban")
    more = one(page, "#column-todo .column__more")
    longer = client.get(more["hx-get"], headers=HTMX)

    assert words(more) == "Xem thêm (còn 5)"
    assert len(parse(longer).select("#column-todo .card")) == 25
    assert_swap_equals_reload(client, longer, more["hx-get"])


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("/groups", 8),
        ("/groups/HAL", 11),
        ("/groups/HAL/metrology", 12),
        ("/groups/HAL/metrology/kanban", 10),
        ("/groups/HAL/kanban", 10),
        ("/groups/HAL?view=list", 11),
    ],
)
@pytest.mark.parametrize("rows", [1, 3])
def test_pages_take_the_same_queries_for_few_and_many(
    client_for, set_up, cast, queries, address, count, rows
):
    with set_up() as session:
        stream = session.get(Workstream, cast.workstreams["HAL", Strand.METROLOGY])
        stream.group = session.get(Group, cast.groups["HAL"])
        for n in range(rows):
            owner = make.person(session, f"Người {n}")
            milestone = make.milestone(session, stream)
            make.task(session, stream, milestone=milestone, owner=owner)
            make.membership(session, stream.group, owner)
        for n in range(rows - 1):
            make.whole_group(session, f"ZZ{n}")
    client = client_for("head")
    client.get(address)  # the strands are judged

    with queries() as statements:
        client.get(address)

    assert len([sql for sql in statements if not counts_my_work(sql)]) == count


def counts_my_work(sql):
    """The number in the bar, on every page, is no part of this one."""
    return sql.startswith("SELECT (SELECT count(tasks.id)")
