from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests import factories as make
from tests.factories import TODAY
from tests.html import assert_swap_equals_reload, form, one, parse, texts, words
from tracker.models import Change, Comment, Confirmation, Milestone, OutboxItem, Task, TaskStatus

HTMX = {"HX-Request": "true"}
DAY = timedelta(days=1)


@pytest.fixture
def mine(set_up, cast):
    """`mine(due=…)` gives an open task in HAL to the member; returns its code."""

    def made(role="member", *, needs_approval=False, **values):
        with set_up() as session:
            stream = make.stream_of(session, cast)
            stream.group.needs_approval = needs_approval
            values = {"status": TaskStatus.DOING, "due": TODAY} | values
            return make.task(session, stream, owner_id=cast[role].person_id, **values).code

    return made


@pytest.fixture
def milestone(set_up, cast):
    with set_up() as session:
        stream = make.stream_of(session, cast)
        return make.milestone(session, stream, "Trình dự thảo", baseline=TODAY + DAY).code


def card(code):
    return f"#check-in-{code}"


def sent(client, code, kind="form", headers=HTMX, **more):
    """What the card's form sends: the line's (`form`), or the one that is folded away."""
    page = client.get("/check-in")
    which = "-form" if kind == "form" else f" .still__more form:has([value={kind}])"
    fields = form(page, f"{card(code)}{which}")
    return client.post(f"/check-in/{code}", data={**fields, **more}, headers=headers)


def counted(session):
    return [session.scalar(select(func.count()).select_from(table)) for table in WRITTEN]


WRITTEN = (Change, Comment, Confirmation, OutboxItem)


def test_only_what_is_ones_own_and_open_is_asked_and_the_soonest_first(client_for, mine):
    later, sooner = mine(due=TODAY + DAY), mine(due=TODAY - DAY)
    mine(status=TaskStatus.DONE)
    mine(status=TaskStatus.REVIEW)
    mine("secretary")
    fresh = mine(confirmed_at=make.AGES_AGO.replace(month=11, day=16))

    page = client_for("member").get("/check-in")

    asked = [article["id"] for article in parse(page).select("#check-in-asked .still")]
    assert asked == [f"check-in-{sooner}", f"check-in-{later}"]
    assert one(page, "#check-in-confirmed .still")["id"] == f"check-in-{fresh}"
    assert words(one(page, ".stills__count")) == "1/3 mục đã xác nhận"
    assert "chưa cập nhật 322 ngày" in words(one(page, card(later)))


@pytest.mark.parametrize(("role", "seen"), [("member", 0), ("secretary", 1), ("head", 1)])
def test_who_keeps_a_plan_is_asked_for_its_milestones(client_for, milestone, role, seen):
    assert len(parse(client_for(role).get("/check-in")).select(card(milestone))) == seen


def test_opening_the_link_changes_nothing_however_often(client_for, mine, milestone, set_up):
    """Mail scanners open links before people do, with GET and with HEAD."""
    mine("secretary")
    client = client_for("secretary")
    with set_up() as session:
        before = counted(session)

    for read in (client.get, client.head, client.get):
        assert read("/check-in").status_code == 200

    with set_up() as session:
        assert counted(session) == before
        assert set(session.scalars(select(Task.confirmed_at))) == {None}
    code = parse(client.get("/check-in")).select_one("#check-in-asked .still")["id"].split("in-")[1]
    assert client.get(f"/check-in/{code}").status_code == 405


