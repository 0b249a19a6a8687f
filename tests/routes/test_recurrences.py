from datetime import date, timedelta

import pytest

from tests import factories as make
from tests.factories import TODAY
from tests.html import form as fields
from tests.html import one, parse, table, texts, words
from tests.services.acts import BY
from tracker.lib.recurrence import Anchor, Frequency
from tracker.models import CalendarDay, Recurrence, Strand, Task, TaskStatus
from tracker.services import recurrences as do
from tracker.services import tasks

HTMX = {"HX-Request": "true"}
LIST = "/groups/HAL/recurrences"


@pytest.fixture
def monthly(set_up, cast):
    """October was missed, September done, November is at hand; due on the 10th."""
    with set_up() as session:
        stream = make.stream_of(session, cast)
        made = do.create(
            stream,
            "Báo cáo tháng {kỳ}",
            frequency=Frequency.MONTHLY,
            day=10,
            owner_id=cast["member"].person_id,
            starts_on=date(2026, 9, 1),
            description="- [ ] Số liệu",
            by=BY,
        )
        first = do.make_next(made, by=BY)
        tasks.change_status(first, TaskStatus.DONE, by=BY)
        for _ in range(2):
            do.make_next(made, by=BY)
    return made


@pytest.fixture
def typed(cast):
    """What a person fills in for a quarterly meeting."""
    return {
        "title": "Họp quý {kỳ}",
        "frequency": "quarterly",
        "anchor": "weekday",
        "month": "3",
        "nth": "2",
        "weekday": "1",
        "shift": "next",
        "lead_days": "30",
        "starts_on": "23/11/2026",
        "workstream_id": str(cast.workstreams["HAL", Strand.METROLOGY]),
    }


def test_a_group_without_any_is_told_what_they_are_for(client_for):
    page = client_for("secretary").get(LIST)

    assert texts(page, ".empty h2") == ["Chưa có việc định kỳ nào"]
    assert one(page, ".empty a")["href"] == f"{LIST}/new"
    assert not parse(client_for("member").get(LIST)).select("a[href$=new]")
    assert LIST in client_for("member").get("/groups/HAL").text


def test_the_list_says_when_each_comes_and_what_was_missed(client_for, monthly):
    rows = table(client_for("observer").get(LIST), "#recurrences")

    assert rows[1] == [
        "Báo cáo tháng … Đo lường",
        "Hằng tháng, ngày 10",
        "12/2026 · 10/12/2026",
        "Phạm Văn Ổn",
        "xong 1/3 · bỏ lỡ 1",
        "● Đang chạy",
    ]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"frequency": Frequency.WEEKLY, "weekday": 4}, "Hằng tuần, thứ Sáu"),
        (
            {"frequency": Frequency.MONTHLY, "anchor": Anchor.WEEKDAY, "nth": -1, "weekday": 0},
            "Hằng tháng, thứ Hai lần cuối cùng trong tháng",
        ),
        (
            {
                "frequency": Frequency.QUARTERLY,
                "anchor": Anchor.WEEKDAY,
                "month": 3,
                "nth": 2,
                "weekday": 1,
            },
            "Hằng quý, tháng thứ 3 của quý, thứ Ba lần thứ 2 trong tháng",
        ),
        (
            {"frequency": Frequency.YEARLY, "anchor": Anchor.LAST_WORKING_DAY, "month": 12},
            "Hằng năm, tháng 12, ngày làm việc cuối cùng",
        ),
    ],
)
def test_a_rule_is_said_in_words(client_for, set_up, cast, rule, said):
    with set_up() as session:
        do.create(make.stream_of(session, cast), "Việc", by=BY, **rule)

    assert table(client_for("observer").get(LIST), "#recurrences")[1][1] == said


def test_its_page_tells_what_comes_and_what_became_of_the_others(client_for, monthly):
    page = client_for("observer").get(f"{LIST}/{monthly.id}")

    assert texts(page, "h1") == ["Báo cáo tháng …"]
    assert texts(page, ".coming li")[:2] == [
        "Thứ Năm, 10/12/2026 Báo cáo tháng 12/2026",
        "Thứ Hai, 11/01/2027 Báo cáo tháng 01/2027",
    ]
    assert texts(page, "section[aria-labelledby=instances] li") == [
        "Báo cáo tháng 11/2026 thời hạn 10/11/2026 ○ Chưa thực hiện",
        "Báo cáo tháng 10/2026 thời hạn 12/10/2026 ○ Chưa thực hiện · bỏ lỡ",
        "Báo cáo tháng 09/2026 thời hạn 10/09/2026 ✓ Hoàn thành 23/11/2026",
    ]
    assert not parse(page).select("form[action*=recurrences]")


def test_one_is_set_up_and_its_next_instance_made_at_once(client_for, set_up, cast, typed):
    client = client_for("secretary")

    answer = client.post(f"{LIST}/new", data=typed)
    page = client.get(answer.location)
    client.post(one(page, "form[action$=make]")["action"])

    assert texts(page, "h1") == ["Họp quý …"]
    assert texts(page, ".coming li")[0] == "Thứ Ba, 08/12/2026 Họp quý IV/2026"
    with set_up() as session:
        task = session.query(Task).filter_by(title="Họp quý IV/2026").one()
        assert (task.due, task.created_by_id) == (
            date(2026, 12, 8),
            cast["secretary"].person_id,
        )


