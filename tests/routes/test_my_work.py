from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.factories import TODAY
from tests.html import assert_swap_equals_reload, form, one, parse, texts, words
from tests.services.acts import BY
from tracker.lib.periods import PeriodBasis, PeriodKind
from tracker.models import Comment, Confirmation, Group, Task, TaskStatus
from tracker.services import regimes

HTMX = {"HX-Request": "true"}
DAY = timedelta(days=1)


@pytest.fixture
def todo(set_up, cast):
    """`todo(due=…)` gives a task in HAL to the member; returns its code."""

    def made(role="member", *, key="HAL", needs_approval=False, **values):
        with set_up() as session:
            stream = make.stream_of(session, cast, key)
            stream.group.needs_approval = needs_approval
            values = {"status": TaskStatus.DOING, "due": TODAY} | values
            return make.task(session, stream, owner_id=cast[role].person_id, **values).code

    return made


@pytest.fixture
def stored(set_up):
    """`stored("HAL-1", "status")` is what the database holds of it."""

    def read(code, *names):
        with set_up() as session:
            task = session.scalar(select(Task).where(Task.code == code))
            return tuple(getattr(task, name) for name in names)

    return read


def card(code):
    return f"#task-{code}-todo"


def sent(client, page, code, verb, **more):
    """What the card's form for that verb sends, as htmx does."""
    at = f"/tasks/{code}/{verb}" if verb != "take-back" else f"/my/{code}/take-back"
    selector = f'{card(code)} form[action="{at}"]'
    return client.post(at, data={**form(page, selector), **more}, headers=HTMX)


def chips(response):
    return texts(response, "#my-work-chips .chip")


def test_the_cards_of_a_heap_come_soonest_due_first(client_for, todo):
    second = todo(due=TODAY - DAY, title="Sau")
    first = todo(due=TODAY - 2 * DAY, title="Trước")
    todo("secretary", due=TODAY - DAY)

    page = client_for("member").get("/my")

    assert [article["id"] for article in parse(page).select("#my-work-list article")] == [
        f"task-{first}-todo",
        f"task-{second}-todo",
    ]
    assert chips(page) == ["Quá hạn 2", "Tuần này 0", "Vướng mắc 0", "Chờ tôi 0", "Tất cả 2"]
    assert one(page, "#my-work-chips [aria-current]")["href"] == "/my?show=overdue"
    assert words(one(page, ".bar .count")) == "2"


def test_htmx_gets_the_part_and_the_page_holds_the_same_part(client_for, todo):
    todo()
    client = client_for("member")

    part = client.get("/my?show=all", headers=HTMX)

    assert_swap_equals_reload(client, part, "/my?show=all")
    assert parse(part).select("html") == []


def test_still_true_is_one_tap(client_for, todo, set_up, cast):
    code = todo()
    client = client_for("member")
    page = client.get("/my?show=week")

    answer = sent(client, page, code, "confirm")

    assert words(one(answer, ".todo__confirmed")) == "✓ Bạn đã xác nhận hôm nay"
    assert_swap_equals_reload(client, answer, "/my?show=week")
    with set_up() as session:
        assert session.scalars(select(Confirmation.person_id)).all() == [cast["member"].person_id]


def test_a_new_forecast_is_a_chip_and_a_reason(client_for, todo, stored):
    code = todo()
    client = client_for("member")
    page = client.get("/my?show=week")
    assert texts(page, f"{card(code)} fieldset:first-of-type .chip") == [
        "+1 tuần",
        "+2 tuần",
        "Chọn ngày",
    ]

    answer = sent(client, page, code, "forecast", reason="budget")

    assert stored(code, "forecast") == (TODAY + 7 * DAY,)
    assert "dự kiến 30/11" in words(one(answer, ".todo__about"))
    assert_swap_equals_reload(client, answer, "/my?show=week")