def test_still_true_is_one_tap_and_the_progress_follows(client_for, mine, set_up):
    code, _other = mine(), mine()
    client = client_for("member")

    answer = sent(client, code, answer="true", line="Chờ phòng thử nghiệm")

    assert "✓ Đã xác nhận ngày 23/11/2026" in words(one(answer, card(code)))
    assert words(one(answer, ".stills__count")) == "1/2 mục đã xác nhận"
    with set_up() as session:
        assert session.scalars(select(Comment.body)).all() == ["Chờ phòng thử nghiệm"]
        assert session.scalar(select(Task.version).where(Task.code == code)) == 1


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_nobody_vouches_for_what_was_changed_since_it_was_seen(client_for, mine, set_up, headers):
    code = mine()
    client = client_for("member")
    typed = form(client.get("/check-in"), f"{card(code)} .still__line")
    client_for("head").post(f"/tasks/{code}/due", data={"due": "2027-03-01", "reason": "budget"})

    answer = client.post(
        f"/check-in/{code}",
        data=typed | {"answer": "true", "line": "Chờ mẫu"},
        headers=headers,
    )

    assert answer.status_code == 409
    assert f"{code} vừa được sửa" in one(answer, ".field__error").get_text()
    assert "01/03/2027" in words(one(answer, card(code)))
    again = form(answer, f"{card(code)} .still__line")
    assert again["line"] == "Chờ mẫu"
    with set_up() as session:
        assert session.scalar(select(func.count(Confirmation.id))) == 0
    assert client.post(f"/check-in/{code}", data=again | {"answer": "true"}).status_code == 303


def test_when_all_is_confirmed_it_says_thanks_also_without_javascript(client_for, mine):
    code = mine()
    client = client_for("member")

    answer = sent(client, code, headers={}, answer="true")

    assert (answer.status_code, answer.location) == (303, "/check-in")
    assert words(one(client.get("/check-in"), ".stills__count")) == "1/1 Xong, cảm ơn bạn!"


def test_late_asks_for_a_day_and_a_reason(client_for, mine, set_up):
    code = mine()
    client = client_for("member")

    refused = sent(client, code, "late")
    answer = sent(client, code, "late", reason="budget", reason_note="Chưa có kinh phí")

    assert refused.status_code == 422
    assert texts(refused, ".field__error") == ["Hãy chọn lý do dời ngày."]
    assert "data-failed" in one(refused, f"{card(code)} .still__more form").attrs
    assert "dự kiến 30/11/2026" in words(one(answer, card(code)))
    with set_up() as session:
        task = session.scalar(select(Task).where(Task.code == code))
        moved = session.scalar(select(Change).where(Change.field == "forecast"))
        assert (task.forecast, task.due) == (TODAY + 7 * DAY, TODAY)
        assert (moved.reason, moved.sentence) == ("budget", "Chưa có kinh phí")
        assert task.confirmed_at is not None
        assert session.scalar(select(func.count(Confirmation.id))) == 0


@pytest.mark.parametrize(
    ("needs_approval", "status"), [(False, TaskStatus.DONE), (True, TaskStatus.REVIEW)]
)
def test_done_is_done_or_waits_for_approval(client_for, mine, set_up, needs_approval, status):
    code = mine(needs_approval=needs_approval)

    answer = sent(client_for("member"), code, answer="done")

    assert not parse(answer).select(f"{card(code)} .still__acts")
    with set_up() as session:
        assert session.scalar(select(Task.status).where(Task.code == code)) is status


def test_a_milestone_is_reached_by_a_document(client_for, milestone, set_up):
    client = client_for("secretary")

    refused = sent(client, milestone, "done")
    answer = sent(client, milestone, "done", evidence="12/BC-TĐC")

    assert refused.status_code == 422
    assert texts(refused, ".field__error")
    assert "Đã đạt" in words(one(answer, card(milestone)))
    with set_up() as session:
        stored = session.scalar(select(Milestone).where(Milestone.code == milestone))
        assert (stored.closed_on, stored.evidence) == (TODAY, "12/BC-TĐC")


def test_an_answer_that_is_none_is_refused(client_for, mine, set_up):
    code = mine()

    assert sent(client_for("member"), code, answer="maybe").status_code == 422

    with set_up() as session:
        assert session.scalar(select(Task.confirmed_at).where(Task.code == code)) is None


def test_a_card_looks_after_its_answer_as_after_a_reload(client_for, mine):
    code = mine(confirmed_at=make.AGES_AGO)
    client = client_for("member")

    part = client.get("/check-in", headers=HTMX)

    assert_swap_equals_reload(client, part, "/check-in")
    assert sent(client, code, headers={}, answer="late").status_code == 422  # a page of its own


def test_the_page_takes_as_many_statements_for_many_as_for_one(client_for, mine, queries):
    client = client_for("member")
    mine()
    with queries() as few:
        client.get("/check-in")
    for _ in range(5):
        mine()
    with queries() as many:
        client.get("/check-in")

    assert len(many) == len(few)