def test_a_milestone_decides_the_strand(client_for, set_up, cast, typed):
    with set_up() as session:
        inspection = make.stream_of(session, cast, strand=Strand.INSPECTION)
        milestone = make.milestone(session, inspection)

    client_for("head").post(f"{LIST}/new", data=typed | {"milestone_id": milestone.id})

    with set_up() as session:
        made = session.query(Recurrence).one()
        assert (made.workstream_id, made.milestone_id) == (inspection.id, milestone.id)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"nth": ""}, "nth"),
        ({"starts_on": "22/11/2026"}, "starts_on"),
        ({"ends_on": "01/11/2026"}, "ends_on"),
        ({"title": "Họp {quý}"}, "title"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_nothing_is_stored(
    client_for, set_up, typed, wrong, field
):
    answer = client_for("head").post(f"{LIST}/new", data=typed | wrong)

    assert answer.status_code == 422
    assert len(texts(answer, f"#{field}-error")) == 1
    assert one(answer, "#lead_days")["value"] == "30"
    with set_up() as session:
        assert session.query(Recurrence).count() == 0


def test_what_would_come_is_shown_while_it_is_typed_and_without_a_script_on_demand(
    client_for, set_up, typed
):
    client = client_for("head")

    live = client.get(f"{LIST}/preview", query_string=typed, headers=HTMX)
    asked = client.post(f"{LIST}/new", data=typed | {"preview": "y"})
    half = client.get(f"{LIST}/preview", query_string=typed | {"nth": ""}, headers=HTMX)

    expected = ["08/12/2026", "09/03/2027", "08/06/2027", "14/09/2027", "14/12/2027", "14/03/2028"]
    for page in (live, asked):
        days = texts(page, "#recurrence-preview li time")
        assert [day.partition(", ")[2] for day in days] == expected
    assert asked.status_code == 200
    assert "Chọn đủ ngày" in words(one(half, "#recurrence-preview"))
    with set_up() as session:
        assert session.query(Recurrence).count() == 0


def test_a_due_date_that_moves_for_a_holiday_says_so(client_for, typed):
    yearly = {"frequency": "yearly", "anchor": "day", "month": "2", "day": "28"}

    page = client_for("head").get(f"{LIST}/preview", query_string=typed | yearly)

    assert texts(page, "#recurrence-preview li small")[0] == (
        "(đúng lịch là 28/02/2027, ngày nghỉ)"
    )


def test_it_is_edited_and_the_second_of_two_editors_chooses(client_for, set_up, monthly):
    client = client_for("head")
    address = f"{LIST}/{monthly.id}/edit"
    sent = fields(client.get(address), "form[action$=edit]")

    stored = client.post(address, data=sent | {"title": "Báo cáo kỳ {kỳ}"})
    late = client_for("secretary").post(address, data=sent | {"title": "Khác {kỳ}"})
    wrong = client.post(address, data=sent | {"day": "40"})

    assert (stored.status_code, late.status_code, wrong.status_code) == (303, 409, 422)
    assert texts(late, ".conflict legend") == ["Tên nhiệm vụ mỗi kỳ"]
    with set_up() as session:
        assert session.get(Recurrence, monthly.id).title == "Báo cáo kỳ {kỳ}"


def test_it_pauses_goes_on_and_ends(client_for, monthly):
    client = client_for("head")
    page = f"{LIST}/{monthly.id}"

    client.post(f"{page}/pause")
    paused = client.get(page)
    client.post(f"{page}/resume")
    going = client.get(page)
    client.post(f"{page}/end")
    ended = client.get(page)

    states = [words(one(shown, ".head .tag")) for shown in (paused, going)]
    assert states == ["‖ Tạm dừng", "● Đang chạy"]
    assert "chưa tạo kỳ mới" in paused.text
    assert "Không còn kỳ nào" in ended.text


def test_a_task_says_what_it_is_an_instance_of(client_for, monthly):
    page = client_for("member").get("/tasks/HAL-2")

    assert words(one(page, "#task-HAL-2-belonging")) == (
        "↻ Kỳ 10/2026 của Báo cáo tháng … bỏ lỡ · ← kỳ 09/2026 · → kỳ 11/2026"
    )
    links = [link["href"] for link in one(page, "#task-HAL-2-belonging").select("a")]
    assert links == [f"{LIST}/{monthly.id}", "/tasks/HAL-1", "/tasks/HAL-3"]


def test_another_groups_are_not_found_under_this_one(client_for, set_up, cast):
    with set_up() as session:
        secret = make.stream_of(session, cast, "SOL", Strand.STANDARDS)
        hidden = do.create(secret, "Mật", by=BY, frequency=Frequency.WEEKLY, weekday=1)

    assert client_for("head").get(f"{LIST}/{hidden.id}").status_code == 404
    assert client_for("head").get("/groups/SOL/recurrences").status_code == 404
    assert client_for("sol_head").get(f"/groups/SOL/recurrences/{hidden.id}").status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries_for_few_and_many(
    client_for, set_up, cast, queries, number
):
    with set_up() as session:
        stream = make.stream_of(session, cast)
        for _ in range(number):
            rule = {"frequency": Frequency.WEEKLY, "weekday": 1, "starts_on": TODAY}
            do.make_next(do.create(stream, "Họp tuần {kỳ}", by=BY, **rule), by=BY)
    client = client_for("head")

    with queries() as statements:
        client.get(LIST)

    assert len([sql for sql in statements if not sql.startswith("SELECT (SELECT count")]) == 6


def test_what_recurs_is_due_on_working_days_of_the_calendar(client_for, set_up, typed):
    soon = TODAY + timedelta(days=1)
    with set_up() as session:
        make.add(session, CalendarDay(day=soon, is_working=False, name="Nghỉ"))

    page = client_for("head").get(
        f"{LIST}/preview", query_string=typed | {"frequency": "weekly", "weekday": "1"}
    )

    assert texts(page, "#recurrence-preview time")[0] == "Thứ Tư, 25/11/2026"