def test_a_day_of_ones_own_and_another_reason_are_typed(client_for, todo, stored):
    code = todo()
    client = client_for("member")
    page = client.get("/my")
    typed = {"forecast": "own", "forecast_own": "2026-12-24", "reason": "other"}

    refused = sent(client, page, code, "forecast", **typed)

    assert refused.status_code == 422
    assert texts(refused, ".field__error") == ["Hãy nói rõ lý do khác là gì."]
    kept = form(refused, f'{card(code)} form[action$="/forecast"]')
    assert {name: kept[name] for name in typed} == typed
    assert one(refused, f"{card(code)} .todo__move").has_attr("open")

    sent(client, page, code, "forecast", **typed, reason_note="Chờ mẫu")

    assert [day.isoformat() for day in stored(code, "forecast")] == ["2026-12-24"]


def test_a_move_without_a_reason_is_asked_again(client_for, todo, stored):
    code = todo()
    client = client_for("member")

    refused = sent(client, client.get("/my"), code, "forecast")

    assert refused.status_code == 422
    assert len(texts(refused, ".field__error")) == 1
    assert stored(code, "forecast") == (None,)


def test_done_is_done_and_can_be_taken_back(client_for, todo, stored):
    code = todo(progress=60)
    client = client_for("member")
    page = client.get("/my?show=week")

    answer = sent(client, page, code, "status", status="done")

    assert stored(code, "status", "progress") == (TaskStatus.DONE, 100)
    assert texts(answer, f"{card(code)} .tag") == ["✓ Hoàn thành · 23/11"]
    assert f"/my/{code}/take-back" in answer.headers["HX-Trigger"]
    assert chips(answer) == ["Tuần này 0", "Chờ tôi 0"]
    assert_swap_equals_reload(client, answer, "/my?show=week")

    back = sent(client, answer, code, "take-back")

    assert stored(code, "status", "progress") == (TaskStatus.DOING, 60)
    assert one(back, card(code))["hx-swap-oob"] == "true"
    assert_swap_equals_reload(client, back, "/my?show=week")


def test_where_the_group_approves_done_waits(client_for, todo, stored):
    code = todo(needs_approval=True)
    client = client_for("member")

    answer = sent(client, client.get("/my"), code, "status", status="done")

    assert stored(code, "status") == (TaskStatus.REVIEW,)
    assert texts(answer, f"{card(code)} .tag") == ["◕ Chờ duyệt · 23/11"]


def test_without_javascript_one_comes_back_to_the_same_heap(client_for, todo):
    code = todo()
    client = client_for("member")
    data = form(client.get("/my?show=all"), f'{card(code)} form[action$="/status"]')

    answer = client.post(f"/tasks/{code}/status", data={**data, "status": "done"})

    assert (answer.status_code, answer.location) == (303, "/my?show=all")
    page = client.get(answer.location)
    assert one(page, f'#notices form[action^="/my/{code}/take-back"]')
    assert texts(page, "#my-work-finished article .tag") == ["✓ Hoàn thành · 23/11"]

    data = form(page, f'{card(code)} form[action$="/take-back"]')
    answer = client.post(f"/my/{code}/take-back", data=data)
    assert (answer.status_code, answer.location) == (303, "/my?show=all")


def test_what_waits_is_approved_or_sent_back_with_a_word(client_for, todo, stored, set_up):
    waiting = {"status": TaskStatus.REVIEW, "submitted_on": TODAY - DAY, "progress": 100}
    good, poor = todo(**waiting, title="Tốt"), todo(**waiting, title="Thiếu")
    client = client_for("secretary")
    page = client.get("/my")
    assert chips(page) == ["Chờ tôi 2"]
    assert texts(page, f"{card(good)} .todo__about") == [
        f"{good} · Đo lường · chờ tôi duyệt từ 22/11 · Phạm Văn Ổn"
    ]

    approved = sent(client, page, good, "approve")
    returned = sent(client, page, poor, "send-back", body="Thiếu phụ lục")

    assert stored(good, "status", "finished_on") == (TaskStatus.DONE, TODAY - DAY)
    assert stored(poor, "status", "submitted_on") == (TaskStatus.DOING, None)
    assert "take-back" in approved.headers["HX-Trigger"]
    assert chips(returned) == ["Chờ tôi 0"]
    with set_up() as session:
        assert session.scalars(select(Comment.body)).all() == ["Thiếu phụ lục"]


def test_a_director_takes_an_approval_back(client_for, todo, stored):
    code = todo(status=TaskStatus.REVIEW, submitted_on=TODAY)
    client = client_for("director")
    approved = sent(client, client.get("/my"), code, "approve")

    sent(client, approved, code, "take-back")

    assert stored(code, "status") == (TaskStatus.REVIEW,)


def test_too_long_a_word_is_kept(client_for, todo, stored):
    code = todo(status=TaskStatus.REVIEW, submitted_on=TODAY)
    client = client_for("head")
    body = "x" * 20_001

    refused = sent(client, client.get("/my"), code, "send-back", body=body)

    assert refused.status_code == 422
    assert words(one(refused, "textarea")) == body
    assert stored(code, "status") == (TaskStatus.REVIEW,)


def test_two_who_move_the_same_forecast_see_both_dates(client_for, todo):
    code = todo(forecast=TODAY)
    member, head = client_for("member"), client_for("head")
    page = member.get("/my")
    head.post(
        f"/tasks/{code}/forecast",
        data={"forecast": "2026-12-30", "reason": "budget", "version": "1"},
        headers=HTMX,
    )

    refused = sent(member, page, code, "forecast", reason="budget")

    assert (refused.status_code, refused.headers["HX-Retarget"]) == (409, "#dialog")
    assert texts(refused, ".conflict__choice span") == ["30/11/2026", "30/12/2026"]
    assert form(refused)["view"] == "todo"


def test_what_is_answered_in_the_drawer_is_shown_behind_it(client_for, todo):
    code = todo()
    client = client_for("member")
    here = {"HX-Current-URL": "http://localhost/my?show=week"}

    answer = client.post(
        f"/tasks/{code}/status", data={"status": "blocked", "view": "facts"}, headers=HTMX | here
    )

    assert one(answer, card(code))["hx-swap-oob"] == "true"
    assert texts(answer, f"{card(code)} .tag") == ["⊘ Đang vướng mắc"]
    assert one(answer, "#my-work-chips [aria-current]")["id"] == "my-work-week"


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("member", 200),
        ("head", 409),
        ("secretary", 409),
        ("director", 409),
        ("administrator", 409),
        ("observer", 403),
        ("outsider", 403),
        ("sol_head", 403),
        ("anonymous", 401),
    ],
)
def test_who_ended_it_takes_it_back(client_for, todo, role, status):
    code = todo()
    member = client_for("member")
    sent(member, member.get("/my"), code, "status", status="done")

    answer = client_for(role).post(f"/my/{code}/take-back", headers=HTMX)

    assert answer.status_code == status


def test_nobody_hears_of_a_secret_task(client_for, todo):
    code = todo("sol_head", key="SOL")

    assert client_for("member").post(f"/my/{code}/take-back").status_code == 404


@pytest.mark.parametrize(
    ("role", "title"),
    [
        ("director", "Bạn chưa có việc nào đang mở"),
        ("member", "Bạn chưa có việc nào đang mở"),
    ],
)
def test_who_has_no_task_is_led_to_the_board(client_for, role, title):
    page = client_for(role).get("/my")

    assert words(one(page, "#my-work-nothing h2")) == title
    assert one(page, "#my-work-nothing a")["href"] == "/"


@pytest.mark.parametrize(
    ("show", "title"),
    [
        ("overdue", "Không có việc quá hạn"),
        ("week", "Không còn việc nào đến hạn trong tuần"),
        ("blocked", "Không có việc nào vướng mắc"),
        ("undated", "Việc nào cũng có thời hạn"),
        ("waiting", "Không có việc nào chờ bạn duyệt"),
    ],
)
def test_an_empty_heap_is_kind_and_says_what_comes_next(client_for, todo, show, title):
    todo(due=TODAY + 30 * DAY, title="Việc sau")

    nothing = one(client_for("member").get(f"/my?show={show}"), "#my-work-nothing")

    assert words(nothing.h2) == title
    assert ("Việc sau" in nothing.get_text()) is (show in {"overdue", "week"})


@pytest.mark.parametrize("role", ["observer", "outsider", "director"])
def test_whoever_owns_a_task_answers_it_without_a_post(client_for, todo, stored, role):
    code = todo(role)
    client = client_for(role)

    sent(client, client.get("/my"), code, "status", status="done")

    assert stored(code, "status") == (TaskStatus.DONE,)
    assert client.get(f"/tasks/{code}/edit").status_code == 403


def test_an_owner_who_may_not_see_the_group_does_not_find_the_task(client_for, todo):
    code = todo("outsider", key="SOL")

    assert client_for("outsider").post(f"/tasks/{code}/confirm").status_code == 404


def test_a_task_without_any_date_asks_for_one_without_a_reason(client_for, todo, stored):
    code = todo(due=None)
    client = client_for("member")
    page = client.get("/my")
    assert chips(page)[-2:] == ["Chưa có thời hạn 1", "Tất cả 1"]
    assert "Đặt dự kiến" in texts(page, f"{card(code)} summary")[0]

    sent(client, page, code, "forecast")

    assert stored(code, "forecast") == (TODAY + 7 * DAY,)


def test_twenty_to_a_page(client_for, set_up, cast):
    with set_up() as session:
        stream = make.stream_of(session, cast)
        for number in range(21):
            make.task(session, stream, due=TODAY + number * DAY, owner_id=cast["member"].person_id)
    client = client_for("member")

    first, last = client.get("/my?show=all"), client.get("/my?show=all&page=2")

    assert len(parse(first).select("#my-work-list article")) == 20
    assert len(parse(last).select("#my-work-list article")) == 1
    assert one(first, ".pager [rel=next]")["href"] == "/my?show=all&page=2"


def test_my_work_takes_a_constant_number_of_queries(client_for, todo, queries):
    client = client_for("member")
    todo()
    with queries() as one_task:
        client.get("/my")
    for _number in range(2):
        todo()
    with queries() as three_tasks:
        client.get("/my")
    with queries() as part:
        client.get("/my", headers=HTMX)

    assert len(one_task) == len(three_tasks) == 10
    assert len(part) == 6, "the numbers in the menu and to confirm are for whole pages only"


def test_in_english_the_words_are_english(client_for, todo, set_up, cast):
    todo()
    client = client_for("member")
    client.post("/account/preferences", data={"language": "en"})

    assert parse(client.get("/my")).html["lang"] == "en"


def test_the_number_beside_my_work_is_on_every_page(client_for, todo):
    todo(due=TODAY - DAY)

    assert words(one(client_for("member").get("/search"), ".bar .count")) == "1"
    assert parse(client_for("observer").get("/search")).select(".bar .count") == []


def test_a_group_that_approves_tells_so_on_the_button(client_for, todo, set_up, cast):
    code = todo(needs_approval=True)

    button = one(client_for("member").get("/my"), f"{card(code)} [name=status]")

    assert button["title"] == "Sẽ chờ tổ trưởng duyệt"
    own = todo("head", needs_approval=True)
    assert "title" not in one(client_for("head").get("/my"), f"{card(own)} [name=status]").attrs
    with set_up() as session:
        assert session.get(Group, cast.groups["HAL"]).needs_approval


def test_reports_that_are_due_stand_above_the_work_of_who_writes_them(client_for, set_up, cast):
    with set_up():
        regimes.create(
            "Báo cáo tháng",
            group_id=cast.groups["HAL"],
            starts_on=date(2026, 11, 1),
            period_kind=PeriodKind.MONTH,
            basis=PeriodBasis.DECREE,
            by=BY,
        )
    told = "Báo cáo tháng · Tháng 11 năm 2026"

    mine = texts(client_for("secretary").get("/my"), "#pressing li")
    groups = texts(client_for("observer").get("/groups/HAL"), "#duties #pressing a")

    assert mine == [
        f"{told} Tổ công tác Hal · hạn gửi 16/11/2026 · Chưa bắt đầu ■ quá hạn 5 ngày làm việc"
    ]
    assert groups == [told]
    assert texts(client_for("member").get("/my"), "#pressing li") == []


def test_a_report_that_waits_for_the_reader_is_named(client_for, report_on):
    client_for("secretary").post(f"/reports/{report_on()}/submit")

    (line,) = parse(client_for("head").get("/my")).select("#waiting-reports li")

    assert line.a["href"] == "/reports/1"
    assert line.em.get_text() == "chờ bạn duyệt"
    assert parse(client_for("secretary").get("/my")).select("#waiting-reports") == []
